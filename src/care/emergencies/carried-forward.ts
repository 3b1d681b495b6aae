import * as z from 'zod/mini';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';
import { isLeader } from '../blood-donors/commands.ts';

const fields = {
  figure: z.enum(['people-given-blood', 'families-carried']),
  count: z.int().check(z.minimum(1), z.maximum(100_000)),
  until: dayShape,
  bookPage: z.string().check(z.minLength(1), z.maxLength(40)),
  toldBy: z.string().check(z.minLength(1), z.maxLength(80)),
  owner: idShape,
} as const;
export type CarriedForward = z.infer<z.ZodMiniObject<typeof fields>>;

/** What happened before Otaq: a number, the page it stands on, who told it, no persons. Counted apart from records. */
export const carriedForwardKind = kind<CarriedForward>({
  kind: 'carried-forward',
  shape: z.object(fields) as never,
  seenBy: purposes.registers,
  scope: (carried) => carried.owner,
  measure: ({ figure, until, count }) => [{ figure, by: { origin: 'carried-forward' }, on: until, count }],
});

export const carryForward = command({
  name: 'emergencies.carry-forward',
  nature: 'decision',
  input: z.strictObject(fields),
  mayRun: isLeader,
  decide: (_pages, input) => accept([create(carriedForwardKind, input as CarriedForward)]),
});
