import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool, PoolClient } from 'pg';

export const migrationsDirectory = fileURLToPath(new URL('../../../../migrations', import.meta.url));

/** Any number; the same for every Otaq, so that two servers starting at once wait for each other. */
const migrationLock = 7_241_183;

export type Migration = { readonly name: string; readonly sql: string; readonly sha256: string };

/** The plain SQL files, in order of name. */
export function migrationFiles(directory: string = migrationsDirectory): readonly Migration[] {
  return readdirSync(directory)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name), 'utf8');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

const makeList =
  'CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())';

/** Applies these files and no others inside a transaction that is open, to tables that are not there yet. */
export async function makeTables(client: PoolClient, files: readonly Migration[]): Promise<void> {
  await client.query(makeList);
  for (const { name, sql, sha256 } of files) {
    await client.query(sql);
    await client.query('INSERT INTO migrations (name, sha256) VALUES ($1, $2)', [name, sha256]);
  }
}

/**
 * Applies the plain SQL files that the database has not seen, in order of name, each in one transaction. Answers the names
 * it applied. Throws when a file that was applied has been edited since, and leaves the database as it was.
 */
export async function migrate(owner: Pool, directory: string = migrationsDirectory): Promise<readonly string[]> {
  const files = migrationFiles(directory);
  const client = await owner.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query(makeList);
    const { rows } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM migrations');
    const known = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
    const applied: string[] = [];
    for (const { name, sql, sha256 } of files) {
      const before = known.get(name);
      if (before === sha256) continue;
      if (before !== undefined)
        throw new Error(
          `The migration ${name} has been edited after it was applied. Put it back, and write a new one.`,
        );
      await client.query('BEGIN');
      try {
        await client.query(sql);
        await client.query('INSERT INTO migrations (name, sha256) VALUES ($1, $2)', [name, sha256]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new Error(`The migration ${name} could not be applied: ${(error as Error).message}`, { cause: error });
      }
      applied.push(name);
    }
    return applied;
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    client.release();
  }
}
