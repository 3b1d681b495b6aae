/*
 * Somebody, or a whole organization, goes to another LSO of the same programme. Each office writes in its own book:
 *
 *   giving office                      the server                       receiving office
 *   transfer: offered      ──►   announces it             ──►   arrival: offered
 *                                                                arrival: accepted, and where they belong now
 *   transfer: gone         ◄──   takes the pages out and         arrival: arrived
 *   departure              ◄──   puts them in, both at once ──►  the pages, under the ids they always had
 *
 * Until the receiving office has said yes, everything stays where it is, and the offer can be taken back.
 */
import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import type { Fact } from '../../platform/book/figures.ts';
import { kind } from '../../platform/book/kind.ts';
import { type Tier, tiers } from '../organizations/organization.ts';
import { type ParentIs, parentKinds, type Sex, sexes } from '../people/household.ts';

/** Who or what can go to another LSO: one person, a household with its people, a CO or VO with all that stands below it. */
export const goers = ['person', 'household', 'organization'] as const;
export type Goer = (typeof goers)[number];

/** Why an offer came to nothing. `said-no` is the other office's word; the rest the server found when it came to carry the pages. */
export const reasons = ['said-no', 'no-such-office', 'not-here', 'here-already', 'holds-post'] as const;
export type Reason = (typeof reasons)[number];

export const transferStates = ['offered', 'taking-back', 'taken-back', 'declined', 'gone'] as const;

/** Who goes, told as people tell each other apart: many share a name. An organization has no father or husband. */
const whoFields = {
  names: namesShape,
  parent: z.nullable(namesShape),
  parentIs: z.nullable(z.enum(parentKinds)),
  sex: z.nullable(z.enum(sexes)),
} as const;
type Who = {
  readonly names: Names;
  readonly parent: Names | null;
  readonly parentIs: ParentIs | null;
  readonly sex: Sex | null;
};

const factShape = z.object({
  figure: z.string(),
  by: z.optional(z.record(z.string(), z.string())),
  on: z.optional(dayShape),
  from: z.optional(dayShape),
  until: z.optional(z.nullable(dayShape)),
  count: z.int(),
});

export type Transfer = Who & {
  readonly about: string;
  readonly kind: Goer;
  /** The organization that owned the page when it was offered; of an organization, the one above it. */
  readonly from: string;
  /** The LSO it is offered to. */
  readonly office: number;
  readonly officeNames: Names;
  readonly offeredOn: PlainDate;
  readonly by: string | null;
  readonly state: (typeof transferStates)[number];
  readonly why: Reason | null;
  /** The day on which it went, or came to nothing. */
  readonly closedOn: PlainDate | null;
  /** What those who went were worth in this office until that day: its past stays as it was. */
  readonly past: readonly Fact[];
  /** The same organization as `from`; the root of the office, once that has gone as well. */
  readonly owner: string;
};

/** An offer of the giving office, seen along the line from where they go. */
export const transferKind = kind<Transfer>({
  kind: 'transfer',
  shape: z.object({
    about: idShape,
    kind: z.enum(goers),
    ...whoFields,
    from: idShape,
    office: z.int(),
    officeNames: namesShape,
    offeredOn: dayShape,
    by: z.nullable(z.string()),
    state: z.enum(transferStates),
    why: z.nullable(z.enum(reasons)),
    closedOn: z.nullable(dayShape),
    past: z.array(factShape),
    owner: idShape,
  }) as never,
  seenBy: purposes.registers,
  scope: (transfer) => transfer.owner,
  about: (transfer) => [transfer.about],
  transfer: { with: (transfer) => transfer.owner, behind: (transfer, root) => ({ ...transfer, owner: root }) },
  indexes: {
    about: (transfer) => [transfer.about],
  },
  measure: ({ offeredOn, closedOn, past }) => [
    { figure: waitingFigure, from: offeredOn, until: closedOn, count: 1 },
    ...past,
  ],
});

/** By this figure the server knows which offices have something on its way, without looking into any book. */
export const waitingFigure = 'transfers-waiting';

export function isOpen({ state }: Pick<Transfer, 'state'>): boolean {
  return state === 'offered' || state === 'taking-back';
}

export const arrivalStates = ['offered', 'accepted', 'declined', 'withdrawn', 'arrived'] as const;

export type Arrival = Who & {
  /** The offer in the giving office's book. */
  readonly transfer: string;
  readonly office: number;
  readonly officeNames: Names;
  readonly about: string;
  readonly kind: Goer;
  /** Of an organization. */
  readonly tier: Tier | null;
  /** How many come, so that whoever says yes knows what she says yes to. */
  readonly people: number;
  readonly households: number;
  readonly offeredOn: PlainDate;
  readonly state: (typeof arrivalStates)[number];
  /** Where they belong from now on: a CO, VO or LSO; of an organization, the one above it. */
  readonly to: string | null;
  /** Where one person lives from now on; null when that household is not written down. */
  readonly household: string | null;
  readonly answeredBy: string | null;
  readonly closedOn: PlainDate | null;
  readonly owner: string;
};

/** What the receiving office is told of an offer. */
export const toldFields = {
  transfer: idShape,
  office: z.int(),
  officeNames: namesShape,
  about: idShape,
  kind: z.enum(goers),
  tier: z.nullable(z.enum(tiers)),
  ...whoFields,
  people: z.int(),
  households: z.int(),
  offeredOn: dayShape,
} as const;

/** What another office offers, in the receiving office's book. Who comes is for the bearers, until they are here. */
export const arrivalKind = kind<Arrival>({
  kind: 'arrival',
  shape: z.object({
    ...toldFields,
    state: z.enum(arrivalStates),
    to: z.nullable(idShape),
    household: z.nullable(idShape),
    answeredBy: z.nullable(z.string()),
    closedOn: z.nullable(dayShape),
    owner: idShape,
  }) as never,
  seenBy: purposes.office,
  scope: (arrival) => arrival.owner,
  about: (arrival) => [arrival.about],
  indexes: {
    about: (arrival) => [arrival.about],
    transfer: (arrival) => [arrivalKey(arrival)],
  },
});

/** Ids are one installation's: of two offices' books no two pages share one, and the office says which book is meant. */
export function arrivalKey({ office, transfer }: Pick<Arrival, 'office' | 'transfer'>): string {
  return `${office} ${transfer}`;
}

export type ListedLso = { readonly office: number; readonly names: Names; readonly owner: string };

/** The LSOs of a district that keep their books here, in the district's own book: to these somebody can go. */
export const listedLsoKind = kind<ListedLso>({
  kind: 'listed-lso',
  shape: z.object({ office: z.int(), names: namesShape, owner: idShape }) as never,
  seenBy: purposes.reference,
  scope: (listed) => listed.owner,
  indexes: { office: (listed) => [String(listed.office)] },
});

/** What facts say of the days before one; of what goes on, only until then. */
export function pastOf(facts: readonly Fact[], day: PlainDate): readonly Fact[] {
  const past = new Map<string, Fact>();
  for (const fact of facts) {
    if (!('on' in fact) && fact.from >= day) continue;
    const clipped =
      'on' in fact ? fact : { ...fact, until: fact.until !== null && fact.until < day ? fact.until : day };
    const key = JSON.stringify([
      clipped.figure,
      Object.entries(clipped.by ?? {}).sort(),
      'on' in clipped ? clipped.on : [clipped.from, clipped.until],
    ]);
    past.set(key, { ...clipped, count: (past.get(key)?.count ?? 0) + clipped.count });
  }
  return [...past.values()].filter(({ count }) => count !== 0);
}
