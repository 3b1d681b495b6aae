import { expect, test } from 'vitest';
import { DecidedBook, grant } from '../../../tests/support/decided-book.ts';
import { accessRegister, type GrantPage, grantKind, grantsOf } from '../../platform/access/grants.ts';
import { registersOf } from '../../platform/book/command.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { byLawsRule } from '../organizations/by-laws.ts';
import { lsoProfile } from '../organizations/lso-profile.ts';
import { organizationsRegister } from '../organizations/register.ts';
import { peopleRegister } from '../people/register.ts';
import { postsRegister } from './register.ts';
import { holdsOn, tenureKind, termEnds } from './tenure.ts';

const nothing = { emergencies: 0, refusals: 0, flags: 0, phones: 0 };

function office() {
  const book = new DecidedBook(
    registersOf([bookRegister, accessRegister, organizationsRegister, peopleRegister, postsRegister]),
  );
  const form = (tier: string, parent: string | null, number: number | null = null) =>
    book.made('organizations.form', {
      tier,
      names: { en: tier, sd: null, ur: null },
      number,
      place: null,
      parent,
      of: 'women',
      formedOn: '2017-10-30',
      status: 'active',
    });
  const lso = form('lso', null);
  const vo = form('vo', lso, 1);
  const woman = (en: string) =>
    book.made('people.enter-person', {
      names: { en, sd: null, ur: null },
      parent: null,
      sex: 'f',
      bornYear: 1990,
      household: null,
      number: null,
      owner: vo,
    });
  const appoint = (organization: string, post: string, person: string, on = '2026-01-10') =>
    book.made('posts.appoint', { organization, post, person, from: on, owner: lso }, { day: on });
  const held = (person: string) => grantsOf(book.all<GrantPage>(grantKind), person);
  return { book, lso, vo, woman, appoint, held };
}

test('with the post comes the role, and with the hand-over it goes: the office is never without a bearer', () => {
  const { book, lso, woman, appoint, held } = office();
  const [shabana, nasreen] = [woman('Shabana'), woman('Nasreen')];
  const president = appoint(lso, 'president', shabana);
  expect(held(shabana)).toEqual([{ role: 'lso-bearer', scope: lso }]);
  const left = { emergencies: 2, refusals: 1, flags: 0, phones: 1 };
  book.made(
    'posts.hand-over',
    { tenure: president, on: '2026-06-01', successor: nasreen, left },
    { day: '2026-06-03' },
  );
  expect(held(shabana)).toEqual([]);
  expect(held(nasreen)).toEqual([{ role: 'lso-bearer', scope: lso }]);
  expect(book.get(tenureKind, president).body).toMatchObject({ until: '2026-06-01', handedTo: nasreen, left });
  const holders = book.all(tenureKind).filter(({ body }) => holdsOn(body, '2026-06-01'));
  expect(holders.map(({ body }) => body.person)).toEqual([nasreen]);
});

test('the last bearer of an office cannot leave it to nobody', () => {
  const { book, lso, woman, appoint } = office();
  const [shabana, halima] = [woman('Shabana'), woman('Halima')];
  const president = appoint(lso, 'president', shabana);
  const leave = { tenure: president, on: '2026-06-01', successor: null, left: nothing };
  expect(book.refusal('posts.hand-over', leave)).toBe('posts.last-bearer');
  appoint(lso, 'treasurer', halima);
  expect(book.refusal('posts.hand-over', leave)).toBeNull();
});

test('nobody on a phone takes the role of the last bearer, with or without a post', () => {
  const { book, lso, woman, appoint, held } = office();
  const [shabana, halima] = [woman('Shabana'), woman('Halima')];
  appoint(lso, 'president', shabana);
  const grantOf = (person: string) => book.all<GrantPage>(grantKind).find(({ body }) => body.person === person)?.id;
  expect(
    book.refusal('access.take-role', { grant: grantOf(shabana) }, { grants: [{ role: 'lso-bearer', scope: lso }] }),
  ).toBe('access.last-bearer');
  expect(held(shabana)).toEqual([{ role: 'lso-bearer', scope: lso }]);
  appoint(lso, 'treasurer', halima);
  expect(
    book.refusal('access.take-role', { grant: grantOf(shabana) }, { grants: [{ role: 'lso-bearer', scope: lso }] }),
  ).toBeNull();
});

test('who keeps another post of the same role keeps the role', () => {
  const { book, lso, woman, appoint, held } = office();
  const shabana = woman('Shabana');
  const president = appoint(lso, 'president', shabana);
  appoint(lso, 'treasurer', shabana);
  expect(book.all(grantKind)).toHaveLength(1);
  book.made('posts.hand-over', { tenure: president, on: '2026-06-01', successor: null, left: nothing });
  expect(held(shabana)).toEqual([{ role: 'lso-bearer', scope: lso }]);
});

test('a post of one is held by one; of each VO two represent it by the rule, and a third is looked at unless the LSO has decided on more', () => {
  const { book, lso, vo, woman, appoint } = office();
  const [a, b, c] = [woman('A'), woman('B'), woman('C')];
  appoint(lso, 'president', a);
  expect(
    book.refusal('posts.appoint', { organization: lso, post: 'president', person: b, from: '2026-02-01', owner: lso }),
  ).toBe('posts.held');
  appoint(vo, 'representative', a);
  appoint(vo, 'representative', b);
  expect(book.flags()).toEqual([]);
  appoint(vo, 'representative', c);
  expect(book.flags()).toEqual(['posts.more-than-by-laws']);
  book.made('organizations.set-by-laws', {
    organization: lso,
    from: '2026-01-01',
    settings: { ...byLawsRule.shipped.value.lso, representatives: 4 },
    source: 'Resolution 1',
  });
  appoint(vo, 'representative', woman('D'));
  expect(book.flags()).toHaveLength(1);
  expect(lsoProfile(book.cells(), '2026-11-24').generalBody).toEqual({ count: 4, women: 4 });
  expect(lsoProfile(book.cells(), '2026-01-09').generalBody.count).toBe(0);
});

test('a VO has no executive member, and a tenure does not end before it began', () => {
  const { book, lso, vo, woman, appoint } = office();
  const a = woman('A');
  const wrong = { organization: vo, post: 'executive-member', person: a, from: '2026-02-01', owner: lso };
  expect(book.refusal('posts.appoint', wrong)).toBe('posts.no-such-post');
  const tenure = appoint(vo, 'manager', a);
  const early = { tenure, on: '2026-01-09', successor: null, left: nothing };
  expect(book.refusal('posts.hand-over', early)).toBe('posts.before-she-began');
  expect(book.refusal('posts.hand-over', { ...early, on: '2026-03-01', successor: a })).toBe('posts.same-person');
});

test('a VO bearer does not choose bearers', () => {
  const { book, lso, vo, woman } = office();
  const input = { organization: vo, post: 'manager', person: woman('A'), from: '2026-02-01', owner: lso };
  expect(book.refusal('posts.appoint', input, { grants: [grant('vo-bearer', vo)] })).toBe('access.not-allowed');
});

test.each([
  ['2026-01-31', 1, '2026-02-28'],
  ['2024-02-29', 12, '2025-02-28'],
  ['2026-11-24', 24, '2028-11-24'],
  ['2026-12-15', 1, '2027-01-15'],
  ['2026-01-10', null, null],
])('a term that began on %s and lasts %s months ends on %s', (from, months, ends) => {
  expect(termEnds(from, months)).toBe(ends);
});
