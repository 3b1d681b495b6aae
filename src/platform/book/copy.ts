/*
 * What a phone holds of its office, in memory, with indexes:
 *
 *   confirmed records (from pull)  ──┐
 *                                    ├──►  shown records  ──►  screens, and the reads of the next line
 *   lines not yet answered ─ decide ─┘
 *
 * When confirmed records change, the unanswered lines are decided over them again, in order. What must stay true:
 *   - shown = confirmed + what the unanswered lines do to it, whatever order pull and push answered in;
 *   - a line's effect stays until a page that includes it has come, and never longer.
 */
import type { LineNumber, OfficeId, PersonId, RecordId } from '../../kernel/ids.ts';
import type { Params } from '../../kernel/result.ts';
import { type OrganizationTree, reachOf } from '../access/reach.ts';
import type { Actor } from '../access/role.ts';
import type { Registers } from './command.ts';
import { type AnyKept, type Decided, decideLine, type Outcome, type Shelf, type Speaker } from './decide.ts';
import { type Cell, cellKey } from './figures.ts';
import { type AnyKind, isAbout, type Kept, type Kind } from './kind.ts';
import type { Line } from './line.ts';
import { rulesIn } from './published-rules.ts';
import type { RuleInForce } from './rule.ts';
import { addToWhole, formatWhole } from './whole.ts';

/** How far a line has come. A refused line stays until a person settles it. */
export type LineState =
  | { readonly state: 'unsent' }
  | { readonly state: 'accepted' | 'flagged'; readonly sequence: number }
  | {
      readonly state: 'refused';
      readonly sequence: number;
      readonly code: string;
      readonly params: Params;
      readonly matter: RecordId;
    };

/** A line as the phone keeps it. */
export type KeptLine = { readonly line: Line; readonly is: LineState };

/** What one page of pull brought, already out of its columns. */
export type Arrival = {
  readonly office: OfficeId;
  readonly leaves: readonly RecordId[];
  readonly records: readonly AnyKept[];
  readonly cells: readonly Cell[];
  /** The cells are all there are: those that stood before go. */
  readonly allCells?: boolean;
  readonly sequence: number;
};

type Effect = { readonly line: Line; readonly outcome: Outcome };

export class Copy {
  readonly #registers: Registers;
  readonly #own: OfficeId;
  #actor: Actor;
  #speaker: Speaker | null = null;
  readonly #confirmed = new Map<string, Map<RecordId, AnyKept>>();
  readonly #officeOf = new Map<RecordId, OfficeId>();
  readonly #indexes = new Map<string, Map<string, Set<RecordId>>>();
  readonly #cells = new Map<string, Cell>();
  #tree: Map<RecordId, RecordId | null> | null = null;
  #rules: readonly RuleInForce[] | null = null;
  #sequence = 0;
  #lines: KeptLine[] = [];
  #effects: Effect[] = [];
  readonly #overlay = new Map<string, AnyKept | null>();
  #pendingCells: Cell[] = [];
  #changes = 0;

  constructor(registers: Registers, actor: Actor) {
    this.#registers = registers;
    this.#own = actor.office;
    this.#actor = actor;
  }

  get actor(): Actor {
    return this.#actor;
  }

  /** Grows whenever anything shown may have changed. */
  get changes(): number {
    return this.#changes;
  }

  get lines(): readonly KeptLine[] {
    return this.#lines;
  }

  /** Roles given or taken. What she may do changes at once; what leaves her phone comes by pull. */
  become(actor: Actor): void {
    this.#actor = actor;
    this.#speaker = null;
    this.#decideAgain();
  }

  /** Opens a stored copy: records, cells and lines as they were saved. */
  load(arrivals: readonly Arrival[], lines: readonly KeptLine[]): void {
    for (const arrival of arrivals) this.#take(arrival);
    this.#lines = [...lines];
    this.#decideAgain();
  }

  /** What a line would do, without writing it. */
  decide(line: Line): Outcome {
    // An empty copy knows nothing of the office, not even who may: what is written into it, the office decides.
    if (this.tree().size === 0) return { state: 'to-confirm' };
    try {
      return decideLine(this.#registers, this.#shelf(), line, this.#whoSpeaks());
    } catch {
      // A bug that one line meets must not keep the register shut: the line is kept, and the office decides it and is told.
      return { state: 'to-confirm' };
    }
  }

  /** Takes over a line that has been saved. */
  adopt(line: Line): void {
    const kept: KeptLine = { line, is: { state: 'unsent' } };
    this.#lines.push(kept);
    this.#apply({ line, outcome: this.decide(line) });
    this.#changes += 1;
  }

  /** An unsent line is emptied; its number stays. */
  undo(number: LineNumber): void {
    this.#lines = this.#lines.map((kept) =>
      kept.line.line === number && kept.is.state === 'unsent'
        ? { ...kept, line: { ...kept.line, command: null, input: null } }
        : kept,
    );
    this.#decideAgain();
  }

  /** Takes over what the server answered, in one step. */
  receive(
    answers: ReadonlyMap<LineNumber, LineState>,
    arrivals: readonly Arrival[],
    emptied: readonly Line[] = [],
  ): void {
    this.#lines = this.#lines.map((kept) => {
      const is = answers.get(kept.line.line);
      const line = emptied.find((other) => other.line === kept.line.line) ?? kept.line;
      return is ? { line, is } : kept;
    });
    for (const arrival of arrivals) this.#take(arrival);
    this.#decideAgain();
  }

  /** Lines that a person has settled, or that are safe elsewhere, leave the copy. */
  forget(gone: (kept: KeptLine) => boolean): void {
    this.#lines = this.#lines.filter((kept) => !gone(kept));
    this.#changes += 1;
  }

  get<T>(kind: Kind<T>, id: RecordId): Kept<T> | undefined {
    const record = this.#shown(kind.kind, id);
    return record === 'not-here' ? undefined : (record as Kept<T>);
  }

  /** Every record of a kind, in no order. */
  *all<T>(kind: Kind<T>): Generator<Kept<T>> {
    for (const [id, record] of this.#confirmed.get(kind.kind) ?? [])
      if (!this.#overlay.has(overlayKey(kind.kind, id))) yield record as Kept<T>;
    for (const record of this.#overlay.values()) if (record?.kind === kind.kind) yield record as Kept<T>;
  }

  /** A kind that another register declares, known by its name only. */
  kind(name: string): AnyKind | undefined {
    return this.#registers.kinds.get(name);
  }

  /** Records of such a kind. */
  byKind(kind: string): Iterable<AnyKept> {
    const known = this.#registers.kinds.get(kind);
    return known ? (this.all(known) as Iterable<AnyKept>) : [];
  }

  /**
   * All that this copy holds on one person, of whatever register, and what is kept beside one of those pages. `merged` are pages that
   * turned out to be hers.
   */
  *about(stays: PersonId, merged: ReadonlySet<PersonId>): Generator<AnyKept> {
    const kinds = [...this.#registers.kinds.values()];
    const hers = new Set<RecordId>();
    for (const kind of kinds)
      if (kind.concerns)
        for (const kept of this.all(kind))
          if (isAbout(kind, kept, stays, merged)) {
            hers.add(kept.id);
            yield kept;
          }
    for (const kind of kinds)
      if (kind.about && !kind.concerns)
        for (const kept of this.all(kind)) if (kind.about(kept.body).some((page) => hers.has(page))) yield kept;
  }

  find<T>(kind: Kind<T>, index: string, key: string): Kept<T>[] {
    return this.#page(kind.kind, index, key) as Kept<T>[];
  }

  /** Which office's book a record came from; her own for one that is not yet sent. */
  officeOf(id: RecordId): OfficeId {
    return this.#officeOf.get(id) ?? this.#own;
  }

  /** The office's figures as last heard, with what the unanswered lines add. */
  cells(): Cell[] {
    return [...this.#cells.values(), ...this.#pendingCells];
  }

  tree(): OrganizationTree {
    if (this.#tree) return this.#tree;
    const tree = new Map<RecordId, RecordId | null>();
    const source = this.#registers.tree;
    if (source) {
      for (const record of this.#confirmed.get(source.kind)?.values() ?? [])
        if (this.officeOf(record.id) === this.#own) tree.set(record.id, source.parent(record.body));
      // An organization that she has formed herself, on the road, stands where the office will find it standing.
      for (const record of this.#overlay.values())
        if (record?.kind === source.kind) tree.set(record.id, source.parent(record.body));
    }
    this.#tree = tree;
    return tree;
  }

  rules(): readonly RuleInForce[] {
    this.#rules ??= rulesIn(this.#confirmed.get('rule')?.values() ?? []);
    return this.#rules;
  }

  /** What the confirmed records of one office amount to, to hold against what the server says a whole copy is. */
  whole(office: OfficeId, hash: (text: string) => string): { readonly count: number; readonly hash: string } {
    let sum = 0n;
    let count = 0;
    for (const records of this.#confirmed.values())
      for (const { id, version } of records.values())
        if (this.#officeOf.get(id) === office) {
          sum = addToWhole(sum, id, version, hash);
          count += 1;
        }
    return { count, hash: formatWhole(sum) };
  }

  /** Whether a record is as the server has it, or still shows an unanswered line. */
  isConfirmed(kind: string, id: RecordId): boolean {
    return !this.#overlay.has(overlayKey(kind, id));
  }

  #whoSpeaks(): Speaker {
    this.#speaker ??= {
      actor: this.#actor,
      reach: reachOf(this.#actor.person, this.#actor.grants, this.tree()),
    };
    return this.#speaker;
  }

  #shelf(): Shelf {
    return {
      record: (kind, id) => this.#shown(kind, id),
      page: (kind, index, key) => this.#page(kind, index, key),
      rules: this.rules(),
      tree: this.tree(),
    };
  }

  #shown(kind: string, id: RecordId): AnyKept | 'not-here' {
    const over = this.#overlay.get(overlayKey(kind, id));
    if (over !== undefined) return over ?? 'not-here';
    return this.#confirmed.get(kind)?.get(id) ?? 'not-here';
  }

  #page(kind: string, index: string, key: string): AnyKept[] {
    const found: AnyKept[] = [];
    const records = this.#confirmed.get(kind);
    for (const id of this.#indexes.get(`${kind} ${index}`)?.get(key) ?? [])
      if (!this.#overlay.has(overlayKey(kind, id))) found.push(records?.get(id) as AnyKept);
    const keysOf = this.#kind(kind).indexes[index];
    for (const record of this.#overlay.values())
      if (record?.kind === kind && keysOf?.(record.body).includes(key)) found.push(record);
    return found;
  }

  #kind(kind: string): AnyKind {
    const known = this.#registers.kinds.get(kind);
    if (!known) throw new Error(`no register keeps ${kind}`);
    return known;
  }

  #take(arrival: Arrival): void {
    for (const id of arrival.leaves) this.#drop(id);
    for (const record of arrival.records) {
      // A kind this app does not know yet stays on the server until the app is newer.
      if (!this.#registers.kinds.has(record.kind)) continue;
      this.#drop(record.id, record.kind);
      let records = this.#confirmed.get(record.kind);
      if (!records) {
        records = new Map();
        this.#confirmed.set(record.kind, records);
      }
      records.set(record.id, record);
      this.#officeOf.set(record.id, arrival.office);
      this.#index(record, (keys, key) => {
        const ids = keys.get(key);
        if (ids) ids.add(record.id);
        else keys.set(key, new Set([record.id]));
      });
    }
    if (arrival.office === this.#own) {
      if (arrival.allCells) this.#cells.clear();
      for (const cell of arrival.cells) {
        if (cell.count === 0) this.#cells.delete(cellKey(cell));
        else this.#cells.set(cellKey(cell), cell);
      }
      this.#sequence = arrival.sequence;
    }
    this.#tree = null;
    this.#rules = null;
    this.#speaker = null;
  }

  #drop(id: RecordId, only?: string): void {
    for (const [kind, records] of only ? [[only, this.#confirmed.get(only)] as const] : this.#confirmed) {
      const record = records?.get(id);
      if (!record) continue;
      records?.delete(id);
      this.#index(record, (keys, key) => {
        const ids = keys.get(key);
        ids?.delete(id);
        if (ids?.size === 0) keys.delete(key);
      });
      if (kind === this.#registers.tree?.kind) this.#tree = null;
    }
  }

  #index(record: AnyKept, each: (keys: Map<string, Set<RecordId>>, key: string) => void): void {
    for (const [name, keysOf] of Object.entries(this.#kind(record.kind).indexes)) {
      let keys = this.#indexes.get(`${record.kind} ${name}`);
      if (!keys) {
        keys = new Map();
        this.#indexes.set(`${record.kind} ${name}`, keys);
      }
      for (const key of keysOf(record.body)) each(keys, key);
    }
  }

  #forgetTree(): void {
    this.#tree = null;
    this.#speaker = null;
  }

  #decideAgain(): void {
    this.#overlay.clear();
    this.#forgetTree();
    this.#pendingCells = [];
    this.#effects = [];
    for (const { line, is } of this.#lines) {
      if (is.state === 'refused') continue;
      if (is.state !== 'unsent' && is.sequence <= this.#sequence) continue;
      this.#apply({ line, outcome: this.decide(line) });
    }
    this.#changes += 1;
  }

  #apply(effect: Effect): void {
    this.#effects.push(effect);
    const { outcome } = effect;
    if (outcome.state !== 'accepted' && outcome.state !== 'flagged') return;
    for (const { kind, id, after } of (outcome as Decided).written) {
      this.#overlay.set(overlayKey(kind, id), after);
      if (kind === this.#registers.tree?.kind) this.#forgetTree();
    }
    this.#pendingCells.push(...outcome.written.flatMap(({ counts }) => counts));
  }

  /** How an unanswered line stands on this phone: it may be refused here before the server has spoken. */
  outcomeOf(number: LineNumber): Outcome | undefined {
    return this.#effects.find(({ line }) => line.line === number)?.outcome;
  }
}

function overlayKey(kind: string, id: RecordId): string {
  return `${kind} ${id}`;
}
