/*
 * What an office has counted, by month. A flow's month holds what happened in it; a stock's month holds its steps, and what
 * stands at the end of a month is their running sum.
 */
import { type Cell, type Dimensions, isStock, parseDimensions } from '../../platform/book/figures.ts';

/** Months since the year 0: 2026-11 is 24,322. */
export type MonthNumber = number;

export type Series = {
  readonly figure: string;
  readonly by: Dimensions;
  readonly stock: boolean;
  readonly first: MonthNumber;
  /** One count a month from `first` on. */
  readonly counts: ArrayLike<number>;
};

/** All that an office has counted, by figure. */
export type OfficeCounts = ReadonlyMap<string, readonly Series[]>;

/** Which figure is asked for, and which of its dimensions are held fast. */
export type Asked = { readonly figure: string; readonly by?: Dimensions };

export function monthNumber(month: string): MonthNumber {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export function formatMonthNumber(month: MonthNumber): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** The months that end with the one a day lies in, oldest first. */
export function monthsTo(day: string, count: number): string[] {
  const last = monthNumber(day);
  return Array.from({ length: count }, (_, i) => formatMonthNumber(last - count + 1 + i));
}

/** Puts cells of one office into series. */
export function countsOf(cells: Iterable<Cell>): OfficeCounts {
  const grouped = new Map<string, { readonly cell: Cell; readonly months: Map<MonthNumber, number> }>();
  for (const cell of cells) {
    const key = `${cell.figure}|${cell.by}|${isStock(cell)}`;
    const group = grouped.get(key) ?? { cell, months: new Map() };
    const month = monthNumber(cell.period);
    group.months.set(month, (group.months.get(month) ?? 0) + cell.count);
    grouped.set(key, group);
  }
  const counts = new Map<string, Series[]>();
  for (const { cell, months } of grouped.values()) {
    const first = Math.min(...months.keys());
    const series = {
      figure: cell.figure,
      by: parseDimensions(cell.by),
      stock: isStock(cell),
      first,
      counts: Array.from({ length: Math.max(...months.keys()) - first + 1 }, (_, i) => months.get(first + i) ?? 0),
    };
    counts.set(cell.figure, [...(counts.get(cell.figure) ?? []), series]);
  }
  return counts;
}

/** The series of one office that a question asks for. */
function seriesFor(counts: OfficeCounts, { figure, by }: Asked): readonly Series[] {
  const all = counts.get(figure) ?? [];
  const wanted = Object.entries(by ?? {});
  return wanted.length === 0 ? all : all.filter((series) => wanted.every(([key, value]) => series.by[key] === value));
}

/** One count a month from `from` to `to`: a flow's own, a stock's at the end of the month. */
export function monthly(counts: OfficeCounts, asked: Asked, from: MonthNumber, to: MonthNumber): number[] {
  const sums = Array.from({ length: Math.max(0, to - from + 1) }, () => 0);
  for (const { stock, first, counts: own } of seriesFor(counts, asked)) {
    let standing = 0;
    for (let i = 0; i < own.length; i++) {
      const month = first + i;
      if (month > to) break;
      if (stock) standing += own[i] ?? 0;
      else if (month >= from) sums[month - from] = (sums[month - from] ?? 0) + (own[i] ?? 0);
      if (stock && month >= from) sums[month - from] = (sums[month - from] ?? 0) + standing;
    }
    // A stock stands on after its last step.
    if (stock)
      for (let month = Math.max(from, first + own.length); month <= to; month++)
        sums[month - from] = (sums[month - from] ?? 0) + standing;
  }
  return sums;
}

/** Everything up to the end of a month: a flow's sum, what stands of a stock. */
export function upTo(counts: OfficeCounts, asked: Asked, to: MonthNumber): number {
  let sum = 0;
  for (const { first, counts: own } of seriesFor(counts, asked))
    for (let i = 0; i < own.length && first + i <= to; i++) sum += own[i] ?? 0;
  return sum;
}

/** The values that a dimension of a figure has, in an office. */
export function valuesOf(counts: OfficeCounts, figure: string, dimension: string): string[] {
  return [...new Set((counts.get(figure) ?? []).map(({ by }) => by[dimension] ?? ''))].filter((value) => value !== '');
}
