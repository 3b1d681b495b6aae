/* Real phones and a real server: what bearers write of organizations, posts and the opening with no network, decided again. */
import { tmpdir } from 'node:os';
import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PhoneMemory } from '../../tests/simulation/phone-memory.ts';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { oneKey } from '../../tests/support/keys-in-hand.ts';
import { cutOffSheetKind } from '../federation/office/cut-off-sheet.ts';
import { lsoProfile } from '../federation/organizations/lso-profile.ts';
import { organizationKind } from '../federation/organizations/organization.ts';
import { holdsOn, tenureKind } from '../federation/posts/tenure.ts';
import { makeEnrolment } from '../platform/access/server/gate.ts';
import { refusalKind } from '../platform/book/notices.ts';
import { PhoneBook } from '../platform/sync/client.ts';
import type { SyncAnswer } from '../platform/sync/protocol.ts';
import { addBook, installationOf } from './installation.ts';
import { type OfficeServer, officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

let database: TestDatabase;
let server: OfficeServer;
let routes: Hono;
let lso = '';
const vos: string[] = [];
const people = new Map<string, string>();
let clock = Date.UTC(2026, 10, 24, 6);
const names = (en: string) => ({ sd: null, ur: null, en });
const organization = (tier: string, number: number | null, parent: string | null) => ({
  tier,
  names: names(`${tier} ${number ?? ''}`),
  number,
  place: null,
  parent,
  of: 'women',
  formedOn: '2017-10-30',
  status: 'active',
});
const say = (command: string, input: unknown) => server.writeLine(10, 'import', command, input);

beforeAll(async () => {
  database = await testDatabase();
  const { owner, app } = database;
  const { sealingKey } = await installationOf(owner, oneKey);
  const log = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };
  server = officeServer(app, sealingKey, log, () => clock);
  routes = routesOf(server, tmpdir());
  await addBook(owner, { office: 10, above: null, tier: 'lso', names: names('Ibtida') });
  lso = await say('organizations.form', organization('lso', null, null));
  vos.push(await say('organizations.form', organization('vo', 1, lso)));
  vos.push(await say('organizations.form', organization('vo', 2, lso)));
  for (const [name, post, at] of [
    ['Shabana', 'president', lso],
    ['Nasreen', 'manager', lso],
    ['Zeba', 'president', vos[0]],
    ['Sakina', null, vos[0]],
  ] as const) {
    const person = await say('people.enter-person', {
      names: names(name),
      parent: null,
      sex: 'f',
      bornYear: null,
      household: null,
      number: null,
      owner: at,
    });
    people.set(name, person);
    if (post) await say('posts.appoint', { organization: at, post, person, from: '2026-01-01', owner: lso });
  }
}, 60_000);
afterAll(() => database?.close());

async function phoneOf(name: string, at: string): Promise<PhoneBook> {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    routes.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const leader = { person: people.get(name) as string, organization: at, names: names(name) };
  const code = await makeEnrolment(server, { ...leader, office: 10, madeBy: null, byStaff: false }, clock);
  const phone = (await (await post('/api/enrol', { code })).json()) as { seat: number; token: string; person: string };
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
  return book;
}

async function write(book: PhoneBook, command: string, input: unknown): Promise<string> {
  const written = await book.write(command, input);
  if (!written.written) throw new Error(`${command} was refused on the phone: ${written.refusal.code}`);
  expect(['accepted', 'flagged']).toContain(written.outcome.state);
  return `${written.line.seat}-${written.line.line}`;
}

test('a CO formed on a phone with no network has its sheet read aloud at once, and the server decides the same', async () => {
  const shabana = await phoneOf('Shabana', lso);
  const co = await write(shabana, 'organizations.form', organization('co', 1, vos[0] as string));
  const sheet = await write(shabana, 'office.write-cut-off', {
    organization: co,
    on: '2026-11-01',
    savings: { paisa: 2_350_000, bookPage: '41' },
    loans: { paisa: 1_800_000, bookPage: '12' },
    cash: { paisa: 550_000, bookPage: '41' },
    openResolutions: { count: 2, bookPage: '7' },
    donors: { count: 9, bookPage: '' },
  });
  await write(shabana, 'office.read-aloud', { sheet, on: '2026-11-24', reader: 'Shabana', heardBy: 17 });
  const before = lsoProfile(shabana.copy.cells(), '2026-11-24');
  expect(before.communityOrganizations).toEqual({ count: 1, women: 1 });
  await shabana.sync();
  await shabana.sync();
  expect(shabana.copy.lines.filter(({ is }) => is.state === 'unsent' || is.state === 'refused')).toEqual([]);
  expect([...shabana.copy.all(refusalKind)]).toEqual([]);
  expect(shabana.copy.isConfirmed(organizationKind.kind, co)).toBe(true);
  expect(shabana.copy.get(cutOffSheetKind, sheet)?.body.readAloud?.heardBy).toBe(17);
  expect(lsoProfile(shabana.copy.cells(), '2026-11-24')).toEqual(before);
});

test('whose post was handed over while she was away: her role is gone, her page is not, and all bearers see it', async () => {
  const [zeba, nasreen, shabana] = [
    await phoneOf('Zeba', vos[0] as string),
    await phoneOf('Nasreen', lso),
    await phoneOf('Shabana', lso),
  ];
  const tenure = [...shabana.copy.all(tenureKind)].find(({ body }) => body.person === people.get('Zeba'));
  expect(tenure).toBeDefined();

  // Zeba writes with no network, before she knows.
  clock += 60_000;
  const household = {
    head: names('Head'),
    headParent: null,
    size: 5,
    place: null,
    co: null,
    owner: vos[0],
    since: '2026-11-24',
    bookPage: '3',
  };
  await write(zeba, 'people.enter-household', household);

  await write(shabana, 'posts.hand-over', {
    tenure: tenure?.id,
    on: '2026-11-24',
    successor: people.get('Sakina'),
    left: { emergencies: 0, refusals: 0, flags: 0, phones: 1 },
  });
  await shabana.sync();
  await nasreen.sync();
  const holders = [...nasreen.copy.all(tenureKind)].filter(
    ({ body }) => body.organization === vos[0] && body.post === 'president' && holdsOn(body, '2026-11-24'),
  );
  expect(holders.map(({ body }) => body.person)).toEqual([people.get('Sakina')]);

  await zeba.sync();
  // She may not any more: it is in the book, and before the eyes of those who settle it. Nothing is left behind on her phone.
  expect(zeba.copy.lines.filter(({ is }) => is.state === 'unsent')).toEqual([]);
  const { rows } = await database.owner.query<{ state: string }>(
    "SELECT state FROM entries WHERE office = 10 AND command = 'people.enter-household'",
  );
  expect(rows).toEqual([{ state: 'refused' }]);
  await nasreen.sync();
  const waiting = [...nasreen.copy.all(refusalKind)].filter(({ body }) => body.settled === null);
  expect(waiting.map(({ body }) => body.by)).toEqual([people.get('Zeba')]);

  const sakina = await phoneOf('Sakina', vos[0] as string);
  await write(sakina, 'people.enter-household', { ...household, head: names('Another') });
  await sakina.sync();
  expect(sakina.copy.lines.filter(({ is }) => is.state === 'refused')).toEqual([]);
});
