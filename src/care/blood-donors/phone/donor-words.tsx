import { organizationKind } from '../../../federation/organizations/organization.ts';
import { sayOrganization } from '../../../federation/organizations/say-organization.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Words } from '../../../platform/languages/say.ts';

export function sayVo(words: Words, copy: Copy, vo: string | null): string {
  const organization = vo === null ? undefined : copy.get(organizationKind, vo);
  return organization ? sayOrganization(words, organization.body) : words.say('design.not-known');
}
