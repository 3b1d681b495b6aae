import { toLatinDigits } from '../../kernel/digits.ts';
import { addDays, formatPlainDate, isPlainDate, type PlainDate } from '../../kernel/plain-date.ts';
import { fold } from '../../kernel/words.ts';
import { calendarWords } from '../../platform/languages/calendar-words.ts';

/** `ambiguous`: it was read day first, as here; read month first it would be another day. */
export type TypedDay = { readonly day: PlainDate; readonly ambiguous: boolean };

const months = new Map<string, number>(
  Object.values(calendarWords).flatMap((words) => words.months.map((name, i) => [fold(name), i + 1] as const)),
);
for (const [i, name] of 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').entries()) months.set(name, i + 1);
months.set('sept', 9);
// Spellings that stand beside CLDR's in Sindhi papers.
for (const [name, month] of [
  ['فيبروري', 2],
  ['فروري', 2],
  ['جولاءِ', 7],
  ['جولائي', 7],
  ['آگسٽ', 8],
  ['سيپٽمبر', 9],
  ['سپٽمبر', 9],
  ['آڪٽوبر', 10],
  ['ڊسمبر', 12],
] as const)
  months.set(fold(name), month);

/** Excel counts days from 1899-12-30. Between these two a number is a day of a living person and not a count. */
const excelDays = { from: 3_000, to: 60_000 } as const;

/**
 * Reads a day as people write it: 2017-10-30, 30-10-2017, 30/10/17, 30.10.2017, 30 Oct 2017, October 30, 2017, ۳۰ آڪٽوبر ۲۰۱۷,
 * or Excel's number of it. The day comes before the month. Null where it is no day.
 */
export function readDay(text: string): TypedDay | null {
  const plain = toLatinDigits(text).trim();
  if (/^\d{4,5}(\.\d+)?$/.test(plain)) {
    const days = Math.floor(Number(plain));
    return days >= excelDays.from && days <= excelDays.to && plain.length >= 5
      ? { day: addDays('1899-12-30', days), ambiguous: false }
      : null;
  }
  const numbers = plain.match(/\d+/g) ?? [];
  const letters = fold(plain.replace(/\d+(st|nd|rd|th)?/gi, ' '));
  if (letters !== '') {
    const month = months.get(letters);
    if (month === undefined || numbers.length !== 2) return null;
    const [first, second] = numbers as [string, string];
    return first.length === 4 ? real(first, month, second) : real(second, month, first);
  }
  if (!/^\d+[-/. ]+\d+[-/. ]+\d+$/.test(plain)) return null;
  const [a, b, c] = numbers as [string, string, string];
  if (a.length === 4) return real(a, Number(b), c);
  const read = real(c, Number(b), a);
  if (read === null) return null;
  const swapped = real(c, Number(a), b);
  return { day: read.day, ambiguous: swapped !== null && swapped.day !== read.day };
}

function real(yearText: string, month: number, dayText: string): TypedDay | null {
  if (yearText.length !== 4 && yearText.length !== 2) return null;
  // Two digits: from 1930 to 2029.
  const year = Number(yearText) + (yearText.length === 4 ? 0 : Number(yearText) < 30 ? 2000 : 1900);
  const day = formatPlainDate(year, month, Number(dayText));
  return year >= 1900 && year <= 2100 && dayText.length <= 2 && isPlainDate(day) ? { day, ambiguous: false } : null;
}
