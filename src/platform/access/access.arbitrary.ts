import fc from 'fast-check';
import { anyNames, type Proposals, someId } from '../book/proposal.arbitrary.ts';
import { roles } from './role.ts';

export const proposals: Proposals = {
  'access.give-role': (sight) =>
    fc.record({
      person: someId(sight, 'person'),
      names: anyNames,
      role: fc.constantFrom('vo-bearer', 'co-bearer', 'crp', 'member', ...roles),
      organization: someId(sight, 'organization'),
    }),
  'access.take-role': (sight) => fc.record({ grant: someId(sight, 'grant') }),
  'access.announce-phone': (sight) =>
    fc.record({
      seat: fc.integer({ min: 1, max: 40 }),
      person: someId(sight, 'person'),
      names: anyNames,
      enrolledBy: fc.constant(null),
      byStaff: fc.boolean(),
      organization: someId(sight, 'organization'),
    }),
  'access.withdraw-phone': (sight) => fc.record({ phone: someId(sight, 'phone') }),
};
