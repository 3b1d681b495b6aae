/* A small demo office behind a real server, for browser tests and measurements. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoDesk, prepareDemo } from '../../src/cli/demo/demo-office.ts';
import { type DemoLeader, type DemoSize, demoOffices, smallSize } from '../../src/cli/demo/seed-demo.ts';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import { restoreBackup } from '../../src/platform/backup/server/restore-backup.ts';
import { openOwned } from '../../src/platform/database/server/open-database.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';
import { keysOf } from '../../src/server/config.ts';
import { openServer, type Running, startServer } from '../../src/server/main.ts';
import { databaseIn, demoOf } from './database-cluster.ts';

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

export type Place = {
  /** A PostgreSQL to stand on, in a database of its own; by default the one of DATABASE_URL, or a new one in a temporary folder. */
  readonly cluster?: string | undefined;
  /** A database of that cluster to begin with a copy of, and the file with the key of its house. */
  readonly copyOf?: string;
  readonly keyFile?: string;
  readonly port?: number;
};

type Prepare = Parameters<typeof startServer>[2];

async function openServerFor(
  prepare: Prepare,
  { cluster = clusterGiven(), copyOf, keyFile, port = 0 }: Place,
): Promise<Opened> {
  const directory = mkdtempSync(join(tmpdir(), 'otaq-office-'));
  const own = await ownDatabase(cluster, 'office', copyOf);
  const place = {
    port,
    dataDirectory: directory,
    databaseUrl: own.url,
    keyFile: keyFile ?? join(directory, 'otaq.key'),
  };
  const running = await startServer(place, quiet, prepare);
  return {
    running,
    keyFile: place.keyFile,
    async close() {
      await running.close();
      await own.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A port that no program is given by chance: two machines are to answer there, one after the other. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await new Promise<boolean>((done) => {
      const server = createServer();
      server.on('error', () => done(false));
      server.listen(port, () => server.close(() => done(true)));
    });
    if (free) return port;
  }
}

function clusterGiven(): string | undefined {
  return process.env.OTAQ_TEST_DATABASE_URL ?? process.env.DATABASE_URL;
}

type OwnDatabase = { readonly url: string | null; readonly drop: () => Promise<void> };

/** An empty database on a cluster, or a copy of another one; none where there is no cluster. */
async function ownDatabase(cluster: string | undefined, what: string, copyOf?: string): Promise<OwnDatabase> {
  if (cluster === undefined) return { url: null, drop: async () => undefined };
  const name = `otaq_${what}_${randomBytes(6).toString('hex')}`;
  const admin = openPool(databaseIn(cluster, 'postgres'), { size: 1 });
  await admin.query(`CREATE DATABASE ${name}${copyOf === undefined ? '' : ` TEMPLATE ${copyOf}`}`);
  return {
    url: databaseIn(cluster, name),
    async drop() {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

/** A server on which nothing is open yet: the first day. */
export function openEmptyServer(place: Place = {}): Promise<Opened> {
  return openServerFor(undefined, place);
}

export async function openTestOffice(size: DemoSize = smallSize, place: Place = {}): Promise<TestOffice> {
  const { running, keyFile, close } = await openServerFor(
    (server, { owner }) => prepareDemo(server, owner, () => undefined, size),
    place,
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

/** The small demo as a database to copy: written by whichever file of a run asks first, while the others wait. */
export async function writtenDemo(cluster: string): Promise<Required<Pick<Place, 'copyOf' | 'keyFile'>>> {
  const { name, keyFile } = demoOf(cluster);
  const admin = openPool(databaseIn(cluster, 'postgres'), { size: 1 });
  try {
    await admin.query('SELECT pg_advisory_lock(7241186)');
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      // Renamed when it is whole: one that was left half written is never copied.
      const half = `${name}_half`;
      await admin.query(`DROP DATABASE IF EXISTS ${half}`);
      await admin.query(`CREATE DATABASE ${half}`);
      const place = { port: 0, dataDirectory: '', databaseUrl: databaseIn(cluster, half), keyFile };
      const { server, database } = await openServer(place, quiet);
      await prepareDemo(server, database.owner, () => undefined, smallSize);
      await database.close();
      await admin.query(`ALTER DATABASE ${half} RENAME TO ${name}`);
    }
    return { copyOf: name, keyFile };
  } finally {
    await admin.end();
  }
}

export type RestoredOffice = { readonly running: Running; readonly close: () => Promise<void> };

/** Another machine: a database with nothing in it, filled from a backup. */
export async function startRestored(
  folder: string,
  backup: () => Promise<{ readonly path: string; readonly passphrase: string }>,
  { cluster = clusterGiven(), port = 0 }: Place = {},
): Promise<RestoredOffice> {
  const own = await ownDatabase(cluster, 'restored');
  const place = { dataDirectory: join(folder, 'data'), databaseUrl: own.url };
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
      await own.drop();
    },
  };
}
