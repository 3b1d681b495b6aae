/* The offices under each other, and one figure of all of them as one table: held back once, read in parts. */
import type { OfficeId } from '../../kernel/ids.ts';
import type { Names } from '../../kernel/names.ts';
import type { DeskFigureLine } from './desk-figures.ts';
import { holdBack, type Shown, shownAlone } from './held-back.ts';
import { type Asked, monthly, monthNumber, type OfficeCounts, upTo } from './month-series.ts';

export type OfficeBook = {
  readonly office: OfficeId;
  readonly above: OfficeId | null;
  readonly tier: string;
  readonly names: Names;
  readonly heardAt: number | null;
};

/** Every book of the installation and what the offices have counted. Made once, never changed. */
export type Offices = {
  readonly books: ReadonlyMap<OfficeId, OfficeBook>;
  readonly counts: ReadonlyMap<OfficeId, OfficeCounts>;
};

const nothing: OfficeCounts = new Map();
export function countsIn(offices: Offices, office: OfficeId): OfficeCounts {
  return offices.counts.get(office) ?? nothing;
}

/** Whether `office` is `above` or stands below it. */
export function standsUnder({ books }: Offices, office: OfficeId, above: OfficeId): boolean {
  for (let at = books.get(office), steps = 0; at && steps < 8; at = books.get(at.above ?? -1), steps++)
    if (at.office === above) return true;
  return false;
}

/** The LSOs at or below an office, in the order of their numbers. */
export function lsosUnder(offices: Offices, above: OfficeId): OfficeBook[] {
  return [...offices.books.values()]
    .filter(({ tier, office }) => tier === 'lso' && standsUnder(offices, office, above))
    .sort((a, b) => a.office - b.office);
}

/** The sum of a figure over offices, one a month. */
export function monthlySum(
  offices: Offices,
  of: readonly OfficeBook[],
  asked: Asked,
  from: number,
  to: number,
): number[] {
  const sums = Array.from({ length: to - from + 1 }, () => 0);
  for (const { office } of of)
    monthly(countsIn(offices, office), asked, from, to).forEach((count, m) => {
      sums[m] = (sums[m] ?? 0) + count;
    });
  return sums;
}

export function sumUpTo(offices: Offices, of: readonly OfficeBook[], asked: Asked, month: number): number {
  return of.reduce((sum, { office }) => sum + upTo(countsIn(offices, office), asked, month), 0);
}

export type FigureTable = {
  readonly months: readonly string[];
  readonly stock: boolean;
  /** By office: one count a month and, for a flow, their sum; the last month of a stock is its own sum. */
  readonly rows: ReadonlyMap<OfficeId, { readonly counts: readonly Shown[]; readonly sum: Shown }>;
};

/**
 * A figure of all offices by month, at every level of the tree. Held back for the whole tree at once: what a district is not
 * shown, the head office cannot take away from what it is shown.
 */
export function figureTable(offices: Offices, line: DeskFigureLine, months: readonly string[]): FigureTable {
  const from = monthNumber(months[0] ?? '');
  const to = monthNumber(months.at(-1) ?? '');
  const leaves = [...offices.books.values()].filter(({ tier }) => tier === 'lso');
  const stock = leaves.some(({ office }) =>
    (countsIn(offices, office).get(line.asked.figure) ?? []).some((series) => series.stock),
  );
  const places = new Map<OfficeId, number>();
  const rows: { parent: number | null; counts: number[] }[] = [];
  const width = months.length + (stock ? 0 : 1);
  const place = (book: OfficeBook, depth = 0): number => {
    const known = places.get(book.office);
    if (known !== undefined) return known;
    const above = book.above === null || depth > 8 ? undefined : offices.books.get(book.above);
    const parent = above ? place(above, depth + 1) : null;
    rows.push({ parent, counts: Array.from({ length: width }, () => 0) });
    places.set(book.office, rows.length - 1);
    return rows.length - 1;
  };
  for (const leaf of leaves) {
    const own = monthly(countsIn(offices, leaf.office), line.asked, from, to);
    if (!stock) own.push(own.reduce((sum, count) => sum + count, 0));
    for (let at: number | null = place(leaf); at !== null; at = rows[at]?.parent ?? null)
      own.forEach((count, column) => {
        const counts = rows[at as number]?.counts as number[];
        counts[column] = (counts[column] ?? 0) + count;
      });
  }
  const shown = line.of === 'persons' ? holdBack({ rows, summed: !stock }) : rows.map(({ counts }) => counts);
  return {
    months,
    stock,
    rows: new Map(
      [...places].map(([office, row]) => {
        const counts = shown[row] ?? [];
        return [office, { counts: counts.slice(0, months.length), sum: counts.at(-1) ?? 0 }];
      }),
    ),
  };
}

/** A sum that is shown by itself: held back when it is small and counts persons. */
export function shownSum(line: Pick<DeskFigureLine, 'of'>, count: number): Shown {
  return line.of === 'persons' ? shownAlone(count) : count;
}

export type Households = { readonly organized: number[]; readonly all: number[] };

/**
 * Households of offices at the end of each month. A told number stands until the records have reached it, office by office, as in
 * the LSO profile.
 */
export function householdsByMonth(offices: Offices, of: readonly OfficeBook[], months: readonly string[]): Households {
  const from = monthNumber(months[0] ?? '');
  const to = monthNumber(months.at(-1) ?? '');
  const organized = months.map(() => 0);
  const all = months.map(() => 0);
  for (const { office } of of) {
    const counts = countsIn(offices, office);
    const add = (sums: number[], counted: Asked, told: Asked) => {
      const said = monthly(counts, told, from, to);
      monthly(counts, counted, from, to).forEach((count, m) => {
        sums[m] = (sums[m] ?? 0) + Math.max(count, said[m] ?? 0);
      });
    };
    add(
      organized,
      { figure: 'households', by: { organized: 'yes' } },
      { figure: 'households-told', by: { organized: 'yes' } },
    );
    add(all, { figure: 'households' }, { figure: 'households-told', by: { organized: 'any' } });
  }
  return { organized, all };
}
