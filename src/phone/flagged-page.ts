import { organizationKind } from '../federation/organizations/organization.ts';
import { sayOrganization } from '../federation/organizations/say-organization.ts';
import { householdKind } from '../federation/people/household.ts';
import { personKind } from '../federation/people/person.ts';
import { nameIn } from '../kernel/names.ts';
import type { Copy } from '../platform/book/copy.ts';
import type { Words } from '../platform/languages/say.ts';

/** Whose page a flag stands beside, and where it opens; null for a page that is not here or has no name. */
export function flaggedPage(
  copy: Copy,
  words: Words,
  id: string,
): { readonly name: string; readonly path: string } | null {
  const person = copy.get(personKind, id);
  if (person) return { name: nameIn(person.body.names, words.language), path: `/people/person/${id}` };
  const household = copy.get(householdKind, id);
  if (household) {
    const name = words.say('people.household-of', { name: nameIn(household.body.head, words.language) });
    return { name, path: `/people/household/${id}` };
  }
  const organization = copy.get(organizationKind, id);
  return organization ? { name: sayOrganization(words, organization.body), path: `/organizations/${id}` } : null;
}
