import type { Hono } from 'hono';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { oneKey } from '../../tests/support/keys-in-hand.ts';
import type { OpenSession } from '../platform/access/account.ts';
import { addUser, listUsers, removeUser, resetUser } from '../platform/access/server/staff-accounts.ts';
import { addBook, installationOf } from './installation.ts';
import { officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

let database: TestDatabase;
let routes: Hono;
let clock = Date.UTC(2026, 10, 24, 6);
const names = (en: string) => ({ sd: null, ur: null, en });

beforeAll(async () => {
  database = await testDatabase();
  const { owner, app } = database;
  const { sealingKey } = await installationOf(owner, oneKey);
  const log = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };
  routes = routesOf(
    officeServer(app, sealingKey, log, () => clock),
    '/nowhere',
  );
  await addBook(owner, { office: 2, above: null, tier: 'district', names: names('District') });
  await addBook(owner, { office: 10, above: 2, tier: 'lso', names: names('Ibtida') });
});
afterAll(() => database?.close());
// Each test is another quarter of an hour: the doors of the one before have opened again.
beforeEach(() => {
  clock += 15 * 60_000;
});

class Desk {
  #cookie = '';
  readonly #browser: string | undefined;
  constructor(browser?: string) {
    this.#browser = browser;
  }
  async ask(path: string, body?: unknown): Promise<{ status: number; said: unknown }> {
    const answer = await routes.request(`/api/desk/${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: {
        'content-type': 'application/json',
        ...(this.#cookie && { cookie: this.#cookie }),
        ...(this.#browser && { 'user-agent': this.#browser }),
      },
    });
    const set = answer.headers.get('set-cookie');
    if (set) this.#cookie = set.split(';')[0] as string;
    return { status: answer.status, said: await answer.json() };
  }
  get cookie(): string {
    return this.#cookie;
  }
  with(cookie: string): this {
    this.#cookie = cookie;
    return this;
  }
}

let made = 0;
async function newUser(): Promise<{ name: string; password: string }> {
  made += 1;
  const name = `mahnoor${made}`;
  const password = await addUser(database.owner, { name, shownName: 'Mahnoor', role: 'district', office: 2 }, clock);
  return { name, password };
}
const codeOf = (secret: string, at = clock) =>
  new TOTP({ digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

async function withCode() {
  const user = await newUser();
  const desk = new Desk();
  await desk.ask('sign-in', user);
  const { secret } = (await desk.ask('account/code', {})).said as { secret: string };
  const proved = await desk.ask('account/code/proof', { code: codeOf(secret) });
  expect(proved.status).toBe(200);
  // Her own next code is another one: one is not good twice.
  clock += 60_000;
  return { user, desk, secret, recovery: (proved.said as { recovery: string[] }).recovery };
}

test('a first password opens nothing but the setting-up of a second factor', async () => {
  const user = await newUser();
  const desk = new Desk();
  expect((await desk.ask('sign-in', user)).said).toEqual({ stage: 'set-up' });
  for (const path of ['overview', 'figures/donors']) expect((await desk.ask(path)).status, path).toBe(401);
  expect((await desk.ask('account/recovery', {})).status).toBe(401);
  expect((await desk.ask('account')).said).toEqual({
    shownName: 'Mahnoor',
    role: 'district',
    stage: 'set-up',
    hasCode: false,
    passkeys: 0,
    recoveryLeft: 0,
    startPassword: true,
    sample: false,
  });
  const before = desk.cookie;
  const { secret, uri } = (await desk.ask('account/code', {})).said as { secret: string; uri: string };
  expect(uri).toMatch(/^otpauth:\/\/totp\/Otaq:mahnoor/);
  expect((await desk.ask('account/code/proof', { code: '000000' })).status).toBe(401);
  const proved = await desk.ask('account/code/proof', { code: codeOf(secret) });
  expect((proved.said as { recovery: string[] }).recovery).toHaveLength(10);
  expect((await desk.ask('overview')).status).toBe(200);
  // More rights, another token: the one that led there is worth nothing.
  expect(desk.cookie).not.toBe(before);
  expect((await new Desk().with(before).ask('account')).status).toBe(401);
});

test('password and code together open the desk; neither does alone, and no code is good twice', async () => {
  const { user, secret } = await withCode();
  const desk = new Desk();
  expect((await desk.ask('sign-in', user)).said).toEqual({ stage: 'second' });
  expect((await desk.ask('overview')).status).toBe(401);
  expect((await desk.ask('account/code', {})).status).toBe(401);
  expect((await new Desk().ask('sign-in/code', { code: codeOf(secret) })).status).toBe(401);
  const code = codeOf(secret);
  expect((await desk.ask('sign-in/code', { code })).status).toBe(200);
  expect((await desk.ask('overview')).status).toBe(200);
  const other = new Desk();
  await other.ask('sign-in', user);
  expect((await other.ask('sign-in/code', { code })).status).toBe(401);
  clock += 30_000;
  expect((await other.ask('sign-in/code', { code: codeOf(secret) })).status).toBe(200);
});

test('a recovery code opens the desk once, is kept only as a hash, and new ones end the old', async () => {
  const { user, recovery } = await withCode();
  const { rows } = await database.owner.query<{ kept: string }>(
    'SELECT row_to_json(r)::text AS kept FROM recovery_codes r UNION ALL SELECT row_to_json(u)::text FROM users u',
  );
  for (const code of recovery) expect(JSON.stringify(rows)).not.toContain(code.replaceAll(' ', ''));
  const desk = new Desk();
  await desk.ask('sign-in', user);
  expect((await desk.ask('sign-in/code', { code: recovery[0]?.toLowerCase() })).status).toBe(200);
  expect(((await desk.ask('account')).said as { recoveryLeft: number }).recoveryLeft).toBe(9);
  const again = new Desk();
  await again.ask('sign-in', user);
  expect((await again.ask('sign-in/code', { code: recovery[0] })).status).toBe(401);
  const fresh = ((await desk.ask('account/recovery', {})).said as { recovery: string[] }).recovery;
  expect((await again.ask('sign-in/code', { code: recovery[1] })).status).toBe(401);
  expect((await again.ask('sign-in/code', { code: fresh[0] })).status).toBe(200);
});

test('five wrong words of any kind close the account, also for who knows the password', async () => {
  const { user, secret } = await withCode();
  const desk = new Desk();
  for (let i = 0; i < 3; i++) {
    await desk.ask('sign-in', user);
    expect((await desk.ask('sign-in/code', { code: '111111' })).status).toBe(401);
  }
  for (let i = 0; i < 2; i++) await new Desk().ask('sign-in', { ...user, password: 'wrong' });
  expect((await desk.ask('sign-in', user)).status).toBe(429);
  expect((await desk.ask('sign-in/code', { code: codeOf(secret) })).status).toBe(429);
  clock += 61_000;
  await desk.ask('sign-in', user);
  expect((await desk.ask('sign-in/code', { code: codeOf(secret) })).status).toBe(200);
});

test('one address that guesses at many accounts is made to wait', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 31; i++) statuses.push((await new Desk().ask('sign-in/passkey/answer', {})).status);
  expect(statuses.slice(0, 30)).toEqual(Array(30).fill(400));
  expect(statuses[30]).toBe(429);
});

test('a session ends after half an hour of silence, after twelve hours of work, and everywhere at once', async () => {
  const { user, desk, secret } = await withCode();
  for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 25) {
    clock += 25 * 60_000;
    expect((await desk.ask('overview')).status).toBe(200);
  }
  clock += 29 * 60_000;
  expect((await desk.ask('overview')).status).toBe(401);

  const idle = new Desk();
  await idle.ask('sign-in', user);
  await idle.ask('sign-in/code', { code: codeOf(secret) });
  clock += 31 * 60_000;
  expect((await idle.ask('overview')).status).toBe(401);

  const here = new Desk();
  const there = new Desk();
  for (const each of [here, there]) {
    clock += 60_000;
    await each.ask('sign-in', user);
    expect((await each.ask('sign-in/code', { code: codeOf(secret) })).status).toBe(200);
  }
  await here.ask('sign-out/everywhere', {});
  expect((await there.ask('overview')).status).toBe(401);
});

test('she sees each machine at which she is signed in, and ends one of them; nobody ends another’s', async () => {
  const { user, desk, secret } = await withCode();
  const inn = new Desk('Mozilla/5.0 (Windows NT 10.0; rv:142.0) Gecko/20100101 Firefox/142.0 at 203.0.113.9');
  clock += 60_000;
  await inn.ask('sign-in', user);
  await inn.ask('sign-in/code', { code: codeOf(secret) });
  // Half-way is nowhere yet.
  await new Desk().ask('sign-in', user);
  const seen = (await desk.ask('account/sessions')).said as { sessions: OpenSession[] };
  expect(seen.sessions.map(({ session: _session, ...shown }) => shown)).toEqual([
    { machine: '', own: true, openFor: 2, quietFor: 0 },
    { machine: 'Firefox, Windows', own: false, openFor: 0, quietFor: 0 },
  ]);
  const kept = await database.owner.query<{ row: string }>('SELECT row_to_json(s)::text AS row FROM sessions s');
  for (const { row } of kept.rows) expect(row).not.toMatch(/203\.0|142|Mozilla/);

  const session = seen.sessions[1]?.session;
  const stranger = (await withCode()).desk;
  expect((await stranger.ask('account/sessions/end', { session })).status).toBe(404);
  expect((await inn.ask('overview')).status).toBe(200);
  expect((await desk.ask('account/sessions/end', { session })).status).toBe(200);
  expect((await inn.ask('overview')).status).toBe(401);
  expect((await desk.ask('overview')).status).toBe(200);
  expect((await desk.ask('account/sessions/end', { session })).status).toBe(404);

  // Whoever sits down at an open desk later must first prove who she is.
  clock += 16 * 60_000;
  const own = seen.sessions[0]?.session;
  expect((await desk.ask('account/sessions/end', { session: own })).status).toBe(401);
  expect((await desk.ask('account/sessions')).status).toBe(401);
});

test('she chooses her own password, and the one that was handed over is worth nothing any more', async () => {
  const { user, desk } = await withCode();
  const next = 'چار لفظ جيڪي مان ئي ڄاڻان';
  expect((await desk.ask('account/password', { now: 'wrong', next })).status).toBe(401);
  expect((await desk.ask('account/password', { now: user.password, next: 'short' })).status).toBe(400);
  expect((await desk.ask('account/password', { now: user.password, next })).status).toBe(200);
  expect((await new Desk().ask('sign-in', user)).status).toBe(401);
  expect((await new Desk().ask('sign-in', { ...user, password: next })).status).toBe(200);
});

test('the operator adds, lists, resets and removes accounts, and says what is wrong with one', async () => {
  const { owner } = database;
  const organizer = { name: 'sana', shownName: 'Sana', role: 'social-organizer', office: 2, offices: [10] } as const;
  await addUser(owner, organizer, clock);
  expect((await listUsers(owner)).find(({ name }) => name === 'sana')).toMatchObject({
    offices: [10],
    hasCode: false,
    passkeys: 0,
  });
  await expect(addUser(owner, organizer, clock)).rejects.toThrow(/already has an account/);
  await expect(addUser(owner, { ...organizer, name: 'x y' }, clock)).rejects.toThrow(/no name to sign in with/);
  await expect(addUser(owner, { ...organizer, name: 'sara', offices: [99] }, clock)).rejects.toThrow(/no office 99/);
  await expect(addUser(owner, { ...organizer, name: 'sara', role: 'auditor' }, clock)).rejects.toThrow(/one by one/);

  const { user, desk } = await withCode();
  const password = await resetUser(owner, user.name, clock);
  expect((await desk.ask('overview')).status).toBe(401);
  expect((await new Desk().ask('sign-in', user)).status).toBe(401);
  const later = new Desk();
  expect((await later.ask('sign-in', { name: user.name, password })).said).toEqual({ stage: 'set-up' });
  await removeUser(owner, user.name);
  expect((await later.ask('account')).status).toBe(401);
  await expect(removeUser(owner, user.name)).rejects.toThrow(/Nobody called/);
  await expect(resetUser(owner, user.name, clock)).rejects.toThrow(/Nobody called/);

  const late = await newUser();
  clock += 8 * 24 * 3_600_000;
  expect((await new Desk().ask('sign-in', late)).status).toBe(401);
});

test('a name that nobody has answers as one that somebody has, word for word', async () => {
  const { user } = await withCode();
  const known = await new Desk().ask('sign-in', { ...user, password: 'wrong' });
  const unknown = await new Desk().ask('sign-in', { name: 'nobody', password: 'wrong' });
  expect(unknown).toEqual(known);
});
