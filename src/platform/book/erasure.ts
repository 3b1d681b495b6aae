/*
 * A woman asks to be erased:
 *
 *   her wish, told by a bearer ─► a day in which it can be taken back ─► the office removes her pages (`book.erase`, an entry like any
 *   other: figures fall, phones drop them) ─► the words about her are erased from every entry, the hashes stay
 *
 * Which pages are hers: the one that was named, and every page that says it is `about` one of hers, and so on. A page that only mentions
 * her stays, and what it says beside her id is struck out. Ids stay where they stand: they lead to nothing any more.
 */
import * as z from 'zod/mini';
import type { RecordId } from '../../kernel/ids.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../access/purpose.ts';
import { command, create, type Lookup, type Register, read, readIfAny, readIndex, remove, update } from './command.ts';
import type { AnyKept } from './decide.ts';
import { changesIn, type Entry } from './entry.ts';
import { type AnyKind, kind } from './kind.ts';
import { refusalKind } from './notices.ts';

const erasureShape = z.object({
  subject: z.string(),
  kind: z.string(),
  /** Ids of the pages that went, so that a phone knows which of its own lines to empty. */
  pages: z.array(z.string()),
  askedOn: z.string(),
  by: z.nullable(z.string()),
  owner: z.string(),
  state: z.enum(['asked', 'taken-back', 'done']),
  doneOn: z.nullable(z.string()),
});
export type Erasure = z.infer<typeof erasureShape>;

/** Whose pages go, and when they went. Ids and days only: seen by every phone of the office, so that each can follow. */
export const erasureKind = kind<Erasure>({
  kind: 'erasure',
  shape: erasureShape,
  seenBy: purposes.reference,
  scope: (erasure) => erasure.owner,
  indexes: { subject: (erasure) => [erasure.subject] },
  measure: (erasure) => (erasure.doneOn === null ? [] : [{ figure: 'erasures', on: erasure.doneOn, count: 1 }]),
});

/** The wishes and their carrying-out, over the kinds of these registers. */
export function erasureRegister(registers: readonly Register[]): Register {
  const kinds = new Map(registers.flatMap((register) => register.kinds).map((known) => [known.kind, known]));
  const of = (name: string): AnyKind => {
    const known = kinds.get(name);
    if (!known) throw new Error(`no register keeps ${name}`);
    return known;
  };

  // A kind that no register keeps is a wrong form, not a bug that a line meets.
  const page = z.strictObject({ kind: z.string().check(z.refine((name) => kinds.has(name))), id: idShape });

  const ask = command({
    name: 'book.ask-erasure',
    nature: 'decision',
    input: z.strictObject({ kind: z.string().check(z.maxLength(60)), subject: idShape, owner: idShape }),
    reads: (input) => (kinds.has(input.kind) ? [read(of(input.kind), input.subject)] : []),
    mayRun: (actor, _pages, input) => kinds.has(input.kind) && actor.grants.some(({ role }) => role === 'lso-bearer'),
    decide: (_pages, input, { on, actor }) =>
      accept([
        create(erasureKind, {
          ...input,
          pages: [],
          askedOn: on,
          by: actor.person,
          state: 'asked' as const,
          doneOn: null,
        }),
      ]),
  });

  const takeBack = command({
    name: 'book.take-erasure-back',
    nature: 'decision',
    input: z.strictObject({ erasure: idShape }),
    reads: (input) => [read(erasureKind, input.erasure)],
    mayRun: (actor) => actor.grants.some(({ role }) => role === 'lso-bearer'),
    decide: (pages, input) => {
      const erasure = pages.get(erasureKind, input.erasure);
      if (erasure.body.state === 'done') return refuse('book.already-erased');
      return accept([update(erasureKind, erasure.id, { ...erasure.body, state: 'taken-back' as const })]);
    },
  });

  const erase = command({
    name: 'book.erase',
    nature: 'witness',
    input: z.strictObject({
      subject: idShape,
      hers: z.array(page),
      /** Pages that only mention her. */
      beside: z.array(page),
      erasure: z.nullable(idShape),
      /** Pages that were found before the server was cut off, or before a restore, and are no longer here. */
      before: z.optional(z.array(idShape)),
      /** The organization whose page it was: it owns what tells the phones. Older servers told it to the wish alone. */
      owner: z.optional(idShape),
    }),
    reads: (input): Lookup[] => [
      ...[...input.hers, ...input.beside].map(({ kind, id }) => readIfAny(of(kind), id)),
      readIndex(erasureKind, 'subject', input.subject),
    ],
    mayRun: (actor) => actor.nature === 'server',
    decide: (pages, input, { on }) => {
      const gone = new Set<RecordId>([input.subject, ...input.hers.map(({ id }) => id), ...(input.before ?? [])]);
      const told = pages.page<Erasure>(erasureKind, 'subject', input.subject);
      // However many have told her wish, it is carried out once.
      const wishes = told.filter(({ id, body }) => body.state === 'asked' || id === input.erasure);
      const answered = wishes.length > 0 ? wishes : told.filter(({ body }) => body.state === 'done').slice(0, 1);
      for (const { body } of told) for (const page of body.pages) gone.add(page);
      const done = { pages: [...gone], state: 'done' as const, doneOn: on };
      // A restored book may know of no wish: the phones are told all the same which of their lines to empty.
      const { kind = 'page' } = input.hers.find(({ id }) => id === input.subject) ?? {};
      const unasked = { subject: input.subject, kind, askedOn: on, by: null, ...done };
      return accept([
        ...input.hers.flatMap(({ kind, id }) => (pages.maybe(of(kind), id) ? [remove(of(kind), id)] : [])),
        ...input.beside.flatMap(({ kind, id }) => {
          const kept = pages.maybe<unknown>(of(kind), id);
          return kept ? [update(of(kind), id, struckOut(kept.body, gone))] : [];
        }),
        ...answered.map(({ id, body }) => update(erasureKind, id, { ...body, ...done, doneOn: body.doneOn ?? on })),
        ...(answered.length === 0 && input.owner ? [create(erasureKind, { ...unasked, owner: input.owner })] : []),
      ]);
    },
  });

  return { name: 'erasure', kinds: [erasureKind], commands: [ask, takeBack, erase] };
}

/** What the erasing itself says names ids and no woman: it stays, so that a wish can be told again to a book that has lost it. */
export const erasingCommands: ReadonlySet<string | null> = new Set([
  'book.ask-erasure',
  'book.take-erasure-back',
  'book.erase',
]);

/** Which of these pages are hers, and which only mention her. `gone` grows until no page is about one of hers. */
export function pagesAbout(
  kinds: ReadonlyMap<string, AnyKind>,
  gone: ReadonlySet<RecordId>,
  found: readonly AnyKept[],
): { readonly hers: readonly AnyKept[]; readonly beside: readonly AnyKept[] } {
  const hers = found.filter(
    ({ kind, id, body }) =>
      // A line that once made a page of hers, and is refused when it is told again, leaves its refusal under the same id.
      (gone.has(id) && kind !== refusalKind.kind) || goesWith(kinds.get(kind), body, id).some((page) => gone.has(page)),
  );
  const beside = found.filter((kept) => !hers.includes(kept) && canBeStruck(kept.body, gone));
  return { hers, beside };
}

function goesWith(kind: AnyKind | undefined, body: unknown, id: RecordId): readonly RecordId[] {
  const concerned = kind?.concerns?.person(body, id) ?? null;
  return [...(concerned === null ? [] : [concerned]), ...(kind?.about?.(body) ?? [])];
}

const struckName = { sd: null, ur: null, en: '—' };

function canBeStruck(body: unknown, gone: ReadonlySet<RecordId>): boolean {
  return JSON.stringify(struckOut(body, gone)) !== JSON.stringify(body);
}

type Left = Pick<Entry, 'body' | 'remains'>;

/** Whether the words of an entry say something of her: it changes a page of hers, or gives a name beside one of her ids. */
export function isAboutHer(entry: Left, gone: ReadonlySet<RecordId>): boolean {
  return changesIn(entry).some(({ id }) => gone.has(id)) || canBeStruck(entry.body ?? changesIn(entry), gone);
}

/**
 * The pages of which a change may say something of her: hers, those that name her, and those of which any of these entries says that they
 * did. Such a page may have had her name changed on it in an entry that does not give her id again.
 */
export function pagesNear(
  entries: readonly Left[],
  gone: ReadonlySet<RecordId>,
  beside: readonly AnyKept[],
): ReadonlySet<RecordId> {
  const naming = entries.flatMap(changesIn).filter((change) => namesOneOf(change, gone));
  return new Set([...gone, ...[...naming, ...beside].map(({ id }) => id)]);
}

/** Whether one of these ids stands anywhere in it. */
export function namesOneOf(part: unknown, gone: ReadonlySet<RecordId>): boolean {
  if (typeof part === 'string') return gone.has(part);
  return part !== null && typeof part === 'object' && Object.values(part).some((within) => namesOneOf(within, gone));
}

/** A page's body without the names that stand beside one of these ids. */
export function struckOut(body: unknown, gone: ReadonlySet<RecordId>): unknown {
  if (Array.isArray(body)) return body.map((part) => struckOut(part, gone));
  if (body === null || typeof body !== 'object') return body;
  const fields = Object.entries(body);
  const isAboutHer = fields.some(([, value]) => typeof value === 'string' && gone.has(value));
  return Object.fromEntries(
    fields.map(([field, value]) => [field, isAboutHer && isName(value) ? struckName : struckOut(value, gone)]),
  );
}

function isName(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.keys(value).sort().join() === 'en,sd,ur';
}
