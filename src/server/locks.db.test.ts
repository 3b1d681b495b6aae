/*
 * The locks of the server's doors, tried from outside, on a server with a line.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { oneKey } from '../../tests/support/keys-in-hand.ts';
import { makeEnrolment } from '../platform/access/server/gate.ts';
import { makeToken } from '../platform/access/server/secrets.ts';
import { addUser } from '../platform/access/server/staff-accounts.ts';
import { addBook, installationOf } from './installation.ts';
import { type OfficeServer, officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

let database: TestDatabase;
let server: OfficeServer;
let http: ServerType;
let port: number;
let folder: string;
let clock = Date.UTC(2026, 10, 24, 6);
let lso: string;
const logged: string[] = [];
const names = (en: string) => ({ sd: null, ur: null, en });

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'otaq-built-'));
  for (const [app, page] of [
    ['phone', 'phone.html'],
    ['desk', 'desk.html'],
  ] as const) {
    mkdirSync(join(folder, app, 'assets'), { recursive: true });
    writeFileSync(join(folder, app, page), '<!doctype html><title>Notebook</title>');
    writeFileSync(join(folder, app, 'assets/app.js'), 'export {}');
  }
  writeFileSync(join(folder, 'outside.html'), 'not for anybody');
  const { owner, app } = database;
  const { sealingKey } = await installationOf(owner, oneKey);
  const keep = (fields: object, text: string) => void logged.push(JSON.stringify({ ...fields, text }));
  server = officeServer(app, sealingKey, { info: keep, error: keep }, () => clock);
  await addBook(owner, { office: 2, above: null, tier: 'district', names: names('District') });
  await addBook(owner, { office: 10, above: 2, tier: 'lso', names: names('Ibtida') });
  await server.writeLine(10, 'import', 'organizations.form', {
    tier: 'lso',
    names: names('Ibtida'),
    number: null,
    place: null,
    parent: null,
    of: 'women',
    formedOn: '2017-10-30',
    status: 'active',
  });
  lso = await lastRecord();
  http = serve({ fetch: routesOf(server, folder).fetch, port: 0 });
  await new Promise((ready) => http.once('listening', ready));
  port = (http.address() as AddressInfo).port;
}, 60_000);
afterAll(async () => {
  await new Promise((done) => http?.close(done));
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const lastRecord = async () =>
  (await database.owner.query<{ id: string }>('SELECT id FROM records ORDER BY sequence DESC LIMIT 1')).rows[0]
    ?.id as string;

type Asked = { readonly method?: string; readonly body?: string; readonly headers?: Record<string, string> };
type Told = { readonly status: number; readonly headers: Record<string, string>; readonly text: string };

/** Asks as bytes, so that nothing tidies the path or the headers on the way. */
function ask(path: string, { method = 'GET', body, headers = {} }: Asked = {}): Promise<Told> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => {
        const told = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
        resolve({ status: answer.statusCode ?? 0, headers: told, text });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const overTls = (from = '203.0.113.9') => ({ 'x-forwarded-proto': 'https', 'x-forwarded-for': from });
const cookieOf = ({ headers }: Told) => (headers['set-cookie'] ?? '').split(';')[0] as string;

let made = 0;
async function newUser(): Promise<{ name: string; password: string }> {
  made += 1;
  const name = `nasreen${made}`;
  const password = await addUser(database.owner, { name, shownName: 'Nasreen', role: 'district', office: 2 }, clock);
  return { name, password };
}

/** A desk that has proved two things. */
async function signedIn() {
  const user = await newUser();
  const first = cookieOf(await post('/api/desk/sign-in', user));
  const { secret } = JSON.parse((await post('/api/desk/account/code', {}, { cookie: first })).text) as {
    secret: string;
  };
  const code = () =>
    new TOTP({ digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({ timestamp: clock });
  const proved = await post('/api/desk/account/code/proof', { code: code() }, { cookie: first });
  const again = async () => {
    clock += 60_000;
    const half = cookieOf(await post('/api/desk/sign-in', user));
    return cookieOf(await post('/api/desk/sign-in/code', { code: code() }, { cookie: half }));
  };
  return {
    user,
    secret,
    code,
    again,
    cookie: cookieOf(proved),
    recovery: (JSON.parse(proved.text) as { recovery: string[] }).recovery,
  };
}

async function bearer(name: string): Promise<{ token: string; seat: number }> {
  await server.writeLine(10, 'import', 'people.enter-person', {
    names: names(name),
    parent: null,
    sex: 'f',
    bornYear: null,
    household: null,
    number: null,
    owner: lso,
  });
  const person = await lastRecord();
  await server.writeLine(10, 'import', 'access.give-role', {
    person,
    names: names(name),
    role: 'lso-bearer',
    organization: lso,
  });
  const phone = { office: 10, person, names: names(name), organization: lso, madeBy: null, byStaff: false };
  const code = await makeEnrolment(server, phone, clock);
  const answer = await post('/api/enrol', { code });
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text) as { token: string; seat: number };
}

const sync = async (token: string, push: readonly unknown[]) =>
  post(
    '/api/sync',
    { protocol: 1, app: 'test', epoch: await server.store.epoch(), push, pull: null },
    { authorization: `Bearer ${token}` },
  );
const enterPerson = (line: number, en: unknown, more: object = {}) => ({
  line,
  command: 'people.enter-person',
  shape: 0,
  input: {
    names: { sd: null, ur: null, en },
    parent: null,
    sex: 'f',
    bornYear: null,
    household: null,
    number: null,
    owner: lso,
    ...more,
  },
  at: clock,
  grants: 1,
});

/** Breaks the server for as long as the work takes. */
async function whileBroken<T>(work: () => Promise<T>): Promise<T> {
  const { epoch } = server.store;
  Object.assign(server.store, {
    epoch: () => Promise.reject(new Error('relation of Shabana "0300 1234567" does not exist in 03001234567')),
  });
  try {
    return await work();
  } finally {
    Object.assign(server.store, { epoch });
  }
}

test('every answer, a fault and a file that is not there too, bears the same headers and says what it is', async () => {
  const answers = [
    await ask('/'),
    await ask('/desk'),
    await ask('/assets/app.js'),
    await ask('/assets/none.js'),
    await ask('/health'),
    await ask('/api'),
    await ask('/api/nothing'),
    await ask('/api/desk/overview'),
    await post('/api/sync', {}),
    await ask('/api/sync', { method: 'PUT' }),
    await whileBroken(() => ask('/health')),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 200, 200, 404, 401, 401, 404, 500]);
  for (const { headers, text } of answers) {
    const policy = headers['content-security-policy'] ?? '';
    for (const part of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(headers['permissions-policy']).toContain('geolocation=()');
    expect(headers['x-powered-by']).toBeUndefined();
    if (text !== '') expect(headers['content-type']).toMatch(/^[a-z]+\/[a-z+]+; charset=utf-8$/i);
  }
});

test('over TLS every answer says so for a year; over plain HTTP nothing is promised', async () => {
  for (const path of ['/', '/api/nothing', '/health'])
    expect((await ask(path, { headers: overTls() })).headers['strict-transport-security']).toBe(
      'max-age=31536000; includeSubDomains',
    );
  expect((await ask('/')).headers['strict-transport-security']).toBeUndefined();
});

test('no other origin is let in, and nobody is led to another address', async () => {
  const origin = { origin: 'https://elsewhere.example', host: 'elsewhere.example' };
  for (const path of [
    '/',
    '/desk',
    '/health',
    '/api/openapi.json',
    '//elsewhere.example/',
    '/desk//elsewhere.example',
  ]) {
    const { headers } = await ask(path, { headers: origin });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers.location).toBeUndefined();
  }
});

test('the cookie of a session is bound to its host, hidden from scripts and from other sites', async () => {
  const user = await newUser();
  const { headers, text } = await post('/api/desk/sign-in', user, overTls());
  const [pair = '', ...marks] = (headers['set-cookie'] ?? '').split('; ');
  expect(pair).toMatch(/^__Host-desk=[\w-]{43}$/);
  expect(marks.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
  expect(text).not.toContain(pair.split('=')[1]);
  expect((await ask('/api/desk/account', { headers: { ...overTls(), cookie: pair } })).status).toBe(200);
  // A neighbour on the domain can set a cookie without the prefix: it is not read.
  const planted = pair.replace('__Host-', '');
  expect((await ask('/api/desk/account', { headers: { ...overTls(), cookie: planted } })).status).toBe(401);
});

test('what changes something is refused when a page from another site asks it, whatever form it takes', async () => {
  const { cookie } = await signedIn();
  for (const from of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
  ])
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const told = await post('/api/desk/sign-out/everywhere', {}, { ...from, cookie, 'content-type': type } as Record<
        string,
        string
      >);
      expect(told.status).toBe(403);
    }
  // Reading verbs change nothing: there is no such address for them.
  for (const path of ['/api/desk/sign-out/everywhere', '/api/desk/sign-out', '/api/enrol', '/api/sync'])
    expect((await ask(path, { headers: { cookie } })).status).toBe(404);
  expect((await ask('/api/desk/account', { headers: { cookie } })).status).toBe(200);
  const home = { cookie, 'sec-fetch-site': 'same-origin' };
  expect((await post('/api/desk/sign-out/everywhere', {}, home)).status).toBe(200);
  expect((await ask('/api/desk/account', { headers: { cookie } })).status).toBe(401);
});

test('a verb that is no use here, TRACE too, finds nothing and gives nothing back', async () => {
  for (const method of ['TRACE', 'TRACK', 'PROPFIND', 'DELETE', 'OPTIONS']) {
    const told = await ask('/api/desk/overview', { method, headers: { 'x-secret': 'echo' } }).catch(() => null);
    if (told === null) continue;
    expect([400, 404, 405]).toContain(told.status);
    expect(told.text).not.toContain('echo');
  }
});

test('nothing outside its folder is served, no folder is listed, and nothing of the sources is there', async () => {
  for (const path of [
    '/../outside.html',
    '/assets/../../outside.html',
    '/%2e%2e/outside.html',
    '/..%2foutside.html',
    '/assets/..%5c..%5coutside.html',
    '/desk/../../outside.html',
    '/.git/config',
    '/.git/HEAD',
    '/package.json',
    '/src/server/routes.ts',
    '/assets/app.js.map',
    '/assets/',
    '/phone/',
  ]) {
    const { text, status } = await ask(path);
    expect(text).not.toContain('not for anybody');
    // What is no file is the program's page, or nothing.
    expect(status === 404 ? text : text.slice(0, 15), path).toBe(status === 404 ? '' : '<!doctype html>');
  }
});

test('answers with data are kept by nobody on the way', async () => {
  const { cookie } = await signedIn();
  const { token } = await bearer('Kept by nobody');
  for (const told of [
    await ask('/api/desk/overview', { headers: { cookie } }),
    await ask('/api/desk/offices', { headers: { cookie } }),
    await ask('/api/desk/account', { headers: { cookie } }),
    await sync(token, []),
    await ask('/api/desk/overview'),
    await post('/api/enrol', { code: '0000000000' }),
  ])
    expect(told.headers['cache-control']).toBe('no-store');
});

test('behind a proxy each address is counted by itself, and nobody gives herself another one', async () => {
  const guess = (headers: Record<string, string>) => post('/api/desk/sign-in/passkey/answer', {}, headers);
  for (let i = 0; i < 30; i++) await guess(overTls('198.51.100.1'));
  expect((await guess(overTls('198.51.100.1'))).status).toBe(429);
  // Somebody else behind the same proxy does not wait for her.
  expect((await guess(overTls('198.51.100.2'))).status).toBe(400);
  // What she says of herself stands before what the proxy adds.
  expect((await guess(overTls('192.0.2.77, 198.51.100.1'))).status).toBe(429);
});

test('a fault is answered without its words, logged without its values, and opens no door', async () => {
  const before = logged.length;
  const told = await whileBroken(() => ask('/health'));
  expect(told.status).toBe(500);
  expect(JSON.parse(told.text)).toEqual({ code: 'book.could-not-decide' });
  const entry = logged.slice(before).join('\n');
  expect(entry).toContain('a request met a bug');
  expect(entry).toMatch(/"fault":"Error".*locks\.db\.test\.ts:\d+/);
  expect(entry).not.toMatch(/0300/);
});

test('the log says who signed in or was refused, when asked by a program, and it names nobody', async () => {
  const before = logged.length;
  const { user, cookie } = await signedIn();
  await post('/api/desk/sign-in', { ...user, password: 'wrong words entirely' });
  await post('/api/desk/sign-in', { name: 'x\n{"text":"signed in"}', password: 'y' });
  expect((await ask('/api/desk/figures/donors/99', { headers: { cookie } })).status).toBe(404);
  await post('/api/enrol', { code: '1234567890' });
  const { token, seat } = await bearer('Zulekha Mirani');
  await sync(token, [{ seat, lines: [enterPerson(1, 'Naz Bibi', { number: '03001112233' })], sealed: [] }]);
  const entries = logged.slice(before);
  const told = entries.map(
    (entry) => JSON.parse(entry) as { text: string; account?: string; stage?: string; route?: string },
  );
  const hers = told.find(({ text, stage }) => text === 'signed in' && stage === 'full')?.account;
  expect(hers).toMatch(/^[\w-]{8}$/);
  expect(told.filter(({ text, account }) => text === 'a wrong word' && account === hers)).toHaveLength(1);
  expect(told.some(({ text, route }) => text === 'refused' && route === 'GET /api/desk/figures/:key/:office')).toBe(
    true,
  );
  expect(told.some(({ text }) => text === 'a wrong code for a phone')).toBe(true);
  const all = entries.join('\n');
  for (const secret of [
    'nasreen',
    'Nasreen',
    'Zulekha',
    'Mirani',
    'Naz',
    '0300',
    '+92',
    '1234567890',
    token,
    cookie.split('=')[1],
    user.password,
  ])
    expect(all).not.toContain(secret);
  // What she typed cannot make a second entry.
  expect(told.filter(({ text }) => text === 'signed in')).toHaveLength(2);
});

test('a token has 256 bits, and no two are alike', () => {
  const tokens = new Set(Array.from({ length: 500 }, makeToken));
  expect(tokens.size).toBe(500);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

test('passwords are kept as Argon2id with a salt of their own; recovery codes have 120 bits and are kept as hashes', async () => {
  const [one, two] = [await signedIn(), await signedIn()];
  const { rows } = await database.owner.query<{ hash: string }>(
    'SELECT password_hash AS hash FROM users WHERE name = ANY($1)',
    [[one.user.name, two.user.name]],
  );
  for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(new Set(rows.map(({ hash }) => hash.split('$')[4])).size).toBe(2);
  for (const code of one.recovery) expect(code.replaceAll(' ', '')).toMatch(/^[A-Z2-7]{24}$/);
  const kept = await database.owner.query<{ code_hash: string }>('SELECT code_hash FROM recovery_codes');
  expect(kept.rows.map(({ code_hash }) => code_hash)).not.toContain(one.recovery[0]?.replaceAll(' ', ''));
});

test('a new password ends her other sessions, must not be easy, and stays good for years', async () => {
  const { user, cookie, again } = await signedIn();
  const other = await again();
  expect((await ask('/api/desk/account', { headers: { cookie: other } })).status).toBe(200);
  const change = (now: string, next: string) => post('/api/desk/account/password', { now, next }, { cookie });
  expect((await change(user.password, 'Nasreen-Sukkur-2026')).status).toBe(409);
  const next = '  seven goats and a river at noon \u{1f33e} – '.padEnd(100, 'q');
  expect((await change(user.password, next)).status).toBe(200);
  expect((await ask('/api/desk/account', { headers: { cookie } })).status).toBe(200);
  expect((await ask('/api/desk/account', { headers: { cookie: other } })).status).toBe(401);
  expect((await post('/api/desk/sign-in', { ...user, password: next.trim() })).status).toBe(401);
  clock += 3 * 366 * 24 * 3_600_000;
  expect((await post('/api/desk/sign-in', { ...user, password: next })).status).toBe(200);
});

test('guessing the password inside an open session closes the account too', async () => {
  const { cookie, user } = await signedIn();
  for (let i = 0; i < 5; i++)
    expect(
      (await post('/api/desk/account/password', { now: `guess ${i}`, next: 'river lamp nine goats' }, { cookie }))
        .status,
    ).toBe(401);
  expect((await post('/api/desk/sign-in', user)).status).toBe(429);
});

test('what opens the door is changed only by a session of the last quarter of an hour: it must be proved again', async () => {
  for (const path of ['account/code', 'account/passkey', 'account/recovery']) {
    const { cookie } = await signedIn();
    clock += 14 * 60_000;
    expect((await post(`/api/desk/${path}`, {}, { cookie })).status, path).toBe(200);
    clock += 2 * 60_000;
    expect((await post(`/api/desk/${path}`, {}, { cookie })).status, path).toBe(401);
    // The old session has ended: whoever sat down at an open desk is outside.
    expect((await ask('/api/desk/account', { headers: { cookie } })).status).toBe(401);
  }
});

test('the server speaks as a role that is no superuser, owns nothing and passes by no policy', async () => {
  const { rows } = await server.app.query<{ super: boolean; bypass: boolean; create: boolean; owned: number }>(
    `SELECT rolsuper AS super, rolbypassrls AS bypass, rolcreaterole OR rolcreatedb AS create,
       (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned FROM pg_roles r WHERE rolname = current_user`,
  );
  expect(rows).toEqual([{ super: false, bypass: false, create: false, owned: 0 }]);
  const { rows: users } = await database.owner.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM users WHERE name IN ('admin', 'root', 'sa', 'otaq', 'guest')",
  );
  expect(users[0]?.count).toBe(0);
});

test('a body that would change a prototype, or goes down without end, changes nothing', async () => {
  const { token, seat } = await bearer('Prototype');
  const sent = (body: string) =>
    ask('/api/sync', {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    });
  const line = JSON.stringify(enterPerson(1, 'Polluted'));
  const epoch = JSON.stringify(await server.store.epoch());
  const around = (text: string) =>
    `{"protocol":1,"app":"test","epoch":${epoch},"pull":null,"push":[{"seat":${seat},"sealed":[],"lines":[${text}]}]}`;
  const polluted = await sent(around(line.replace('"parent":null', '"parent":null,"__proto__":{"isAdmin":true}')));
  expect(polluted.status).toBe(200);
  expect(JSON.parse(polluted.text).push[0].answers[0]).toMatchObject({ state: 'refused' });
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect((await sent(around(line.replace('"parent":null', `"parent":${deep}`)))).status).toBe(400);
  expect((await sent(deep)).status).toBe(400);
  expect((await ask('/health')).status).toBe(200);
});

test('a sign that no database can keep is refused in its line, and the lines after it are written', async () => {
  const { token, seat } = await bearer('Signs');
  const told = await sync(token, [
    {
      seat,
      lines: [enterPerson(1, 'Nul \u0000 name'), enterPerson(2, 'Half \ud83d a pair'), enterPerson(3, 'A whole name')],
      sealed: [],
    },
  ]);
  expect(told.status).toBe(200);
  const states = (JSON.parse(told.text) as { push: { answers: { state: string }[] }[] }).push[0]?.answers.map(
    ({ state }) => state,
  );
  expect(states).toEqual(['refused', 'refused', 'accepted']);
});

test('a value given twice is not mixed: one of them is taken, and a form takes none of what it does not know', async () => {
  const { cookie } = await signedIn();
  const once = await ask('/api/desk/figures/donors?from=2026-01', { headers: { cookie } });
  const twice = await ask('/api/desk/figures/donors?from=2026-01&from[]=2025-01&from=2024-01', { headers: { cookie } });
  expect(twice.text).toBe(once.text);
  const doubled = '{"name":"x","password":"y","name":{"$ne":null}}';
  expect(
    (await ask('/api/desk/sign-in', { method: 'POST', body: doubled, headers: { 'content-type': 'application/json' } }))
      .status,
  ).toBe(400);
  expect((await post('/api/desk/sign-in', { name: 'x', password: 'y', role: 'head-office' })).status).toBe(400);
});
