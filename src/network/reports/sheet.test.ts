import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { harmless, type Sheet, toCsv } from './sheet.ts';

const sheet = (rows: Sheet['rows']): Sheet => ({
  name: 'otaq-offices-2026-11-24',
  rightToLeft: false,
  head: ['Office', 'Sum'],
  tags: ['#org+name', '#reached'],
  rows,
});

test('a name that a spreadsheet would run as a formula is text', () => {
  for (const evil of ['=HYPERLINK("http://x")', '+cmd', '-cmd', '@SUM(A1)', '\t=1', '|calc', '-2+3'])
    expect(harmless(evil)).toBe(`'${evil}`);
});

test('a loss of 1,200 stays a number', () => {
  expect(harmless('-1200')).toBe('-1200');
  expect(harmless('-1,200.50')).toBe('-1,200.50');
  expect(toCsv(sheet([['x', -1200]]))).toContain('x,-1200\r\n');
});

test('the tags stand under the heads', () => {
  expect(toCsv(sheet([]))).toBe('\ufeffOffice,Sum\r\n#org+name,#reached\r\n');
});

test('whatever stands on the page is read back from the file', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer()), { minLength: 1, maxLength: 6 }),
      (rows) => {
        const read = parse(toCsv(sheet(rows)), { bom: true, from: 3 }) as string[][];
        expect(read).toEqual(rows.map(([text, count]) => [harmless(text), String(count)]));
      },
    ),
  );
});
