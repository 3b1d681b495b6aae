import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { calendarWords } from './calendar-words.ts';
import { languages } from './language.ts';

const require = createRequire(import.meta.url);
const cldr = (language: string, file: string) =>
  JSON.parse(readFileSync(require.resolve(`cldr-dates-full/main/${language}/${file}.json`), 'utf8')).main[language]
    .dates;

test.each(languages)('months and days in %s are those of CLDR', (language) => {
  const { months, days } = cldr(language, 'ca-gregorian').calendars.gregorian;
  expect(calendarWords[language].months).toEqual(Object.values(months.format.wide));
  expect(calendarWords[language].days).toEqual(
    ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => days.format.wide[day]),
  );
});

test.each(languages)(
  'today, yesterday and minutes ago in %s are those of CLDR, but for the departures that are named',
  (language) => {
    const { fields } = cldr(language, 'dateFields');
    const words = calendarWords[language];
    expect(words.today).toBe(fields.day['relative-type-0']);
    expect(words.tomorrow).toBe(fields.day['relative-type-1']);
    expect(words.yesterday).toBe(language === 'sd' ? 'ڪالهه' : fields.day['relative-type--1']);
    for (const unit of ['minute', 'hour'] as const) {
      const past = fields[unit]['relativeTime-type-past'];
      expect(`{0} ${words[unit][0]} ${words.ago}`).toBe(past['relativeTimePattern-count-one']);
      expect(`{0} ${words[unit][1]} ${words.ago}`).toBe(past['relativeTimePattern-count-other']);
    }
  },
);
