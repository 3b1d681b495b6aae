import { expect, test } from 'vitest';
import { inPages, linesOnPage } from './book-pages.ts';

test('a book of 107 lines has six pages, and empty lines for the pen on the last', () => {
  const pages = inPages(Array.from({ length: 107 }, (_, at) => at + 1));
  expect(pages).toHaveLength(6);
  expect(pages.every((page) => page.length === linesOnPage)).toBe(true);
  expect(pages.flat().filter((row) => row !== null)).toEqual(Array.from({ length: 107 }, (_, at) => at + 1));
  expect(pages[5]?.filter((row) => row === null)).toHaveLength(1);
});

test('a book in which nothing is written yet has one empty page', () => {
  expect(inPages([])).toEqual([Array.from({ length: linesOnPage }, () => null)]);
});
