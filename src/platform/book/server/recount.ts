/*
 * A rule by which figures are counted has changed: every page of its kind is measured again, office by office, a few hundred at a time.
 *
 *   under the book's lock     worth of the next pages ─► what it differs from the worth last counted ─► figures
 *                             the new worth stands with its page, and the last page with the kind, in the same write
 *   when no page is left      one entry of the server's own, so that phones and desks hear; then the kind is done
 *
 * What must stay true, wherever a machine dies: the figures of a book are the sum of the worth that stands with its pages. A page that is
 * changed meanwhile takes its old worth off and puts the new one on, whichever side of the line it stands; measuring it twice adds
 * nothing. A restored book says by which version it was counted, and is counted again like any other.
 */
import type { OfficeId } from '../../../kernel/ids.ts';
import type { Registers } from '../command.ts';
import { type Cell, cellKey, difference } from '../figures.ts';
import type { AnyKind } from '../kind.ts';
import type { BookStore, Measured, OpenBook } from './book-store.ts';

export type RecountContext = {
  readonly store: BookStore;
  readonly registers: Registers;
  readonly writeLine: (office: OfficeId, nature: 'server', command: string, input: unknown) => Promise<unknown>;
};

/** So many pages that a phone that sends meanwhile waits for no more than a moment. */
const pagesAtOnce = 500;

/** Kinds of which a book is not, or not wholly, counted by the measure that these registers have. */
export function kindsToRecount(registers: Registers, counted: ReadonlyMap<string, Measured>): readonly AnyKind[] {
  return [...registers.kinds.values()].filter((kind) => !isCounted(kind, counted.get(kind.kind)));
}

function isCounted({ measured }: AnyKind, by: Measured = { version: 1, to: null }): boolean {
  return by.version === measured && by.to === null;
}

/** Counts a book again where a measure has changed. Answers how many kinds it has finished. */
export async function recountBook(context: RecountContext, office: OfficeId, most = pagesAtOnce): Promise<number> {
  const { store, registers, writeLine } = context;
  const kinds = kindsToRecount(registers, await store.open(office, (book) => book.measured()));
  for (const kind of kinds) {
    while (await store.open(office, (book) => countSome(book, kind, most)));
    await writeLine(office, 'server', 'book.tell-recounted', { kind: kind.kind, version: kind.measured });
    const { measured: version } = kind;
    await store.open(office, (book) => book.recount({ kind: kind.kind, version, to: null, worth: [], cells: [] }));
  }
  return kinds.length;
}

/** Whether there may be more. */
async function countSome(book: OpenBook, kind: AnyKind, most: number): Promise<boolean> {
  const by = (await book.measured()).get(kind.kind);
  const after = by?.version === kind.measured ? (by.to ?? '') : '';
  const pages = await book.pagesAfter(kind.kind, after, most);
  const last = pages.at(-1);
  if (!last) return false;
  const cells = new Map<string, Cell>();
  const worth = pages.flatMap(({ kept, worth: before }) => {
    const now = kind.measure(kept.body);
    const counts = difference(before, now);
    for (const cell of counts)
      cells.set(cellKey(cell), { ...cell, count: (cells.get(cellKey(cell))?.count ?? 0) + cell.count });
    return JSON.stringify(before) === JSON.stringify(now) ? [] : [{ id: kept.id, worth: now }];
  });
  await book.recount({
    kind: kind.kind,
    version: kind.measured,
    to: last.kept.id,
    worth,
    cells: [...cells.values()].flatMap((cell) => (cell.count === 0 ? [] : [{ ...cell, purpose: kind.seenBy.name }])),
  });
  return pages.length === most;
}
