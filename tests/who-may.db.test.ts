import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maySee, reachOf } from '../src/platform/access/reach.ts';
import { deskRoles, type Role } from '../src/platform/access/role.ts';
import { hashPassword, openSession } from '../src/platform/access/server/desk-sessions.ts';
import type { Sight } from '../src/platform/book/proposal.arbitrary.ts';
import { onDuty } from '../src/platform/database/server/duty.ts';
import { documents } from '../src/server/documents.ts';
import { addBook } from '../src/server/installation.ts';
import { guard, routeRules } from '../src/server/route-rules.ts';
import { proposals } from './simulation/joining.ts';
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
  'GET /api/heads/:sequence': '/api/heads/1',
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
  // What answers every verb is no address: it stands before the others, or ends `/api/`.
  const always = office.routes.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path);
  expect([...new Set(always)].sort(), 'give each of these its verb, and its rule in src/server/route-rules.ts').toEqual(
    ['/*', '/api/*'],
  );
  const served = new Set(
    office.routes.routes
      .filter(({ method, path }) => method !== 'ALL' || path === '/api/*')
      .map(({ method, path }) => `${method} ${path}`),
  );
  const without = [...served].filter((route) => !(route in routeRules));
  expect(without, 'give each of these its rule in src/server/route-rules.ts').toEqual([]);
  expect(Object.keys(routeRules).filter((route) => !served.has(route))).toEqual([]);
  // Its handler asks too; the rule is the one that a look is written down by.
  const unasked = staffRoutes.filter(([route, { office }]) => route.includes('/:office') && office !== 'in-path');
  expect(unasked, 'say in its rule that the office stands in the path').toEqual([]);
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

test('the guard alone holds: before a handler that would tell everybody everything, each role comes to its own offices only', async () => {
  const { owner } = office.database;
  const looks = async () =>
    (await owner.query('SELECT count(*)::int AS count FROM looks WHERE office IN (3, 12)')).rows[0] as object;
  const before = await looks();
  for (const [route, rule] of staffRoutes) {
    const { method, path } = pathOf(route);
    const bare = new Hono()
      .use('/api/*', guard(office.server))
      .on(method, route.split(' ')[1] as string, (c) => c.text('everything'));
    const at = async (role: string, number: string) => {
      const steps = path.split('/');
      if (rule.office) steps[route.split(' ')[1]?.split('/').indexOf(':office') ?? 0] = number;
      return (await bare.request(steps.join('/'), { method, headers: { cookie: cookies.get(role) as string } })).status;
    };
    for (const role of deskRoles) {
      expect(await at(role, '10'), `${route} for ${role}`).toBe(rule.roles.includes(role) ? 200 : 404);
      if (!rule.office) continue;
      for (const other of ['12', '3', '999', '0', '10x', ''])
        expect(await at(role, other), `${route} for ${role} at "${other}"`).toBe(404);
    }
  }
  expect(await looks()).toEqual(before);
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

test('what is for her own account answers nobody else, and the first run the head office alone', async () => {
  for (const [route, rule] of Object.entries(routeRules)) {
    if (rule.who !== 'own-account' && rule.who !== 'first-run') continue;
    expect((await ask(route, {})).status, `${route} for nobody`).toBe(401);
    expect((await ask(route, { cookie: `desk=${'x'.repeat(43)}` })).status, `${route} for a stranger`).toBe(401);
    for (const role of fieldRoles)
      expect((await ask(route, (phones.get(role) as SeatInHand).headers)).status, `${route} for ${role}`).toBe(401);
    if (rule.who !== 'first-run') continue;
    for (const role of deskRoles) {
      const { status } = await ask(route, { cookie: cookies.get(role) as string });
      expect(role === 'head-office' ? [200, 400] : [401], `${route} for ${role}`).toContain(status);
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

function swapped(input: unknown, at: string[], id: string): unknown {
  const copy = structuredClone(input) as Record<string, unknown>;
  let part = copy;
  for (const step of at.slice(0, -1)) part = part[step] as Record<string, unknown>;
  part[at.at(-1) as string] = id;
  return copy;
}

/** Where in a form ids of records stand. */
function idsIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'string') return /^[1-9]\d*-[1-9]\d*(\.\d+)?$/.test(value) ? [path] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([field, part]) => idsIn(part, [...path, field]));
}

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
});

test("every command, with every id that its form holds swapped for another office's: it answers like one that never was", async () => {
  const bearer = phones.get('lso-bearer') as SeatInHand;
  const pages = await bearer.sees();
  const sight: Sight = {
    on: '2026-11-24',
    person: bearer.person,
    ids: (kind) => pages.filter((page) => page.kind === kind).map(({ id }) => id),
    record: (kind, id) => pages.find((page) => page.kind === kind && page.id === id),
  };
  const foreign = await office.import(11, 'people.enter-person', {
    names: named('Nor Yours'),
    parent: null,
    sex: 'f',
    household: null,
    number: null,
    owner: office.otherLso,
  });
  const untried: string[] = [];
  let tried = 0;
  for (const [name, command] of office.server.registers.commands) {
    const inputs = fc
      .sample(proposals[name]?.(sight) as fc.Arbitrary<unknown>, { seed: 7, numRuns: 40 })
      .filter((input) => command.input.safeParse(input).success);
    // The one that names the most.
    const fullest = inputs.sort((a, b) => idsIn(b).length - idsIn(a).length)[0];
    if (fullest === undefined) untried.push(name);
    for (const at of idsIn(fullest ?? null)) {
      const theirs = await bearer.write(name, swapped(fullest, at, foreign));
      const nobodys = await bearer.write(name, swapped(fullest, at, '9999-1'));
      // Taken or refused, and why. What was taken first may have been in the way of the second: a flag tells nothing of the id.
      const told = ({ state, code }: typeof theirs) => ({ refused: state === 'refused', code });
      expect(told(theirs), `${name} ${at.join('.')}`).toEqual(told(nobodys));
      tried += 1;
    }
  }
  expect(untried).toEqual([]);
  expect(tried).toBeGreaterThan(office.server.registers.commands.size);
  expect(JSON.stringify(await bearer.sees())).not.toContain('Nor Yours');
}, 120_000);

/** What a name in a path is no id of, and so is not swapped. */
const noIds: Readonly<Record<string, string>> = {
  ':key': 'the name of a figure, the same in every office',
  ':month': 'a month',
  ':sequence': 'the number of an entry, counted from one in every book; the book is the asker’s own',
  ':document': 'the name of a document, the same in every office',
};

test("every id in every address is swapped for another office's, by every role: it answers like one that never was", async () => {
  const { owner } = office.database;
  // An import that waits in an office which nobody here sees, and one in the office beside.
  const waiting = async (at: number) => {
    const { rows } = await owner.query<{ seat: number }>(
      "INSERT INTO seats (office, nature) VALUES ($1, 'import') RETURNING seat",
      [at],
    );
    const seat = rows[0]?.seat as number;
    await owner.query("INSERT INTO imports VALUES ($1, $2, 'places', 'all', 'waiting', null, 1, 0)", [at, seat]);
    return String(seat);
  };
  const ids: Readonly<Record<string, readonly string[]>> = {
    ':office': ['12'],
    ':seat': [await waiting(12), await waiting(11)],
  };
  const nobodys: Readonly<Record<string, string>> = { ':office': '999', ':seat': '99999' };
  const askers: readonly (readonly [string, Record<string, string>])[] = [
    ['nobody', {}],
    ...deskRoles.map((role) => [role, { cookie: cookies.get(role) as string }] as const),
    ...fieldRoles.map((role) => [role, (phones.get(role) as SeatInHand).headers] as const),
  ];
  const before = (await owner.query("SELECT count(*)::int AS waiting FROM imports WHERE state = 'waiting'")).rows[0];
  let tried = 0;
  const addresses = [...new Set(office.routes.routes.map(({ method, path }) => `${method} ${path}`))];
  for (const route of addresses.filter((route) => route.includes(':'))) {
    const { method, path } = pathOf(route);
    // The verb stands before the path, and no name is in it.
    const names = route.split(' ')[1]?.split('/') ?? [];
    for (const [at, name] of names.entries()) {
      if (!name.startsWith(':') || name in noIds) continue;
      expect(
        ids[name],
        `say in this test what another office's ${name} is, or why it is no id (${route})`,
      ).toBeDefined();
      const asked = async (headers: Record<string, string>, id: string) => {
        const steps = path.split('/');
        steps[at] = id;
        const body = method === 'POST' ? { body: '{}' } : {};
        const answer = await office.routes.request(steps.join('/'), {
          method,
          headers: { 'content-type': 'application/json', ...headers },
          ...body,
        });
        return [answer.status, await answer.text()];
      };
      for (const [who, headers] of askers) {
        const none = await asked(headers, nobodys[name] as string);
        expect(none[0], `${route} for ${who}`).not.toBe(200);
        for (const id of ids[name] ?? []) {
          expect(await asked(headers, id), `${route} for ${who}, with another office's ${name}`).toEqual(none);
          tried += 1;
        }
      }
    }
  }
  expect(tried).toBeGreaterThan(80);
  expect((await owner.query("SELECT count(*)::int AS waiting FROM imports WHERE state = 'waiting'")).rows[0]).toEqual(
    before,
  );
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
    `SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p', 'f') AND relnamespace = 'public'::regnamespace
     AND relname <> 'migrations' AND NOT (relrowsecurity AND relforcerowsecurity
       AND EXISTS (SELECT FROM pg_policies p WHERE p.tablename = c.relname AND 'otaq_app' = ANY(p.roles)))`,
  );
  expect(rows).toEqual([]);
});

test('every policy names the duties that it is for, and there is no way around policies', async () => {
  const { owner } = office.database;
  const { rows: open } = await owner.query<{ policy: string }>(
    `SELECT tablename || ' ' || policyname AS policy FROM pg_policies WHERE NOT roles && ARRAY[current_user]
       AND coalesce(qual, with_check) NOT LIKE '%otaq_duty()%'`,
  );
  // Which life the server is in, and whether it is a sample: columns of nobody, by a grant of their own.
  expect(open.map(({ policy }) => policy)).toEqual(['installation app']);
  // A view or a function that works as its owner sees every row; so does a table in another schema.
  const { rows: around } = await owner.query<{ what: string; public: boolean }>(
    `SELECT relname AS what, false AS public FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
       AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)
     UNION ALL SELECT proname, has_function_privilege('public', oid, 'EXECUTE') FROM pg_proc
       WHERE prosecdef AND pronamespace = 'public'::regnamespace
     UNION ALL SELECT nspname || '.' || relname, false FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
       WHERE relkind IN ('r', 'p', 'f', 'v', 'm') AND nspname NOT IN ('public', 'pg_catalog', 'information_schema', 'pg_toast')
     ORDER BY 1`,
  );
  // One takes what is kept apart of a page along, for the writer of the book that the page leaves; the other tells a reader her own
  // reach. Both are tried in row-security.db.test.ts.
  expect(around).toEqual([
    { what: 'carry_kept_apart', public: false },
    { what: 'otaq_reach', public: false },
  ]);
});

test('whatever names an office begins its key with it, so that offices can be told apart by row and by machine', async () => {
  const { rows } = await office.database.owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'office' AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS (
       SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND i.indkey[0] = a.attnum) ORDER BY 1`,
  );
  // Looked up before an office is known: by a token, a code, a name; and what stands outside the offices. Small, the same on every machine.
  expect(rows.map(({ name }) => name)).toEqual([
    'complaints',
    'enrolments',
    'import_leaves',
    'seats',
    'user_offices',
    'users',
  ]);
});

async function shapes(): Promise<[string, string[]][]> {
  const found: [string, string[]][] = [];
  for (const [route, rule] of Object.entries(routeRules)) {
    // The description of the interface is long, and made of this very list.
    if (!route.startsWith('GET ') || route === 'GET /api/openapi.json' || rule.who === 'phone') continue;
    const role = rule.who === 'staff' ? (rule.roles[0] as Role) : 'head-office';
    const { text } = await ask(route, rule.who === 'anybody' ? {} : { cookie: cookies.get(role) as string });
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

## What the desk is told, and anybody

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
