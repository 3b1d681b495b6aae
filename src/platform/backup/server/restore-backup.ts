/*
 * A backup put back.
 *
 *   1  read to its end      before anything is touched: see check-backup.ts
 *   2  one transaction      (the old tables set aside) · the tables as they were made then · COPY · a new epoch · compared
 *   3  committed            or nothing has happened, wherever the machine died
 *   4  brought up to date   newer migrations run afterwards, as at any start
 *
 * What a restored installation must never do is give a number twice: seats begin 100,000 higher, and the server and the imports
 * write from new seats, because lines that they wrote after the backup were seen and named by phones.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Instant } from '../../../kernel/plain-date.ts';
import { closeSealingKey, isClosed, type KeyPlace } from '../../access/server/house-key.ts';
import { listErasures } from '../../book/server/postgres-erasing.ts';
import { type Migration, makeTables, migrate, migrationFiles } from '../../database/server/migrate.ts';
import { isServedByNobody } from '../../database/server/serving-lock.ts';
import type { SealingKey } from '../../sync/server/open-lines.ts';
import { keySection, type Manifest } from '../manifest.ts';
import { type ArchiveOptions, BackupRefused, readArchive } from './archive.ts';
import { bookMarks, quoted } from './back-up.ts';
import { type Checked, checkBackup, textOf } from './check-backup.ts';

export type RestoreOptions = ArchiveOptions & {
  readonly owner: Pool;
  /** This machine's own: the sealing key that comes out of the file is closed with it. */
  readonly keys: KeyPlace;
  readonly now: Instant;
  /** Where books stand already: they are set aside under another name. Without it they are not touched, and it is refused. */
  readonly replace: boolean;
  /** What `checkBackup` said of this file a moment ago; without it, it is asked. */
  readonly checked?: Checked;
};

export type Restored = Checked & {
  readonly epoch: Manifest['epoch'];
  /** The schema under which what stood here before is kept; null where nothing did. */
  readonly keptAs: string | null;
  /** Who was erased here since: to be erased again. */
  readonly erasedHere: Manifest['erasures'];
};

/** How long lines wait for others that have not come back: whoever sent a line since the last backup had a network lately. */
export const gathering = 72 * 3_600_000;

/** Verifies a backup, then puts it back in a new epoch. Throws a BackupRefused, and has changed nothing then. */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { owner, now, replace } = options;
  const checked = options.checked ?? (await checkBackup(options));
  const files = filesOf(checked.manifest);
  const client = await owner.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    if (!(await isServedByNobody(client)))
      throw new BackupRefused('Otaq is running on this database. Stop it, then restore. Nothing was changed.');
    const erasedHere = await erasuresHere(client);
    const keptAs = await makeRoom(client, replace, now);
    await makeTables(client, files);
    await fill(client, options, checked);
    const epoch = await beginEpoch(client, checked.manifest, now);
    await client.query('COMMIT');
    client.release();
    await migrate(owner);
    return { ...checked, epoch, keptAs, erasedHere };
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    client.release(broken ?? true);
    throw error;
  }
}

// The tables are made as they were when the backup was taken, by the same files; newer files follow when the rows are in.
function filesOf({ migrations }: Manifest): readonly Migration[] {
  const here = new Map(migrationFiles().map((file) => [file.name, file]));
  return migrations.map(({ name, sha256 }) => {
    const file = here.get(name);
    if (!file)
      throw new BackupRefused(
        `This backup was made by a newer Otaq: it knows ${name}, and this one does not. Install that version, then restore.`,
      );
    if (file.sha256 !== sha256)
      throw new BackupRefused(
        `The file migrations/${name} is not the one that this backup was made with. Install the version that made it.`,
      );
    return file;
  });
}

async function makeRoom(client: PoolClient, replace: boolean, now: Instant): Promise<string | null> {
  const { rows } = await client.query<{ tables: number }>(
    "SELECT count(*)::int AS tables FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace",
  );
  if (rows[0]?.tables === 0) return null;
  if (!replace && (await hasBooks(client)))
    throw new BackupRefused(
      'Books are kept here already, and nothing was changed. Restore into an empty folder (OTAQ_DATA) or database, or say --replace: what stands here is then kept beside it.',
    );
  const keptAs = `before_restore_${new Date(now).toISOString().slice(0, 19).replaceAll(/\D/g, '')}`;
  await client.query(`ALTER SCHEMA public RENAME TO ${keptAs}`);
  await client.query(`REVOKE ALL ON SCHEMA ${keptAs} FROM PUBLIC`);
  await client.query('CREATE SCHEMA public');
  await client.query('GRANT USAGE ON SCHEMA public TO PUBLIC');
  return keptAs;
}

async function erasuresHere(client: PoolClient): Promise<Manifest['erasures']> {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass('public.erasures') IS NOT NULL AS there");
  return rows[0]?.there ? [...(await listErasures(client))].map((row) => ({ ...row, pages: [...row.pages] })) : [];
}

async function hasBooks(client: PoolClient): Promise<boolean> {
  const there = await client.query<{ there: boolean }>("SELECT to_regclass('public.books') IS NOT NULL AS there");
  if (!there.rows[0]?.there) return true;
  const { rows } = await client.query<{ books: boolean }>('SELECT EXISTS (SELECT FROM books) AS books');
  return rows[0]?.books === true;
}

async function fill(client: PoolClient, file: RestoreOptions, { manifest, seal }: Checked): Promise<void> {
  const columns = new Map(manifest.tables.map((table) => [table.name, table.columns]));
  const sums = new Map(seal.sections.map((section) => [section.name, section]));
  let key: SealingKey | null = null;
  for await (const section of readArchive(file)) {
    if (section.name === keySection) {
      key = JSON.parse(await textOf(section.data)) as SealingKey;
      continue;
    }
    const list = columns.get(section.name);
    if (!list) {
      for await (const _piece of section.data);
      continue;
    }
    const table = quoted(section.name);
    // COPY does not go through row-level security; for the rows of a restore its owner steps over it.
    await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    const into = client.query(copyFrom(`COPY ${table} (${list.map(quoted).join(', ')}) FROM STDIN`));
    await pipeline(Readable.from(section.data, { objectMode: false }), into);
    await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    if (JSON.stringify(section.sum()) !== JSON.stringify(sums.get(section.name)))
      throw new BackupRefused('The file has changed while it was read. Nothing was changed.');
  }
  if (key) await client.query('UPDATE installation SET sealing_key = $1', [closeSealingKey(key, file.keys.make())]);
  const marks = new Map((await bookMarks(client)).map((mark) => [mark.office, JSON.stringify(mark)]));
  for (const mark of manifest.books)
    if (marks.get(mark.office) !== JSON.stringify(mark))
      throw new BackupRefused(
        `Office ${mark.office} does not come out of this backup as it went in. Nothing was changed.`,
      );
}

/**
 * Where the key of the house is lost and the database stands: closes the installation anew with the sealing key that a backup of it holds.
 * Throws a BackupRefused for a backup of another installation, and has changed nothing then.
 */
export async function takeKeyFrom(file: ArchiveOptions, owner: Pool, keys: KeyPlace): Promise<void> {
  let key: SealingKey | null = null;
  for await (const section of readArchive(file))
    if (section.name === keySection) key = JSON.parse(await textOf(section.data)) as SealingKey;
    else for await (const _piece of section.data);
  const { rows } = await owner.query<{ kept: unknown }>('SELECT sealing_key AS kept FROM installation');
  const kept = rows[0]?.kept;
  if (!isClosed(kept)) throw new BackupRefused('Nothing here is closed with a key. Nothing was changed.');
  if (!key || key.publicKey.x !== kept.publicKey.x || key.publicKey.y !== kept.publicKey.y)
    throw new BackupRefused('This backup does not hold the key of this installation. Nothing was changed.');
  await owner.query('UPDATE installation SET sealing_key = $1', [closeSealingKey(key, keys.make())]);
}

async function beginEpoch(client: PoolClient, manifest: Manifest, now: Instant): Promise<Manifest['epoch']> {
  for (const { table, column, last } of manifest.sequences) {
    // Another part of a thousand each time: a backup that is restored twice gives other numbers the second time.
    const from = table === 'seats' ? last + 100_000 + 1000 * randomInt(100) : last;
    await client.query('SELECT setval(pg_get_serial_sequence($1, $2), $3)', [table, column, Math.max(1, from)]);
  }
  // One office that moved here: the books above it are written where it came from.
  if (manifest.office !== null) {
    await client.query('UPDATE books SET kept_elsewhere = true WHERE office <> $1', [manifest.office]);
    await client.query('UPDATE books SET moved_to = NULL');
  }
  const epoch = { number: manifest.epoch.number + 1, name: randomBytes(8).toString('hex') };
  await client.query('UPDATE installation SET epoch_number = $1, epoch_name = $2', [epoch.number, epoch.name]);
  const restored = { epoch: epoch.number, backupAt: manifest.madeAt, at: now };
  await client.query(
    `UPDATE books SET safe = 0, gathers_until = $1, restored = json_build_object('epoch', $2::int, 'backupAt', $3::bigint,
       'at', $4::bigint, 'sequence', sequence, 'hash', head) WHERE NOT kept_elsewhere`,
    [now + gathering, restored.epoch, restored.backupAt, restored.at],
  );
  await client.query('DELETE FROM backups');
  await client.query("UPDATE seats SET closed = 'withdrawn' WHERE nature IN ('server', 'import') AND closed IS NULL");
  // Whoever was at the desk signs in again, and a code that may have been used since is made again.
  await client.query('DELETE FROM sessions');
  await client.query('UPDATE enrolments SET expires_at = 0 WHERE used_at IS NULL');
  return epoch;
}
