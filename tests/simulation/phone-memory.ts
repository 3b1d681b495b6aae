import type { LineNumber, OfficeId } from '../../src/kernel/ids.ts';
import type { Actor } from '../../src/platform/access/role.ts';
import type { KeptLine } from '../../src/platform/book/copy.ts';
import type { AnyKept } from '../../src/platform/book/decide.ts';
import { type Cell, cellKey } from '../../src/platform/book/figures.ts';
import type { Line } from '../../src/platform/book/line.ts';
import { linesLost, type PhoneStore, type StoredState, type StoredUpdate } from '../../src/platform/sync/client.ts';
import type { Bundle, Epoch, Place } from '../../src/platform/sync/protocol.ts';

/** Where a write may be cut: the phone dies before or after it is durable, or in the middle where a bug allows a middle. */
export type Dying = (where: 'append' | 'apply') => 'no' | 'before' | 'after';
export class PhoneDied extends Error {}

type Disk = {
  epoch: Epoch | null;
  grants: StoredState['grants'];
  head: StoredState['head'];
  heardAt: number | null;
  nextLine: LineNumber;
  copies: Map<OfficeId, { place: Place; records: Map<string, AnyKept>; cells: Map<string, Cell> }>;
  lines: Map<LineNumber, KeptLine>;
};

/** The disk of a simulated phone. It outlives the program that writes on it. */
export class PhoneMemory implements PhoneStore {
  readonly actor: Actor;
  readonly #dying: Dying;
  readonly #bugs: ReadonlySet<string>;
  #disk: Disk = {
    epoch: null,
    grants: { version: 0, held: [] },
    head: null,
    heardAt: null,
    nextLine: 1,
    copies: new Map(),
    lines: new Map(),
  };

  constructor(actor: Actor, dying: Dying, bugs: ReadonlySet<string>) {
    this.actor = actor;
    this.#dying = dying;
    this.#bugs = bugs;
  }

  /** All that lies on the disk, to be searched. */
  everything = (): string =>
    JSON.stringify([
      ...this.#disk.lines.values(),
      ...[...this.#disk.copies.values()].map(({ records }) => [...records]),
    ]);

  /** A copied phone: from here on both have the same. */
  takeDiskOf(other: PhoneMemory): void {
    this.#disk = structuredClone(other.#disk);
  }

  /** Every line that this phone ever said was saved. */
  readonly promised = new Map<LineNumber, Line>();

  load = async (): Promise<StoredState> => {
    const { epoch, grants, head, heardAt, nextLine, copies, lines } = this.#disk;
    const sequence = copies.get(this.actor.office)?.place.sequence ?? 0;
    return {
      actor: { ...this.actor, grants: grants.held },
      epoch,
      grants,
      head,
      heardAt,
      nextLine,
      copies: [...copies].map(([office, copy]) => ({
        office,
        place: copy.place,
        records: [...copy.records.values()],
        cells: [...copy.cells.values()],
      })),
      lines: [...lines.values()]
        .sort((a, b) => a.line.line - b.line.line)
        .filter(({ is }) => is.state === 'unsent' || is.state === 'refused' || is.sequence > sequence),
    };
  };

  append = async (line: Line): Promise<void> => {
    const dies = this.#dying('append');
    if (dies === 'before') throw new PhoneDied();
    this.#disk.lines.set(line.line, { line, is: { state: 'unsent' } });
    this.#disk.nextLine = line.line + 1;
    this.promised.set(line.line, line);
    if (dies === 'after') throw new PhoneDied();
  };

  empty = async (number: LineNumber): Promise<void> => {
    const kept = this.#disk.lines.get(number);
    if (kept?.is.state !== 'unsent') return;
    const line = { ...kept.line, command: null, input: null };
    this.#disk.lines.set(number, { line, is: kept.is });
    this.promised.set(number, line);
  };

  settle = async (number: LineNumber): Promise<void> => {
    this.#disk.lines.delete(number);
  };

  apply = async (update: StoredUpdate): Promise<void> => {
    const dies = this.#dying('apply');
    if (dies === 'before') {
      // The planted bug: places move in a write of their own, before the pages are there.
      if (this.#bugs.has('cursor-before-pages'))
        for (const { office, place } of update.arrivals) this.#copy(office, place).place = place;
      throw new PhoneDied();
    }
    const disk = this.#disk;
    if (update.restart) {
      disk.copies = new Map();
      // In another life of the book the head that was remembered means nothing.
      disk.head = null;
    }
    disk.epoch = update.epoch;
    disk.heardAt = update.heardAt;
    disk.grants = update.grants ?? disk.grants;
    disk.head = update.head ?? disk.head;
    for (const [number, is] of update.answers.find(({ seat }) => seat === this.actor.seat)?.lines ?? []) {
      const kept = disk.lines.get(number);
      const line = update.emptied.find((emptied) => emptied.line === number) ?? kept?.line;
      if (line) disk.lines.set(number, { line, is });
      if (is.state === 'refused' && this.#bugs.has('delete-on-refusal')) disk.lines.delete(number);
    }
    if (update.offerAfter !== null) {
      const { seat } = this.actor;
      const gap = { seat, after: update.offerAfter, next: disk.nextLine, at: update.heardAt };
      for (const line of linesLost(disk.lines, gap)) disk.lines.set(line.line, { line, is: { state: 'unsent' } });
      for (const [number, kept] of disk.lines)
        if (number > update.offerAfter && kept.is.state !== 'unsent')
          disk.lines.set(number, { ...kept, is: { state: 'unsent' } });
    }
    for (const { office, place, leaves, records, cells } of update.arrivals) {
      const copy = this.#copy(office, place);
      copy.place = place;
      for (const id of leaves) copy.records.delete(id);
      for (const record of records) copy.records.set(record.id, record);
      for (const cell of cells)
        if (cell.count === 0) copy.cells.delete(cellKey(cell));
        else copy.cells.set(cellKey(cell), cell);
    }
    // What stands in two backups may go; the last line stays, for the next number.
    const last = Math.max(0, ...disk.lines.keys());
    for (const [number, { is }] of disk.lines)
      if ((is.state === 'accepted' || is.state === 'flagged') && is.sequence <= update.safe && number !== last)
        disk.lines.delete(number);
    if (dies === 'after') throw new PhoneDied();
  };

  toSend = async (limit: number): Promise<readonly Bundle[]> => {
    const lines = [...this.#disk.lines.values()]
      .filter(({ is }) => is.state === 'unsent')
      .sort((a, b) => a.line.line - b.line.line)
      .slice(0, limit)
      .map(({ line: { seat: _seat, ...sent } }) => sent);
    return lines.length > 0 ? [{ seat: this.actor.seat, lines, sealed: [] }] : [];
  };

  #copy(office: OfficeId, place: Place) {
    let copy = this.#disk.copies.get(office);
    if (!copy) {
      copy = { place, records: new Map(), cells: new Map() };
      this.#disk.copies.set(office, copy);
    }
    return copy;
  }
}
