import type { Register } from '../../platform/book/command.ts';
import { byLawsKind, byLawsRule } from './by-laws.ts';
import { changeStatus, correctOrganization, formOrganization, setByLaws, tellHouseholds } from './commands.ts';
import { type Organization, organizationKind } from './organization.ts';
import { toldHouseholdsKind } from './told-households.ts';

export const organizationsRegister: Register = {
  name: 'organizations',
  kinds: [organizationKind, byLawsKind, toldHouseholdsKind],
  commands: [formOrganization, correctOrganization, changeStatus, setByLaws, tellHouseholds],
  rules: [byLawsRule],
  tree: { kind: organizationKind.kind, parent: (body) => (body as Organization).parent },
};
