import fc from 'fast-check';
import {
  anyDay,
  anyNames,
  anyPhoneText,
  anyText,
  maybeId,
  maybeText,
  type Proposals,
  sawOf,
  someId,
} from '../../platform/book/proposal.arbitrary.ts';
import { requestOf } from '../blood-donors/blood-donors.arbitrary.ts';
import { emergencyTypes, endings, providerAnswers, supports } from './emergency.ts';
import { facilityTypes } from './facility.ts';
import { providerTypes } from './provider.ts';

const bookPage = maybeText.map((text) => text?.slice(0, 20) ?? null);
const staff = fc.constantFrom('yes', 'no');
const plan = { facility: maybeText, vehicle: maybeText, companion: maybeText, money: maybeText, whoDecides: maybeText };

export const proposals: Proposals = {
  'emergencies.open': (sight) =>
    fc.record({
      type: fc.constantFrom(...emergencyTypes),
      patient: fc.option(anyNames),
      vo: maybeId(sight, 'organization'),
      village: maybeId(sight, 'place'),
      owner: someId(sight, 'organization'),
      blood: fc.option(fc.record(requestOf(sight)), { freq: 3 }),
      bookPage,
    }),
  'emergencies.ask-for-blood': (sight) =>
    fc.record({ emergency: someId(sight, 'emergency'), blood: fc.record(requestOf(sight)) }),
  'emergencies.answer-provider': (sight) =>
    fc.record({
      emergency: someId(sight, 'emergency'),
      provider: someId(sight, 'provider'),
      answer: fc.constantFrom(...providerAnswers),
      minutes: fc.option(fc.integer({ min: 0, max: 90 })),
    }),
  'emergencies.see-facility': (sight) =>
    fc.record({ emergency: maybeId(sight, 'emergency'), facility: someId(sight, 'facility'), staff }),
  'emergencies.add-support': (sight) =>
    fc.record({
      emergency: someId(sight, 'emergency'),
      what: fc.constantFrom(...supports),
      from: anyText,
      rupees: fc.option(fc.integer({ min: 0, max: 50_000 })),
    }),
  'emergencies.tell-outcome': (sight) =>
    fc.record({
      emergency: someId(sight, 'emergency'),
      ending: fc.constantFrom(...endings),
      bloodGiven: fc.boolean(),
      carriedBy: maybeId(sight, 'provider'),
      facility: maybeId(sight, 'facility'),
      on: anyDay(sight),
    }),
  'emergencies.correct': (sight) =>
    someId(sight, 'emergency').chain((emergency) =>
      fc.record({
        emergency: fc.constant(emergency),
        saw: sawOf(sight, 'emergency', emergency),
        fields: fc.record(
          { type: fc.constantFrom(...emergencyTypes), patient: fc.option(anyNames) },
          { requiredKeys: [] },
        ),
      }),
    ),
  'emergencies.add-provider': (sight) =>
    fc.record({
      names: anyNames,
      type: fc.constantFrom(...providerTypes),
      number: anyPhoneText,
      free: fc.boolean(),
      order: fc.integer({ min: 1, max: 9 }),
      vo: maybeId(sight, 'organization'),
      owner: someId(sight, 'organization'),
    }),
  'emergencies.correct-provider': (sight) =>
    someId(sight, 'provider').chain((provider) =>
      fc.record({
        provider: fc.constant(provider),
        saw: sawOf(sight, 'provider', provider),
        fields: fc.record(
          { names: anyNames, number: anyPhoneText, free: fc.boolean(), order: fc.integer({ min: 1, max: 9 }) },
          { requiredKeys: [] },
        ),
      }),
    ),
  'emergencies.test-provider': (sight) => fc.record({ provider: someId(sight, 'provider'), works: fc.boolean() }),
  'emergencies.add-facility': (sight) =>
    fc.record({
      names: anyNames,
      type: fc.constantFrom(...facilityTypes),
      number: fc.option(anyPhoneText),
      where: fc.option(anyNames),
      owner: someId(sight, 'organization'),
    }),
  'emergencies.agree-on-call': (sight) =>
    fc.record({
      names: anyNames,
      number: anyPhoneText,
      person: sight.person === null ? someId(sight, 'person') : fc.constant(sight.person),
      vo: maybeId(sight, 'organization'),
      owner: someId(sight, 'organization'),
    }),
  'emergencies.end-on-call': (sight) => fc.record({ leader: someId(sight, 'on-call') }),
  'emergencies.plan-birth': (sight) =>
    fc.record({
      woman: anyNames,
      parent: fc.option(anyNames),
      expectedMonth: fc.constantFrom(null, '2027-02'),
      ...plan,
      donors: fc.array(someId(sight, 'donor'), { maxLength: 2 }),
      consented: fc.constantFrom(true, true, true, false),
      circle: fc
        .tuple(sight.person === null ? someId(sight, 'person') : fc.constant(sight.person), someId(sight, 'person'))
        .map(([own, other]) => [own, other]),
      owner: someId(sight, 'organization'),
    }),
  'emergencies.correct-birth-plan': (sight) =>
    someId(sight, 'birth-plan').chain((id) =>
      fc.record({
        plan: fc.constant(id),
        saw: sawOf(sight, 'birth-plan', id),
        fields: fc.record(
          { ...plan, donors: fc.array(someId(sight, 'donor'), { maxLength: 2 }) },
          { requiredKeys: [] },
        ),
      }),
    ),
  'emergencies.carry-forward': (sight) =>
    fc.record({
      figure: fc.constantFrom('people-given-blood', 'families-carried'),
      count: fc.integer({ min: 0, max: 90 }),
      until: anyDay(sight),
      bookPage: anyText.map((text) => text.slice(0, 20)),
      toldBy: anyText,
      owner: someId(sight, 'organization'),
    }),
};
