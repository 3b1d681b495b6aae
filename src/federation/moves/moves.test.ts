import { expect, test } from 'vitest';
import { decidedOffice, named as names } from '../../../tests/support/decided-office.ts';
import type { Grant } from '../../platform/access/role.ts';
import { registersOf } from '../../platform/book/command.ts';
import { departureKind } from '../../platform/book/departure.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { organizationKind } from '../organizations/organization.ts';
import { organizationsRegister } from '../organizations/register.ts';
import { consentKind } from '../people/consent.ts';
import { personContactKind } from '../people/contact.ts';
import { householdKind } from '../people/household.ts';
import { personKind } from '../people/person.ts';
import { peopleRegister } from '../people/register.ts';
import { movesRegister } from './register.ts';

const leads = (role: Grant['role'], scope: string, person = '1-1') => ({ person, grants: [{ role, scope }] });

function office() {
  const formed = decidedOffice(registersOf([bookRegister, organizationsRegister, peopleRegister, movesRegister]));
  const { book } = formed;
  const household = (owner: string, head = 'Imran') =>
    book.made('people.enter-household', {
      head: names(head),
      headParent: null,
      size: 5,
      place: null,
      co: owner,
      owner,
      since: '2020-02-01',
      bookPage: '4',
    });
  const person = (owner: string, household: string | null, name: string, over: object = {}) =>
    book.made('people.enter-person', {
      names: names(name),
      parent: null,
      sex: 'f',
      household,
      number: null,
      owner,
      ...over,
    });
  return { ...formed, household, person };
}

test('a household goes to another CO with its people; each gets the next number there and keeps her id', () => {
  const { book, lso, co1, co2, household, person } = office();
  const home = household(co1);
  const [zeba, child] = [person(co1, home, 'Zeba', { number: 7 }), person(co1, home, 'Noor')];
  person(co2, null, 'Sakina', { number: 3 });
  const said = book.say('moves.move-household', { household: home, to: co2 }, leads('lso-bearer', lso));
  expect(said.state).toBe('accepted');
  expect(book.get(householdKind, home)).toMatchObject({ scope: co2, body: { co: co2, owner: co2 } });
  expect(book.get(personKind, zeba)).toMatchObject({ scope: co2, body: { number: 4, household: home } });
  expect(book.get(personKind, child)).toMatchObject({ scope: co2, body: { number: null } });
  expect(book.get(personKind, zeba).body.corrections).toEqual([
    { field: 'owner', before: co1, by: '1-1', on: '2026-11-24' },
    { field: 'number', before: 7, by: '1-1', on: '2026-11-24' },
  ]);
  expect(book.all(departureKind)).toMatchObject([
    {
      scope: co1,
      body: {
        about: home,
        kind: 'household',
        from: co1,
        to: co2,
        moved: [
          { id: home, from: co1 },
          { id: zeba, from: co1 },
          { id: child, from: co1 },
        ],
      },
    },
  ]);
});

test('a move changes no figure of the office: who moved is counted once', () => {
  const { book, co1, co2, household, person } = office();
  const home = household(co1);
  person(co1, home, 'Zeba', { number: 1 });
  const said = book.say('moves.move-household', { household: home, to: co2 });
  expect(said.written.flatMap(({ counts }) => counts)).toEqual([]);
});

test('a number that her VO keeps goes to the leaders of her new VO, and never to anybody above, though the mover never sees it', () => {
  const { book, lso, vo1, vo2, co1, co2, person } = office();
  const phones = [{ number: '03000000101', whose: 'own', safeToCall: true }];
  const agreed = [{ purpose: 'called', how: 'told' }];
  const zeba = person(co1, null, 'Zeba', { phones, phonesOwner: vo1, agreed });
  const own = person(co1, null, 'Amina', { phones, phonesOwner: null });
  for (const person of [zeba, own])
    expect(
      book.say('moves.move-person', { person, to: co2, household: null }, leads('lso-bearer', lso)).refusal,
    ).toBeNull();
  expect(book.all(personContactKind).map(({ body, scope }) => [body.person, scope])).toEqual([
    [zeba, vo2],
    [own, co2],
  ]);
  expect(book.all(consentKind).map(({ scope }) => scope)).toEqual([co2]);
});

test('who leads only the old CO cannot put a woman into another, nor can a CRP', () => {
  const { book, lso, vo1, co1, co2, person } = office();
  const zeba = person(co1, null, 'Zeba');
  const move = { person: zeba, to: co2, household: null };
  expect(book.say('moves.move-person', move, leads('co-bearer', co1)).refusal?.code).toBe('access.out-of-reach');
  expect(book.say('moves.move-person', move, leads('vo-bearer', vo1)).refusal?.code).toBe('access.out-of-reach');
  expect(book.say('moves.move-person', move, leads('crp', lso)).refusal?.code).toBe('access.not-allowed');
  expect(book.get(personKind, zeba).scope).toBe(co1);
});

test('what an offline leader wrote of a woman who has moved is taken, and her new CO is asked to look', () => {
  const { book, lso, co1, co2, person } = office();
  const zeba = person(co1, null, 'Zeba');
  const saw = book.get(personKind, zeba).version;
  const line = book.line('people.correct-person', { person: zeba, saw, fields: { names: names('Zaibunnisa') } });
  const died = book.line('people.tell-consent', {
    person: zeba,
    purpose: 'photo',
    given: true,
    how: 'told',
    on: '2026-11-24',
  });
  book.say('moves.move-person', { person: zeba, to: co2, household: null }, leads('lso-bearer', lso));
  const late = book.decide(line, leads('co-bearer', co1, '1-2'));
  expect(late.state).toBe('flagged');
  expect(book.get(personKind, zeba)).toMatchObject({ scope: co2, body: { names: names('Zaibunnisa') } });
  expect(book.flags(zeba)).toEqual(['book.moved-since']);
  expect(book.decide(died, leads('co-bearer', co1, '1-2')).state).toBe('flagged');
  expect(book.all(consentKind).map(({ scope }) => scope)).toEqual([co2]);
});

test('who never had her page gains nothing by the move, and after ninety days the line is refused where everybody sees it', () => {
  const { book, lso, vo1, co1, co2, form, person } = office();
  const co3 = form('co', 'Aman', vo1, 2);
  const zeba = person(co1, null, 'Zeba');
  book.say('moves.move-person', { person: zeba, to: co2, household: null }, leads('lso-bearer', lso));
  const correct = { person: zeba, saw: 1, fields: { names: names('Zaibunnisa') } };
  const other = book.say('people.correct-person', correct, leads('co-bearer', co3));
  expect(other.refusal?.code).toBe('access.out-of-reach');
  const late = book.say('people.correct-person', correct, { ...leads('co-bearer', co1), day: '2027-03-01' });
  expect(late.refusal?.code).toBe('access.out-of-reach');
  const inTime = book.say('people.correct-person', correct, { ...leads('co-bearer', co1), day: '2027-02-20' });
  expect(inTime.state).toBe('flagged');
});

test('a child written into a household that has moved meanwhile follows it', () => {
  const { book, lso, co1, co2, household } = office();
  const home = household(co1);
  const line = book.line('people.enter-person', {
    names: names('Noor'),
    parent: null,
    sex: 'f',
    household: home,
    number: 2,
    owner: co1,
  });
  book.say('moves.move-household', { household: home, to: co2 }, leads('lso-bearer', lso));
  expect(book.decide(line, leads('co-bearer', co1)).state).toBe('flagged');
  expect(book.get(personKind, `${line.seat}-${line.line}`).scope).toBe(co2);
});

test('a CO goes to another VO: its pages stay its own, numbers kept by the VO follow, the old VO writes late and is flagged', () => {
  const { book, lso, vo1, vo2, co1, form, person } = office();
  const phones = [{ number: '03000000101', whose: 'own', safeToCall: true }];
  const zeba = person(co1, null, 'Zeba', { phones, phonesOwner: vo1 });
  const co9 = form('co', 'Roshni', vo1, 9);
  const late = book.line('people.correct-person', { person: zeba, saw: 1, fields: { names: names('Zaibunnisa') } });
  const fresh = book.line('people.enter-person', {
    names: names('Noor'),
    parent: null,
    sex: 'f',
    household: null,
    number: null,
    owner: co1,
  });
  const bearer = leads('lso-bearer', lso);
  expect(book.say('moves.move-organization', { organization: co1, under: vo2 }, bearer).state).toBe('flagged');
  expect(book.flags(co1)).toEqual(['organizations.same-number']);
  expect(book.get(organizationKind, co1)).toMatchObject({ scope: co1, body: { parent: vo2 } });
  expect(book.all(personContactKind).map(({ scope }) => scope)).toEqual([vo2]);
  expect(book.decide(late, leads('vo-bearer', vo1)).state).toBe('flagged');
  expect(book.decide(fresh, leads('vo-bearer', vo1)).state).toBe('flagged');
  const never = { person: zeba, saw: 1, fields: { names: names('Zebo') } };
  expect(book.say('people.correct-person', never, leads('co-bearer', co9)).refusal?.code).toBe('access.out-of-reach');
});

test('below the LSO itself, numbers go to the CO and not up to where everybody would see them', () => {
  const { book, lso, vo1, co1, person } = office();
  const phones = [{ number: '03000000101', whose: 'own', safeToCall: true }];
  person(co1, null, 'Zeba', { phones, phonesOwner: vo1 });
  book.say('moves.move-organization', { organization: co1, under: lso }, leads('lso-bearer', lso));
  expect(book.all(personContactKind).map(({ scope }) => scope)).toEqual([co1]);
});

test('two COs become one: households and members go over, and what is written late into the old one is shown to the new one', () => {
  const { book, lso, co1, co2, household, person } = office();
  const home = household(co1);
  const zeba = person(co1, home, 'Zeba', { number: 2 });
  person(co2, null, 'Sakina', { number: 1 });
  const late = book.line('people.enter-household', {
    head: names('Rahim'),
    headParent: null,
    size: 3,
    place: null,
    co: co1,
    owner: co1,
    since: '2026-11-01',
    bookPage: null,
  });
  const merge = { goes: co1, stays: co2 };
  expect(book.say('moves.merge-organizations', merge, leads('lso-bearer', lso)).state).toBe('accepted');
  expect(book.get(organizationKind, co1).body).toMatchObject({ status: 'merged', into: co2 });
  expect(book.get(personKind, zeba)).toMatchObject({ scope: co2, body: { number: 2 } });
  expect(book.get(householdKind, home).scope).toBe(co2);
  const said = book.decide(late, leads('co-bearer', co1));
  expect(said.state).toBe('flagged');
  expect(book.flags(`${late.seat}-${late.line}`)).toEqual(['people.organization-merged']);
  expect(book.say('moves.merge-organizations', merge, leads('lso-bearer', lso)).written).toEqual([]);
});

test('a VO over whose head COs stand is merged when they have been moved, and no sooner', () => {
  const { book, lso, vo1, vo2, co1 } = office();
  const bearer = leads('lso-bearer', lso);
  const merge = { goes: vo1, stays: vo2 };
  expect(book.say('moves.merge-organizations', merge, bearer).refusal).toMatchObject({
    code: 'moves.has-below',
    params: { count: 1 },
  });
  book.say('moves.move-organization', { organization: co1, under: vo2 }, bearer);
  expect(book.say('moves.merge-organizations', merge, bearer).refusal).toBeNull();
  expect(book.say('moves.move-organization', { organization: co1, under: vo1 }, bearer).refusal?.code).toBe(
    'organizations.parent-gone',
  );
});

test('a CO is split: the chosen households form their own, numbered from one; who left meanwhile stays away', () => {
  const { book, lso, vo1, co1, co2, household, person } = office();
  const [stays, goes, gone] = [household(co1, 'Imran'), household(co1, 'Rahim'), household(co1, 'Ghulam')];
  const zeba = person(co1, goes, 'Zeba', { number: 8 });
  const noor = person(co1, stays, 'Noor', { number: 9 });
  book.say('moves.move-household', { household: gone, to: co2 }, leads('lso-bearer', lso));
  const split = {
    organization: co1,
    names: names('Sabar Two'),
    number: 2,
    place: null,
    households: [goes, gone],
  };
  const line = book.line('moves.split-organization', split);
  expect(book.decide(line, leads('lso-bearer', lso)).state).toBe('flagged');
  const made = `${line.seat}-${line.line}`;
  expect(book.get(organizationKind, made).body).toMatchObject({ tier: 'co', parent: vo1, status: 'active' });
  expect(book.get(personKind, zeba)).toMatchObject({ scope: made, body: { number: 1 } });
  expect(book.get(personKind, noor)).toMatchObject({ scope: co1, body: { number: 9 } });
  expect(book.get(householdKind, gone).scope).toBe(co2);
  expect(book.flags(made)).toEqual(['moves.not-all-went']);
});
