import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { type Actor, leaders } from '../../platform/access/role.ts';
import { command, create, read, remove } from '../../platform/book/command.ts';
import type { Dimensions } from '../../platform/book/figures.ts';
import { kind } from '../../platform/book/kind.ts';

/** Every leader may write what the old books of her organization say. */
export function tellsOfBefore(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => leaders.includes(role));
}

const word = z.string().check(z.regex(/^[a-z][a-z-]{1,39}$/));
const dimensionsShape = z.record(word, z.string().check(z.regex(/^[a-zA-Z0-9+-]{1,20}$/)));

/** The fields of a carried-forward figure; a register that narrows `figure` to its own spreads them. */
export const carriedForwardFields = {
  figure: word,
  /** What the number counts more closely: girls, a vaccine. Never a person. */
  by: z.optional(dimensionsShape),
  count: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  /** The first day it speaks of, where the book says so. */
  from: z.optional(z.nullable(dayShape)),
  until: dayShape,
  bookPage: z.string().check(z.minLength(1), z.maxLength(40)),
  toldBy: z.string().check(z.minLength(1), z.maxLength(80)),
  owner: idShape,
} as const;

export type CarriedForward = {
  readonly figure: string;
  readonly by?: Dimensions;
  readonly count: number;
  readonly from?: PlainDate | null;
  readonly until: PlainDate;
  readonly bookPage: string;
  readonly toldBy: string;
  readonly owner: string;
};

/** What happened before Otaq: a number, the page it stands on, who told it, no persons. Counted apart from records. */
export const carriedForwardKind = kind<CarriedForward>({
  kind: 'carried-forward',
  shape: z.object(carriedForwardFields) as never,
  seenBy: purposes.registers,
  scope: (carried) => carried.owner,
  transfer: { with: (carried) => carried.owner, behind: (carried, root) => ({ ...carried, owner: root }) },
  measure: ({ figure, by, until, count }) => [{ figure, by: { ...by, origin: 'carried-forward' }, on: until, count }],
});

export const carryForward = command({
  name: 'office.carry-forward',
  nature: 'decision',
  input: z.strictObject(carriedForwardFields),
  mayRun: tellsOfBefore,
  decide: (_pages, input, { on }) => {
    if (input.until > on) return refuse('office.day-to-come', { on: input.until });
    if (input.from && input.from > input.until) return refuse('office.ends-before-it-begins');
    return accept([create(carriedForwardKind, input as CarriedForward)]);
  },
});

export type Estimate = {
  readonly figure: string;
  readonly by?: Dimensions;
  readonly count: number;
  readonly on: PlainDate;
  /** The leader who was there and says so. */
  readonly leader: string;
  readonly names: Names;
  readonly owner: string;
};

/** How many there were where nobody counted: a crowd, told by a leader by name. */
export const estimateKind = kind<Estimate>({
  kind: 'estimate',
  shape: z.object({
    figure: word,
    by: z.optional(dimensionsShape),
    count: z.int(),
    on: dayShape,
    leader: idShape,
    names: namesShape,
    owner: idShape,
  }) as never,
  seenBy: purposes.registers,
  scope: (estimate) => estimate.owner,
  transfer: { with: (estimate) => estimate.owner, behind: (estimate, root) => ({ ...estimate, owner: root }) },
  measure: ({ figure, by, on, count }) => [{ figure, by: { ...by, origin: 'estimated' }, on, count }],
});

export const estimate = command({
  name: 'office.estimate',
  nature: 'witness',
  input: z.strictObject({
    figure: word,
    by: z.optional(dimensionsShape),
    count: z.int().check(z.minimum(1), z.maximum(1_000_000)),
    on: dayShape,
    leader: idShape,
    names: namesShape,
    owner: idShape,
  }),
  mayRun: tellsOfBefore,
  decide: (_pages, input) => accept([create(estimateKind, input as Estimate)]),
});

/** A number was read wrongly out of the old book. It leaves the figures; what was written stays in the book's entries. */
export const takeBackFigure = command({
  name: 'office.take-back-figure',
  nature: 'decision',
  input: z.strictObject({ carried: idShape }),
  reads: ({ carried }) => [read(carriedForwardKind, carried)],
  mayRun: tellsOfBefore,
  decide: (_pages, { carried }) => accept([remove(carriedForwardKind, carried)]),
});
