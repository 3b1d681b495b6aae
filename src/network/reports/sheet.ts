/* A table as it leaves the desk: the words and numbers that stand on the page, and nothing that a spreadsheet would run. */
import * as z from 'zod/mini';

export type SheetCell = string | number | null;
export type Sheet = {
  /** What the file is called, with the day: `otaq-districts-2026-11-24`. Never a person. */
  readonly name: string;
  readonly rightToLeft: boolean;
  readonly head: readonly string[];
  /** Tags of the Humanitarian Exchange Language under the heads, where they are wanted. Source: hxlstandard.org, 1.1. */
  readonly tags: readonly string[] | null;
  readonly rows: readonly (readonly SheetCell[])[];
};

const cell = z.union([z.string().check(z.maxLength(200)), z.number(), z.null()]);
export const sheetShape = z.strictObject({
  name: z.string().check(z.regex(/^otaq-[a-z0-9-]{1,60}$/)),
  rightToLeft: z.boolean(),
  head: z.array(z.string().check(z.maxLength(120))).check(z.maxLength(30)),
  tags: z.nullable(z.array(z.string().check(z.maxLength(80))).check(z.maxLength(30))),
  rows: z.array(z.array(cell).check(z.maxLength(30))).check(z.maxLength(5000)),
});

/** Isolating marks help a reader and harm whoever computes with the text. */
function bare(text: string): string {
  return text.replace(/[\u2066-\u2069\u200e\u200f]/g, '').replace(/\u00a0/g, ' ');
}

/**
 * Text that a spreadsheet would take for a formula gets a quote before it. A number that stands alone is left as it is, also a
 * negative one. Source: OWASP, CSV injection.
 */
export function harmless(text: string): string {
  const plain = bare(text);
  return /^[=+\-@\t\r\n|]/.test(plain) && !/^[+-]?\d+([.,]\d+)*%?$/.test(plain) ? `'${plain}` : plain;
}

/** RFC 4180, with the mark by which spreadsheets know that it is UTF-8. */
export function toCsv({ head, tags, rows }: Sheet): string {
  const written = (value: SheetCell): string => {
    if (value === null) return '';
    const text = typeof value === 'number' ? String(value) : harmless(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [head, ...(tags ? [tags] : []), ...rows];
  return `\ufeff${lines.map((line) => line.map(written).join(',')).join('\r\n')}\r\n`;
}
