/** A table as it was read from a file: what stands in its cells, and nothing about what it means. */
export type Cell = string | number | boolean | null;

export type SheetRow = {
  /** As the spreadsheet counts: the headings stand in row 1. */
  readonly row: number;
  readonly cells: readonly Cell[];
};

export type Sheet = { readonly headings: readonly string[]; readonly rows: readonly SheetRow[] };

/** What is wrong with a cell, a row (column null) or a whole file (row null): the code is the key of its sentence. */
export type Wrong = {
  readonly row: number | null;
  readonly column: string | null;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
};

/** Files larger than these are no list that a person has typed. */
export const limits = { bytes: 20_000_000, unpacked: 120_000_000, rows: 50_000, columns: 100, cell: 2000 } as const;

/** A cell as the text that a person sees; null where it is empty. */
export function textOf(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  const text = String(cell)
    .normalize('NFC')
    // A quote before a formula is the mark with which a spreadsheet, or our own file, says "text".
    .replace(/^'(?=[=+\-@])/, '')
    .replace(/[\s\u00a0\u200b\u200e\u200f\u2066-\u2069\ufeff]+/gu, ' ')
    .trim();
  return text === '' ? null : text;
}
