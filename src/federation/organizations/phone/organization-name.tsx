import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { organizationKind } from '../organization.ts';
import { sayOrganization } from '../say-organization.ts';

export function OrganizationName({ id }: { readonly id: string }) {
  const words = useWords();
  const organization = useOffice().copy.get(organizationKind, id);
  return <>{organization ? sayOrganization(words, organization.body) : words.say('design.not-known')}</>;
}
