/*
 * A figure opened above the office: offices down, months across, with sums. Small counts are held back so that no woman can be
 * found by them, and so that none can be found by subtraction either:
 *
 *          Aug  Sep  Oct │ sum                 Aug  Sep  Oct │ sum
 *   LSO A    9    3    7 │  19        →          9  few  few │  19
 *   LSO B    6    8    9 │  23                   6  few  few │  23
 *
 * What must stay true: no row and no column whose sum is shown lacks exactly one count.
 */
import type { OfficeId } from '../../kernel/ids.ts';
import { type Cell, type Dimensions, isStock, parseDimensions } from '../../platform/book/figures.ts';

/** Counts under this read "few". Source: DESIGN, who may see what. */
export const fewest = 5;

export type Shown = number | 'few';

export type OfficeCell = Cell & { readonly office: OfficeId };

/** Which figure is opened, and which of its dimensions are held fast. */
export type Asked = { readonly figure: string; readonly by?: Dimensions };

export type OpenedFigure = {
  readonly offices: readonly OfficeId[];
  /** `2026-11`, oldest first. */
  readonly months: readonly string[];
  /** One row an office, one count a month. */
  readonly counts: readonly (readonly Shown[])[];
  readonly officeSums: readonly Shown[];
  readonly monthSums: readonly Shown[];
  readonly sum: Shown;
};

/** Opens a flow: what happened in each month. A stock shows what stood at the end of each month. */
export function openFigure(
  cells: readonly OfficeCell[],
  asked: Asked,
  offices: readonly OfficeId[],
  months: readonly string[],
): OpenedFigure {
  const relevant = cells.filter((cell) => answers(cell, asked));
  const stock = relevant.some(isStock);
  const counts = offices.map((office) => {
    const own = relevant.filter((cell) => cell.office === office);
    return months.map((month) =>
      own.reduce((sum, cell) => {
        const counted = stock ? cell.period.slice(0, 7) <= month : cell.period === month;
        return counted ? sum + cell.count : sum;
      }, 0),
    );
  });
  const last = months.length - 1;
  const officeSums = counts.map((row) => (stock ? (row[last] ?? 0) : total(row)));
  const monthSums = months.map((_, m) => total(counts.map((row) => row[m] ?? 0)));
  const sum = stock ? (monthSums[last] ?? 0) : total(monthSums);
  return { offices, months, ...holdBack(counts, officeSums, monthSums, stock), sum: small(sum) ? 'few' : sum };
}

function answers(cell: Cell, { figure, by = {} }: Asked): boolean {
  if (cell.figure !== figure) return false;
  const has = parseDimensions(cell.by);
  return Object.entries(by).every(([key, value]) => has[key] === value);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function small(count: number): boolean {
  return count > 0 && count < fewest;
}

function holdBack(
  counts: readonly (readonly number[])[],
  officeSums: readonly number[],
  monthSums: readonly number[],
  stock: boolean,
): Pick<OpenedFigure, 'counts' | 'officeSums' | 'monthSums'> {
  // The sums are a last row and a last column of the same table: they are held back by the same rule. The last month of a
  // stock is its own sum, so no column of sums can give anything away.
  const table = counts.map((row, o) => (stock ? [...row] : [...row, officeSums[o] ?? 0]));
  table.push(stock ? [...monthSums] : [...monthSums, total(monthSums)]);
  const held = table.map((row) => row.map(small));
  const width = table[0]?.length ?? 0;
  const lines: (readonly (readonly [number, number])[])[] = [
    ...(stock ? [] : table.map((row, r) => row.map((_, c) => [r, c] as const))),
    ...Array.from({ length: width }, (_, c) => table.map((_, r) => [r, c] as const)),
  ];
  for (let changed = true; changed; ) {
    changed = false;
    for (const line of lines) {
      const hidden = line.filter(([r, c]) => held[r]?.[c]);
      if (hidden.length !== 1) continue;
      // A zero tells nothing and hides nothing: the smallest count that is not zero goes too.
      const next = line
        .filter(([r, c]) => !held[r]?.[c] && (table[r]?.[c] ?? 0) > 0)
        .sort(([r1, c1], [r2, c2]) => (table[r1]?.[c1] ?? 0) - (table[r2]?.[c2] ?? 0))[0];
      const row = next && held[next[0]];
      if (!next || !row) continue;
      row[next[1]] = true;
      changed = true;
    }
  }
  const shown = table.map((row, r) => row.map((count, c): Shown => (held[r]?.[c] ? 'few' : count)));
  const monthRow = shown.at(-1) ?? [];
  return {
    counts: shown.slice(0, -1).map((row) => row.slice(0, counts[0]?.length ?? 0)),
    officeSums: shown.slice(0, -1).map((row) => row.at(-1) ?? 0),
    monthSums: stock ? monthRow : monthRow.slice(0, -1),
  };
}

/** The twelve months that end with the one a day lies in. */
export function twelveMonthsTo(day: string): string[] {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return Array.from({ length: 12 }, (_, i) => {
    const at = year * 12 + (month - 1) - (11 - i);
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}
