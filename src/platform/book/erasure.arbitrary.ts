import fc from 'fast-check';
import { type Proposals, someId } from './proposal.arbitrary.ts';

export const proposals: Proposals = {
  'book.ask-erasure': (sight) =>
    fc.constantFrom('person', 'donor', 'birth-plan', 'no-such-kind').chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        subject: someId(sight, kind),
        owner: someId(sight, 'organization'),
      }),
    ),
  'book.take-erasure-back': (sight) => fc.record({ erasure: someId(sight, 'erasure') }),
};
