import { expect, test } from 'vitest';
import { DecidedBook } from '../../../tests/support/decided-book.ts';
import type { Grant } from '../../platform/access/role.ts';
import { registersOf } from '../../platform/book/command.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { organizationsRegister } from '../organizations/register.ts';
import { agrees, consentKind, purposesOffered } from './consent.ts';
import { personContactKind } from './contact.ts';
import { householdKind } from './household.ts';
import { nextMemberNumber, personKind } from './person.ts';
import { peopleRegister } from './register.ts';

const registers = registersOf([bookRegister, organizationsRegister, peopleRegister]);
const names = (en: string) => ({ en, sd: null, ur: null });

function office() {
  const book = new DecidedBook(registers);
  const formed = (tier: string, parent: string | null) =>
    book.made('organizations.form', {
      tier,
      names: names(tier),
      number: 1,
      place: null,
      parent,
      of: 'women',
      formedOn: '2020-01-01',
      status: 'active',
    });
  const lso = formed('lso', null);
  const vo = formed('vo', lso);
  const otherVo = formed('vo', lso);
  const co = formed('co', vo);
  const person = (over: object = {}) => ({
    names: names('Shabana'),
    parent: names('Ghulam Nabi'),
    sex: 'f',
    household: null,
    number: null,
    owner: co,
    ...over,
  });
  return { book, lso, vo, otherVo, co, person };
}

const leads = (role: Grant['role'], scope: string) => ({ person: '1-1', grants: [{ role, scope }] });

test('a woman of whom only a name is known is entered; a year that has not come is refused', () => {
  const { book, person } = office();
  const id = book.made('people.enter-person', person());
  expect(book.get(personKind, id).body).toMatchObject({ born: null, number: null, cnic: null, left: null });
  expect(book.say('people.enter-person', person({ born: { year: 2027 } })).refusal?.code).toBe('people.born-later');
  expect(book.say('people.enter-person', person({ born: { on: '2026-11-25' } })).refusal?.code).toBe(
    'people.born-later',
  );
  expect(book.say('people.enter-person', person({ born: { on: '2026-02-30' } })).refusal?.code).toBe(
    'people.no-such-day',
  );
});

test('birth is kept as it was told: a day, a year, or an age on a day', () => {
  const { book, person } = office();
  for (const born of [{ on: '1994-03-02' }, { year: 1994 }, { age: 30, toldOn: '2026-11-01' }])
    expect(book.get(personKind, book.made('people.enter-person', person({ born }))).body.born).toEqual(born);
  const short = book.made('people.enter-person', person({ bornYear: 1990 }));
  expect(book.get(personKind, short).body.born).toEqual({ year: 1990 });
});

test('two phones that admit at once do not give one number twice: the second woman gets the next, and the CO is told', () => {
  const { book, person, co } = office();
  expect(nextMemberNumber(book.all(personKind))).toBe(1);
  const first = book.made('people.enter-person', person({ number: 1 }));
  const second = book.made('people.enter-person', person({ names: names('Zeba'), number: 1 }));
  expect(book.get(personKind, first).body.number).toBe(1);
  expect(book.get(personKind, second).body.number).toBe(2);
  expect(book.flags(second)).toEqual(['people.number-moved']);
  expect(nextMemberNumber(book.all(personKind).filter(({ body }) => body.owner === co))).toBe(3);
  const third = book.made('people.enter-person', person({ names: names('Amina') }));
  book.made('people.admit', { person: third, number: 3 });
  expect(book.get(personKind, third).body.number).toBe(3);
});

test('a correction writes what stood before, by whom and when; what does not differ is no correction', () => {
  const { book, person, lso } = office();
  const id = book.made('people.enter-person', person());
  const saw = book.get(personKind, id).version;
  const correct = { person: id, saw, fields: { names: names('Shabnam'), parent: names('Ghulam Nabi') } };
  expect(book.say('people.correct-person', correct, leads('lso-bearer', lso)).state).toBe('accepted');
  expect(book.get(personKind, id).body.names.en).toBe('Shabnam');
  expect(book.get(personKind, id).body.corrections).toEqual([
    { field: 'names', before: names('Shabana'), by: '1-1', on: '2026-11-24' },
  ]);
});

test('two corrections of different fields both stand; of the same field the second is kept and flagged', () => {
  const { book, person, lso } = office();
  const id = book.made('people.enter-person', person());
  const saw = book.get(personKind, id).version;
  const by = leads('lso-bearer', lso);
  book.say('people.correct-person', { person: id, saw, fields: { names: names('Shabnam') } }, by);
  book.say('people.correct-person', { person: id, saw, fields: { born: { year: 1990 } } }, by);
  expect(book.flags(id)).toEqual([]);
  book.say('people.correct-person', { person: id, saw, fields: { names: names('Shahnaz') } }, by);
  expect(book.flags(id)).toEqual(['book.corrected-twice']);
  expect(book.get(personKind, id).body).toMatchObject({ names: names('Shahnaz'), born: { year: 1990 } });
});

test('a page keeps the last eight corrections; older ones stand in the book', () => {
  const { book, person } = office();
  const id = book.made('people.enter-person', person());
  for (let i = 0; i < 12; i++)
    book.say('people.correct-person', {
      person: id,
      saw: book.get(personKind, id).version,
      fields: { born: { year: 1980 + i } },
    });
  expect(book.get(personKind, id).body.corrections).toHaveLength(8);
  expect(book.get(personKind, id).body.corrections.at(-1)?.before).toEqual({ year: 1990 });
});

test('a household is corrected like a person, and leaves as a whole', () => {
  const { book, co, vo } = office();
  const id = book.made('people.enter-household', {
    head: names('Imran'),
    headParent: null,
    size: 5,
    place: null,
    co,
    owner: co,
    since: '2020-02-01',
    bookPage: '4',
  });
  book.say('people.correct-household', { household: id, saw: 1, fields: { size: 6 } });
  expect(book.get(householdKind, id).body.corrections?.[0]).toMatchObject({ field: 'size', before: 5 });
  book.say('people.tell-household-status', { household: id, left: { how: 'moved-away', on: '2026-10-01' } });
  expect(householdKind.measure(book.get(householdKind, id).body)).toEqual([
    { figure: 'households', by: { organized: 'yes' }, from: '2020-02-01', until: '2026-10-01', count: 1 },
  ]);
  const later = { head: names('A'), headParent: null, size: 1, place: null, co: null, owner: vo, bookPage: null };
  expect(book.say('people.enter-household', { ...later, since: '2026-12-01' }).refusal?.code).toBe(
    'people.day-to-come',
  );
});

test('a number is read in any digits and kept by the VO; a text that is no number is refused and nothing is written', () => {
  const { book, person, vo } = office();
  const phones = [{ number: '۰۳۰۰ ۰۰۰۰۱۰۱', whose: 'husband', safeToCall: false }];
  book.made('people.enter-person', person({ phones, phonesOwner: vo }));
  expect(
    book.all(personContactKind).map(({ body, scope }) => [body.number, body.whose, body.safeToCall, scope]),
  ).toEqual([['+923000000101', 'husband', false, vo]]);
  const before = book.records.size;
  const wrong = book.say('people.enter-person', person({ phones: [{ number: '12', whose: 'own', safeToCall: true }] }));
  expect(wrong.refusal?.code).toBe('people.bad-number');
  expect(book.records.size).toBe(before + 1);
  expect(book.all(personKind)).toHaveLength(1);
});

test('who withdraws being called is called by nobody: her numbers go, also those that the writer herself never sees', () => {
  const { book, person, vo, otherVo } = office();
  const agreed = [{ purpose: 'called', how: 'read-aloud' }];
  const phones = [{ number: '03000000101', whose: 'own', safeToCall: true }];
  const id = book.made('people.enter-person', person({ owner: otherVo, phones, phonesOwner: vo, agreed }));
  expect(agrees(book.all(consentKind), 'called')).toBe(true);
  const no = { person: id, purpose: 'called', given: false, how: 'told', on: '2026-11-24' };
  // She leads the other VO: the number is not among what she may see.
  const done = book.say('people.tell-consent', no, leads('vo-bearer', otherVo));
  expect(done.refusal).toBeNull();
  expect(book.all(personContactKind)).toEqual([]);
  expect(agrees(book.all(consentKind), 'called')).toBe(false);
});

test('what lies beyond her reach may be taken away by a withdrawal, and never changed by her', () => {
  const { book, person, vo, otherVo } = office();
  const phones = [{ number: '03000000101', whose: 'own', safeToCall: true }];
  book.made('people.enter-person', person({ owner: otherVo, phones, phonesOwner: vo }));
  const contact = book.all(personContactKind)[0]?.id;
  const change = { contact, whose: 'father', safeToCall: true };
  expect(book.say('people.change-phone', change, leads('vo-bearer', otherVo)).refusal?.code).toBe(
    'access.out-of-reach',
  );
});

test('she is asked only for what something here depends on; a yes of before is offered to be taken back, and no more after it', () => {
  const { book, person } = office();
  const id = book.made('people.enter-person', person());
  const tell = (purpose: string, given: boolean) =>
    book.say('people.tell-consent', { person: id, purpose, given, how: 'told', on: '2026-11-01' });
  expect(purposesOffered(book.all(consentKind))).toEqual(['register', 'called']);
  tell('photo', true);
  expect(purposesOffered(book.all(consentKind))).toEqual(['register', 'called', 'photo']);
  tell('photo', false);
  expect(purposesOffered(book.all(consentKind))).toEqual(['register', 'called']);
});

test('a consent is given, withdrawn and given again; a no on either of two phones is a no', () => {
  const { book, person } = office();
  const id = book.made('people.enter-person', person());
  const tell = (given: boolean, on: string) =>
    book.say('people.tell-consent', { person: id, purpose: 'photo', given, how: 'told', on });
  tell(true, '2026-11-01');
  tell(false, '2026-11-02');
  tell(true, '2026-11-03');
  const consents = book.all(consentKind);
  expect(consents).toHaveLength(1);
  expect(consents[0]?.body.steps.map(({ given }) => given)).toEqual([true, false, true]);
  expect(agrees(consents, 'photo')).toBe(true);
  expect(agrees(consents, 'newsletter')).toBe(false);
  const other = { ...consents[0], body: { ...consents[0]?.body, steps: [{ given: false }] } } as never;
  expect(agrees([...consents, other], 'photo')).toBe(false);
  expect(tell(true, '2026-11-25').refusal?.code).toBe('people.day-to-come');
});

test('who asks to be taken out of the register is counted and listed no more, and neither number nor card of hers is kept', () => {
  const { book, person } = office();
  const phones = [{ number: '03000000101', whose: 'own', safeToCall: true }];
  const id = book.made('people.enter-person', person({ cnic: '4320112345678', phones }));
  const out = { person: id, purpose: 'register', given: false, how: 'told', on: '2026-11-24' };
  book.say('people.tell-consent', out);
  const { body } = book.get(personKind, id);
  expect(body).toMatchObject({ withdrawnOn: '2026-11-24', cnic: null });
  expect(personKind.measure(body)).toEqual([]);
  expect(book.all(personContactKind)).toEqual([]);
  expect(book.apart.at(-1)).toEqual({ id, field: 'cnic', value: null });
});

test('a member, and whoever helps her, may not keep the register; a CRP writes but does not join pages', () => {
  const { book, person, vo } = office();
  const [a, b] = [book.made('people.enter-person', person()), book.made('people.enter-person', person())];
  expect(book.say('people.enter-person', person(), leads('member', vo)).refusal?.code).toBe('access.not-allowed');
  expect(book.say('people.enter-person', person(), leads('social-organizer', vo)).refusal?.code).toBe(
    'access.not-allowed',
  );
  expect(book.say('people.enter-person', person(), leads('crp', vo)).refusal).toBeNull();
  expect(book.say('people.merge', { stays: a, goes: b }, leads('crp', vo)).refusal?.code).toBe('access.not-allowed');
  expect(book.say('people.merge', { stays: a, goes: b }, leads('vo-bearer', vo)).refusal).toBeNull();
});
