/*
 * The life of a line, the same on phone and server:
 *
 *   line ─► form ─► reads, up to three rounds ─► authority ─► scope of all it read ─► decide ─► scope of all it changes
 *                                                                                        │
 *        refused ◄── any step may refuse                                     changed records, flags, worth
 *
 * Nothing here touches a clock, a store or chance. What must stay true:
 *   - the same line over the same records gives the same outcome, to the letter;
 *   - a refused line changes no record but its own refusal;
 *   - a line of a person reads and changes only what her reach covers, or covered when it was written: a page may have moved while
 *     her phone was offline. Such a line is decided, and a flag tells those who own the page now.
 */
import type { OrganizationId, RecordId } from '../../kernel/ids.ts';
import { compareRecordIds, entryOf, formatEntryId, formatRecordId, isRecordId } from '../../kernel/ids.ts';
import { addDays, dayInPakistan, type PlainDate } from '../../kernel/plain-date.ts';
import { type Params, type Refusal, refuse } from '../../kernel/result.ts';
import { isWritable } from '../../kernel/writable.ts';
import {
  heirOf,
  lineUpward,
  maySee,
  type OrganizationTree,
  type Reach,
  type Standing,
  standsOver,
} from '../access/reach.ts';
import type { Actor, Grant } from '../access/role.ts';
import { canonicalJson } from './canonical.ts';
import type { AnyCommand, Change, Departing, Held, Lookup, Move, Occasion, Pages, Registers } from './command.ts';
import { type Departure, departureKind, straysFor } from './departure.ts';
import { type Cell, difference, type Fact } from './figures.ts';
import type { AnyKind, Kept, Kind } from './kind.ts';
import type { Line } from './line.ts';
import { type FlagPage, flagKind, type RefusalPage, refusalKind } from './notices.ts';
import { inForce, type Rule, type RuleInForce } from './rule.ts';

export type AnyKept = Kept<unknown>;

/** What a decider looks things up on: a phone's copy, or what the server has loaded. */
export type Shelf = {
  /** `none`: there is no such record. `not-here`: this copy cannot know. `not-loaded`: load it and ask again. */
  readonly record: (kind: string, id: RecordId) => AnyKept | 'none' | 'not-here' | 'not-loaded';
  readonly page: (kind: string, index: string, key: string) => readonly AnyKept[] | 'not-loaded';
  /** Which records hold a value that is kept apart; a shelf without it knows of none. */
  readonly holders?: (field: string, value: string) => readonly RecordId[] | 'not-loaded';
  /** What a record was last counted as, where the shelf keeps that. */
  readonly counted?: (kind: string, id: RecordId) => readonly Fact[] | undefined;
  readonly rules: readonly RuleInForce[];
  readonly tree: OrganizationTree;
};

/** Who speaks, and what she reaches; null reaches everything (an import, the server itself). */
export type Speaker = {
  readonly actor: Actor;
  readonly reach: Reach | null;
  /** Roles that she holds or has held, where the shelf keeps that: who had a page is told where it went. */
  readonly everHeld?: readonly Grant[];
};

/** One record as a line leaves it. */
export type Written = {
  readonly kind: string;
  readonly id: RecordId;
  readonly before: AnyKept | null;
  readonly after: AnyKept | null;
  /** What the record is now worth. */
  readonly worth: readonly Fact[];
  /** What that adds to the figures. */
  readonly counts: readonly Cell[];
};

/** A value that the server keeps apart, sealed; null takes it away. */
export type Apart = { readonly id: RecordId; readonly field: string; readonly value: string | null };

export type Decided = {
  readonly state: 'accepted' | 'flagged' | 'refused';
  readonly written: readonly Written[];
  readonly apart?: readonly Apart[];
  readonly refusal: { readonly code: string; readonly params: Params; readonly matter: string } | null;
};

export type Outcome =
  | Decided
  /** A phone's copy lacks what the line reads: the office will decide. */
  | { readonly state: 'to-confirm' }
  | { readonly state: 'not-loaded'; readonly lookups: readonly Lookup[] };

const mostRounds = 3;

export function decideLine(registers: Registers, shelf: Shelf, line: Line, speaker: Speaker): Outcome {
  const { actor } = speaker;
  const occasion = occasionOf(line, actor);
  const refused = (refusal: Refusal, matter?: RecordId) => refuseLine(shelf, line, actor, refusal, matter);

  if (line.command === null) return { state: 'accepted', written: [], refusal: null };
  const command = registers.commands.get(line.command);
  if (!command) return refused(refuse('book.unknown-command', { command: line.command }));
  const input = parseInput(command, line);
  if (!input.ok) return refused(input);

  const read = readAll(registers, command, input.value, shelf, speaker, occasion.on);
  if ('state' in read) return read;
  if ('refusal' in read) return refused(read.refusal, read.matter);

  if (!command.mayRun(actor, read.pages, input.value)) return refused(refuse('access.not-allowed'));
  const strays = new Map<RecordId, OrganizationId>();
  if (speaker.reach !== null)
    for (const kept of read.records) {
      if (read.beyond.has(kept.id)) continue;
      const standing = standingOf(registers, kept);
      // A reference page of a book above is there for everybody who has it; a phone has it, the server never reads it here.
      if (standing.purpose === 'reference' && !shelf.tree.has(standing.scope)) continue;
      if (maySee(speaker.reach, standing)) continue;
      const astray = isAstray(shelf, speaker.reach, actor, standing, kept.id, occasion.on);
      if (typeof astray === 'object') return astray;
      if (!astray) return refused(refuse('access.out-of-reach'));
      strays.set(kept.id, kept.scope);
    }

  const decision = command.decide(read.pages, input.value, occasion);
  if (!decision.ok) return refused(decision);
  const followed = followers(registers, decision.value, read.pages, shelf.tree);
  const movedSince = [...strays].map(([about, owner]): Change => {
    return { do: 'flag', code: 'book.moved-since', params: {}, about, owner };
  });
  let written = writeChanges(registers, [...decision.value, ...followed, ...movedSince], occasion, shelf);

  if (speaker.reach !== null) {
    const tree = grownTree(registers, shelf.tree, written);
    const along = new Set(followed.map(({ kind, id }) => `${kind.kind} ${id}`));
    const astray = new Map<string, OrganizationId>();
    for (const { kind, id, before, after } of written) {
      if (after && isNotice(after.kind)) continue;
      // What follows her is moved by the platform, as her own page was: nobody need see it for that.
      if (along.has(`${kind} ${id}`)) continue;
      const takenAway = after === null && read.beyond.has(before?.id ?? '');
      if (before && !takenAway && !strays.has(id) && !maySee(speaker.reach, standingOf(registers, before)))
        return refused(refuse('access.out-of-reach'));
      if (!after || mayWrite(registers, speaker.reach, actor, tree, after)) continue;
      if (strays.has(id) || [...strays.values()].includes(after.scope)) continue;
      const standing = standingOf(registers, after);
      const stray = before === null && isAstray(shelf, speaker.reach, actor, standing, id, occasion.on);
      if (typeof stray === 'object') return stray;
      if (!stray) {
        const gone = goneToAnother(shelf, speaker, registers.kinds.get(kind) as AnyKind, after.scope);
        if (gone && 'state' in gone) return gone;
        return refused(gone?.refusal ?? refuse('access.out-of-reach'));
      }
      astray.set(id, after.scope);
    }
    if (astray.size > 0) {
      const flags = [...astray].map(([about, owner]): Change => {
        return { do: 'flag', code: 'book.moved-since', params: {}, about, owner };
      });
      written = writeChanges(registers, [...decision.value, ...followed, ...movedSince, ...flags], occasion, shelf);
    }
  }
  const flagged = written.some(({ kind }) => kind === flagKind.kind);
  const apart = decision.value.flatMap((change) =>
    change.do === 'keep-apart' ? [{ id: change.id, field: change.field, value: change.value }] : [],
  );
  return { state: flagged ? 'flagged' : 'accepted', written, ...(apart.length > 0 && { apart }), refusal: null };
}

/** The line without what no book may hold. Deciding it gives the same; a line that names no secret stays as it is. */
export function emptiedOf(registers: Registers, line: Line): Line {
  const secret = line.command === null ? undefined : registers.commands.get(line.command)?.secret;
  if (!secret || typeof line.input !== 'object' || line.input === null) return line;
  const input: Record<string, unknown> = { ...line.input };
  for (const [field, whatStays] of Object.entries(secret))
    if (input[field] !== undefined && input[field] !== null) input[field] = whatStays(input[field]);
  return { ...line, input };
}

function occasionOf(line: Line, actor: Actor): Occasion {
  const entry = formatEntryId(line.seat, line.line);
  return { entry, actor, at: line.at, on: dayInPakistan(line.at), id: (nth) => formatRecordId(entry, nth) };
}

/** What a refused line writes: its refusal, kept until a person settles it, and nothing else. */
export function refuseLine(shelf: Shelf, line: Line, actor: Actor, refusal: Refusal, matter?: RecordId): Decided {
  const { entry, on } = occasionOf(line, actor);
  const { code, params } = refusal;
  const because = { code, params, matter: matter ?? entry };
  const owner = ownerOf(actor, shelf.tree);
  const page: RefusalPage = { entry, command: line.command, ...because, by: actor.person, owner, on, settled: null };
  const after: AnyKept = { id: entry, kind: refusalKind.kind, scope: owner, version: 1, body: page };
  return { state: 'refused', written: [written(refusalKind, null, after, shelf)], refusal: because };
}

/*
 * Whether a page that she does not reach was hers until it moved. Its own departure says from which organization; where a whole
 * organization moved, its pages are as they were and the departure names the organization above it.
 */
function isAstray(
  shelf: Shelf,
  reach: Reach,
  actor: Actor,
  standing: Standing,
  id: RecordId,
  on: PlainDate,
): boolean | Extract<Outcome, { state: 'not-loaded' }> {
  // What stands in another office's book is decided there, by its own leaders.
  if (standing.purpose === 'circle' || !shelf.tree.has(standing.scope)) return false;
  const keys = id === standing.scope ? [id] : [id, standing.scope];
  const pages = keys.map((key) => ({ key, page: shelf.page(departureKind.kind, 'moved', key) }));
  const open = pages.flatMap(({ key, page }) =>
    page === 'not-loaded' ? [{ kind: departureKind, index: 'moved', key }] : [],
  );
  if (open.length > 0) return { state: 'not-loaded', lookups: open };
  return pages.some(({ key, page }) =>
    (page as readonly Kept<Departure>[]).some(({ body }) => {
      if (body.office) return false;
      const from = body.moved.find((moved) => moved.id === key)?.from;
      if (from === undefined || on > addDays(body.on, straysFor)) return false;
      if (!maySee(reach, { purpose: standing.purpose, scope: from })) return false;
      return key !== standing.scope || standsOver(actor.grants, from, shelf.tree);
    }),
  );
}

type MovedPage = Extract<Change, { do: 'update' }>;

/** What goes along with those who move, as it stands afterwards. */
function followers(
  registers: Registers,
  changes: readonly Change[],
  pages: Pages,
  tree: OrganizationTree,
): readonly MovedPage[] {
  const moved: MovedPage[] = [];
  for (const change of changes) {
    if (change.do !== 'take-along') continue;
    const { out, into } = linesOf(tree, change.move);
    for (const kind of registers.kinds.values()) {
      if (!kind.along) continue;
      for (const kept of pages.page(kind, kind.along.index, change.person)) {
        const body = kind.along.to(kept.body, (organization) => heirOf(out, into, organization));
        if (canonicalJson(body) !== canonicalJson(kept.body)) moved.push({ do: 'update', kind, id: kept.id, body });
      }
    }
  }
  return moved;
}

function linesOf(tree: OrganizationTree, { from, to, under }: Move) {
  const into = under === undefined ? lineUpward(tree, to) : [to, ...lineUpward(tree, under)];
  return { out: lineUpward(tree, from), into };
}

export function standingOf(registers: Registers, kept: AnyKept): Standing {
  const kind = registers.kinds.get(kept.kind);
  if (!kind) throw new Error(`no register keeps ${kept.kind}`);
  const circle = kind.circle?.(kept.body);
  return { purpose: kind.seenBy.name, scope: kept.scope, ...(circle && { circle }) };
}

// A woman may write down what she will not see again: a relayed donor's number goes to the donor's own VO.
function mayWrite(registers: Registers, reach: Reach, actor: Actor, tree: OrganizationTree, after: AnyKept): boolean {
  const standing = standingOf(registers, after);
  return maySee(reach, standing) || standsOver(actor.grants, after.scope, tree);
}

// An organization owns itself: one that is new stands where it says it stands, or nobody could form it.
function grownTree(registers: Registers, tree: OrganizationTree, written: readonly Written[]): OrganizationTree {
  const source = registers.tree;
  const fresh = written.filter(({ kind, before, after }) => kind === source?.kind && before === null && after !== null);
  if (!source || fresh.length === 0) return tree;
  return new Map([...tree, ...fresh.map(({ id, after }) => [id, source.parent(after?.body)] as const)]);
}

function isNotice(kind: string): boolean {
  return kind === flagKind.kind || kind === refusalKind.kind;
}

function parseInput(command: AnyCommand, line: Line) {
  if (line.shape > command.upgrades.length) return refuse('book.newer-than-here');
  const upgraded = command.upgrades.slice(line.shape).reduce<unknown>((input, upgrade) => upgrade(input), line.input);
  if (!isWritable(line.input)) return refuse('book.bad-form', { where: '' });
  const parsed = command.input.safeParse(upgraded);
  if (parsed.success) return { ok: true as const, value: parsed.data as unknown };
  return refuse('book.bad-form', { where: parsed.error.issues[0]?.path.join('.') ?? '' });
}

type Reading =
  | { readonly pages: Pages; readonly records: readonly AnyKept[]; readonly beyond: ReadonlySet<RecordId> }
  | { readonly refusal: Refusal; readonly matter?: string }
  | { readonly state: 'to-confirm' }
  | { readonly state: 'not-loaded'; readonly lookups: readonly Lookup[] };

function readAll(
  registers: Registers,
  command: AnyCommand,
  input: unknown,
  shelf: Shelf,
  speaker: Speaker,
  on: PlainDate,
): Reading {
  const { actor } = speaker;
  const found = new Map<string, AnyKept | null>();
  const pagesFound = new Map<string, readonly AnyKept[]>();
  const beyond = new Set<RecordId>();
  const held = new Map<string, readonly RecordId[]>();
  const pages = pagesOver(found, pagesFound, held, shelf.rules, on);
  for (let round = 0; ; round++) {
    const open = command
      .reads(input, pages, actor)
      .flatMap((lookup) => ('following' in lookup ? alongOf(registers, lookup.following) : [lookup]))
      .filter((lookup) =>
        'id' in lookup
          ? !found.has(recordKey(lookup))
          : 'index' in lookup
            ? !pagesFound.has(pageKey(lookup))
            : !held.has(heldKey(lookup)),
      );
    if (open.length === 0) break;
    if (round === mostRounds) throw new Error(`${command.name} reads in more than ${mostRounds} rounds`);
    const missing: Lookup[] = [];
    for (const lookup of open) {
      if ('field' in lookup) {
        const holders = shelf.holders?.(lookup.field, lookup.value) ?? [];
        if (holders === 'not-loaded') missing.push(lookup);
        else held.set(heldKey(lookup), holders);
        continue;
      }
      if (!('id' in lookup)) {
        const page = shelf.page(lookup.kind.kind, lookup.index, lookup.key);
        if (page === 'not-loaded') missing.push(lookup);
        else {
          pagesFound.set(pageKey(lookup), page);
          if (lookup.beyond) for (const { id } of page) beyond.add(id);
        }
        continue;
      }
      const record = shelf.record(lookup.kind.kind, lookup.id);
      if (record === 'not-loaded') missing.push(lookup);
      else if (record === 'not-here') {
        if (!lookup.optional) return { state: 'to-confirm' };
        found.set(recordKey(lookup), null);
      } else if (record === 'none') {
        if (!lookup.optional) return missingPage(lookup, shelf, speaker);
        found.set(recordKey(lookup), null);
      } else found.set(recordKey(lookup), record);
    }
    if (missing.length > 0) return { state: 'not-loaded', lookups: missing };
  }
  const records = [...found.values(), ...[...pagesFound.values()].flat()].filter((record) => record !== null);
  return { pages, records, beyond };
}

function alongOf(registers: Registers, key: RecordId): Lookup[] {
  return [...registers.kinds.values()].flatMap((kind) =>
    kind.along ? [{ kind, index: kind.along.index, key, beyond: true }] : [],
  );
}

// A line that needs what a refused line would have made waits with it: one matter for one person to settle.
function missingPage(
  { kind, id }: { readonly kind: AnyKind; readonly id: RecordId },
  shelf: Shelf,
  speaker: Speaker,
): Reading {
  const gone = goneToAnother(shelf, speaker, kind, id);
  if (gone) return gone;
  if (!isRecordId(id)) return { refusal: refuse('book.no-such-page', { id }) };
  const { seat, line } = entryOf(id);
  const entry = formatEntryId(seat, line);
  const refusal = shelf.record(refusalKind.kind, entry);
  if (refusal === 'not-loaded')
    return { state: 'not-loaded', lookups: [{ kind: refusalKind, id: entry, optional: true }] };
  if (refusal === 'none' || refusal === 'not-here') return { refusal: refuse('book.no-such-page', { id }) };
  return { refusal: refuse('book.waits-for-refused', { entry }), matter: (refusal.body as RefusalPage).matter };
}

// Whoever had the page is told that it stands in another office's book now; to anybody else it is as if it had never been.
function goneToAnother(
  shelf: Shelf,
  { reach, everHeld = [] }: Speaker,
  kind: AnyKind,
  id: RecordId,
): { readonly refusal: Refusal } | Extract<Outcome, { state: 'not-loaded' }> | null {
  const page = shelf.page(departureKind.kind, 'moved', id);
  if (page === 'not-loaded')
    return { state: 'not-loaded', lookups: [{ kind: departureKind, index: 'moved', key: id }] };
  for (const { body } of (page as readonly Kept<Departure>[]).toReversed()) {
    if (body.office === undefined) continue;
    const from = body.moved.find((moved) => moved.id === id)?.from ?? body.from;
    const was: OrganizationTree = new Map([
      ...shelf.tree,
      ...body.moved.map((moved) => [moved.id, moved.from] as const),
    ]);
    const had =
      reach === null ||
      maySee(reach, { purpose: kind.seenBy.name, scope: from }) ||
      (kind.seenBy.reach !== 'circle' && standsOver(everHeld, from, was));
    if (had) return { refusal: refuse('book.gone-away', { on: body.on }) };
  }
  return null;
}

function recordKey(lookup: { readonly kind: AnyKind; readonly id: RecordId }): string {
  return `${lookup.kind.kind} ${lookup.id}`;
}

function heldKey({ field, value }: Held): string {
  return `${field} ${value}`;
}

function pageKey(lookup: { readonly kind: AnyKind; readonly index: string; readonly key: string }): string {
  return `${lookup.kind.kind} ${lookup.index} ${lookup.key}`;
}

function pagesOver(
  found: ReadonlyMap<string, AnyKept | null>,
  pagesFound: ReadonlyMap<string, readonly AnyKept[]>,
  held: ReadonlyMap<string, readonly RecordId[]>,
  rules: readonly RuleInForce[],
  on: PlainDate,
): Pages {
  return {
    get<T>(kind: Kind<T>, id: RecordId) {
      const record = found.get(recordKey({ kind, id }));
      if (!record) throw new Error(`${kind.kind} ${id} was not among the reads`);
      return record as Kept<T>;
    },
    maybe: <T>(kind: Kind<T>, id: RecordId) => (found.get(recordKey({ kind, id })) ?? undefined) as Kept<T> | undefined,
    page: <T>(kind: Kind<T>, index: string, key: string) =>
      (pagesFound.get(pageKey({ kind, index, key })) ?? []) as readonly Kept<T>[],
    rule: <T>(rule: Rule<T>) => inForce(rule, rules, on),
    holders: (field: string, value: string) => held.get(heldKey({ field, value })) ?? [],
  };
}

function writeChanges(registers: Registers, changes: readonly Change[], occasion: Occasion, shelf: Shelf): Written[] {
  const touched = new Map<string, { before: AnyKept | null; after: AnyKept | null; kind: AnyKind }>();
  const now = (kind: AnyKind, id: RecordId): AnyKept => {
    const seen = touched.get(`${kind.kind} ${id}`);
    const record = seen ? seen.after : shelf.record(kind.kind, id);
    if (record === null || typeof record === 'string') throw new Error(`${kind.kind} ${id} was changed but never read`);
    return record;
  };
  const put = (kind: AnyKind, id: RecordId, before: AnyKept | null, after: AnyKept | null) => {
    const key = `${kind.kind} ${id}`;
    const seen = touched.get(key);
    touched.set(key, { kind, before: seen ? seen.before : before, after });
  };
  const make = (kind: AnyKind, id: RecordId, body: unknown) =>
    put(kind, id, null, { id, kind: kind.kind, scope: kind.scope(body), version: 1, body });
  const flags: Extract<Change, { do: 'flag' }>[] = [];
  const departures: Departing[] = [];
  let made = 0;

  for (const change of changes) {
    switch (change.do) {
      case 'create':
        made += 1;
        make(change.kind, occasion.id(made), change.body);
        break;
      case 'update': {
        const before = now(change.kind, change.id);
        put(change.kind, change.id, before, changed(before, change.kind, change.body));
        break;
      }
      case 'correct': {
        const before = now(change.kind, change.id);
        put(change.kind, change.id, before, corrected(before, change, flags));
        break;
      }
      case 'remove':
        put(change.kind, change.id, now(change.kind, change.id), null);
        break;
      case 'arrive':
        make(change.kind, change.id, change.body);
        break;
      case 'flag':
        flags.push(change);
        break;
      case 'depart':
        departures.push(change.departure);
        break;
      case 'take-along':
      case 'keep-apart':
        break;
    }
  }
  for (const departure of departures) {
    made += 1;
    // An organization owns itself: when it moves, what changes is the one above it.
    const whole = departure.kind === 'organization' ? [{ id: departure.about, from: departure.from }] : [];
    const moved = [...touched.values()].flatMap(({ before, after }) => {
      if (!before || (whole.length > 0 && before.id === departure.about)) return [];
      const above = before.kind === registers.tree?.kind ? registers.tree.parent(before.body) : null;
      const left = after === null ? departure.office !== undefined : before.scope !== after.scope;
      return left ? [{ id: before.id, from: above ?? before.scope }] : [];
    });
    const { on, actor } = occasion;
    make(departureKind, occasion.id(made), { ...departure, on, by: actor.person, moved: [...whole, ...moved] });
  }
  // Flags are numbered after the records, so that `occasion.id` means the same wherever a flag stands in the list.
  for (const { code, params, about, owner } of flags) {
    made += 1;
    const page: FlagPage = {
      entry: occasion.entry,
      code,
      params,
      about,
      by: occasion.actor.person,
      owner,
      on: occasion.on,
      settled: null,
    };
    make(flagKind, occasion.id(made), page);
  }
  return [...touched.values()]
    .filter(({ before, after }) => before !== null || after !== null)
    .map(({ kind, before, after }) => written(kind, before, after, shelf));
}

function written(kind: AnyKind, before: AnyKept | null, after: AnyKept | null, shelf: Shelf): Written {
  const id = (after ?? before)?.id as RecordId;
  const worthBefore = before ? (shelf.counted?.(kind.kind, id) ?? kind.measure(before.body)) : [];
  const worth = after ? kind.measure(after.body) : [];
  return { kind: kind.kind, id, before, after, worth, counts: difference(worthBefore, worth) };
}

function changed(before: AnyKept, kind: AnyKind, body: unknown): AnyKept {
  return { ...before, scope: kind.scope(body), version: before.version + 1, body };
}

function corrected(
  before: AnyKept,
  change: Extract<Change, { do: 'correct' }>,
  flags: Extract<Change, { do: 'flag' }>[],
): AnyKept {
  const version = before.version + 1;
  const marks: Record<string, number> = { ...before.corrected };
  const body = before.body as Record<string, unknown>;
  for (const [field, value] of Object.entries(change.fields)) {
    const differs = JSON.stringify(body[field]) !== JSON.stringify(value);
    if ((marks[field] ?? 0) > change.saw && differs)
      flags.push({
        do: 'flag',
        code: 'book.corrected-twice',
        params: { field, now: shown(value), before: shown(body[field]) },
        about: before.id,
        owner: before.scope,
      });
    marks[field] = version;
  }
  return { ...changed(before, change.kind, { ...body, ...change.fields }), corrected: marks };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

// The leaders of the organization she wrote for settle it; with no grant left, those of the whole office.
function ownerOf(actor: Actor, tree: OrganizationTree): OrganizationId {
  const granted = actor.grants.find((grant) => tree.has(grant.scope));
  if (granted) return granted.scope;
  const roots = [...tree].flatMap(([organization, parent]) => (parent === null ? [organization] : []));
  const root = roots.sort(compareRecordIds)[0];
  if (root) return root;
  throw new Error('an office without a root organization keeps no book');
}
