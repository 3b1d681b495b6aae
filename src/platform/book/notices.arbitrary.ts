import fc from 'fast-check';
import { type Proposals, someId } from './proposal.arbitrary.ts';

const how = fc.constantFrom('dropped', 'said-again', 'seen');

export const proposals: Proposals = {
  'book.settle-refusal': (sight) => fc.record({ notice: someId(sight, 'refusal'), how }),
  'book.settle-flag': (sight) => fc.record({ notice: someId(sight, 'flag'), how }),
};
