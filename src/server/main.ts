import { join } from 'node:path';
import type { Pool } from 'pg';
import { resumeImports } from '../network/exchange/server/import-office.ts';
import { openedOffices } from '../network/programmes/server/opening.ts';
import type { FirstRun } from '../network/programmes/server/opening-routes.ts';
import type { KeyPlace } from '../platform/access/server/house-key.ts';
import { makeWord } from '../platform/access/server/secrets.ts';
import { backUpWhenDue, type Schedule } from '../platform/backup/server/backup-schedule.ts';
import { type Database, openDatabase } from '../platform/database/server/open-database.ts';
import { markServing, type Serving } from '../platform/database/server/serving-lock.ts';
import { faultOf } from '../platform/http/server/fault.ts';
import { openLine } from '../platform/http/server/open-line.ts';
import { type Config, keysOf } from './config.ts';
import { installationOf } from './installation.ts';
import { type Log, type OfficeServer, officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

export type Running = {
  readonly url: string;
  readonly server: OfficeServer;
  readonly database: Database;
  /** The word that leads the first run; null once there is staff. */
  readonly firstWord: string | null;
  readonly keys: KeyPlace;
  /** The key of the house was made at this start. */
  readonly isKeyNew: boolean;
  /** Answers what is under way, then stops. */
  readonly close: () => Promise<void>;
};

/** How often neighbours' counts are looked at, in milliseconds. */
const shareEvery = 60_000;
const built = join(import.meta.dirname, '../../dist');

/** Opens the database for a command that answers no phones. */
export async function openServer(
  config: Config,
  log: Log,
): Promise<Pick<Running, 'server' | 'database' | 'keys' | 'isKeyNew'>> {
  const database = await openDatabase(config);
  try {
    const keys = keysOf(config);
    const { sealingKey, isKeyNew } = await installationOf(database.owner, keys);
    return {
      server: officeServer(database.app, sealingKey, log, Date.now, database.aside),
      database,
      keys,
      isKeyNew,
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Opens the database and answers on the port. `prepare` runs before the first request. */
export async function startServer(
  config: Config,
  log: Log,
  prepare: (server: OfficeServer, database: Database) => Promise<void> = async () => undefined,
): Promise<Running> {
  const { server, database, keys, isKeyNew } = await openServer(config, log);
  let serving: Serving | null = null;
  try {
    serving = await markServing(database.owner);
    await prepare(server, database);
    await server.tellRestorations();
    await server.readRules();
    const firstRun = await firstRunOf(server, database);
    const { http, port } = await openLine(routesOf(server, built, firstRun, config.proxies).fetch, config);
    void server.recountFigures().catch((error) => log.error(faultOf(error), 'figures could not be counted again'));
    void resumeImports(server).catch((error) => log.error(faultOf(error), 'an import did not go on'));
    /** What is done every minute, while it is being done. */
    let sharing: Promise<void> | null = null;
    const share = async () => {
      try {
        await serving?.keep();
        await server.shareCounts();
        await server.readRules();
        await server.listLsos();
        await server.carryTransfers();
        await server.carryOutErasures();
        await server.tellLooks();
      } catch (error) {
        log.error(faultOf(error), 'what is done every minute could not be done');
      }
      sharing = null;
    };
    const sharer = setInterval(() => {
      sharing ??= share();
    }, shareEvery);
    const { backups } = config;
    const round = backups ? backupRound(database.owner, keys, backups, log) : null;
    void round?.();
    const backer = round && setInterval(() => void round(), shareEvery);
    return {
      url: addressAt(port, config.host),
      server,
      database,
      firstWord: firstRun?.word ?? null,
      keys,
      isKeyNew,
      async close() {
        clearInterval(sharer);
        if (backer) clearInterval(backer);
        await new Promise((done) => http.close(done));
        await sharing;
        serving?.release();
        await database.close();
      },
    };
  } catch (error) {
    serving?.release();
    await database.close();
    throw error;
  }
}

/** How a browser of this machine reaches it. */
function addressAt(port: number, host?: string): string {
  const url = new URL(`http://localhost:${port}`);
  if (host !== undefined && host !== '0.0.0.0' && host !== '::') url.hostname = host.includes(':') ? `[${host}]` : host;
  return url.origin;
}

/** A new word at every start, while nobody can sign in yet. */
async function firstRunOf(server: OfficeServer, { owner }: Database): Promise<FirstRun | null> {
  return (await openedOffices(server.app)).hasStaff ? null : { word: makeWord(), owner };
}

/** After a failure the next try waits this long, so that a disk which is full is not filled every minute. */
const backupPause = 10 * 60_000;

function backupRound(owner: Pool, keys: KeyPlace, schedule: Schedule, log: Log): () => Promise<void> {
  let busy = false;
  let notBefore = 0;
  return async () => {
    if (busy || Date.now() < notBefore) return;
    busy = true;
    try {
      const path = await backUpWhenDue(owner, keys, schedule, Date.now());
      if (path !== null) log.info({ path }, 'a backup was made and verified');
    } catch (error) {
      notBefore = Date.now() + backupPause;
      log.error({ error: (error as Error).message }, 'no backup could be made');
    }
    busy = false;
  };
}
