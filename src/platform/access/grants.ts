import * as z from 'zod/mini';
import { compareRecordIds, type OrganizationId, type PersonId } from '../../kernel/ids.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { command, create, type Register, read, readIndex, update } from '../book/command.ts';
import { type Kept, kind } from '../book/kind.ts';
import { purposes } from './purpose.ts';
import { type Actor, type Grant, roles } from './role.ts';

const names = z.object({ sd: z.nullable(z.string()), ur: z.nullable(z.string()), en: z.nullable(z.string()) });

const grantShape = z.object({
  person: z.string(),
  /** As her tile shows it; the person's own page may lie outside the reader's reach. */
  names,
  role: z.enum(roles),
  organization: z.string(),
  from: z.string(),
  until: z.nullable(z.string()),
});
export type GrantPage = z.infer<typeof grantShape>;

/** A role held by a person for an organization, from a day on. */
export const grantKind = kind<GrantPage>({
  kind: 'grant',
  shape: grantShape,
  seenBy: purposes.office,
  stage: 0,
  scope: (grant) => grant.organization,
  concerns: { person: (grant) => grant.person, afterMerge: 'stays' },
  indexes: {
    person: (grant) => [grant.person],
    role: (grant) => [`${grant.role} ${grant.organization}`],
  },
});

const phoneShape = z.object({
  seat: z.int(),
  person: z.string(),
  names,
  /** Whose code opened the phone: a bearer's person, or null where staff or the server did. */
  enrolledBy: z.nullable(z.string()),
  byStaff: z.boolean(),
  organization: z.string(),
  on: z.string(),
  withdrawnOn: z.nullable(z.string()),
});
export type PhonePage = z.infer<typeof phoneShape>;

/** A phone that was enrolled, announced to every bearer of the office. */
export const phoneKind = kind<PhonePage>({
  kind: 'phone',
  shape: phoneShape,
  seenBy: purposes.office,
  scope: (phone) => phone.organization,
  transfer: { with: (phone) => phone.organization, behind: (phone, root) => ({ ...phone, organization: root }) },
  concerns: { person: (phone) => phone.person, afterMerge: 'stays' },
  measure: (phone) => [{ figure: 'phones', from: phone.on, until: phone.withdrawnOn, count: 1 }],
});

/**
 * The grants that a person holds: given, and not taken since, in the order of the book. The days on the page say when, for people;
 * they are a phone's own, and a phone whose clock is wrong must neither keep a role that was taken nor hold one back that was given.
 */
export function grantsOf(pages: Iterable<Kept<GrantPage>>, person: PersonId): Grant[] {
  return [...pages]
    .filter(({ body }) => body.person === person && body.until === null)
    .sort((a, b) => compareRecordIds(a.id, b.id))
    .map(({ body }) => ({ role: body.role, scope: body.organization }));
}

/** The office's bearers give and take roles; an import sets up an office. */
function mayGrant(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'lso-bearer');
}

const staffRoles: readonly string[] = ['social-organizer', 'district', 'head-office', 'auditor'];

export const giveRole = command({
  name: 'access.give-role',
  nature: 'decision',
  input: z.strictObject({
    person: z.string().check(z.maxLength(32)),
    names,
    role: z.enum(roles),
    organization: z.string().check(z.maxLength(32)),
  }),
  mayRun: mayGrant,
  decide: (_pages, input, occasion) => {
    if (occasion.actor.nature === 'person' && staffRoles.includes(input.role)) return refuse('access.staff-role');
    return accept([create(grantKind, { ...input, from: occasion.on, until: null })]);
  },
});

export const takeRole = command({
  name: 'access.take-role',
  nature: 'decision',
  input: z.strictObject({ grant: z.string().check(z.maxLength(32)) }),
  reads: (input, pages) => {
    const kept = pages.maybe(grantKind, input.grant);
    if (!kept) return [read(grantKind, input.grant)];
    const { role, organization } = kept.body;
    return [read(grantKind, input.grant), readIndex(grantKind, 'role', `${role} ${organization}`)];
  },
  mayRun: mayGrant,
  decide: (pages, input, occasion) => {
    const grant = pages.get(grantKind, input.grant);
    if (grant.body.until !== null) return accept([]);
    const { role, organization } = grant.body;
    const isLast = !pages
      .page(grantKind, 'role', `${role} ${organization}`)
      .some((other) => other.id !== grant.id && other.body.until === null);
    // An office whose last bearer is gone could open no phone and choose nobody: nobody on a phone brings it there.
    if (occasion.actor.nature === 'person' && role === 'lso-bearer' && isLast) return refuse('access.last-bearer');
    return accept([update(grantKind, grant.id, { ...grant.body, until: occasion.on })]);
  },
});

/** Written by the server when a code was used: every bearer sees that a phone was opened, and by whom. */
export const announcePhone = command({
  name: 'access.announce-phone',
  nature: 'witness',
  input: z.strictObject({
    seat: z.int(),
    person: z.string(),
    names,
    enrolledBy: z.nullable(z.string()),
    byStaff: z.boolean(),
    organization: z.string(),
  }),
  mayRun: (actor) => actor.nature === 'server',
  decide: (_pages, input, occasion) => accept([create(phoneKind, { ...input, on: occasion.on, withdrawnOn: null })]),
});

export const withdrawPhone = command({
  name: 'access.withdraw-phone',
  nature: 'decision',
  input: z.strictObject({ phone: z.string().check(z.maxLength(32)) }),
  reads: (input) => [read(phoneKind, input.phone)],
  mayRun: (actor, pages, input) => mayGrant(actor) || pages.get(phoneKind, input.phone).body.person === actor.person,
  decide: (pages, input, occasion) => {
    const phone = pages.get(phoneKind, input.phone);
    if (phone.body.withdrawnOn !== null) return accept([]);
    return accept([update(phoneKind, phone.id, { ...phone.body, withdrawnOn: occasion.on })]);
  },
});

export const accessRegister: Register = {
  name: 'access',
  kinds: [grantKind, phoneKind],
  commands: [giveRole, takeRole, announcePhone, withdrawPhone],
};

export function organizationsOf(grants: readonly Grant[]): OrganizationId[] {
  return [...new Set(grants.map(({ scope }) => scope))];
}
