import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayInPakistan, monthOf } from '../../kernel/plain-date.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { type Kept, kind } from '../../platform/book/kind.ts';

export const facilityTypes = ['government', 'private', 'blood-bank'] as const;

export const facilityFields = {
  names: namesShape,
  type: z.enum(facilityTypes),
  number: z.nullable(z.string().check(z.maxLength(40))),
  /** Where it is, in words a driver understands. */
  where: z.nullable(namesShape),
  owner: idShape,
} as const;

export type Facility = {
  readonly names: Names;
  readonly type: (typeof facilityTypes)[number];
  readonly number: string | null;
  readonly where: Names | null;
  readonly owner: string;
  /** What somebody last saw there. */
  readonly seen: { readonly staff: 'yes' | 'no'; readonly night: boolean; readonly at: number } | null;
};

export const facilityKind = kind<Facility>({
  kind: 'facility',
  shape: z.object({
    ...facilityFields,
    seen: z.nullable(z.object({ staff: z.enum(['yes', 'no']), night: z.boolean(), at: z.number() })),
  }) as never,
  seenBy: purposes.registers,
  stage: 0,
  scope: (facility) => facility.owner,
  // By the month in which it was last looked at: the district sees how many have not been seen for long, and not which.
  measure: ({ seen }) => {
    if (seen === null) return [];
    const on = dayInPakistan(seen.at);
    return [{ figure: 'facilities', by: { seen: monthOf(on) }, from: on, until: null, count: 1 }];
  },
});

/** Where staff was last seen first, where nobody was seen last. */
export function inSeekingOrder(facilities: Iterable<Kept<Facility>>): Kept<Facility>[] {
  const rank = ({ body }: Kept<Facility>) => (body.seen === null ? 1 : body.seen.staff === 'yes' ? 0 : 2);
  return [...facilities]
    .filter(({ body }) => body.type !== 'blood-bank')
    .sort((a, b) => rank(a) - rank(b) || (b.body.seen?.at ?? 0) - (a.body.seen?.at ?? 0) || (a.id < b.id ? -1 : 1));
}
