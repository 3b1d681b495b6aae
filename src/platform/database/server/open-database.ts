import type { Pool } from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';
import { openPool } from './pool.ts';

/** The role that Otaq works as: no superuser, bound by row-level security, owner of nothing. */
export const appRole = 'otaq_app';

export type Database = {
  /** What the server answers phones with. */
  readonly app: Pool;
  /** For what may wait: the desk, prints, exports. However many ask for those, a phone's lines find a connection. */
  readonly aside: Pool;
  /** Migrations and `otaq verify` only. */
  readonly owner: Pool;
  readonly close: () => Promise<void>;
};

export type DatabaseOptions = {
  readonly dataDirectory: string;
  /** Null: a PostgreSQL of our own, in the data directory. */
  readonly databaseUrl: string | null;
};

/** The database as its owner alone, with nothing made or changed in it yet. */
export type OwnedDatabase = { readonly owner: Pool; readonly url: string; readonly close: () => Promise<void> };

/** Opens the database as its owner: for a restore, which brings its own tables. Throws with a sentence that says what to do. */
export async function openOwned(options: DatabaseOptions): Promise<OwnedDatabase> {
  const embedded: EmbeddedPostgres | null =
    options.databaseUrl === null ? await startEmbeddedPostgres({ dataDirectory: options.dataDirectory }) : null;
  const url = embedded?.ownerUrl ?? (options.databaseUrl as string);
  const owner = openPool(url, { size: 4 });
  const close = async () => {
    await owner.end();
    await embedded?.release();
  };
  try {
    await checkVersion(owner);
    await makeAppRole(owner);
  } catch (error) {
    await close();
    throw error;
  }
  return { owner, url, close };
}

/** Opens and migrates the database. Throws with a sentence that says what to do. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { owner, url, close } = await openOwned(options);
  try {
    await migrate(owner);
  } catch (error) {
    await close();
    throw error;
  }
  const app = openPool(url, { size: 12, role: appRole });
  const aside = openPool(url, { size: 4, role: appRole });
  return {
    app,
    aside,
    owner,
    async close() {
      await app.end();
      await aside.end();
      await close();
    },
  };
}

async function checkVersion(owner: Pool): Promise<void> {
  const { rows } = await owner.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
  const version = Math.floor(Number(rows[0]?.version) / 10_000);
  if (version < 15) throw new Error(`DATABASE_URL leads to PostgreSQL ${version}. Otaq needs 15 or newer.`);
}

/** Makes the app's role, and lets the user of the URL speak as it. */
export async function makeAppRole(owner: Pool): Promise<void> {
  await owner.query(`DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${appRole}') THEN
      CREATE ROLE ${appRole} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
    IF NOT pg_has_role(current_user, '${appRole}', 'MEMBER') THEN
      EXECUTE format('GRANT ${appRole} TO %I', current_user);
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`);
}
