import { pino } from 'pino';
import { checkBackup } from '../platform/backup/server/check-backup.ts';
import { restoreBackup, takeKeyFrom } from '../platform/backup/server/restore-backup.ts';
import { openOwned } from '../platform/database/server/open-database.ts';
import { keysOf } from '../server/config.ts';
import { openServer } from '../server/main.ts';
import { describe } from './backup.ts';
import { readPassphrase } from './passphrase.ts';
import { environmentHelp, NotUnderstood, readWords, say, type Verb } from './verb.ts';
import { verifyBooks } from './verify.ts';

const options = {
  replace: { type: 'boolean' },
  'key-only': { type: 'boolean' },
  'erasures-from': { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

export const restore: Verb = {
  help: `otaq restore: puts a backup back, or one office that moved here. Reads the whole file before it touches anything.

  otaq restore FILE [--passphrase-file FILE] [--replace] [--erasures-from NEWER-FILE]
  otaq restore FILE [--passphrase-file FILE] --key-only

Into an empty folder (OTAQ_DATA) or database. With --replace, where books stand already: they are kept beside, under
another name, and nothing of them is deleted. Stop Otaq first. Phones come back by themselves and bring what is missing.
--key-only: the books stand, and otaq.key is lost. Takes the sealing key out of a backup of the same installation, closes it with a
new otaq.key, and touches nothing else.
Whoever was erased after the backup is erased again, as far as the replaced books or a newer backup know of it.
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('restore', words, options);
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) throw new NotUnderstood('otaq restore needs one FILE.');
    const passphrase = await readPassphrase(values['passphrase-file'], false);
    // Before a database is even started.
    const checked = await checkBackup({ path, passphrase });
    const newer = values['erasures-from'];
    const erasures = newer === undefined ? [] : (await checkBackup({ path: newer, passphrase })).manifest.erasures;
    const owned = await openOwned(config);
    try {
      if (values['key-only'] === true) {
        await takeKeyFrom({ path, passphrase }, owned.owner, keysOf(config));
        say(
          `The books were not touched. Their key was taken out of the backup, and ${keysOf(config).where} closes it.`,
        );
        return 0;
      }
      const restored = await restoreBackup({
        path,
        passphrase,
        checked,
        owner: owned.owner,
        keys: keysOf(config),
        now: Date.now(),
        replace: values.replace === true,
      });
      describe(restored);
      erasures.push(...restored.erasedHere);
      if (restored.keptAs !== null) say(`What stood here before is kept in the schema ${restored.keptAs}.`);
      say(`Restored, in epoch ${restored.epoch.number}.`);
    } finally {
      await owned.close();
    }
    const { server, database } = await openServer(config, pino({ level: process.env.LOG_LEVEL ?? 'warn' }));
    try {
      await server.tellRestorations();
      const erased = await server.applyErasures(erasures);
      if (erased > 0) say(`Erased again: ${erased}.`);
      // The backup may have been counted by older rules.
      await server.recountFigures();
      const faults = (await verifyBooks(database.owner)).flatMap(({ office, faults }) =>
        faults.map((fault) => `office ${office}: ${fault}`),
      );
      for (const fault of faults) say(`  BAD: ${fault}`);
      say(faults.length === 0 ? 'Every book verifies.' : 'The backup was put back as it is, and it was bad before.');
      return faults.length === 0 ? 0 : 1;
    } finally {
      await database.close();
    }
  },
};
