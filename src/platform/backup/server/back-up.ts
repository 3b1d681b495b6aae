/*
 * A backup of the whole installation, or of one office that moves.
 *
 *   1  one snapshot    repeatable read: every table as it was in the same moment, while the office goes on writing; and, opened, the
 *                      sealing key, which those tables hold closed
 *   2  written beside  FILE.part, table by table with COPY, encrypted
 *   3  read back       decrypted, counted and hashed again from the disk
 *   4  named           FILE.part becomes FILE: what bears the name has been verified
 *   5  remembered      and what stands in two verified backups may go from phones (`books.safe`)
 */

import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Pool, PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Instant } from '../../../kernel/plain-date.ts';
import { isClosed, type KeyPlace, openSealingKey } from '../../access/server/house-key.ts';
import { listErasures } from '../../book/server/postgres-erasing.ts';
import { inTransaction } from '../../database/server/transaction.ts';
import { type BookMark, backupFormat, keySection, type Manifest } from '../manifest.ts';
import { type ArchiveOptions, BackupRefused, type Section, shortestPassphrase, writeArchive } from './archive.ts';
import { type Checked, checkBackup } from './check-backup.ts';

export type BackupOptions = ArchiveOptions & { readonly owner: Pool; readonly keys: KeyPlace; readonly now: Instant };

/** Makes a verified backup of the installation at `path`. Throws a BackupRefused with a sentence where it cannot. */
export async function backUp(options: BackupOptions): Promise<Checked> {
  const checked = await writeVerified(options, null);
  await remember(options.owner, checked, options.now);
  return checked;
}

/**
 * Closes one office's book here and writes it, with what it reads of the books above it, to a verified file. Its phones hear
 * `address` from now on. Where the file could not be written, the book is open again. Nothing is remembered: it is no backup.
 */
export async function moveOut(options: BackupOptions, office: number, address: string): Promise<Checked> {
  const { owner } = options;
  // Waits for a push that is under way; whoever comes later is told the new address.
  const { rowCount } = await owner.query('UPDATE books SET moved_to = $2 WHERE office = $1 AND NOT kept_elsewhere', [
    office,
    address,
  ]);
  if (rowCount !== 1) throw new BackupRefused(`No book of an office ${office} is kept here.`);
  try {
    return await writeVerified(options, office);
  } catch (error) {
    await owner.query('UPDATE books SET moved_to = NULL WHERE office = $1', [office]);
    throw error;
  }
}

async function writeVerified(options: BackupOptions, office: number | null): Promise<Checked> {
  const { path, passphrase, owner, keys, now } = options;
  if ([...passphrase].length < shortestPassphrase)
    throw new BackupRefused(
      `The passphrase is too short: it needs ${shortestPassphrase} characters. Six words that nobody would guess are good.`,
    );
  if (existsSync(path)) throw new BackupRefused(`${path} is there already. A backup never writes over another file.`);
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    await inSnapshot(owner, async (client) => {
      const manifest = await manifestOf(client, now, office);
      const key = await openedKey(client, keys);
      await writeArchive({ ...options, path: part }, sectionsOf(client, manifest, key), (sums) => ({
        name: 'seal',
        data: [Buffer.from(JSON.stringify({ sections: sums }))],
      }));
    });
    const checked = await checkBackup({ path: part, passphrase });
    renameSync(part, path);
    return checked;
  } finally {
    rmSync(part, { force: true });
  }
}

function inSnapshot<T>(owner: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const begin = async (client: PoolClient) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // A large table takes longer than a request may.
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL idle_in_transaction_session_timeout = 0');
  };
  return inTransaction(owner, begin, work);
}

// The file that closes it stays where it is: on the machine that reads this backup, its own closes it anew.
async function openedKey(client: PoolClient, keys: KeyPlace): Promise<string | null> {
  const { rows } = await client.query<{ kept: unknown }>('SELECT sealing_key AS kept FROM installation');
  const kept = rows[0]?.kept;
  return isClosed(kept) ? JSON.stringify(openSealingKey(kept, keys)) : null;
}

async function manifestOf(client: PoolClient, madeAt: Instant, office: number | null): Promise<Manifest> {
  const epoch = await client.query<Manifest['epoch']>(
    'SELECT epoch_number AS number, epoch_name AS name FROM installation',
  );
  if (!epoch.rows[0]) throw new BackupRefused('There is nothing to back up yet: Otaq has not been started here.');
  const migrations = await client.query<Manifest['migrations'][number]>(
    'SELECT name, sha256 FROM migrations ORDER BY name',
  );
  const books = await bookMarks(client);
  if (office !== null && !books.some((book) => book.office === office))
    throw new BackupRefused(
      `There is no office ${office} here. It has: ${books.map((book) => book.office).join(', ')}.`,
    );
  return {
    format: backupFormat,
    madeAt,
    epoch: epoch.rows[0],
    office,
    migrations: migrations.rows,
    tables: await tablesOf(client),
    sequences: await sequencesOf(client),
    erasures: (await listErasures(client))
      .filter((row) => office === null || row.office === office)
      .map((row) => ({ ...row, pages: [...row.pages] })),
    books: office === null ? books : books.filter((book) => book.office === office),
  };
}

/** Where each book stands, with a hash over its figures. Also asked after a restore, of the restored ones. */
export async function bookMarks(client: PoolClient): Promise<BookMark[]> {
  const { rows } = await client.query<BookMark>(
    `SELECT office, sequence, head, encode(sha256(convert_to(coalesce((
       SELECT string_agg(concat_ws('|', purpose, figure, dimensions, period, count), E'\\n'
         ORDER BY figure COLLATE "C", dimensions COLLATE "C", period COLLATE "C", purpose COLLATE "C")
       FROM figures WHERE figures.office = books.office AND count <> 0), ''), 'UTF8')), 'hex') AS figures
     FROM books ORDER BY office`,
  );
  return rows;
}

// Every table, those that others refer to first. The list of migrations is made anew, by the migrations.
async function tablesOf(client: PoolClient): Promise<Manifest['tables'][number][]> {
  const { rows } = await client.query<{ name: string; columns: string[]; needs: string[] }>(
    `SELECT c.relname AS name,
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       coalesce((SELECT json_agg(DISTINCT f.confrelid::regclass::text) FROM pg_constraint f
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid), '[]') AS needs
     FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'migrations'
     ORDER BY c.relname`,
  );
  const open = new Map(rows.map((table) => [table.name, table]));
  const ordered: Manifest['tables'][number][] = [];
  while (open.size > 0) {
    const ready = [...open.values()].filter(({ needs }) => !needs.some((need) => open.has(need.replaceAll('"', ''))));
    if (ready.length === 0) throw new Error(`tables refer to each other in a ring: ${[...open.keys()].join(', ')}`);
    for (const { name, columns } of ready) {
      ordered.push({ name, columns });
      open.delete(name);
    }
  }
  return ordered;
}

async function sequencesOf(client: PoolClient): Promise<Manifest['sequences'][number][]> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT c.relname AS table, a.attname AS column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
       AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL ORDER BY 1, 2`,
  );
  const sequences: Manifest['sequences'][number][] = [];
  for (const { table, column, sequence } of rows) {
    // A sequence that was never used says its first number and that it was not called.
    const read = await client.query<{ last: number }>(
      `SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END AS last FROM ${sequence}`,
    );
    sequences.push({ table, column, last: read.rows[0]?.last ?? 0 });
  }
  return sequences;
}

async function* sectionsOf(client: PoolClient, manifest: Manifest, key: string | null): AsyncGenerator<Section> {
  const links = manifest.office === null ? [] : await linksOf(client);
  yield { name: 'manifest', data: [Buffer.from(JSON.stringify(manifest))] };
  if (key !== null) yield { name: keySection, data: [Buffer.from(key)] };
  for (const table of manifest.tables)
    yield { name: table.name, data: client.query(copyTo(copyOut(table, manifest.office, links))) };
}

/** What of a table is written: all of it, or what one office takes along. */
function copyOut({ name, columns }: Manifest['tables'][number], office: number | null, links: readonly Link[]): string {
  const list = columns.map(quoted).join(', ');
  if (office === null) return `COPY ${quoted(name)} (${list}) TO STDOUT`;
  return `COPY (SELECT ${list} FROM ${quoted(name)} WHERE ${takenAlong(name, office, links)}) TO STDOUT`;
}

/** A foreign key, or a column that names the office. */
type Link = {
  readonly table: string;
  readonly columns: readonly string[];
  readonly to: string;
  readonly there: readonly string[];
};

async function linksOf(client: PoolClient): Promise<Link[]> {
  const names = (numbers: string, table: string) =>
    `(SELECT json_agg(a.attname ORDER BY k.nth) FROM unnest(f.${numbers}) WITH ORDINALITY AS k (number, nth)
      JOIN pg_attribute a ON a.attrelid = f.${table} AND a.attnum = k.number)`;
  const { rows } = await client.query<Link>(
    `SELECT c.relname AS table, ${names('conkey', 'conrelid')} AS columns, t.relname AS to, ${names('confkey', 'confrelid')} AS there
     FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class t ON t.oid = f.confrelid
     WHERE f.contype = 'f' AND f.conrelid <> f.confrelid AND c.relnamespace = 'public'::regnamespace
     UNION ALL
     SELECT c.relname, json_build_array('office'), '', '[]'::json FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE a.attname = 'office' AND NOT a.attisdropped AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`,
  );
  return rows;
}

const above = (office: number) =>
  `WITH RECURSIVE line AS (SELECT office, above FROM books WHERE office = ${office}
     UNION ALL SELECT b.office, b.above FROM books b JOIN line ON b.office = line.above) SELECT office FROM line`;

// Of the books above go the pages that every office reads, and nothing else: not their entries, their people or their figures. A
// table that has no office of its own follows those that it refers to.
function takenAlong(name: string, office: number, links: readonly Link[]): string {
  if (name === 'installation') return 'true';
  if (name === 'books') return `office IN (${above(office)})`;
  if (name === 'records') return `office = ${office} OR (purpose = 'reference' AND office IN (${above(office)}))`;
  if (name === 'record_keys')
    return `office = ${office} OR (office, id) IN (SELECT r.office, r.id FROM records r WHERE r.purpose = 'reference'
      AND r.office IN (${above(office)}))`;
  const own = links.filter(({ table }) => table === name);
  if (own.length === 0) return 'false';
  return own
    .map(({ columns, to, there }) =>
      to === ''
        ? `office = ${office}`
        : `(${columns.map(quoted).join(', ')}) IN (SELECT ${there.map(quoted).join(', ')} FROM ${quoted(to)} WHERE ${takenAlong(to, office, links)})`,
    )
    .join(' AND ');
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

async function remember(owner: Pool, { manifest, bytes }: Checked, now: Instant): Promise<void> {
  const sequences = Object.fromEntries(manifest.books.map(({ office, sequence }) => [office, sequence]));
  await owner.query('INSERT INTO backups (made_at, verified_at, bytes, sequences) VALUES ($1, $2, $3, $4)', [
    manifest.madeAt,
    now,
    bytes,
    JSON.stringify(sequences),
  ]);
  // Two files hold what phones may forget: one that is damaged a week later loses nothing.
  await owner.query(
    `UPDATE books SET safe = greatest(safe, (before.sequences->>(office::text))::bigint)
     FROM (SELECT sequences FROM backups ORDER BY made_at DESC, backup DESC OFFSET 1 LIMIT 1) AS before
     WHERE before.sequences->>(office::text) IS NOT NULL`,
  );
}
