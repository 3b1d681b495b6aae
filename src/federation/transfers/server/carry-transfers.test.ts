import { expect, test } from 'vitest';
import { donorContactKind, donorKind } from '../../../care/blood-donors/donor.ts';
import type { Names } from '../../../kernel/names.ts';
import { hashText } from '../../../platform/book/chain.ts';
import { departureKind } from '../../../platform/book/departure.ts';
import { type Cell, countOf } from '../../../platform/book/figures.ts';
import type { Kept, Kind } from '../../../platform/book/kind.ts';
import { memoryStore } from '../../../platform/book/server/memory-store.ts';
import { type PushContext, pushLines } from '../../../platform/sync/server/push.ts';
import { registers } from '../../../server/wings.ts';
import { organizationKind } from '../../organizations/organization.ts';
import { consentKind } from '../../people/consent.ts';
import { personContactKind } from '../../people/contact.ts';
import { householdKind } from '../../people/household.ts';
import { personKind } from '../../people/person.ts';
import { arrivalKind, transferKind } from '../transfer.ts';
import { carryTransfers } from './carry-transfers.ts';

const names = (en: string): Names => ({ en, sd: null, ur: null });
const [ibtida, roshni] = [10, 11] as const;
const day = (on: string) => Date.parse(`${on}T06:00:00Z`);

/** Two LSOs of one installation; each has an import's seat, the server's and one bearer's. */
async function twoOffices() {
  const store = memoryStore('first');
  let now = day('2026-10-01');
  let salts = 0;
  const context: PushContext = {
    registers,
    store,
    now: () => now,
    salt: () => `salt ${salts++}`,
    rules: () => [],
    safe: { hash: (field, value) => hashText(`${field} ${value}`), seal: (id) => `sealed for ${id}` },
    report: (error) => {
      throw error;
    },
  };
  const seats = { [ibtida]: { import: 1, server: 3, bearer: 5 }, [roshni]: { import: 2, server: 4, bearer: 6 } };
  const say = async (office: 10 | 11, as: 'import' | 'bearer' | 'server', command: string, input: unknown) => {
    const seat = seats[office][as];
    const line = (store.seat(seat)?.lastLine ?? 0) + 1;
    const shape = registers.commands.get(command)?.upgrades.length ?? 0;
    const { answers } = await pushLines(context, office, seat, [{ line, command, shape, input, at: now, grants: 0 }]);
    const answer = answers[0];
    return { id: `${seat}-${line}`, code: answer?.state === 'refused' ? answer.code : answer?.state };
  };
  const made = async (office: 10 | 11, command: string, input: unknown) => {
    const { id, code } = await say(office, 'import', command, input);
    if (code !== 'accepted' && code !== 'flagged') throw new Error(`${command}: ${code}`);
    return id;
  };
  const form = (office: 10 | 11, tier: string, name: string, parent: string | null, number: number | null = null) =>
    made(office, 'organizations.form', {
      tier,
      names: names(name),
      number,
      place: null,
      parent,
      of: 'women',
      formedOn: '2020-01-01',
      status: 'active',
    });
  const person = (office: 10 | 11, owner: string, household: string | null, name: string, number: number | null) =>
    made(office, 'people.enter-person', { names: names(name), parent: null, sex: 'f', household, number, owner });
  const household = (office: 10 | 11, owner: string, head: string) =>
    made(office, 'people.enter-household', {
      head: names(head),
      headParent: null,
      size: 5,
      place: null,
      co: owner,
      owner,
      since: '2021-02-01',
      bookPage: '4',
    });
  for (const office of [ibtida, roshni] as const) {
    store.addBook(office, null);
    for (const nature of ['import', 'server'] as const)
      store.addSeat({ seat: seats[office][nature], office, person: null, nature });
  }
  const build = async (office: 10 | 11, name: string) => {
    const lso = await form(office, 'lso', name, null);
    const vo = await form(office, 'vo', `VO of ${name}`, lso, 1);
    const co = await form(office, 'co', `CO of ${name}`, vo, 1);
    const bearer = await person(office, lso, null, `Bearer of ${name}`, null);
    store.addSeat({ seat: seats[office].bearer, office, person: bearer, nature: 'person' });
    await made(office, 'access.give-role', {
      person: bearer,
      names: names('Bearer'),
      role: 'lso-bearer',
      organization: lso,
    });
    return { lso, vo, co };
  };
  const [a, b] = [await build(ibtida, 'Ibtida'), await build(roshni, 'Roshni')];
  const carry = () =>
    carryTransfers({
      ...context,
      lsos: async () => [
        { office: ibtida, names: names('Ibtida') },
        { office: roshni, names: names('Roshni') },
      ],
      waiting: async () => [ibtida, roshni],
      ownSeat: async (office) => seats[office as 10].server,
    });
  const all = <T>(office: number, kind: Kind<T>) =>
    store.records(office).filter((record) => record.kind === kind.kind) as Kept<T>[];
  const find = <T>(office: number, kind: Kind<T>, id: string) => all(office, kind).find((record) => record.id === id);
  const count = (office: number, figure: string, to: string) => countOf(store.cells(office) as Cell[], { figure, to });
  const offer = (kind: string, about: string, office: number = roshni) =>
    say(ibtida, 'bearer', 'transfers.offer', { kind, about, office, officeNames: names('Roshni'), agreed: true });
  const arrivalOf = (about: string) => all(roshni, arrivalKind).find(({ body }) => body.about === about);
  const answer = (about: string, to: string | null, household: string | null = null) =>
    say(roshni, 'bearer', 'transfers.answer', { arrival: arrivalOf(about)?.id, to, household });
  return {
    store,
    a,
    b,
    say,
    made,
    form,
    person,
    household,
    carry,
    all,
    find,
    count,
    offer,
    arrivalOf,
    answer,
    on: (date: string) => {
      now = day(date);
    },
  };
}

test('a woman goes to another LSO when both have said yes: her page, number and consents keep their ids, and nothing of her stays', async () => {
  const { store, a, b, say, made, person, carry, find, all, offer, answer, arrivalOf, on } = await twoOffices();
  const zeba = await person(ibtida, a.co, null, 'Zeba', 7);
  await person(roshni, b.co, null, 'Sakina', 3);
  await made(ibtida, 'people.add-phone', {
    person: zeba,
    number: '03004441122',
    whose: 'own',
    safeToCall: true,
    owner: a.vo,
  });
  await made(ibtida, 'people.tell-consent', {
    person: zeba,
    purpose: 'called',
    given: true,
    how: 'told',
    on: '2026-10-01',
  });
  const [number, consent] = [all(ibtida, personContactKind)[0]?.id ?? '', all(ibtida, consentKind)[0]?.id ?? ''];
  await made(ibtida, 'people.write-cnic', { person: zeba, cnic: '4320112345678' });

  on('2026-11-24');
  expect(await offer('person', zeba)).toMatchObject({ code: 'accepted' });
  expect(await carry()).toBe(1);
  expect(await carry()).toBe(0);
  // Nothing has moved before the other office says yes.
  expect(find(ibtida, personKind, zeba)).toBeDefined();
  expect(await answer(zeba, b.co)).toMatchObject({ code: 'accepted' });
  expect(await carry()).toBe(1);
  expect(await carry()).toBe(0);

  expect(find(roshni, personKind, zeba)).toMatchObject({
    scope: b.co,
    body: { number: 4, enteredOn: '2026-11-24', owner: b.co },
  });
  expect(find(roshni, personKind, zeba)?.body.corrections.map(({ field, by }) => [field, by])).toEqual([
    ['number', arrivalOf(zeba)?.body.answeredBy],
    ['enteredOn', arrivalOf(zeba)?.body.answeredBy],
  ]);
  // What her VO kept goes to her new VO, never higher.
  expect(find(roshni, personContactKind, number)).toMatchObject({ scope: b.vo, body: { person: zeba } });
  expect(find(roshni, consentKind, consent)).toMatchObject({ scope: b.co });
  expect(store.apart(roshni)).toMatchObject([{ id: zeba, field: 'cnic' }]);
  expect(store.apart(ibtida)).toEqual([]);
  const left = store
    .records(ibtida)
    .filter((record) => JSON.stringify(record.body).includes(zeba) || record.id === zeba);
  expect(left.map(({ kind }) => kind).sort()).toEqual(['departure', 'transfer']);
  expect(all(ibtida, departureKind)).toMatchObject([
    { body: { about: zeba, from: a.co, to: null, office: { office: roshni } } },
  ]);
  expect(all(ibtida, transferKind)).toMatchObject([{ body: { state: 'gone', closedOn: '2026-11-24' } }]);
  // A line that was written before its phone heard of it is refused with a word about where she is.
  expect(
    await say(ibtida, 'bearer', 'people.correct-person', {
      person: zeba,
      saw: 1,
      fields: { names: names('Zaibunnisa') },
    }),
  ).toMatchObject({
    code: 'book.gone-away',
  });
});

test('her page among the donors goes with her, and her number to the VO in which she is now', async () => {
  const { a, b, made, person, carry, find, all, offer, answer } = await twoOffices();
  const zeba = await person(ibtida, a.co, null, 'Zeba', 7);
  const enlist = (name: string, over: object) =>
    made(ibtida, 'blood-donors.enlist', {
      names: names(name),
      parent: null,
      sex: 'f',
      bornYear: null,
      kilograms: null,
      group: 'B-',
      groupKnownBy: 'card',
      village: null,
      vo: a.vo,
      address: null,
      number: '03004441122',
      whose: 'own',
      safeToCall: true,
      owner: a.lso,
      consented: true,
      sure: false,
      ...over,
    });
  const relay = { person: zeba, names: names('A leader') };
  const hers = await enlist('Zeba', { person: zeba, relay });
  const anothers = await enlist('Sakina', { relay: null });
  await offer('person', zeba);
  await carry();
  await answer(zeba, b.co);
  await carry();
  expect(find(roshni, donorKind, hers)?.body).toMatchObject({ vo: b.vo, owner: b.lso, person: zeba });
  expect(all(roshni, donorContactKind).map(({ body }) => [body.donor, body.owner])).toEqual([[hers, b.vo]]);
  expect(all(ibtida, donorKind).map(({ id }) => id)).toEqual([anothers]);
  expect(all(ibtida, donorContactKind).map(({ body }) => body.donor)).toEqual([anothers]);
});

test('the past of the office that she left stays as it was, and no day counts her twice', async () => {
  const { a, b, person, carry, count, offer, answer, on } = await twoOffices();
  const zeba = await person(ibtida, a.co, null, 'Zeba', 7);
  const days = ['2026-09-30', '2026-10-01', '2026-11-23', '2026-11-24', '2026-12-31'];
  const both = () => days.map((to) => count(ibtida, 'people', to) + count(roshni, 'people', to));
  const [before, here] = [both(), days.map((to) => count(ibtida, 'members', to))];
  on('2026-11-24');
  await offer('person', zeba);
  await carry();
  await answer(zeba, b.co);
  await carry();
  expect(both()).toEqual(before);
  expect(here).toEqual([0, 1, 1, 1, 1]);
  expect(days.map((to) => count(ibtida, 'members', to))).toEqual([0, 1, 1, 0, 0]);
  expect(days.map((to) => count(roshni, 'members', to))).toEqual([0, 0, 0, 1, 1]);
});

test('a household goes with those of its people whom the same organization keeps', async () => {
  const { a, b, person, household, form, carry, find, offer, answer, arrivalOf } = await twoOffices();
  const other = await form(ibtida, 'co', 'Other CO', a.vo, 2);
  const home = await household(ibtida, a.co, 'Imran');
  const [zeba, noor] = [await person(ibtida, a.co, home, 'Zeba', 1), await person(ibtida, a.co, home, 'Noor', null)];
  const married = await person(ibtida, other, home, 'Hajra', 2);
  await offer('household', home);
  await carry();
  expect(arrivalOf(home)?.body).toMatchObject({ people: 2, households: 1, tier: null });
  await answer(home, b.vo);
  await carry();
  // A VO keeps households that are not organized: nobody of it is a member there.
  expect(find(roshni, householdKind, home)?.body).toMatchObject({ co: null, owner: b.vo });
  expect(find(roshni, personKind, zeba)?.body).toMatchObject({ number: null, household: home });
  expect(find(roshni, personKind, noor)).toBeDefined();
  expect(find(ibtida, personKind, married)).toBeDefined();
  expect(find(roshni, personKind, married)).toBeUndefined();
});

test('a VO goes with its COs, their people, donors and posts; roles over it end, and what waited for its leaders waits at the LSO', async () => {
  const { a, b, made, say, person, household, form, carry, find, all, offer, answer, count, store } =
    await twoOffices();
  const vo = await form(ibtida, 'vo', 'Sojhro', a.lso, 2);
  const co = await form(ibtida, 'co', 'Sabar', vo, 1);
  const home = await household(ibtida, co, 'Imran');
  const zeba = await person(ibtida, co, home, 'Zeba', 1);
  await made(ibtida, 'posts.appoint', {
    organization: vo,
    post: 'president',
    person: zeba,
    from: '2026-01-01',
    owner: a.lso,
  });
  const donor = await made(ibtida, 'blood-donors.enlist', {
    names: names('Rahim'),
    parent: null,
    sex: 'm',
    bornYear: 1990,
    kilograms: null,
    group: 'O-',
    groupKnownBy: 'card',
    village: null,
    vo,
    address: null,
    relay: { person: zeba, names: names('Zeba') },
    number: '03000000101',
    whose: 'own',
    safeToCall: true,
    owner: a.lso,
    consented: true,
    sure: false,
  });
  // A refusal of the VO's own, still to be settled.
  store.addSeat({ seat: 9, office: ibtida, person: zeba, nature: 'person' });
  const [donors, posts] = [count(ibtida, 'donors', '2026-12-31'), count(ibtida, 'posts', '2026-12-31')];

  expect(await offer('organization', a.lso)).toMatchObject({ code: 'organizations.root-stays' });
  await offer('organization', vo);
  await carry();
  expect(await answer(vo, b.co)).toMatchObject({ code: 'moves.nobody-lives-there' });
  await answer(vo, b.lso);
  await carry();
  expect(find(roshni, organizationKind, vo)?.body).toMatchObject({
    parent: b.lso,
    number: 2,
    history: [{ status: 'active' }],
  });
  expect(find(roshni, organizationKind, co)?.body).toMatchObject({ parent: vo });
  expect(find(roshni, personKind, zeba)).toMatchObject({ scope: co, body: { number: 1 } });
  expect(find(roshni, donorKind, donor)).toMatchObject({ scope: b.lso, body: { vo } });
  expect(all(roshni, donorContactKind)).toMatchObject([{ scope: vo }]);
  expect(count(roshni, 'donors', '2026-12-31')).toBe(donors);
  expect(count(roshni, 'posts', '2026-12-31')).toBe(posts);
  expect(all(ibtida, donorContactKind)).toEqual([]);
  const roles = all(ibtida, { kind: 'grant' } as Kind<{ organization: string; until: string | null }>);
  expect(roles.filter(({ body }) => body.organization === vo).map(({ body }) => body.until)).toEqual(['2026-10-01']);
  // A phone that has not heard of it writes into an organization that stands elsewhere: the office says so, and takes nothing.
  const late = { person: zeba, names: names('Zeba'), role: 'vo-bearer', organization: vo };
  expect(await say(ibtida, 'bearer', 'access.give-role', late)).toMatchObject({ code: 'book.gone-away' });
  // Her phone, which has not heard of it: she is told where the page went, for it was hers.
  expect(await say(ibtida, 'bearer', 'people.correct-person', { person: zeba, saw: 1, fields: {} })).toMatchObject({
    code: 'book.gone-away',
  });
});

test('a no, a change of mind, a home that is gone and a post that is held leave everybody where she was', async () => {
  const { a, b, made, say, person, form, carry, find, all, offer, answer, arrivalOf } = await twoOffices();
  const states = () => all(ibtida, transferKind).map(({ body }) => `${body.state} ${body.why}`);
  const zeba = await person(ibtida, a.co, null, 'Zeba', 1);
  await offer('person', zeba);
  await carry();
  await answer(zeba, null);
  await carry();
  expect(states()).toEqual(['declined said-no']);

  const noor = await person(ibtida, a.co, null, 'Noor', 2);
  const { id } = await offer('person', noor);
  await carry();
  await answer(noor, b.co);
  expect(await say(ibtida, 'bearer', 'transfers.take-back', { transfer: id })).toMatchObject({ code: 'accepted' });
  await carry();
  expect(states()[1]).toBe('taken-back null');
  expect(arrivalOf(noor)?.body.state).toBe('withdrawn');

  const hajra = await person(ibtida, a.co, null, 'Hajra', 3);
  const weak = await form(roshni, 'co', 'Weak', b.vo, 2);
  await offer('person', hajra);
  await carry();
  await answer(hajra, weak);
  await made(roshni, 'organizations.change-status', { organization: weak, status: 'dissolved', on: '2026-10-01' });
  await carry();
  // The question is asked again instead of putting her into a CO that is no more.
  expect(arrivalOf(hajra)?.body).toMatchObject({ state: 'offered', to: null });
  await made(ibtida, 'access.give-role', { person: hajra, names: names('Hajra'), role: 'crp', organization: a.lso });
  await answer(hajra, b.co);
  await carry();
  expect(states()[2]).toBe('declined holds-post');

  const beena = await person(ibtida, a.co, null, 'Beena', 4);
  await offer('person', beena, 99);
  await carry();
  expect(states()[3]).toBe('declined no-such-office');
  for (const each of [zeba, noor, hajra, beena]) {
    expect(find(ibtida, personKind, each)?.body.owner).toBe(a.co);
    expect(find(roshni, personKind, each)).toBeUndefined();
  }
});

test('a line about a page that never was hers is told nothing of where it went', async () => {
  const { store, a, b, made, person, form, carry, offer, answer } = await twoOffices();
  const other = await form(ibtida, 'vo', 'Other VO', a.lso, 2);
  const stranger = await person(ibtida, other, null, 'Stranger', null);
  await made(ibtida, 'access.give-role', {
    person: stranger,
    names: names('S'),
    role: 'vo-bearer',
    organization: other,
  });
  const zeba = await person(ibtida, a.co, null, 'Zeba', 1);
  await offer('person', zeba);
  await carry();
  await answer(zeba, b.co);
  await carry();
  store.addSeat({ seat: 8, office: ibtida, person: stranger, nature: 'person' });
  const { answers } = await pushLines(
    {
      registers,
      store,
      now: () => 0,
      salt: () => 's',
      rules: () => [],
      safe: { hash: (_f, v) => v, seal: (id) => id },
      report: (error) => {
        throw error;
      },
    },
    ibtida,
    8,
    [zeba, '99-1'].map((id, i) => ({
      line: i + 1,
      command: 'people.correct-person',
      shape: registers.commands.get('people.correct-person')?.upgrades.length ?? 0,
      input: { person: id, saw: 1, fields: {} },
      at: day('2026-11-24'),
      grants: 0,
    })),
  );
  expect(answers.map((answer) => ('code' in answer ? answer.code : answer.state))).toEqual([
    'book.no-such-page',
    'book.no-such-page',
  ]);
});

test('a server that dies after it has taken an offer back in one book asks there again; and whatever number of offers wait, each is told', async () => {
  const { a, b, say, person, carry, find, offer, answer, arrivalOf } = await twoOffices();
  const zeba = await person(ibtida, a.co, null, 'Zeba', 1);
  await offer('person', zeba);
  await carry();
  await say(roshni, 'server', 'transfers.withdraw', { arrival: arrivalOf(zeba)?.id });
  expect(arrivalOf(zeba)?.body.state).toBe('withdrawn');
  expect(await carry()).toBe(1);
  expect(arrivalOf(zeba)?.body.state).toBe('offered');
  await answer(zeba, b.co);
  await carry();
  expect(find(roshni, personKind, zeba)).toBeDefined();

  const many: string[] = [];
  for (let i = 0; i < 60; i++) many.push(await person(ibtida, a.co, null, `Woman ${i}`, null));
  for (const each of many) await offer('person', each);
  expect(await carry()).toBe(60);
  expect(many.every((each) => arrivalOf(each)?.body.state === 'offered')).toBe(true);
});
