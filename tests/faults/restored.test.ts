/*
 * The drill with an operator's own words, on real processes: a loaded office is backed up while everybody writes, its machine is
 * destroyed, and it is put back on another one; the command is killed at named moments, and so is its PostgreSQL. Phones bring what is
 * missing, and nothing stands twice.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalJson } from '../../src/platform/book/canonical.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/server/embedded-postgres.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';
import { FaultOffice, lsoOffice } from './fault-office.ts';
import { OfficeProcess, otaq } from './office-process.ts';
import { type Moment, Wire } from './wire.ts';

const folder = mkdtempSync(join(tmpdir(), 'otaq-drill-'));
const passphraseFile = join(folder, 'passphrase');
const night = join(folder, 'night.age');
let office: FaultOffice;
/** Where nothing stands yet: one database for each try. */
let bare: EmbeddedPostgres;
let wire: Wire;
let tries = 0;

const villageOf = (i: number) => (i === 0 ? office.lso : (office.vos[i - 1] as string));
const withPassphrase = (file = passphraseFile) => ['--passphrase-file', file];

/** Everything that stands in the office's book and figures, and what each phone said, in no order. */
async function stateOf(owner: Pool) {
  const ask = async <Row extends object>(sql: string) => (await owner.query<Row>(sql, [lsoOffice])).rows;
  const records = await ask(
    "SELECT kind, id, scope, body FROM records WHERE office = $1 AND kind NOT IN ('restoration', 'phone')",
  );
  return {
    records: records.map((row) => canonicalJson(row)).sort(),
    figures: await ask(
      `SELECT figure, dimensions, period, sum(count)::int AS count FROM figures WHERE office = $1
       GROUP BY 1, 2, 3 HAVING sum(count) <> 0 ORDER BY 1, 2, 3`,
    ),
    said: await ask<{ seat: number; line: number; command: string; state: string }>(
      `SELECT e.seat, e.line, e.command, e.state FROM entries e JOIN seats s USING (seat)
       WHERE e.office = $1 AND s.nature = 'person' ORDER BY 1, 2`,
    ),
  };
}

/** Where a command works: its database, and the key of its house. */
type Place = { readonly DATABASE_URL: string; readonly OTAQ_KEY_FILE: string };

/** A database with nothing in it, as the restoring command reaches it and as the test does. */
async function emptyDatabase(): Promise<{ readonly url: string; readonly direct: Place; readonly wired: Place }> {
  tries += 1;
  const admin = openPool(bare.ownerUrl, { size: 1 });
  await admin.query(`CREATE DATABASE try_${tries}`);
  await admin.end();
  const url = new URL(bare.ownerUrl);
  url.pathname = `/try_${tries}`;
  const wired = new URL(url);
  wired.port = String(wire.port);
  const OTAQ_KEY_FILE = join(folder, `key-${tries}`);
  return {
    url: url.toString(),
    direct: { DATABASE_URL: url.toString(), OTAQ_KEY_FILE },
    wired: { DATABASE_URL: wired.toString(), OTAQ_KEY_FILE },
  };
}

async function beside<T>(url: string, work: (owner: Pool) => Promise<T>): Promise<T> {
  const pool = openPool(url, { size: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

const hasTables = (url: string) =>
  beside(
    url,
    async (owner) =>
      ((await owner.query("SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1")).rowCount ?? 0) > 0,
  );

/** Waits until the bare PostgreSQL, which whoever keeps it starts again, takes connections. */
async function untilBareAnswers(url: string): Promise<void> {
  await expect
    .poll(
      () =>
        beside(url, (owner) => owner.query('SELECT 1')).then(
          () => true,
          () => false,
        ),
      { timeout: 30_000 },
    )
    .toBe(true);
}

beforeAll(async () => {
  office = await FaultOffice.open();
  bare = await startEmbeddedPostgres({ dataDirectory: join(folder, 'bare') });
  wire = await Wire.lay(Number(new URL(bare.ownerUrl).port));
  writeFileSync(passphraseFile, 'otaq kachi dhori sindhu rilli\n');
  // The office works, and goes on working while it is backed up.
  const server = new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile });
  await server.start();
  for (const [i, phone] of office.phones.entries()) {
    await phone.enlist(villageOf(i), 60);
    await phone.drain(server.url);
  }
  let over = false;
  const working = office.phones.map(async (phone, i) => {
    while (!over) {
      await phone.enlist(villageOf(i), 3);
      await phone.sync(server.url);
    }
  });
  const made = await otaq(['backup', '--out', night, ...withPassphrase()], {
    DATABASE_URL: office.databaseUrl,
    OTAQ_KEY_FILE: office.keyFile,
  }).ended;
  over = true;
  await Promise.all(working);
  if (made.code !== 0) throw new Error(made.said);
  // Sent after the backup, and some of it with answers that nobody heard.
  for (const [i, phone] of office.phones.entries()) {
    await phone.enlist(villageOf(i), 5);
    await phone.drain(server.url);
    await phone.enlist(villageOf(i), 2);
    phone.fetch = async (...given) => {
      await (await fetch(...given)).arrayBuffer();
      throw new Error('the answer was lost');
    };
    await phone.sync(server.url).catch(() => undefined);
    phone.fetch = fetch;
  }
  await server.stop();
}, 180_000);
afterAll(async () => {
  await wire?.close();
  await bare?.release();
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a wrong passphrase, a file that was cut and one of which a bit has flipped are refused by a sentence, and nothing is begun', async () => {
  const good = readFileSync(night);
  const wrong = join(folder, 'wrong');
  writeFileSync(wrong, 'somebody else guessed this one\n');
  const cut = join(folder, 'cut.age');
  writeFileSync(cut, good.subarray(0, Math.floor(good.length / 2)));
  const flipped = join(folder, 'flipped.age');
  const bytes = Buffer.from(good);
  bytes[Math.floor(bytes.length / 3)] = (bytes[Math.floor(bytes.length / 3)] ?? 0) ^ 1;
  writeFileSync(flipped, bytes);
  const data = join(folder, 'untouched');
  for (const [file, secret, sentence] of [
    [night, wrong, /passphrase does not open/],
    [cut, passphraseFile, /damaged/],
    [flipped, passphraseFile, /damaged/],
  ] as const) {
    const { code, said } = await otaq(['restore', file, ...withPassphrase(secret)], { OTAQ_DATA: data }).ended;
    expect(code, said).toBe(1);
    expect(said).toMatch(sentence);
    expect(said).not.toMatch(/\n\s+at /);
    expect(existsSync(data) ? readdirSync(data) : []).toEqual([]);
  }
}, 120_000);

const commit: Moment = { statement: /^COMMIT/, when: 'before', having: /UPDATE installation SET epoch_number/ };
const moments: readonly (readonly [string, Moment, 'nothing' | 'whole'])[] = [
  ['in the middle of its rows', { statement: /^COPY "records"/, when: 'before' }, 'nothing'],
  ['before its commit', commit, 'nothing'],
  ['after its commit, before it hears of it', { ...commit, when: 'after' }, 'whole'],
];

test.each(moments)(
  'a restore that is killed %s has put back nothing or everything',
  async (_name, moment, left) => {
    for (const victim of ['the command', 'PostgreSQL'] as const) {
      const { url, direct, wired } = await emptyDatabase();
      const restore = otaq(['restore', night, ...withPassphrase()], wired);
      await wire.arm(moment, () => {
        if (victim === 'the command') return restore.kill();
        const lock = readFileSync(join(bare.directory, 'postmaster.pid'), 'utf8');
        process.kill(Number(lock.split('\n')[0]), 'SIGKILL');
      });
      wire.cut();
      const { code } = await restore.ended;
      expect(code, victim).not.toBe(0);
      await untilBareAnswers(url);
      expect(await hasTables(url), victim).toBe(left === 'whole');
      const again = await otaq(['restore', night, ...withPassphrase()], direct).ended;
      // Said once more, it is done; or it says that it was done already, and changes nothing.
      expect(again.code, again.said).toBe(left === 'whole' ? 1 : 0);
      if (left === 'whole') expect(again.said).toContain('Books are kept here already');
      const verified = await otaq(['verify'], direct).ended;
      expect(verified.code, verified.said).toBe(0);
      const epoch = await beside(url, (owner) => owner.query('SELECT epoch_number FROM installation'));
      expect(epoch.rows).toEqual([{ epoch_number: 2 }]);
    }
  },
  240_000,
);

test('a restore over books that stand, killed before its commit, leaves them as they were', async () => {
  const { url, direct, wired } = await emptyDatabase();
  expect((await otaq(['restore', night, ...withPassphrase()], direct).ended).code).toBe(0);
  const before = await beside(url, stateOf);
  const restore = otaq(['restore', night, '--replace', ...withPassphrase()], wired);
  await wire.arm(commit, restore.kill);
  wire.cut();
  await restore.ended;
  expect(await beside(url, stateOf)).toEqual(before);
  const schemas = await beside(url, (owner) =>
    owner.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'before_restore%'"),
  );
  expect(schemas.rows).toEqual([]);
}, 120_000);

test('the machine is destroyed and the office put back on another: books, figures and chain are what they were, nothing is lost and nothing stands twice', async () => {
  const before = await office.beside(stateOf);
  await office.stopPostgres();
  rmSync(office.postgresDirectory, { recursive: true, force: true });

  const data = join(folder, 'new-machine');
  const restored = await otaq(['restore', night, ...withPassphrase()], { OTAQ_DATA: data }).ended;
  expect(restored.code, restored.said).toBe(0);
  expect(restored.said).toContain('Restored, in epoch 2.');
  const server = new OfficeProcess({ OTAQ_DATA: data });
  await server.start();
  try {
    // The last one first; each brings what was sent after the backup, and what was never answered.
    for (const phone of [...office.phones].reverse()) await phone.drain(server.url);
    for (const phone of office.phones) {
      await phone.drain(server.url);
      expect(phone.unsent).toBe(0);
      expect(phone.book?.copy.lines.filter(({ is }) => is.state === 'refused')).toEqual([]);
    }
    const there = await startEmbeddedPostgres({ dataDirectory: data });
    try {
      const after = await beside(there.ownerUrl, stateOf);
      for (const [i, phone] of office.phones.entries())
        for (const line of phone.memory.promised.keys())
          expect(
            after.said.filter((row) => row.seat === phone.seat && row.line === line),
            `phone ${i}, line ${line}`,
          ).toHaveLength(1);
      expect(after).toEqual(before);
    } finally {
      await there.release();
    }
  } finally {
    await server.stop();
  }
  const verified = await otaq(['verify'], { OTAQ_DATA: data }).ended;
  expect(verified.code, verified.said).toBe(0);
}, 180_000);

test('an office that moves, killed between the closing of its book and its file: said once more, it is moved', async () => {
  const { direct, wired } = await emptyDatabase();
  expect((await otaq(['restore', night, ...withPassphrase()], direct).ended).code).toBe(0);
  const out = join(folder, 'moving.age');
  const words = ['move', '--office', String(lsoOffice), '--to', 'https://ibtida.example.org', '--out', out];
  const moving = otaq([...words, ...withPassphrase()], wired);
  await wire.arm({ statement: /^COPY \(SELECT .* FROM "entries"/, when: 'before' }, moving.kill);
  wire.cut();
  await moving.ended;
  expect(existsSync(out)).toBe(false);
  const again = await otaq([...words, ...withPassphrase()], direct).ended;
  expect(again.code, again.said).toBe(0);
  const checked = await otaq(['backup', '--check', out, ...withPassphrase()], {}).ended;
  expect(checked.code, checked.said).toBe(0);
}, 120_000);
