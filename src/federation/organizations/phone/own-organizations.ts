import { nameIn } from '../../../kernel/names.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { type Organization, organizationKind } from '../organization.ts';

/** The office's own organizations, by number, then name; those of the books above are not among them. */
export function ownOrganizations(copy: Copy): readonly Kept<Organization>[] {
  const tree = copy.tree();
  return [...copy.all<Organization>(organizationKind)]
    .filter(({ id, body }) => tree.has(id) || (body.parent !== null && tree.has(body.parent)))
    .sort(
      (a, b) =>
        (a.body.number ?? 9999) - (b.body.number ?? 9999) ||
        (nameIn(a.body.names, 'en') < nameIn(b.body.names, 'en') ? -1 : 1),
    );
}
