import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create, type Register } from '../../platform/book/command.ts';
import { type Kept, kind } from '../../platform/book/kind.ts';

/** Neighbourhood, village, union council; above them the programme's own offices. */
export const tiers = ['co', 'vo', 'lso', 'network', 'district', 'programme'] as const;
export type Tier = (typeof tiers)[number];
export const organizationStatuses = ['forming', 'active', 'dormant', 'dissolved', 'merged'] as const;

const organizationFields = {
  tier: z.enum(tiers),
  names: namesShape,
  /** VO 4 of its LSO. */
  number: z.nullable(z.int()),
  place: z.nullable(idShape),
  /** The organization above it in the same book; null at the root. */
  parent: z.nullable(idShape),
  of: z.enum(['women', 'men', 'mixed']),
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
  readonly of: 'women' | 'men' | 'mixed';
  readonly formedOn: string;
  readonly status: (typeof organizationStatuses)[number];
};

export const organizationKind = kind<Organization>({
  kind: 'organization',
  shape: z.object({ self: idShape, ...organizationFields }) as never,
  seenBy: purposes.reference,
  stage: 0,
  scope: (organization) => organization.self,
  measure: ({ tier, formedOn, status }) =>
    status === 'active' || status === 'forming'
      ? [{ figure: 'organizations', by: { tier }, from: formedOn, until: null, count: 1 }]
      : [],
});

export const formOrganization = command({
  name: 'organizations.form',
  nature: 'decision',
  input: z.strictObject(organizationFields),
  mayRun: (actor) => actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'lso-bearer'),
  decide: (_pages, input, { id }) => accept([create(organizationKind, { ...input, self: id(1) } as Organization)]),
});

export const organizationsRegister: Register = {
  name: 'organizations',
  kinds: [organizationKind],
  commands: [formOrganization],
  tree: { kind: organizationKind.kind, parent: (body) => (body as Organization).parent },
};

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
