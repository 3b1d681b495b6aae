import { type Names, nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { type Organization, organizationKind } from '../organization.ts';

/** "VO 4, Kandri": by its number where it has one. */
export function sayOrganization(
  words: Words,
  { tier, number, names }: Pick<Organization, 'tier' | 'number' | 'names'>,
): string {
  const name = nameIn(names as Names, words.language);
  if (tier === 'vo' && number !== null) return words.say('organizations.vo', { number, name });
  if (tier === 'co' && number !== null) return words.say('organizations.co', { number, name });
  return name;
}

export function OrganizationName({ id }: { readonly id: string }) {
  const words = useWords();
  const organization = useOffice().copy.get(organizationKind, id);
  return <>{organization ? sayOrganization(words, organization.body) : words.say('design.not-known')}</>;
}
