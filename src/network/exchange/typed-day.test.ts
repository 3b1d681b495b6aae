import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, partsOf } from '../../kernel/plain-date.ts';
import { calendarWords } from '../../platform/languages/calendar-words.ts';
import { readDay } from './typed-day.ts';

test('a day is read in every way that a clerk writes it', () => {
  for (const written of [
    '2017-10-30',
    '30-10-2017',
    '30/10/17',
    '30.10.2017',
    '30 10 2017',
    '30 Oct 2017',
    '30th October, 2017',
    'October 30, 2017',
    '۳۰ آڪٽوبر ۲۰۱۷',
    '30 اکتوبر 2017',
    '٣٠-١٠-٢٠١٧',
    '43038',
    '2017 Oct 30',
  ])
    expect([written, readDay(written)]).toEqual([written, { day: '2017-10-30', ambiguous: false }]);
});

test('the day comes before the month, and a day that could be read otherwise is named', () => {
  expect(readDay('03/04/2017')).toEqual({ day: '2017-04-03', ambiguous: true });
  expect(readDay('04/04/2017')).toEqual({ day: '2017-04-04', ambiguous: false });
  expect(readDay('13/04/2017')).toEqual({ day: '2017-04-13', ambiguous: false });
});

test('what is no day is not made into one', () => {
  for (const text of [
    '',
    '31-02-2017',
    '12/30/2017',
    '2017',
    'last year',
    '30 Foo 2017',
    '1-1-201',
    '99',
    '1e9',
    '=NOW()',
  ])
    expect([text, readDay(text)]).toEqual([text, null]);
});

test('a written day is read back, in every language and as Excel counts it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 55_000 }), fc.constantFrom('sd', 'ur', 'en'), (days, language) => {
      const day = addDays('1899-12-30', days);
      const { year, month, day: number } = partsOf(day);
      expect(readDay(String(days))?.day).toBe(day);
      expect(readDay(`${number} ${calendarWords[language as 'sd'].months[month - 1]} ${year}`)?.day).toBe(day);
      expect(readDay(`${number}/${month}/${year}`)?.day).toBe(day);
    }),
  );
});
