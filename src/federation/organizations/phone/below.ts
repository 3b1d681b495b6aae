import type { Copy } from '../../../platform/book/copy.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { type Household, householdKind } from '../../people/household.ts';
import type { Organization } from '../organization.ts';

/** For each organization, the organizations right below it and the households of all below it, as this phone knows them. */
export type Below = {
  readonly children: ReadonlyMap<string, readonly Kept<Organization>[]>;
  readonly households: ReadonlyMap<string, number>;
};

/** Counted once per copy, in one walk over organizations and households. */
export function belowOf(copy: Copy, organizations: readonly Kept<Organization>[]): Below {
  const children = new Map<string, Kept<Organization>[]>();
  const parents = new Map<string, string | null>();
  for (const kept of organizations) {
    parents.set(kept.id, kept.body.parent);
    if (kept.body.parent === null) continue;
    const siblings = children.get(kept.body.parent);
    if (siblings) siblings.push(kept);
    else children.set(kept.body.parent, [kept]);
  }
  const households = new Map<string, number>();
  for (const { body } of copy.all<Household>(householdKind))
    for (let at: string | null | undefined = body.co; at; at = parents.get(at))
      households.set(at, (households.get(at) ?? 0) + 1);
  return { children, households };
}
