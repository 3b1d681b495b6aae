// Arabic-Indic U+0660, Extended Arabic-Indic U+06F0 (Urdu, Sindhi, Persian), Devanagari U+0966 (Sindhi of India on shared keyboards).
const zeros = [0x0660, 0x06f0, 0x0966];

/** Digits typed in any script, as 0–9. Everything else stays as it was typed. */
export function toLatinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.find((start) => code >= start && code < start + 10);
    return zero === undefined ? digit : String(code - zero);
  });
}
