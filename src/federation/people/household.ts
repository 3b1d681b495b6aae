import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { kind } from '../../platform/book/kind.ts';
import { type Correction, correctionShape } from './correction.ts';

/** Whose name stands beside a name: many share one. */
export const parentKinds = ['father', 'husband'] as const;
export type ParentIs = (typeof parentKinds)[number];
export const sexes = ['f', 'm'] as const;
export type Sex = (typeof sexes)[number];

/** How somebody, or a whole household, is no longer here. */
export const leavings = ['moved-away', 'died'] as const;
export type Left = { readonly how: (typeof leavings)[number]; readonly on: PlainDate };
export const leftShape = z.nullable(z.object({ how: z.enum(leavings), on: dayShape }));

/** Until when somebody who came on a day is counted: nobody leaves before coming, whatever was told. */
export function lastDay(left: Left | null | undefined, from: PlainDate): PlainDate | null {
  if (!left) return null;
  return [left.on, from].sort()[1] as PlainDate;
}

/** What is asked of a household. `headParentIs` and `headSex` may be left out where a book does not say. */
export const householdFields = {
  head: namesShape,
  /** The head's father or husband: many share a name. */
  headParent: z.nullable(namesShape),
  headParentIs: z._default(z.nullable(z.enum(parentKinds)), null),
  headSex: z._default(z.nullable(z.enum(sexes)), null),
  size: z.nullable(z.int().check(z.minimum(1), z.maximum(99))),
  place: z.nullable(idShape),
  /** The CO it belongs to; null when it is not organized. */
  co: z.nullable(idShape),
  /** The CO, or the VO or LSO for a household in none. */
  owner: idShape,
  since: dayShape,
  /** Where it stands in the old paper register. */
  bookPage: z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(20))),
} as const;

export type Household = {
  readonly head: Names;
  readonly headParent: Names | null;
  readonly headParentIs: ParentIs | null;
  readonly headSex: Sex | null;
  readonly size: number | null;
  readonly place: string | null;
  readonly co: string | null;
  readonly owner: string;
  readonly since: string;
  readonly bookPage: string | null;
  /** A household leaves as a whole: it moved away, or nobody of it lives. Pages from before this was asked have none. */
  readonly left?: Left | null;
  readonly corrections?: readonly Correction[];
};

/** Who eats from one kitchen. */
export const householdKind = kind<Household>({
  kind: 'household',
  shape: z.object({
    ...householdFields,
    left: z.optional(leftShape),
    corrections: z.optional(z.array(correctionShape)),
  }) as never,
  seenBy: purposes.registers,
  scope: (household) => household.owner,
  transfer: {
    with: (household) => household.owner,
    there: (household, { heir, place, on }) => ({
      ...household,
      owner: heir(household.owner),
      co: household.co === null ? null : heir(household.co),
      place: place(household.place),
      since: on,
    }),
  },
  indexes: { owner: (household) => [household.owner] },
  measure: ({ co, since, left }) => [
    {
      figure: 'households',
      by: { organized: co === null ? 'no' : 'yes' },
      from: since,
      until: lastDay(left, since),
      count: 1,
    },
  ],
});
