import fc from 'fast-check';
import {
  anyDay,
  anyNames,
  maybeId,
  maybeText,
  type Proposals,
  someId,
} from '../../platform/book/proposal.arbitrary.ts';

const year = fc.option(fc.integer({ min: 1940, max: 2028 }));

export const proposals: Proposals = {
  'people.enter-household': (sight) =>
    fc.record({
      head: anyNames,
      headParent: fc.option(anyNames),
      size: fc.option(fc.integer({ min: 0, max: 14 })),
      place: maybeId(sight, 'place'),
      co: maybeId(sight, 'organization'),
      owner: someId(sight, 'organization'),
      since: anyDay(sight),
      bookPage: maybeText.map((text) => text?.slice(0, 20) ?? null),
    }),
  'people.enter-person': (sight) =>
    fc.record({
      names: anyNames,
      parent: fc.option(anyNames),
      sex: fc.constantFrom('f', 'm'),
      bornYear: year,
      household: maybeId(sight, 'household'),
      number: fc.option(fc.integer({ min: 1, max: 30 })),
      owner: someId(sight, 'organization'),
    }),
};
