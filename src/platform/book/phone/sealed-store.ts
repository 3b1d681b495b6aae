/*
 * One person's store on a shared phone, sealed to her key.
 *
 *   append   seal (to her, and to the server) ─► one strict transaction ─► resolved: it is saved
 *   apply    seal one page with all that an answer brought ─► one strict transaction: page and lines together
 *   load     open the pages in order; what they make is the copy
 *   compact  when many pages stand, one write replaces them; a phone that dies in between keeps the old ones
 *
 * What must stay true: nothing is written in two transactions that must not be torn; nothing personal is written unsealed.
 */
import { formatEntryId, type LineNumber, type OfficeId, type RecordId, type SeatNumber } from '../../../kernel/ids.ts';
import type { Actor } from '../../access/role.ts';
import { type HeldGrants, linesLost, type PhoneStore, type StoredState, type StoredUpdate } from '../../sync/client.ts';
import { type Columns, fromColumns, toColumns } from '../../sync/columns.ts';
import { sealLine } from '../../sync/phone/seal-line.ts';
import type { Bundle, Epoch, Place } from '../../sync/protocol.ts';
import type { KeptLine } from '../copy.ts';
import type { AnyKept } from '../decide.ts';
import { type Erasure, erasureKind } from '../erasure.ts';
import { type Cell, cellKey } from '../figures.ts';
import type { Line } from '../line.ts';
import { isHanded } from './handed-over.ts';
import { ofSlot, type PhoneDatabase, type StoredLine, seal, unseal } from './phone-database.ts';

export type StoreKeys = {
  readonly slot: string;
  readonly data: CryptoKey;
  /** The server's, to which every unsent line is sealed besides. */
  readonly server: CryptoKey;
  readonly actor: Omit<Actor, 'grants'>;
};

/** What one sealed page holds: what an answer brought, or a whole copy. */
type Page = {
  readonly restart: boolean;
  readonly epoch: Epoch | null;
  readonly grants: HeldGrants | null;
  readonly head: StoredState['head'];
  readonly heardAt: number | null;
  readonly nextLine: LineNumber;
  readonly copies: readonly {
    readonly office: OfficeId;
    readonly place: Place;
    readonly leaves: readonly RecordId[];
    readonly records: readonly Columns[];
    readonly cells: readonly Cell[];
  }[];
};

type CopyInMemory = { place: Place; readonly records: Map<string, AnyKept>; readonly cells: Map<string, Cell> };

/** More pages than this are written as one when the phone is idle. */
const pagesBeforeCompacting = 24;
/** Lines that the office holds but has not backed up stay, so that they can be offered again after a restore. */
const acknowledgedKept = 2000;

type LineStore = {
  readonly add: (line: StoredLine) => Promise<unknown>;
  readonly put: (line: StoredLine) => Promise<unknown>;
};

type OwnLine = KeptLine & { readonly escrow: string | null };

/** The office has it: nobody carries it any more, until a restore. */
const isSent = ({ is }: KeptLine) => is.state !== 'unsent';

/** Opens a person's store. Rejects when a page does not open: then the copy is filled again, and the lines are kept. */
export async function openSealedStore(database: PhoneDatabase, keys: StoreKeys): Promise<PhoneStore> {
  const store = new SealedStore(database, keys);
  await store.open();
  return store;
}

class SealedStore implements PhoneStore {
  readonly #database: PhoneDatabase;
  readonly #keys: StoreKeys;
  #copies = new Map<OfficeId, CopyInMemory>();
  #lines = new Map<LineNumber, OwnLine>();
  #epoch: Epoch | null = null;
  #grants: HeldGrants = { version: 0, held: [] };
  #head: StoredState['head'] = null;
  #heardAt: number | null = null;
  #nextLine: LineNumber = 1;
  #nextPage = 0;
  #pages = 0;
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
      for (const page of opened) this.#takePage(page);
      this.#pages = pages.length;
      this.#stale = opened.some(({ copies }) => copies.some(({ leaves }) => leaves.length > 0));
    } catch {
      // A torn page: the office still has everything it held. What is unsent stands in the lines.
      this.#copies = new Map();
      this.#epoch = null;
      await this.#database.delete('pages', ofSlot(slot));
    }
    const opened = await Promise.all(lines.map(({ own }) => unseal<KeptLine>(data, own)));
    opened.forEach((kept, i) => {
      this.#lines.set(kept.line.line, { ...kept, escrow: lines[i]?.escrow ?? null });
      this.#nextLine = Math.max(this.#nextLine, kept.line.line + 1);
    });
  }

  load = async (): Promise<StoredState> => {
    const lines = [...this.#lines.values()].sort((a, b) => a.line.line - b.line.line);
    const sequence = this.#copies.get(this.#keys.actor.office)?.place.sequence ?? 0;
    return {
      actor: { ...this.#keys.actor, grants: this.#grants.held },
      epoch: this.#epoch,
      grants: this.#grants,
      head: this.#head,
      heardAt: this.#heardAt,
      nextLine: this.#nextLine,
      copies: [...this.#copies].map(([office, { place, records, cells }]) => ({
        office,
        place,
        records: [...records.values()],
        cells: [...cells.values()],
      })),
      lines: lines.filter(({ is }) => is.state === 'unsent' || is.state === 'refused' || is.sequence > sequence),
    };
  };

  append = (line: Line): Promise<void> =>
    this.#inTurn(async () => {
      const kept: KeptLine = { line, is: { state: 'unsent' } };
      const stored = await this.#seal(kept, null);
      // A number that is taken fails here: two pages of one program never write over each other.
      await this.#write((lines) => lines.add(stored));
      this.#lines.set(line.line, { ...kept, escrow: stored.escrow });
      this.#nextLine = Math.max(this.#nextLine, line.line + 1);
    });

  empty = (number: LineNumber): Promise<void> =>
    this.#inTurn(async () => {
      const before = this.#lines.get(number);
      if (before?.is.state !== 'unsent') return;
      const kept: KeptLine = { ...before, line: { ...before.line, command: null, input: null } };
      const stored = await this.#seal(kept, null);
      await this.#write((lines) => lines.put(stored));
      this.#lines.set(number, { ...kept, escrow: stored.escrow });
    });

  settle = (number: LineNumber, emptied?: Line): Promise<void> =>
    this.#inTurn(async () => {
      const before = this.#lines.get(number);
      if (before?.is.state !== 'refused') return;
      // It stays as one that the office has answered: were it the last, its number would be given again.
      const kept: KeptLine = { line: emptied ?? before.line, is: { state: 'accepted', sequence: before.is.sequence } };
      const stored = await this.#seal(kept, emptied ? null : before.escrow);
      await this.#write((lines) => lines.put(stored));
      this.#lines.set(number, { ...kept, escrow: stored.escrow });
    });

  apply = (update: StoredUpdate): Promise<void> =>
    this.#inTurn(async () => {
      const { slot, data, actor } = this.#keys;
      const own = update.answers.find(({ seat }) => seat === actor.seat)?.lines ?? new Map();
      const changed: OwnLine[] = [];
      for (const [number, is] of own) {
        const kept = this.#lines.get(number);
        const emptied = update.emptied.find(({ line }) => line === number);
        if (kept) changed.push({ line: emptied ?? kept.line, is, escrow: emptied ? null : kept.escrow });
      }
      if (update.offerAfter !== null) {
        const gap = { seat: actor.seat, after: update.offerAfter, next: this.#nextLine, at: update.heardAt };
        for (const line of linesLost(this.#lines, gap)) changed.push({ line, is: { state: 'unsent' }, escrow: null });
        for (const line of this.#lines.values())
          if (line.line.line > update.offerAfter && line.is.state !== 'unsent')
            changed.push({ ...line, is: { state: 'unsent' } });
      }
      // Whoever was erased leaves her own lines too: a line that spoke of her is empty from now on, its number stays.
      for (const line of withoutErased(this.#lines.values(), update))
        if (!changed.some((other) => other.line.line === line.line.line)) changed.push(line);
      const page: Page = {
        restart: update.restart,
        epoch: update.epoch,
        grants: update.grants,
        head: update.head,
        heardAt: update.heardAt,
        nextLine: this.#nextLine,
        copies: update.arrivals.map(({ office, place, leaves, records, cells }) => ({
          office,
          place,
          leaves,
          records: toColumns(records),
          cells,
        })),
      };
      const [box, sealedLines] = await Promise.all([
        seal(data, page),
        Promise.all(changed.map(({ line, is, escrow }) => this.#seal({ line, is }, escrow))),
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
      const gone = this.#acknowledged(changed, update.safe);
      for (const number of gone) void lines.delete([slot, number]);
      await transaction.done;

      this.#pages = update.restart ? 1 : this.#pages + 1;
      this.#nextPage += 1;
      changed.forEach((line, i) => {
        this.#lines.set(line.line.line, { ...line, escrow: sealedLines[i]?.escrow ?? null });
      });
      for (const number of gone) this.#lines.delete(number);
      this.#takePage(page);
      // What has left still stands in the older pages: they are written anew, without it.
      if (update.arrivals.some(({ leaves }) => leaves.length > 0)) this.#stale = true;
      if (this.#pages > pagesBeforeCompacting || this.#stale) this.#compactWhenIdle();
    });

  toSend = async (limit: number): Promise<readonly Bundle[]> => {
    const { actor, slot } = this.#keys;
    const own = [...this.#lines.values()]
      .filter(({ is }) => is.state === 'unsent')
      .sort((a, b) => a.line.line - b.line.line)
      .slice(0, limit)
      .map(({ line: { seat: _seat, ...sent } }) => sent);
    const bundles: Bundle[] = own.length > 0 ? [{ seat: actor.seat, lines: own, sealed: [] }] : [];
    const others = new Map<SeatNumber, { line: number; box: string }[]>();
    for (const line of await this.#database.getAll('lines')) {
      if (line.slot === slot || line.escrow === null || line.sent) continue;
      const list = others.get(line.seat) ?? [];
      if (list.length < limit) list.push({ line: line.line, box: line.escrow });
      others.set(line.seat, list);
    }
    for (const [seat, sealed] of others) bundles.push({ seat, lines: [], sealed });
    return bundles.slice(0, 8);
  };

  // What another woman's session carries for her: the server has it, she hears the answer when she unlocks.
  async #carried(update: StoredUpdate): Promise<StoredLine[]> {
    const { actor, slot } = this.#keys;
    const answered = new Map(update.answers.filter(({ seat }) => seat !== actor.seat).map((seat) => [seat.seat, seat]));
    const others = async () =>
      (await this.#database.getAll('lines')).filter((line) => line.slot !== slot && line.escrow !== null);
    // The server was restored: whoever unlocks first offers what everybody on this phone had sent, sealed as it is.
    if (update.offerAfter !== null) return (await others()).map((line) => ({ ...line, sent: false }));
    if (answered.size === 0) return [];
    return (await others())
      .filter((line) => answered.get(line.seat)?.lines.has(line.line))
      .map((line) => ({ ...line, sent: true }));
  }

  #acknowledged(changed: readonly OwnLine[], safe: number): LineNumber[] {
    const now = new Map(this.#lines);
    for (const line of changed) now.set(line.line.line, line);
    const held = [...now.values()].flatMap(({ line, is }) =>
      is.state === 'accepted' || is.state === 'flagged' ? [{ line: line.line, sequence: is.sequence }] : [],
    );
    held.sort((a, b) => b.line - a.line);
    const last = Math.max(...now.keys());
    return held
      .filter(({ sequence }, i) => sequence <= safe || i >= acknowledgedKept)
      .map(({ line }) => line)
      .filter((line) => line !== last);
  }

  /** `known`: the line sealed to the server, as it was when it was written; null makes it. It stays as long as the line does. */
  async #seal(kept: KeptLine, known: string | null): Promise<StoredLine> {
    const { slot, data, server, actor } = this.#keys;
    const { seat: _seat, ...sent } = kept.line;
    const [own, escrow] = await Promise.all([
      seal(data, { line: kept.line, is: kept.is }),
      known ?? sealLine(server, actor.seat, sent),
    ]);
    return { slot, line: kept.line.line, seat: actor.seat, own, escrow, sent: isSent(kept) };
  }

  async #write(work: (lines: LineStore) => Promise<unknown>): Promise<void> {
    const transaction = this.#database.transaction('lines', 'readwrite', { durability: 'strict' });
    await Promise.all([work(transaction.store), transaction.done]);
  }

  #takePage(page: Page): void {
    if (page.restart) {
      this.#copies = new Map();
      // In another life of the book the head that was remembered means nothing.
      this.#head = null;
    }
    this.#epoch = page.epoch ?? this.#epoch;
    this.#grants = page.grants ?? this.#grants;
    this.#head = page.head ?? this.#head;
    this.#heardAt = page.heardAt ?? this.#heardAt;
    this.#nextLine = Math.max(this.#nextLine, page.nextLine);
    for (const { office, place, leaves, records, cells } of page.copies) {
      let copy = this.#copies.get(office);
      if (!copy) {
        copy = { place, records: new Map(), cells: new Map() };
        this.#copies.set(office, copy);
      }
      copy.place = place;
      for (const id of leaves) copy.records.delete(id);
      for (const record of fromColumns(records)) copy.records.set(record.id, record);
      for (const cell of cells)
        if (cell.count === 0) copy.cells.delete(cellKey(cell));
        else copy.cells.set(cellKey(cell), cell);
    }
  }

  #compactWhenIdle(): void {
    const compact = () =>
      this.#inTurn(async () => {
        if (this.#pages <= pagesBeforeCompacting && !this.#stale) return;
        const { slot, data } = this.#keys;
        const page: Page = {
          restart: true,
          epoch: this.#epoch,
          grants: this.#grants,
          head: this.#head,
          heardAt: this.#heardAt,
          nextLine: this.#nextLine,
          copies: [...this.#copies].map(([office, { place, records, cells }]) => ({
            office,
            place,
            leaves: [],
            records: toColumns([...records.values()]),
            cells: [...cells.values()],
          })),
        };
        const box = await seal(data, page);
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

/** Lines that the office has taken and that name a page which an arriving erasure has taken away, without their words. */
function withoutErased(lines: Iterable<OwnLine>, update: StoredUpdate): OwnLine[] {
  const gone = update.arrivals.flatMap(({ records }) =>
    records.flatMap(({ kind, body }) => (kind === erasureKind.kind ? (body as Erasure).pages : [])),
  );
  if (gone.length === 0) return [];
  return [...lines].flatMap((kept) => {
    const { line, is } = kept;
    if (is.state === 'unsent' || line.command === null) return [];
    const said = JSON.stringify(line.input);
    const made = formatEntryId(line.seat, line.line);
    if (!gone.some((id) => said.includes(`"${id}"`) || id === made || id.startsWith(`${made}.`))) return [];
    return [{ ...kept, line: { ...line, command: null, input: null }, escrow: null }];
  });
}
