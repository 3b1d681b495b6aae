import { toLatinDigits } from './digits.ts';

declare const brand: unique symbol;
/** Thirteen digits, `4320112345678`. Checked by form only: there is no public check digit, and it says nothing of where somebody lives. */
export type Cnic = string & { readonly [brand]?: 'Cnic' };
/** `•••••-••••567-8`: enough to tell two cards apart by asking, and of no use to anybody else. */
export type CnicMask = string & { readonly [brand]?: 'CnicMask' };

const dot = '•';
const maskForm = /^•{5}-•{4}\d{3}-\d$/;

/** Reads a number as people write it, in any digits, with or without dashes; null when it does not have thirteen digits. */
export function parseCnic(text: string): Cnic | null {
  const digits = toLatinDigits(text).replace(/[\s\-–‑.\u2066-\u2069\u200e\u200f]/g, '');
  return /^[1-9]\d{12}$/.test(digits) ? digits : null;
}

/** The mask of a number; a mask stays what it is, and so does a text that is neither. */
export function maskCnic(text: string): CnicMask {
  const cnic = parseCnic(text);
  return cnic === null ? text : `${dot.repeat(5)}-${dot.repeat(4)}${cnic.slice(9, 12)}-${cnic[12]}`;
}

export function isCnicMask(text: string): boolean {
  return maskForm.test(text);
}

/** What the last digit says: odd for a man, even for a woman; null for 0, which is not given out. Source: NADRA, as quoted in samaa.tv, 2020. */
export function sexOfCnic(text: Cnic | CnicMask): 'f' | 'm' | null {
  const last = Number(text.at(-1));
  return last === 0 ? null : last % 2 === 1 ? 'm' : 'f';
}
