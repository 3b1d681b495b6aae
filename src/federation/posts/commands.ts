import * as z from 'zod/mini';
import { nameIn } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { type GrantPage, grantKind } from '../../platform/access/grants.ts';
import type { Actor, Role } from '../../platform/access/role.ts';
import {
  type Change,
  command,
  create,
  flag,
  type Lookup,
  type Pages,
  read,
  readIndex,
  update,
} from '../../platform/book/command.ts';
import type { Kept } from '../../platform/book/kind.ts';
import { byLawsKind, byLawsOn, byLawsRule } from '../organizations/by-laws.ts';
import { type Organization, organizationKind, stands } from '../organizations/organization.ts';
import { type Person, personKind } from '../people/person.ts';
import { openItemsShape, posts, postsOf, roleOf, single, type Tenure, tenureKind } from './tenure.ts';

/** Bearers of the LSO write who was chosen; an import sets an office up. */
export function keepsPosts(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'lso-bearer');
}

function openGrant(pages: Pages, person: string, role: Role, organization: string): Kept<GrantPage> | undefined {
  return pages
    .page(grantKind, 'person', person)
    .find(({ body }) => body.until === null && body.role === role && body.organization === organization);
}

function readsOfNew(person: string): Lookup[] {
  return [read(personKind, person), readIndex(grantKind, 'person', person), readIndex(tenureKind, 'person', person)];
}

/** Somebody has been chosen for a post. The role that goes with it begins with the entry; one she holds already is kept. */
export const appoint = command({
  name: 'posts.appoint',
  nature: 'decision',
  input: z.strictObject({
    organization: idShape,
    post: z.enum(posts),
    person: idShape,
    from: dayShape,
    owner: idShape,
  }),
  reads: ({ organization, person }, pages) => {
    const parent = pages.maybe<Organization>(organizationKind, organization)?.body.parent ?? null;
    return [
      read(organizationKind, organization),
      readIndex(tenureKind, 'organization', organization),
      readIndex(byLawsKind, 'organization', organization),
      // How many representatives it sends is said by whom it sends them to.
      ...(parent === null ? [] : [read(organizationKind, parent), readIndex(byLawsKind, 'organization', parent)]),
      ...readsOfNew(person),
    ];
  },
  mayRun: keepsPosts,
  decide: (pages, { organization, post, person, from, owner }, occasion) => {
    const of = pages.get(organizationKind, organization).body;
    if (from > occasion.on) return refuse('posts.day-to-come', { on: from });
    if (!postsOf[of.tier].includes(post)) return refuse('posts.no-such-post', { post: plain(post), tier: of.tier });
    if (!stands(of.status)) return refuse('posts.organization-gone');
    const held = pages.page(tenureKind, 'organization', organization).filter(({ body }) => body.until === null);
    if (held.some(({ body }) => body.post === post && body.person === person)) return refuse('posts.holds-it-already');
    const holder = single.includes(post) ? held.find(({ body }) => body.post === post) : undefined;
    if (holder) return refuse('posts.held', { name: nameIn(holder.body.names, 'sd') });
    const begun = begin(pages, of, { organization, post, person, from, owner }, occasion.on, 1, occasion.id);
    return accept([...begun, ...crowded(pages, of, held, post, occasion)]);
  },
});

type Beginning = Pick<Tenure, 'organization' | 'post' | 'person' | 'from' | 'owner'>;

/** The new tenure, numbered `nth` among the records of its entry, and after it the grant she does not hold yet. */
function begin(
  pages: Pages,
  of: Organization,
  beginning: Beginning,
  today: string,
  nth: number,
  id: (nth: number) => string,
): Change[] {
  const { names, sex } = pages.get<Person>(personKind, beginning.person).body;
  const role = roleOf(beginning.post, of.tier);
  const has = role && openGrant(pages, beginning.person, role, beginning.organization);
  const grant = role === null ? null : (has?.id ?? id(nth + 1));
  const tenure: Tenure = { ...beginning, tier: of.tier, names, sex, until: null, grant, handedTo: null, left: null };
  const given: GrantPage | null =
    role !== null && !has
      ? { person: beginning.person, names, role, organization: beginning.organization, from: today, until: null }
      : null;
  return [create(tenureKind, tenure), ...(given ? [create(grantKind, given)] : [])];
}

/** More representatives, or more members of the executive, than the by-laws name: written, and somebody looks. */
function crowded(
  pages: Pages,
  of: Organization,
  held: readonly Kept<Tenure>[],
  post: Tenure['post'],
  { on, id }: { readonly on: string; readonly id: (nth: number) => string },
): Change[] {
  const lawsOf = ({ self, tier }: Organization) =>
    byLawsOn(pages.page(byLawsKind, 'organization', self), { settings: pages.rule(byLawsRule)[tier], source: '' }, on)
      .settings;
  const parent = of.parent === null ? undefined : pages.maybe<Organization>(organizationKind, of.parent)?.body;
  const most =
    post === 'representative'
      ? parent && lawsOf(parent).representatives
      : post === 'executive-member'
        ? lawsOf(of).executiveMembers
        : null;
  const now = held.filter(({ body }) => body.post === post).length + 1;
  return most && now > most ? [flag('posts.more-than-by-laws', { count: now, most }, id(1), of.self)] : [];
}

/**
 * A bearer leaves, and another follows her or nobody does yet. Her role ends with the entry, unless another post of hers carries
 * it; the successor's begins in the same entry, so that the office is never without. What was open is written beside her tenure.
 * Lines she has written and not sent are hers still: her phone sends them, and what she may not do any more is shown, not lost.
 */
export const handOver = command({
  name: 'posts.hand-over',
  nature: 'decision',
  input: z.strictObject({
    tenure: idShape,
    on: dayShape,
    successor: z.nullable(idShape),
    left: openItemsShape,
  }),
  reads: ({ tenure, successor }, pages) => {
    const kept = pages.maybe(tenureKind, tenure);
    if (!kept) return [read(tenureKind, tenure)];
    const { organization, person, grant, post, tier } = kept.body;
    const role = roleOf(post, tier);
    return [
      read(tenureKind, tenure),
      read(organizationKind, organization),
      readIndex(tenureKind, 'person', person),
      ...(grant === null ? [] : [read(grantKind, grant)]),
      ...(role === null ? [] : [readIndex(grantKind, 'role', `${role} ${organization}`)]),
      ...(successor === null ? [] : readsOfNew(successor)),
    ];
  },
  mayRun: keepsPosts,
  decide: (pages, { tenure, on, successor, left }, occasion) => {
    const kept = pages.get(tenureKind, tenure);
    const { body } = kept;
    if (body.until !== null) return refuse('posts.ended-already', { on: body.until });
    if (on > occasion.on) return refuse('posts.day-to-come', { on });
    if (on < body.from) return refuse('posts.before-she-began', { on: body.from });
    if (successor === body.person) return refuse('posts.same-person');
    const of = pages.get(organizationKind, body.organization).body;
    const ends = grantThatEnds(pages, kept);
    if (ends && ends.body.role === 'lso-bearer' && successor === null && isLast(pages, ends))
      return refuse('posts.last-bearer');
    const follows = successor !== null && {
      organization: body.organization,
      post: body.post,
      person: successor,
      from: on,
      owner: body.owner,
    };
    return accept([
      update(tenureKind, tenure, { ...body, until: on, handedTo: successor, left }),
      ...(ends ? [update(grantKind, ends.id, { ...ends.body, until: occasion.on })] : []),
      ...(follows ? begin(pages, of, follows, occasion.on, 1, occasion.id) : []),
    ]);
  },
});

function grantThatEnds(pages: Pages, { id, body }: Kept<Tenure>): Kept<GrantPage> | null {
  if (body.grant === null) return null;
  const carriesOn = pages
    .page(tenureKind, 'person', body.person)
    .some((other) => other.id !== id && other.body.until === null && other.body.grant === body.grant);
  const grant = pages.get(grantKind, body.grant);
  return carriesOn || grant.body.until !== null ? null : grant;
}

function isLast(pages: Pages, { id, body }: Kept<GrantPage>): boolean {
  return !pages
    .page(grantKind, 'role', `${body.role} ${body.organization}`)
    .some((other) => other.id !== id && other.body.until === null);
}

// In a sentence's choice a key has no hyphen.
function plain(post: string): string {
  return post.replace('-', '');
}
