import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { isClosed, isReadByOthers, type KeyPlace, openSealingKey } from '../platform/access/server/house-key.ts';
import { lastVerified } from '../platform/backup/server/backup-schedule.ts';
import { openDatabase } from '../platform/database/server/open-database.ts';
import { keysOf } from '../server/config.ts';
import { type Clocks, clockFaults } from './clock.ts';
import { environmentHelp, say, takesNothing, type Verb } from './verb.ts';

/** What is wrong with the key of the house. */
async function keyFaults(owner: Pool, keys: KeyPlace): Promise<readonly string[]> {
  const { rows } = await owner.query<{ kept: unknown }>('SELECT sealing_key AS kept FROM installation');
  const kept = rows[0]?.kept;
  const isThere = existsSync(keys.where);
  const readable =
    isThere && isReadByOthers(keys.where)
      ? [`a key that nobody else reads: chmod 600 ${keys.where}, and chown it to Otaq's user`]
      : [];
  if (!isClosed(kept)) {
    say('The key of this installation closes it at the next start');
    return readable;
  }
  try {
    openSealingKey(kept, keys);
    say(`The key of this installation is ${keys.where}`);
    return readable;
  } catch (error) {
    return [...readable, `the key of this installation. ${(error as Error).message}`];
  }
}

async function clocksOf(owner: Pool): Promise<Clocks> {
  const before = Date.now();
  const { rows } = await owner.query<{ database: number; last: number | null }>(
    `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS database,
       (SELECT max(e.received_at) FROM books b CROSS JOIN LATERAL (SELECT received_at FROM entries
          WHERE office = b.office ORDER BY sequence DESC LIMIT 1) e) AS last`,
  );
  // Where systemd sets the clock, it says since when by a file; other systems say nothing here.
  const keeper = '/run/systemd/timesync';
  return {
    machine: before,
    database: rows[0]?.database ?? before,
    lastEntry: rows[0]?.last ?? null,
    isKept: existsSync(keeper) ? existsSync(join(keeper, 'synchronized')) : null,
  };
}

const hoursSince = (at: number) => Math.floor((Date.now() - at) / 3_600_000);

export const doctor: Verb = {
  help: `otaq doctor: says what of this machine Otaq needs and lacks.\nExit code 1 when something is lacking.\n${environmentHelp}`,
  async run(words, config) {
    takesNothing('doctor', words);
    const lacks: string[] = [];
    const node = Number(process.versions.node.split('.')[0]);
    say(`Node ${process.versions.node}${node >= 24 ? '' : ': too old'}`);
    if (node < 24) lacks.push('Node 24: npm start brings it');
    const built = existsSync(join(import.meta.dirname, '../../dist/phone/phone.html'));
    say(`The phone app is ${built ? 'built' : 'not built'}`);
    if (!built) lacks.push('the built app: npm run build');
    const prints = existsSync(join(import.meta.dirname, '../platform/print/server/fonts'));
    say(`The fonts for printing are ${prints ? 'built' : 'not built'}`);
    if (!prints) lacks.push('the fonts for printing: npm run build');
    try {
      const database = await openDatabase(config);
      const { rows } = await database.owner.query<{ version: string; migrations: number }>(
        "SELECT current_setting('server_version') AS version, (SELECT count(*)::int FROM migrations) AS migrations",
      );
      say(`PostgreSQL ${rows[0]?.version}, ${rows[0]?.migrations} migration(s) applied`);
      const last = await lastVerified(database.owner);
      const real = await database.owner.query<{ real: boolean }>(
        'SELECT EXISTS (SELECT FROM books) AND NOT EXISTS (SELECT FROM installation WHERE sample) AS real',
      );
      say(last === null ? 'There is no verified backup' : `The last verified backup is ${hoursSince(last)} hours old`);
      if (real.rows[0]?.real && (last === null || hoursSince(last) > 48))
        lacks.push('a verified backup of the last two days: otaq backup --out FILE, or otaq serve --backup-to FOLDER');
      lacks.push(...(await keyFaults(database.owner, keysOf(config))));
      const clocks = await clocksOf(database.owner);
      say(`The clock says ${new Date(clocks.machine).toISOString().slice(0, 16).replace('T', ' ')} UTC`);
      lacks.push(...clockFaults(clocks));
      await database.close();
    } catch (error) {
      say(`The database does not open: ${(error as Error).message}`);
      lacks.push('a database');
    }
    for (const lack of lacks) say(`Lacking: ${lack}`);
    if (lacks.length === 0) say('Nothing is lacking.');
    return lacks.length === 0 ? 0 : 1;
  },
};
