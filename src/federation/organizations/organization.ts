import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import type { Fact } from '../../platform/book/figures.ts';
import { type Kept, kind } from '../../platform/book/kind.ts';

/** Neighbourhood, village, union council; above them the programme's own offices. */
export const tiers = ['co', 'vo', 'lso', 'network', 'district', 'programme'] as const;
export type Tier = (typeof tiers)[number];

/** Which tiers may stand right above one in the same book. A CO may wait below its LSO until its village has a VO. */
const tiersAbove: Readonly<Record<Tier, readonly Tier[]>> = {
  co: ['vo', 'lso'],
  vo: ['lso'],
  lso: ['network', 'district', 'programme'],
  network: ['district', 'programme'],
  district: ['programme'],
  programme: [],
};

export function standsBelow(tier: Tier, parent: Tier): boolean {
  return tiersAbove[tier].includes(parent);
}

export const organizationStatuses = ['forming', 'active', 'dormant', 'dissolved', 'merged'] as const;
export type OrganizationStatus = (typeof organizationStatuses)[number];

export const sexes = ['women', 'men', 'mixed'] as const;

/** A status, and the day from which it held. */
export type StatusSince = { readonly status: OrganizationStatus; readonly on: PlainDate };

export const organizationFields = {
  tier: z.enum(tiers),
  names: namesShape,
  /** VO 4 of its LSO. */
  number: z.nullable(z.int()),
  place: z.nullable(idShape),
  /** The organization above it in the same book; null at the root. */
  parent: z.nullable(idShape),
  of: z.enum(sexes),
  formedOn: dayShape,
  status: z.enum(organizationStatuses),
} as const;

export type Organization = {
  /** Its own id: an organization owns itself. */
  readonly self: string;
  readonly tier: Tier;
  readonly names: Names;
  readonly number: number | null;
  readonly place: string | null;
  readonly parent: string | null;
  readonly of: (typeof sexes)[number];
  readonly formedOn: string;
  readonly status: OrganizationStatus;
  /** Every status it has had, oldest first. Not written while it has had one only: that one began on the day it was formed. */
  readonly history?: readonly StatusSince[];
  /** The organization it was merged into. */
  readonly into?: string | null;
};

/** Forming, active or dormant: it is still one, and counts. */
export function stands(status: OrganizationStatus): boolean {
  return status !== 'dissolved' && status !== 'merged';
}

export function historyOf({ history, status, formedOn }: Organization): readonly StatusSince[] {
  return history ?? [{ status, on: formedOn }];
}

/** Null before the day it was formed. */
export function statusOn(organization: Organization, on: PlainDate): OrganizationStatus | null {
  return historyOf(organization).findLast((since) => since.on <= on)?.status ?? null;
}

/** One of its tier, from each day on which a status began until the next one began; nothing once it is dissolved or merged. */
function worthOf(organization: Organization): Fact[] {
  const { tier, of } = organization;
  const history = historyOf(organization);
  return history.flatMap(({ status, on }, i) =>
    stands(status)
      ? [{ figure: 'organizations', by: { tier, of, status }, from: on, until: history[i + 1]?.on ?? null, count: 1 }]
      : [],
  );
}

export const organizationKind = kind<Organization>({
  kind: 'organization',
  shape: z.object({
    self: idShape,
    ...organizationFields,
    history: z.optional(z.array(z.object({ status: z.enum(organizationStatuses), on: dayShape }))),
    into: z.optional(z.nullable(idShape)),
  }) as never,
  seenBy: purposes.reference,
  stage: 0,
  scope: (organization) => organization.self,
  transfer: {
    with: (organization) => organization.parent,
    // What it was before it came is the other office's history.
    there: (organization, { heir, place, on }) => ({
      ...organization,
      parent: organization.parent === null ? null : heir(organization.parent),
      place: place(organization.place),
      history: [{ status: organization.status, on }],
    }),
  },
  indexes: { parent: ({ parent }) => [parent ?? rootKey] },
  measure: worthOf,
});

/** Under this key of `parent` stands the one organization that has none above it. */
export const rootKey = 'root';

/** The organization and those above it, from itself to the root of its book. */
export function organizationLine(
  from: string,
  find: (id: string) => Kept<Organization> | undefined,
): Kept<Organization>[] {
  const line: Kept<Organization>[] = [];
  for (let at = find(from); at && line.length < 8; at = at.body.parent === null ? undefined : find(at.body.parent))
    line.push(at);
  return line;
}
