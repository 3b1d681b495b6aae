import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNames } from './collation.ts';
import { languages } from './language.ts';

test('Sindhi names stand in the order of the Sindhi alphabet, not of the code points', () => {
  const names = ['يوسف', 'ٻچل', 'زيبا', 'ڀاڳي', 'بشير', 'گل', 'ڳاڙهي', 'جهمڪ', 'جنت', 'ڄام', 'امينا', 'شبانه'];
  expect(names.toSorted(compareNames('sd'))).toEqual([
    'امينا',
    'بشير',
    'ٻچل',
    'ڀاڳي',
    'جنت',
    'ڄام',
    'جهمڪ',
    'زيبا',
    'شبانه',
    'گل',
    'ڳاڙهي',
    'يوسف',
  ]);
});

test('Urdu names stand in the order of the Urdu alphabet', () => {
  expect(['ٹیپو', 'یوسف', 'پروین', 'ڈاہری', 'بشیر', 'تاج'].toSorted(compareNames('ur'))).toEqual([
    'بشیر',
    'پروین',
    'تاج',
    'ٹیپو',
    'ڈاہری',
    'یوسف',
  ]);
});

test('a letter written in the way of another keyboard stands in the same place', () => {
  expect(['نسرين', 'نسرین ب'].toSorted(compareNames('sd'))).toEqual(['نسرين', 'نسرین ب']);
  expect(['Zeba', 'amina', 'Halima'].toSorted(compareNames('en'))).toEqual(['amina', 'Halima', 'Zeba']);
});

test('the order is a total order: it does not depend on how the names came', () => {
  const letters = fc.constantFrom(...'ابٻڀتٿجھهڄگڳيیA b');
  const name = fc.array(letters, { maxLength: 5 }).map((chosen) => chosen.join(''));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 8 }), fc.constantFrom(...languages), (names, language) => {
      const sorted = names.toSorted(compareNames(language));
      expect(names.toReversed().toSorted(compareNames(language))).toEqual(sorted);
    }),
  );
});
