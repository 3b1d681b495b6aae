import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { PhonesHeard } from './phones-heard.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.owner.query("INSERT INTO books (office, tier, names, head) VALUES (10, 'lso', '{}', '')");
});
afterAll(() => database?.close());

const kept = async () =>
  (
    await database.owner.query<{ seat: number; heard_on: string }>(
      'SELECT seat, heard_on FROM phones_heard ORDER BY seat',
    )
  ).rows;
const morning = Date.UTC(2026, 10, 24, 4);

test('a phone is remembered by the day on which it last spoke, and forgotten when it is taken back', async () => {
  const heard = new PhonesHeard(database.app);
  await heard.note({ seat: 7, office: 10, closed: null }, morning);
  await heard.note({ seat: 7, office: 10, closed: null }, morning + 3_600_000);
  await heard.note({ seat: 8, office: 10, closed: null }, morning);
  expect(await kept()).toEqual([
    { seat: 7, heard_on: '2026-11-24' },
    { seat: 8, heard_on: '2026-11-24' },
  ]);
  await heard.note({ seat: 7, office: 10, closed: null }, morning + 86_400_000);
  await heard.note({ seat: 8, office: 10, closed: 'withdrawn' }, morning + 86_400_000);
  expect(await kept()).toEqual([{ seat: 7, heard_on: '2026-11-25' }]);
});

test('a phone writes once a day, however often it asks', async () => {
  const heard = new PhonesHeard(database.app);
  await heard.note({ seat: 9, office: 10, closed: null }, morning);
  await database.owner.query('DELETE FROM phones_heard WHERE seat = 9');
  await heard.note({ seat: 9, office: 10, closed: null }, morning + 60_000);
  expect((await kept()).map(({ seat }) => seat)).not.toContain(9);
});
