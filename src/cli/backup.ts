import { backUp } from '../platform/backup/server/back-up.ts';
import { type Checked, checkBackup } from '../platform/backup/server/check-backup.ts';
import { openDatabase } from '../platform/database/server/open-database.ts';
import { keysOf } from '../server/config.ts';
import { readPassphrase } from './passphrase.ts';
import { environmentHelp, given, readWords, say, type Verb } from './verb.ts';

const options = {
  out: { type: 'string' },
  check: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

export const backup: Verb = {
  help: `otaq backup: writes the whole installation to one encrypted file and reads it back, while Otaq goes on working.

  otaq backup --out FILE   [--passphrase-file FILE]
  otaq backup --check FILE [--passphrase-file FILE]     verifies a file and touches nothing

The passphrase is asked for where no file is named, here or in OTAQ_BACKUP_PASSPHRASE_FILE. Without it the backup is worth nothing to anybody, also not to you.
docs/operate/backup-and-restore.md says when, where to keep both, and how to practise.
${environmentHelp}`,
  async run(words, config) {
    const { values } = readWords('backup', words, options);
    if (values.check !== undefined) {
      const passphrase = await readPassphrase(values['passphrase-file'], false);
      describe(await checkBackup({ path: values.check, passphrase }));
      say('This backup is whole.');
      return 0;
    }
    const path = given('backup', '--out FILE', values.out);
    const file = values['passphrase-file'] ?? process.env.OTAQ_BACKUP_PASSPHRASE_FILE;
    const passphrase = await readPassphrase(file, true);
    const database = await openDatabase(config);
    try {
      describe(await backUp({ path, passphrase, owner: database.owner, keys: keysOf(config), now: Date.now() }));
      say(`Written to ${path}, read back, and whole.`);
      return 0;
    } finally {
      await database.close();
    }
  },
};

export function describe({ manifest, seal, bytes }: Checked): void {
  const rows = seal.sections.reduce((sum, section) => sum + (section.name === 'manifest' ? 0 : section.rows), 0);
  say(`Taken ${new Date(manifest.madeAt).toISOString()}, epoch ${manifest.epoch.number}: ${rows} rows, ${bytes} bytes`);
  for (const { office, sequence } of manifest.books) say(`  office ${office}: ${sequence} entries`);
}
