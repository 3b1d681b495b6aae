import type { PrintedCell } from './printed.ts';

/** Lines on one page of a book, on paper and on the phone: "page 4, line 7" is the same line on both. */
export const linesOnPage = 18;

/** Rows a page at a time; the last page is filled with empty lines for the pen. A book without rows has one empty page. */
export function inPages<Row>(rows: readonly Row[]): readonly (readonly (Row | null)[])[] {
  const pages: (Row | null)[][] = [];
  for (let at = 0; at === 0 || at < rows.length; at += linesOnPage) {
    const page: (Row | null)[] = rows.slice(at, at + linesOnPage);
    while (page.length < linesOnPage) page.push(null);
    pages.push(page);
  }
  return pages;
}

/** A line that a pen will fill: only its number is printed. */
export function emptyLine(number: string, columns: number): readonly PrintedCell[] {
  return [{ text: { ltr: number } }, ...Array.from({ length: columns - 1 }, () => null)];
}
