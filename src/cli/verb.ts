import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Config } from '../server/config.ts';

/** One word after `otaq`: what it says of itself, and what it does. Answers the exit code. */
export type Verb = {
  /** The first line names it in one sentence; the rest is shown by --help. */
  readonly help: string;
  readonly run: (words: readonly string[], config: Config) => Promise<number>;
};

/** A command line that was not understood: exit code 2. */
export class NotUnderstood extends Error {}

export const environmentHelp = `
  PORT          where to listen, 8410 unless given
  OTAQ_HOST     the address on which to listen, all of this machine's unless given
  OTAQ_PROXIES  proxies on other machines that are believed who asks; one on this machine always is
  OTAQ_ADDRESS  what phones open, such as https://otaq.example.org: for the codes and pictures that it prints
  OTAQ_DATA     the folder of the data, ./data unless given
  OTAQ_KEY_FILE the file with the key of this installation, otaq.key in that folder unless given
  DATABASE_URL  a PostgreSQL 15 or newer; without it, Otaq brings its own. On another machine it needs
                ?sslmode=verify-full, or OTAQ_PLAIN_DATABASE=yes`;

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Reads options and words in any order. Throws NotUnderstood with a sentence for whatever it does not know. */
export function readWords<O extends ParseArgsOptionsConfig>(verb: string, words: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    const sentence = (error as Error).message.split('. ')[0];
    throw new NotUnderstood(`${sentence}. otaq ${verb} --help says what it knows.`);
  }
}

/** A verb that takes no words. */
export function takesNothing(verb: string, words: readonly string[]): void {
  if (words.length > 0)
    throw new NotUnderstood(`otaq ${verb} does not know "${words[0]}". otaq ${verb} --help says what it knows.`);
}

/** An option that must be given. */
export function given(verb: string, option: string, value: string | undefined): string {
  if (value === undefined || value.trim() === '')
    throw new NotUnderstood(`otaq ${verb} needs ${option}. otaq ${verb} --help shows an example.`);
  return value;
}

/** The number of an office. */
export function officeNumber(verb: string, value: string | undefined): number {
  const text = given(verb, '--office N', value);
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new NotUnderstood(`"${text}" is no office's number. otaq office list shows them.`);
  return Number(text);
}
