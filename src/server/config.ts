import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type KeyPlace, keyFile } from '../platform/access/server/house-key.ts';
import { shortestPassphrase } from '../platform/backup/server/archive.ts';
import { readInterval, type Schedule } from '../platform/backup/server/backup-schedule.ts';

export type Config = {
  readonly port: number;
  /** The address of this machine on which it listens; every one where nobody said. */
  readonly host?: string;
  /** Addresses of proxies on other machines that say truly who asks; one on this machine is always believed. */
  readonly proxies?: readonly string[];
  /** Where phones and the desk reach it, without a slash at the end; unknown where nobody said. */
  readonly address?: string;
  readonly dataDirectory: string;
  /** Null: a PostgreSQL of our own, in the data directory. */
  readonly databaseUrl: string | null;
  /** The file with the key of the house; `otaq.key` in the data directory where nobody said otherwise. */
  readonly keyFile?: string;
  /** Backups by themselves; none where nobody said where to. */
  readonly backups?: Schedule;
};

/**
 * Reads PORT, OTAQ_HOST, OTAQ_PROXIES, OTAQ_ADDRESS, OTAQ_DATA, OTAQ_KEY_FILE, DATABASE_URL, OTAQ_PLAIN_DATABASE and OTAQ_BACKUP_…. Throws with a sentence that names the bad one
 * and says what would be right.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const port = environment.PORT ?? '8410';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`PORT is "${port}". It must be a number from 0 to 65535; without it, 8410 is used.`);
  const databaseUrl = environment.DATABASE_URL ?? null;
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    throw new Error('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  if (databaseUrl !== null && environment.OTAQ_PLAIN_DATABASE !== 'yes' && !isSafeOnItsWay(databaseUrl))
    throw new Error(
      'DATABASE_URL leads to another machine without TLS, or without looking whose certificate it is. Add ?sslmode=verify-full to it (and sslrootcert=FILE for a certificate of your own), or say OTAQ_PLAIN_DATABASE=yes where nobody else can listen on that line.',
    );
  const { OTAQ_HOST: host, OTAQ_PROXIES: proxies } = environment;
  if (host !== undefined && host !== '' && !isAddress(host))
    throw new Error(
      `OTAQ_HOST is "${host}". It must be an address of this machine, such as 127.0.0.1; without it, Otaq listens on all.`,
    );
  const believed = (proxies ?? '').split(',').flatMap((text) => text.trim() || []);
  const wrong = believed.find((address) => !isAddress(address));
  if (wrong !== undefined)
    throw new Error(
      `OTAQ_PROXIES names "${wrong}". It must name addresses such as 10.0.0.5, with a comma between two.`,
    );
  const address = environment.OTAQ_ADDRESS === undefined ? null : readAddress(environment.OTAQ_ADDRESS);
  if (address === undefined)
    throw new Error(
      `OTAQ_ADDRESS is "${environment.OTAQ_ADDRESS}". It must be what phones open, such as https://otaq.example.org.`,
    );
  const backups = readSchedule(environment);
  const { OTAQ_KEY_FILE: file } = environment;
  return {
    port: Number(port),
    ...(host !== undefined && host !== '' && { host }),
    ...(believed.length > 0 && { proxies: believed }),
    ...(address !== null && { address }),
    dataDirectory: resolve(environment.OTAQ_DATA ?? './data'),
    databaseUrl,
    ...(file !== undefined && file !== '' && { keyFile: resolve(file) }),
    ...(backups && { backups }),
  };
}

/** Whether what goes to the database stays on this machine, or is sealed to a server that has proved its name. */
function isSafeOnItsWay(databaseUrl: string): boolean {
  const url = new URL(databaseUrl);
  const host = url.searchParams.getAll('host').at(-1) ?? decodeURIComponent(url.hostname);
  if (host === '' || host.startsWith('/') || /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)) return true;
  // Of a word that is said twice the driver takes one: all of them must be right.
  const modes = url.searchParams.getAll('sslmode');
  return modes.length > 0 && modes.every((mode) => mode === 'verify-full');
}

function isAddress(text: string): boolean {
  return text === 'localhost' || /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[\da-f:]*:[\da-f:.]*$/i.test(text);
}

/** Where the key of this installation's house lies. */
export function keysOf({ keyFile: file, dataDirectory }: Pick<Config, 'keyFile' | 'dataDirectory'>): KeyPlace {
  return keyFile(file ?? join(dataDirectory, 'otaq.key'));
}

/** `https://otaq.example.org` without a slash at the end; undefined for what is no such address. */
export function readAddress(text: string): string | undefined {
  return /^https?:\/\/[^\s/]+\/?$/.test(text) ? text.replace(/\/$/, '') : undefined;
}

/** Reads OTAQ_BACKUP_TO, _EVERY, _KEEP and _PASSPHRASE_FILE; null where the first is not given. */
export function readSchedule(environment: NodeJS.ProcessEnv): Schedule | null {
  const { OTAQ_BACKUP_TO: to, OTAQ_BACKUP_PASSPHRASE_FILE: file } = environment;
  if (to === undefined || to === '') return null;
  const every = readInterval(environment.OTAQ_BACKUP_EVERY ?? '24h');
  if (every === null) throw new Error('OTAQ_BACKUP_EVERY must look like 24h, 90m or 7d.');
  const keep = Number(environment.OTAQ_BACKUP_KEEP ?? '14');
  if (!Number.isInteger(keep) || keep < 2)
    throw new Error('OTAQ_BACKUP_KEEP must be a number of 2 or more: one file alone may be the damaged one.');
  if (file === undefined)
    throw new Error('OTAQ_BACKUP_PASSPHRASE_FILE must name the file whose first line is the passphrase of backups.');
  let passphrase: string;
  try {
    passphrase = readFileSync(file, 'utf8').split(/\r?\n/)[0] ?? '';
  } catch {
    throw new Error(`The passphrase of backups could not be read from ${file}.`);
  }
  if ([...passphrase].length < shortestPassphrase)
    throw new Error(`The passphrase in ${file} is too short: it needs ${shortestPassphrase} characters.`);
  return { folder: resolve(to), every, keep, passphrase };
}
