/*
 * Backups by themselves, on the server's own timer: one whenever the last verified one is older than it may be. What is due is
 * read from the database, so a restart forgets nothing, and a lock keeps a second server from making the same one.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { Instant } from '../../../kernel/plain-date.ts';
import type { KeyPlace } from '../../access/server/house-key.ts';
import { BackupRefused } from './archive.ts';
import { backUp } from './back-up.ts';

export type Schedule = {
  /** Best another disk than the data's. It must be there: a stick that is not plugged in is said, not made. */
  readonly folder: string;
  /** Milliseconds. */
  readonly every: number;
  /** How many files stay. */
  readonly keep: number;
  readonly passphrase: string;
};

/** Any number but the one of migrations. */
const backupLock = 7_241_184;
const fileForm = /^otaq-\d{8}-\d{6}\.age$/;

/** `24h`, `90m` or `7d` in milliseconds; null for anything else. */
export function readInterval(text: string): number | null {
  const match = /^([1-9]\d{0,3})([mhd])$/.exec(text);
  if (!match) return null;
  return Number(match[1]) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[match[2] as 'm' | 'h' | 'd'];
}

/** When the last backup that was read back whole was taken; null where there is none. */
export async function lastVerified(pool: Pick<Pool, 'query'>): Promise<Instant | null> {
  const { rows } = await pool.query<{ at: Instant | null }>('SELECT max(made_at) AS at FROM backups');
  return rows[0]?.at ?? null;
}

/** Makes a backup where one is due; answers its path, or null where none is. Throws a BackupRefused where it cannot. */
export async function backUpWhenDue(
  owner: Pool,
  keys: KeyPlace,
  { folder, every, keep, passphrase, work }: Schedule & { readonly work?: number },
  now: Instant,
): Promise<string | null> {
  const client = await owner.connect();
  let broken: Error | undefined;
  try {
    const lock = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1) AS got', [backupLock]);
    if (!lock.rows[0]?.got) return null;
    try {
      const last = await lastVerified(client);
      if (last !== null && now - last < every) return null;
      if (!existsSync(folder)) throw new BackupRefused(`The folder ${folder} is not there. Is its disk plugged in?`);
      const path = join(folder, nameOf(now));
      await backUp({ path, passphrase, owner, keys, now, ...(work !== undefined && { work }) });
      for (const old of readdirSync(folder)
        .filter((name) => fileForm.test(name))
        .sort()
        .slice(0, -keep))
        rmSync(join(folder, old));
      return path;
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [backupLock]).catch((lost: Error) => {
        broken = lost;
      });
    }
  } finally {
    client.release(broken);
  }
}

function nameOf(now: Instant): string {
  const [day = '', time = ''] = new Date(now).toISOString().replaceAll(/[-:]/g, '').split(/[T.]/);
  return `otaq-${day}-${time}.age`;
}
