/*
 * Who may know what, said a second time and as naively as can be: from the grants and organizations as they stand, with none of
 * the machinery that copies are made by.
 */
import type { AnyKept } from '../../src/platform/book/decide.ts';
import { offices } from './offices.ts';
import { serverRegisters } from './program-ages.ts';

type Office = { readonly records: (office?: number) => readonly AnyKept[] };

/** The organizations above one, itself included, by walking from page to page. */
export function upward(organizations: readonly AnyKept[], from: string): string[] {
  const line = [from];
  for (;;) {
    const page = organizations.find(({ id }) => id === line.at(-1));
    const parent = (page?.body as { parent: string | null } | undefined)?.parent ?? null;
    if (parent === null || line.includes(parent)) return line;
    line.push(parent);
  }
}

/** Roles that a person holds: given, and not taken since. */
export function heldBy(
  records: readonly AnyKept[],
  person: string,
): { readonly role: string; readonly scope: string }[] {
  return records.flatMap(({ kind, body }) => {
    if (kind !== 'grant') return [];
    const grant = body as { person: string; role: string; organization: string; until: string | null };
    return grant.person === person && grant.until === null ? [{ role: grant.role, scope: grant.organization }] : [];
  });
}

function above(office: number): number[] {
  const up = offices.find((each) => each.office === office)?.above ?? null;
  return up === null ? [] : [up, ...above(up)];
}

/** Who reads: a person, on a phone of her office. */
export type Reader = { readonly person: string; readonly office: number };

/** Whether a record of an office's book may reach a person of hers. */
export function mayReach(world: Office, { person, office: hers }: Reader, office: number, record: AnyKept): boolean {
  const kind = serverRegisters.kinds.get(record.kind);
  if (!kind) return false;
  // Of her own book, and of those above it; of a neighbour's nothing at all.
  if (office !== hers && !above(hers).includes(office)) return false;
  const { reach, roles } = kind.seenBy;
  if (reach === 'reference') return true;
  const own = world.records(hers);
  // Of the books above, only what every phone keeps.
  if (office !== hers) return false;
  if (reach === 'circle') return (kind.circle?.(record.body) ?? []).includes(person);
  const organizations = own.filter((page) => page.kind === 'organization');
  const scope = kind.scope(record.body);
  return heldBy(own, person).some((grant) => {
    if (!(roles as readonly string[]).includes(grant.role)) return false;
    if (!organizations.some(({ id }) => id === scope)) return false;
    const ownAbove = upward(organizations, grant.scope).includes(scope);
    const ownBelow = upward(organizations, scope).includes(grant.scope);
    // A number goes to the organization that it was given to and those below; a register's page along the whole line.
    return reach === 'here' ? ownAbove : ownAbove || ownBelow;
  });
}
