/*
 * One PostgreSQL for a whole test run: the one that OTAQ_TEST_DATABASE_URL names, or our own with fsync off, which is for tests
 * only. Migrations run once, into a template; every test file gets a database copied from it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/platform/database/server/embedded-postgres.ts';
import { migrate } from '../../src/platform/database/server/migrate.ts';
import { makeAppRole } from '../../src/platform/database/server/open-database.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

let running: Promise<{ url: string; stop: () => Promise<void> }> | null = null;
let users = 0;

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  users += 1;
  running ??= start();
  const { url, stop } = await running;
  project.provide('databaseUrl', url);
  return async () => {
    users -= 1;
    if (users === 0) await stop();
  };
}

async function start(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.OTAQ_TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  const directory = given ? null : mkdtempSync(join(tmpdir(), 'otaq-test-'));
  const embedded = directory ? await startEmbeddedPostgres({ dataDirectory: directory, unsafeButFast: true }) : null;
  const url = given ?? (embedded?.ownerUrl as string);
  const template = `otaq_template_${process.pid}`;
  const admin = openPool(url, { size: 1 });
  await makeAppRole(admin);
  await admin.query(`DROP DATABASE IF EXISTS ${template}`);
  await admin.query(`CREATE DATABASE ${template}`);
  await admin.end();
  const owner = openPool(databaseIn(url, template), { size: 1 });
  await migrate(owner);
  await owner.end();
  return {
    url: databaseIn(url, template),
    async stop() {
      rmSync(demoOf(databaseIn(url, template)).keyFile, { force: true });
      if (given) {
        const cleaner = openPool(url, { size: 1 });
        for (const name of [template, demoOf(databaseIn(url, template)).name])
          await cleaner.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        await cleaner.end();
      }
      await embedded?.release();
      if (directory) rmSync(directory, { recursive: true, force: true });
    },
  };
}

export function databaseIn(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/** The small demo that is written once on a cluster: its database, and the file with the key of its house. */
export function demoOf(cluster: string): { readonly name: string; readonly keyFile: string } {
  const name = `${new URL(cluster).pathname.slice(1)}_demo`;
  return { name, keyFile: join(tmpdir(), `${name}.key`) };
}
