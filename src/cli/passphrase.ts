import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** The passphrase of a backup: the first line of a file, or asked for, unseen. Twice where a file will depend on it. */
export async function readPassphrase(file: string | undefined, twice: boolean): Promise<string> {
  if (file !== undefined) {
    if (!existsSync(file)) throw new Error(`There is no file ${file} to read the passphrase from.`);
    const [line = ''] = readFileSync(file, 'utf8').split(/\r?\n/);
    if (line === '') throw new Error(`The first line of ${file} is empty. The passphrase stands there.`);
    return line;
  }
  if (!process.stdin.isTTY)
    throw new Error('Nobody is here to ask for the passphrase. Put it into a file and say --passphrase-file FILE.');
  const passphrase = await ask('Passphrase: ');
  if (twice && (await ask('The same again: ')) !== passphrase)
    throw new Error('The two were not the same. Nothing was written.');
  return passphrase;
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
