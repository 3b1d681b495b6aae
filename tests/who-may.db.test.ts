import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maySee, reachOf } from '../src/platform/access/reach.ts';
import { deskRoles, type Role } from '../src/platform/access/role.ts';
import { hashPassword, openSession } from '../src/platform/access/server/desk-sessions.ts';
import { onDuty } from '../src/platform/database/server/duty.ts';
import { documents } from '../src/server/documents.ts';
import { addBook } from '../src/server/installation.ts';
import { guard, routeRules } from '../src/server/route-rules.ts';
import { donorInput, type Leader, named, type SeatInHand, SmallOffice } from './support/small-office.ts';
import { commandTable, dutyTable, fieldRoles, kindTable, routeTable, shapeOf, shapeTable } from './support/who-may.ts';

/*
 * Every role's yes and no. The tables are made from the routes, the registers and the database, and are held against `docs/who-may.md`:
 * whoever adds a route, a kind, a command or a table sees there who may, and commits it. `npm run who-may` writes them anew.
 */

const file = join(import.meta.dirname, '../docs/who-may.md');
let office: SmallOffice;
const cookies = new Map<string, string>();
const leaders = new Map<string, Leader>();
const phones = new Map<string, SeatInHand>();
let co = '';

/** What stands for the names in a path. A route with a name in its path needs its line here to be tried at all. */
const examples: Readonly<Record<string, string>> = {
  'GET /api/desk/figures/:key': '/api/desk/figures/donors',
  'GET /api/desk/figures/:key/:office': '/api/desk/figures/donors/10',
  'GET /api/desk/offices/:office': '/api/desk/offices/10',
  'GET /api/desk/reports/:month': '/api/desk/reports/2026-10',
  'GET /api/desk/reports/:month/:office': '/api/desk/reports/2026-10/2',
  'GET /api/desk/imports/:office': '/api/desk/imports/10',
  'POST /api/desk/imports/:office': '/api/desk/imports/10',
  'POST /api/desk/imports/:office/preview': '/api/desk/imports/10/preview',
  'POST /api/desk/imports/:office/:seat/continue': '/api/desk/imports/10/1/continue',
  'POST /api/desk/imports/:office/:seat/take-back': '/api/desk/imports/10/1/take-back',
  'GET /api/print/:document': `/api/print/${documents[0]?.name}`,
};

beforeAll(async () => {
  office = await SmallOffice.open();
  const { owner, app } = office.database;
  await addBook(owner, { office: 3, above: null, tier: 'district', names: named('Another district') });
  await addBook(owner, { office: 12, above: 3, tier: 'lso', names: named('Far away') });
  const hash = await hashPassword('x');
  for (const role of deskRoles) {
    await owner.query('INSERT INTO users (name, password_hash, shown_name, role, office) VALUES ($1, $2, $1, $3, 2)', [
      `${role}-user`,
      hash,
      role,
    ]);
    const token = await onDuty(app, 'gate', (client) => openSession(client, `${role}-user`, 'full', office.clock));
    cookies.set(role, `desk=${token}`);
  }
  await owner.query("INSERT INTO user_offices VALUES ('social-organizer-user', 10)");
  co = await office.form(10, 'co', 1, office.vos[0] as string);
  for (const role of fieldRoles) {
    const at = role === 'lso-bearer' ? office.lso : (office.vos[0] as string);
    const leader = await office.leader(`Leader ${role}`, role, at);
    leaders.set(role, leader);
    phones.set(role, await office.phoneOf(leader));
  }
  await phones.get('vo-bearer')?.write('blood-donors.enlist', {
    ...donorInput('A Donor', '03001234567', office.vos[0] as string),
    owner: office.lso,
  });
  const vo = phones.get('vo-bearer') as SeatInHand;
  const { person } = await office.leader('One more', 'member', co);
  const donor = `${vo.seat}-1`;
  for (const [phone, command, input] of [
    [vo, 'blood-donors.rest', { donor, resting: true, contact: null, until: null }],
    [vo, 'blood-donors.learn-group', { donor, group: 'A+', knownBy: 'card' }],
    [phones.get('lso-bearer'), 'access.give-role', { person, names: named('x'), role: 'crp', organization: co }],
    [phones.get('lso-bearer'), 'book.ask-erasure', { kind: 'donor', subject: donor, owner: office.lso }],
  ] as const)
    expect((await (phone as SeatInHand).write(command, input)).state, command).not.toBe('refused');
}, 90_000);
afterAll(() => office?.close());

const pathOf = (route: string): { method: string; path: string } => {
  const [method = 'GET', form = '/'] = route.split(' ');
  return { method, path: examples[route] ?? form };
};
async function ask(route: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const { method, path } = pathOf(route);
  const answer = await office.routes.request(path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: '{}' }),
  });
  return {
    status: answer.status,
    text: answer.headers.get('content-type')?.includes('json') ? await answer.text() : '',
  };
}
const staffRoutes = Object.entries(routeRules).flatMap(([route, rule]) =>
  rule.who === 'staff' ? [[route, rule] as const] : [],
);

test('every address has its rule, and every rule its address', () => {
  const served = new Set(
    office.routes.routes
      .filter(({ method, path }) => method !== 'ALL' || path === '/api/*')
      .map(({ method, path }) => `${method} ${path}`),
  );
  const without = [...served].filter((route) => !(route in routeRules));
  expect(without, 'give each of these its rule in src/server/route-rules.ts').toEqual([]);
  expect(Object.keys(routeRules).filter((route) => !served.has(route))).toEqual([]);
  const untried = Object.keys(routeRules).filter((route) => route.includes(':') && !(route in examples));
  expect(untried, 'give each of these an example in tests/who-may.db.test.ts').toEqual([]);
});

test('an address without a rule answers as if it were not there', async () => {
  const forgotten = new Hono().use('/api/*', guard(office.server)).get('/api/forgotten', (c) => c.text('secret'));
  const headers = { cookie: cookies.get('district') as string };
  const answer = await forgotten.request('/api/forgotten', { headers });
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('secret');
});

test('each role of staff is let in where its column says yes, and nowhere else', async () => {
  for (const [route, rule] of staffRoutes) {
    expect((await ask(route, {})).status, `${route} for nobody`).toBe(401);
    expect((await ask(route, { cookie: `desk=${'x'.repeat(43)}` })).status, `${route} for a stranger`).toBe(401);
    const phone = phones.get('lso-bearer') as SeatInHand;
    expect((await ask(route, phone.headers)).status, `${route} for a phone`).toBe(401);
    for (const role of deskRoles) {
      const { status, text } = await ask(route, { cookie: cookies.get(role) as string });
      const what = `${route} for ${role}`;
      if (rule.roles.includes(role)) expect([200, 400, 409], what).toContain(status);
      else expect([status, text], what).toEqual([404, '{}']);
    }
  }
});

test("each role of the field is let in at the phones' addresses where its column says yes", async () => {
  for (const [route, rule] of Object.entries(routeRules)) {
    if (rule.who !== 'phone') continue;
    expect((await ask(route, {})).status, `${route} for nobody`).toBe(401);
    expect((await ask(route, { cookie: cookies.get('district') as string })).status, `${route} for the desk`).toBe(401);
    for (const role of fieldRoles) {
      const { status } = await ask(route, (phones.get(role) as SeatInHand).headers);
      const mayEnter = !rule.roles || rule.roles.includes(role);
      if (mayEnter) expect([200, 400], `${route} for ${role}`).toContain(status);
      else expect([403, 404], `${route} for ${role}`).toContain(status);
    }
  }
});

test('half-way sessions are told nothing but how to go on', async () => {
  const { app } = office.database;
  for (const stage of ['second', 'set-up'] as const) {
    const token = await onDuty(app, 'gate', (client) => openSession(client, 'district-user', stage, office.clock));
    for (const [route] of staffRoutes) expect((await ask(route, { cookie: `desk=${token}` })).status, route).toBe(401);
  }
});

/** Raw pages of every kind, owned by the LSO, a VO, its CO and the VO beside. */
async function pagesOfEveryKind(): Promise<void> {
  const { owner } = office.database;
  const circle = [(leaders.get('crp') as Leader).person];
  let number = 0;
  for (const kind of office.server.registers.kinds.values())
    for (const scope of [office.lso, office.vos[0], office.vos[1], co]) {
      number += 1;
      await owner.query(
        `INSERT INTO records (office, id, kind, scope, purpose, circle, stage, version, sequence, body, worth)
         VALUES (10, $1, $2, $3, $4, $5, 0, 1, 1, '{}', '[]')`,
        [`900-${number}`, kind.kind, scope, kind.seenBy.name, kind.seenBy.name === 'circle' ? circle : []],
      );
    }
}

test('what a role sees of every kind is what the rule says, by pull and by the database alone', async () => {
  await pagesOfEveryKind();
  const { owner, app } = office.database;
  const { rows: raw } = await owner.query<{ id: string; purpose: string; scope: string; circle: string[] }>(
    "SELECT id, purpose, scope, circle FROM records WHERE office = 10 AND id LIKE '900-%'",
  );
  const tree = new Map([
    [office.lso, null],
    [office.vos[0] as string, office.lso],
    [office.vos[1] as string, office.lso],
    [co, office.vos[0] as string],
  ]);
  for (const role of fieldRoles) {
    const leader = leaders.get(role) as Leader;
    const reach = reachOf(leader.person, [{ role, scope: leader.organization }], tree);
    const expected = raw
      .filter(({ purpose, scope, circle }) => maySee(reach, { purpose: purpose as never, scope, circle }))
      .map(({ id }) => id)
      .sort();
    const answer = await (phones.get(role) as SeatInHand).sync();
    // Ids are counted in steps: what they are is read out of the columns by their own reader.
    const { fromColumns } = await import('../src/platform/sync/columns.ts');
    const pulled = (answer.pull?.copies[0]?.records ?? []).flatMap((columns) => fromColumns([columns]));
    expect(
      pulled
        .map(({ id }) => id)
        .filter((id) => id.startsWith('900-'))
        .sort(),
      `pull for ${role}`,
    ).toEqual(expected);
    // The application's own filter is off: the bare table, on the duty of a reader.
    const alone = await onDuty(
      app,
      'reader',
      async (client) => (await client.query<{ id: string }>("SELECT id FROM records WHERE id LIKE '900-%'")).rows,
      { office: 10, person: leader.person },
    );
    expect(alone.map(({ id }) => id).sort(), `the database alone, for ${role}`).toEqual(expected);
  }
  await owner.query("DELETE FROM records WHERE id LIKE '900-%'");
});

test("another office's id answers like one that never was, whatever is asked of it", async () => {
  const { owner } = office.database;
  const bearer = phones.get('lso-bearer') as SeatInHand;
  const { rows: written } = await owner.query<{ command: string; body: string }>(
    `SELECT DISTINCT ON (command) command, body FROM entries WHERE office = 10 AND state = 'accepted' AND body IS NOT NULL
     ORDER BY command, sequence DESC`,
  );
  const foreign = await office.import(11, 'people.enter-person', {
    names: named('Not Yours'),
    parent: null,
    sex: 'f',
    household: null,
    number: null,
    owner: office.otherLso,
  });
  const swapped = (input: unknown, at: string[], id: string): unknown => {
    const copy = structuredClone(input) as Record<string, unknown>;
    let part = copy;
    for (const step of at.slice(0, -1)) part = part[step] as Record<string, unknown>;
    part[at.at(-1) as string] = id;
    return copy;
  };
  const idsIn = (value: unknown, path: string[] = []): string[][] => {
    if (typeof value === 'string') return /^[1-9]\d*-[1-9]\d*(\.\d+)?$/.test(value) ? [path] : [];
    if (value === null || typeof value !== 'object') return [];
    return Object.entries(value).flatMap(([field, part]) => idsIn(part, [...path, field]));
  };
  let tried = 0;
  for (const { command, body } of written) {
    const { input } = JSON.parse(body) as { input: unknown };
    for (const at of idsIn(input)) {
      const theirs = await bearer.write(command, swapped(input, at, foreign));
      const nobodys = await bearer.write(command, swapped(input, at, '9999-1'));
      expect({ state: theirs.state, code: theirs.code }, `${command} ${at.join('.')}`).toEqual({
        state: nobodys.state,
        code: nobodys.code,
      });
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(10);
  const sees = JSON.stringify(await bearer.sees());
  expect(sees).not.toContain('Not Yours');

  const enrolment = { person: bearer.person, organization: office.lso, names: named('x') };
  for (const change of [{ person: foreign }, { organization: office.otherLso }]) {
    const theirs = await office.post('/api/enrolments', { ...enrolment, ...change }, bearer.headers);
    const [field = ''] = Object.keys(change);
    const nobodys = await office.post('/api/enrolments', { ...enrolment, [field]: '9999-1' }, bearer.headers);
    expect([theirs.status, await theirs.text()]).toEqual([nobodys.status, await nobodys.text()]);
    expect(theirs.status).toBe(404);
  }
  for (const [route, rule] of staffRoutes.filter(([, { office }]) => office === 'in-path')) {
    const cookie = cookies.get(rule.roles[0] as string) as string;
    const at = (number: number) => {
      const { method, path } = pathOf(route);
      const steps = path.split('/');
      steps[route.split('/').indexOf(':office')] = String(number);
      return office.routes.request(steps.join('/'), { method, headers: { cookie } });
    };
    const [theirs, nobodys] = [await at(12), await at(999)];
    expect([theirs.status, await theirs.text()], route).toEqual([404, '{}']);
    expect([nobodys.status, await nobodys.text()], route).toEqual([404, '{}']);
  }
});

test('a social organizer sees the figures of her own offices and of no other', async () => {
  const page = await office.routes.request('/api/desk/offices', {
    headers: { cookie: cookies.get('social-organizer') as string },
  });
  const { offices } = (await page.json()) as { offices: { office: number }[] };
  expect(offices.map(({ office }) => office)).toEqual([10]);
});

test('every table with rows of persons stands behind forced row security with a policy', async () => {
  const { rows } = await office.database.owner.query<{ relname: string }>(
    `SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'migrations'
     AND NOT (relrowsecurity AND relforcerowsecurity
       AND EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND 'otaq_app' = ANY(p.roles)))`,
  );
  expect(rows).toEqual([]);
});

async function shapes(): Promise<[string, string[]][]> {
  const found: [string, string[]][] = [];
  for (const [route, rule] of staffRoutes) {
    if (!route.startsWith('GET ')) continue;
    const { text } = await ask(route, { cookie: cookies.get(rule.roles[0] as Role) as string });
    if (text) found.push([route, shapeOf(JSON.parse(text))]);
  }
  return found;
}

test('docs/who-may.md says what is so', async () => {
  const { registers } = office.server;
  const made = `# Who may what

Made by \`npm run who-may\` from the routes, the registers and the database; a test holds it against all three and tries it role by role. Whoever adds an
address, a kind, a command or a table finds its line here and asks whether it is right.

## Addresses

\`own\`: for her own account only. What is \`written down\` is told to the office that was looked at, and to two people outside the reader's chain.

${routeTable(routeRules)}

## What the desk is told

${shapeTable(await shapes())}

## Kinds of records

A role is held for a VO. It sees pages of that kind that belong to the LSO above (\`a\`), to the VO itself (\`s\`), to a CO below (\`b\`), to another VO (\`o\`).
\`named\`: only whom the page itself names. Staff have no seat: they see no record.

${kindTable(registers)}

## Commands

\`by page\`: it depends on what is written, or on the page it is about; her reach is asked besides, in every case.

${commandTable(registers)}

## Tables

What a transaction may do by its duty, in the rows of its own office and person: \`r\` read, \`a\` add, \`w\` change, \`d\` take away. The rows are narrowed further
by the policies in \`migrations/\`.

${await dutyTable(office.database.owner)}
`;
  if (process.env.OTAQ_WRITE) writeFileSync(file, made);
  expect(readFileSync(file, 'utf8'), 'npm run who-may writes it anew; read what has changed').toBe(made);
});
