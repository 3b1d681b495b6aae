/*
 * Builds what the server serves, when anything it is made of has changed since: sentences, fonts, the phone's app, the desk's.
 *   node tools/build.ts            builds where needed
 *   node tools/build.ts --words    sentences and fonts only: all that types and tests need
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const mark = join(root, '.cache/built');
const madeOf = ['src/**/*.{ts,tsx,css,svg,html,po,webmanifest}', 'tools/*.ts', 'vite*.config.ts', 'package-lock.json'];

const steps = [
  { what: 'sentences', run: ['tools/words.ts'], made: 'src/platform/languages/message-id.generated.ts' },
  { what: 'fonts', run: ['tools/fonts.ts'], made: 'src/platform/print/server/fonts' },
  { what: 'the placeholder voice', run: ['tools/voice.ts'], made: 'src/platform/languages/phone/voice' },
  { what: 'the phone app', run: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], made: 'dist/phone' },
  {
    what: 'the desk app',
    run: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '--config', 'vite.desk.config.ts'],
    made: 'dist/desk',
  },
] as const;

const wanted = process.argv.includes('--words') ? steps.slice(0, 2) : steps;
const fingerprint = fingerprintOf(madeOf);
const fresh =
  existsSync(mark) &&
  readFileSync(mark, 'utf8') === fingerprint &&
  steps.every(({ made }) => existsSync(join(root, made)));
if (!fresh) {
  for (const { what, run } of wanted) {
    const done = spawnSync(process.execPath, run, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    if (done.status !== 0) {
      console.error(`Could not build ${what}.`);
      process.exit(1);
    }
  }
  mkdirSync(join(root, '.cache'), { recursive: true });
  if (wanted.length === steps.length) writeFileSync(mark, fingerprint);
}

function fingerprintOf(patterns: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of globSync([...patterns], { cwd: root }).sort()) {
    if (/\.test\.ts$|\.generated\.ts$|[/\\](server|cli|fonts)[/\\]/.test(file)) continue;
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}
