import { organizationKind } from '../../../federation/organizations/organization.ts';
import { sayOrganization } from '../../../federation/organizations/phone/organization-name.tsx';
import { nameIn } from '../../../kernel/names.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Words } from '../../../platform/languages/say.ts';
import type { Donor } from '../donor.ts';

/** "son of Ghulam", "daughter of Ghulam": nobody is told apart by a name alone. */
export function sayParent(words: Words, { parent, sex }: Donor): string | null {
  if (parent === null) return null;
  return words.say(sex === 'f' ? 'blood-donors.daughter-of' : 'blood-donors.son-of', {
    name: nameIn(parent, words.language),
  });
}

export function sayVo(words: Words, copy: Copy, vo: string | null): string {
  const organization = vo === null ? undefined : copy.get(organizationKind, vo);
  return organization ? sayOrganization(words, organization.body) : words.say('design.not-known');
}
