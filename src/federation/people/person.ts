import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import type { Fact } from '../../platform/book/figures.ts';
import { kind } from '../../platform/book/kind.ts';
import { type Birth, birthShape } from './birth.ts';
import { type Correction, correctionShape } from './correction.ts';
import { type Left, lastDay, leftShape, type ParentIs, parentKinds, type Sex, sexes } from './household.ts';

/** What is asked of a person. */
export const personFields = {
  names: namesShape,
  /** Father's or husband's name, and which of the two it is where that is known. */
  parent: z.nullable(namesShape),
  parentIs: z._default(z.nullable(z.enum(parentKinds)), null),
  sex: z.enum(sexes),
  born: z._default(z.nullable(birthShape), null),
  household: z.nullable(idShape),
  /** Membership number in the CO, in order of admission; null for a person who is no member. */
  number: z.nullable(z.int().check(z.positive())),
  owner: idShape,
} as const;

export type Person = {
  readonly names: Names;
  readonly parent: Names | null;
  readonly parentIs: ParentIs | null;
  readonly sex: Sex;
  readonly born: Birth | null;
  readonly household: string | null;
  readonly number: number | null;
  /** The mask of the identity card. The number itself is kept apart on the server and never travels back. */
  readonly cnic: string | null;
  readonly owner: string;
  readonly enteredOn: PlainDate;
  readonly left: Left | null;
  /** She asked to be taken out of the register: no list shows her. */
  readonly withdrawnOn: PlainDate | null;
  /** The page that stays, where this one turned out to be the same woman's. */
  readonly mergedInto: string | null;
  readonly corrections: readonly Correction[];
};

/** Somebody a register speaks of. Comes last in a first sync: there are many, and no emergency waits for them. */
export const personKind = kind<Person>({
  kind: 'person',
  shape: z.object({
    ...personFields,
    cnic: z.nullable(z.string()),
    enteredOn: dayShape,
    left: leftShape,
    withdrawnOn: z.nullable(dayShape),
    mergedInto: z.nullable(idShape),
    corrections: z.array(correctionShape),
  }) as never,
  seenBy: purposes.registers,
  stage: 2,
  scope: (person) => person.owner,
  concerns: { person: (_person, id) => id, afterMerge: 'follows' },
  about: (person) => (person.mergedInto ? [person.mergedInto] : []),
  // Counted in the other office from the day she came.
  transfer: {
    with: (person) => person.owner,
    there: (person, { heir, on }) => ({ ...person, owner: heir(person.owner), enteredOn: on }),
  },
  indexes: {
    household: (person) => (person.household === null ? [] : [person.household]),
    owner: (person) => [person.owner],
    /** The members of a CO, by whom the next number is found. */
    member: (person) => (person.number === null ? [] : [person.owner]),
    mergedInto: (person) => (person.mergedInto ? [person.mergedInto] : []),
  },
  measure: (person) => {
    const { sex, number, enteredOn, left, withdrawnOn, mergedInto } = person;
    // One woman with two pages is counted once; who left the register is not counted at all.
    if (mergedInto || withdrawnOn) return [];
    const until = lastDay(left, enteredOn);
    const counted = (figure: string): Fact => ({ figure, by: { sex }, from: enteredOn, until, count: 1 });
    return number === null ? [counted('people')] : [counted('people'), counted('members')];
  },
});

/** Who is shown in lists and found by search: neither merged away nor taken out. The dead and the departed are found, and marked. */
export function isListed(person: Pick<Person, 'mergedInto' | 'withdrawnOn'>): boolean {
  return !person.mergedInto && !person.withdrawnOn;
}

/** The number of the next member: one more than the highest that was ever given, for a number is never given twice. */
export function nextMemberNumber(members: Iterable<{ readonly body: Pick<Person, 'number'> }>): number {
  let highest = 0;
  for (const { body } of members) highest = Math.max(highest, body.number ?? 0);
  return highest + 1;
}
