/* Two servers on one database, a database that is restarted under load, a phone that was copied, and a line that meets a bug. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PhoneBook } from '../../src/platform/sync/client.ts';
import { FaultOffice, FaultPhone } from './fault-office.ts';
import { OfficeProcess } from './office-process.ts';

let office: FaultOffice;
let servers: OfficeProcess[];
beforeAll(async () => {
  office = await FaultOffice.open();
  servers = [1, 2].map(() => new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile }));
  await Promise.all(servers.map((server) => server.start()));
  for (const phone of office.phones) await phone.drain(urlOf(0));
});
afterAll(async () => {
  for (const server of servers ?? []) await server.stop();
  await office?.close();
});
const urlOf = (which: number) => (servers[which] as OfficeProcess).url;
const villageOf = (i: number) => (i === 0 ? office.lso : (office.vos[i - 1] as string));

test('two servers answer one office at once: the book has one order, and no line is written twice', async () => {
  const [shabana] = office.phones;
  if (!shabana) throw new Error('no phone');
  // Each request goes to both, in the same moment.
  shabana.fetch = async (address, request) => {
    const other = String(address).replace(urlOf(0), urlOf(1));
    const [answer] = await Promise.all([fetch(address, request), fetch(other, { ...request, signal: null })]);
    return answer;
  };
  await Promise.all(
    office.phones.map(async (phone, i) => {
      for (let round = 0; round < 8; round++) {
        await phone.enlist(villageOf(i), 4);
        await phone.sync(urlOf(i === 0 ? 0 : round % 2));
      }
    }),
  );
  shabana.fetch = fetch;
  expect(await office.judge(urlOf(1))).toEqual([]);
});

test('PostgreSQL is restarted three times while everybody sends', async () => {
  let over = false;
  const sent = office.phones.map(async (phone, i) => {
    while (!over) {
      await phone.enlist(villageOf(i), 2);
      await phone.sync(urlOf(i % 2)).catch(() => undefined);
    }
  });
  for (let time = 0; time < 3; time++) {
    await new Promise((done) => setTimeout(done, 400));
    process.kill(office.postmaster, 'SIGQUIT');
    await office.untilPostgresAnswers();
  }
  over = true;
  await Promise.all(sent);
  expect(await office.judge(urlOf(0))).toEqual([]);
});

test('a database that only reads takes no lines and says so to whoever watches; when it writes again, all of them arrive', async () => {
  const [shabana] = office.phones;
  if (!shabana) throw new Error('no phone');
  const reads = (only: 'on' | 'off') =>
    office.beside(async (owner) => {
      await owner.query(`ALTER SYSTEM SET default_transaction_read_only = ${only}`);
      await owner.query('SELECT pg_reload_conf()');
    });
  const health = async () => (await fetch(`${urlOf(0)}/health`)).status;
  await reads('on');
  await expect.poll(health).toBe(503);
  await shabana.enlist(office.lso, 3);
  await expect(shabana.sync(urlOf(0))).rejects.toThrow();
  expect(shabana.unsent).toBe(3);
  await reads('off');
  await expect.poll(health).toBe(200);
  expect(await office.judge(urlOf(0))).toEqual([]);
});

test('a phone that was copied is found by its numbers: the seat is closed, and what both wrote is not mixed', async () => {
  const honest = await office.newPhone(1);
  await honest.drain(urlOf(0));
  await honest.enlist(villageOf(1), 1);
  await honest.drain(urlOf(0));
  const copied = new FaultPhone(honest.token, honest.seat, honest.person);
  await copied.startAs(honest);
  await honest.enlist(villageOf(1), 2);
  await copied.enlist(villageOf(1), 2, 'copy');
  await honest.sync(urlOf(0));
  const book = copied.book as PhoneBook;
  const { cloned } = await book.sync();
  expect(cloned).toBe(true);
  const { rows } = await office.beside((owner) =>
    owner.query<{ closed: string; copies: number }>(
      `SELECT closed, (SELECT count(*)::int FROM records WHERE body::text LIKE '%copy%' AND kind = 'donor') AS copies
       FROM seats WHERE seat = $1`,
      [honest.seat],
    ),
  );
  expect(rows[0]).toEqual({ closed: 'cloned', copies: 0 });
  // Nothing of the copy's is thrown away: it stays on it, to be offered under another number.
  expect(copied.unsent).toBe(2);
});

test('a line of which a bug makes what no database takes is refused by itself: the lines behind it go on, and it stands where she sees it', async () => {
  const [, zeba] = office.phones;
  if (!zeba) throw new Error('no phone');
  await zeba.enlist(villageOf(1), 1, 'spoiled');
  await zeba.drain(urlOf(0));
  const book = zeba.book as PhoneBook;
  const page = await office.beside(async (owner) => {
    const { rows } = await owner.query<{ id: string; body: unknown }>(
      "SELECT id, body FROM records WHERE office = 10 AND kind = 'donor' AND body->'names'->>'en' LIKE 'spoiled%'",
    );
    return rows[0] as { id: string; body: unknown };
  });
  const become = (body: unknown) =>
    office.beside((owner) =>
      owner.query('UPDATE records SET body = $1 WHERE office = 10 AND id = $2', [JSON.stringify(body), page.id]),
    );
  // A page without the day that its figures are counted by: whatever changes it cannot be written.
  await become({ ...(page.body as object), enlistedOn: null });
  const poison = await book.write('blood-donors.learn-group', { donor: page.id, group: 'O-', knownBy: 'lab' });
  if (!poison.written) throw new Error(poison.refusal.code);
  await zeba.enlist(villageOf(1), 3);
  await zeba.sync(urlOf(1));
  const { rows } = await office.beside((owner) =>
    owner.query<{ line: number; state: string; code: string | null }>(
      'SELECT line, state, code FROM entries WHERE seat = $1 AND line >= $2 ORDER BY line',
      [zeba.seat, poison.line.line],
    ),
  );
  expect(rows.map(({ state, code }) => `${state} ${code ?? ''}`.trim())).toEqual([
    'refused book.could-not-decide',
    'accepted',
    'accepted',
    'accepted',
  ]);
  expect(zeba.unsent).toBe(0);
  expect(book.copy.lines.filter(({ is }) => is.state === 'refused').map(({ line }) => line.line)).toEqual([
    poison.line.line,
  ]);
  await become(page.body);
  expect(await office.judge(urlOf(0))).toEqual([]);
});
