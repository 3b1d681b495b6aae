import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { oneKey } from '../../../../tests/support/keys-in-hand.ts';
import { openSealed } from '../../../platform/sync/server/safe.ts';
import { addBook, installationOf } from '../../../server/installation.ts';
import { type OfficeServer, officeServer } from '../../../server/office-server.ts';

let database: TestDatabase;
let server: OfficeServer;
const names = (en: string) => ({ en, sd: null, ur: null });
const number = '4320112345678';
let root = '';

beforeAll(async () => {
  database = await testDatabase();
  const { sealingKey } = await installationOf(database.owner, oneKey);
  const quiet = { info: () => undefined, error: () => undefined };
  server = officeServer(database.app, sealingKey, quiet, () => Date.parse('2026-11-24T07:00:00Z'));
  for (const office of [10, 11]) {
    await addBook(database.owner, { office, above: null, tier: 'lso', names: names('Ibtida') });
    await server.writeLine(office, 'import', 'organizations.form', {
      tier: 'lso',
      names: names('Ibtida'),
      number: null,
      place: null,
      parent: null,
      of: 'women',
      formedOn: '2020-01-01',
      status: 'active',
    });
  }
}, 60_000);
afterAll(() => database?.close());

async function enter(office: number, cnic: string | null): Promise<string> {
  const found = await database.owner.query<{ id: string }>(
    "SELECT id FROM records WHERE office = $1 AND kind = 'organization'",
    [office],
  );
  root = found.rows[0]?.id ?? '';
  await server.writeLine(office, 'import', 'people.enter-person', {
    names: names(`Woman ${randomBytes(4).toString('hex')}`),
    parent: null,
    sex: 'f',
    household: null,
    number: null,
    owner: root,
    cnic,
  });
  const { rows } = await database.owner.query<{ id: string }>(
    "SELECT id FROM records WHERE office = $1 AND kind = 'person' ORDER BY sequence DESC LIMIT 1",
    [office],
  );
  return rows[0]?.id ?? '';
}

const heldBy = async (office: number) =>
  (
    await database.owner.query<{ record: string; keyed_hash: string; sealed: string }>(
      'SELECT record, keyed_hash, sealed FROM kept_apart WHERE office = $1 ORDER BY record',
      [office],
    )
  ).rows;

const flagsAbout = async (id: string) =>
  (
    await database.owner.query<{ code: string }>(
      "SELECT body->>'code' AS code FROM records WHERE kind = 'flag' AND body->>'about' = $1",
      [id],
    )
  ).rows.map(({ code }) => code);

test('a card is sealed beside a keyed hash, opens with the installation’s key alone, and stands nowhere else in the database', async () => {
  const id = await enter(10, '43201-1234567-8');
  const [held] = await heldBy(10);
  expect(held?.record).toBe(id);
  expect(openSealed(server.sealingKey, id, 'cnic', held?.sealed ?? '')).toBe(number);
  const tables = await database.owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  for (const { name } of tables.rows) {
    const { rows } = await database.owner.query<{ text: string | null }>(
      `SELECT string_agg(whole::text, ' ') AS text FROM "${name}" AS whole`,
    );
    for (const secret of [number, '43201-1234567', '1234567-8'])
      expect(rows[0]?.text ?? '', name).not.toContain(secret);
  }
});

test('the same card on a second page of the office is flagged, in another office it is nobody’s business', async () => {
  const twin = await enter(10, number);
  expect(await flagsAbout(twin)).toEqual(['people.cnic-twice']);
  const elsewhere = await enter(11, number);
  expect(await flagsAbout(elsewhere)).toEqual([]);
  const [here, there] = [await heldBy(10), await heldBy(11)];
  expect(here).toHaveLength(2);
  expect(there).toHaveLength(1);
});

test('a card that is no longer to be kept is gone, and does not flag anybody afterwards', async () => {
  for (const { record } of await heldBy(10))
    await server.writeLine(10, 'import', 'people.write-cnic', { person: record, cnic: null });
  expect(await heldBy(10)).toEqual([]);
  expect(await flagsAbout(await enter(10, number))).toEqual([]);
});
