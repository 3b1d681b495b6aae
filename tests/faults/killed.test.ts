/*
 * The server and its PostgreSQL are killed at named moments of a push, of a pull and of the server's own closing, by a wire between them.
 * Whatever a phone was told stands in the book once, and what it was not told is sent again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultOffice } from './fault-office.ts';
import { OfficeProcess } from './office-process.ts';
import { type Moment, Wire } from './wire.ts';

let office: FaultOffice;
let wire: Wire;
let server: OfficeProcess;
beforeAll(async () => {
  office = await FaultOffice.open();
  wire = await Wire.lay(office.databasePort);
  const url = new URL(office.databaseUrl);
  url.port = String(wire.port);
  server = new OfficeProcess({ DATABASE_URL: url.toString(), OTAQ_KEY_FILE: office.keyFile });
  await server.start();
  for (const phone of office.phones) await phone.drain(server.url);
});
afterAll(async () => {
  await server?.stop();
  await wire?.close();
  await office?.close();
});

const moments: readonly (readonly [string, Moment])[] = [
  ['before the book is locked', { statement: /FROM books WHERE office = \$1 FOR UPDATE/, when: 'before' }],
  ['after the pages were loaded', { statement: /FROM records WHERE office = \$1 AND kind = ANY/, when: 'after' }],
  ['before entries are written', { statement: /INSERT INTO entries/, when: 'before' }],
  ['after entries were written', { statement: /INSERT INTO entries/, when: 'after' }],
  ['after records were written', { statement: /INSERT INTO records/, when: 'after' }],
  ['before the commit', { statement: /^COMMIT/, when: 'before', having: /INSERT INTO entries/ }],
  ['after the commit, before the answer', { statement: /^COMMIT/, when: 'after', having: /INSERT INTO entries/ }],
];

test.each(moments)('the server is killed %s', async (_name, moment) => {
  const [phone] = office.phones;
  if (!phone) throw new Error('no phone');
  await phone.enlist(office.lso, 3);
  const killed = wire.arm(moment, () => server.kill());
  await phone.sync(server.url).catch(() => undefined);
  await killed;
  wire.cut();
  await server.start();
  expect(await office.judge(server.url)).toEqual([]);
});

test.each(moments)('PostgreSQL is killed %s', async (_name, moment) => {
  const [, phone] = office.phones;
  if (!phone) throw new Error('no phone');
  await phone.enlist(office.vos[0] as string, 3);
  const killed = wire.arm(moment, () => {
    process.kill(office.postmaster, 'SIGKILL');
  });
  const sent = phone.sync(server.url).catch(() => undefined);
  await killed;
  wire.cut();
  await sent;
  // PostgreSQL is started again by whoever keeps it, and the server finds it by itself.
  expect(await office.judge(server.url)).toEqual([]);
});

const pulls: readonly (readonly [string, Moment])[] = [
  ['before its pages are read', { statement: /FROM records\s+WHERE office = \$1 AND \(stage, id\)/, when: 'before' }],
  ['after its pages were read', { statement: /FROM records\s+WHERE office = \$1 AND \(stage, id\)/, when: 'after' }],
  ['while its figures are read', { statement: /SELECT figure, dimensions AS by/, when: 'after' }],
];

test.each(pulls)(
  'the server is killed while a new phone is filled, %s, and then PostgreSQL: the copy comes whole all the same',
  async (_name, moment) => {
    const fresh = await office.newPhone(0);
    const killed = wire.arm(moment, () => server.kill());
    await fresh.sync(server.url).catch(() => undefined);
    await killed;
    wire.cut();
    await server.start();
    const gone = wire.arm(moment, () => {
      process.kill(office.postmaster, 'SIGKILL');
    });
    const asked = fresh.sync(server.url).catch(() => undefined);
    await gone;
    wire.cut();
    await asked;
    await office.untilPostgresAnswers();
    await fresh.drain(server.url);
    expect(fresh.book?.isFilled).toBe(true);
    expect(await office.judge(server.url)).toEqual([]);
  },
  60_000,
);

test('the server is told to stop and killed while it closes, with lines under way: they are there, or they are sent again', async () => {
  for (const when of ['before', 'after'] as const) {
    const [, , sakina] = office.phones;
    await sakina?.enlist(office.vos[1] as string, 3);
    const closing = wire.arm({ statement: /^COMMIT/, when, having: /INSERT INTO entries/ }, async () => {
      server.tellToStop();
      await server.kill();
    });
    await sakina?.sync(server.url).catch(() => undefined);
    await closing;
    wire.cut();
    await server.start();
    expect(await office.judge(server.url)).toEqual([]);
  }
}, 60_000);

test('one backend of PostgreSQL is killed while phones send', async () => {
  const sent = office.phones.map(async (phone, i) => {
    for (let round = 0; round < 6; round++) {
      await phone.enlist(i === 0 ? office.lso : (office.vos[i - 1] as string), 5);
      await phone.sync(server.url).catch(() => undefined);
    }
  });
  await new Promise((done) => setTimeout(done, 150));
  const pid = await office.beside(async (owner) => {
    const { rows } = await owner.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1",
    );
    return rows[0]?.pid as number;
  });
  process.kill(pid, 'SIGKILL');
  await Promise.all(sent);
  expect(await office.judge(server.url)).toEqual([]);
});
