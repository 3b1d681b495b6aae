import type { LineNumber } from '../../src/kernel/ids.ts';
import type { Actor } from '../../src/platform/access/role.ts';
import type { KeptLine } from '../../src/platform/book/copy.ts';
import { isWithoutErased, type Line } from '../../src/platform/book/line.ts';
import type { PhoneStore, StoredState, StoredUpdate } from '../../src/platform/sync/client.ts';
import type { Bundle } from '../../src/platform/sync/protocol.ts';
import { type BookPage, StoredBook } from '../../src/platform/sync/stored-book.ts';

/** What befalls the next write: the phone dies before or after it is durable, or has no room for it. */
export type DiskFate = 'writes' | 'dies-before' | 'dies-after' | 'is-full';
export class PhoneDied extends Error {}
export class DiskFull extends Error {}

type Escrow = { readonly box: string; sent: boolean };

/** Bugs of a phone's store that a switch plants. */
export type StoreBugs = { readonly cursorBeforePages: boolean; readonly deleteOnRefusal: boolean };

const noBugs: StoreBugs = { cursorBeforePages: false, deleteOnRefusal: false };

/**
 * One woman's part of a simulated phone's disk. It outlives the program that writes on it, and keeps what it holds by the same
 * `StoredBook` as the sealed store; the seal alone is missing.
 */
export class PhoneMemory implements PhoneStore {
  readonly actor: Actor;
  /** The other women's parts of the same phone: their sealed lines are carried. */
  readonly neighbours: () => readonly PhoneMemory[];
  readonly #bugs: StoreBugs;
  #book = new StoredBook();
  readonly #escrow = new Map<LineNumber, Escrow>();
  #fate: DiskFate = 'writes';

  constructor(actor: Actor, neighbours: () => readonly PhoneMemory[] = () => [], bugs: StoreBugs = noBugs) {
    this.actor = actor;
    this.neighbours = neighbours;
    this.#bugs = bugs;
  }

  /** Every line that this phone ever said was saved, as it was last said. */
  readonly promised = new Map<LineNumber, Line>();

  /** Refused lines that she has settled herself. */
  readonly settled = new Set<LineNumber>();

  /** What befalls the next write, once. */
  meets(fate: DiskFate): void {
    this.#fate = fate;
  }

  #nextFate(): DiskFate {
    const fate = this.#fate;
    this.#fate = 'writes';
    if (fate === 'is-full') throw new DiskFull('no room');
    if (fate === 'dies-before') throw new PhoneDied('died before it was written');
    return fate;
  }

  load = async (): Promise<StoredState> => structuredClone(this.#book.state(this.actor));

  append = async (line: Line): Promise<void> => {
    const fate = this.#nextFate();
    this.#keep({ line, is: { state: 'unsent' } });
    this.promised.set(line.line, line);
    if (fate === 'dies-after') throw new PhoneDied('died after it was written');
  };

  empty = async (number: LineNumber): Promise<void> => {
    const fate = this.#nextFate();
    const kept = this.#book.emptied(number);
    if (!kept) return;
    this.#keep(kept);
    this.promised.set(number, kept.line);
    if (fate === 'dies-after') throw new PhoneDied('died after it was emptied');
  };

  settle = async (number: LineNumber, emptied?: Line): Promise<void> => {
    const fate = this.#nextFate();
    const kept = this.#book.settled(number, emptied);
    if (kept) {
      this.#keep(kept);
      this.settled.add(number);
    }
    if (fate === 'dies-after') throw new PhoneDied('died after it was settled');
  };

  apply = async (update: StoredUpdate): Promise<void> => {
    let fate: DiskFate;
    try {
      fate = this.#nextFate();
    } catch (error) {
      // The planted bug: places move in a write of their own, before the pages are there.
      if (this.#bugs.cursorBeforePages && error instanceof PhoneDied) this.#book.take(withoutPages(this.#page(update)));
      throw error;
    }
    this.#carriedSealed(update);
    const changed = this.#book.changedBy(update, this.actor.seat);
    const page = this.#page(update);
    const gone = this.#book.safelyGone(changed, update.safe);
    for (const kept of changed) {
      // Words that the book may not hold are no longer promised either.
      if (this.#book.line(kept.line.line)?.line !== kept.line && !isWithoutErased(kept.line))
        this.promised.set(kept.line.line, kept.line);
      this.#keep(kept);
    }
    const forgotten = this.#bugs.deleteOnRefusal
      ? changed.filter(({ is }) => is.state === 'refused').map(({ line }) => line.line)
      : [];
    for (const number of [...gone, ...forgotten]) this.#escrow.delete(number);
    this.#book.forget([...gone, ...forgotten]);
    for (const neighbour of this.neighbours())
      neighbour.carried(update.answers.find(({ seat }) => seat === neighbour.actor.seat)?.lines.keys() ?? [], update);
    this.#book.take(page);
    if (fate === 'dies-after') throw new PhoneDied('died after it was applied');
  };

  toSend = async (limit: number): Promise<readonly Bundle[]> => {
    const own = this.#book.unsent(limit).map(({ line: { seat: _seat, ...sent } }) => sent);
    const sealed = this.tornUnsent().slice(0, limit);
    const torn = sealed.map(({ line }) => line);
    const bundles: Bundle[] =
      own.length + sealed.length > 0
        ? [{ seat: this.actor.seat, lines: own, sealed, ...(torn.length > 0 && { torn }) }]
        : [];
    for (const neighbour of this.neighbours()) {
      const boxes = neighbour.sealed().slice(0, limit);
      if (boxes.length > 0) bundles.push({ seat: neighbour.actor.seat, lines: [], sealed: boxes });
    }
    return structuredClone(bundles.slice(0, 8));
  };

  sealedUnsent = (): number => this.tornUnsent().length;

  /** Lines of her own that no longer open here and that the server has not answered, sealed to it. */
  tornUnsent(): { line: number; box: string }[] {
    return this.sealed().filter(({ line }) => this.#book.isSealed(line));
  }

  // Of her own lines, those that no longer open here.
  #carriedSealed({ answers, offerAfter }: StoredUpdate): void {
    const answered = answers.find(({ seat }) => seat === this.actor.seat)?.lines;
    for (const [line, escrow] of this.#escrow)
      if (this.#book.isSealed(line)) escrow.sent = offerAfter === null && (escrow.sent || answered?.has(line) === true);
  }

  /** Lines that were torn: no page of hers shows them any more. */
  readonly torn = new Set<LineNumber>();

  /** The last line that is kept is torn: what is sealed to the office stays. */
  tearLine(): LineNumber | null {
    const last = this.#book.lines().at(-1)?.line.line;
    if (last === undefined) return null;
    this.#book.loseLine(last, true);
    this.torn.add(last);
    return last;
  }

  /** Lines that the server has not answered, sealed to it. */
  sealed(): { line: number; box: string }[] {
    return [...this.#escrow]
      .filter(([, { sent }]) => !sent)
      .sort(([a], [b]) => a - b)
      .map(([line, { box }]) => ({ line, box }));
  }

  /** Every line that is sealed to the office, in order: what a hand-over takes along. */
  boxes(): string[] {
    return [...this.#escrow].sort(([a], [b]) => a - b).map(([, { box }]) => box);
  }

  carried(lines: Iterable<LineNumber>, { offerAfter }: StoredUpdate): void {
    // The server was restored: whoever unlocks first offers what everybody on this phone had sent.
    if (offerAfter !== null) for (const escrow of this.#escrow.values()) escrow.sent = false;
    for (const line of lines) {
      const escrow = this.#escrow.get(line);
      if (escrow) escrow.sent = true;
    }
  }

  /** All that lies on the disk, to be searched; of the lines those that are asked for. */
  everything = (of: (kept: KeptLine) => boolean = () => true): string => {
    const lines = this.#book.lines().filter(of);
    const boxes = lines.map(({ line }) => this.#escrow.get(line.line)?.box);
    return JSON.stringify([lines, boxes, this.#book.wholePage()]);
  };

  /** Every line that is kept. */
  lines(): KeptLine[] {
    return this.#book.lines();
  }

  /** A page is torn: the copy is lost, the lines are not. */
  tear(): void {
    this.#book.loseCopy();
  }

  /** Her pages are taken off the phone, as after a withdrawal. Lines that the office lacks stay, sealed to it. */
  remove(): void {
    this.#book = new StoredBook();
    for (const [line, { sent }] of this.#escrow) if (sent) this.#escrow.delete(line);
  }

  /** The browser has thrown everything away. */
  evict(): void {
    this.#book = new StoredBook();
    this.#escrow.clear();
  }

  /** Another phone with the same bytes. */
  clone(): PhoneMemory {
    const other = new PhoneMemory(this.actor, () => [], this.#bugs);
    other.takeDiskOf(this);
    for (const [number, line] of this.promised) other.promised.set(number, line);
    for (const number of this.settled) other.settled.add(number);
    for (const number of this.torn) other.torn.add(number);
    return other;
  }

  /** A copied phone: from here on both have the same. */
  takeDiskOf(other: PhoneMemory): void {
    this.#book = new StoredBook();
    this.#book.take(structuredClone(other.#book.wholePage()));
    for (const kept of other.#book.lines()) this.#book.keep(kept);
    for (const number of other.torn) this.#book.loseLine(number, true);
    this.#escrow.clear();
    for (const [line, escrow] of other.#escrow) this.#escrow.set(line, { ...escrow });
  }

  #keep(kept: KeptLine): void {
    this.#book.keep(kept);
    const { seat: _seat, ...sent } = kept.line;
    this.#escrow.set(kept.line.line, { box: JSON.stringify(sent), sent: kept.is.state !== 'unsent' });
  }

  // What goes to disk is text: nothing on it is shared with the program that wrote it.
  #page(update: StoredUpdate): BookPage {
    return structuredClone(this.#book.pageOf(update));
  }
}

function withoutPages(page: BookPage): BookPage {
  return { ...page, copies: page.copies.map((copy) => ({ ...copy, leaves: [], records: [], cells: [] })) };
}
