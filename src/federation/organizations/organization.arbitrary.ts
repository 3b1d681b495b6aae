import fc from 'fast-check';
import {
  anyDay,
  anyNames,
  anyText,
  maybeId,
  type Proposals,
  sawOf,
  someId,
} from '../../platform/book/proposal.arbitrary.ts';
import { rhythms } from './by-laws.ts';
import { organizationStatuses, sexes } from './organization.ts';

const of = fc.constantFrom(...sexes);
const atMost = (max: number) => fc.option(fc.integer({ min: 1, max }), { freq: 2 });

export const proposals: Proposals = {
  'organizations.form': (sight) =>
    fc.record({
      tier: fc.constantFrom('co', 'co', 'vo'),
      names: anyNames,
      number: fc.option(fc.integer({ min: 1, max: 20 })),
      place: maybeId(sight, 'place'),
      parent: someId(sight, 'organization'),
      of,
      formedOn: anyDay(sight),
      status: fc.constantFrom('active', 'active', ...organizationStatuses),
    }),
  'organizations.correct': (sight) =>
    someId(sight, 'organization').chain((organization) =>
      fc.record({
        organization: fc.constant(organization),
        saw: sawOf(sight, 'organization', organization),
        fields: fc.record(
          {
            names: anyNames,
            number: fc.option(fc.integer({ min: 1, max: 20 })),
            place: maybeId(sight, 'place'),
            of,
            formedOn: anyDay(sight),
          },
          { requiredKeys: [] },
        ),
      }),
    ),
  'organizations.change-status': (sight) =>
    fc.record({
      organization: someId(sight, 'organization'),
      status: fc.constantFrom('active', 'dormant', 'dormant', 'dissolved'),
      on: anyDay(sight),
    }),
  'organizations.set-by-laws': (sight) =>
    fc.record({
      organization: someId(sight, 'organization'),
      from: anyDay(sight),
      settings: fc.record({
        meets: fc.option(fc.constantFrom(...rhythms)),
        quorumPercent: atMost(100),
        termMonths: atMost(36),
        leastMembers: atMost(20),
        mostMembers: atMost(25),
        // Few, so that offices come to have more than their by-laws name.
        representatives: atMost(2),
        executiveMembers: atMost(2),
      }),
      source: anyText,
    }),
  'organizations.tell-households': (sight) =>
    fc.record({
      organization: someId(sight, 'organization'),
      on: anyDay(sight),
      told: fc.option(
        fc.record({
          total: fc.integer({ min: 1, max: 4000 }),
          organized: fc.option(fc.integer({ min: 0, max: 3000 })),
          source: anyText,
        }),
      ),
    }),
};
