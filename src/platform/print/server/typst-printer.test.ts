import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printWords } from '../../../../tests/support/print-source.ts';
import { readPrinted } from '../../../../tests/support/printed-text.ts';
import { type Language, languages } from '../../languages/language.ts';
import { linesOnPage } from '../book-pages.ts';
import type { Printed, PrintedCell, RegisterPage } from '../printed.ts';
import { printPdf, printSvg } from './typst-printer.ts';

const register = (rows: readonly (readonly PrintedCell[])[]): RegisterPage => ({
  form: 'register',
  says: 'page 1 of 1',
  columns: [
    { head: 'No.', width: 'number' },
    { head: 'Name', width: 'wide' },
    { head: 'Group', width: 'narrow' },
    { head: 'Number', width: 'phone' },
  ],
  rows,
  address: 'https://otaq.example.org/leaf/3/1/7-118',
});
const book = (language: Language, rows: readonly (readonly PrintedCell[])[]): Printed => ({
  language,
  title: 'Register',
  office: 'LSO Ibtida',
  dated: '24 November 2026',
  head: {
    says: 'Head',
    digits: '12345 67890 12345 67890',
    address: 'https://otaq.example.org/head/118/12345678901234567890',
  },
  pages: [register(rows)],
});

test('a name with marks of the printing language in it is printed as it was written', async () => {
  const words = await printWords('en');
  const mark = fc.constantFrom(
    '#',
    '$',
    '*',
    '_',
    '`',
    '\\',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '@',
    '"',
    '//',
    '/*',
    '#eval(',
    '#panic()',
    'a',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(mark, { minLength: 1, maxLength: 12 }), async (marks) => {
      const name = marks.join('');
      const pdf = printPdf(book('en', [[{ text: { ltr: '1' } }, { text: name }, null, null]]), words);
      const text = (await readPrinted(pdf)).flatMap(({ lines }) => lines).join('');
      expect(text.replaceAll(' ', '')).toContain(name.replaceAll(' ', ''));
    }),
    { numRuns: 40 },
  );
});

test.each(languages)('groups, phones and the head of the book never turn over (%s)', async (language) => {
  const rows = ['O+', 'AB−', 'B−'].map((group, at): PrintedCell[] => [
    { text: { ltr: String(at + 1) } },
    { text: 'محمد رمضان' },
    { text: { ltr: group } },
    { text: { ltr: '0300\u00a0000\u00a00101' } },
  ]);
  const [page] = await readPrinted(printPdf(book(language, rows), await printWords(language)));
  const texts = page?.stretches.map(({ text }) => text) ?? [];
  for (const whole of ['O+', 'AB−', 'B−', '0300 000 0101', '12345 67890 12345 67890'])
    expect(
      texts.filter((text) => text.includes(whole)),
      whole,
    ).not.toEqual([]);
});

test('the letters of Sindhi and Urdu are joined: a letter in a word is another picture than a letter alone', async () => {
  for (const language of ['sd', 'ur'] as const) {
    const words = await printWords(language);
    const picturesOf = (text: string) => {
      const svg = printSvg(book(language, [[{ text }, null, null, null]]), words);
      const without = printSvg(book(language, [[null, null, null, null]]), words);
      const used = (of: string) => new Set([...of.matchAll(/href="#(g[0-9A-F]+)"/gi)].map(([, glyph]) => glyph));
      return [...used(svg)].filter((glyph) => !used(without).has(glyph));
    };
    const alone = picturesOf('س');
    const joined = picturesOf('سسس');
    expect(alone).toHaveLength(1);
    expect(joined.length).toBeGreaterThan(1);
    expect(joined).not.toContain(alone[0]);
  }
});

test('the longest names wrap inside their page and not one word of them is cut', async () => {
  const name = (at: number) =>
    `Line${at} ${Array.from({ length: 9 }, (_, word) => `word${at}x${word}`).join(' ')} end${at}`;
  const rows = Array.from({ length: linesOnPage }, (_, at): PrintedCell[] => [
    { text: { ltr: String(at + 1) } },
    { text: name(at), note: `note ${name(at)}` },
    { text: { ltr: 'AB−' } },
    { text: { ltr: '0300\u00a0000\u00a00101' } },
  ]);
  const pages = await readPrinted(printPdf(book('en', rows), await printWords('en')));
  const words = pages.flatMap(({ lines }) => lines.flatMap((line) => line.split(' ')));
  for (let at = 0; at < linesOnPage; at++)
    for (const word of name(at).split(' ')) expect(words.filter((read) => read === word)).toHaveLength(2);
  for (const { stretches, width, height } of pages)
    for (const { x, y, width: wide } of stretches) {
      expect(x).toBeGreaterThan(30);
      expect(x + wide).toBeLessThan(width - 30);
      expect(y).toBeGreaterThan(20);
      expect(y).toBeLessThan(height - 30);
    }
});

test('a file says nothing of its contents in its name or title: it is a notebook', async () => {
  const words = await printWords('en');
  const pdf = printPdf(book('en', [[null, { text: 'Shabana' }, null, null]]), words).toString('latin1');
  expect(pdf).toContain('Notebook');
  expect(pdf).not.toContain('(Register)');
});
