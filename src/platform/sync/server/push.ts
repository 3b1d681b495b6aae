/*
 * Decides a seat's lines on the server's own state and writes them once.
 *
 *   1  lock the book         the sequence is given under this lock, so no cursor ever passes a hole
 *   2  answer what is known  a line the book already holds gets the answer it got
 *   3  load                  what the new lines read, all lines at a time, up to three rounds
 *   4  decide in order       in memory, each line over what the ones before it left
 *   5  write once            entries, records, figures, chain, reach, the seat's last line
 *   6  commit, then answer
 *
 * What a bug has made of one line may only show when it is written: the database refuses it, and the lines beside it with it. Then each
 * line is pushed by itself, and the one that cannot be written is refused, so that it never holds back the others.
 */
import {
  entryOf,
  formatEntryId,
  isRecordId,
  type LineNumber,
  type OfficeId,
  type RecordId,
  type SeatNumber,
} from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/plain-date.ts';
import { refuse } from '../../../kernel/result.ts';
import { type GrantPage, grantKind, grantsOf, type PhonePage, phoneKind } from '../../access/grants.ts';
import { type OrganizationTree, type Reach, reachOf, type Standing } from '../../access/reach.ts';
import type { Actor, Grant } from '../../access/role.ts';
import { canonicalJson } from '../../book/canonical.ts';
import { hashBody, hashEntry, hashText } from '../../book/chain.ts';
import type { Lookup, Registers } from '../../book/command.ts';
import { pageLimit } from '../../book/command.ts';
import {
  type AnyKept,
  type Apart,
  type Decided,
  decideLine,
  emptiedOf,
  refuseLine,
  type Shelf,
  type Speaker,
  standingOf,
  type Written,
} from '../../book/decide.ts';
import { type Entry, type EntryHeader, entryBodyOf } from '../../book/entry.ts';
import { cellKey, type Fact } from '../../book/figures.ts';
import type { Kept } from '../../book/kind.ts';
import { isWithoutErased, type Line, type SentLine } from '../../book/line.ts';
import type { RuleInForce } from '../../book/rule.ts';
import type {
  Answered,
  ApartWrite,
  Batch,
  BookState,
  BookStore,
  OpenBook,
  PersonReach,
  PurposeCell,
  ReachRow,
  RecordWrite,
  SeatState,
} from '../../book/server/book-store.ts';
import type { Bundle, LineAnswer, SeatAnswer } from '../protocol.ts';

export type PushContext = {
  readonly registers: Registers;
  readonly store: BookStore;
  /** The server's clock. */
  readonly now: () => Instant;
  /** Chance, for salts: 16 bytes as hex. */
  readonly salt: () => string;
  /** Rules of the books above, held in the server's memory. */
  readonly rules: () => readonly RuleInForce[];
  /** Keeps values apart. Without it a command that has one is not decided. */
  readonly safe?: Safe;
  /** Where a bug that one line met is told; the line is refused and the next goes on. */
  readonly report: (error: unknown, line: Line) => void;
};

/** Values that no book holds: a keyed hash finds a second one like it, and the value is sealed. Nothing that Otaq runs opens it again. */
export type Safe = {
  readonly hash: (field: string, value: string) => string;
  readonly seal: (id: RecordId, field: string, value: string) => string;
};

/** A sealed line that did not open here. `lost`: the phone that wrote it cannot read it either. */
export type ShutLine = { readonly line: LineNumber; readonly lost: boolean };

export function shutOf(shut: readonly LineNumber[], { torn = [] }: Pick<Bundle, 'torn'>): readonly ShutLine[] {
  return shut.map((line) => ({ line, lost: torn.includes(line) }));
}

/** A line whose words nobody has any more stands in the book as refused, so that she sees it and the lines after it go on. */
const lineLost = 'book.line-lost';
const couldNotDecide = 'book.could-not-decide';

/**
 * Pushes lines of one seat, in order. Answers each, or `waiting` where an earlier line is missing. A line that is shut keeps those after
 * it waiting until its words come another way, unless they are lost.
 */
export async function pushLines(
  context: PushContext,
  office: number,
  seat: SeatNumber,
  sent: readonly SentLine[],
  shut: readonly ShutLine[] = [],
): Promise<SeatAnswer> {
  try {
    return await pushTogether(context, office, seat, sent, shut);
  } catch (error) {
    if (!isOfALine(error)) throw error;
    return pushOneByOne(context, office, seat, sent, shut);
  }
}

/** What the database refuses of the values themselves, or a bug: never a connection, a lock or a disk. */
function isOfALine(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return error instanceof TypeError || error instanceof RangeError || (typeof code === 'string' && /^2[23]/.test(code));
}

async function pushOneByOne(
  context: PushContext,
  office: number,
  seat: SeatNumber,
  sent: readonly SentLine[],
  shut: readonly ShutLine[],
): Promise<SeatAnswer> {
  const numbers = [...new Set([...sent, ...shut].map(({ line }) => line))].sort((a, b) => a - b);
  const answers: LineAnswer[] = [];
  let last: SeatAnswer | null = null;
  for (const number of numbers) {
    const lines = sent.filter(({ line }) => line === number);
    const closed = shut.filter(({ line }) => line === number);
    last = await pushTogether(context, office, seat, lines, closed).catch((error) => {
      const [line] = lines;
      if (!line || !isOfALine(error)) throw error;
      context.report(error, { ...line, seat });
      return pushTogether(context, office, seat, lines, closed, true);
    });
    answers.push(...last.answers);
    if (last.cloned) break;
  }
  if (!last) throw new Error('nothing was sent, and it could not be written');
  return { ...last, answers };
}

/** `unwritten`: the lines are refused without being decided. */
function pushTogether(
  context: PushContext,
  office: number,
  seat: SeatNumber,
  sent: readonly SentLine[],
  shut: readonly ShutLine[],
  unwritten = false,
): Promise<SeatAnswer> {
  return context.store.open(office, async (book) => {
    const state = await book.seat(seat);
    if (!state || state.office !== office) throw new Error(`seat ${seat} does not write in book ${office}`);
    const lost = new Set(shut.filter((line) => line.lost && line.line > state.lastLine).map(({ line }) => line));
    const nothing = { command: null, shape: 0, input: null, at: context.now(), grants: 0 };
    const lines = [...sent, ...[...lost].map((line) => ({ line, ...nothing }))]
      .map((line): Line => ({ ...line, seat }))
      .sort((a, b) => a.line - b.line);
    if (state.closed === 'cloned') return { seat, lastLine: state.lastLine, answers: [], cloned: true };

    const known = lines.filter((line) => line.line <= state.lastLine);
    const answers: LineAnswer[] = [];
    if (known.length > 0) {
      const before = await book.answered(seat, known[0]?.line ?? 0, known.at(-1)?.line ?? 0);
      const byLine = new Map(before.map((answer) => [answer.line, answer]));
      for (const line of known) {
        const answer = byLine.get(line.line);
        if (!answer || !isTheSame(answer, emptiedOf(context.registers, line))) {
          await book.write({ ...emptyBatch(book.state, state), close: 'cloned' });
          return { seat, lastLine: state.lastLine, answers, cloned: true };
        }
        answers.push(answerOf(answer));
      }
    }
    for (const { line } of shut) {
      if (lost.has(line)) continue;
      // What the book holds already needs no words.
      const [answer] = line <= state.lastLine ? await book.answered(seat, line, line) : [];
      answers.push(answer ? answerOf(answer) : { line, state: 'waiting' });
    }

    const fresh: Line[] = [];
    for (const line of lines.slice(known.length))
      if (line.line === state.lastLine + fresh.length + 1) fresh.push(line);
      else if (line.line > state.lastLine + fresh.length) answers.push({ line: line.line, state: 'waiting' });
    const undecided = new Map(
      fresh.flatMap(({ line }): [LineNumber, string][] =>
        lost.has(line) ? [[line, lineLost]] : unwritten ? [[line, couldNotDecide]] : [],
      ),
    );
    const decided = fresh.length > 0 ? await decideAndWrite(context, book, state, fresh, { undecided }) : [];
    answers.push(...decided);
    return {
      seat,
      lastLine: state.lastLine + decided.filter(({ state }) => state !== 'waiting').length,
      answers,
      ...(state.closed === 'withdrawn' && { withdrawn: true as const }),
    };
  });
}

/**
 * Writes one line of the server's own. Its number is taken under the book's lock, so that two servers on one database never use
 * the same one. Answers the line's own answer.
 */
export function pushOwnLine(
  context: PushContext,
  office: number,
  seat: SeatNumber,
  line: Omit<SentLine, 'line'>,
): Promise<LineAnswer> {
  return context.store.open(office, async (book) => {
    const state = await book.seat(seat);
    if (!state || state.office !== office) throw new Error(`seat ${seat} does not write in book ${office}`);
    const [answer] = await decideAndWrite(context, book, state, [{ ...line, seat, line: state.lastLine + 1 }]);
    return answer as LineAnswer;
  });
}

/** A line of the server's own for a book: all of it but the number, which is taken under the book's lock. */
export type OwnLine = { readonly office: OfficeId; readonly seat: SeatNumber; readonly line: Omit<SentLine, 'line'> };

/**
 * Writes a line of the server's own into each of two books, in one transaction, when `plan` has looked into both: what the one takes out
 * the other takes in, or nothing has happened. Null where the plan wants nothing. Throws when either line is refused.
 */
export function pushAcross(
  context: PushContext,
  one: OfficeId,
  other: OfficeId,
  plan: (one: OpenBook, other: OpenBook) => Promise<readonly [OwnLine, OwnLine] | null>,
): Promise<readonly LineAnswer[] | null> {
  return context.store.openTwo(one, other, async (...books) => {
    const lines = await plan(...books);
    if (lines === null) return null;
    const answers: LineAnswer[] = [];
    for (const [i, { office, seat, line }] of lines.entries()) {
      const book = books[i] as OpenBook;
      const state = await book.seat(seat);
      if (!state || state.office !== office) throw new Error(`seat ${seat} does not write in book ${office}`);
      const own = [{ ...line, seat, line: state.lastLine + 1 }];
      const [answer] = await decideAndWrite(context, book, state, own, { apartTo: i === 0 ? other : null });
      if (answer?.state !== 'accepted' && answer?.state !== 'flagged')
        throw new Error(`${line.command} was not taken by book ${office}: ${JSON.stringify(answer)}`);
      answers.push(answer);
    }
    return answers;
  });
}

/**
 * Whether a line is the one that was answered under its number. Where an erasure has taken its words, here or on its phone, the moment
 * at which it was written still tells it from what a second phone wrote.
 */
function isTheSame({ fingerprint, command, at, code }: Answered, line: Line): boolean {
  // One that was lost never knew its words: they may turn up elsewhere.
  if (code === lineLost) return true;
  if (fingerprint !== '' && !isWithoutErased(line)) return fingerprint === fingerprintOf(line);
  return at === line.at && (command === line.command || command === null || isWithoutErased(line));
}

/** What a line is, whoever carries it: two phones with one seat's numbers differ here. */
export function fingerprintOf(line: Line): string {
  // Her words may still come under this number, late or handed over.
  if (isWithoutErased(line)) return '';
  const { seat, line: number, command, shape, input, at } = line;
  return hashText(canonicalJson({ seat, line: number, command, shape, input, at })).slice(0, 32);
}

function answerOf({
  line,
  state,
  sequence,
  code,
  params,
  matter,
}: Omit<Answered, 'fingerprint' | 'command' | 'at'>): LineAnswer {
  if (state !== 'refused') return { line, state, sequence };
  return { line, state, sequence, code: code ?? '', params: params ?? {}, matter: matter ?? '' };
}

function emptyBatch(state: BookState, seat: SeatState): Batch {
  return {
    state,
    seat: seat.seat,
    lastLine: seat.lastLine,
    close: null,
    withdrawn: [],
    entries: [],
    records: [],
    cells: [],
    reaches: [],
    apart: [],
    apartTo: null,
  };
}

/** The records a push has loaded and changed so far. */
class Desk {
  readonly loaded = new Map<string, AnyKept | null>();
  readonly worth = new Map<string, readonly Fact[]>();
  readonly pages = new Map<string, readonly RecordId[]>();
  readonly touched = new Map<
    string,
    { first: AnyKept | null; now: AnyKept | null; worth: readonly Fact[]; sequence: number }
  >();

  /** Who holds a value apart, by field and keyed hash. */
  readonly holders = new Map<string, RecordId[]>();
  readonly apart = new Map<string, ApartWrite>();
  /** What the line that is being decided looked for and did not find. */
  readonly notFound = new Set<RecordId>();

  readonly registers: Registers;
  readonly book: OpenBook;
  readonly rules: readonly RuleInForce[];
  readonly safe: Safe | null;
  tree: OrganizationTree;

  constructor({ registers, rules, safe }: PushContext, book: OpenBook, tree: OrganizationTree) {
    this.registers = registers;
    this.book = book;
    this.rules = rules();
    this.safe = safe ?? null;
    this.tree = tree;
  }

  #hash(field: string, value: string): string {
    if (!this.safe) throw new Error(`${field} is to be kept apart and there is no safe`);
    return this.safe.hash(field, value);
  }

  shelf(): Shelf {
    return {
      record: (kind, id) => {
        const key = `${kind} ${id}`;
        const touched = this.touched.get(key);
        if (touched) return touched.now ?? 'none';
        const record = this.loaded.get(key);
        if (record === null) this.notFound.add(id);
        return record === undefined ? 'not-loaded' : (record ?? 'none');
      },
      page: (kind, index, key) => {
        const ids = this.pages.get(`${kind} ${index} ${key}`);
        if (!ids) return 'not-loaded';
        const keysOf = this.registers.kinds.get(kind)?.indexes[index];
        const found: AnyKept[] = [];
        for (const id of ids) {
          if (this.touched.has(`${kind} ${id}`)) continue;
          const record = this.loaded.get(`${kind} ${id}`);
          if (record) found.push(record);
        }
        for (const { now } of this.touched.values())
          if (now?.kind === kind && keysOf?.(now.body).includes(key)) found.push(now);
        return found;
      },
      holders: (field, value) => this.holders.get(`${field} ${this.#hash(field, value)}`) ?? 'not-loaded',
      counted: (kind, id) => (this.touched.get(`${kind} ${id}`) ?? { worth: this.worth.get(`${kind} ${id}`) }).worth,
      rules: this.rules,
      tree: this.tree,
    };
  }

  async load(lookups: readonly Lookup[]): Promise<void> {
    const wanted = new Map<string, { kind: string; id: RecordId }>();
    for (const lookup of lookups) {
      if (!('id' in lookup)) continue;
      const key = `${lookup.kind.kind} ${lookup.id}`;
      if (!this.loaded.has(key)) wanted.set(key, { kind: lookup.kind.kind, id: lookup.id });
    }
    if (wanted.size > 0) {
      for (const key of wanted.keys()) this.loaded.set(key, null);
      for (const { kept, worth } of await this.book.records([...wanted.values()])) this.#hold(kept, worth);
    }
    for (const lookup of lookups) {
      if ('id' in lookup) continue;
      if ('field' in lookup) {
        const hash = this.#hash(lookup.field, lookup.value);
        const ids = new Set(await this.book.holders(lookup.field, hash));
        // What this push has written so far counts as well.
        for (const { id, field, hash: now } of this.apart.values())
          if (field === lookup.field) now === hash ? ids.add(id) : ids.delete(id);
        this.holders.set(`${lookup.field} ${hash}`, [...ids]);
        continue;
      }
      const key = `${lookup.kind.kind} ${lookup.index} ${lookup.key}`;
      if (this.pages.has(key)) continue;
      const page = await this.book.page(lookup.kind.kind, lookup.index, lookup.key, pageLimit);
      for (const { kept, worth } of page) this.#hold(kept, worth);
      this.pages.set(
        key,
        page.map(({ kept }) => kept.id),
      );
    }
  }

  #hold(kept: AnyKept, worth: readonly Fact[]): void {
    this.loaded.set(`${kept.kind} ${kept.id}`, kept);
    this.worth.set(`${kept.kind} ${kept.id}`, worth);
  }

  apply(written: readonly Written[], apart: readonly Apart[], sequence: number): void {
    for (const { id, field, value } of apart) {
      const hash = value === null ? null : this.#hash(field, value);
      const sealed = value === null ? null : (this.safe?.seal(id, field, value) ?? null);
      this.apart.set(`${field} ${id}`, { id, field, hash, sealed });
      // Who holds what is asked anew by the next line of this push.
      this.holders.clear();
    }
    for (const { kind, id, before, after, worth } of written) {
      const key = `${kind} ${id}`;
      const touched = this.touched.get(key);
      this.touched.set(key, { first: touched ? touched.first : before, now: after, worth, sequence });
    }
  }
}

type HowWritten = {
  /** Lines that are refused with a code, without being decided. */
  readonly undecided?: ReadonlyMap<LineNumber, string>;
  /** The office to which what is kept apart of pages that leave goes along. */
  readonly apartTo?: OfficeId | null;
};

async function decideAndWrite(
  context: PushContext,
  book: OpenBook,
  seat: SeatState,
  lines: readonly Line[],
  { undecided = new Map(), apartTo = null }: HowWritten = {},
): Promise<LineAnswer[]> {
  const { registers } = context;
  const treeKind = registers.tree?.kind;
  const structureKinds = [grantKind.kind, ...(treeKind ? [treeKind] : [])];
  const structure = new Map((await book.structure(structureKinds)).map((kept) => [`${kept.kind} ${kept.id}`, kept]));
  const desk = new Desk(context, book, treeOf(registers, structure.values()));
  const receivedAt = context.now();
  let speaker = speakerOf(seat, structure.values(), desk.tree);
  let structureChanged = false;

  await loadAhead(registers, desk, speaker.actor, lines);

  let { sequence, head } = book.state;
  const entries: (Entry & { fingerprint: string })[] = [];
  const cells = new Map<string, PurposeCell>();
  const answers: LineAnswer[] = [];
  // A phone that was taken back is emptied when it has been answered: its lines cannot wait.
  const mayWait = seat.nature === 'person' && seat.closed === null;
  const gathers = mayWait && book.state.gathersUntil !== null && receivedAt < book.state.gathersUntil;
  const decidedLines: Line[] = [];
  for (const sent of lines) {
    desk.notFound.clear();
    const without = undecided.get(sent.line);
    const decided = without
      ? refuseLine(desk.shelf(), sent, speaker.actor, refuse(without))
      : await decideWithLoads(context, desk, sent, speaker);
    if (gathers && (await leansOnMissing(book, desk.notFound, sent, decided, seat))) break;
    decidedLines.push(sent);
    // From here on nobody knows more of the line than the book may hold.
    const line = emptiedOf(registers, sent);
    sequence += 1;
    desk.apply(decided.written, decided.apart ?? [], sequence);
    for (const { kind, counts } of decided.written) {
      const purpose = registers.kinds.get(kind)?.seenBy.name ?? 'office';
      for (const cell of counts) {
        const key = `${purpose} ${cellKey(cell)}`;
        cells.set(key, { ...cell, purpose, count: (cells.get(key)?.count ?? 0) + cell.count });
      }
    }
    const touchesStructure = decided.written.filter(({ kind }) => structureKinds.includes(kind));
    if (touchesStructure.length > 0) {
      structureChanged = true;
      for (const { kind, id, after } of touchesStructure)
        if (after) structure.set(`${kind} ${id}`, after);
        else structure.delete(`${kind} ${id}`);
      desk.tree = treeOf(registers, structure.values());
      if (seat.nature === 'person') speaker = speakerOf(seat, structure.values(), desk.tree);
    }

    const header: EntryHeader = {
      office: book.state.office,
      sequence,
      seat: seat.seat,
      line: line.line,
      person: seat.person,
      command: line.command,
      state: decided.state,
      at: line.at,
      receivedAt,
    };
    const body = entryBodyOf(line, decided);
    const salt = context.salt();
    const bodyHash = hashBody(salt, body);
    head = hashEntry(head, header, bodyHash);
    const fingerprint = fingerprintOf(line);
    entries.push({ ...header, id: formatEntryId(seat.seat, line.line), body, salt, bodyHash, hash: head, fingerprint });
    answers.push(
      answerOf({
        line: line.line,
        state: decided.state,
        sequence,
        code: decided.refusal?.code ?? null,
        params: decided.refusal?.params ?? null,
        matter: decided.refusal?.matter ?? null,
      }),
    );
  }

  // A line that waits keeps the ones behind it waiting: a seat's lines have no gaps.
  for (const line of lines.slice(decidedLines.length)) answers.push({ line: line.line, state: 'waiting' });
  if (decidedLines.length === 0) return answers;
  await book.write({
    state: { ...book.state, sequence, head, structureAt: structureChanged ? sequence : book.state.structureAt },
    seat: seat.seat,
    lastLine: decidedLines.at(-1)?.line as LineNumber,
    close: null,
    withdrawn: withdrawnSeats(desk),
    entries,
    records: recordWrites(registers, desk),
    cells: [...cells.values()].filter(({ count }) => count !== 0),
    apart: [...desk.apart.values()],
    apartTo,
    reaches: structureChanged ? changedReaches(await book.reaches(), structure.values(), desk.tree) : [],
  });
  return answers;
}

// A restored book lacks what was sent after its backup, and phones bring that back in any order. A line that was written over a
// page which has not come back yet, or under a role which has not, waits for it instead of being refused.
async function leansOnMissing(
  book: OpenBook,
  notFound: ReadonlySet<RecordId>,
  line: Line,
  decided: Decided,
  writer: SeatState,
): Promise<boolean> {
  for (const id of notFound) {
    if (!isRecordId(id)) continue;
    const made = entryOf(id);
    if (made.seat === writer.seat) continue;
    const seat = await book.seat(made.seat);
    if (seat === null || (seat.nature === 'person' && made.line > seat.lastLine)) return true;
  }
  const code = decided.refusal?.code;
  if (code !== 'access.not-allowed' && code !== 'access.out-of-reach') return false;
  const reach = (await book.reaches()).find(({ person }) => person === writer.person);
  return line.grants > (reach?.version ?? 0);
}

// A first guess at what all lines read, in as few queries as there are rounds. What a line turns out to need besides, because
// an earlier line of the same push made it, is loaded when it is decided.
async function loadAhead(registers: Registers, desk: Desk, actor: Actor, lines: readonly Line[]): Promise<void> {
  const speaker: Speaker = { actor, reach: null };
  let open = lines;
  for (let round = 0; round < 3 && open.length > 0; round++) {
    const lookups: Lookup[] = [];
    const again: Line[] = [];
    for (const line of open) {
      const command = line.command === null ? undefined : registers.commands.get(line.command);
      if (!command) continue;
      const ahead = attempt(() => decideLine(registers, desk.shelf(), line, speaker));
      if (ahead?.state !== 'not-loaded') continue;
      lookups.push(...ahead.lookups);
      again.push(line);
    }
    if (lookups.length > 0) await desk.load(lookups);
    open = again;
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    // Decided for real below, where a throw is reported and the line refused.
    return null;
  }
}

async function decideWithLoads(context: PushContext, desk: Desk, line: Line, speaker: Speaker): Promise<Decided> {
  try {
    for (;;) {
      const outcome = decideLine(context.registers, desk.shelf(), line, speaker);
      if (outcome.state === 'not-loaded') await desk.load(outcome.lookups);
      else if (outcome.state === 'to-confirm') throw new Error('the server has the whole book');
      else return outcome;
    }
  } catch (error) {
    context.report(error, line);
    return refuseLine(desk.shelf(), line, speaker.actor, refuse(couldNotDecide));
  }
}

function treeOf(registers: Registers, structure: Iterable<AnyKept>): OrganizationTree {
  const tree = new Map<RecordId, RecordId | null>();
  for (const { kind, id, body } of structure)
    if (kind === registers.tree?.kind) tree.set(id, registers.tree.parent(body));
  return tree;
}

function grantPages(structure: Iterable<AnyKept>): Kept<GrantPage>[] {
  return [...structure].filter(({ kind }) => kind === grantKind.kind) as Kept<GrantPage>[];
}

function speakerOf(seat: SeatState, structure: Iterable<AnyKept>, tree: OrganizationTree): Speaker {
  const { nature, person, office } = seat;
  const pages = nature === 'person' && person !== null ? grantPages(structure) : [];
  const grants = person !== null && seat.closed === null ? grantsOf(pages, person) : [];
  const actor: Actor = { nature, seat: seat.seat, office, person, grants };
  const reach: Reach | null = nature === 'person' ? reachOf(person, grants, tree) : null;
  // A role that was taken, and one over an organization that has gone: she is told where her page went, and nothing else.
  const everHeld = pages.flatMap(({ body }): Grant[] =>
    body.person === person ? [{ role: body.role, scope: body.organization }] : [],
  );
  return { actor, reach, everHeld };
}

function recordWrites(registers: Registers, desk: Desk): RecordWrite[] {
  const writes: RecordWrite[] = [];
  for (const { first, now, worth, sequence } of desk.touched.values()) {
    const kept = now ?? first;
    if (!kept) continue;
    const kind = registers.kinds.get(kept.kind);
    if (!kind) throw new Error(`no register keeps ${kept.kind}`);
    const standing = now ? standingOf(registers, now) : null;
    const stood = first ? standingOf(registers, first) : null;
    writes.push({
      kind: kept.kind,
      id: kept.id,
      sequence,
      kept: now,
      standing,
      left: stood && (!standing || !sameStanding(stood, standing)) ? stood : null,
      stage: kind.stage,
      worth,
      keys: now
        ? Object.entries(kind.indexes).flatMap(([index, keysOf]) => keysOf(now.body).map((key) => ({ index, key })))
        : [],
      isNew: first === null,
    });
  }
  return writes;
}

function withdrawnSeats(desk: Desk): SeatNumber[] {
  return [...desk.touched.values()].flatMap(({ now }) => {
    if (now?.kind !== phoneKind.kind) return [];
    const { seat, withdrawnOn } = now.body as PhonePage;
    return withdrawnOn === null ? [] : [seat];
  });
}

function sameStanding(a: Standing, b: Standing): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Whose reach a change of organizations or grants has changed, with the versions at which each pair came and went. */
export function changedReaches(
  before: readonly PersonReach[],
  structure: Iterable<AnyKept>,
  tree: OrganizationTree,
): PersonReach[] {
  const pages = grantPages(structure);
  const persons = new Set([...pages.map(({ body }) => body.person), ...before.map(({ person }) => person)]);
  const was = new Map(before.map((reach) => [reach.person, reach]));
  const changed: PersonReach[] = [];
  for (const person of persons) {
    const old = was.get(person) ?? { person, version: 0, rows: [] };
    const holds = reachOf(person, grantsOf(pages, person), tree).pairs;
    const version = old.version + 1;
    const rows: ReachRow[] = [];
    let differs = false;
    const open = new Set<string>();
    for (const row of old.rows) {
      const pair = `${row.purpose} ${row.scope}` as const;
      if (row.until !== null) rows.push(row);
      else if (holds.has(pair)) {
        open.add(pair);
        rows.push(row);
      } else {
        differs = true;
        rows.push({ ...row, until: version });
      }
    }
    for (const pair of holds) {
      if (open.has(pair)) continue;
      differs = true;
      const [purpose, scope] = pair.split(' ') as [ReachRow['purpose'], RecordId];
      rows.push({ purpose, scope, since: version, until: null });
    }
    if (differs) changed.push({ person, version, rows });
  }
  return changed;
}
