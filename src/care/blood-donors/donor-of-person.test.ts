import { expect, test } from 'vitest';
import { decidedOffice, named as names } from '../../../tests/support/decided-office.ts';
import { movesRegister } from '../../federation/moves/register.ts';
import { organizationsRegister } from '../../federation/organizations/register.ts';
import { personKind } from '../../federation/people/person.ts';
import { peopleRegister } from '../../federation/people/register.ts';
import type { Grant } from '../../platform/access/role.ts';
import { registersOf } from '../../platform/book/command.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { donorKind } from './donor.ts';
import { bornYearOf, donorsLike, notLeft } from './donor-of-person.ts';
import { bloodDonorsRegister } from './register.ts';

const leads = (role: Grant['role'], scope: string, person = '1-1') => ({ person, grants: [{ role, scope }] });

function office() {
  const formed = decidedOffice(
    registersOf([bookRegister, organizationsRegister, peopleRegister, movesRegister, bloodDonorsRegister]),
  );
  const { book, lso, vo1, co1 } = formed;
  const person = (name: string, father: string | null, owner = co1) =>
    book.made('people.enter-person', {
      names: names(name),
      parent: father === null ? null : names(father),
      sex: 'f',
      household: null,
      number: null,
      owner,
    });
  const enlisting = (name: string, father: string | null, over: object = {}) => ({
    names: names(name),
    parent: father === null ? null : names(father),
    sex: 'f',
    bornYear: null,
    kilograms: null,
    group: 'B-',
    groupKnownBy: 'card',
    village: '9-9',
    vo: vo1,
    address: null,
    relay: null,
    number: null,
    whose: 'own',
    safeToCall: true,
    owner: lso,
    consented: true,
    sure: false,
    ...over,
  });
  const enlist = (name: string, father: string | null, over: object = {}) =>
    book.made('blood-donors.enlist', enlisting(name, father, over));
  return { ...formed, person, enlisting, enlist, bearer: leads('lso-bearer', lso) };
}

test('a donor who may be this woman is shown, across scripts; another father’s daughter is not', () => {
  const { book, vo1, co1, lso, person, enlist } = office();
  const zeba = book.get(personKind, person('Zeba', 'Ghulam Nabi'));
  const hers = enlist('زيبا', 'غلام نبي');
  enlist('Zeba', 'Imran', { sure: true });
  const line = [co1, vo1, lso];
  const alike = () => donorsLike({ ...zeba.body, village: null }, line, book.all(donorKind)).map(({ id }) => id);
  expect(alike()).toEqual([hers]);
  book.made('blood-donors.tell-person', { donor: hers, person: zeba.id });
  expect(alike()).toEqual([]);
});

test('a page of the people’s register is one donor’s at most, and can be parted again', () => {
  const { book, person, enlist, enlisting, bearer } = office();
  const zeba = person('Zeba', 'Ghulam');
  const donor = enlist('Zeba', 'Ghulam', { person: zeba });
  expect(book.get(donorKind, donor).body.person).toBe(zeba);
  const again = book.say('blood-donors.enlist', enlisting('Zeba Khoso', null, { person: zeba }), bearer);
  expect(again).toMatchObject({ state: 'refused', refusal: { code: 'blood-donors.has-page', params: {} } });
  const other = enlist('Zeba Bibi', null);
  const taken = book.say('blood-donors.tell-person', { donor: other, person: zeba }, bearer);
  expect(taken).toMatchObject({ state: 'refused', refusal: { code: 'blood-donors.has-page' } });
  book.made('blood-donors.tell-person', { donor, person: null });
  expect(book.say('blood-donors.tell-person', { donor: other, person: zeba }, bearer).state).toBe('accepted');
});

test('a donor who has left the register is enlisted again from her own page', () => {
  const { book, person, enlist, enlisting, bearer } = office();
  const zeba = person('Zeba', 'Ghulam');
  const donor = enlist('Zeba', 'Ghulam', { person: zeba });
  book.made('blood-donors.withdraw', { donor, contact: null });
  const again = enlisting('Zeba', 'Ghulam', { person: zeba, sure: true });
  expect(book.say('blood-donors.enlist', again, bearer).state).toBe('accepted');
});

test('a donor who moves to another VO is of that VO from then on, and her village there is not known yet', () => {
  const { book, vo2, co2, person, enlist, bearer } = office();
  const zeba = person('Zeba', 'Ghulam');
  const [hers, anothers] = [enlist('Zeba', 'Ghulam', { person: zeba }), enlist('Sakina', 'Imran')];
  const moved = book.say('moves.move-person', { person: zeba, to: co2, household: null }, bearer);
  expect(moved.state).toBe('accepted');
  expect(book.get(donorKind, hers).body).toMatchObject({ vo: vo2, village: null, person: zeba });
  expect(book.get(donorKind, anothers).body).toMatchObject({ village: '9-9' });
});

test('nobody calls a donor of whom the people’s register says that she has died', () => {
  const { book, person, enlist, bearer } = office();
  const zeba = person('Zeba', 'Ghulam');
  const [hers, anothers] = [enlist('Zeba', 'Ghulam', { person: zeba }), enlist('Sakina', 'Imran')];
  const called = () => [...notLeft(book.all(donorKind), (id) => book.get(personKind, id))].map(({ id }) => id).sort();
  expect(called()).toEqual([hers, anothers].sort());
  const twin = person('Zeba', 'Ghulam');
  book.made('people.merge', { stays: twin, goes: zeba });
  expect(called()).toEqual([hers, anothers].sort());
  // Told on the page that stays: the donor is joined to the other one.
  book.say('people.tell-status', { person: twin, left: { how: 'died', on: '2026-11-20' } }, bearer);
  expect(called()).toEqual([anothers]);
});

test('a year of birth is taken over only where it is known for certain', () => {
  expect(bornYearOf({ born: { on: '1994-03-02' } })).toBe(1994);
  expect(bornYearOf({ born: { year: 1994 } })).toBe(1994);
  expect(bornYearOf({ born: { age: 30, toldOn: '2026-03-02' } })).toBeNull();
  expect(bornYearOf({ born: null })).toBeNull();
});
