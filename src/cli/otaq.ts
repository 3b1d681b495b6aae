#!/usr/bin/env node
/*
 * otaq serve | demo | office | user | import | export | print | backup | restore | move | take-in | person-copy | verify | doctor
 *
 * Exit codes: 0 all is well · 1 it could not be done, or something is wrong · 2 the command was not understood
 */
import { readConfig } from '../server/config.ts';
import { NotUnderstood, say } from './verb.ts';
import { verbs } from './verbs.ts';

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === 'help') {
    say(
      `${Object.values(verbs)
        .map(({ help }) => help.split('\n')[0])
        .join('\n')}\n\notaq <command> --help says more.`,
    );
    return name === undefined ? 2 : 0;
  }
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) {
    process.stderr.write(`otaq has no command "${name}". It has: ${Object.keys(verbs).join(', ')}.\n`);
    return 2;
  }
  if (rest.includes('--help')) {
    say(verb.help);
    return 0;
  }
  try {
    return await verb.run(rest, readConfig(process.env));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return error instanceof NotUnderstood ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
