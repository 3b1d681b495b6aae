import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { type Actor, leaders } from '../../platform/access/role.ts';
import { command, create } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';

const householdFields = {
  head: namesShape,
  /** The head's father or husband: many share a name. */
  headParent: z.nullable(namesShape),
  size: z.nullable(z.int().check(z.minimum(1), z.maximum(99))),
  place: z.nullable(idShape),
  /** The CO it belongs to; null when it is not organized. */
  co: z.nullable(idShape),
  /** The CO, or the VO or LSO for a household in none. */
  owner: idShape,
  since: dayShape,
  /** Where it stands in the old paper register. */
  bookPage: z.nullable(z.string().check(z.maxLength(20))),
} as const;

export type Household = {
  readonly head: Names;
  readonly headParent: Names | null;
  readonly size: number | null;
  readonly place: string | null;
  readonly co: string | null;
  readonly owner: string;
  readonly since: string;
  readonly bookPage: string | null;
};

export const householdKind = kind<Household>({
  kind: 'household',
  shape: z.object(householdFields) as never,
  seenBy: purposes.registers,
  scope: (household) => household.owner,
  measure: ({ co, since }) => [
    { figure: 'households', by: { organized: co === null ? 'no' : 'yes' }, from: since, until: null, count: 1 },
  ],
});

export function keepsPeople(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => leaders.includes(role));
}

export const enterHousehold = command({
  name: 'people.enter-household',
  nature: 'decision',
  input: z.strictObject(householdFields),
  mayRun: keepsPeople,
  decide: (_pages, input) => accept([create(householdKind, input as Household)]),
});
