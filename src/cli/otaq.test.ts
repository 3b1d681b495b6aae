import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../server/config.ts';
import { NotUnderstood } from './verb.ts';
import { verbs } from './verbs.ts';

const program = join(import.meta.dirname, 'otaq.ts');
const nowhere = readConfig({ OTAQ_DATA: '/nowhere/that/is' });
const otaq = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    encoding: 'utf8',
    env: { ...process.env, OTAQ_DATA: '/nowhere/that/is', DATABASE_URL: undefined },
  });
  return { status, said: `${stdout}${stderr}`.trim() };
};

test('what is not understood is answered with a sentence that says what would be right', async () => {
  for (const [words, sentence] of [
    [['office', 'frob'], 'otaq office can list, add, bearer and code.'],
    [['office', 'add', 'lso', '--bogus'], "Unknown option '--bogus'"],
    [['office', 'add', 'district', '--district', 'Karachi'], '"Karachi" is none of the 15 districts that ship.'],
    [
      ['office', 'add', 'lso', '--name', 'X', '--district', 'Kambar', '--council', 'Y', '--formed-on', '30.10.2017'],
      'Write the day as 2017-10-30.',
    ],
    [['office', 'code', '--office', 'three'], '"three" is no office’s number.'.replace('’', "'")],
    [
      ['import', 'x.csv', '--office', '3', '--what', 'planets'],
      'It may be places, organizations, households, people, donors.',
    ],
    [['import', '/nowhere/x.csv', '--office', '3', '--what', 'places'], 'The file /nowhere/x.csv cannot be read.'],
    [['import', '--undo', 'all', '--office', '3'], '"all" is no import\'s number.'],
    [['export', '--office', '3', '--what', 'places', '--format', 'pdf'], 'It may be csv or xlsx.'],
    [['user', 'add', '--name', 'asma', '--role', 'queen'], '--role is "queen".'],
  ] as const) {
    const [verb, ...rest] = words;
    const thrown = await verbs[verb]?.run(rest, nowhere).catch((error: unknown) => error);
    expect([words.join(' '), thrown]).toEqual([words.join(' '), expect.any(NotUnderstood)]);
    expect((thrown as Error).message).toContain(sentence);
  }
});

test('a command that was not understood ends with 2, so that a script notices', () => {
  for (const [words, sentence] of [
    [['frob'], 'otaq has no command "frob". It has: serve,'],
    [['serve', 'now'], 'otaq serve does not know "now".'],
  ] as const) {
    const { status, said } = otaq(...words);
    expect([words.join(' '), status]).toEqual([words.join(' '), 2]);
    expect(said).toContain(sentence);
  }
}, 300_000);

test('every command says what it knows', () => {
  const { said, status } = otaq('--help');
  expect(status).toBe(0);
  const commands = said.split('\n').flatMap((line) => /^otaq ([\w-]+):/.exec(line)?.[1] ?? []);
  expect(commands).toEqual(Object.keys(verbs));
  for (const [command, { help }] of Object.entries(verbs)) expect(help).toMatch(new RegExp(`^otaq ${command}: .+\\.`));
}, 300_000);
