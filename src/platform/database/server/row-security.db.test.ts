import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { type Duty, onDuty } from './duty.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  const { owner } = database;
  await owner.query("INSERT INTO installation (epoch_number, epoch_name, sealing_key) VALUES (1, 'x', '{}')");
  for (const office of [10, 11]) {
    await owner.query("INSERT INTO books (office, tier, names, head) VALUES ($1, 'lso', '{}', '')", [office]);
    await owner.query("INSERT INTO seats (office, person, nature) VALUES ($1, '1-2', 'person')", [office]);
    await owner.query("INSERT INTO enrolments VALUES ($1, $2, '1-2', '{}', '1-1', null, true, 0, null)", [
      `code ${office}`,
      office,
    ]);
    await owner.query("INSERT INTO users VALUES ($1, 'x', 'x', 'district', $2)", [`user ${office}`, office]);
    await owner.query('INSERT INTO sessions VALUES ($1, $2, 0)', [`token ${office}`, `user ${office}`]);
    await owner.query(
      `INSERT INTO entries (office, sequence, seat, line, state, at, received_at, salt, body_hash, hash, fingerprint)
       VALUES ($1, 1, 1, 1, 'accepted', 0, 0, '', '', '', '')`,
      [office],
    );
    for (const [id, purpose, scope, circle] of [
      ['1-10', 'registers', '1-1', '{}'],
      ['1-11', 'contacts', '1-2', '{}'],
      ['1-12', 'contacts', '1-3', '{}'],
      ['1-13', 'circle', '1-1', '{1-2}'],
      ['1-14', 'circle', '1-1', '{1-9}'],
      ['1-15', 'reference', '1-1', '{}'],
    ])
      await owner.query(
        `INSERT INTO records (office, id, kind, scope, purpose, circle, stage, version, sequence, body, worth)
         VALUES ($1, $2, 'donor', $3, $4, $5, 0, 1, 1, '{}', '[]')`,
        [office, id, scope, purpose, circle],
      );
    await owner.query("INSERT INTO record_keys VALUES ($1, 'donor', 'same', 'x', '1-10')", [office]);
    await owner.query("INSERT INTO departures VALUES ($1, 1, '1-20', 'contacts', '1-3', '{}')", [office]);
    await owner.query("INSERT INTO figures VALUES ($1, 'registers', 'donors', '', '2026-11', 3, 1)", [office]);
    await owner.query(
      `INSERT INTO reaches VALUES ($1, '1-2', 'registers', '1-1', 1, null), ($1, '1-2', 'contacts', '1-2', 1, null),
         ($1, '1-2', 'contacts', '1-3', 1, 2)`,
      [office],
    );
    await owner.query("INSERT INTO phones_heard VALUES ($1, 1, '2026-11-24')", [office]);
    await owner.query("INSERT INTO reach_versions VALUES ($1, '1-2', 2)", [office]);
    await owner.query("INSERT INTO kept_apart VALUES ($1, '1-10', 'cnic', 'x', 'sealed')", [office]);
  }
}, 60_000);
afterAll(() => database?.close());

const tables = [
  'books',
  'seats',
  'enrolments',
  'users',
  'sessions',
  'entries',
  'records',
  'record_keys',
  'departures',
  'figures',
  'reaches',
  'reach_versions',
  'kept_apart',
  'phones_heard',
] as const;

async function rowsSeen(duty: Duty | null): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (const table of tables) {
    const count = async (client: { query: (text: string) => Promise<{ rows: { count: number }[] }> }) =>
      (await client.query(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]?.count ?? 0;
    seen[table] =
      duty === null
        ? await count(database.app as never)
        : await onDuty(database.app, duty, count as never, { office: 10, person: '1-2' });
  }
  return seen;
}

test('row security is forced on every table, and what each duty sees is this', async () => {
  const { rows } = await database.owner.query<{ relname: string }>(
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
     AND NOT (relrowsecurity AND relforcerowsecurity)`,
  );
  expect(rows.map(({ relname }) => relname)).toEqual(['migrations']);
  const none = Object.fromEntries(tables.map((table) => [table, 0]));
  expect(await rowsSeen(null)).toEqual(none);
  expect(await rowsSeen('gate')).toEqual({ ...none, books: 2, seats: 2, enrolments: 2, users: 2, sessions: 2 });
  expect(await rowsSeen('figures')).toEqual({ ...none, books: 2, figures: 2, phones_heard: 2 });
  expect(await rowsSeen('writer')).toEqual({
    books: 1,
    seats: 1,
    enrolments: 0,
    users: 0,
    sessions: 0,
    entries: 1,
    records: 6,
    record_keys: 1,
    departures: 1,
    figures: 1,
    reaches: 3,
    reach_versions: 1,
    kept_apart: 1,
    phones_heard: 1,
  });
  // Registers of her office, her own VO's contacts, the circle that names her, reference: not the other VO's number.
  expect(await rowsSeen('reader')).toEqual({
    ...none,
    books: 1,
    records: 4,
    departures: 1,
    figures: 1,
    reaches: 3,
    reach_versions: 1,
  });
  // Only what stands in a pair that she no longer holds.
  expect(await rowsSeen('leaver')).toEqual({
    ...none,
    books: 1,
    records: 1,
    departures: 1,
    reaches: 3,
    reach_versions: 1,
  });
});

test('a reader sees the numbers of her VO and of no other, also when a query forgets to ask', async () => {
  const seen = await onDuty(
    database.app,
    'reader',
    async (client) =>
      (await client.query<{ id: string }>('SELECT id FROM records ORDER BY id')).rows.map(({ id }) => id),
    { office: 10, person: '1-2' },
  );
  expect(seen).toEqual(['1-10', '1-11', '1-13', '1-15']);
});

test('what a person reaches is told to nobody but her own reading', async () => {
  const reached = (duty: Duty, person: string) =>
    onDuty(
      database.app,
      duty,
      async (client) => (await client.query<{ scope: string }>('SELECT scope FROM otaq_reach()')).rows.length,
      { office: 10, person },
    );
  expect(await reached('reader', '1-2')).toBe(3);
  expect(await reached('reader', '1-9')).toBe(0);
  for (const duty of ['gate', 'writer', 'figures', 'opener'] as const) expect(await reached(duty, '1-2'), duty).toBe(0);
  const { rows } = await database.owner.query(
    "SELECT has_function_privilege('public', 'otaq_reach()', 'EXECUTE') AS may",
  );
  expect(rows).toEqual([{ may: false }]);
});

test('who asks is worked out once for a statement, however many rows of a large table it looks at', async () => {
  const { rows } = await database.owner.query<{ policy: string; rule: string | null }>(
    `SELECT tablename || ' ' || policyname AS policy, rule FROM pg_policies, unnest(ARRAY[qual, with_check]) AS rule
     WHERE tablename IN ('records', 'record_keys', 'departures', 'figures', 'entries', 'reaches')`,
  );
  const asked = (rule: string) => rule.replaceAll(/SELECT otaq_\w+\(\)|FROM otaq_reach\(\)/g, '');
  expect(rows.filter(({ rule }) => rule !== null && /otaq_\w+\(/.test(asked(rule)))).toEqual([]);
  expect(rows.length).toBeGreaterThan(12);
});

test('nobody who speaks as Otaq reads back what is kept apart, and only the writer of the office finds that it is', async () => {
  const read = (columns: string) => (client: { query: (text: string) => Promise<unknown> }) =>
    client.query(`SELECT ${columns} FROM kept_apart`);
  for (const duty of ['gate', 'reader', 'leaver', 'figures', 'writer'] as const)
    await expect(onDuty(database.app, duty, read('sealed') as never, { office: 10, person: '1-2' })).rejects.toThrow(
      /permission denied/,
    );
  await expect(
    onDuty(
      database.app,
      'writer',
      (client) => client.query("INSERT INTO kept_apart VALUES (11, '1-11', 'cnic', 'x', 'y')"),
      { office: 10 },
    ),
  ).rejects.toThrow(/row-level security/);
});

test('what is kept apart of a page goes to another office only with the writer of the book that it leaves', async () => {
  const carry = (duty: Duty, office: number) =>
    onDuty(database.app, duty, (client) => client.query("SELECT carry_kept_apart(10, 11, '{1-99}')"), { office });
  for (const duty of ['gate', 'reader', 'leaver', 'figures', 'opener'] as const)
    await expect(carry(duty, 10), duty).rejects.toThrow('only the writer of a book');
  await expect(carry('writer', 11)).rejects.toThrow('only the writer of a book');
  await carry('writer', 10);
});

test('nobody who speaks as Otaq changes an entry, takes one away, or writes into another office', async () => {
  const attempts = [
    "UPDATE entries SET hash = 'x'",
    'DELETE FROM entries',
    'DELETE FROM figures',
    'DELETE FROM books',
    "INSERT INTO figures VALUES (11, 'registers', 'donors', '', '2026-12', 1, 1)",
    `INSERT INTO entries (office, sequence, seat, line, state, at, received_at, salt, body_hash, hash, fingerprint)
     VALUES (11, 2, 1, 2, 'accepted', 0, 0, '', '', '', '')`,
    'CREATE TABLE mine (x int)',
    'ALTER TABLE records DISABLE ROW LEVEL SECURITY',
  ];
  for (const attempt of attempts)
    await expect(
      onDuty(database.app, 'writer', (client) => client.query(attempt), { office: 10 }),
      attempt,
    ).rejects.toThrow(/permission denied|row-level security|must be owner/);
});
