import { Readable } from 'node:stream';
import readExcelFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { type Sheet, sheetShape } from '../sheet.ts';
import { writeSheet } from './write-sheet.ts';

const sheet: Sheet = {
  name: 'otaq-offices-2026-11-24',
  rightToLeft: true,
  head: ['آفيس', 'ڪل'],
  tags: null,
  rows: [
    ['=HYPERLINK("http://x")', -1200],
    ['-1,200', 0],
    ['\u2068LSO Ibtida\u2069', 107],
    ['few', null],
  ],
};

test('a workbook holds numbers as numbers, a loss too, and no formula', async () => {
  const [first] = await readExcelFile(Readable.from(await writeSheet(sheet)) as never);
  expect(first?.data).toEqual([
    ['آفيس', 'ڪل'],
    [`'=HYPERLINK("http://x")`, -1200],
    ['-1,200', 0],
    ['LSO Ibtida', 107],
    ['few', null],
  ]);
});

test('a name with a slash, a table without end and a field that nobody asked for are refused', () => {
  expect(sheetShape.safeParse(sheet).success).toBe(true);
  expect(sheetShape.safeParse({ ...sheet, name: '../../etc' }).success).toBe(false);
  expect(sheetShape.safeParse({ ...sheet, rows: Array.from({ length: 5001 }, () => []) }).success).toBe(false);
  expect(sheetShape.safeParse({ ...sheet, more: 1 }).success).toBe(false);
});
