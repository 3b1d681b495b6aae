import type { PlainDate } from '../../kernel/plain-date.ts';

/*
 * Figures are counted as records change, never by scanning:
 *
 *   record before ── measure ──► worth last counted ─┐
 *                                                    ├─► difference ──► figures
 *   record after ─── measure ──► worth now ──────────┘
 *
 * The law: the figures of an office equal the sum of measure over its records, whatever the order of changes.
 */

export type Dimensions = Readonly<Record<string, string>>;

/** What a record is worth: a flow on a day, or a stock from a day until another (until null: still). */
export type Fact =
  | { readonly figure: string; readonly by?: Dimensions; readonly on: PlainDate; readonly count: number }
  | {
      readonly figure: string;
      readonly by?: Dimensions;
      readonly from: PlainDate;
      readonly until: PlainDate | null;
      readonly count: number;
    };

/**
 * One cell of a figure. A flow is kept by month (`2026-11`); a stock by the day of its steps (`2026-11-24`), and what it
 * is on a day is the running sum of the steps up to that day.
 */
export type Cell = {
  readonly figure: string;
  /** Dimensions as `key=value;key=value`, keys in order; empty when there are none. */
  readonly by: string;
  readonly period: string;
  readonly count: number;
};

export function formatDimensions(by: Dimensions = {}): string {
  return Object.keys(by)
    .sort()
    .map((key) => `${key}=${by[key]}`)
    .join(';');
}

export function parseDimensions(by: string): Dimensions {
  return Object.fromEntries(by === '' ? [] : by.split(';').map((pair) => pair.split('=', 2) as [string, string]));
}

export function isStock(cell: Pick<Cell, 'period'>): boolean {
  return cell.period.length === 10;
}

/** The cells that facts add to. */
export function cellsOf(facts: readonly Fact[]): Cell[] {
  const cells: Cell[] = [];
  for (const fact of facts) {
    const by = formatDimensions(fact.by);
    if ('on' in fact) cells.push({ figure: fact.figure, by, period: fact.on.slice(0, 7), count: fact.count });
    else {
      cells.push({ figure: fact.figure, by, period: fact.from, count: fact.count });
      if (fact.until !== null) cells.push({ figure: fact.figure, by, period: fact.until, count: -fact.count });
    }
  }
  return cells;
}

export function cellKey(cell: Pick<Cell, 'figure' | 'by' | 'period'>): string {
  return `${cell.figure}|${cell.by}|${cell.period}`;
}

/** The sum of cells, one a key, none of them zero. */
export function sumCells(cells: Iterable<Cell>): Cell[] {
  const sums = new Map<string, Cell>();
  for (const cell of cells) {
    const key = cellKey(cell);
    sums.set(key, { ...cell, count: (sums.get(key)?.count ?? 0) + cell.count });
  }
  return [...sums.values()].filter((cell) => cell.count !== 0);
}

/** What a change of worth adds to the figures. */
export function difference(before: readonly Fact[], after: readonly Fact[]): Cell[] {
  return sumCells([...cellsOf(before).map((cell) => ({ ...cell, count: -cell.count })), ...cellsOf(after)]);
}

/** What a question asks of the figures: whose dimensions it holds fast, and which days. */
export type FigureQuestion = {
  readonly figure: string;
  readonly by?: Dimensions;
  /** For a flow: months from and to, both included. For a stock: the day it is asked for is `to`. */
  readonly from?: string;
  readonly to?: string;
};

/** Reads one number out of cells. */
export function countOf(cells: Iterable<Cell>, question: FigureQuestion): number {
  const wanted = Object.entries(question.by ?? {});
  let count = 0;
  for (const cell of cells) {
    if (cell.figure !== question.figure) continue;
    if (wanted.length > 0) {
      const has = parseDimensions(cell.by);
      if (wanted.some(([key, value]) => has[key] !== value)) continue;
    }
    if (!isStock(cell) && question.from !== undefined && cell.period < question.from.slice(0, 7)) continue;
    if (question.to !== undefined && cell.period > (isStock(cell) ? question.to : question.to.slice(0, 7))) continue;
    count += cell.count;
  }
  return count;
}
