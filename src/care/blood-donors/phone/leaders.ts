import type { Names } from '../../../kernel/names.ts';
import { type GrantPage, grantKind } from '../../../platform/access/grants.ts';
import type { Copy } from '../../../platform/book/copy.ts';

export type Leader = {
  readonly person: string;
  readonly names: Names;
  /** The organization she leads; null where only her number for the night is known here. */
  readonly organization: string | null;
  /** The number she gave for the night. */
  readonly number: string | null;
};

/**
 * The leaders this phone knows of: bearers see who holds a role, everybody sees who agreed to be called. The second is read by its
 * kind's name, since another register keeps it.
 */
export function leadersOf(copy: Copy): readonly Leader[] {
  const leaders = new Map<string, Leader>();
  for (const { body } of copy.byKind('on-call')) {
    const { person, names, number, vo } = body as Leader & { readonly vo: string | null };
    leaders.set(person, { person, names, number, organization: vo });
  }
  for (const { body } of copy.all<GrantPage>(grantKind)) {
    if (body.until !== null) continue;
    const { person, names, organization } = body;
    leaders.set(person, { person, names, organization, number: leaders.get(person)?.number ?? null });
  }
  return [...leaders.values()];
}
