import fc from 'fast-check';
import { anyDay, anyNames, maybeId, type Proposals, someId } from '../../platform/book/proposal.arbitrary.ts';
import { organizationStatuses } from './organization.ts';

export const proposals: Proposals = {
  'organizations.form': (sight) =>
    fc.record({
      tier: fc.constantFrom('co', 'co', 'vo'),
      names: anyNames,
      number: fc.option(fc.integer({ min: 1, max: 20 })),
      place: maybeId(sight, 'place'),
      parent: someId(sight, 'organization'),
      of: fc.constantFrom('women', 'men', 'mixed'),
      formedOn: anyDay(sight),
      status: fc.constantFrom(...organizationStatuses),
    }),
};
