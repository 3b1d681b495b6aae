import fc from 'fast-check';
import { bloodGroups } from '../../kernel/blood-group.ts';
import type { PersonId, RecordId } from '../../kernel/ids.ts';
import type { Names } from '../../kernel/names.ts';
import { addDays, type PlainDate } from '../../kernel/plain-date.ts';
import type { AnyKept } from './decide.ts';

/*
 * How a register joins the simulation: beside its commands it exports `proposals`, one for each command. A proposal looks at what
 * somebody's copy shows and says what she might write: mostly what a screen would let through, now and then what none would.
 */

/** What a copy shows to whoever is about to write. */
export type Sight = {
  /** The day by her own clock. */
  readonly on: PlainDate;
  /** Who she is; null for an import. */
  readonly person: PersonId | null;
  readonly ids: (kind: string) => readonly RecordId[];
  readonly record: (kind: string, id: RecordId) => AnyKept | undefined;
};

export type Proposals = Readonly<Record<string, (sight: Sight) => fc.Arbitrary<unknown>>>;

/** What a register says of money in its records, for the judge to hold debits against credits. Whole paisa, debits positive. */
export type Postings = Readonly<
  Record<string, (body: unknown) => readonly { readonly book: string; readonly paisa: number }[]>
>;

/** What of a register's proposals no entry, no record, no answer and no phone's disk may hold once the office has the line. */
export type Secrets = readonly string[];

/** The id of a page that there is not. */
export const nowhere = '99-1';

/** An id of a kind that she sees; seldom one that there is not. */
export function someId(sight: Sight, kind: string): fc.Arbitrary<RecordId> {
  const ids = sight.ids(kind);
  if (ids.length === 0) return fc.constant(nowhere);
  // The later ones are what is being worked on: women meet on the same page.
  return fc.oneof(
    { weight: 10, arbitrary: fc.constantFrom(...ids.slice(-3)) },
    { weight: 9, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constant(nowhere) },
  );
}

/** An id of a kind whose page is as asked, where she sees one; seldom any other. */
export function someIdWhere<T>(sight: Sight, kind: string, holds: (body: T) => boolean): fc.Arbitrary<RecordId> {
  const ids = sight.ids(kind).filter((id) => {
    const body = bodyOf<T>(sight, kind, id);
    return body !== undefined && holds(body);
  });
  const any = { weight: 1, arbitrary: someId(sight, kind) };
  return ids.length === 0 ? any.arbitrary : fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...ids) }, any);
}

export function bodyOf<T>(sight: Sight, kind: string, id: RecordId): T | undefined {
  return sight.record(kind, id)?.body as T | undefined;
}

export function maybeId(sight: Sight, kind: string): fc.Arbitrary<RecordId | null> {
  return fc.option(someId(sight, kind), { freq: 2 });
}

/** The version of a page as she sees it, or an older one: her correction may come late. */
export function sawOf(sight: Sight, kind: string, id: RecordId): fc.Arbitrary<number> {
  const version = sight.record(kind, id)?.version ?? 1;
  return fc.constantFrom(version, version, Math.max(1, version - 1));
}

const firstNames = ['Shabana', 'Zeba', 'Sakina', 'Halima', 'Noor', 'Amina', 'Ghulam', 'Rahim'];

/** Few names, so that some meet; in one script or in two. */
export const anyNames: fc.Arbitrary<Names> = fc
  .tuple(fc.constantFrom(...firstNames), fc.constantFrom(null, null, 'زيبا', 'سڪينه'))
  .map(([en, sd]) => ({ en, sd, ur: null }));

export const anyGroup = fc.constantFrom(...bloodGroups);

/** As typed: with zeros, spaces, a country's number, or wrong. */
export const anyPhoneText = fc.constantFrom(
  '03000000101',
  '0300 0000102',
  '+923000000103',
  '03330000104',
  '03450000105',
  '12',
  'not known',
);

/** Today, a few days before, seldom one to come. */
export function anyDay(sight: Sight): fc.Arbitrary<PlainDate> {
  return fc.constantFrom(0, 0, 0, -1, -2, -40, -200, 3).map((days) => addDays(sight.on, days));
}

export const anyText = fc.constantFrom('page 4', 'beside the mosque', 'کنڊيارو', 'x'.repeat(75));
export const maybeText = fc.option(anyText, { freq: 1 });
