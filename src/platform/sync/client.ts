/*
 * A phone's side of sync, with its doors as arguments, so that the simulation runs this very code.
 *
 *   write   decide ─► save (sealed, durable) ─► show            a line exists once it is on disk, never before
 *   sync    gather ─► ask ─► save what was answered, in one write ─► show      repeated while there is more
 *
 * What must stay true:
 *   - nothing is shown as saved before the store has said so;
 *   - an answer is saved whole or not at all: answers to lines, pages, places and figures move together;
 *   - no line leaves the store before the server has answered it, and no refused line before a person has settled it;
 *   - a new epoch empties the copy, never the lines: they are offered again, and answered by the server as it now is;
 *   - a line that may have left the phone is never emptied: two lines of one number would read as two phones.
 */
import type { LineNumber, OfficeId, SeatNumber } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/plain-date.ts';
import { millisecondsPerDay } from '../../kernel/plain-date.ts';
import { type Refusal, refuse } from '../../kernel/result.ts';
import type { Actor, Grant } from '../access/role.ts';
import { hashText } from '../book/chain.ts';
import type { Registers } from '../book/command.ts';
import { type Arrival, Copy, type KeptLine, type LineState } from '../book/copy.ts';
import { type AnyKept, emptiedOf, type Outcome } from '../book/decide.ts';
import type { Cell } from '../book/figures.ts';
import type { Line } from '../book/line.ts';
import { fromColumns } from './columns.ts';
import {
  type Bundle,
  type CopyPage,
  type Epoch,
  type LineAnswer,
  type Place,
  protocolVersion,
  type SyncAnswer,
  type SyncRequest,
} from './protocol.ts';

export type Head = { readonly sequence: number; readonly hash: string };
export type HeldGrants = { readonly version: number; readonly held: readonly Grant[] };

/** One book's copy as stored. */
export type StoredCopy = {
  readonly office: OfficeId;
  readonly place: Place;
  readonly records: readonly AnyKept[];
  readonly cells: readonly Cell[];
};

/** What a person's sealed store holds. */
export type StoredState = {
  readonly actor: Actor;
  readonly epoch: Epoch | null;
  readonly grants: HeldGrants;
  readonly copies: readonly StoredCopy[];
  /** Lines that are unsent, and refused ones that nobody has settled. */
  readonly lines: readonly KeptLine[];
  readonly nextLine: LineNumber;
  readonly head: Head | null;
  /** The server's last moment that this phone heard. */
  readonly heardAt: Instant | null;
};

/** Everything that one answer changes, saved in one write. */
export type StoredUpdate = {
  readonly epoch: Epoch;
  readonly heardAt: Instant;
  readonly safe: number;
  readonly answers: readonly { readonly seat: SeatNumber; readonly lines: ReadonlyMap<LineNumber, LineState> }[];
  readonly arrivals: readonly (Arrival & { readonly place: Place })[];
  readonly grants: HeldGrants | null;
  readonly head: Head | null;
  /** Own lines that were answered, emptied of what no book may hold. */
  readonly emptied: readonly Line[];
  /** The copies are thrown away before the arrivals are taken. */
  readonly restart: boolean;
  /**
   * In a new epoch: the last line of the own seat that the server holds. Later ones are unsent again, and so are earlier ones that
   * still have their words: another woman's session may have brought them back, and what was answered then is not known here.
   */
  readonly offerAfter: LineNumber | null;
};

export type PhoneStore = {
  readonly load: () => Promise<StoredState>;
  /** Resolves when the line is sealed and durable. */
  readonly append: (line: Line) => Promise<void>;
  /** Empties an unsent line; its number stays. */
  readonly empty: (line: LineNumber) => Promise<void>;
  readonly apply: (update: StoredUpdate) => Promise<void>;
  /** A person has settled a refused line: it may go. */
  readonly settle: (line: LineNumber, emptied?: Line) => Promise<void>;
  /** Unacknowledged lines of her own seat, then sealed ones of the others on this phone. */
  readonly toSend: (limit: number) => Promise<readonly Bundle[]>;
  /** Lines of her own that no longer open here and that the office does not have yet: they go as they are sealed to it. */
  readonly sealedUnsent: () => number;
};

export type Doors = {
  readonly store: PhoneStore;
  /** Rejects when the server cannot be reached; what was sent may have arrived all the same. */
  readonly ask: (request: SyncRequest) => Promise<SyncAnswer>;
  readonly now: () => Instant;
  readonly registers: Registers;
  readonly app: string;
  /** How many lines of a seat one request carries. */
  readonly linesInOneRequest?: number;
};

export type Written =
  | { readonly written: true; readonly line: Line; readonly outcome: Outcome }
  | { readonly written: false; readonly refusal: Refusal };

export type Synced = {
  readonly sent: number;
  readonly urgent: boolean;
  readonly withdrawn: boolean;
  readonly cloned: boolean;
};

const linesInOneRequest = 500;
/** A line that breaks gets less at a time, down to these many lines and records, until it holds. */
const fewestLines = 16;
const fewestRecords = 125;
/** How many records a page has that is asked for after the first break. */
const recordsAfterBreak = 2000;
/** A request may be followed by more; a copy of a large office comes in some tens of pages. */
const mostRequests = 400;

export class PhoneBook {
  readonly #doors: Doors;
  #state: Omit<StoredState, 'copies' | 'lines'>;
  #places: Map<OfficeId, Place>;
  #nextLine: LineNumber;
  /** One after the other: writing, taking back, and gathering what is to be sent. */
  #turn: Promise<unknown> = Promise.resolve();
  #unproven: boolean;
  #refills = 0;
  readonly #fullLoad: number;
  #mostLines: number;
  /** Null: as many as the server likes. */
  #mostRecords: number | null = null;
  copy: Copy;

  private constructor(doors: Doors, state: StoredState) {
    this.#doors = doors;
    this.#fullLoad = doors.linesInOneRequest ?? linesInOneRequest;
    this.#mostLines = this.#fullLoad;
    this.#state = state;
    this.#nextLine = state.nextLine;
    this.#places = new Map(state.copies.map(({ office, place }) => [office, place]));
    this.#unproven = state.copies.some(({ place }) => place.fill !== null) || state.copies.length === 0;
    this.copy = new Copy(doors.registers, { ...state.actor, grants: state.grants.held });
    this.copy.load(
      state.copies.map(({ office, place, records, cells }) => ({
        office,
        records,
        cells,
        leaves: [],
        sequence: place.sequence,
      })),
      state.lines,
    );
  }

  static async open(doors: Doors): Promise<PhoneBook> {
    return new PhoneBook(doors, await doors.store.load());
  }

  get heardAt(): Instant | null {
    return this.#state.heardAt;
  }

  get head(): Head | null {
    return this.#state.head;
  }

  /** The server's book does not continue the one this phone remembers: shorter, or another page at the same place. */
  get isRewritten(): boolean {
    return this.#rewritten;
  }
  #rewritten = false;

  /** Lines whose words this phone has lost to a torn store, and that still wait for the office. */
  get sealedUnsent(): number {
    return this.#doors.store.sealedUnsent();
  }

  /** Whether the first copy has come whole. */
  get isFilled(): boolean {
    const own = this.#places.get(this.#state.actor.office);
    return own !== undefined && own.grants > 0 && own.fill === null;
  }

  /** A clock before the server's last word, or far past it, is not believed: the phone asks for the day. */
  get clockIsBelievable(): boolean {
    const heard = this.#state.heardAt;
    const now = this.#doors.now();
    return heard === null || (now >= heard - 10 * 60_000 && now <= heard + 90 * millisecondsPerDay);
  }

  /** The moment by which lines are written: the phone's own, or the server's last word where the phone's clock is not believed. */
  moment = (): Instant => (this.clockIsBelievable ? this.#doors.now() : (this.heardAt ?? this.#doors.now()));

  /**
   * Decides a command and saves its line. A refusal here writes nothing: the person sees the reason and may change her words.
   * Rejects when the line could not be saved (a full phone): then nothing has changed.
   */
  write(command: string, input: unknown, at: Instant = this.moment()): Promise<Written> {
    // A line's number is the place where two taps would meet.
    return this.#inTurn(() => this.#write(command, input, at));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #write(name: string, input: unknown, at: Instant): Promise<Written> {
    const command = this.#doors.registers.commands.get(name);
    if (!command) throw new Error(`no register has a command ${name}`);
    const line: Line = {
      seat: this.#state.actor.seat,
      line: this.#nextLine,
      command: name,
      shape: command.upgrades.length,
      input,
      at,
      grants: this.#state.grants.version,
    };
    const outcome = this.copy.decide(line);
    if (outcome.state === 'refused') {
      const { code, params } = outcome.refusal ?? { code: 'book.could-not-decide', params: {} };
      return { written: false, refusal: refuse(code, params) };
    }
    await this.#doors.store.append(line);
    this.#nextLine += 1;
    this.#atHome.add(line.line);
    this.copy.adopt(line);
    return { written: true, line, outcome };
  }

  /** Takes back a line that has not left this phone. False when it has been sent meanwhile, or may have been. */
  undo(number: LineNumber): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!this.#atHome.has(number)) return false;
      await this.#doors.store.empty(number);
      this.copy.undo(number);
      return true;
    });
  }
  // Written since the program was opened, and not yet gathered for a request. Of older lines nobody knows whether they were on
  // their way when the program died, or whether another woman's session has carried them.
  readonly #atHome = new Set<LineNumber>();

  /** Gathers what leaves this phone by hand. From then on nothing that was written can be taken back: it may have arrived. */
  giveAway<T>(gather: () => Promise<T>): Promise<T> {
    return this.#inTurn(() => {
      this.#atHome.clear();
      return gather();
    });
  }

  /** A person has settled a refused line of her own. */
  async settle(number: LineNumber): Promise<void> {
    const line = this.copy.lines.find((kept) => kept.line.line === number)?.line;
    await this.#doors.store.settle(number, line && emptiedOf(this.#doors.registers, line));
    this.copy.forget(({ line }) => line.line === number);
  }

  /** Sends what is unsent and takes what is new. Rejects when the server cannot be reached; nothing is lost then. */
  async sync(): Promise<Synced> {
    let sent = 0;
    for (let request = 0; request < mostRequests; request++) {
      const mostLines = this.#mostLines;
      const own = this.#state.actor.seat;
      const bundles = await this.#gather(mostLines);
      const prove = this.#unproven;
      const answer = await this.#askOnThisLine({
        protocol: protocolVersion,
        app: this.#doors.app,
        epoch: this.#state.epoch,
        push: [...bundles],
        pull: {
          copies: [...this.#places].map(([office, place]) => ({ office, place })),
          prove,
          ...(this.#mostRecords !== null && { most: this.#mostRecords }),
        },
      });
      if (this.#isOfAnotherLife(answer.epoch)) {
        await this.#startEpoch(answer);
        continue;
      }
      const update = this.#updateOf(answer);
      await this.#doors.store.apply(update);
      this.#take(update);
      sent += update.answers.reduce((sum, { lines }) => sum + lines.size, 0);
      const ownAnswer = answer.push.find(({ seat }) => seat === own);
      const unsent = update.answers.some(({ lines }) => lines.size >= mostLines);
      // A phone that is taken back gives all it has before it is emptied.
      if (ownAnswer?.withdrawn && unsent) continue;
      if (ownAnswer?.cloned || ownAnswer?.withdrawn || answer.pull === null)
        return { sent, urgent: false, cloned: ownAnswer?.cloned === true, withdrawn: ownAnswer?.withdrawn === true };
      if (prove && !(await this.#isWhole(answer))) continue;
      const more = answer.pull.copies.some((copy) => copy.more);
      if (!more && !unsent && !this.#unproven)
        return { sent, urgent: answer.pull.urgent, cloned: false, withdrawn: false };
    }
    throw new Error('the server always has more');
  }

  // A line that breaks every so many bytes would break at the same place for ever: less is sent and asked for until it holds.
  async #askOnThisLine(request: SyncRequest): Promise<SyncAnswer> {
    try {
      const answer = await this.#doors.ask(request);
      this.#mostLines = Math.min(this.#fullLoad, this.#mostLines * 2);
      if (this.#mostRecords !== null)
        this.#mostRecords = this.#mostRecords >= recordsAfterBreak ? null : this.#mostRecords * 2;
      return answer;
    } catch (error) {
      this.#mostLines = Math.min(this.#fullLoad, Math.max(fewestLines, Math.floor(this.#mostLines / 2)));
      this.#mostRecords = Math.max(fewestRecords, Math.floor((this.#mostRecords ?? recordsAfterBreak * 2) / 2));
      throw error;
    }
  }

  // What is gathered can no longer be taken back; a line that is just being taken back is waited for.
  #gather(limit: number): Promise<readonly Bundle[]> {
    return this.#inTurn(async () => {
      const bundles = await this.#doors.store.toSend(limit);
      for (const { seat, lines } of bundles)
        if (seat === this.#state.actor.seat) for (const { line } of lines) this.#atHome.delete(line);
      return bundles;
    });
  }

  // A phone whose pages were torn knows no epoch, and its lines may be of another one.
  #isOfAnotherLife(epoch: Epoch): boolean {
    return this.#state.epoch === null ? this.#nextLine > 1 : !sameEpoch(this.#state.epoch, epoch);
  }

  #updateOf(answer: SyncAnswer, restart = false): StoredUpdate {
    return {
      epoch: answer.epoch,
      heardAt: answer.at,
      safe: answer.safe,
      answers: answer.push.map(({ seat, answers }) => ({ seat, lines: statesOf(answers) })),
      arrivals: answer.pull?.copies.map(arrivalOf) ?? [],
      grants: answer.pull?.grants ?? null,
      head: this.#headAfter(answer),
      emptied: this.#emptied(answer),
      restart,
      offerAfter: null,
    };
  }

  // A refused line stays whole until somebody has settled it: she may have to say it again.
  #emptied(answer: SyncAnswer): Line[] {
    const own = answer.push.find(({ seat }) => seat === this.#state.actor.seat)?.answers ?? [];
    const written = new Set(
      own.flatMap(({ line, state }) => (state === 'accepted' || state === 'flagged' ? [line] : [])),
    );
    return this.copy.lines.flatMap(({ line }) => {
      if (!written.has(line.line)) return [];
      const emptied = emptiedOf(this.#doors.registers, line);
      return emptied === line ? [] : [emptied];
    });
  }

  // The head that is remembered stays as long as the server's does not follow it, so that it can be held against the office's.
  #headAfter(answer: SyncAnswer): Head | null {
    const said = answer.pull?.head ?? null;
    const known = this.#state.head;
    if (said === null) return null;
    this.#rewritten =
      known !== null &&
      this.#state.epoch !== null &&
      sameEpoch(this.#state.epoch, answer.epoch) &&
      (said.sequence < known.sequence || (said.sequence === known.sequence && said.hash !== known.hash));
    return this.#rewritten ? known : said;
  }

  #take(update: StoredUpdate): void {
    const grants = update.grants ?? this.#state.grants;
    this.#state = {
      ...this.#state,
      epoch: update.epoch,
      heardAt: update.heardAt,
      grants,
      head: update.head ?? this.#state.head,
    };
    for (const { office, place } of update.arrivals) this.#places.set(office, place);
    const own = update.answers.find(({ seat }) => seat === this.#state.actor.seat)?.lines ?? new Map();
    if (JSON.stringify(grants.held) !== JSON.stringify(this.copy.actor.grants))
      this.copy.become({ ...this.copy.actor, grants: grants.held });
    this.copy.receive(own, update.arrivals, update.emptied);
    const sequence = this.#places.get(this.#state.actor.office)?.sequence ?? 0;
    this.copy.forget(({ is }) => (is.state === 'accepted' || is.state === 'flagged') && is.sequence <= sequence);
  }

  // The server was restored. The copy starts again, and every line that is kept is offered again.
  async #startEpoch(answer: SyncAnswer): Promise<void> {
    const own = this.#state.actor.seat;
    const asked = await this.#doors.ask({
      protocol: protocolVersion,
      app: this.#doors.app,
      epoch: answer.epoch,
      push: [{ seat: own, lines: [], sealed: [] }],
      pull: null,
      ...(this.#state.head && { remembers: this.#state.head }),
    });
    const lastLine = asked.push.find(({ seat }) => seat === own)?.lastLine ?? 0;
    await this.#doors.store.apply({
      ...this.#updateOf({ ...asked, push: [] }, true),
      offerAfter: lastLine,
    });
    this.#state = await this.#doors.store.load();
    this.#nextLine = Math.max(this.#nextLine, this.#state.nextLine, lastLine + 1);
    await this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    const state = await this.#doors.store.load();
    this.#places = new Map();
    this.#unproven = true;
    this.copy = new Copy(this.#doors.registers, { ...state.actor, grants: state.grants.held });
    this.copy.load([], state.lines);
  }

  // The server says what a whole copy amounts to. A copy that differs is thrown away and filled again.
  async #isWhole(answer: SyncAnswer): Promise<boolean> {
    const pages = answer.pull?.copies ?? [];
    if (pages.some(({ more }) => more)) return true;
    for (const { office, whole } of pages) {
      if (whole === null) continue;
      const own = this.copy.whole(office, hashText);
      if (own.count === whole.count && own.hash === whole.hash) continue;
      // A server that counts kinds this app has never heard of would never agree: twice is enough.
      this.#refills += 1;
      if (this.#refills > 2) break;
      await this.#doors.store.apply({ ...this.#updateOf({ ...answer, push: [], pull: null }, true) });
      await this.#startAgain();
      return false;
    }
    this.#unproven = false;
    return true;
  }
}

function sameEpoch(a: Epoch, b: Epoch): boolean {
  return a.number === b.number && a.name === b.name;
}

function statesOf(answers: readonly LineAnswer[]): Map<LineNumber, LineState> {
  const states = new Map<LineNumber, LineState>();
  for (const answer of answers) {
    if (answer.state === 'waiting') continue;
    const { line, ...state } = answer;
    states.set(line, state);
  }
  return states;
}

function arrivalOf(page: CopyPage): Arrival & { readonly place: Place } {
  return {
    office: page.office,
    leaves: page.leaves,
    records: fromColumns(page.records),
    cells: page.figures,
    allCells: page.allFigures === true,
    sequence: page.place.sequence,
    place: page.place,
  };
}
