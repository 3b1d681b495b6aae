import type { OrganizationId, PersonId } from '../../kernel/ids.ts';
import { type Purpose, type PurposeName, purposes } from './purpose.ts';
import type { Grant } from './role.ts';

/** Who stands below whom in one office: every organization and its parent (null at the root). */
export type OrganizationTree = ReadonlyMap<OrganizationId, OrganizationId | null>;

/** What a person may see: pairs of purpose and owning organization, and the circles she is named in. */
export type Reach = { readonly person: PersonId | null; readonly pairs: ReadonlySet<ReachPair> };
export type ReachPair = `${PurposeName} ${OrganizationId}`;

/** Where a record stands: what it is seen for, which organization owns it, and who it names. */
export type Standing = {
  readonly purpose: PurposeName;
  readonly scope: OrganizationId;
  readonly circle?: readonly PersonId[];
};

/** The organization itself, then its parents up to the root. */
export function lineUpward(tree: OrganizationTree, from: OrganizationId): OrganizationId[] {
  const line: OrganizationId[] = [];
  for (let at: OrganizationId | null | undefined = from; at && !line.includes(at); at = tree.get(at)) line.push(at);
  return line;
}

export function standsWithin(tree: OrganizationTree, inner: OrganizationId, outer: OrganizationId): boolean {
  return lineUpward(tree, inner).includes(outer);
}

/**
 * Who keeps, after a move, what an organization kept before it. `out` and `into` are the lines upward from where it was and from where
 * it is now. What both stand below stays; the rest goes to the one of the same height, or to the lowest where there is none: never
 * to one that stands higher, from which more people would see it.
 */
export function heirOf(
  out: readonly OrganizationId[],
  into: readonly OrganizationId[],
  owner: OrganizationId,
): OrganizationId {
  const at = out.indexOf(owner);
  const lowest = into[0];
  if (at < 0 || lowest === undefined || into.includes(owner)) return owner;
  return at === 0 ? lowest : (into.at(at - out.length) ?? lowest);
}

function reaches(purpose: Purpose, grant: Grant, scope: OrganizationId, tree: OrganizationTree): boolean {
  if (!purpose.roles.includes(grant.role)) return false;
  switch (purpose.reach) {
    case 'line':
      return standsWithin(tree, scope, grant.scope) || standsWithin(tree, grant.scope, scope);
    case 'here':
      return standsWithin(tree, grant.scope, scope);
    case 'circle':
      return false;
    case 'reference':
      return true;
  }
}

/** Every pair a person's grants reach in her office. */
export function reachOf(person: PersonId | null, grants: readonly Grant[], tree: OrganizationTree): Reach {
  const pairs = new Set<ReachPair>();
  for (const grant of grants)
    for (const purpose of Object.values(purposes))
      for (const scope of tree.keys()) if (reaches(purpose, grant, scope, tree)) pairs.add(`${purpose.name} ${scope}`);
  return { person, pairs };
}

export function maySee(reach: Reach, standing: Standing): boolean {
  if (standing.purpose === 'circle') return reach.person !== null && (standing.circle ?? []).includes(reach.person);
  return reach.pairs.has(`${standing.purpose} ${standing.scope}`);
}

/** Whether one of the grants covers the scope from its own organization downward: what one may write into. */
export function standsOver(grants: readonly Grant[], scope: OrganizationId, tree: OrganizationTree): boolean {
  return grants.some((grant) => standsWithin(tree, scope, grant.scope));
}
