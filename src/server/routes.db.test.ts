import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PhoneMemory } from '../../tests/simulation/phone-memory.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { oneKey } from '../../tests/support/keys-in-hand.ts';
import { readPrinted } from '../../tests/support/printed-text.ts';
import { hashPassword } from '../platform/access/server/desk-sessions.ts';
import { makeEnrolment } from '../platform/access/server/gate.ts';
import { formatHead } from '../platform/book/chain.ts';
import { PhoneBook } from '../platform/sync/client.ts';
import { fromColumns } from '../platform/sync/columns.ts';
import { sealLine } from '../platform/sync/phone/seal-line.ts';
import { importSealingKey } from '../platform/sync/phone/seal-words.ts';
import type { SyncAnswer } from '../platform/sync/protocol.ts';
import { addBook, installationOf } from './installation.ts';
import { type OfficeServer, officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

let database: TestDatabase;
let server: OfficeServer;
let routes: Hono;
let built: string;
const leaders: { person: string; organization: string; names: { sd: null; ur: null; en: string } }[] = [];
let lso = '';
let clock = Date.UTC(2026, 10, 24, 6);
const names = (en: string) => ({ sd: null, ur: null, en });

beforeAll(async () => {
  database = await testDatabase();
  built = mkdtempSync(join(tmpdir(), 'otaq-built-'));
  const { owner, app } = database;
  const { sealingKey } = await installationOf(owner, oneKey);
  server = officeServer(
    app,
    sealingKey,
    { info: () => undefined, error: (fields, text) => console.error(text, fields) },
    () => clock,
  );
  routes = routesOf(server, built);
  await addBook(owner, { office: 2, above: null, tier: 'district', names: names('District') });
  await addBook(owner, { office: 10, above: 2, tier: 'lso', names: names('Ibtida') });
  await addBook(owner, { office: 11, above: 2, tier: 'lso', names: names('Sahara') });
  const form = async (office: number, tier: string, number: number | null, parent: string | null) => {
    await server.writeLine(office, 'import', 'organizations.form', {
      tier,
      names: names(`${tier} ${number ?? ''}`),
      number,
      place: null,
      parent,
      of: 'women',
      formedOn: '2017-10-30',
      status: 'active',
    });
    return lastRecord(office);
  };
  const lastRecord = async (office: number) =>
    (
      await owner.query<{ id: string }>('SELECT id FROM records WHERE office = $1 ORDER BY sequence DESC LIMIT 1', [
        office,
      ])
    ).rows[0]?.id as string;
  await form(2, 'district', null, null);
  await form(11, 'lso', null, null);
  lso = await form(10, 'lso', null, null);
  const vos = [await form(10, 'vo', 1, lso), await form(10, 'vo', 2, lso)];
  for (const [name, role, organization] of [
    ['Shabana', 'lso-bearer', lso],
    ['Zeba', 'vo-bearer', vos[0]],
    ['Sakina', 'vo-bearer', vos[1]],
  ] as const) {
    await server.writeLine(10, 'import', 'people.enter-person', {
      names: names(name),
      parent: null,
      sex: 'f',
      bornYear: null,
      household: null,
      number: null,
      owner: organization,
    });
    const person = await lastRecord(10);
    await server.writeLine(10, 'import', 'access.give-role', { person, names: names(name), role, organization });
    leaders.push({ person, organization: organization as string, names: { sd: null, ur: null, en: name } });
  }
  await owner.query('UPDATE installation SET sample = true');
  await owner.query("INSERT INTO users VALUES ('district', $1, 'Sample', 'district', 2)", [
    await hashPassword('right word'),
  ]);
}, 60_000);
afterAll(async () => {
  await database?.close();
  rmSync(built, { recursive: true, force: true });
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  routes.request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

async function enrol(leader: (typeof leaders)[number]) {
  const code = await makeEnrolment(server, { ...leader, office: 10, madeBy: null, byStaff: false }, clock);
  const answer = await post('/api/enrol', { code });
  expect(answer.status).toBe(200);
  return {
    code,
    phone: (await answer.json()) as { seat: number; token: string; sealingKey: JsonWebKey; person: string },
  };
}
async function sync(
  token: string,
  push: readonly unknown[] = [],
  copies: readonly unknown[] = [],
): Promise<SyncAnswer> {
  const answer = await post(
    '/api/sync',
    { protocol: 1, app: 'test', epoch: await server.store.epoch(), push, pull: { copies, prove: true } },
    { authorization: `Bearer ${token}` },
  );
  expect(answer.status).toBe(200);
  return (await answer.json()) as SyncAnswer;
}
const enlist = (vo: string, relay: (typeof leaders)[number] | null, number: string) => ({
  names: names(`Donor ${number}`),
  parent: null,
  sex: 'm',
  bornYear: 1990,
  kilograms: null,
  group: 'B-',
  groupKnownBy: 'card',
  village: null,
  vo,
  address: null,
  relay: relay ? { person: relay.person, names: relay.names } : null,
  number,
  whose: 'own',
  safeToCall: true,
  owner: lso,
  consented: true,
  sure: false,
});

test('without a token or a session nothing is told', async () => {
  for (const path of ['/api/sync', '/api/enrolments']) expect((await post(path, {})).status).toBe(401);
  for (const path of [
    '/api/desk/me',
    '/api/desk/overview',
    '/api/desk/figures/donors',
    '/api/print/donors?language=en',
  ])
    expect((await routes.request(path)).status).toBe(401);
  expect((await post('/api/sync', {}, { authorization: `Bearer ${'x'.repeat(43)}` })).status).toBe(401);
  expect((await routes.request('/api/anything')).status).toBe(404);
  const { headers } = await routes.request('/health');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
});

test('a code opens one phone, once, and every bearer is told', async () => {
  const leader = leaders[0] as (typeof leaders)[number];
  const { code, phone } = await enrol(leader);
  expect((await post('/api/enrol', { code })).status).toBe(404);
  expect((await post('/api/enrol', { code: '0000000000' })).status).toBe(404);
  expect((await post('/api/enrol', { code: 'abc' })).status).toBe(400);
  const answer = await sync(phone.token);
  const phones = fromColumns(answer.pull?.copies[0]?.records ?? []).filter(({ kind }) => kind === 'phone');
  expect(phones.map(({ body }) => (body as { seat: number }).seat)).toContain(phone.seat);

  const old = await makeEnrolment(server, { ...leader, office: 10, madeBy: null, byStaff: false }, clock);
  clock += 25 * 3_600_000;
  expect((await post('/api/enrol', { code: old })).status).toBe(404);
});

test('a bearer makes a code for a woman with a role; a VO bearer and a stranger do not get one', async () => {
  const { phone } = await enrol(leaders[0] as (typeof leaders)[number]);
  const headers = { authorization: `Bearer ${phone.token}` };
  const made = await post('/api/enrolments', leaders[1], headers);
  expect(made.status).toBe(200);
  expect((await made.json()) as object).toMatchObject({ code: expect.stringMatching(/^\d{10}$/) });
  expect((await post('/api/enrolments', { ...leaders[1], person: '99-1' }, headers)).status).toBe(404);
  const { phone: vo } = await enrol(leaders[1] as (typeof leaders)[number]);
  expect((await post('/api/enrolments', leaders[2], { authorization: `Bearer ${vo.token}` })).status).toBe(403);
});

test("a relayed number reaches its own VO's phones, and neither another VO nor the LSO", async () => {
  const [shabana, zeba, sakina] = leaders as [(typeof leaders)[0], (typeof leaders)[0], (typeof leaders)[0]];
  const { phone } = await enrol(zeba);
  const line = {
    line: 1,
    command: 'blood-donors.enlist',
    shape: 0,
    input: enlist(zeba.organization, zeba, '03000000177'),
    at: clock,
    grants: 1,
  };
  const own = await sync(phone.token, [{ seat: phone.seat, lines: [line], sealed: [] }]);
  expect(own.push[0]?.answers[0]?.state).toBe('accepted');
  expect(JSON.stringify(own)).toContain('+923000000177');
  for (const other of [shabana, sakina]) {
    const { phone: theirs } = await enrol(other);
    const text = JSON.stringify(await sync(theirs.token));
    expect(text).toContain('Donor 03000000177');
    expect(text).not.toContain('+923000000177');
  }
});

test("a bearer's phone gets documents of what she reaches; a relayed number is on none of them, and others get none", async () => {
  const [shabana, zeba] = leaders as [(typeof leaders)[0], (typeof leaders)[0]];
  const { phone: vo } = await enrol(zeba);
  const line = (line: number, relay: typeof zeba | null, number: string) => ({
    line,
    command: 'blood-donors.enlist',
    shape: 0,
    input: { ...enlist(zeba.organization, relay, number), group: 'O+' },
    at: clock,
    grants: 1,
  });
  const written = await sync(vo.token, [
    { seat: vo.seat, lines: [line(1, zeba, '03000000271'), line(2, null, '03000000272')], sealed: [] },
  ]);
  expect(written.push[0]?.answers.map(({ state }) => state)).toEqual(['accepted', 'accepted']);
  const { phone: bearer } = await enrol(shabana);
  const get = (path: string, token: string) =>
    routes.request(path, { headers: { authorization: `Bearer ${token}`, 'x-forwarded-proto': 'https' } });

  const answer = await get('/api/print/donors?language=en', bearer.token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('content-disposition')).toContain('notebook.pdf');
  const text = (await readPrinted(new Uint8Array(await answer.arrayBuffer()))).flatMap(({ lines }) => lines).join(' ');
  expect(text).toContain('Donor 03000000271');
  expect(text).toContain('through VO leader Zeba');
  expect(text).not.toContain('0300 000 0271');
  expect(text).toContain('0300 000 0272');
  const { head } = (await database.owner.query<{ head: string }>('SELECT head FROM books WHERE office = 10'))
    .rows[0] as {
    head: string;
  };
  expect(text).toContain(formatHead(head));

  expect((await get('/api/print/donors?language=en', vo.token)).status).toBe(403);
  expect((await get('/api/print/other?language=en', bearer.token)).status).toBe(404);
  expect((await get('/api/print/donors?language=xx', bearer.token)).status).toBe(400);
  for (const name of ['profile', 'card', 'blank'])
    expect((await get(`/api/print/${name}?language=sd`, bearer.token)).status).toBe(200);
  await database.owner.query("UPDATE seats SET closed = 'withdrawn' WHERE seat = $1", [bearer.seat]);
  expect((await get('/api/print/donors?language=en', bearer.token)).status).toBe(401);
});

test('a woman of the office is told which head a paper of that day must show, and nobody else is', async () => {
  const { phone } = await enrol(leaders[1] as (typeof leaders)[number]);
  const get = (path: string, token = phone.token) =>
    routes.request(path, { headers: { authorization: `Bearer ${token}`, 'x-forwarded-proto': 'https' } });
  const { rows } = await database.owner.query<{ sequence: number; hash: string }>(
    'SELECT sequence::int AS sequence, hash FROM entries WHERE office = 10 ORDER BY sequence',
  );
  const [first, last] = [rows[0], rows.at(-1)];
  for (const entry of [first, last])
    expect(await (await get(`/api/heads/${entry?.sequence}`)).json()).toEqual({ hash: entry?.hash });
  expect((await get(`/api/heads/${(last?.sequence ?? 0) + 1}`)).status).toBe(404);
  expect((await get('/api/heads/0')).status).toBe(400);
  expect((await get('/api/heads/1', 'x'.repeat(43))).status).toBe(401);
  await database.owner.query("UPDATE seats SET closed = 'withdrawn' WHERE seat = $1", [phone.seat]);
  expect((await get('/api/heads/1')).status).toBe(401);
});

test("another woman's session carries sealed lines that it cannot read, and their writer hears the answer", async () => {
  const { phone: zeba } = await enrol(leaders[1] as (typeof leaders)[number]);
  const { phone: sakina } = await enrol(leaders[2] as (typeof leaders)[number]);
  const key = await importSealingKey(zeba.sealingKey);
  const line = {
    line: 1,
    command: 'blood-donors.enlist',
    shape: 0,
    input: enlist((leaders[1] as { organization: string }).organization, null, '03000000188'),
    at: clock,
    grants: 1,
  };
  const box = await sealLine(key, zeba.seat, line);
  expect(box).not.toContain('blood');
  const carried = await sync(sakina.token, [{ seat: zeba.seat, lines: [], sealed: [{ line: 1, box }] }]);
  expect(carried.push[0]).toMatchObject({ seat: zeba.seat, lastLine: 1 });
  // The same box under another seat's name does not open, and open lines of another seat are not taken.
  const moved = await sync(sakina.token, [{ seat: sakina.seat, lines: [], sealed: [{ line: 1, box }] }]);
  expect(moved.push).toEqual([{ seat: sakina.seat, lastLine: 0, answers: [{ line: 1, state: 'waiting' }] }]);
  const forged = await sync(sakina.token, [{ seat: zeba.seat, lines: [{ ...line, line: 2 }], sealed: [] }]);
  expect(forged.push[0]?.lastLine).toBe(1);
  const heard = await sync(zeba.token, [{ seat: zeba.seat, lines: [line], sealed: [] }]);
  expect(heard.push[0]?.answers).toEqual([expect.objectContaining({ line: 1, state: 'accepted' })]);
});

test('a line that nobody can read any more stands as refused and lets those after it go on; one that only its carrier spoiled waits for its writer', async () => {
  const leader = leaders[1] as (typeof leaders)[number];
  const { phone: zeba } = await enrol(leader);
  const { phone: sakina } = await enrol(leaders[2] as (typeof leaders)[number]);
  const key = await importSealingKey(zeba.sealingKey);
  const lines = [1, 2, 3, 4].map((line) => ({
    line,
    command: 'blood-donors.enlist',
    shape: 0,
    input: { ...enlist(leader.organization, null, `030000004${line}0`), group: 'O+' },
    at: clock,
    grants: 1,
  }));
  const boxes = await Promise.all(
    lines.map(async (line) => ({ line: line.line, box: await sealLine(key, zeba.seat, line) })),
  );
  const spoiled = ({ line, box }: { line: number; box: string }) => ({
    line,
    box: `${box.slice(0, 200)}AAAA${box.slice(204)}`,
  });
  const [one, two, three, four] = boxes as [(typeof boxes)[0], (typeof boxes)[0], (typeof boxes)[0], (typeof boxes)[0]];

  // Spoiled on its way only: what stands before it is taken, what comes after it waits.
  const carried = await sync(sakina.token, [{ seat: zeba.seat, lines: [], sealed: [one, spoiled(two), three] }]);
  expect(carried.push[0]?.answers.map(({ line, state }) => `${line} ${state}`).sort()).toEqual([
    '1 accepted',
    '2 waiting',
    '3 waiting',
  ]);
  // Torn on her own phone too, as her own phone says: nobody has the words.
  const own = { seat: zeba.seat, lines: [lines[2] as (typeof lines)[0]], sealed: [spoiled(two)], torn: [2] };
  const said = await sync(zeba.token, [own]);
  expect(said.push[0]?.cloned).toBeUndefined();
  expect(said.push[0]?.answers).toEqual([
    expect.objectContaining({ line: 2, state: 'refused', code: 'book.line-lost' }),
    expect.objectContaining({ line: 3, state: 'accepted' }),
  ]);
  // She and the bearers see it until somebody settles it.
  const { rows } = await database.owner.query("SELECT body FROM records WHERE kind = 'refusal' AND id = $1", [
    `${zeba.seat}-2`,
  ]);
  expect(rows[0]?.body).toMatchObject({ code: 'book.line-lost', by: leader.person, settled: null });
  // Said again, it gets the same answer; and words that turn up after all make no second phone of hers.
  for (const bundle of [own, { seat: zeba.seat, lines: [], sealed: [two] }]) {
    const again = await sync(zeba.token, [bundle]);
    const answer = again.push[0]?.answers.find(({ line }) => line === 2);
    expect(answer).toMatchObject({ state: 'refused', code: 'book.line-lost' });
    expect(again.push[0]?.cloned).toBeUndefined();
  }
  // A box that is spoiled, of a line that the book has already, is answered by the book.
  const known = await sync(sakina.token, [{ seat: zeba.seat, lines: [], sealed: [spoiled(three), four], torn: [3] }]);
  expect(known.push[0]?.answers.map(({ line, state }) => `${line} ${state}`).sort()).toEqual([
    '3 accepted',
    '4 accepted',
  ]);
});

test('two phones with one number are told apart: the seat is closed and nothing is mixed', async () => {
  const { phone } = await enrol(leaders[1] as (typeof leaders)[number]);
  const line = (number: string) => ({
    line: 1,
    command: 'blood-donors.enlist',
    shape: 0,
    input: enlist((leaders[1] as { organization: string }).organization, null, number),
    at: clock,
    grants: 1,
  });
  await sync(phone.token, [{ seat: phone.seat, lines: [line('03000000190')], sealed: [] }]);
  const other = await sync(phone.token, [{ seat: phone.seat, lines: [line('03000000191')], sealed: [] }]);
  expect(other.push[0]?.cloned).toBe(true);
});

test('a phone that is taken back may push once more, and pulls nothing', async () => {
  const { phone } = await enrol(leaders[1] as (typeof leaders)[number]);
  const { phone: bearer } = await enrol(leaders[0] as (typeof leaders)[number]);
  const first = await sync(bearer.token);
  const page = fromColumns(first.pull?.copies[0]?.records ?? []).find(
    ({ kind, body }) => kind === 'phone' && (body as { seat: number }).seat === phone.seat,
  );
  const line = {
    line: 1,
    command: 'access.withdraw-phone',
    shape: 0,
    input: { phone: page?.id },
    at: clock,
    grants: 1,
  };
  const done = await sync(bearer.token, [{ seat: bearer.seat, lines: [line], sealed: [] }]);
  expect(done.push[0]?.answers[0]?.state).toBe('accepted');
  const late = {
    line: 1,
    command: 'blood-donors.enlist',
    shape: 0,
    input: enlist((leaders[1] as { organization: string }).organization, null, '03000000195'),
    at: clock,
    grants: 1,
  };
  const answer = await sync(phone.token, [{ seat: phone.seat, lines: [late], sealed: [] }]);
  expect(answer.pull).toBeNull();
  expect(answer.push[0]).toMatchObject({ withdrawn: true, lastLine: 1 });
});

test('a phone that is taken back hears of it also when it has nothing to send', async () => {
  const { phone } = await enrol(leaders[2] as (typeof leaders)[number]);
  await database.owner.query("UPDATE seats SET closed = 'withdrawn' WHERE seat = $1", [phone.seat]);
  const answer = await sync(phone.token);
  expect(answer.pull).toBeNull();
  expect(answer.push).toEqual([{ seat: phone.seat, lastLine: 0, answers: [], withdrawn: true }]);
});

test('a phone remembers the head of the book: a shortened or rewritten one is noticed', async () => {
  const { phone } = await enrol(leaders[1] as (typeof leaders)[number]);
  const actor = { nature: 'person', seat: phone.seat, office: 10, person: phone.person, grants: [] } as const;
  const book = await PhoneBook.open({
    store: new PhoneMemory(actor),
    registers: server.registers,
    now: () => clock,
    app: 'test',
    ask: async (request) =>
      (await (await post('/api/sync', request, { authorization: `Bearer ${phone.token}` })).json()) as SyncAnswer,
  });
  await book.sync();
  const remembered = book.head;
  expect(book.isRewritten).toBe(false);
  const before = (await database.owner.query('SELECT head FROM books WHERE office = 10')).rows[0];
  await database.owner.query("UPDATE books SET head = repeat('a', 64) WHERE office = 10");
  await book.sync();
  expect(book.isRewritten).toBe(true);
  expect(book.head).toEqual(remembered);
  await database.owner.query('UPDATE books SET head = $1 WHERE office = 10', [before.head]);
  await book.sync();
  expect(book.isRewritten).toBe(false);
});

test('two servers on one database never give one line twice', async () => {
  const quiet = { info: () => undefined, error: () => undefined };
  const { sealingKey } = await installationOf(database.owner, oneKey);
  const second = officeServer(database.app, sealingKey, quiet, () => clock);
  const count = async () =>
    (
      await database.owner.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM records WHERE office = 11 AND kind = 'place'",
      )
    ).rows[0]?.count ?? 0;
  const before = await count();
  const { rows } = await database.owner.query<{ id: string }>(
    "SELECT id FROM records WHERE office = 11 AND kind = 'organization' LIMIT 1",
  );
  const place = (en: string) => ({
    names: names(en),
    level: 'village',
    parent: null,
    code: null,
    aliases: [],
    owner: rows[0]?.id,
  });
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      (i % 2 === 0 ? server : second).writeLine(11, 'server', 'places.add', place(`Village ${i}`)),
    ),
  );
  expect((await count()) - before).toBe(20);
});

test('the desk opens figures into office and month, never into a name, a group or a day', async () => {
  const wrong = await post('/api/desk/sign-in', { name: 'district', password: 'wrong' });
  expect(wrong.status).toBe(401);
  const right = await post('/api/desk/sign-in', { name: 'district', password: 'right word' });
  expect(right.status).toBe(200);
  const cookie = right.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  const headers = { cookie: cookie.split(';')[0] as string };
  const page = await routes.request('/api/desk/overview', { headers });
  expect(page.status).toBe(200);
  const opened = await routes.request('/api/desk/figures/donors', { headers });
  const text = (await page.text()) + (await opened.text());
  expect(text).toContain('Ibtida');
  for (const secret of ['Donor', 'Shabana', 'B-', '+92', '2026-11-23']) expect(text).not.toContain(secret);
  expect((await routes.request('/api/desk/figures/other', { headers })).status).toBe(404);
  for (let i = 0; i < 5; i++) await post('/api/desk/sign-in', { name: 'district', password: 'wrong' });
  const closed = await post('/api/desk/sign-in', { name: 'district', password: 'right word' });
  expect(closed.status).toBe(429);
  expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(0);
  await post('/api/desk/sign-out', {}, headers);
  expect((await routes.request('/api/desk/overview', { headers })).status).toBe(401);
});

test("neighbours' counts cross the border as none, few or many, and only when they changed", async () => {
  expect(await server.shareCounts()).toBeGreaterThan(0);
  expect(await server.shareCounts()).toBe(0);
  const { phone } = await enrol(leaders[1] as (typeof leaders)[number]);
  const answer = await sync(phone.token);
  const district = fromColumns(answer.pull?.copies.find(({ office }) => office === 2)?.records ?? []);
  const neighbours = district
    .filter(({ kind }) => kind === 'neighbour')
    .map(({ body }) => body as { office: number; groups: Record<string, string> });
  expect(neighbours.map(({ office }) => office).sort()).toEqual([10, 11]);
  expect(neighbours.find(({ office }) => office === 10)?.groups['B-']).toBe('few');
  expect(neighbours.find(({ office }) => office === 11)?.groups['B-']).toBe('none');
});

test('a rule that the head office publishes is kept by server and phone from its day on', async () => {
  const publish = (from: string, days: number) =>
    server.writeLine(2, 'import', 'book.publish-rule', {
      name: 'blood-donors.donation',
      from,
      value: {
        daysBetween: { f: days, m: days },
        age: { from: 18, to: 65 },
        leastKilograms: 50,
        childBearing: { from: 0, to: 50 },
      },
      source: 'a test',
      by: '1-1',
    });
  expect(server.rules()).toEqual([]);
  await publish('2026-12-01', 200);
  await server.readRules();
  expect(server.rules()).toEqual([expect.objectContaining({ name: 'blood-donors.donation', from: '2026-12-01' })]);
  const { phone } = await enrol(leaders[1] as (typeof leaders)[number]);
  const answer = await sync(phone.token);
  const above = fromColumns(answer.pull?.copies.find(({ office }) => office === 2)?.records ?? []);
  expect(above.some(({ kind }) => kind === 'rule')).toBe(true);
});

test('a body that is too large, torn or of another shape is refused with its place', async () => {
  const { phone } = await enrol(leaders[1] as (typeof leaders)[number]);
  const headers = { authorization: `Bearer ${phone.token}` };
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
  const packed = await routes.request('/api/sync', {
    method: 'POST',
    body: bomb,
    headers: { ...headers, 'content-encoding': 'gzip' },
  });
  expect(bomb.length).toBeLessThan(100_000);
  expect(packed.status).toBe(400);
  const torn = await routes.request('/api/sync', { method: 'POST', body: '{"protocol":1,', headers });
  expect(torn.status).toBe(400);
  const odd = await post('/api/sync', { protocol: 1, app: 'x', epoch: null, push: [], pull: null, more: 1 }, headers);
  expect(odd.status).toBe(400);
});
