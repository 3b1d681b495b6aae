import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toLatinDigits } from '../../kernel/digits.ts';
import { addDays, weekdayOf } from '../../kernel/plain-date.ts';
import { calendarWords } from './calendar-words.ts';
import type { DigitStyle, Reader } from './format.ts';
import {
  formatAgo,
  formatBloodGroup,
  formatDate,
  formatDay,
  formatDigits,
  formatDuration,
  formatMonth,
  formatNumber,
  formatPercent,
  formatPhone,
  formatRelativeDay,
  formatRupees,
  formatWeekday,
  parseDate,
  parseRupees,
} from './format.ts';
import { languages } from './language.ts';

const digitStyles: readonly DigitStyle[] = ['latin', 'arabic', 'extended'];
const readers = fc.record({ language: fc.constantFrom(...languages), digits: fc.constantFrom(...digitStyles) });
const days = fc.integer({ min: -40_000, max: 40_000 }).map((count) => addDays('2026-11-22', count));
const english: Reader = { language: 'en', digits: 'latin' };
const sindhi: Reader = { language: 'sd', digits: 'latin' };

test('digits shown in any script and typed back are the same digits', () => {
  fc.assert(
    fc.property(fc.nat().map(String), fc.constantFrom(...digitStyles), (text, digits) => {
      expect(toLatinDigits(formatDigits(text, digits))).toBe(text);
    }),
  );
});

test('a day written for any reader and typed back is the same day', () => {
  fc.assert(fc.property(days, readers, (day, reader) => parseDate(formatDate(day, reader)) === day));
});

test('an amount written in any digits and typed back is the same amount', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      fc.constantFrom(...digitStyles),
      (paisa, digits) => {
        expect(parseRupees(formatRupees(paisa, digits))).toBe(paisa === 0 ? 0 : paisa);
      },
    ),
  );
});

test('a day as people type it is understood, and a day that does not exist is not', () => {
  expect(parseDate('۱۴/۱۲/۲۰۲۶')).toBe('2026-12-14');
  expect(parseDate('14 ڊسمبر 2026')).toBe('2026-12-14');
  expect(parseDate('14-12-2026')).toBe('2026-12-14');
  expect(parseDate('31/02/2026')).toBeNull();
  expect(parseDate('tomorrow')).toBeNull();
});

test('the weekday stands before the day and the month, in her words', () => {
  expect(formatWeekday('2026-11-22', sindhi)).toBe('آچر 22\u00a0نومبر');
  expect(formatWeekday('2026-11-22', english)).toBe('Sunday 22\u00a0November');
  expect(formatDay('2026-12-14', { language: 'ur', digits: 'extended' })).toBe('۱۴\u00a0دسمبر');
  expect(formatMonth('2026-11', english)).toBe('November 2026');
  fc.assert(
    fc.property(days, (day) => formatWeekday(day, english).startsWith(calendarWords.en.days[weekdayOf(day)] ?? '?')),
  );
});

test('yesterday is said, last week is a date, and another year names its year', () => {
  expect(formatRelativeDay('2026-11-21', '2026-11-22', sindhi)).toBe('ڪالهه');
  expect(formatRelativeDay('2026-11-22', '2026-11-22', english)).toBe('today');
  expect(formatRelativeDay('2026-11-23', '2026-11-22', english)).toBe('tomorrow');
  expect(formatRelativeDay('2026-11-18', '2026-11-22', english)).toBe('Wednesday 18\u00a0November');
  expect(formatRelativeDay('2026-10-18', '2026-11-22', english)).toBe('18\u00a0October');
  expect(formatRelativeDay('2025-10-18', '2026-11-22', english)).toBe('18\u00a0October 2025');
});

test('a running clock reads "7 minutes", and one minute is one', () => {
  expect(formatDuration(7.7, english)).toBe('7\u00a0minutes');
  expect(formatDuration(1, english)).toBe('1\u00a0minute');
  expect(formatDuration(119, english)).toBe('119\u00a0minutes');
  expect(formatDuration(120, english)).toBe('2\u00a0hours');
  expect(formatDuration(48 * 60, english)).toBe('2\u00a0days');
  expect(formatAgo(7, sindhi)).toBe('7\u00a0منٽ پهرين');
});

test('amounts, phones, groups and percents are written one way', () => {
  expect(formatRupees(385_000)).toBe('Rs\u00a03,850');
  expect(formatRupees(-385_050)).toBe('−Rs\u00a03,850.50');
  expect(formatPhone('03000000101')).toBe('0300\u00a0000\u00a00101');
  expect(formatPhone('+92 300 0000101')).toBe('0300\u00a0000\u00a00101');
  expect(formatPhone('1122')).toBe('1122');
  expect(formatBloodGroup('AB-')).toBe('AB−');
  expect(formatPercent(40)).toBe('40%');
  expect(formatNumber(1_234_567)).toBe('1,234,567');
  expect(formatNumber(12_000, 'arabic')).toBe('١٢,٠٠٠');
});
