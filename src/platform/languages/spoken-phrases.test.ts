import { expect, test } from 'vitest';
import { foldPhrase, numberOf, phrasesOf, spokenOf } from './spoken-phrases.ts';

test('a sentence with a number is recorded in its pieces, one for each way in which it may be said', () => {
  expect(phrasesOf([['count', 'plural', { one: ['#', ' page waits'], other: ['#', ' pages wait'] }]])).toEqual([
    'page waits',
    'pages wait',
  ]);
  expect(phrasesOf('Who is writing? Write your PIN.')).toEqual(['Who is writing', 'Write your PIN']);
});

test('what is said is what stands on the page: the number between its words, whatever marks isolate it', () => {
  const recorded = new Set(['صفحا', 'اڃا نه موڪليا', '12']);
  const said = spokenOf('\u206612\u2069\u00a0صفحا. اڃا نه موڪليا.', (phrase) => recorded.has(phrase));
  expect(said).toEqual([{ phrase: '12' }, { phrase: 'صفحا' }, { phrase: 'اڃا نه موڪليا' }]);
});

test('a name that nobody recorded is a gap, never another name', () => {
  const recorded = new Set(['write your PIN']);
  expect(spokenOf('\u2068شبانه\u2069, write your PIN', (phrase) => recorded.has(phrase))).toEqual([
    { gap: 'شبانه' },
    { phrase: 'write your PIN' },
  ]);
});

test('a sentence that was changed since it was recorded is not said in its old words', () => {
  expect(spokenOf('Give blood in sixteen weeks.', (phrase) => phrase === 'Give blood in twelve weeks')).toEqual([
    { gap: 'Give blood in sixteen weeks' },
  ]);
});

test('a day is said as number, month and year', () => {
  const recorded = new Set(['25', '20', '26', 'نومبر']);
  expect(spokenOf('25 نومبر 2026', (phrase) => recorded.has(phrase))).toEqual(
    ['25', 'نومبر', '20', '26'].map((phrase) => ({ phrase })),
  );
});

test('a telephone number is said in pairs, with every zero that stands in front', () => {
  expect(numberOf('03001234567').join('')).toBe('03001234567');
  expect(numberOf('100')).toEqual(['100']);
  expect(numberOf('2005')).toEqual(['20', '0', '5']);
});

test('marks and spaces make no other phrase', () => {
  expect(foldPhrase(' «Who is writing?» ')).toBe(foldPhrase('Who is\u00a0writing'));
});
