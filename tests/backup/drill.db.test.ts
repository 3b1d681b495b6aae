import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '../../src/cli/verify.ts';
import { makeEnrolment, useEnrolment } from '../../src/platform/access/server/gate.ts';
import { backUp, moveOut } from '../../src/platform/backup/server/back-up.ts';
import { backUpWhenDue } from '../../src/platform/backup/server/backup-schedule.ts';
import { checkBackup } from '../../src/platform/backup/server/check-backup.ts';
import { restoreBackup, takeKeyFrom } from '../../src/platform/backup/server/restore-backup.ts';
import { canonicalJson } from '../../src/platform/book/canonical.ts';
import { carryOutErasures } from '../../src/platform/book/server/erase-pages.ts';
import { openDatabase, openOwned } from '../../src/platform/database/server/open-database.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';
import { isServedByNobody, markServing } from '../../src/platform/database/server/serving-lock.ts';
import { addBook } from '../../src/server/installation.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database.ts';
import { keysInHand, oneKey } from '../support/keys-in-hand.ts';
import {
  type Clock,
  districtOffice,
  donor,
  enrolPhone,
  lsoOffice,
  type Machine,
  names,
  openSmallOffice,
  type SmallOffice,
  startMachine,
  type TestPhone,
  write,
} from './small-office.ts';

const passphrase = 'otaq kachi dhori sindhu rilli';
const clock: Clock = { at: Date.UTC(2026, 10, 24, 6) };
let folder: string;
let first: TestDatabase;
let machine: Machine;
let office: SmallOffice;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'otaq-backup-'));
  first = await testDatabase();
  machine = await startMachine(first, clock);
  office = await openSmallOffice(machine, first.owner);
}, 60_000);
afterAll(async () => {
  await first?.close();
  rmSync(folder, { recursive: true, force: true });
});

const file = (name: string) => ({ path: join(folder, name), passphrase, work: 10, keys: oneKey });

/** What everybody sees in a book, and what everybody said, in no order: machines differ in the order in which phones came. */
async function stateOf(owner: Pool) {
  const records = await owner.query<{ kind: string; id: string; body: { seat?: number } }>(
    "SELECT kind, id, body FROM records WHERE office = $1 AND kind <> 'restoration'",
    [lsoOffice],
  );
  const figures = await owner.query(
    `SELECT figure, dimensions, period, sum(count)::int AS count FROM figures WHERE office = $1
     GROUP BY 1, 2, 3 HAVING sum(count) <> 0 ORDER BY 1, 2, 3`,
    [lsoOffice],
  );
  const said = await owner.query(
    `SELECT e.seat, e.line, e.command, e.state FROM entries e JOIN seats s USING (seat)
     WHERE e.office = $1 AND s.nature = 'person' ORDER BY 1, 2`,
    [lsoOffice],
  );
  return {
    // The page that announces a phone is the server's own: told again, it has another id.
    records: records.rows
      .map(({ kind, id, body }) => `${kind} ${kind === 'phone' ? `of seat ${body.seat}` : id} ${canonicalJson(body)}`)
      .sort(),
    figures: figures.rows,
    said: said.rows,
  };
}

async function comeToRest(phones: readonly TestPhone[]): Promise<void> {
  for (let round = 0; round < 4; round++) for (const phone of phones) await phone.book.sync();
}

test('a machine that burns down loses nothing that a phone still knows: phones return to the restored one and bring it, whoever comes first', async () => {
  const [shabana, zeba, sakina] = await Promise.all(
    office.leaders.map((leader) => enrolPhone(() => machine, leader, clock)),
  );
  if (!shabana || !zeba || !sakina) throw new Error('three leaders');
  const old = await write(zeba, 'blood-donors.enlist', donor('Before the backup', office));
  await comeToRest([shabana, zeba, sakina]);

  await backUp({ ...file('night'), owner: first.owner, now: clock.at });
  clock.at += 3 * 3_600_000;

  // After the backup: work over old pages, work over new ones, a leader and a phone that the backup has never heard of.
  await write(zeba, 'blood-donors.learn-group', { donor: old, group: 'O-', knownBy: 'lab' });
  const fresh = await write(shabana, 'blood-donors.enlist', donor('After the backup', office));
  await comeToRest([shabana, zeba, sakina]);
  await write(sakina, 'blood-donors.learn-group', { donor: fresh, group: 'A+', knownBy: 'lab' });
  const helper = await write(shabana, 'people.enter-person', {
    names: { sd: null, ur: null, en: 'Marvi' },
    parent: null,
    sex: 'f',
    bornYear: null,
    household: null,
    number: null,
    owner: office.vos[1],
  });
  const marvi = { person: helper, organization: office.vos[1] as string, names: { sd: null, ur: null, en: 'Marvi' } };
  await write(shabana, 'access.give-role', { ...marvi, role: 'vo-bearer' });
  await comeToRest([shabana, zeba, sakina]);
  const late = await enrolPhone(() => machine, marvi, clock);
  await write(late, 'blood-donors.enlist', donor('On the late phone', office));
  await comeToRest([late, shabana, zeba, sakina]);

  // The last lines reach the machine, and its answers reach nobody.
  const phones = [late, sakina, zeba, shabana];
  for (const phone of phones) {
    await write(phone, 'blood-donors.enlist', donor(`Last words of ${phone.seat}`, office));
    phone.answersLost = true;
    await expect(phone.book.sync()).rejects.toThrow('lost');
    phone.answersLost = false;
  }
  const before = await stateOf(first.owner);
  const lastHead = (await first.owner.query('SELECT sequence FROM books WHERE office = $1', [lsoOffice])).rows[0];

  const empty = await emptyDatabase();
  const place = { dataDirectory: folder, databaseUrl: empty.url };
  const bare = await openOwned(place);
  const restored = await restoreBackup({ ...file('night'), owner: bare.owner, now: clock.at, replace: false });
  await bare.close();
  expect(restored.epoch.number).toBe(2);
  const second = await openDatabase(place);
  try {
    machine = await startMachine(second, clock);
    // The late phone and those whose pages lean on others come first.
    await comeToRest(phones);
    for (const phone of phones)
      expect(phone.book.copy.lines.filter(({ is }) => is.state === 'unsent' || is.state === 'refused')).toEqual([]);
    expect(await stateOf(second.owner)).toEqual(before);
    expect((await verifyBooks(second.owner)).flatMap(({ faults }) => faults)).toEqual([]);

    const told = await second.owner.query<{ body: { remembered: { sequence: number } }; seat: number }>(
      "SELECT body FROM records WHERE office = $1 AND kind = 'restoration'",
      [lsoOffice],
    );
    // The phones heard the head before their last words were lost.
    expect(told.rows[0]?.body.remembered.sequence).toBe(lastHead.sequence - phones.length);
    const begins = await second.owner.query(
      `SELECT e.command FROM entries e WHERE e.office = $1 AND e.sequence = $2 + 1`,
      [lsoOffice, restored.manifest.books.find(({ office }) => office === lsoOffice)?.sequence],
    );
    expect(begins.rows[0]?.command).toBe('book.tell-restored');
    // Numbers begin higher: a phone that nobody has seen again keeps its own.
    const next = await enrolPhone(() => machine, office.leaders[1] as (typeof office.leaders)[number], clock);
    expect(next.seat).toBeGreaterThan(100_000);
  } finally {
    await second.close();
    await empty.close();
    machine = await startMachine(first, clock);
  }
}, 60_000);

/** Puts a backup on a new machine, and lets the work happen there. */
async function onRestored(name: string, work: (owner: Pool) => Promise<void>): Promise<void> {
  const empty = await emptyDatabase();
  const place = { dataDirectory: folder, databaseUrl: empty.url };
  const bare = await openOwned(place);
  await restoreBackup({ ...file(name), owner: bare.owner, now: clock.at, replace: false });
  await bare.close();
  const second = await openDatabase(place);
  try {
    machine = await startMachine(second, clock);
    await work(second.owner);
  } finally {
    machine = await startMachine(first, clock);
    await second.close();
    await empty.close();
  }
}

test('from a backup so old that the phone has forgotten some lines since, the later ones still come; the lost numbers stand empty', async () => {
  const phone = await enrolPhone(() => machine, office.leaders[1] as (typeof office.leaders)[number], clock);
  const enlist = async (name: string) => {
    await write(phone, 'blood-donors.enlist', donor(name, office));
    await phone.book.sync();
    clock.at += 1000;
  };
  await enlist('In every backup');
  await backUp({ ...file('oldest'), owner: first.owner, now: clock.at });
  await enlist('Forgotten by the phone');
  await backUp({ ...file('older'), owner: first.owner, now: clock.at });
  await enlist('Still on the phone');
  await backUp({ ...file('newest'), owner: first.owner, now: clock.at });
  await phone.book.sync();
  await enlist('The last');

  await onRestored('oldest', async (owner) => {
    await comeToRest([phone]);
    const { rows } = await owner.query<{ line: number; command: string | null; state: string }>(
      'SELECT line, command, state FROM entries WHERE seat = $1 ORDER BY line',
      [phone.seat],
    );
    const enlisted = { command: 'blood-donors.enlist', state: 'accepted' };
    expect(rows).toEqual([
      { line: 1, ...enlisted },
      { line: 2, command: null, state: 'accepted' },
      { line: 3, ...enlisted },
      { line: 4, ...enlisted },
    ]);
    expect((await verifyBooks(owner)).flatMap(({ faults }) => faults)).toEqual([]);
  });
}, 60_000);

test('what a bearer said of a phone that came after the backup is never taken for another phone', async () => {
  const [shabana] = await Promise.all([enrolPhone(() => machine, office.leaders[0] as never, clock)]);
  await backUp({ ...file('before a phone'), owner: first.owner, now: clock.at });
  // The restored server says first that it was restored: the second number after the backup is the first one that could be mistaken.
  await enrolPhone(() => machine, office.leaders[1] as never, clock);
  const lost = await enrolPhone(() => machine, office.leaders[2] as never, clock);
  await shabana.book.sync();
  const page = await first.owner.query<{ id: string }>(
    "SELECT id FROM records WHERE office = $1 AND kind = 'phone' AND (body->>'seat')::int = $2",
    [lsoOffice, lost.seat],
  );
  const line = await write(shabana, 'access.withdraw-phone', { phone: page.rows[0]?.id });
  await shabana.book.sync();

  await onRestored('before a phone', async (owner) => {
    const other = await enrolPhone(() => machine, office.leaders[2] as never, clock);
    await shabana.book.sync();
    const { rows } = await owner.query('SELECT closed FROM seats WHERE seat = $1', [other.seat]);
    expect(rows[0].closed).toBeNull();
    // She sees that it did not take, and why; the lost phone comes back, and she may say it again.
    expect(shabana.book.copy.lines.find(({ line: kept }) => `${kept.seat}-${kept.line}` === line)?.is).toMatchObject({
      state: 'refused',
      code: 'book.no-such-page',
    });
  });
}, 60_000);

test('a phone whose seat is gone in the life of the server that let it in does not come back by its certificate', async () => {
  const phone = await enrolPhone(() => machine, office.leaders[1] as (typeof office.leaders)[number], clock);
  await first.owner.query('DELETE FROM seats WHERE seat = $1', [phone.seat]);
  await expect(phone.book.sync()).rejects.toThrow('access.unknown-phone');
});

test('a code that was made before the backup lets nobody in after the restore, for it may have been used since', async () => {
  const leader = { ...(office.leaders[1] as (typeof office.leaders)[number]), office: lsoOffice };
  const code = await makeEnrolment(machine.server, { ...leader, madeBy: null, byStaff: false }, clock.at);
  await backUp({ ...file('with a code'), owner: first.owner, now: clock.at });
  await onRestored('with a code', async () => {
    expect(await useEnrolment(machine.server, code, clock.at)).toBeNull();
  });
  expect(await useEnrolment(machine.server, code, clock.at)).not.toBeNull();
}, 60_000);

test('whoever was erased after the backup is erased again, and the chain holds', async () => {
  const shabana = await enrolPhone(() => machine, office.leaders[0] as (typeof office.leaders)[number], clock);
  const person = await write(shabana, 'people.enter-person', {
    names: names('Wants to be forgotten'),
    parent: null,
    sex: 'f',
    bornYear: null,
    household: null,
    number: null,
    owner: office.vos[0],
  });
  await shabana.book.sync();
  await backUp({ ...file('she is in it'), owner: first.owner, now: clock.at });
  await write(shabana, 'book.ask-erasure', { kind: 'person', subject: person, owner: office.lso });
  await shabana.book.sync();
  clock.at += 1000;
  expect(await carryOutErasures(machine.server, 0)).toBe(1);
  const newer = await backUp({ ...file('she is not'), owner: first.owner, now: clock.at });
  expect(newer.manifest.erasures.map(({ subject }) => subject)).toEqual([person]);

  await onRestored('she is in it', async (owner) => {
    const held = async () =>
      (
        await owner.query(
          `SELECT (SELECT count(*)::int FROM records WHERE body::text LIKE '%forgotten%')
           + (SELECT count(*)::int FROM entries WHERE body LIKE '%forgotten%') AS places`,
        )
      ).rows[0].places;
    expect(await held()).toBeGreaterThan(0);
    expect(await machine.server.applyErasures(newer.manifest.erasures)).toBe(1);
    expect(await held()).toBe(0);
    expect((await verifyBooks(owner)).flatMap(({ faults }) => faults)).toEqual([]);
  });
}, 60_000);

test('a backup is one moment, though the office goes on writing while it is taken', async () => {
  const phone = await enrolPhone(() => machine, office.leaders[1] as (typeof office.leaders)[number], clock);
  // Where every book stands has been read and no table yet: then a woman writes.
  const owner = meanwhile(first.owner, /string_agg/, async () => {
    await write(phone, 'blood-donors.enlist', donor('Meanwhile', office));
    await phone.book.sync();
  });
  await backUp({ ...file('busy'), owner, now: clock.at });
  await onRestored('busy', async (restored) => {
    expect((await verifyBooks(restored)).flatMap(({ faults }) => faults)).toEqual([]);
    const { rows } = await restored.query('SELECT count(*)::int AS lines FROM entries WHERE seat = $1', [phone.seat]);
    expect(rows[0].lines).toBe(0);
  });
}, 60_000);

/** The same pool; once, after a query of this form was answered, something else happens first. */
function meanwhile(pool: Pool, form: RegExp, happens: () => Promise<void>): Pool {
  let happened = false;
  const watched = Object.create(pool) as Pool;
  watched.query = pool.query.bind(pool) as typeof pool.query;
  watched.connect = (async () => {
    const client = await pool.connect();
    const watching = Object.create(client) as typeof client;
    watching.query = ((...words: [string]) => {
      const answer = client.query(...words) as unknown as Promise<unknown>;
      if (happened || typeof words[0] !== 'string' || !form.test(words[0])) return answer;
      happened = true;
      return answer.then(async (value) => {
        await happens();
        return value;
      });
    }) as typeof client.query;
    return watching;
  }) as typeof pool.connect;
  return watched;
}

test('a backup is refused with a reason, and nothing is touched, when the passphrase is wrong or a bit of it has changed', async () => {
  await backUp({ ...file('good'), owner: first.owner, now: clock.at });
  const good = readFileSync(join(folder, 'good'));
  const broken = (name: string, change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(good);
    change(bytes);
    writeFileSync(join(folder, name), bytes);
    return file(name);
  };
  const flipped = [10, 150, 400, Math.floor(good.length / 2), good.length - 20, good.length - 1].map((at) =>
    broken(`flipped ${at}`, (bytes) => {
      bytes[at] = (bytes[at] ?? 0) ^ 1;
    }),
  );
  const cut = [0, 100, Math.floor(good.length / 2), good.length - 1].map((length) => {
    copyFileSync(join(folder, 'good'), join(folder, `cut ${length}`));
    truncateSync(join(folder, `cut ${length}`), length);
    return file(`cut ${length}`);
  });
  const longer = broken('longer', () => undefined);
  writeFileSync(longer.path, 'x', { flag: 'a' });
  const wrong = { ...file('good'), passphrase: 'somebody else guessed this' };

  const empty = await emptyDatabase();
  const owner = openPool(empty.url, { size: 1 });
  try {
    for (const bad of [...flipped, ...cut, longer, wrong, file('not there')]) {
      await expect(checkBackup(bad), bad.path).rejects.toThrow(/damaged|passphrase|no backup|no such file/);
      await expect(restoreBackup({ ...bad, owner, now: clock.at, replace: true }), bad.path).rejects.toThrow();
      const { rows } = await owner.query("SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'");
      expect(rows[0].tables, bad.path).toBe(0);
    }
    await expect(checkBackup(wrong)).rejects.toThrow('passphrase does not open');
  } finally {
    await owner.end();
    await empty.close();
  }
}, 60_000);

test('a restore never writes over books that stand; asked to replace them, it keeps them beside', async () => {
  await backUp({ ...file('kept'), owner: first.owner, now: clock.at });
  const empty = await emptyDatabase();
  const owner = openPool(empty.url, { size: 1 });
  try {
    await restoreBackup({ ...file('kept'), owner, now: clock.at, replace: false });
    await owner.query('UPDATE books SET names = \'{"en":"The one that stood here"}\' WHERE office = 10');
    await expect(restoreBackup({ ...file('kept'), owner, now: clock.at, replace: false })).rejects.toThrow('already');
    const names = async (schema: string) =>
      (await owner.query(`SELECT names->>'en' AS name FROM ${schema}.books WHERE office = 10`)).rows[0].name;
    expect(await names('public')).toBe('The one that stood here');
    const { keptAs, epoch } = await restoreBackup({ ...file('kept'), owner, now: clock.at, replace: true });
    expect(await names('public')).toBe('Ibtida');
    expect(await names(keptAs as string)).toBe('The one that stood here');
    expect(epoch.number).toBe(2);
  } finally {
    await owner.end();
    await empty.close();
  }
}, 60_000);

test('a restore waits for nobody: while a server runs it is refused, and no server starts in the middle of one', async () => {
  await backUp({ ...file('served'), owner: first.owner, now: clock.at });
  const empty = await emptyDatabase();
  const server = openPool(empty.url, { size: 2 });
  const owner = openPool(empty.url, { size: 1 });
  const restore = () => restoreBackup({ ...file('served'), owner, now: clock.at, replace: true });
  // A connection that is closed lets its mark go a moment later.
  const marks = async () =>
    (
      await owner.query<{ pid: number }>(
        "SELECT pid FROM pg_locks WHERE mode = 'ShareLock' AND locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      )
    ).rows.map(({ pid }) => pid);
  const serving = await markServing(server);
  await expect(restore()).rejects.toThrow('running');
  serving.release();
  await expect.poll(marks).toEqual([]);
  await restore();
  const client = await owner.connect();
  await client.query('BEGIN');
  expect(await isServedByNobody(client)).toBe(true);
  await expect(markServing(server)).rejects.toThrow('under way');
  await client.query('COMMIT');
  client.release();
  // The database was started anew under a server: it marks it again at its next round.
  const again = await markServing(server);
  const [before] = await marks();
  await owner.query('SELECT pg_terminate_backend($1)', [before]);
  await expect
    .poll(
      async () => {
        await again.keep().catch(() => undefined);
        const held = await marks();
        return held.length === 1 && held[0] !== before;
      },
      { timeout: 10_000 },
    )
    .toBe(true);
  await expect(restore()).rejects.toThrow('running');
  again.release();
  await server.end();
  await owner.end();
  await empty.close();
}, 60_000);

test('a backup of a newer Otaq, or with a migration of other words, is refused before anything is touched', async () => {
  for (const [name, sha256, says] of [
    ['9999-of-tomorrow.sql', 'x', 'newer Otaq'],
    ['0001-books.sql', 'other words', 'not the one'],
  ] as const) {
    const odd = await testDatabase();
    await odd.owner.query("INSERT INTO installation (epoch_number, epoch_name, sealing_key) VALUES (1, 'x', '{}')");
    await odd.owner.query(
      'INSERT INTO migrations (name, sha256) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256',
      [name, sha256],
    );
    await backUp({ ...file(name), owner: odd.owner, now: clock.at });
    await odd.close();
    const empty = await emptyDatabase();
    const owner = openPool(empty.url, { size: 1 });
    await expect(restoreBackup({ ...file(name), owner, now: clock.at, replace: false })).rejects.toThrow(says);
    const { rows } = await owner.query("SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'");
    expect(rows[0].tables).toBe(0);
    await owner.end();
    await empty.close();
  }
}, 60_000);

test('a phone may forget what stands in two verified backups, and no sooner', async () => {
  const safe = async () =>
    (await first.owner.query<{ safe: number }>('SELECT safe FROM books WHERE office = $1', [lsoOffice])).rows[0]?.safe;
  await first.owner.query('DELETE FROM backups');
  await first.owner.query('UPDATE books SET safe = 0');
  clock.at += 1000;
  const one = await backUp({ ...file('one'), owner: first.owner, now: clock.at });
  expect(await safe()).toBe(0);
  clock.at += 1000;
  await backUp({ ...file('two'), owner: first.owner, now: clock.at });
  expect(await safe()).toBe(one.manifest.books.find(({ office }) => office === lsoOffice)?.sequence);
  expect(await safe()).toBeGreaterThan(0);
});

test('backups are made by themselves when one is due, the oldest go, and a stick that is not plugged in is named', async () => {
  const to = mkdtempSync(join(folder, 'stick-'));
  const schedule = { folder: to, every: 24 * 3_600_000, keep: 2, passphrase, work: 10 };
  await first.owner.query('DELETE FROM backups');
  const made: (string | null)[] = [];
  for (let day = 0; day < 4; day++) {
    made.push(await backUpWhenDue(first.owner, oneKey, schedule, clock.at));
    // Not again an hour later, also by a second server.
    clock.at += 3_600_000;
    expect(await backUpWhenDue(first.owner, oneKey, schedule, clock.at)).toBeNull();
    expect((await (await machine.routes.request('/health')).json()).backedUpAt).toBe(clock.at - 3_600_000);
    clock.at += 23 * 3_600_000;
  }
  expect(readdirSync(to).map((name) => join(to, name))).toEqual(made.slice(2));
  await checkBackup({ path: made[3] as string, passphrase });
  const unplugged = { ...schedule, folder: join(folder, 'nowhere') };
  await expect(backUpWhenDue(first.owner, oneKey, unplugged, clock.at)).rejects.toThrow('plugged in');
});

test('two servers on one database make one backup', async () => {
  const to = mkdtempSync(join(folder, 'two-'));
  const schedule = { folder: to, every: 3_600_000, keep: 2, passphrase, work: 10 };
  await first.owner.query('DELETE FROM backups');
  const other = openPool(first.url, { size: 3 });
  const owner = openPool(first.url, { size: 3 });
  const made = await Promise.all([
    backUpWhenDue(owner, oneKey, schedule, clock.at),
    backUpWhenDue(other, oneKey, schedule, clock.at + 1000),
  ]);
  expect(made.filter((path) => path !== null)).toHaveLength(1);
  expect(readdirSync(to)).toHaveLength(1);
  await owner.end();
  await other.end();
});

test('a backup that could not be written leaves no file, and a short passphrase is refused', async () => {
  await expect(backUp({ ...file('short'), passphrase: 'tooshort', owner: first.owner, now: clock.at })).rejects.toThrow(
    'too short',
  );
  const closed = openPool('postgres://otaq:wrong@127.0.0.1:1/none', { size: 1 });
  await expect(backUp({ ...file('none'), owner: closed, now: clock.at })).rejects.toThrow();
  await closed.end();
  for (const name of ['short', 'short.part', 'none', 'none.part']) expect(existsSync(join(folder, name))).toBe(false);
});

test('an office moves to another machine alone: its phones go on there with what they had not sent, and here it is closed', async () => {
  const neighbour = 11;
  await addBook(first.owner, { office: neighbour, above: districtOffice, tier: 'lso', names: names('Sahara') });
  await machine.server.writeLine(neighbour, 'import', 'organizations.form', {
    tier: 'lso',
    names: names('Sahara'),
    number: null,
    place: null,
    parent: null,
    of: 'women',
    formedOn: '2017-10-30',
    status: 'active',
  });
  await first.owner.query(
    `INSERT INTO users (name, password_hash, shown_name, role, office) VALUES ('of the district', 'x', 'x', 'district', $1),
       ('of the office', 'x', 'x', 'auditor', $2)`,
    [districtOffice, lsoOffice],
  );
  await machine.server.shareCounts();
  const phone = await enrolPhone(() => machine, office.leaders[1] as (typeof office.leaders)[number], clock);
  await write(phone, 'blood-donors.enlist', donor('Sent before the move', office));
  await phone.book.sync();
  await write(phone, 'blood-donors.enlist', donor('Not sent before the move', office));
  const before = await stateOf(first.owner);

  const address = 'https://ibtida.example.org';
  await moveOut({ ...file('moving'), owner: first.owner, now: clock.at }, lsoOffice, address);
  await expect(phone.book.sync()).rejects.toThrow(address);
  await expect(
    machine.server.writeLine(lsoOffice, 'import', 'organizations.form', {
      tier: 'vo',
      names: names('Too late'),
      number: 9,
      place: null,
      parent: office.lso,
      of: 'women',
      formedOn: '2017-10-30',
      status: 'active',
    }),
  ).rejects.toThrow('written elsewhere');
  await machine.server.shareCounts();

  await onRestored('moving', async (owner) => {
    expect(await stateOf(owner)).toEqual(before);
    await machine.server.shareCounts();
    await comeToRest([phone]);
    const { rows } = await owner.query("SELECT body->'names'->>'en' AS name FROM records WHERE kind = 'donor'");
    expect(rows.map(({ name }) => name)).toContain('Not sent before the move');
    expect((await verifyBooks(owner)).map(({ office, faults }) => ({ office, faults }))).toEqual([
      { office: lsoOffice, faults: [] },
    ]);
    // Nothing of anybody else came along: of the district only what every office reads, of the neighbour not a row.
    for (const [table, column] of [
      ['entries', 'office'],
      ['figures', 'office'],
      ['seats', 'office'],
      ['users', 'office'],
    ] as const) {
      const others = await owner.query(`SELECT count(*)::int AS rows FROM ${table} WHERE ${column} <> $1`, [lsoOffice]);
      expect(others.rows[0].rows, table).toBe(0);
    }
    const read = await owner.query('SELECT DISTINCT office, purpose FROM records WHERE office <> $1', [lsoOffice]);
    expect(read.rows).toEqual([{ office: districtOffice, purpose: 'reference' }]);
    const users = await owner.query('SELECT name FROM users');
    expect(users.rows).toEqual([{ name: 'of the office' }]);
  });
}, 60_000);

test('a file that could not be written leaves the office where it is', async () => {
  await first.owner.query('UPDATE books SET moved_to = NULL');
  const nowhere = { ...file('x'), path: join(folder, 'no such folder', 'x') };
  await expect(
    moveOut({ ...nowhere, owner: first.owner, now: clock.at }, lsoOffice, 'https://x.org'),
  ).rejects.toThrow();
  const phone = await enrolPhone(() => machine, office.leaders[1] as (typeof office.leaders)[number], clock);
  await expect(phone.book.sync()).resolves.toMatchObject({ withdrawn: false });
});

test('a machine that burns down takes the key of its house along; the backup closes the office anew with the key of the next machine', async () => {
  const [shabana] = office.leaders;
  if (!shabana) throw new Error('a leader');
  const phone = await enrolPhone(() => machine, shabana, clock);
  await backUp({ ...file('without the house'), owner: first.owner, now: clock.at });
  const keys = keysInHand(false);
  const empty = await emptyDatabase();
  const place = { dataDirectory: folder, databaseUrl: empty.url };
  const bare = await openOwned(place);
  await restoreBackup({ ...file('without the house'), keys, owner: bare.owner, now: clock.at, replace: false });
  await bare.close();
  const second = await openDatabase(place);
  const before = machine;
  try {
    // The old machine's key opens nothing there.
    await expect(startMachine(second, clock)).rejects.toThrow('is not the one');
    machine = await startMachine(second, clock, keys);
    expect(machine.server.sealingKey).toEqual(before.server.sealingKey);
    await write(phone, 'blood-donors.enlist', donor('Behind the new key', office));
    await phone.book.sync();
    expect(phone.book.copy.lines.filter(({ is }) => is.state !== 'accepted' && is.state !== 'flagged')).toEqual([]);

    // A backup of the new machine, and its file is lost: the books stand, and the backup brings their key back.
    await backUp({ ...file('of the new machine'), keys, owner: second.owner, now: clock.at });
    keys.lose();
    await expect(startMachine(second, clock, keys)).rejects.toThrow('--key-only');
    await expect(backUp({ ...file('closed'), keys, owner: second.owner, now: clock.at })).rejects.toThrow('--key-only');
    await takeKeyFrom(file('of the new machine'), second.owner, keys);
    expect((await startMachine(second, clock, keys)).server.sealingKey).toEqual(before.server.sealingKey);
    expect((await verifyBooks(second.owner)).flatMap(({ faults }) => faults)).toEqual([]);
  } finally {
    machine = before;
    await second.close();
    await empty.close();
  }
}, 60_000);

test('the key is taken from no backup of another installation', async () => {
  const other = await testDatabase();
  const keys = keysInHand();
  try {
    await startMachine(other, clock, keys);
    await backUp({ ...file('of another house'), keys, owner: other.owner, now: clock.at });
    await expect(takeKeyFrom(file('of another house'), first.owner, keysInHand())).rejects.toThrow(
      'does not hold the key of this installation',
    );
    expect((await startMachine(first, clock)).server.sealingKey).toEqual(machine.server.sealingKey);
  } finally {
    await other.close();
  }
});
