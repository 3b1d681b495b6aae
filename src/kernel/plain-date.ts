declare const brand: unique symbol;

/** A day on the calendar, `2026-11-24`. Days compare as text. */
export type PlainDate = string & { readonly [brand]?: 'PlainDate' };
/** `2026-11` */
export type PlainMonth = string & { readonly [brand]?: 'PlainMonth' };
/** Milliseconds since 1970 in UTC, as a clock gave them. */
export type Instant = number & { readonly [brand]?: 'Instant' };

export const millisecondsPerDay = 86_400_000;
/** Pakistan keeps UTC+5 all year. Source: tz database, Asia/Karachi since 2009-11-01. */
const pakistanOffset = 5 * 3_600_000;

// Days are counted from 1970-01-01 by the civil calendar's own arithmetic, so that no clock or time zone can enter.
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function fromDayNumber(number: number): PlainDate {
  const z = number + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return formatPlainDate(year, month, day);
}

export function formatPlainDate(year: number, month: number, day: number): PlainDate {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

export function partsOf(date: PlainDate): { readonly year: number; readonly month: number; readonly day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

export function isPlainDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const { year, month, day } = partsOf(text);
  return month >= 1 && month <= 12 && day >= 1 && fromDayNumber(dayNumber(year, month, day)) === text;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  const { year, month, day } = partsOf(date);
  return fromDayNumber(dayNumber(year, month, day) + days);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  const a = partsOf(from);
  const b = partsOf(to);
  return dayNumber(b.year, b.month, b.day) - dayNumber(a.year, a.month, a.day);
}

/** Completed years from a birthday to a day. */
export function yearsBetween(from: PlainDate, to: PlainDate): number {
  const a = partsOf(from);
  const b = partsOf(to);
  return b.year - a.year - (b.month < a.month || (b.month === a.month && b.day < a.day) ? 1 : 0);
}

export function monthOf(date: PlainDate): PlainMonth {
  return date.slice(0, 7);
}

/** 0 is Sunday. */
export function weekdayOf(date: PlainDate): number {
  const { year, month, day } = partsOf(date);
  return (((dayNumber(year, month, day) + 4) % 7) + 7) % 7;
}

/** The day it is in Sindh at an instant. */
export function dayInPakistan(instant: Instant): PlainDate {
  return fromDayNumber(Math.floor((instant + pakistanOffset) / millisecondsPerDay));
}

/** Hours and minutes in Sindh at an instant. */
export function timeInPakistan(instant: Instant): { readonly hour: number; readonly minute: number } {
  const minutes = Math.floor((((instant + pakistanOffset) % millisecondsPerDay) + millisecondsPerDay) / 60_000) % 1440;
  return { hour: Math.floor(minutes / 60), minute: minutes % 60 };
}
