import fc from 'fast-check';
import { addDays } from '../../kernel/plain-date.ts';
import { anyText, type Proposals, someId } from './proposal.arbitrary.ts';

export const proposals: Proposals = {
  'book.publish-rule': (sight) =>
    fc.record({
      name: fc.constantFrom('emergencies.provider-calls', 'a-rule-of-tomorrow'),
      from: fc.constantFrom(-1, 0, 1, 30).map((days) => addDays(sight.on, days)),
      value: fc.constant({ testAfterDays: 30, sinkAfterFailures: 3 }),
      source: anyText,
      by: someId(sight, 'organization'),
    }),
};
