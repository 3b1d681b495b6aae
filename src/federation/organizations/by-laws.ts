import * as z from 'zod/mini';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { type Kept, kind } from '../../platform/book/kind.ts';
import type { Rule } from '../../platform/book/rule.ts';
import { type Tier, tiers } from './organization.ts';

export const rhythms = ['weekly', 'fortnightly', 'monthly', 'quarterly'] as const;

/** What an organization has agreed with itself. Null: its general body has not decided it yet. */
export const settingsShape = z.strictObject({
  meets: z.nullable(z.enum(rhythms)),
  /** Of the members, so many of a hundred must be present. */
  quorumPercent: z.nullable(z.int().check(z.minimum(1), z.maximum(100))),
  termMonths: z.nullable(z.int().check(z.minimum(1), z.maximum(120))),
  /** Households of a CO, organizations of a VO or LSO. */
  leastMembers: z.nullable(z.int().check(z.minimum(1), z.maximum(1000))),
  mostMembers: z.nullable(z.int().check(z.minimum(1), z.maximum(1000))),
  /** Whom each organization below sends. */
  representatives: z.nullable(z.int().check(z.minimum(1), z.maximum(20))),
  executiveMembers: z.nullable(z.int().check(z.minimum(1), z.maximum(50))),
});
export type Settings = z.infer<typeof settingsShape>;

const nothingDecided: Settings = {
  meets: null,
  quorumPercent: null,
  termMonths: null,
  leastMembers: null,
  mostMembers: null,
  representatives: null,
  executiveMembers: null,
};

/** By-laws of an organization that has set none, by tier. Quorum and term are published nowhere: each general body decides them. */
export const byLawsRule: Rule<Readonly<Record<Tier, Settings>>> = {
  name: 'organizations.by-laws',
  shape: z.record(z.enum(tiers), settingsShape) as never,
  shipped: {
    value: {
      co: { ...nothingDecided, meets: 'monthly', leastMembers: 15, mostMembers: 25 },
      vo: { ...nothingDecided, meets: 'monthly' },
      lso: { ...nothingDecided, meets: 'monthly', representatives: 2 },
      network: nothingDecided,
      district: nothingDecided,
      programme: nothingDecided,
    },
    source:
      'srso.org.pk, social mobilization (CO: 15–25 households, fortnightly or monthly); pprp.net.pk, com_SM (two of each VO)',
  },
};

export type ByLaws = {
  readonly organization: string;
  readonly from: PlainDate;
  readonly settings: Settings;
  /** Where it was decided: a resolution, a page of the book, a manual. */
  readonly source: string;
};

/** The by-laws of one organization from a day on. Everybody of an office may read them. */
export const byLawsKind = kind<ByLaws>({
  kind: 'by-laws',
  shape: z.object({
    organization: idShape,
    from: dayShape,
    settings: settingsShape,
    source: z.string(),
  }) as never,
  seenBy: purposes.reference,
  scope: (byLaws) => byLaws.organization,
  transfer: { with: (byLaws) => byLaws.organization, there: (byLaws) => byLaws },
  indexes: { organization: (byLaws) => [byLaws.organization] },
});

export type InForce = { readonly settings: Settings; readonly from: PlainDate | null; readonly source: string };

/** What held on a day: the organization's own that began last, else the rule of its tier. A setting that is null is not decided. */
export function byLawsOn(
  own: Iterable<Kept<ByLaws>>,
  shipped: { readonly settings: Settings; readonly source: string },
  on: PlainDate,
): InForce {
  let latest: ByLaws | null = null;
  for (const { body } of own) if (body.from <= on && (latest === null || body.from > latest.from)) latest = body;
  return latest ?? { ...shipped, from: null };
}

/** What is to be looked at in a CO's size; null when nothing is. */
export function sizeConcern(
  members: number,
  { leastMembers, mostMembers }: Pick<Settings, 'leastMembers' | 'mostMembers'>,
): {
  readonly code: 'organizations.too-many' | 'organizations.too-few';
  readonly params: { readonly count: number; readonly bound: number };
} | null {
  if (mostMembers !== null && members > mostMembers)
    return { code: 'organizations.too-many', params: { count: members, bound: mostMembers } };
  if (leastMembers !== null && members > 0 && members < leastMembers)
    return { code: 'organizations.too-few', params: { count: members, bound: leastMembers } };
  return null;
}
