import { pino } from 'pino';
import { readSchedule } from '../server/config.ts';
import { startServer } from '../server/main.ts';
import { environmentHelp, NotUnderstood, readWords, say, type Verb } from './verb.ts';

const options = {
  'backup-to': { type: 'string' },
  'backup-every': { type: 'string' },
  keep: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const;

export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

export const serve: Verb = {
  help: `otaq serve: answers phones and the desk until it is stopped.

  otaq serve [--backup-to FOLDER --passphrase-file FILE [--backup-every 24h] [--keep 14]]

With a folder it makes verified backups by itself. The same may stand in OTAQ_BACKUP_TO, OTAQ_BACKUP_PASSPHRASE_FILE,
OTAQ_BACKUP_EVERY and OTAQ_BACKUP_KEEP.
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('serve', words, options);
    if (positionals[0] !== undefined) throw new NotUnderstood(`otaq serve does not know "${positionals[0]}".`);
    const said: NodeJS.ProcessEnv = { ...process.env };
    if (values['backup-to'] !== undefined) said.OTAQ_BACKUP_TO = values['backup-to'];
    if (values['backup-every'] !== undefined) said.OTAQ_BACKUP_EVERY = values['backup-every'];
    if (values.keep !== undefined) said.OTAQ_BACKUP_KEEP = values.keep;
    if (values['passphrase-file'] !== undefined) said.OTAQ_BACKUP_PASSPHRASE_FILE = values['passphrase-file'];
    const backups = readSchedule(said);
    const log = pino({ level: process.env.LOG_LEVEL ?? 'info' });
    const running = await startServer({ ...config, ...(backups && { backups }) }, log);
    const address = config.address ?? running.url;
    say(`Otaq answers on ${running.url}${config.address === undefined ? '' : ` for ${address}`}`);
    if (running.isKeyNew)
      say(`The key of this installation was made: ${running.keys.where}. Without it the database opens nothing: a second server on the same
database needs a copy of this very file, and so does this one if it moves. A backup needs none.`);
    if (running.firstWord !== null)
      say(`
Nobody can sign in yet. To open the programme, its districts and the first LSO, go to

  ${address}/desk/opening

and write this word, which is good until the first account is made or Otaq is stopped:

  ${running.firstWord}
`);
    if (backups) say(`Backups go to ${backups.folder}.`);
    await untilStopped();
    await running.close();
    return 0;
  },
};
