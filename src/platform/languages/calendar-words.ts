import type { Language } from './language.ts';

/** Words of the calendar in one language. `days` begins with Sunday, `months` with January. */
export type CalendarWords = {
  readonly months: readonly string[];
  readonly days: readonly string[];
  readonly yesterday: string;
  readonly today: string;
  readonly tomorrow: string;
  /** one, many; and, after them, how "ago" is said */
  readonly minute: readonly [string, string];
  readonly hour: readonly [string, string];
  readonly day: readonly [string, string];
  readonly ago: string;
};

/*
 * Source: Unicode CLDR 48 (cldr-dates-full: ca-gregorian.json, dateFields.json), compared by calendar-words.test.ts. Browsers carry no
 * Sindhi, so the tables stand here. Two departures: Sindhi "yesterday" is ڪالهه (CLDR's ڪل is also read as "tomorrow"), and
 * Sindhi plural minutes are منٽ as in CLDR's own past tense.
 */
export const calendarWords: Readonly<Record<Language, CalendarWords>> = {
  sd: {
    months: ['جنوري', 'فيبروري', 'مارچ', 'اپريل', 'مئي', 'جون', 'جولاءِ', 'آگسٽ', 'سيپٽمبر', 'آڪٽوبر', 'نومبر', 'ڊسمبر'],
    days: ['آچر', 'سومر', 'اڱارو', 'اربع', 'خميس', 'جمعو', 'ڇنڇر'],
    yesterday: 'ڪالهه',
    today: 'اڄ',
    tomorrow: 'سڀاڻي',
    minute: ['منٽ', 'منٽ'],
    hour: ['ڪلاڪ', 'ڪلاڪ'],
    day: ['ڏينهن', 'ڏينهن'],
    ago: 'پهرين',
  },
  ur: {
    months: ['جنوری', 'فروری', 'مارچ', 'اپریل', 'مئی', 'جون', 'جولائی', 'اگست', 'ستمبر', 'اکتوبر', 'نومبر', 'دسمبر'],
    days: ['اتوار', 'پیر', 'منگل', 'بدھ', 'جمعرات', 'جمعہ', 'ہفتہ'],
    yesterday: 'گزشتہ کل',
    today: 'آج',
    tomorrow: 'آئندہ کل',
    minute: ['منٹ', 'منٹ'],
    hour: ['گھنٹہ', 'گھنٹے'],
    day: ['دن', 'دن'],
    ago: 'پہلے',
  },
  en: {
    months: [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ],
    days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    yesterday: 'yesterday',
    today: 'today',
    tomorrow: 'tomorrow',
    minute: ['minute', 'minutes'],
    hour: ['hour', 'hours'],
    day: ['day', 'days'],
    ago: 'ago',
  },
};
