import { type Names, nameIn } from '../../kernel/names.ts';
import type { Words } from '../../platform/languages/say.ts';
import type { Organization } from './organization.ts';

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
