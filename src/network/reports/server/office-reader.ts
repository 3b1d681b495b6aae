/*
 * The books' figures by month, held in the server's memory and read again office by office as their books move on:
 *
 *   question ──► books (one row an office) ──► whose sequence has moved? ──► their figures, summed by month ──► answer
 *
 * What must stay true: an answer holds every entry that was written before it was asked for, and equals the sum of the figures
 * in the database. docs/decisions/figures-by-month-in-memory.md says why it is no table.
 */
import type { Pool } from 'pg';
import { addDays, dayInPakistan, type PlainDate } from '../../../kernel/plain-date.ts';
import { parseDimensions } from '../../../platform/book/figures.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { askedFigures } from '../desk-figures.ts';
import { monthNumber, type OfficeCounts, type Series } from '../month-series.ts';
import type { OfficeBook, Offices } from '../office-tree.ts';

/** A phone or an office that has not spoken for so many days is quiet. */
export const quietAfter = 14;

type BookRow = OfficeBook & { readonly sequence: number };
type SeriesRow = {
  readonly office: number;
  readonly figure: string;
  readonly by: string;
  readonly stock: boolean;
  /** `2026-11 3` after `2026-10 5`, in any order. */
  readonly months: string;
};

export class OfficeReader {
  readonly #app: Pool;
  #held: Offices = { books: new Map(), counts: new Map() };
  readonly #sequences = new Map<number, number>();
  #running: Promise<Offices> | null = null;
  #waiting: Promise<Offices> | null = null;

  constructor(app: Pool) {
    this.#app = app;
  }

  /** The offices as they stand now. Who asks while a reading is under way gets the next one: hers may have begun too early. */
  read(): Promise<Offices> {
    this.#waiting ??= this.#next(this.#running);
    return this.#waiting;
  }

  async #next(before: Promise<Offices> | null): Promise<Offices> {
    await before?.catch(() => undefined);
    this.#running = this.#waiting;
    this.#waiting = null;
    return this.#refresh();
  }

  #refresh(): Promise<Offices> {
    return onDuty(
      this.#app,
      'figures',
      async (client) => {
        const { rows: books } = await client.query<BookRow>(
          'SELECT office, above, tier, names, sequence, heard_at AS "heardAt" FROM books ORDER BY office',
        );
        const moved = books.filter(({ office, sequence }) => this.#sequences.get(office) !== sequence);
        const same = books.length === this.#held.books.size && moved.length === 0;
        if (same) return this.#held;
        const counts = new Map(this.#held.counts);
        const { rows } = await client.query<SeriesRow>(seriesOfOffices, [
          moved.map(({ office }) => office),
          askedFigures,
        ]);
        for (const { office } of moved) counts.delete(office);
        for (const [office, series] of grouped(rows)) counts.set(office, series);
        this.#held = { books: new Map(books.map(({ sequence, ...book }) => [book.office, book])), counts };
        this.#sequences.clear();
        for (const { office, sequence } of books) this.#sequences.set(office, sequence);
        return this.#held;
      },
      { snapshot: true },
    );
  }
}

/** The figures of some offices, one row a figure and its dimensions. Steps of a stock are kept by month. */
export const seriesOfOffices = `
  SELECT office, figure, dimensions AS by, stock, string_agg(month || ' ' || count, ',') AS months FROM (
    SELECT office, figure, dimensions, length(period) = 10 AS stock, left(period, 7) AS month, sum(count) AS count
    FROM figures WHERE office = ANY($1) AND figure = ANY($2)
    GROUP BY office, figure, dimensions, stock, month) AS by_month
  GROUP BY office, figure, dimensions, stock`;

function grouped(rows: readonly SeriesRow[]): Map<number, OfficeCounts> {
  const found = new Map<number, Map<string, Series[]>>();
  for (const { office, figure, by, stock, months } of rows) {
    const counted = months.split(',').map((month) => [monthNumber(month), Number(month.slice(8))] as const);
    let first = Number.POSITIVE_INFINITY;
    let last = 0;
    for (const [month] of counted) {
      first = Math.min(first, month);
      last = Math.max(last, month);
    }
    const counts = new Float64Array(last - first + 1);
    for (const [month, count] of counted) counts[month - first] = count;
    const own = found.get(office) ?? new Map<string, Series[]>();
    const series = { figure, by: parseDimensions(by), stock, first, counts };
    const known = own.get(figure);
    if (known) known.push(series);
    else own.set(figure, [series]);
    found.set(office, own);
  }
  return found;
}

/** How many phones of each office have spoken within the fortnight. */
export function phonesHeard(app: Pool, today: PlainDate): Promise<ReadonlyMap<number, number>> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ office: number; heard: number }>(
      'SELECT office, count(*)::int AS heard FROM phones_heard WHERE heard_on > $1 GROUP BY office',
      [addDays(today, -quietAfter)],
    );
    return new Map(rows.map(({ office, heard }) => [office, heard]));
  });
}

/** Since which day something has been waiting without a break, at any of some offices; null while nothing waits. */
export function waitingSince(app: Pool, offices: readonly number[]): Promise<ReadonlyMap<number, PlainDate>> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ office: number; period: PlainDate; count: number }>(
      `SELECT office, period, sum(count)::bigint AS count FROM figures
       WHERE office = ANY($1) AND figure IN ('refusals-waiting', 'flags-waiting') GROUP BY office, period ORDER BY office, period`,
      [offices],
    );
    const since = new Map<number, PlainDate>();
    const standing = new Map<number, number>();
    for (const { office, period, count } of rows) {
      const now = (standing.get(office) ?? 0) + count;
      standing.set(office, now);
      if (now <= 0) since.delete(office);
      else if (!since.has(office)) since.set(office, period);
    }
    return since;
  });
}

/** Whether an office has written nothing for a fortnight, or never has. */
export function isQuiet({ heardAt }: Pick<OfficeBook, 'heardAt'>, today: PlainDate): boolean {
  return heardAt === null || dayInPakistan(heardAt) <= addDays(today, -quietAfter);
}
