import type { OfficeId, OrganizationId, PersonId, SeatNumber } from '../../kernel/ids.ts';

/** Source: docs/glossary.md#roles. Staff (from social organizer on) propose and help; they never write in an LSO's book. */
export const roles = [
  'member',
  'co-bearer',
  'vo-bearer',
  'lso-bearer',
  'crp',
  'social-organizer',
  'district',
  'head-office',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

/** Who sits at a desk, above the LSO. */
export const deskRoles = ['social-organizer', 'district', 'head-office', 'auditor', 'funder'] as const;
export type DeskRole = (typeof deskRoles)[number];

export const bearers: readonly Role[] = ['co-bearer', 'vo-bearer', 'lso-bearer'];
export const leaders: readonly Role[] = [...bearers, 'crp'];

/** A role held for one organization and all that stands below it. */
export type Grant = { readonly role: Role; readonly scope: OrganizationId };

/** Who speaks: a person on a device, an import, or the server itself. */
export type Actor = {
  readonly nature: 'person' | 'import' | 'server';
  readonly seat: SeatNumber;
  readonly office: OfficeId;
  readonly person: PersonId | null;
  readonly grants: readonly Grant[];
};
