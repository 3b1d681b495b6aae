import { moveOut } from '../platform/backup/server/back-up.ts';
import { openDatabase } from '../platform/database/server/open-database.ts';
import { keysOf } from '../server/config.ts';
import { describe } from './backup.ts';
import { readPassphrase } from './passphrase.ts';
import { environmentHelp, given, NotUnderstood, officeNumber, readWords, say, type Verb } from './verb.ts';

const options = {
  office: { type: 'string' },
  to: { type: 'string' },
  out: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

export const move: Verb = {
  help: `otaq move: gives one office to another machine. Its book is closed here and written to one encrypted file.

  otaq move --office N --to https://new.address --out FILE [--passphrase-file FILE]

There: otaq restore FILE, into an empty folder. Phones of the office are told the new address from now on. The file carries the
key to which this installation's unsent lines are sealed: give it only to whoever may read them.
${environmentHelp}`,
  async run(words, config) {
    const { values } = readWords('move', words, options);
    const office = officeNumber('move', values.office);
    const to = given('move', '--to ADDRESS', values.to);
    if (!/^https?:\/\/[^\s/]+\/?$/.test(to))
      throw new NotUnderstood(`"${to}" is no address such as https://ibtida.example.org.`);
    const path = given('move', '--out FILE', values.out);
    const passphrase = await readPassphrase(values['passphrase-file'], true);
    const database = await openDatabase(config);
    try {
      const { owner } = database;
      describe(await moveOut({ path, passphrase, owner, keys: keysOf(config), now: Date.now() }, office, to));
      say(`Office ${office} is closed here. Take ${path} to the other machine: otaq restore ${path}`);
      return 0;
    } finally {
      await database.close();
    }
  },
};
