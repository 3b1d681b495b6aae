import fc from 'fast-check';
import { addDays } from '../../kernel/plain-date.ts';
import {
  anyDay,
  anyNames,
  anyPhoneText,
  maybeId,
  maybeText,
  type Proposals,
  type Secrets,
  type Sight,
  sawOf,
  someId,
  someIdWhere,
} from '../../platform/book/proposal.arbitrary.ts';
import { consentPurposes, consentWays } from './consent.ts';
import { phoneOwners } from './contact.ts';
import { leavings, parentKinds, sexes } from './household.ts';
import type { Person } from './person.ts';

// How every card that is proposed begins, as it may be typed. A mask keeps none of it. Long, for a hash has digits too.
export const secrets: Secrets = ['43201-77755', '4320177755', '۴۳۲۰۱۷۷۷۵۵'];

/** Few cards, so that some are written twice; with dashes, in other digits, too short, and what stays of one. */
const anyCard = fc.constantFrom(
  '43201-7775551-8',
  '4320177755518',
  '43201-7775552-7',
  '۴۳۲۰۱۷۷۷۵۵۵۳۶',
  '43201-777555',
  '•••••-••••551-8',
);
const maybeCard = fc.option(anyCard, { freq: 1 });

const year = fc.option(fc.integer({ min: 1940, max: 2028 }));
const birth = (sight: Sight) =>
  fc.option(
    fc.oneof(
      fc.record({ year: fc.integer({ min: 1940, max: 2028 }) }),
      fc.record({ age: fc.integer({ min: 0, max: 90 }), toldOn: anyDay(sight) }),
      fc.record({ on: fc.integer({ min: -20_000, max: 3 }).map((days) => addDays(sight.on, days)) }),
    ),
  );
const whose = fc.constantFrom('own', 'own', 'husband', ...phoneOwners);
const how = fc.constantFrom(...consentWays);
const purpose = fc.constantFrom('register', 'called', ...consentPurposes);
const bookPage = maybeText.map((text) => text?.slice(0, 20) ?? null);
const size = fc.option(fc.integer({ min: 0, max: 14 }));
const left = (sight: Sight) => fc.option(fc.record({ how: fc.constantFrom(...leavings), on: anyDay(sight) }));

export const proposals: Proposals = {
  'people.enter-household': (sight) =>
    fc.record({
      head: anyNames,
      headParent: fc.option(anyNames),
      size,
      place: maybeId(sight, 'place'),
      co: maybeId(sight, 'organization'),
      owner: someId(sight, 'organization'),
      since: anyDay(sight),
      bookPage,
    }),
  'people.enter-person': (sight) =>
    fc.record(
      {
        names: anyNames,
        parent: fc.option(anyNames),
        sex: fc.constantFrom(...sexes),
        bornYear: year,
        born: birth(sight),
        household: maybeId(sight, 'household'),
        number: fc.option(fc.integer({ min: 1, max: 30 })),
        owner: someId(sight, 'organization'),
        cnic: maybeCard,
        phones: fc.array(fc.record({ number: anyPhoneText, whose, safeToCall: fc.boolean() }), { maxLength: 2 }),
        phonesOwner: maybeId(sight, 'organization'),
        agreed: fc.uniqueArray(fc.record({ purpose, how }), { maxLength: 2, selector: (each) => each.purpose }),
      },
      // An older phone asked for the year alone.
      { requiredKeys: ['names', 'parent', 'sex', 'household', 'number', 'owner'] },
    ),
  'people.write-cnic': (sight) => fc.record({ person: someId(sight, 'person'), cnic: fc.option(anyCard, { freq: 6 }) }),
  'people.correct-person': (sight) =>
    someId(sight, 'person').chain((person) =>
      fc.record({
        person: fc.constant(person),
        saw: sawOf(sight, 'person', person),
        fields: fc.record(
          {
            names: anyNames,
            parent: fc.option(anyNames),
            parentIs: fc.constantFrom(null, ...parentKinds),
            sex: fc.constantFrom(...sexes),
            born: birth(sight),
            household: maybeId(sight, 'household'),
          },
          { requiredKeys: [] },
        ),
      }),
    ),
  'people.correct-household': (sight) =>
    someId(sight, 'household').chain((household) =>
      fc.record({
        household: fc.constant(household),
        saw: sawOf(sight, 'household', household),
        fields: fc.record(
          {
            head: anyNames,
            headParent: fc.option(anyNames),
            headSex: fc.constantFrom(null, ...sexes),
            size: fc.option(fc.integer({ min: 1, max: 14 })),
            place: maybeId(sight, 'place'),
            bookPage,
          },
          { requiredKeys: [] },
        ),
      }),
    ),
  'people.admit': (sight) =>
    fc.record({ person: someId(sight, 'person'), number: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.nat()) }),
  'people.tell-status': (sight) => fc.record({ person: someId(sight, 'person'), left: left(sight) }),
  'people.tell-household-status': (sight) => fc.record({ household: someId(sight, 'household'), left: left(sight) }),
  'people.add-phone': (sight) =>
    fc.record({
      person: someId(sight, 'person'),
      number: anyPhoneText,
      whose,
      safeToCall: fc.boolean(),
      owner: someId(sight, 'organization'),
    }),
  'people.change-phone': (sight) =>
    fc.record({ contact: someId(sight, 'person-contact'), whose, safeToCall: fc.boolean() }),
  'people.remove-phone': (sight) => fc.record({ contact: someId(sight, 'person-contact') }),
  'people.tell-consent': (sight) =>
    fc.record({ person: someId(sight, 'person'), purpose, given: fc.boolean(), how, on: anyDay(sight) }),
  'people.merge': (sight) => fc.record({ stays: someId(sight, 'person'), goes: someId(sight, 'person') }),
  'people.unmerge': (sight) =>
    fc.record({ person: someIdWhere<Person>(sight, 'person', ({ mergedInto }) => mergedInto !== null) }),
};
