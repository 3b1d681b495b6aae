import fc from 'fast-check';
import { anyNames, maybeId, type Proposals, someId } from '../../platform/book/proposal.arbitrary.ts';
import { placeLevels } from './place.ts';

export const proposals: Proposals = {
  'places.add': (sight) =>
    fc.record({
      names: anyNames,
      level: fc.constantFrom(...placeLevels),
      parent: maybeId(sight, 'place'),
      code: fc.option(fc.record({ value: fc.constantFrom('1', '2'), list: fc.constant('census') })),
      aliases: fc.constantFrom([], ['Kambar'], ['Kambar', 'Qambar']),
      owner: someId(sight, 'organization'),
    }),
};
