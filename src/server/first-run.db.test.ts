import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { oneKey } from '../../tests/support/keys-in-hand.ts';
import { leaveHeader } from '../network/exchange/import-answers.ts';
import { importsOf } from '../network/exchange/server/import-office.ts';
import { wordHeader } from '../network/programmes/opening-input.ts';
import { openedOffices } from '../network/programmes/server/opening.ts';
import { hashSecret, makeToken } from '../platform/access/server/secrets.ts';
import { installationOf } from './installation.ts';
import { type OfficeServer, officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

/* The first week through the server's doors: the word, the offices, the account, the first lists. */

let database: TestDatabase;
let server: OfficeServer;
let routes: Hono;
let clock = Date.UTC(2026, 10, 24, 6);
const word = 'abcd-efgh-jkmn-2345';
const names = (en: string) => ({ en, sd: null, ur: null });

beforeAll(async () => {
  database = await testDatabase();
  const { sealingKey } = await installationOf(database.owner, oneKey);
  const log = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };
  server = officeServer(database.app, sealingKey, log, () => clock);
  routes = routesOf(server, '/nowhere', { word, owner: database.owner });
});
afterAll(() => database?.close());

type Headers = Record<string, string>;
const post = (path: string, body: unknown, headers: Headers = { [wordHeader]: word }) =>
  routes.request(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const opening = async <T>(step: string, body: unknown): Promise<T> => {
  const answer = await post(`/api/desk/opening/${step}`, body);
  expect([step, answer.status]).toEqual([step, 200]);
  return (await answer.json()) as T;
};

/** A session as the sign-in pages end it: both things proved. */
async function signedIn(name: string): Promise<Headers> {
  const token = makeToken();
  await database.owner.query(
    `INSERT INTO sessions (token_hash, name, expires_at, stage, seen_at) VALUES ($1, $2, $3, 'full', $4)`,
    [hashSecret(token), name, clock + 3_600_000, clock],
  );
  return { cookie: `desk=${token}` };
}
async function staff(name: string, role: string, office: number, offices: readonly number[] = []): Promise<Headers> {
  await database.owner.query(
    "INSERT INTO users (name, password_hash, shown_name, role, office) VALUES ($1, 'x', $1, $2, $3)",
    [name, role, office],
  );
  for (const one of offices) await database.owner.query('INSERT INTO user_offices VALUES ($1, $2)', [name, one]);
  return signedIn(name);
}

let lso = 0;
let code = '';

test('the word opens the programme, a district, an LSO, its bearer and the first account, and then it ends', async () => {
  for (const headers of [{}, { [wordHeader]: 'wrong' }])
    expect((await post('/api/desk/opening/programme', { names: names('X') }, headers)).status).toBe(401);
  // As it is copied by hand: spaces, capitals.
  const typed = await routes.request('/api/desk/opening', { headers: { [wordHeader]: ' ABCD efgh jkmn 2345 ' } });
  expect(typed.status).toBe(200);
  expect(await typed.json()).toEqual({ programme: null, districts: [], lsos: [], hasStaff: false });
  expect((await post('/api/desk/opening/district', { code: 'PK709' })).status).toBe(409);
  expect((await post('/api/desk/opening/programme', { names: { en: '' } })).status).toBe(400);

  const programme = await opening<{ office: number }>('programme', { names: names('Sindh Rural Support') });
  const district = await opening<{ office: number }>('district', { code: 'PK709' });
  const input = { names: names('Ibtida'), council: names('Dhori'), taluka: 'PK70907', formedOn: '2017-10-30' };
  lso = (await opening<{ office: number }>('lso', { ...input, district: district.office })).office;
  const { grant } = await opening<{ grant: string }>('bearer', {
    office: lso,
    names: names('Shabana'),
    role: 'lso-bearer',
  });
  code = (await opening<{ code: string }>('code', { office: lso, grant })).code;
  expect(code).toMatch(/^\d{10}$/);
  const { password } = await opening<{ password: string }>('staff', { name: 'asma', shownName: 'Asma' });
  expect(password).toMatch(/^(\w{4}-){2}\w{4}$/);

  expect((await post('/api/desk/opening/staff', { name: 'second', shownName: 'Second' })).status).toBe(401);
  expect((await routes.request('/api/desk/opening', { headers: { [wordHeader]: word } })).status).toBe(401);
  const signIn = await post('/api/desk/sign-in', { name: 'asma', password }, {});
  expect(signIn.status).toBe(200);
  // Only the second factor can be set up with it: nothing is shown yet.
  const begun = { cookie: (signIn.headers.get('set-cookie') ?? '').split(';')[0] as string };
  expect((await routes.request('/api/desk/opening', { headers: begun })).status).toBe(401);
  const asma = await signedIn('asma');
  const shown = await routes.request('/api/desk/opening', { headers: asma });
  expect(await shown.json()).toMatchObject({ programme: { office: programme.office }, hasStaff: true });
  const other = await post('/api/desk/opening/district', { code: 'PK713' }, asma);
  expect(other.status).toBe(200);
});

test('a word that is guessed at is slowed', async () => {
  const fresh = routesOf(server, '/nowhere', { word: 'zzzz-zzzz-zzzz-zzzz', owner: database.owner });
  const guess = () => fresh.request('/api/desk/opening', { headers: { [wordHeader]: 'aaaa-aaaa-aaaa-aaaa' } });
  const statuses = [];
  for (let i = 0; i < 12; i++) statuses.push((await guess()).status);
  expect(statuses.slice(0, 10).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(10)).toEqual([429, 429]);
});

test('only the head office opens offices; a district, an auditor and a funder do not', async () => {
  for (const role of ['district', 'social-organizer', 'auditor', 'funder']) {
    const headers = await staff(`no-${role}`, role, 1);
    expect((await routes.request('/api/desk/opening', { headers })).status).toBe(401);
    expect((await post('/api/desk/opening/district', { code: 'PK701' }, headers)).status).toBe(401);
  }
  expect((await openedOffices(server.app)).districts.map(({ code }) => code)).toEqual(['PK709', 'PK713']);
});

const villages = 'Name,Level,Part of\nKandri,Village,Dhori\nSajan,Village,Dhori\n';
const list = async (headers: Headers, office = lso) =>
  (await (await routes.request(`/api/desk/imports/${office}`, { headers })).json()) as {
    imports: { seat: number; state: string; list: string; rows: number; broughtBy: string }[];
    needsLeave: boolean;
  };
const until = (headers: Headers, state: string) => {
  const asked = async () => {
    const [last] = (await list(headers)).imports;
    return last?.state === state ? last : null;
  };
  return vi.waitUntil(asked, { timeout: 60_000 });
};

test('staff above an office bring a list into it: looked through first, then written, then taken back', async () => {
  const headers = await staff('mahnoor', 'district', 2);
  const looked = await post(`/api/desk/imports/${lso}/preview?what=places`, 'Name,Level\nKandri,Planet\n', headers);
  const seen = (await looked.json()) as { wrong: { row: number; column: string; code: string }[]; wrongFile: string };
  expect(seen).toMatchObject({ rows: 1, right: 0, wrong: [{ row: 2, column: 'Level', code: 'exchange.not-one-of' }] });
  expect(seen.wrongFile).toContain('Kandri,Planet');
  expect(
    (await post(`/api/desk/imports/${lso}?what=places&mode=all`, 'Name,Level\nKandri,Planet\n', headers)).status,
  ).toBe(409);
  expect(await importsOf(server, lso)).toEqual([]);

  const begun = await post(`/api/desk/imports/${lso}?what=places&mode=all`, villages, headers);
  expect(await begun.json()).toMatchObject({ state: 'writing' });
  const written = await until(headers, 'written');
  expect(written).toMatchObject({ list: 'places', rows: 2, broughtBy: 'mahnoor' });
  const back = await post(`/api/desk/imports/${lso}/${written.seat}/take-back`, {}, headers);
  expect(await back.json()).toEqual({ stayed: 0 });
});

test('an office that is not below hers is to staff as one that is not there', async () => {
  const headers: Readonly<Record<string, Headers>> = {
    'another district': await staff('elsewhere', 'district', 4),
    'an organizer of another office': await staff('other-organizer', 'social-organizer', 2, [4]),
    'an auditor': await staff('auditor', 'auditor', 1),
    'a funder': await staff('funder', 'funder', 1),
  };
  for (const [who, of] of Object.entries(headers))
    for (const path of [
      `/${lso}/preview?what=places`,
      `/${lso}?what=places`,
      `/${lso}/1/continue`,
      `/${lso}/1/take-back`,
    ])
      expect([who, path, (await post(`/api/desk/imports${path}`, villages, of)).status]).toEqual([who, path, 404]);
  for (const path of ['/99', '/1', '/x'])
    expect((await routes.request(`/api/desk/imports${path}`, { headers: await signedIn('asma') })).status).toBe(404);
  expect((await routes.request(`/api/desk/imports/${lso}`)).status).toBe(401);
  const holds = await staff('organizer', 'social-organizer', 2, [lso]);
  expect((await routes.request(`/api/desk/imports/${lso}`, { headers: holds })).status).toBe(200);
});

test('once a bearer has her phone, staff need the leave that she makes on it, and enter nobody there any more', async () => {
  const asma = await signedIn('asma');
  const enrolled = (await (await post('/api/enrol', { code }, {})).json()) as { token: string; person: string };
  const phone = { authorization: `Bearer ${enrolled.token}` };
  for (const step of ['bearer', 'code'])
    expect(
      (
        await post(
          `/api/desk/opening/${step}`,
          step === 'bearer' ? { office: lso, names: names('Zeba'), role: 'crp' } : { office: lso, grant: '1-1' },
          asma,
        )
      ).status,
    ).toBe(409);
  expect(JSON.stringify(await (await routes.request('/api/desk/opening', { headers: asma })).json())).not.toContain(
    'Shabana',
  );

  const path = `/api/desk/imports/${lso}?what=places&mode=all`;
  const waiting = (await (await post(path, villages, asma)).json()) as { state: string; seat: number };
  expect(waiting.state).toBe('waiting');
  expect((await list(asma)).needsLeave).toBe(true);
  expect((await post('/api/import-leaves', {}, {})).status).toBe(401);
  const { code: leave } = (await (await post('/api/import-leaves', {}, phone)).json()) as { code: string };
  const goOn = (said: string) =>
    post(`/api/desk/imports/${lso}/${waiting.seat}/continue`, {}, { ...asma, [leaveHeader]: said });
  expect((await goOn('1234567890')).status).toBe(409);
  expect((await goOn(`${leave.slice(0, 5)} ${leave.slice(5)}`)).status).toBe(200);
  expect(await until(asma, 'written')).toMatchObject({ seat: waiting.seat });
  clock += 1000;
});

test('a file that is too large is not read to its end', async () => {
  const asma = await signedIn('asma');
  const answer = await post(`/api/desk/imports/${lso}/preview?what=places`, 'a'.repeat(20_000_100), asma);
  expect(await answer.json()).toMatchObject({ rows: 0, wrong: [{ code: 'exchange.too-large' }] });
  expect((await post(`/api/desk/imports/${lso}/preview?what=planets`, villages, asma)).status).toBe(400);
});
