import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { inject } from 'vitest';
import { appRole } from '../../src/platform/database/server/open-database.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';
import { databaseIn } from './database-cluster.ts';

export type TestDatabase = {
  readonly app: Pool;
  readonly owner: Pool;
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** A fresh, migrated database of its own. Close it when the tests of the file are done. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('databaseUrl'));
  const name = `otaq_test_${randomBytes(6).toString('hex')}`;
  const admin = openPool(databaseIn(template.toString(), 'postgres'), { size: 1 });
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`);
  const url = databaseIn(template.toString(), name);
  const app = openPool(url, { size: 6, role: appRole });
  const owner = openPool(url, { size: 2 });
  return {
    app,
    owner,
    url,
    async close() {
      await app.end();
      await owner.end();
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** A database with nothing in it: what a restore finds on a new machine. */
export async function emptyDatabase(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const template = inject('databaseUrl');
  const name = `otaq_test_${randomBytes(6).toString('hex')}`;
  const admin = openPool(databaseIn(template, 'postgres'), { size: 1 });
  await admin.query(`CREATE DATABASE ${name}`);
  return {
    url: databaseIn(template, name),
    async close() {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
