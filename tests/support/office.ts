/* A small demo office behind a real server, for browser tests and measurements. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoDesk, prepareDemo } from '../../src/cli/demo/demo-office.ts';
import { type DemoLeader, type DemoSize, demoOffices, smallSize } from '../../src/cli/demo/seed-demo.ts';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import { restoreBackup } from '../../src/platform/backup/server/restore-backup.ts';
import { openOwned } from '../../src/platform/database/server/open-database.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';
import { keysOf } from '../../src/server/config.ts';
import { type Running, startServer } from '../../src/server/main.ts';
import { databaseIn } from './database-cluster.ts';

export type TestOffice = {
  readonly running: Running;
  readonly keyFile: string;
  readonly url: string;
  /** A fresh code for one of the demo's leaders, by her English name. */
  readonly codeFor: (name: string, office?: number) => Promise<string>;
  readonly desk: typeof demoDesk;
  readonly close: () => Promise<void>;
};

const quiet = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };

type Opened = {
  readonly running: Running;
  /** The key of its house, for another server beside it. */
  readonly keyFile: string;
  readonly close: () => Promise<void>;
};

/** On the server of DATABASE_URL in a database of its own, or with a PostgreSQL of its own in a temporary folder. */
async function openServerFor(prepare: Parameters<typeof startServer>[2]): Promise<Opened> {
  const directory = mkdtempSync(join(tmpdir(), 'otaq-office-'));
  const given = process.env.OTAQ_TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  const name = `otaq_office_${randomBytes(6).toString('hex')}`;
  const admin = given ? openPool(given, { size: 1 }) : null;
  await admin?.query(`CREATE DATABASE ${name}`);
  const databaseUrl = given ? databaseIn(given, name) : null;
  const running = await startServer({ port: 0, dataDirectory: directory, databaseUrl }, quiet, prepare);
  return {
    running,
    keyFile: join(directory, 'otaq.key'),
    async close() {
      await running.close();
      await admin?.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin?.end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A server on which nothing is open yet: the first day. */
export function openEmptyServer(): Promise<Opened> {
  return openServerFor(undefined);
}

export async function openTestOffice(size: DemoSize = smallSize): Promise<TestOffice> {
  const { running, keyFile, close } = await openServerFor((server, { owner }) =>
    prepareDemo(server, owner, () => undefined, size),
  );
  return {
    running,
    keyFile,
    url: running.url,
    desk: demoDesk,
    async codeFor(name, book = demoOffices.ibtida) {
      const { rows } = await running.database.owner.query<{ body: DemoLeader }>(
        `SELECT body FROM records WHERE office = $1 AND kind = 'grant' AND body->'names'->>'en' = $2 ORDER BY sequence LIMIT 1`,
        [book, name],
      );
      const leader = rows[0]?.body;
      if (!leader) throw new Error(`the demo has no leader ${name}`);
      const { person, names, organization } = leader;
      const phone = { office: book, person, names, organization, madeBy: null, byStaff: true };
      return makeEnrolment(running.server, phone, running.server.now());
    },
    close,
  };
}

export type RestoredOffice = { readonly running: Running; readonly close: () => Promise<void> };

/** Another machine: a database with nothing in it, filled from a backup, answering on `port`. */
export async function startRestored(
  folder: string,
  backup: () => Promise<{ readonly path: string; readonly passphrase: string }>,
  port: number,
): Promise<RestoredOffice> {
  const given = process.env.OTAQ_TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  const name = `otaq_restored_${randomBytes(6).toString('hex')}`;
  const admin = given ? openPool(given, { size: 1 }) : null;
  await admin?.query(`CREATE DATABASE ${name}`);
  const place = { dataDirectory: join(folder, 'data'), databaseUrl: given ? databaseIn(given, name) : null };
  const owned = await openOwned(place);
  await restoreBackup({
    ...(await backup()),
    owner: owned.owner,
    keys: keysOf(place),
    now: Date.now(),
    replace: false,
  });
  await owned.close();
  const running = await startServer({ ...place, port }, quiet);
  return {
    running,
    async close() {
      await running.close();
      await admin?.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin?.end();
    },
  };
}
