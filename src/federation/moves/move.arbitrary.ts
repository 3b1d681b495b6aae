import fc from 'fast-check';
import { anyNames, maybeId, type Proposals, someId } from '../../platform/book/proposal.arbitrary.ts';

const organization = 'organization';

export const proposals: Proposals = {
  'moves.move-household': (sight) =>
    fc.record(
      { household: someId(sight, 'household'), to: someId(sight, organization), place: maybeId(sight, 'place') },
      { requiredKeys: ['household', 'to'] },
    ),
  'moves.move-person': (sight) =>
    fc.record({
      person: someId(sight, 'person'),
      to: someId(sight, organization),
      household: maybeId(sight, 'household'),
    }),
  'moves.move-organization': (sight) =>
    fc.record({ organization: someId(sight, organization), under: someId(sight, organization) }),
  'moves.merge-organizations': (sight) =>
    fc.record({ goes: someId(sight, organization), stays: someId(sight, organization) }),
  'moves.split-organization': (sight) =>
    fc.record({
      organization: someId(sight, organization),
      names: anyNames,
      number: fc.option(fc.integer({ min: 1, max: 20 })),
      place: maybeId(sight, 'place'),
      households: fc.array(someId(sight, 'household'), { minLength: 1, maxLength: 3 }),
    }),
};
