/*
 * One person's store on a shared phone, sealed to her key.
 *
 *   append   seal (to her, and to the server) ─► one strict transaction ─► resolved: it is saved
 *   apply    seal one page with all that an answer brought ─► one strict transaction: page and lines together
 *   load     open the pages in order; what they make is the copy. A torn page closes the copy, a torn line only itself:
 *            it goes to the office as it is sealed to it
 *   compact  when many pages stand, one write replaces them; a phone that dies in between keeps the old ones
 *
 * What must stay true: nothing is written in two transactions that must not be torn; nothing personal is written unsealed.
 */
import type { LineNumber } from '../../../kernel/ids.ts';
import type { Actor } from '../../access/role.ts';
import type { PhoneStore, StoredState, StoredUpdate } from '../../sync/client.ts';
import { type Columns, fromColumns, toColumns } from '../../sync/columns.ts';
import { sealLine } from '../../sync/phone/seal-line.ts';
import type { Bundle } from '../../sync/protocol.ts';
import { type BookPage, StoredBook } from '../../sync/stored-book.ts';
import type { KeptLine } from '../copy.ts';
import { erasureKind } from '../erasure.ts';
import type { Line } from '../line.ts';
import { isHanded, sealedBundles } from './handed-over.ts';
import { ofSlot, type PhoneDatabase, type StoredLine, seal, unseal } from './phone-database.ts';

export type StoreKeys = {
  readonly slot: string;
  readonly data: CryptoKey;
  /** The server's, to which every unsent line is sealed besides. */
  readonly server: CryptoKey;
  readonly actor: Omit<Actor, 'grants'>;
};

/** What one sealed page holds: what an answer brought, or a whole copy, its records in columns. */
type Page = Omit<BookPage, 'copies'> & {
  readonly copies: readonly (Omit<BookPage['copies'][number], 'records'> & { readonly records: readonly Columns[] })[];
};

/** More pages than this are written as one when the phone is idle. */
const pagesBeforeCompacting = 24;
type LineStore = {
  readonly add: (line: StoredLine) => Promise<unknown>;
  readonly put: (line: StoredLine) => Promise<unknown>;
};

/** Opens a person's store. When a page is torn the copy is filled again; a torn line is carried to the office as it is sealed to it. */
export async function openSealedStore(database: PhoneDatabase, keys: StoreKeys): Promise<PhoneStore> {
  const store = new SealedStore(database, keys);
  await store.open();
  return store;
}

class SealedStore implements PhoneStore {
  readonly #database: PhoneDatabase;
  readonly #keys: StoreKeys;
  readonly #book = new StoredBook();
  #nextPage = 0;
  #pages = 0;
  /** Lines that no longer open here and that the office does not have yet. */
  readonly #sealedUnsent = new Set<LineNumber>();
  /** An older page still holds something that has left. */
  #stale = false;
  /** Writes follow one another: a page's number is given when its turn comes. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(database: PhoneDatabase, keys: StoreKeys) {
    this.#database = database;
    this.#keys = keys;
  }

  async open(): Promise<void> {
    const { slot, data } = this.#keys;
    const [pages, lines] = await Promise.all([
      this.#database.getAll('pages', ofSlot(slot)),
      this.#database.getAll('lines', ofSlot(slot)),
    ]);
    this.#nextPage = (pages.at(-1)?.page ?? -1) + 1;
    try {
      const opened = await Promise.all(pages.map(({ box }) => unseal<Page>(data, box)));
      for (const page of opened) this.#book.take(unpacked(page));
      this.#pages = pages.length;
      // The first page holds nothing older than itself.
      this.#stale = opened
        .slice(1)
        .some(({ copies }) => copies.some(({ leaves, records }) => leaves.length > 0 || records.some(isErasure)));
    } catch {
      // A torn page: the office still has everything it held. What is unsent stands in the lines.
      this.#book.loseCopy();
      await this.#database.delete('pages', ofSlot(slot));
    }
    // One line at a time: a torn one takes no other with it.
    const opened = await Promise.all(lines.map(({ own }) => unseal<KeptLine>(data, own).catch(() => null)));
    for (const [i, kept] of opened.entries()) {
      const stored = lines[i] as StoredLine;
      if (kept) this.#book.keep(kept);
      else await this.#loseLine(stored);
    }
  }

  // Whoever carries it says that it is torn: if its box is damaged too, the office lets the lines after it go on.
  async #loseLine(stored: StoredLine): Promise<void> {
    const { line, escrow, sent, torn } = stored;
    this.#book.loseLine(line, escrow !== null);
    if (escrow !== null && sent !== true) this.#sealedUnsent.add(line);
    if (!torn) await this.#write((lines) => lines.put({ ...stored, torn: true }));
  }

  sealedUnsent = (): number => this.#sealedUnsent.size;

  load = async (): Promise<StoredState> => this.#book.state(this.#keys.actor);

  append = (line: Line): Promise<void> =>
    this.#inTurn(async () => {
      const kept: KeptLine = { line, is: { state: 'unsent' } };
      const stored = await this.#seal(kept);
      // A number that is taken fails here: two pages of one program never write over each other.
      await this.#write((lines) => lines.add(stored));
      this.#book.keep(kept);
    });

  empty = (number: LineNumber): Promise<void> =>
    this.#inTurn(async () => {
      const kept = this.#book.emptied(number);
      if (kept) await this.#replace(kept);
    });

  settle = (number: LineNumber, emptied?: Line): Promise<void> =>
    this.#inTurn(async () => {
      const kept = this.#book.settled(number, emptied);
      if (kept) await this.#replace(kept);
    });

  apply = (update: StoredUpdate): Promise<void> =>
    this.#inTurn(async () => {
      const { slot, data, actor } = this.#keys;
      const changed = this.#book.changedBy(update, actor.seat);
      const page = this.#book.pageOf(update);
      const [box, sealedLines] = await Promise.all([
        seal(data, packed(page)),
        Promise.all(changed.map((kept) => this.#seal(kept))),
      ]);
      const carried = await this.#carried(update);
      const transaction = this.#database.transaction(['pages', 'lines'], 'readwrite', { durability: 'strict' });
      const pages = transaction.objectStore('pages');
      const lines = transaction.objectStore('lines');
      if (update.restart) void pages.delete(ofSlot(slot));
      void pages.put({ slot, page: this.#nextPage, box });
      for (const line of sealedLines) void lines.put(line);
      for (const line of carried)
        if (line.sent && isHanded(line)) void lines.delete([line.slot, line.line]);
        else void lines.put(line);
      const gone = this.#book.safelyGone(changed, update.safe);
      for (const number of gone) void lines.delete([slot, number]);
      await transaction.done;

      this.#pages = update.restart ? 1 : this.#pages + 1;
      this.#nextPage += 1;
      for (const kept of changed) this.#book.keep(kept);
      for (const { slot: of, line, sent } of carried)
        if (of === slot && sent) this.#sealedUnsent.delete(line);
        else if (of === slot) this.#sealedUnsent.add(line);
      this.#book.forget(gone);
      this.#book.take(page);
      // What has left still stands in the older pages, and so does the name of somebody who was erased: they are written anew.
      if (update.arrivals.some(({ leaves, records }) => leaves.length > 0 || records.some(isErasure)))
        this.#stale = true;
      if (this.#pages > pagesBeforeCompacting || this.#stale) this.#compactWhenIdle();
    });

  toSend = async (limit: number): Promise<readonly Bundle[]> => {
    const { actor, slot } = this.#keys;
    const own = this.#book.unsent(limit).map(({ line: { seat: _seat, ...sent } }) => sent);
    const unsent = (await this.#database.getAll('lines')).filter(({ sent }) => !sent);
    const others = sealedBundles(
      unsent.filter((line) => line.slot !== slot),
      limit,
    );
    const [torn] = sealedBundles(
      unsent.filter((line) => line.slot === slot && this.#book.isSealed(line.line)),
      limit,
    );
    const mine = own.length > 0 || torn ? [{ seat: actor.seat, sealed: [], ...torn, lines: own }] : [];
    return [...mine, ...others].slice(0, 8);
  };

  // What another woman's session carries for her, and what no longer opens in her own: the server has it, she hears the answer when
  // she unlocks, or by the pages that come.
  async #carried(update: StoredUpdate): Promise<StoredLine[]> {
    const { slot } = this.#keys;
    const answered = new Map(update.answers.map((seat) => [seat.seat, seat]));
    const others = async () =>
      (await this.#database.getAll('lines')).filter(
        (line) => line.escrow !== null && (line.slot !== slot || this.#book.isSealed(line.line)),
      );
    // The server was restored: whoever unlocks first offers what everybody on this phone had sent, sealed as it is.
    if (update.offerAfter !== null) return (await others()).map((line) => ({ ...line, sent: false }));
    if (answered.size === 0) return [];
    return (await others())
      .filter((line) => answered.get(line.seat)?.lines.has(line.line))
      .map((line) => ({ ...line, sent: true }));
  }

  #storedLine(number: LineNumber): Promise<StoredLine | undefined> {
    return this.#database.get('lines', [this.#keys.slot, number]);
  }

  async #replace(kept: KeptLine): Promise<void> {
    const stored = await this.#seal(kept);
    await this.#write((lines) => lines.put(stored));
    this.#book.keep(kept);
  }

  /** Seals a line to her, and to the server: by the box that stands, as long as the words are the same. */
  async #seal(kept: KeptLine): Promise<StoredLine> {
    const { slot, data, server, actor } = this.#keys;
    const { seat: _seat, ...sent } = kept.line;
    const known = this.#book.line(kept.line.line)?.line === kept.line ? await this.#storedLine(kept.line.line) : null;
    const [own, escrow] = await Promise.all([
      seal(data, { line: kept.line, is: kept.is }),
      known?.escrow ?? sealLine(server, actor.seat, sent),
    ]);
    // The office has it: nobody carries it any more, until a restore.
    return { slot, line: kept.line.line, seat: actor.seat, own, escrow, sent: kept.is.state !== 'unsent' };
  }

  async #write(work: (lines: LineStore) => Promise<unknown>): Promise<void> {
    const transaction = this.#database.transaction('lines', 'readwrite', { durability: 'strict' });
    await Promise.all([work(transaction.store), transaction.done]);
  }

  #compactWhenIdle(): void {
    const compact = () =>
      this.#inTurn(async () => {
        if (this.#pages <= pagesBeforeCompacting && !this.#stale) return;
        const { slot, data } = this.#keys;
        const box = await seal(data, packed(this.#book.wholePage()));
        const transaction = this.#database.transaction('pages', 'readwrite', { durability: 'strict' });
        void transaction.store.delete(ofSlot(slot));
        void transaction.store.put({ slot, page: this.#nextPage, box });
        await transaction.done;
        this.#nextPage += 1;
        this.#pages = 1;
        this.#stale = false;
      }).catch(() => undefined);
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => void compact());
    else setTimeout(() => void compact(), 2000);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

function isErasure({ kind }: { readonly kind: string }): boolean {
  return kind === erasureKind.kind;
}

function packed(page: BookPage): Page {
  return { ...page, copies: page.copies.map((copy) => ({ ...copy, records: toColumns(copy.records) })) };
}

function unpacked(page: Page): BookPage {
  return { ...page, copies: page.copies.map((copy) => ({ ...copy, records: fromColumns(copy.records) })) };
}
