/* The number of an identity card, from her phone to the book and back, with the real phone and server code. */
import { expect, test } from 'vitest';
import { PhoneMemory } from '../../../tests/simulation/phone-memory.ts';
import { DecidedBook } from '../../../tests/support/decided-book.ts';
import { accessRegister } from '../../platform/access/grants.ts';
import type { Actor } from '../../platform/access/role.ts';
import { registersOf } from '../../platform/book/command.ts';
import { emptiedOf } from '../../platform/book/decide.ts';
import type { SentLine } from '../../platform/book/line.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { memoryStore } from '../../platform/book/server/memory-store.ts';
import { PhoneBook } from '../../platform/sync/client.ts';
import { answerSync } from '../../platform/sync/server/answer-sync.ts';
import { makeSealingKey } from '../../platform/sync/server/open-lines.ts';
import { pushLines } from '../../platform/sync/server/push.ts';
import { openSealed, safeOf } from '../../platform/sync/server/safe.ts';
import { organizationsRegister } from '../organizations/register.ts';
import { personKind } from './person.ts';
import { peopleRegister } from './register.ts';

const registers = registersOf([bookRegister, accessRegister, organizationsRegister, peopleRegister]);
const names = (en: string) => ({ en, sd: null, ur: null });
const number = '4320112345678';
const mask = '•••••-••••567-8';
const now = Date.parse('2026-11-24T07:00:00Z');

async function office() {
  const store = memoryStore('first');
  store.addBook(10, null);
  store.addSeat({ seat: 1, office: 10, person: null, nature: 'import' });
  store.addSeat({ seat: 7, office: 10, person: '1-2', nature: 'person' });
  const key = await makeSealingKey();
  const told: unknown[] = [];
  let salt = 0;
  const context = {
    registers,
    store,
    now: () => now,
    salt: () => String(++salt),
    rules: () => [],
    safe: safeOf(key),
    report: (error: unknown) => told.push(error),
    unseal: async () => ({ lines: [], shut: [] }),
    grantsOf: async () => [{ role: 'lso-bearer' as const, scope: '1-1' }],
    isUrgent: async () => false,
    officeOfSeat: async () => 10,
  };
  const imported = (line: number, command: string, input: unknown): SentLine => ({
    line,
    command,
    shape: 0,
    input,
    at: now,
    grants: 0,
  });
  await pushLines(context, 10, 1, [
    imported(1, 'organizations.form', {
      tier: 'lso',
      names: names('Ibtida'),
      number: null,
      place: null,
      parent: null,
      of: 'women',
      formedOn: '2020-01-01',
      status: 'active',
    }),
    imported(2, 'people.enter-person', person({ names: names('Shabana') })),
    imported(3, 'access.give-role', {
      person: '1-2',
      names: names('Shabana'),
      role: 'lso-bearer',
      organization: '1-1',
    }),
  ]);
  const actor: Actor = { nature: 'person', seat: 7, office: 10, person: '1-2', grants: [] };
  const disk = new PhoneMemory(actor);
  const heard: string[] = [];
  const phone = await PhoneBook.open({
    store: disk,
    registers,
    now: () => now,
    app: 'test',
    ask: async (request) => {
      const seat = store.seat(7);
      if (!seat) throw new Error('no seat');
      const answer = await answerSync(context, seat, request);
      heard.push(JSON.stringify(answer));
      return answer;
    },
  });
  await phone.sync();
  return { store, context, key, phone, disk, heard, told };
}

function person(over: object = {}) {
  return { names: names('Zeba'), parent: null, sex: 'f', household: null, number: null, owner: '1-1', ...over };
}

test('after the sync her number stands in no entry, no record, no answer, nor on the phone’s disk; the server holds it sealed', async () => {
  const { store, key, phone, disk, heard } = await office();
  const written = await phone.write('people.enter-person', person({ cnic: '43201-1234567-8' }));
  expect(written.written).toBe(true);
  // Until the office has it, it waits on her phone.
  expect(disk.everything()).toContain('43201-1234567-8');
  expect(phone.copy.get(personKind, '7-1')?.body.cnic).toBe(mask);
  await phone.sync();
  const everywhere = [
    JSON.stringify(store.entries(10)),
    JSON.stringify(store.records(10)),
    heard.join(),
    disk.everything(),
    JSON.stringify(phone.copy.lines),
  ];
  for (const place of everywhere)
    for (const secret of [number, '43201-1234567-8', '43201']) expect(place).not.toContain(secret);
  expect(JSON.stringify(store.records(10))).toContain(mask);
  const [held] = store.apart(10);
  expect(held).toMatchObject({ id: '7-1', field: 'cnic' });
  expect(JSON.stringify(held)).not.toContain(number);
  expect(openSealed(key, '7-1', 'cnic', held?.sealed ?? '')).toBe(number);
  // Moved to another page, it does not open.
  expect(() => openSealed(key, '7-2', 'cnic', held?.sealed ?? '')).toThrow();
});

test('a line whose answer was lost is sent again and is known again', async () => {
  const { store, context, phone } = await office();
  await phone.write('people.enter-person', person({ cnic: number }));
  const line = phone.copy.lines[0]?.line;
  if (!line) throw new Error('no line');
  const { seat: _seat, ...sent } = line;
  await pushLines(context, 10, 7, [sent]);
  await phone.sync();
  expect(store.seat(7)?.closed).toBeNull();
  expect(store.records(10).filter(({ kind }) => kind === 'person')).toHaveLength(2);
});

test('a second page with the same card is flagged and not refused, also within one push; the same page written again is not', async () => {
  const { store, phone } = await office();
  await phone.write('people.enter-person', person({ cnic: number }));
  await phone.write('people.enter-person', person({ names: names('Halima'), cnic: '۴۳۲۰۱۱۲۳۴۵۶۷۸' }));
  await phone.sync();
  await phone.write('people.write-cnic', { person: '7-1', cnic: number });
  await phone.sync();
  const flags = store
    .records(10)
    .flatMap(({ kind, body }) => (kind === 'flag' ? [body as { code: string; about: string }] : []));
  expect(flags.map(({ code, about }) => [code, about])).toEqual([
    ['people.cnic-twice', '7-2'],
    ['people.cnic-twice', '7-1'],
  ]);
  await phone.write('people.write-cnic', { person: '7-2', cnic: null });
  await phone.sync();
  expect(store.apart(10).map(({ id }) => id)).toEqual(['7-1']);
  await phone.write('people.write-cnic', { person: '7-1', cnic: number });
  await phone.sync();
  expect(store.records(10).filter(({ kind }) => kind === 'flag')).toHaveLength(2);
});

test('without a safe a line with a card is refused, and nothing of it is kept', async () => {
  const { store, context, told } = await office();
  const { safe: _safe, ...unsafe } = context;
  const { answers } = await pushLines(unsafe, 10, 7, [
    { line: 1, command: 'people.enter-person', shape: 0, input: person({ cnic: number }), at: now, grants: 0 },
  ]);
  expect(answers[0]?.state).toBe('refused');
  expect(JSON.stringify(store.entries(10))).not.toContain(number);
  expect(told).toHaveLength(1);
});

test('a number that is no card number is refused, and what was typed stands in no entry', async () => {
  const { store, phone, context } = await office();
  const written = await phone.write('people.enter-person', person({ cnic: '43201-1234567' }));
  expect(written.written).toBe(false);
  const forms = ['43201-1234567', 4320112345678, ['4320112345678']];
  const { answers } = await pushLines(
    context,
    10,
    7,
    forms.map((cnic, i) => ({
      line: i + 1,
      command: 'people.enter-person',
      shape: 0,
      input: person({ cnic }),
      at: now,
      grants: 0,
    })),
  );
  expect(answers.map(({ state }) => state)).toEqual(['refused', 'refused', 'refused']);
  expect(JSON.stringify(store.entries(10)).replaceAll('-', '')).not.toContain('432011234567');
});

test('whoever’s card says man and page says woman is warned of, never refused; 0 says nothing', () => {
  const book = new DecidedBook(registers);
  const root = book.made('organizations.form', {
    tier: 'lso',
    names: names('Ibtida'),
    number: null,
    place: null,
    parent: null,
    of: 'women',
    formedOn: '2020-01-01',
    status: 'active',
  });
  const enter = (cnic: string) => book.made('people.enter-person', person({ owner: root, cnic }));
  expect(book.flags(enter('4320112345677'))).toEqual(['people.cnic-sex']);
  expect(book.flags(enter('4320112345678'))).toEqual([]);
  expect(book.flags(enter('4320112345670'))).toEqual([]);
});

test('an emptied line decides the same page as the whole one: it may be offered again after a restore', () => {
  const [whole, emptied] = [new DecidedBook(registers), new DecidedBook(registers)];
  for (const book of [whole, emptied]) {
    const root = book.made('organizations.form', {
      tier: 'lso',
      names: names('Ibtida'),
      number: null,
      place: null,
      parent: null,
      of: 'women',
      formedOn: '2020-01-01',
      status: 'active',
    });
    for (const cnic of [number, '43201-1234567-7', null]) {
      const line = book.line('people.enter-person', person({ owner: root, cnic }));
      book.decide(book === whole ? line : emptiedOf(registers, line));
    }
  }
  expect([...emptied.records]).toEqual([...whole.records]);
  expect(emptied.apart).toEqual([]);
});
