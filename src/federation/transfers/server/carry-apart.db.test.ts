import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { oneKey } from '../../../../tests/support/keys-in-hand.ts';
import { verifyBooks } from '../../../cli/verify.ts';
import { applyErasures } from '../../../platform/book/server/erase-pages.ts';
import { type Duty, onDuty } from '../../../platform/database/server/duty.ts';
import { openSealed } from '../../../platform/sync/server/safe.ts';
import { addBook, installationOf } from '../../../server/installation.ts';
import { type OfficeServer, officeServer } from '../../../server/office-server.ts';

let database: TestDatabase;
let server: OfficeServer;
const names = (en: string) => ({ en, sd: null, ur: null });
const roots = new Map<number, string>();

beforeAll(async () => {
  database = await testDatabase();
  const { sealingKey } = await installationOf(database.owner, oneKey);
  const quiet = { info: () => undefined, error: () => undefined };
  server = officeServer(database.app, sealingKey, quiet, () => Date.parse('2026-11-24T07:00:00Z'));
  await addBook(database.owner, { office: 2, above: null, tier: 'district', names: names('Qambar') });
  const form = (office: number, tier: string) =>
    server.writeLine(office, 'import', 'organizations.form', {
      tier,
      names: names(tier),
      number: null,
      place: null,
      parent: null,
      of: 'women',
      formedOn: '2020-01-01',
      status: 'active',
    });
  await form(2, 'district');
  for (const office of [10, 11]) {
    await addBook(database.owner, { office, above: 2, tier: 'lso', names: names(`LSO ${office}`) });
    roots.set(office, await form(office, 'lso'));
  }
}, 60_000);
afterAll(() => database?.close());

const rows = async <T extends object>(sql: string, values: readonly unknown[] = []) =>
  (await database.owner.query<T>(sql, [...values])).rows;
const enter = (office: number, cnic: string) =>
  server.writeLine(office, 'import', 'people.enter-person', {
    names: names('Zeba'),
    parent: null,
    sex: 'f',
    household: null,
    number: null,
    owner: roots.get(office),
    cnic,
  });

test('a card goes with her to the other LSO unopened, and is found there when it is written a second time', async () => {
  const zeba = await enter(10, '43201-1234567-8');
  const officeNames = names('LSO 11');
  await server.writeLine(10, 'import', 'transfers.offer', {
    kind: 'person',
    about: zeba,
    office: 11,
    officeNames,
    agreed: true,
  });
  expect(await server.carryTransfers()).toBe(1);
  const [arrival] = await rows<{ id: string }>("SELECT id FROM records WHERE office = 11 AND kind = 'arrival'");
  await server.writeLine(11, 'import', 'transfers.answer', {
    arrival: arrival?.id,
    to: roots.get(11),
    household: null,
  });
  expect(await server.carryTransfers()).toBe(1);
  expect(await server.carryTransfers()).toBe(0);

  expect(await rows('SELECT office FROM records WHERE id = $1', [zeba])).toEqual([{ office: 11 }]);
  const held = await rows<{ office: number; record: string; sealed: string }>(
    'SELECT office, record, sealed FROM kept_apart',
  );
  expect(held).toMatchObject([{ office: 11, record: zeba }]);
  expect(openSealed(server.sealingKey, zeba, 'cnic', held[0]?.sealed ?? '')).toBe('4320112345678');
  const twin = await enter(11, '43201-1234567-8');
  const flags = await rows(
    "SELECT body->>'code' AS code FROM records WHERE office = 11 AND kind = 'flag' AND body->>'about' = $1",
    [twin],
  );
  expect(flags).toHaveLength(1);
});

test('one woman of a household that went is erased from both books, and those who went with her are still held by the chain', async () => {
  const household = await server.writeLine(10, 'import', 'people.enter-household', {
    head: names('Gulzar'),
    headParent: null,
    size: 5,
    place: null,
    co: null,
    since: '2026-11-01',
    bookPage: null,
    owner: roots.get(10),
  });
  const live = (en: string) =>
    server.writeLine(10, 'import', 'people.enter-person', {
      names: names(en),
      parent: null,
      sex: 'f',
      household,
      number: null,
      owner: roots.get(10),
    });
  const [marvi, momal] = [await live('Marvi'), await live('Momal')];
  const about = { kind: 'household', about: household, office: 11, officeNames: names('LSO 11'), agreed: true };
  await server.writeLine(10, 'import', 'transfers.offer', about);
  await server.carryTransfers();
  const [arrival] = await rows<{ id: string }>(
    "SELECT id FROM records WHERE office = 11 AND kind = 'arrival' AND body->>'about' = $1",
    [household],
  );
  const answer = { arrival: arrival?.id, to: roots.get(11), household: null };
  await server.writeLine(11, 'import', 'transfers.answer', answer);
  expect(await server.carryTransfers()).toBe(1);

  await applyErasures(server, [{ office: 11, subject: marvi, pages: [marvi], doneAt: 1 }]);
  const standing = (word: string) =>
    rows<{ office: number; what: string }>(
      `SELECT office, kind AS what FROM records WHERE body::text LIKE $1
       UNION ALL SELECT office, command FROM entries WHERE concat(body, remains) LIKE $1 ORDER BY 1, 2`,
      [`%${word}%`],
    );
  expect(await standing('Marvi')).toEqual([]);
  expect(await standing('Momal')).toEqual([
    { office: 10, what: 'people.enter-person' },
    { office: 11, what: 'person' },
    { office: 11, what: 'transfers.bring-in' },
  ]);
  const faults = async () => (await verifyBooks(database.owner)).flatMap((book) => book.faults);
  expect(await faults()).toEqual([]);
  const rename = (from: string, to: string) =>
    rows(`UPDATE records SET body = replace(body::text, '${from}', '${to}')::jsonb WHERE office = 11 AND id = $1`, [
      momal,
    ]);
  await rename('Momal', 'Mumtaz');
  expect(await faults()).toEqual([`person ${momal} is not what the entries make of it`]);
  await rename('Mumtaz', 'Momal');
  expect(await faults()).toEqual([]);
});

test('nobody who speaks as Otaq carries a card out of a book that she does not write', async () => {
  const held = await enter(10, '43201-7654321-0');
  const carry = (duty: Duty, office: number) =>
    onDuty(database.app, duty, (client) => client.query('SELECT carry_kept_apart(10, 11, $1)', [[held]]), { office });
  await expect(carry('reader', 10)).rejects.toThrow(/only the writer/);
  await expect(carry('writer', 11)).rejects.toThrow(/only the writer/);
  expect(await rows('SELECT office FROM kept_apart WHERE record = $1', [held])).toEqual([{ office: 10 }]);
});

test('the list of LSOs stands in the district’s book, once, and loses whoever keeps its book elsewhere', async () => {
  expect(await server.listLsos()).toBe(2);
  expect(await server.listLsos()).toBe(0);
  const listed = () =>
    rows<{ office: number }>(
      "SELECT (body->>'office')::int AS office FROM records WHERE office = 2 AND kind = 'listed-lso' ORDER BY 1",
    );
  expect(await listed()).toEqual([{ office: 10 }, { office: 11 }]);
  await database.owner.query("UPDATE books SET moved_to = 'https://elsewhere.example' WHERE office = 11");
  expect(await server.listLsos()).toBe(1);
  expect(await listed()).toEqual([{ office: 10 }]);
});
