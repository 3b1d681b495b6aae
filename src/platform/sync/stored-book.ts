/*
 * What one person's store holds of a book, and how an answer changes it. No disk, no seal: whoever writes it down (the sealed
 * store of a phone, the simulated disk of a simulated one) works by these same rules.
 *
 * What must stay true:
 *   - a line goes when a verified backup holds it, or when thousands after it were answered; the last one always stays, for its number;
 *   - in a new epoch every line that is kept is offered again;
 *   - a line that no longer opens here keeps its number: it goes to the office as it is sealed to it, and nothing takes its place;
 *   - what was read back from pages gives the same book as what was written into them.
 */
import { formatEntryId, type LineNumber, type OfficeId, type RecordId, type SeatNumber } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/plain-date.ts';
import type { Actor } from '../access/role.ts';
import type { KeptLine } from '../book/copy.ts';
import type { AnyKept } from '../book/decide.ts';
import { type Erasure, erasingCommands, erasureKind } from '../book/erasure.ts';
import { type Cell, cellKey } from '../book/figures.ts';
import { type Line, withoutErased } from '../book/line.ts';
import type { Head, HeldGrants, StoredState, StoredUpdate } from './client.ts';
import type { Epoch, Place } from './protocol.ts';

/** What one answer brought, or a whole copy, as it is written down. */
export type BookPage = {
  /** The copies that stood before are thrown away. */
  readonly restart: boolean;
  readonly epoch: Epoch | null;
  readonly grants: HeldGrants | null;
  readonly head: Head | null;
  readonly heardAt: Instant | null;
  readonly nextLine: LineNumber;
  readonly copies: readonly {
    readonly office: OfficeId;
    readonly place: Place;
    readonly leaves: readonly RecordId[];
    readonly records: readonly AnyKept[];
    readonly cells: readonly Cell[];
    /** The cells are all there are. Not on pages that an older program wrote. */
    readonly allCells?: boolean;
  }[];
};

/** Lines that the office holds but has not backed up stay, so that they can be offered again after a restore. */
const acknowledgedKept = 2000;

type CopyInMemory = { place: Place; readonly records: Map<RecordId, AnyKept>; readonly cells: Map<string, Cell> };

export class StoredBook {
  #copies = new Map<OfficeId, CopyInMemory>();
  readonly #lines = new Map<LineNumber, KeptLine>();
  /** Numbers of lines of which only the copy that is sealed to the office is left. */
  readonly #sealed = new Set<LineNumber>();
  #epoch: Epoch | null = null;
  #grants: HeldGrants = { version: 0, held: [] };
  #head: Head | null = null;
  #heardAt: Instant | null = null;
  #nextLine: LineNumber = 1;

  get epoch(): Epoch | null {
    return this.#epoch;
  }

  state(actor: Omit<Actor, 'grants'>): StoredState {
    const sequence = this.#copies.get(actor.office)?.place.sequence ?? 0;
    return {
      actor: { ...actor, grants: this.#grants.held },
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
      lines: this.lines().filter(({ is }) => is.state === 'unsent' || is.state === 'refused' || is.sequence > sequence),
    };
  }

  line(number: LineNumber): KeptLine | undefined {
    return this.#lines.get(number);
  }

  /** Every line that is kept, by its number. */
  lines(): KeptLine[] {
    return [...this.#lines.values()].sort((a, b) => a.line.line - b.line.line);
  }

  unsent(limit: number): KeptLine[] {
    return this.lines()
      .filter(({ is }) => is.state === 'unsent')
      .slice(0, limit);
  }

  /** Takes over a line as it has been written down. */
  keep(kept: KeptLine): void {
    this.#lines.set(kept.line.line, kept);
    this.#nextLine = Math.max(this.#nextLine, kept.line.line + 1);
  }

  /** A line no longer opens on this phone: its number stays, and so does the copy that is sealed to the office, where there is one. */
  loseLine(number: LineNumber, hasSealedCopy: boolean): void {
    this.#lines.delete(number);
    if (hasSealedCopy) this.#sealed.add(number);
    this.#nextLine = Math.max(this.#nextLine, number + 1);
  }

  isSealed(number: LineNumber): boolean {
    return this.#sealed.has(number);
  }

  /** The line emptied, its number kept; null when the server has it already. */
  emptied(number: LineNumber): KeptLine | null {
    const kept = this.#lines.get(number);
    if (kept?.is.state !== 'unsent') return null;
    return { ...kept, line: { ...kept.line, command: null, input: null } };
  }

  /** A refused line that a person has settled stays as an answered one: were it the last, its number would be given again. */
  settled(number: LineNumber, emptied?: Line): KeptLine | null {
    const kept = this.#lines.get(number);
    if (kept?.is.state !== 'refused') return null;
    return { line: emptied ?? kept.line, is: { state: 'accepted', sequence: kept.is.sequence } };
  }

  /** Lines of her own whose state or words an update changes. */
  changedBy(update: StoredUpdate, seat: SeatNumber): KeptLine[] {
    const changed = new Map<LineNumber, KeptLine>();
    for (const [number, is] of update.answers.find((answer) => answer.seat === seat)?.lines ?? []) {
      const kept = this.#lines.get(number);
      if (kept) changed.set(number, { line: update.emptied.find(({ line }) => line === number) ?? kept.line, is });
    }
    if (update.offerAfter !== null) {
      const gap = { seat, after: update.offerAfter, next: this.#nextLine, at: update.heardAt };
      const stands = { has: (number: LineNumber) => this.#lines.has(number) || this.#sealed.has(number) };
      for (const line of linesLost(stands, gap)) changed.set(line.line, { line, is: { state: 'unsent' } });
      // Of a line without words that the server holds, the server may still have the words: they are not held against it.
      for (const { line, is } of this.#lines.values())
        if (is.state !== 'unsent' && (line.line > update.offerAfter || line.command !== null))
          changed.set(line.line, { line, is: { state: 'unsent' } });
    }
    // Whoever was erased leaves her own lines too: a line that spoke of her is empty from now on, its number stays.
    const gone = this.#erased(update);
    if (gone.length > 0)
      for (const kept of this.#lines.values()) {
        const now = changed.get(kept.line.line) ?? kept;
        if (speaksOf(now, gone)) changed.set(kept.line.line, { ...now, line: withoutErased(now.line) });
      }
    return [...changed.values()];
  }

  // Also those of whom it heard before: a line about her may have waited on this phone until now, and is answered only with this.
  #erased({ arrivals }: StoredUpdate): readonly RecordId[] {
    const held = [...this.#copies.values()].map(({ records }) => records.values());
    return [...held, ...arrivals.map(({ records }) => records.values())].flatMap((records) =>
      [...records].flatMap(({ kind, body }) => (kind === erasureKind.kind ? (body as Erasure).pages : [])),
    );
  }

  /** Lines that may go: a verified backup holds them, or more of them are kept than a phone has room for. */
  safelyGone(changed: readonly KeptLine[], safe: number): LineNumber[] {
    const now = new Map(this.#lines);
    for (const kept of changed) now.set(kept.line.line, kept);
    const held = [...now.values()].flatMap(({ line, is }) =>
      is.state === 'accepted' || is.state === 'flagged' ? [{ line: line.line, sequence: is.sequence }] : [],
    );
    held.sort((a, b) => b.line - a.line);
    const last = Math.max(...now.keys());
    return held
      .filter(({ sequence, line }, i) => line !== last && (sequence <= safe || i >= acknowledgedKept))
      .map(({ line }) => line);
  }

  forget(numbers: readonly LineNumber[]): void {
    for (const number of numbers) this.#lines.delete(number);
  }

  /** The page that an update is written down as. */
  pageOf(update: StoredUpdate): BookPage {
    const { restart, epoch, grants, head, heardAt, arrivals } = update;
    return { restart, epoch, grants, head, heardAt, nextLine: this.#nextLine, copies: arrivals };
  }

  /** All that stands, as one page. */
  wholePage(): BookPage {
    return {
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
        records: [...records.values()],
        cells: [...cells.values()],
      })),
    };
  }

  /** Takes over a page that has been written down. */
  take(page: BookPage): void {
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
    for (const { office, place, leaves, records, cells, allCells } of page.copies) {
      let copy = this.#copies.get(office);
      if (!copy) {
        copy = { place, records: new Map(), cells: new Map() };
        this.#copies.set(office, copy);
      }
      copy.place = place;
      for (const id of leaves) copy.records.delete(id);
      for (const record of records) copy.records.set(record.id, record);
      if (allCells) copy.cells.clear();
      for (const cell of cells)
        if (cell.count === 0) copy.cells.delete(cellKey(cell));
        else copy.cells.set(cellKey(cell), cell);
    }
  }

  /** A page was torn: nothing of the copy is believed. The lines stand on their own. */
  loseCopy(): void {
    this.#copies = new Map();
    this.#epoch = null;
    this.#grants = { version: 0, held: [] };
    this.#head = null;
    this.#heardAt = null;
  }
}

/** Whether a line that the office has answered names a page which an erasure has taken away, or made it. */
function speaksOf({ line, is }: KeptLine, gone: readonly RecordId[]): boolean {
  if (is.state === 'unsent' || line.command === null || erasingCommands.has(line.command)) return false;
  const said = JSON.stringify(line.input);
  const made = formatEntryId(line.seat, line.line);
  return gone.some((id) => said.includes(`"${id}"`) || id === made || id.startsWith(`${made}.`));
}

/**
 * What stands in the place of lines that a phone no longer has and an older backup does not have either: nothing, under their
 * numbers, so that the lines after them are not kept waiting for ever.
 */
export function linesLost(
  kept: Pick<ReadonlySet<LineNumber>, 'has'>,
  { seat, after, next, at }: { seat: SeatNumber; after: LineNumber; next: LineNumber; at: Instant },
): Line[] {
  const lost: Line[] = [];
  for (let line = after + 1; line < next; line++)
    if (!kept.has(line)) lost.push({ seat, line, command: null, shape: 0, input: null, at, grants: 0 });
  return lost;
}
