/* The papers of whoever keeps a server: what they print is what the program knows. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verbs } from '../src/cli/verbs.ts';
import { readConfig } from '../src/server/config.ts';

const papers = join(import.meta.dirname, '../docs/operate');
const pages = readdirSync(papers).filter((name) => name.endsWith('.md'));

/** Every `otaq …` of a page, in a block of its own or inside a sentence, as its words. */
function commandsOf(page: string): string[][] {
  const text = readFileSync(join(papers, page), 'utf8');
  const printed = [...text.matchAll(/`([^`\n]+)`/g), ...text.matchAll(/^ *([^`\n]*\botaq [^`\n]*)$/gm)]
    .map(([, line = '']) => line.trim())
    .flatMap((line) => /^(?:OTAQ_DATA=\S+ )?(?:npm run otaq -- |otaq )(.*)$/.exec(line)?.[1] ?? []);
  return printed.map((line) => line.split(/\s+/)).filter(([verb = '']) => /^[a-z]/.test(verb));
}

test('every command that the papers print is one that the program knows, with all its options', () => {
  let printed = 0;
  for (const page of pages)
    for (const [verb = '', ...words] of commandsOf(page)) {
      printed += 1;
      expect(Object.keys(verbs), page).toContain(verb);
      for (const option of words.filter((word) => word.startsWith('--') && word !== '--help'))
        expect(verbs[verb]?.help, `${page}: otaq ${verb} ${option}`).toContain(option);
    }
  expect(printed).toBeGreaterThan(30);
});

test('the settings of a server are settings that the program reads', () => {
  const lines = readFileSync(join(papers, 'otaq.settings'), 'utf8').split('\n');
  const settings = lines.flatMap((line) => /^#?(\w+)=(.*)$/.exec(line)?.slice(1, 3) ?? []);
  const folder = mkdtempSync(join(tmpdir(), 'otaq-settings-'));
  try {
    const passphrase = join(folder, 'passphrase');
    writeFileSync(passphrase, 'six words that nobody would guess\n');
    const environment = Object.fromEntries(
      settings.flatMap((name, i) => (i % 2 === 0 ? [[name, settings[i + 1] ?? '']] : [])),
    );
    const config = readConfig({ ...environment, OTAQ_BACKUP_PASSPHRASE_FILE: passphrase });
    expect(config).toMatchObject({
      dataDirectory: '/srv/otaq/data',
      address: 'https://otaq.example.org',
      backups: { folder: '/media/backup' },
    });
    for (const name of Object.keys(environment)) expect(verbs.serve?.help, name).toContain(name);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the command of a server works on another folder when one is named, and never in the database of the service then', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otaq-command-'));
  try {
    // The command as it stands, with other places: what it would run only says what it was told.
    const told = join(folder, 'told');
    writeFileSync(told, '#!/bin/sh\necho "$OTAQ_DATA,$DATABASE_URL,$*"\n');
    chmodSync(told, 0o700);
    writeFileSync(join(folder, 'settings'), 'OTAQ_DATA=/srv/otaq/data\nDATABASE_URL=postgres://real\n');
    const command = readFileSync(join(papers, 'otaq.sh'), 'utf8')
      .replace('/etc/otaq/settings', join(folder, 'settings'))
      .replace('/srv/otaq/otaq/node_modules/.bin/node', told)
      .replace('= otaq ]', `= ${spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim()} ]`);
    const run = (environment: NodeJS.ProcessEnv) =>
      spawnSync('/bin/sh', ['-c', command, 'otaq', 'verify'], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...environment },
      }).stdout.trim();
    // On a server Node is told the same of its memory as by `npm run otaq`.
    const { scripts } = JSON.parse(readFileSync(join(papers, '../../package.json'), 'utf8'));
    const started = scripts.otaq.replace('node ', '').replace('src/', '/srv/otaq/otaq/src/');
    expect(run({})).toBe(`/srv/otaq/data,postgres://real,${started} verify`);
    expect(run({ OTAQ_DATA: '/drill' })).toBe(`/drill,,${started} verify`);
    expect(readFileSync(join(papers, 'otaq.service'), 'utf8')).toContain(`.bin/${scripts.otaq} serve`);
    expect(scripts.start).toContain(`&& ${scripts.otaq} demo`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
