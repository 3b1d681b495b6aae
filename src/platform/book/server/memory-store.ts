/*
 * Books in memory, for the simulation: the same port as PostgreSQL, the same seeds. A book that stands is never changed: what work
 * writes goes into a copy that takes its place when the work is done. So a throw leaves everything as it was, a view is of one
 * moment, and a backup is the book as it stood.
 */
import { maySee, type Standing } from '../../access/reach.ts';
import { chainStart } from '../chain.ts';
import type { AnyKept } from '../decide.ts';
import type { Entry } from '../entry.ts';
import { type Erasure, erasureKind } from '../erasure.ts';
import { type Cell, cellKey, type Fact } from '../figures.ts';
import type {
  Answered,
  ApartWrite,
  Batch,
  BookState,
  BookStore,
  BookView,
  Measured,
  OpenBook,
  PersonReach,
  PurposeCell,
  ReachRow,
  Recount,
  SeatState,
} from './book-store.ts';
import type { ErasingStore, ErasureRow } from './erasing-store.ts';

type MemoryRecord = {
  readonly kept: AnyKept;
  readonly standing: Standing;
  readonly sequence: number;
  readonly stage: number;
  readonly worth: readonly Fact[];
  readonly keys: readonly { readonly index: string; readonly key: string }[];
};
/** What was answered to a refused line stays when its words are erased. */
type MemoryEntry = Entry & { readonly fingerprint: string; readonly answered?: Pick<Answered, 'code' | 'matter'> };
type MemoryBook = {
  state: BookState;
  readonly seats: Map<number, SeatState>;
  readonly entries: MemoryEntry[];
  readonly records: Map<string, MemoryRecord>;
  readonly departures: { readonly id: string; readonly sequence: number; readonly standing: Standing }[];
  readonly cells: Map<string, PurposeCell & { readonly sequence: number }>;
  readonly reaches: Map<string, PersonReach>;
  readonly apart: Map<string, ApartWrite>;
  readonly erasures: Map<string, ErasureRow>;
  lookedTo: number;
  readonly measured: Map<string, Measured>;
};

export type MemoryStore = BookStore & {
  readonly addBook: (office: number, above: number | null) => void;
  readonly addSeat: (seat: Omit<SeatState, 'lastLine' | 'closed'>) => void;
  readonly seat: (seat: number) => SeatState | null;
  readonly entries: (office: number) => readonly Entry[];
  readonly records: (office: number) => readonly AnyKept[];
  readonly apart: (office: number) => readonly ApartWrite[];
  readonly cells: (office: number) => readonly Cell[];
  readonly erasing: ErasingStore;
  readonly erasures: () => readonly ErasureRow[];
  /** The book as it now stands is in a verified backup. */
  readonly markSafe: (office: number) => void;
  /** A photograph of everything, to be restored later in a new epoch. */
  readonly backUp: () => unknown;
  /** Until `gathersUntil`, lines that lean on what has not come back wait for it. */
  readonly restore: (backup: unknown, epochName: string, gathersUntil?: number | null) => void;
};

export function memoryStore(epochName: string): MemoryStore {
  let books = new Map<number, MemoryBook>();
  let epoch = { number: 1, name: epochName };
  const locks = new Map<number, Promise<unknown>>();
  const bookOf = (office: number): MemoryBook => {
    const book = books.get(office);
    if (!book) throw new Error(`there is no book of office ${office}`);
    return book;
  };
  /** Runs the work when nobody else has any of the books open, and then writes into all of them. */
  const locked = <T>(offices: readonly number[], work: (opened: readonly OpenBook[]) => Promise<T>): Promise<T> => {
    const before = Promise.all(offices.map((office) => locks.get(office)));
    const run = before.then(async () => {
      const opened = offices.map((office) => ({ office, book: bookOf(office), written: [] as Write[] }));
      const value = await work(opened.map(({ book, written }) => openBookOn(book, written)));
      const drafts = new Map(opened.map(({ office, book }) => [office, copyOf(book)]));
      for (const { office, written } of opened)
        for (const each of written) each(drafts.get(office) as MemoryBook, drafts);
      for (const { office, written } of opened)
        if (written.length > 0) books.set(office, drafts.get(office) as MemoryBook);
      return value;
    });
    for (const office of offices)
      locks.set(
        office,
        run.catch(() => undefined),
      );
    return run;
  };
  const change = (office: number, work: (draft: MemoryBook) => void) => {
    const draft = copyOf(bookOf(office));
    work(draft);
    books.set(office, draft);
  };
  return {
    erasing: erasingOn(() => books, bookOf, change),
    erasures: () => [...books.values()].flatMap((book) => [...book.erasures.values()]),
    addBook(office, above) {
      const state = { office, above, sequence: 0, head: chainStart, structureAt: 0, safe: 0, gathersUntil: null };
      books.set(office, emptyBook(state));
    },
    addSeat(seat) {
      change(seat.office, ({ seats }) => seats.set(seat.seat, { ...seat, lastLine: 0, closed: null }));
    },
    markSafe(office) {
      change(office, (draft) => {
        draft.state = { ...draft.state, safe: draft.state.sequence };
      });
    },
    seat: (seat) => [...books.values()].flatMap((book) => book.seats.get(seat) ?? [])[0] ?? null,
    entries: (office) => bookOf(office).entries,
    records: (office) => [...bookOf(office).records.values()].map(({ kept }) => kept),
    apart: (office) => [...bookOf(office).apart.values()],
    cells: (office) => [...bookOf(office).cells.values()],
    backUp: () => new Map(books),
    restore(backup, name, gathersUntil = null) {
      books = new Map(
        [...(backup as Map<number, MemoryBook>)].map(([office, book]) => {
          const draft = copyOf(book);
          draft.state = { ...book.state, gathersUntil };
          return [office, draft];
        }),
      );
      epoch = { number: epoch.number + 1, name };
    },
    open: (office, work) => locked([office], ([book]) => work(book as OpenBook)),
    openTwo: (one, other, work) => locked([one, other], ([a, b]) => work(a as OpenBook, b as OpenBook)),
    view: async (office, reader, work) =>
      work(viewOn(bookOf(office), reader.office === office ? reader.person : null, reader.office === office)),
    async officesUpward(office) {
      const line: number[] = [];
      for (let at: number | null = office; at !== null; at = bookOf(at).state.above) line.push(at);
      return line;
    },
    epoch: async () => epoch,
  };
}

function emptyBook(state: BookState): MemoryBook {
  return {
    state,
    seats: new Map(),
    entries: [],
    records: new Map(),
    departures: [],
    cells: new Map(),
    reaches: new Map(),
    apart: new Map(),
    erasures: new Map(),
    lookedTo: 0,
    measured: new Map(),
  };
}

function copyOf(book: MemoryBook): MemoryBook {
  return {
    state: book.state,
    seats: new Map(book.seats),
    entries: [...book.entries],
    records: new Map(book.records),
    departures: [...book.departures],
    cells: new Map(book.cells),
    reaches: new Map(book.reaches),
    apart: new Map(book.apart),
    erasures: new Map(book.erasures),
    lookedTo: book.lookedTo,
    measured: new Map(book.measured),
  };
}

type Write = (draft: MemoryBook, drafts: ReadonlyMap<number, MemoryBook>) => void;

function openBookOn(book: MemoryBook, written: Write[]): OpenBook {
  return {
    state: book.state,
    seat: async (seat) => book.seats.get(seat) ?? null,
    answered: async (seat, from, to) =>
      book.entries
        .filter((entry) => entry.seat === seat && entry.line >= from && entry.line <= to)
        .map(({ line, fingerprint, command, at, state, sequence, body, answered }): Answered => {
          const { code, matter } = body?.refusal ?? answered ?? { code: null, matter: null };
          const params = body?.refusal?.params ?? null;
          return { line, fingerprint, command, at, state, sequence, code, params, matter };
        }),
    records: async (wanted) =>
      wanted.flatMap(({ kind, id }) => {
        const record = book.records.get(id);
        return record?.kept.kind === kind ? [record] : [];
      }),
    page: async (kind, index, key, limit) =>
      [...book.records.values()]
        .filter(({ kept, keys }) => kept.kind === kind && keys.some((at) => at.index === index && at.key === key))
        .sort((a, b) => (a.kept.id < b.kept.id ? -1 : 1))
        .slice(0, limit),
    holders: async (field, hash) =>
      [...book.apart.values()].filter((held) => held.field === field && held.hash === hash).map(({ id }) => id),
    structure: async (kinds) =>
      [...book.records.values()]
        .map(({ kept }) => kept)
        .filter(({ kind }) => kinds.includes(kind))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    reaches: async () => [...book.reaches.values()],
    write: async (batch) => {
      written.push((draft, drafts) => {
        carryApart(draft, drafts, batch);
        write(draft, batch);
      });
    },
    measured: async () => book.measured,
    pagesAfter: async (kind, after, limit) =>
      [...book.records.values()]
        .filter(({ kept }) => kept.kind === kind && kept.id > after)
        .sort((a, b) => (a.kept.id < b.kept.id ? -1 : 1))
        .slice(0, limit),
    recount: async (recount) => {
      written.push((draft) => writeRecount(draft, recount));
    },
  };
}

// What is kept apart of pages that go to another office goes with them.
function carryApart(from: MemoryBook, books: ReadonlyMap<number, MemoryBook>, { records, apartTo }: Batch): void {
  const to = apartTo === null ? undefined : books.get(apartTo);
  if (!to) return;
  const gone = new Set(records.flatMap(({ id, kept }) => (kept === null ? [id] : [])));
  for (const [key, held] of from.apart)
    if (gone.has(held.id)) {
      to.apart.set(key, held);
      from.apart.delete(key);
    }
}

function write(book: MemoryBook, batch: Batch): void {
  const seat = book.seats.get(batch.seat);
  if (seat) book.seats.set(batch.seat, { ...seat, lastLine: batch.lastLine, closed: batch.close ?? seat.closed });
  for (const number of batch.withdrawn) {
    const other = book.seats.get(number);
    if (other && other.closed === null) book.seats.set(number, { ...other, closed: 'withdrawn' });
  }
  book.state = batch.state;
  book.entries.push(...batch.entries);
  for (const { id, kept, standing, sequence, stage, worth, keys, left } of batch.records) {
    if (left) book.departures.push({ id, sequence, standing: left });
    if (kept && standing) book.records.set(id, { kept, standing, sequence, stage, worth, keys });
    else book.records.delete(id);
  }
  addToFigures(book, batch.cells, batch.state.sequence);
  for (const reach of batch.reaches) book.reaches.set(reach.person, reach);
  for (const { id, kept } of batch.records)
    if (kept === null) for (const [key, held] of book.apart) if (held.id === id) book.apart.delete(key);
  for (const held of batch.apart) {
    const key = `${held.field} ${held.id}`;
    if (held.hash === null) book.apart.delete(key);
    else book.apart.set(key, held);
  }
}

function addToFigures(book: MemoryBook, cells: readonly PurposeCell[], sequence: number): void {
  for (const cell of cells) {
    const key = `${cell.purpose} ${cellKey(cell)}`;
    const count = (book.cells.get(key)?.count ?? 0) + cell.count;
    book.cells.set(key, { ...cell, count, sequence });
  }
}

function writeRecount(book: MemoryBook, { kind, version, to, worth, cells }: Recount): void {
  for (const { id, worth: now } of worth) {
    const record = book.records.get(id);
    if (record) book.records.set(id, { ...record, worth: now });
  }
  addToFigures(book, cells, book.state.sequence + 1);
  book.measured.set(kind, { version, to });
}

/** The same list, and the same words taken away, as in PostgreSQL; both are told apart by nothing but where they stand. */
function erasingOn(
  books: () => ReadonlyMap<number, MemoryBook>,
  bookOf: (office: number) => MemoryBook,
  change: (office: number, work: (draft: MemoryBook) => void) => void,
): ErasingStore {
  const names = (ids: Iterable<string>) => {
    const wanted = [...ids].map((id) => JSON.stringify(id));
    return (body: unknown) => {
      const text = JSON.stringify(body);
      return wanted.some((id) => text.includes(id));
    };
  };
  return {
    offices: async () => [...books().keys()].sort((a, b) => a - b),
    wishes: async (office, toldBefore) => {
      const { entries, records } = bookOf(office);
      const receivedAt = new Map(entries.map((entry) => [entry.sequence, entry.receivedAt]));
      return [...records.values()]
        .filter(({ kept, sequence }) => kept.kind === erasureKind.kind && (receivedAt.get(sequence) ?? 0) <= toldBefore)
        .map(({ kept }) => ({ id: kept.id, body: kept.body as Erasure }))
        .filter(({ body }) => body.state === 'asked')
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, body }) => ({ wish: id, subject: body.subject }));
    },
    listed: async (office) => [...bookOf(office).erasures.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    sequence: async (office) => bookOf(office).state.sequence,
    pages: async (office, ids, after) => {
      const bearing = new Set(ids);
      const naming = names(bearing);
      return [...bookOf(office).records.values()]
        .filter(({ kept, sequence }) => sequence > after && (bearing.has(kept.id) || naming(kept.body)))
        .map(({ kept }) => kept)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    entries: async (office, ids, after) => {
      const naming = names(ids);
      return bookOf(office).entries.filter(
        ({ sequence, body, remains }) => sequence > after && naming(body ?? remains ?? null),
      );
    },
    list: async (office, subject, pages) =>
      change(office, ({ erasures }) => {
        const all = [...new Set([...(erasures.get(subject)?.pages ?? []), ...pages])].sort();
        erasures.set(subject, { office, subject, pages: all, doneAt: 0 });
      }),
    takeWords: async (office, taken) =>
      change(office, (draft) => {
        const left = new Map(taken.map((entry) => [entry.sequence, entry.remains]));
        for (const [i, entry] of draft.entries.entries()) {
          const remains = left.get(entry.sequence);
          if (!remains) continue;
          const { code, matter } = entry.body?.refusal ?? entry.answered ?? { code: null, matter: null };
          const answered = { code, matter };
          draft.entries[i] = { ...entry, body: null, salt: '', fingerprint: '', remains, answered };
        }
      }),
    done: async (office, subject, doneAt) =>
      change(office, ({ erasures }) => {
        const before = erasures.get(subject);
        if (before) erasures.set(subject, { ...before, doneAt });
      }),
    lookedTo: async (office) => bookOf(office).lookedTo,
    looked: async (office, upTo) =>
      change(office, (draft) => {
        draft.lookedTo = upTo;
      }),
  };
}

function viewOn(book: MemoryBook, person: string | null, own: boolean): BookView {
  const reach: PersonReach =
    own && person !== null
      ? (book.reaches.get(person) ?? { person, version: 0, rows: [] })
      : { person: '', version: 1, rows: [] };
  const open = reach.rows.filter(({ until }) => until === null);
  const pairs = (rows: readonly ReachRow[]) => ({
    person,
    pairs: new Set(rows.map(({ purpose, scope }) => `${purpose} ${scope}` as const)),
  });
  const now = pairs(open);
  const sees = (standing: Standing) => standing.purpose === 'reference' || maySee(now, standing);
  const visible = [...book.records.values()].filter(({ standing }) => sees(standing));
  return {
    state: book.state,
    reach,
    async changed(after, limit) {
      const later = visible.filter(({ sequence }) => sequence > after).sort((a, b) => a.sequence - b.sequence);
      const last = later[limit - 1]?.sequence ?? Number.POSITIVE_INFINITY;
      return later.filter(({ sequence }) => sequence <= last);
    },
    async left(after, upTo, version) {
      const held = pairs(
        reach.rows.filter(({ since, until }) => since <= version && (until === null || until > version)),
      );
      const saw = (standing: Standing) => standing.purpose === 'reference' || maySee(held, standing);
      const left = book.departures.filter(
        ({ sequence, standing }) => sequence > after && sequence <= upTo && saw(standing),
      );
      // A page may have left twice, and come back between.
      return [...new Set(left.map(({ id }) => id))];
    },
    async standingIn(rows) {
      // By the pairs alone: a circle that she is named in is no pair, and stays hers.
      const lost = { ...pairs(rows), person: null };
      return [...book.records.values()].filter(({ standing }) => maySee(lost, standing)).map(({ kept }) => kept.id);
    },
    async entered(version, stage, after, limit) {
      const entered = pairs(open.filter(({ since }) => since > version));
      return visible
        .filter(
          (record) =>
            (record.stage > stage || (record.stage === stage && record.kept.id > after)) &&
            (maySee(entered, record.standing)
              ? record.standing.purpose !== 'circle' || version === 0
              : version === 0 && record.standing.purpose === 'reference'),
        )
        .sort((a, b) => a.stage - b.stage || (a.kept.id < b.kept.id ? -1 : 1))
        .slice(0, limit);
    },
    async cells(after) {
      const sums = new Map<string, Cell & { sequence: number }>();
      for (const { purpose, sequence, ...cell } of book.cells.values()) {
        if (!open.some((row) => row.purpose === purpose)) continue;
        const sum = sums.get(cellKey(cell));
        sums.set(cellKey(cell), {
          ...cell,
          count: (sum?.count ?? 0) + cell.count,
          sequence: Math.max(sequence, sum?.sequence ?? 0),
        });
      }
      return [...sums.values()]
        .filter(({ sequence }) => sequence > after)
        .map(({ figure, by, period, count }) => ({ figure, by, period, count }));
    },
    whole: async () => visible.map(({ kept: { id, version } }) => ({ id, version })),
  };
}
