import * as z from 'zod/mini';
import { namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import type { Actor } from '../../platform/access/role.ts';
import { command, correct, create, flag, read, readIndex, update } from '../../platform/book/command.ts';
import { byLawsKind, settingsShape } from './by-laws.ts';
import {
  historyOf,
  type Organization,
  organizationFields,
  organizationKind,
  rootKey,
  sexes,
  stands,
  standsBelow,
} from './organization.ts';
import { toldHouseholdsKind } from './told-households.ts';

/** The LSO's bearers keep its organizations; an import sets them up. */
export function keepsOrganizations(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'lso-bearer');
}

/** Input of `organizations.form`: what a new organization is. */
export const formOrganization = command({
  name: 'organizations.form',
  nature: 'decision',
  input: z.strictObject(organizationFields),
  reads: ({ parent }) => [
    ...(parent === null ? [] : [read(organizationKind, parent)]),
    readIndex(organizationKind, 'parent', parent ?? rootKey),
  ],
  mayRun: keepsOrganizations,
  decide: (pages, input, { on, id }) => {
    if (input.formedOn > on) return refuse('organizations.day-to-come', { on: input.formedOn });
    const siblings = pages.page(organizationKind, 'parent', input.parent ?? rootKey);
    if (input.parent === null && siblings.length > 0) return refuse('organizations.has-a-root');
    const above = input.parent === null ? null : pages.get(organizationKind, input.parent).body;
    if (above && !standsBelow(input.tier, above.tier))
      return refuse('organizations.does-not-stand-below', { tier: input.tier, parent: above.tier });
    if (above && !stands(above.status)) return refuse('organizations.parent-gone');
    const changes = [create(organizationKind, { ...input, self: id(1) } as Organization)];
    const twin = siblings.find(({ body }) => sameNumber(body, input));
    return accept(
      twin && input.number !== null
        ? [...changes, flag('organizations.same-number', { number: input.number }, id(1), input.parent ?? id(1))]
        : changes,
    );
  },
});

function sameNumber(one: Organization, other: Pick<Organization, 'number' | 'tier'>): boolean {
  return one.number !== null && one.number === other.number && one.tier === other.tier && stands(one.status);
}

export const correctOrganization = command({
  name: 'organizations.correct',
  nature: 'decision',
  input: z.strictObject({
    organization: idShape,
    saw: z.int(),
    fields: z.strictObject({
      names: z.optional(namesShape),
      number: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(9999)))),
      place: z.optional(z.nullable(idShape)),
      of: z.optional(z.enum(sexes)),
      formedOn: z.optional(dayShape),
    }),
  }),
  reads: ({ organization }) => [read(organizationKind, organization)],
  mayRun: keepsOrganizations,
  decide: (pages, { organization, saw, fields }, { on }) => {
    const { body } = pages.get(organizationKind, organization);
    const { formedOn } = fields;
    if (formedOn === undefined || formedOn === body.formedOn)
      return accept([correct(organizationKind, organization, fields as Partial<Organization>, saw)]);
    if (formedOn > on) return refuse('organizations.day-to-come', { on: formedOn });
    const [first, second, ...rest] = historyOf(body);
    if (second && formedOn > second.on) return refuse('organizations.changed-since', { on: second.on });
    // Its first status began on the day it was formed: both move together, or the figures would not.
    const history = second && first ? { history: [{ ...first, on: formedOn }, second, ...rest] } : {};
    return accept([correct(organizationKind, organization, { ...fields, ...history } as Partial<Organization>, saw)]);
  },
});

/** Resting, meeting again, or dissolved. Merged is said by merging, which names the other one. */
export const changeStatus = command({
  name: 'organizations.change-status',
  nature: 'decision',
  input: z.strictObject({ organization: idShape, status: z.enum(['active', 'dormant', 'dissolved']), on: dayShape }),
  reads: ({ organization }) => [
    read(organizationKind, organization),
    readIndex(organizationKind, 'parent', organization),
  ],
  mayRun: keepsOrganizations,
  decide: (pages, { organization, status, on }, occasion) => {
    const { body } = pages.get(organizationKind, organization);
    if (body.status === status) return accept([]);
    if (on > occasion.on) return refuse('organizations.day-to-come', { on });
    if (body.status === 'merged') return refuse('organizations.merged-already');
    const history = historyOf(body);
    const last = history.at(-1);
    if (last && on < last.on) return refuse('organizations.changed-since', { on: last.on });
    if (status === 'dissolved' && body.parent === null) return refuse('organizations.root-stays');
    // Two changes on one day: what held for no day at all is left out.
    const earlier = last && last.on === on ? history.slice(0, -1) : history;
    const changed = update(organizationKind, organization, { ...body, status, history: [...earlier, { status, on }] });
    const below = pages
      .page(organizationKind, 'parent', organization)
      .filter((child) => stands(child.body.status)).length;
    return accept(
      status === 'dissolved' && below > 0
        ? [changed, flag('organizations.still-has-below', { count: below }, organization, body.parent ?? organization)]
        : [changed],
    );
  },
});

/** What it has agreed, from a day on. Said again for the same day, it takes the place of what was said first. */
export const setByLaws = command({
  name: 'organizations.set-by-laws',
  nature: 'decision',
  input: z.strictObject({
    organization: idShape,
    from: dayShape,
    settings: settingsShape,
    source: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)),
  }),
  reads: ({ organization }) => [
    read(organizationKind, organization),
    readIndex(byLawsKind, 'organization', organization),
  ],
  mayRun: keepsOrganizations,
  decide: (pages, input) => {
    const { leastMembers, mostMembers } = input.settings;
    if (leastMembers !== null && mostMembers !== null && leastMembers > mostMembers)
      return refuse('organizations.bounds-crossed', { least: leastMembers, most: mostMembers });
    if (input.from < pages.get(organizationKind, input.organization).body.formedOn)
      return refuse('organizations.before-it-was-formed');
    const same = pages
      .page(byLawsKind, 'organization', input.organization)
      .find(({ body }) => body.from === input.from);
    return accept([same ? update(byLawsKind, same.id, input) : create(byLawsKind, input)]);
  },
});

/**
 * How many households the union council has and how many are organized, as somebody told it: it stands in the profile until the
 * households themselves are entered. Null ends that: from this day on the records are all.
 */
export const tellHouseholds = command({
  name: 'organizations.tell-households',
  nature: 'decision',
  input: z.strictObject({
    organization: idShape,
    on: dayShape,
    told: z.nullable(
      z.strictObject({
        total: z.int().check(z.minimum(1), z.maximum(200_000)),
        organized: z.nullable(z.int().check(z.minimum(0), z.maximum(200_000))),
        source: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
      }),
    ),
  }),
  reads: ({ organization }) => [
    read(organizationKind, organization),
    readIndex(toldHouseholdsKind, 'organization', organization),
  ],
  mayRun: keepsOrganizations,
  decide: (pages, { organization, on, told }, occasion) => {
    if (on > occasion.on) return refuse('organizations.day-to-come', { on });
    if (told?.organized && told.organized > told.total)
      return refuse('organizations.more-organized-than-all', { organized: told.organized, total: told.total });
    const days = [...pages.page(toldHouseholdsKind, 'organization', organization)].sort((a, b) =>
      a.body.on < b.body.on ? -1 : 1,
    );
    const next = days.find(({ body }) => body.on > on);
    const same = days.find(({ body }) => body.on === on);
    const before = days.findLast(({ body }) => body.on < on);
    const until = next?.body.on ?? null;
    const ended =
      before && before.body.until !== on ? [update(toldHouseholdsKind, before.id, { ...before.body, until: on })] : [];
    const body = { organization, on, until, ...(told ?? { total: 0, organized: null, source: '' }) };
    return accept([...ended, same ? update(toldHouseholdsKind, same.id, body) : create(toldHouseholdsKind, body)]);
  },
});
