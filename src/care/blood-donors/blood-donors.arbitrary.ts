import fc from 'fast-check';
import { bloodGroups } from '../../kernel/blood-group.ts';
import {
  anyDay,
  anyGroup,
  anyNames,
  anyPhoneText,
  anyText,
  maybeId,
  maybeText,
  type Proposals,
  type Sight,
  sawOf,
  someId,
} from '../../platform/book/proposal.arbitrary.ts';
import { answers } from './answers.ts';
import { groupKnowledge } from './donor.ts';

const year = fc.option(fc.integer({ min: 1950, max: 2028 }));
const kilograms = fc.option(fc.integer({ min: 35, max: 110 }));
const mostly = fc.constantFrom(true, true, true, true, true, true, true, false);

/** What is asked for a patient. */
export const requestOf = (sight: Sight) => ({
  group: fc.option(anyGroup),
  bottles: fc.integer({ min: 1, max: 4 }),
  sex: fc.constantFrom('f', 'm', 'unknown'),
  age: fc.option(fc.integer({ min: 0, max: 90 })),
  village: maybeId(sight, 'place'),
  vo: maybeId(sight, 'organization'),
});

/** A number that she knows stands with a donor, of that donor or of another. */
const contactOf = (sight: Sight) => maybeId(sight, 'donor-contact');

export const proposals: Proposals = {
  'blood-donors.enlist': (sight) =>
    fc.record({
      names: anyNames,
      parent: fc.option(anyNames),
      person: maybeId(sight, 'person'),
      sex: fc.constantFrom('f', 'm'),
      bornYear: year,
      kilograms,
      group: fc.option(anyGroup),
      groupKnownBy: fc.constantFrom(...groupKnowledge),
      village: maybeId(sight, 'place'),
      vo: someId(sight, 'organization'),
      address: maybeText,
      relay: fc.option(fc.record({ person: someId(sight, 'person'), names: anyNames }), { freq: 1 }),
      number: fc.option(anyPhoneText, { freq: 5 }),
      whose: fc.constantFrom('own', 'husband', 'neighbour'),
      safeToCall: fc.boolean(),
      owner: someId(sight, 'organization'),
      consented: mostly,
      sure: fc.boolean(),
    }),
  'blood-donors.correct': (sight) =>
    someId(sight, 'donor').chain((donor) =>
      fc.record({
        donor: fc.constant(donor),
        saw: sawOf(sight, 'donor', donor),
        fields: fc.record({ names: anyNames, bornYear: year, kilograms, address: maybeText }, { requiredKeys: [] }),
      }),
    ),
  'blood-donors.tell-person': (sight) => fc.record({ donor: someId(sight, 'donor'), person: maybeId(sight, 'person') }),
  'blood-donors.learn-group': (sight) =>
    fc.record({ donor: someId(sight, 'donor'), group: anyGroup, knownBy: fc.constantFrom('card', 'lab', 'told') }),
  'blood-donors.withdraw': (sight) => fc.record({ donor: someId(sight, 'donor'), contact: contactOf(sight) }),
  'blood-donors.rest': (sight) =>
    fc.record({
      donor: someId(sight, 'donor'),
      resting: fc.boolean(),
      contact: contactOf(sight),
      until: fc.option(anyDay(sight)),
    }),
  'blood-donors.change-request': (sight) => fc.record({ list: someId(sight, 'call-list'), ...requestOf(sight) }),
  'blood-donors.answer': (sight) =>
    fc.record({
      list: someId(sight, 'call-list'),
      donor: someId(sight, 'donor'),
      answer: fc.constantFrom('arrived', 'coming', ...answers),
    }),
  'blood-donors.hand-number': (sight) =>
    fc.record({ list: someId(sight, 'call-list'), donor: someId(sight, 'donor'), to: anyText }),
  'blood-donors.thank': (sight) => fc.record({ donor: someId(sight, 'donor'), gaveOn: fc.option(anyDay(sight)) }),
  'blood-donors.hold-group-day': (sight) =>
    fc.record({
      on: anyDay(sight),
      village: maybeId(sight, 'place'),
      owner: someId(sight, 'organization'),
      laboratory: anyNames,
      licence: anyText,
      motivators: fc.array(anyNames, { maxLength: 2 }),
      found: fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: bloodGroups.length, maxLength: bloodGroups.length })
        .map((counts) => Object.fromEntries(bloodGroups.map((group, i) => [group, counts[i]]))),
      stillUnknown: fc.integer({ min: 0, max: 40 }),
    }),
  'blood-donors.share-counts': (sight) =>
    fc.record({
      office: fc.constantFrom(10, 11),
      names: anyNames,
      groups: fc
        .constantFrom('none', 'few', 'many')
        .map((band) => Object.fromEntries(bloodGroups.map((group) => [group, band]))),
      leaders: fc.array(fc.record({ names: anyNames, number: fc.constant('+923000000101') }), { maxLength: 1 }),
      owner: someId(sight, 'organization'),
    }),
};
