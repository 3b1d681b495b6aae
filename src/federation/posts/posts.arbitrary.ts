import fc from 'fast-check';
import { anyDay, bodyOf, type Proposals, someId, someIdWhere } from '../../platform/book/proposal.arbitrary.ts';
import type { Organization } from '../organizations/organization.ts';
import { posts, postsOf, type Tenure } from './tenure.ts';

const few = fc.nat({ max: 4 });

export const proposals: Proposals = {
  'posts.appoint': (sight) =>
    someId(sight, 'organization').chain((organization) => {
      const tier = bodyOf<Organization>(sight, 'organization', organization)?.tier ?? 'co';
      return fc.record({
        organization: fc.constant(organization),
        post: fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(...(postsOf[tier].length > 0 ? postsOf[tier] : posts)) },
          { weight: 1, arbitrary: fc.constantFrom(...posts) },
        ),
        person: someId(sight, 'person'),
        from: anyDay(sight),
        // To the root of the office belongs who holds which post.
        owner: someIdWhere<Organization>(sight, 'organization', ({ tier }) => tier === 'lso'),
      });
    }),
  'posts.hand-over': (sight) =>
    fc.record({
      tenure: someIdWhere<Tenure>(sight, 'tenure', ({ until }) => until === null),
      on: anyDay(sight),
      successor: fc.option(someId(sight, 'person')),
      left: fc.record({ emergencies: few, refusals: few, flags: few, phones: few }),
    }),
};
