/*
 * What a stolen database gives away, and a key that is somewhere else.
 */
import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { keysInHand } from '../../tests/support/keys-in-hand.ts';
import { makeEnrolment, useEnrolment } from '../platform/access/server/gate.ts';
import { hashSecret } from '../platform/access/server/secrets.ts';
import { addUser } from '../platform/access/server/staff-accounts.ts';
import { makeSealingKey } from '../platform/sync/server/open-lines.ts';
import { addBook, installationOf } from './installation.ts';
import { type OfficeServer, officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

const now = Date.UTC(2026, 10, 24, 6);
const names = (en: string) => ({ sd: null, ur: null, en });
const open: TestDatabase[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

async function newDatabase(): Promise<TestDatabase> {
  const database = await testDatabase();
  open.push(database);
  return database;
}

const log = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };

async function startOn(database: TestDatabase, keys = keysInHand()): Promise<OfficeServer> {
  const { sealingKey } = await installationOf(database.owner, keys);
  return officeServer(database.app, sealingKey, log, () => now);
}

/** Everything that stands in the database, as whoever steals it reads it. */
async function stolen({ owner }: TestDatabase): Promise<string> {
  const { rows: tables } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const parts: string[] = [];
  for (const { name } of tables)
    parts.push(JSON.stringify((await owner.query(`SELECT row_to_json(t)::text AS row FROM "${name}" t`)).rows));
  return parts.join('\n').replaceAll('\\"', '"');
}

const leader = {
  office: 10,
  person: '1-2',
  names: names('Shabana'),
  organization: '1-1',
  madeBy: null,
  byStaff: false,
};

async function signIn(server: OfficeServer, user: { name: string; password: string }) {
  const routes = routesOf(server, '/nowhere');
  const post = (path: string, body: unknown, cookie = '') =>
    routes.request(`/api/desk/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', cookie },
    });
  const first = await post('sign-in', user);
  return { post, cookie: (first.headers.get('set-cookie') ?? '').split(';')[0] as string };
}
const codeOf = (secret: string, at: number) =>
  new TOTP({ digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({ timestamp: at });

test('whoever steals the database has no key to unsent lines, no authenticator, and nothing to try a code against', async () => {
  const database = await newDatabase();
  const server = await startOn(database);
  await addBook(database.owner, { office: 10, above: null, tier: 'lso', names: names('Ibtida') });
  const code = await makeEnrolment(server, leader, now);
  const password = await addUser(
    database.owner,
    { name: 'nasreen', shownName: 'Nasreen', role: 'district', office: 10 },
    now,
  );
  const { post, cookie } = await signIn(server, { name: 'nasreen', password });
  const { secret } = (await (await post('account/code', {}, cookie)).json()) as { secret: string };
  const pending = await stolen(database);
  expect((await post('account/code/proof', { code: codeOf(secret, now) }, cookie)).status).toBe(200);

  for (const loot of [pending, await stolen(database)]) {
    // The public half is there, so the private one would be found if it were.
    expect(loot).toContain(server.sealingKey.publicKey.x);
    expect(loot).not.toContain(server.sealingKey.privateKey.d);
    expect(loot).not.toContain(secret);
    expect(loot).toContain('Shabana');
    // Ten digits are soon tried, where each try can be compared: none of the ways to hash them without the key is there.
    for (const encoding of ['base64url', 'base64', 'hex'] as const)
      expect(loot).not.toContain(createHash('sha256').update(code).digest(encoding));
  }
  expect(await useEnrolment(server, '0000000000', now)).toBeNull();
  expect((await useEnrolment(server, code, now))?.person).toBe('1-2');
});

test('who speaks as Otaq does not read the sealing key, not even closed', async () => {
  const database = await newDatabase();
  await startOn(database);
  await expect(database.app.query('SELECT sealing_key FROM installation')).rejects.toThrow(/permission denied/);
  expect((await database.app.query('SELECT epoch_number FROM installation')).rows).toEqual([{ epoch_number: 1 }]);
});

test('an installation of an older Otaq is closed at its next start: its lines, codes and authenticators go on as they were', async () => {
  const database = await newDatabase();
  const { owner } = database;
  // As it was kept before: the key in clear, plain hashes, the secret of an app as it is.
  const old = await makeSealingKey();
  await owner.query("INSERT INTO installation (epoch_number, epoch_name, sealing_key) VALUES (1, 'x', $1)", [old]);
  await addBook(owner, { office: 10, above: null, tier: 'lso', names: names('Ibtida') });
  const code = '0123456789';
  await owner.query(
    `INSERT INTO enrolments (code_hash, office, person, names, organization, by_staff, expires_at)
     VALUES ($1, 10, '1-2', '{"en": "Shabana"}', '1-1', false, $2)`,
    [hashSecret(code), now + 1000],
  );
  await owner.query("INSERT INTO import_leaves VALUES ($1, 10, '1-2', $2)", [hashSecret('9876543210'), now + 1000]);
  const password = await addUser(owner, { name: 'nasreen', shownName: 'Nasreen', role: 'district', office: 10 }, now);
  const secret = new Secret({ size: 20 }).base32;
  await owner.query('UPDATE users SET totp_secret = $1, totp_pending = $1', [secret]);

  const keys = keysInHand(false);
  const { sealingKey, isKeyNew } = await installationOf(owner, keys);
  expect({ sealingKey, isKeyNew }).toEqual({ sealingKey: old, isKeyNew: true });
  const loot = await stolen(database);
  for (const gone of [old.privateKey.d, secret, hashSecret(code), hashSecret('9876543210')])
    expect(loot).not.toContain(gone);

  // Started once more, with the key that was made: nothing is closed twice.
  const server = await startOn(database, keys);
  const { post, cookie } = await signIn(server, { name: 'nasreen', password });
  expect((await post('sign-in/code', { code: codeOf(secret, now) }, cookie)).status).toBe(200);
  expect((await useEnrolment(server, code, now))?.person).toBe('1-2');
});

test('a server without the key of its house does not start and makes no other; with the key of another house it says that', async () => {
  const database = await newDatabase();
  const keys = keysInHand();
  const before = await installationOf(database.owner, keys);
  const none = keysInHand(false);
  await expect(installationOf(database.owner, none)).rejects.toThrow(/is not there: .*OTAQ_KEY_FILE.*--key-only/);
  expect(none.read()).toBeNull();
  await expect(installationOf(database.owner, keysInHand())).rejects.toThrow(/is not the one/);
  expect((await installationOf(database.owner, keys)).sealingKey).toEqual(before.sealingKey);
});

test('two servers that start in one moment on an empty database agree where they share the file; with a file each, one is told', async () => {
  const shared = await newDatabase();
  // Connected beforehand, so that neither waits for the other before it looks.
  const ready = ({ owner }: TestDatabase) => Promise.all([1, 2].map(() => owner.query('SELECT pg_sleep(0.05)')));
  await ready(shared);
  const keys = keysInHand(false);
  const both = await Promise.all([installationOf(shared.owner, keys), installationOf(shared.owner, keys)]);
  expect(both[0].sealingKey).toEqual(both[1].sealingKey);
  expect(both.filter(({ isKeyNew }) => isKeyNew)).toHaveLength(1);

  const apart = await newDatabase();
  await ready(apart);
  const hands = [keysInHand(false), keysInHand(false)] as const;
  const outcomes = await Promise.allSettled(hands.map((hand) => installationOf(apart.owner, hand)));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  // The one that came second has made no file beside, which nobody would know to throw away.
  expect(hands.filter((hand) => hand.read() === null)).toHaveLength(1);
});
