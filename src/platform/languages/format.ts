/*
 * How a day, an amount and a number are written for a reader. No Intl: no browser has Sindhi dates, and phone, server and print must
 * write the same. Amounts, phones, percents and groups come out left-to-right; whoever sets them into right-to-left text isolates
 * them (`say` and `<Ltr>` do).
 */
import { toLatinDigits } from '../../kernel/digits.ts';
import type { PlainDate, PlainMonth } from '../../kernel/plain-date.ts';
import { daysBetween, formatPlainDate, isPlainDate, partsOf, weekdayOf } from '../../kernel/plain-date.ts';
import { calendarWords } from './calendar-words.ts';
import type { Language } from './language.ts';
import { languages } from './language.ts';

/** Latin 0–9 unless she chooses otherwise; `arabic` is U+0660, `extended` U+06F0 (the font gives it Sindhi or Urdu shapes by `lang`). */
export type DigitStyle = 'latin' | 'arabic' | 'extended';

/** For whom something is written. */
export type Reader = { readonly language: Language; readonly digits: DigitStyle };

const firstDigit = { arabic: 0x0660, extended: 0x06f0 } as const;

/** Latin digits in a text, in the reader's digits. */
export function formatDigits(text: string, digits: DigitStyle): string {
  if (digits === 'latin') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(firstDigit[digits] + Number(digit)));
}

/** `1,234,567`, with the true minus sign. */
export function formatNumber(value: number, digits: DigitStyle = 'latin'): string {
  const [whole = '0', part] = String(Math.abs(value)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return formatDigits((value < 0 ? '−' : '') + grouped + (part ? `.${part}` : ''), digits);
}

/** `Rs 3,850` from paisa; `Rs 3,850.50` when the rupees are not whole. */
export function formatRupees(paisa: number, digits: DigitStyle = 'latin'): string {
  const rupees = Math.floor(Math.abs(paisa) / 100);
  const rest = Math.abs(paisa) % 100;
  const text = `${paisa < 0 ? '−' : ''}Rs\u00a0${formatNumber(rupees)}${rest ? `.${String(rest).padStart(2, '0')}` : ''}`;
  return formatDigits(text, digits);
}

/** Paisa from `3850`, `Rs 3,850` or `۳٬۸۵۰.۵۰`; null when it is no amount. */
export function parseRupees(text: string): number | null {
  const plain = toLatinDigits(text)
    .replace(/rs\.?|[\s\u00a0,\u066c\u060c]/gi, '')
    .replace('\u066b', '.')
    .replace('−', '-');
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!match) return null;
  const paisa = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] && paisa > 0 ? -paisa : paisa;
}

/** `0300 000 0101`. A short number such as 1122 stays whole. */
export function formatPhone(number: string, digits: DigitStyle = 'latin'): string {
  const local = toLatinDigits(number)
    .replace(/[^\d+]/g, '')
    .replace(/^(\+|00)92/, '0');
  const match = /^(0\d{3})(\d{3})(\d{4})$/.exec(local);
  return formatDigits(match ? `${match[1]}\u00a0${match[2]}\u00a0${match[3]}` : local, digits);
}

export function formatPercent(value: number, digits: DigitStyle = 'latin'): string {
  return `${formatNumber(value, digits)}%`;
}

/** `B−` with the true minus sign, from `B-` or `B−`. */
export function formatBloodGroup(group: string): string {
  return group.replace('-', '−');
}

/** `14 December 2026` */
export function formatDate(date: PlainDate, reader: Reader): string {
  return `${formatDay(date, reader)} ${formatDigits(String(partsOf(date).year), reader.digits)}`;
}

/** `14 December` */
export function formatDay(date: PlainDate, reader: Reader): string {
  const { month, day } = partsOf(date);
  return `${formatDigits(String(day), reader.digits)}\u00a0${calendarWords[reader.language].months[month - 1] ?? ''}`;
}

/** `Monday 14 December` */
export function formatWeekday(date: PlainDate, reader: Reader): string {
  return `${calendarWords[reader.language].days[weekdayOf(date)] ?? ''} ${formatDay(date, reader)}`;
}

/** `December 2026` */
export function formatMonth(month: PlainMonth, reader: Reader): string {
  const { year, month: number } = partsOf(`${month}-01`);
  return `${calendarWords[reader.language].months[number - 1] ?? ''} ${formatDigits(String(year), reader.digits)}`;
}

/** `today`, `yesterday`, `tomorrow`, a weekday and day within six days, otherwise the day, with its year when it is another. */
export function formatRelativeDay(date: PlainDate, today: PlainDate, reader: Reader): string {
  const words = calendarWords[reader.language];
  const days = daysBetween(today, date);
  if (days === 0) return words.today;
  if (days === -1) return words.yesterday;
  if (days === 1) return words.tomorrow;
  if (Math.abs(days) < 7) return formatWeekday(date, reader);
  return partsOf(date).year === partsOf(today).year ? formatDay(date, reader) : formatDate(date, reader);
}

/** `7 minutes`, `2 hours`, `3 days`: how long, in the largest unit that fits twice (one hour and more is said in minutes up to 120). */
export function formatDuration(minutes: number, reader: Reader): string {
  const words = calendarWords[reader.language];
  const [count, unit] =
    minutes < 120
      ? [minutes, words.minute]
      : minutes < 48 * 60
        ? [Math.floor(minutes / 60), words.hour]
        : [Math.floor(minutes / 1440), words.day];
  const whole = Math.max(0, Math.floor(count));
  return `${formatNumber(whole, reader.digits)}\u00a0${unit[whole === 1 ? 0 : 1]}`;
}

/** `7 minutes ago` */
export function formatAgo(minutes: number, reader: Reader): string {
  return `${formatDuration(minutes, reader)} ${calendarWords[reader.language].ago}`;
}

/** A day as people type it: `14/12/2026`, `14-12-2026`, `2026-12-14`, `14 December 2026` in any of the three languages, any digits. */
export function parseDate(text: string): PlainDate | null {
  const plain = toLatinDigits(text)
    .replace(/[\u2066-\u2069\u200e\u200f]/g, '')
    .replace(/[\s\u00a0،,]+/g, ' ')
    .trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain);
  if (iso) return dayIfReal(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(plain);
  if (slashed) return dayIfReal(Number(slashed[3]), Number(slashed[2]), Number(slashed[1]));
  const named = /^(\d{1,2}) (\D+) (\d{4})$/.exec(plain);
  if (!named) return null;
  const name = named[2]?.toLowerCase() ?? '';
  for (const language of languages) {
    const month = calendarWords[language].months.findIndex((word) => word.toLowerCase() === name);
    if (month >= 0) return dayIfReal(Number(named[3]), month + 1, Number(named[1]));
  }
  return null;
}

function dayIfReal(year: number, month: number, day: number): PlainDate | null {
  const date = formatPlainDate(year, month, day);
  return isPlainDate(date) ? date : null;
}
