/* The server dies at every statement of its first start and of its migrations, and PostgreSQL at four; the next start goes on from there. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/server/embedded-postgres.ts';
import { openDatabase } from '../../src/platform/database/server/open-database.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';
import { type Moment, Wire } from './wire.ts';

const directory = mkdtempSync(join(tmpdir(), 'otaq-migrated-'));
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ dataDirectory: directory });
  const admin = openPool(postgres.ownerUrl, { size: 1 });
  await admin.query('CREATE DATABASE whole');
  await admin.end();
});
afterAll(async () => {
  await postgres?.release();
  rmSync(directory, { recursive: true, force: true });
});

const named = (name: string, port?: number) => {
  const url = new URL(postgres.ownerUrl);
  url.pathname = `/${name}`;
  if (port !== undefined) url.port = String(port);
  return url.toString();
};

/** What a database is: every column, policy and constraint, and which migrations it has seen. */
async function shapeOf(name: string): Promise<unknown> {
  const pool = openPool(named(name), { size: 1 });
  const ask = async (sql: string) => (await pool.query(sql)).rows;
  const shape = [
    await ask(
      "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2",
    ),
    await ask('SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2'),
    await ask("SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1"),
    await ask('SELECT name, sha256 FROM migrations ORDER BY 1'),
  ];
  await pool.end();
  return shape;
}

test('a start that dies at any of its statements leaves a database that the next start completes', async () => {
  const admin = openPool(postgres.ownerUrl, { size: 1 });
  await admin.query('CREATE DATABASE torn');
  const wire = await Wire.lay(Number(new URL(postgres.ownerUrl).port));
  try {
    const start = (name: string) =>
      openDatabase({ dataDirectory: directory, databaseUrl: named(name, wire.port) }).then((database) =>
        database.close(),
      );
    await start('whole');
    const statements = wire.statements;
    expect(statements).toBeGreaterThan(8);
    let deaths = 0;
    for (let cutAt = 0; cutAt < statements; cutAt++) {
      wire.statements = 0;
      wire.cutAt = cutAt;
      // A database in which nothing is left to do needs fewer statements: then the start succeeds.
      await start('torn').catch(() => {
        deaths += 1;
      });
    }
    expect(deaths).toBeGreaterThan(5);
    wire.cutAt = Number.POSITIVE_INFINITY;
    await start('torn');
    expect(await shapeOf('torn')).toEqual(await shapeOf('whole'));
  } finally {
    await wire.close();
    await admin.end();
  }
});

const backups = /CREATE TABLE backups/;
const moments: readonly (readonly [string, Moment])[] = [
  ['before one of its files', { statement: backups, when: 'before' }],
  ['after one of its files, before it is committed', { statement: backups, when: 'after' }],
  ['before the commit', { statement: /^COMMIT/, when: 'before', having: backups }],
  ['after the commit, before the server hears of it', { statement: /^COMMIT/, when: 'after', having: backups }],
];

test.each(moments)(
  'PostgreSQL is killed in the middle of a first start, %s: the next start completes it',
  async (_name, moment) => {
    const name = `killed_${moments.findIndex(([, other]) => other === moment)}`;
    const admin = openPool(postgres.ownerUrl, { size: 1 });
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const wire = await Wire.lay(Number(new URL(postgres.ownerUrl).port));
    try {
      const start = (port?: number) =>
        openDatabase({ dataDirectory: directory, databaseUrl: named(name, port) }).then((database) => database.close());
      const killed = wire.arm(moment, () => {
        const lock = readFileSync(join(postgres.directory, 'postmaster.pid'), 'utf8');
        process.kill(Number(lock.split('\n')[0]), 'SIGKILL');
      });
      const starting = start(wire.port).then(
        () => 'started',
        () => 'died',
      );
      await killed;
      wire.cut();
      expect(await starting).toBe('died');
      // Whoever keeps it starts it again; the office's next start goes on where this one died.
      await expect
        .poll(() =>
          start().then(
            () => 'started',
            () => 'died',
          ),
        )
        .toBe('started');
      expect(await shapeOf(name)).toEqual(await shapeOf('whole'));
    } finally {
      await wire.close();
    }
  },
  90_000,
);
