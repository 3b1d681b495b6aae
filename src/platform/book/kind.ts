import type { ZodMiniType } from 'zod/mini';
import type { OrganizationId, PersonId, RecordId } from '../../kernel/ids.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import type { Purpose } from '../access/purpose.ts';
import type { Words } from '../languages/say.ts';
import type { Fact } from './figures.ts';

/** What is known of one kind of record. The platform knows nothing else of a blood donor. */
export type Kind<T> = {
  /** `donor`: singular, the glossary's word. */
  readonly kind: string;
  readonly shape: ZodMiniType<T>;
  readonly seenBy: Purpose;
  /** The smallest organization that owns the record. */
  readonly scope: (record: T) => OrganizationId;
  /** The persons who may see it, where `seenBy` is the circle. */
  readonly circle?: (record: T) => readonly PersonId[];
  /** Other pages with which it goes when they are erased, besides those of the person whom it concerns. */
  readonly about?: (record: T) => readonly RecordId[];
  /** When it comes in a first sync: 0 what an emergency needs, 1 the registers, 2 what is many. */
  readonly stage: 0 | 1 | 2;
  /** Bounded look-ups, by name: the keys under which a record is found. */
  readonly indexes: Readonly<Record<string, (record: T) => readonly string[]>>;
  /** What the record is worth in figures. */
  readonly measure: (record: T) => readonly Fact[];
  /** The version of `measure`: one more whenever a page that stands would be worth something else. Offices are then counted again. */
  readonly measured: number;
  /** Which person the record is about, where it is about one: all that is held on her is found by it. */
  readonly concerns?: Concerns<T>;
  /** What is read out of it to whoever it is held on: what it is, and what it says. */
  readonly told?: (words: Words, record: T) => { readonly what: string; readonly said: string };
  /** How it follows a person who moves to another organization of the office, where it does. */
  readonly along?: Along<T>;
  /** What becomes of it when the page or organization that it belongs to goes to another office. Without it, it stays as it is. */
  readonly transfer?: Transfer<T>;
};

/**
 * To which page or organization a record belongs, or to which of several, when that goes to another office. It goes along and stands
 * there as `there` says, or it is the office's own and stays behind with the root organization.
 */
export type Transfer<T> = { readonly with: (record: T) => RecordId | null | readonly (RecordId | null)[] } & (
  | { readonly there: (record: T, there: There) => T }
  | { readonly behind: (record: T, root: OrganizationId) => T }
);

/** How the other office is laid out: who keeps there what an organization kept here, which places both know, and from which day on. */
export type There = {
  readonly on: PlainDate;
  readonly heir: (organization: OrganizationId) => OrganizationId;
  readonly place: (place: RecordId | null) => RecordId | null;
};

/** The index under which a person's pages are found, and the page as it stands where she is now. `heir`: who keeps there what was kept here. */
export type Along<T> = {
  readonly index: string;
  readonly to: (record: T, heir: (organization: OrganizationId) => OrganizationId) => T;
};

/**
 * When two pages of one person are merged, what `follows` is shown under the page that stays. What `stays` remains with the person it
 * was written for: money is never moved by a merge.
 */
export type Concerns<T> = {
  readonly person: (record: T, id: RecordId) => PersonId | null;
  readonly afterMerge: 'follows' | 'stays';
};

/** Whether a record is a person's: of the page that stays always, of a page merged into it where the kind says that it follows. */
export function isAbout(
  { concerns }: AnyKind,
  { id, body }: Pick<Kept<unknown>, 'id' | 'body'>,
  stays: PersonId,
  merged: ReadonlySet<PersonId>,
): boolean {
  const person = concerns?.person(body, id) ?? null;
  if (!concerns || person === null) return false;
  return person === stays || (concerns.afterMerge === 'follows' && merged.has(person));
}

// biome-ignore lint/suspicious/noExplicitAny: a list of kinds holds kinds of different records; each use narrows by its own handle.
export type AnyKind = Kind<any>;

/** A record as kept: what it is, which organization owns it, and how often it has changed. */
export type Kept<T> = {
  readonly id: RecordId;
  readonly kind: string;
  readonly scope: OrganizationId;
  /** 1 when made, one more at each change. */
  readonly version: number;
  readonly body: T;
  /** The version at which a field was last corrected, for fields that were. */
  readonly corrected?: Readonly<Record<string, number>>;
};

/** Declares a kind; only fills in what most kinds leave empty. */
export function kind<T>(declaration: Pick<Kind<T>, 'kind' | 'shape' | 'seenBy' | 'scope'> & Partial<Kind<T>>): Kind<T> {
  return { stage: 1, indexes: {}, measure: () => [], measured: 1, ...declaration };
}
