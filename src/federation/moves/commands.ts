import * as z from 'zod/mini';
import { namesShape } from '../../kernel/names.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { type Actor, bearers } from '../../platform/access/role.ts';
import {
  type Change,
  command,
  create,
  depart,
  flag,
  type Pages,
  pageLimit,
  read,
  readFollowing,
  readIfAny,
  readIndex,
  takeAlong,
  update,
} from '../../platform/book/command.ts';
import type { Kept } from '../../platform/book/kind.ts';
import { keepsOrganizations } from '../organizations/commands.ts';
import { historyOf, type Organization, organizationKind, stands, standsBelow } from '../organizations/organization.ts';
import { householdKind } from '../people/household.ts';
import { type Person, personKind } from '../people/person.ts';
import { type Home, moveHousehold, movePeople } from './moving.ts';

/** Bearers answer for who belongs where; the platform sees to it that they stand over both organizations. */
function movesPeople(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => bearers.includes(role));
}

/** A CO has some 25 households; a page of the register answers this many people, and what it does not answer cannot be moved. */
export const householdsAtOnce = 40;

/** Where somebody may be written down: an organization of this office that stands. */
function homeIn(organization: Kept<Organization>): Home | null {
  const { tier, status } = organization.body;
  if (!stands(status) || (tier !== 'co' && tier !== 'vo' && tier !== 'lso')) return null;
  return { to: organization.id, isCo: tier === 'co' };
}

/** Only the people whom the same organization owns: a daughter who is written in another one stays there. */
function ownedBy(people: readonly Kept<Person>[], owner: string): readonly Kept<Person>[] {
  return people.filter(({ body }) => body.owner === owner);
}

/** A household goes to another CO or village with all its people. */
export const moveHouseholdAway = command({
  name: 'moves.move-household',
  nature: 'decision',
  input: z.strictObject({ household: idShape, to: idShape, place: z.optional(z.nullable(idShape)) }),
  reads: ({ household, to }, pages) => [
    read(householdKind, household),
    read(organizationKind, to),
    readIndex(personKind, 'household', household),
    readIndex(personKind, 'member', to),
    ...pages.page(personKind, 'household', household).map(({ id }) => readFollowing(id)),
  ],
  mayRun: movesPeople,
  decide: (pages, { household, to, place }, occasion) => {
    const page = pages.get(householdKind, household);
    const home = homeIn(pages.get(organizationKind, to));
    if (!home) return refuse('moves.nobody-lives-there');
    const from = page.body.owner;
    const where = { ...home, ...(place !== undefined && { place }) };
    if (from === to)
      return accept(place === undefined || place === page.body.place ? [] : [moveHousehold(page, where, occasion)]);
    const people = ownedBy(pages.page(personKind, 'household', household), from);
    return accept([
      moveHousehold(page, where, occasion),
      ...movePeople(people, pages.page(personKind, 'member', to), { from, to }, home.isCo, occasion),
      depart({ about: household, kind: 'household', names: page.body.head, from, to }),
    ]);
  },
});

/** One person goes: she married, or lives with her son now. */
export const movePersonAway = command({
  name: 'moves.move-person',
  nature: 'decision',
  input: z.strictObject({
    person: idShape,
    to: idShape,
    /** Where she lives now; null when that household is not written down. */
    household: z.nullable(idShape),
  }),
  reads: ({ person, to, household }) => [
    read(personKind, person),
    read(organizationKind, to),
    readIndex(personKind, 'member', to),
    ...(household === null ? [] : [readIfAny(householdKind, household)]),
    readFollowing(person),
  ],
  mayRun: movesPeople,
  decide: (pages, { person, to, household }, occasion) => {
    const page = pages.get(personKind, person);
    const home = homeIn(pages.get(organizationKind, to));
    if (!home) return refuse('moves.nobody-lives-there');
    const into = household === null ? undefined : pages.maybe(householdKind, household);
    if (into && into.body.owner !== to) return refuse('moves.household-elsewhere');
    const from = page.body.owner;
    if (from === to) {
      if (page.body.household === household) return accept([]);
      return accept([update(personKind, person, { ...page.body, household })]);
    }
    const members = pages.page(personKind, 'member', to);
    return accept([
      ...movePeople([page], members, { from, to }, home.isCo, occasion, () => ({ household })),
      depart({ about: person, kind: 'person', names: page.body.names, from, to }),
    ]);
  },
});

/** A CO goes to another VO, or to the LSO itself while its village has none. */
export const moveOrganization = command({
  name: 'moves.move-organization',
  nature: 'decision',
  input: z.strictObject({ organization: idShape, under: idShape }),
  reads: ({ organization, under }, pages) => [
    read(organizationKind, organization),
    read(organizationKind, under),
    readIndex(organizationKind, 'parent', under),
    ...peopleOf(organization, pages),
  ],
  mayRun: keepsOrganizations,
  decide: (pages, { organization, under }) => {
    const { body } = pages.get(organizationKind, organization);
    const above = pages.get(organizationKind, under).body;
    if (body.parent === under) return accept([]);
    if (body.parent === null) return refuse('organizations.root-stays');
    if (!stands(body.status)) return refuse('moves.stands-no-more');
    if (!standsBelow(body.tier, above.tier))
      return refuse('organizations.does-not-stand-below', { tier: body.tier, parent: above.tier });
    if (!stands(above.status)) return refuse('organizations.parent-gone');
    const people = pages.page(personKind, 'owner', organization);
    if (people.length >= pageLimit) return refuse('moves.too-many', { count: pageLimit });
    const twin = pages
      .page(organizationKind, 'parent', under)
      .some(({ body: other }) => other.number === body.number && other.tier === body.tier && stands(other.status));
    return accept([
      update(organizationKind, organization, { ...body, parent: under }),
      ...people.map(({ id }) => takeAlong(id, { from: organization, to: organization, under })),
      depart({ about: organization, kind: 'organization', names: body.names, from: body.parent, to: under }),
      ...(twin && body.number !== null
        ? [flag('organizations.same-number', { number: body.number }, organization, under)]
        : []),
    ]);
  },
});

function peopleOf(organization: string, pages: Pages) {
  return [
    readIndex(personKind, 'owner', organization),
    ...pages.page(personKind, 'owner', organization).map(({ id }) => readFollowing(id)),
  ];
}

/** Two COs become one. What the one that goes has decided and paid stays in its pages; its people and households go over. */
export const mergeOrganizations = command({
  name: 'moves.merge-organizations',
  nature: 'decision',
  input: z.strictObject({ goes: idShape, stays: idShape }),
  reads: ({ goes, stays }, pages) => [
    read(organizationKind, goes),
    read(organizationKind, stays),
    readIndex(organizationKind, 'parent', goes),
    readIndex(householdKind, 'owner', goes),
    readIndex(personKind, 'member', stays),
    ...peopleOf(goes, pages),
  ],
  mayRun: keepsOrganizations,
  decide: (pages, { goes, stays }, occasion) => {
    const [gone, kept] = [pages.get(organizationKind, goes).body, pages.get(organizationKind, stays).body];
    if (goes === stays) return refuse('moves.merge-with-itself');
    if (gone.status === 'merged' && gone.into === stays) return accept([]);
    if (!stands(gone.status) || !stands(kept.status)) return refuse('moves.stands-no-more');
    if (gone.tier !== kept.tier) return refuse('moves.not-alike');
    if (gone.parent === null || kept.parent === null) return refuse('organizations.root-stays');
    const below = pages.page(organizationKind, 'parent', goes).filter(({ body }) => stands(body.status));
    if (below.length > 0) return refuse('moves.has-below', { count: below.length });
    const households = pages.page(householdKind, 'owner', goes);
    const people = pages.page(personKind, 'owner', goes);
    if (households.length >= pageLimit || people.length >= pageLimit)
      return refuse('moves.too-many', { count: pageLimit });
    const history = historyOf(gone);
    const last = history.at(-1);
    if (last && last.on > occasion.on) return refuse('organizations.changed-since', { on: last.on });
    const status = 'merged' as const;
    const earlier = last?.on === occasion.on ? history.slice(0, -1) : history;
    const ended = { ...gone, status, into: stays, history: [...earlier, { status, on: occasion.on }] };
    const isCo = kept.tier === 'co';
    const members = pages.page(personKind, 'member', stays);
    return accept([
      update(organizationKind, goes, ended),
      ...households.map((page) => moveHousehold(page, { to: stays, isCo }, occasion)),
      ...movePeople(people, members, { from: goes, to: stays }, isCo, occasion),
      depart({ about: goes, kind: 'organization', names: gone.names, from: goes, to: stays }),
    ]);
  },
});

/** Some households of a CO form one of their own, below the same VO. Those that have left it meanwhile stay where they are. */
export const splitOrganization = command({
  name: 'moves.split-organization',
  nature: 'decision',
  input: z.strictObject({
    organization: idShape,
    names: namesShape,
    number: z.nullable(z.int().check(z.minimum(1), z.maximum(9999))),
    place: z.nullable(idShape),
    households: z.array(idShape).check(z.minLength(1), z.maxLength(householdsAtOnce)),
  }),
  reads: ({ organization, households }, pages) => {
    const page = pages.maybe(organizationKind, organization);
    return [
      read(organizationKind, organization),
      ...(page?.body.parent ? [readIndex(organizationKind, 'parent', page.body.parent)] : []),
      readIndex(householdKind, 'owner', organization),
      ...households.flatMap((id) => [
        readIndex(personKind, 'household', id),
        ...ownedBy(pages.page(personKind, 'household', id), organization).map((one) => readFollowing(one.id)),
      ]),
    ];
  },
  mayRun: keepsOrganizations,
  decide: (pages, { organization, names, number, place, households: chosen }, occasion) => {
    const { body } = pages.get(organizationKind, organization);
    if (!stands(body.status)) return refuse('moves.stands-no-more');
    if (body.tier !== 'co' || body.parent === null) return refuse('moves.only-co-splits');
    const goes = new Set(chosen);
    const own = pages.page(householdKind, 'owner', organization);
    const households = own.filter(({ id }) => goes.has(id));
    if (households.length === 0) return refuse('moves.nobody-to-go');
    const people = households.flatMap(({ id }) => ownedBy(pages.page(personKind, 'household', id), organization));
    const made = occasion.id(1);
    const { parent, tier, of } = body;
    const formed: Organization = {
      self: made,
      tier,
      names,
      number,
      place,
      parent,
      of,
      formedOn: occasion.on,
      status: 'active',
    };
    const move = { from: organization, to: made, under: parent };
    return accept([
      create(organizationKind, formed),
      ...households.map((page) => moveHousehold(page, { to: made, isCo: true }, occasion)),
      ...movePeople(people, [], move, true, occasion),
      depart({ about: made, kind: 'organization', names, from: organization, to: made }),
      ...flagsOfSplit(pages, formed, goes.size - households.length),
    ]);
  },
});

function flagsOfSplit(pages: Pages, formed: Organization, left: number): readonly Change[] {
  const above = formed.parent ?? formed.self;
  const twin = pages
    .page(organizationKind, 'parent', above)
    .some(({ body }) => body.number === formed.number && body.tier === formed.tier && stands(body.status));
  return [
    ...(twin && formed.number !== null
      ? [flag('organizations.same-number', { number: formed.number }, formed.self, above)]
      : []),
    ...(left > 0 ? [flag('moves.not-all-went', { count: left }, formed.self, above)] : []),
  ];
}
