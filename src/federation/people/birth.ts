/*
 * When somebody was born, as far as it is known. Many know no day: a year, or the age that was told on a day, is an honest answer,
 * and stays as it was told.
 */
import * as z from 'zod/mini';
import { isPlainDate, type PlainDate, partsOf, yearsBetween } from '../../kernel/plain-date.ts';
import { dayShape } from '../../kernel/record-shape.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';

export const birthShape = z.union([
  z.strictObject({ on: dayShape }),
  z.strictObject({ year: z.int().check(z.minimum(1900), z.maximum(2100)) }),
  z.strictObject({ age: z.int().check(z.minimum(0), z.maximum(120)), toldOn: dayShape }),
]);

export type Birth =
  | { readonly on: PlainDate }
  | { readonly year: number }
  | { readonly age: number; readonly toldOn: PlainDate };

/** Whether the birth can have happened by a day. */
export function bornBy(
  birth: Birth | null,
  on: PlainDate,
): Result<Birth | null, 'people.born-later' | 'people.no-such-day'> {
  if (birth === null) return accept(birth);
  if ('on' in birth) {
    if (!isPlainDate(birth.on)) return refuse('people.no-such-day', { day: birth.on });
    return birth.on > on ? refuse('people.born-later') : accept(birth);
  }
  if ('year' in birth) return birth.year > partsOf(on).year ? refuse('people.born-later') : accept(birth);
  if (!isPlainDate(birth.toldOn)) return refuse('people.no-such-day', { day: birth.toldOn });
  return birth.toldOn > on ? refuse('people.born-later') : accept(birth);
}

/** The years in which the birth may lie, the first and the last. Somebody who is 30 on a day was born 30 or 31 years before its year. */
export function birthYears(birth: Birth): readonly [first: number, last: number] {
  if ('on' in birth) return [partsOf(birth.on).year, partsOf(birth.on).year];
  if ('year' in birth) return [birth.year, birth.year];
  const year = partsOf(birth.toldOn).year - birth.age;
  return [year - 1, year];
}

/** Completed years on a day; from a year alone or a told age it may be off by one. Null when nothing is known. */
export function ageOn(birth: Birth | null, on: PlainDate): number | null {
  if (birth === null) return null;
  if ('on' in birth) return yearsBetween(birth.on, on);
  if ('year' in birth) return Math.max(0, partsOf(on).year - birth.year);
  return birth.age + yearsBetween(birth.toldOn, on);
}

/** Ages are told in round numbers: what may be one birth. */
const yearsApart = { sure: 1, told: 5 } as const;

/** Whether two births may be one. Of an unknown one nothing is said: null. */
export function bornNear(a: Birth | null, b: Birth | null): boolean | null {
  if (a === null || b === null) return null;
  if ('on' in a && 'on' in b)
    return a.on === b.on || Math.abs(partsOf(a.on).year - partsOf(b.on).year) <= yearsApart.sure;
  const apart = 'age' in a || 'age' in b ? yearsApart.told : yearsApart.sure;
  const [firstA, lastA] = birthYears(a);
  const [firstB, lastB] = birthYears(b);
  return Math.max(firstA, firstB) - Math.min(lastA, lastB) <= apart;
}
