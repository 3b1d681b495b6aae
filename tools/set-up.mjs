/*
 * Makes a bare checkout ready. Runs before every script, on any Node from 20 on, with nothing but Node's own modules:
 *   1  packages as the lockfile names them, when they are missing or older than it;
 *   2  the project's own Node, which comes as an npm package and may have been left without its program when install scripts
 *      were not allowed to run.
 * With nothing to do it takes some milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const mark = join(modules, '.otaq-set-up');
const lock = readFileSync(join(root, 'package-lock.json'));
const wanted = createHash('sha256').update(lock).digest('hex');

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(
    `This computer runs Node ${process.versions.node}. Otaq needs Node 20 or newer to set itself up: https://nodejs.org.`,
  );
}
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) setUp();

function setUp() {
  console.log('Setting up: installing packages. The first time takes a minute or two.');
  const windows = process.platform === 'win32';
  // The lockfile was written by Node 24; the system's Node may be older, which npm only warns of.
  const installed = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (installed.status !== 0) {
    stop(
      'The packages could not be installed. Is this computer connected, and may it write to this folder? Then run the same command again.',
    );
  }
  const node = join(modules, '.bin', windows ? 'node.cmd' : 'node');
  if (!runs(node)) {
    spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: join(modules, 'node'), stdio: 'inherit' });
  }
  if (!runs(node))
    stop(`The project's own Node (${node}) does not run on this computer. Remove node_modules and try again.`);
  mkdirSync(modules, { recursive: true });
  writeFileSync(mark, wanted);
}

function runs(node) {
  const asked = spawnSync(node, ['--version'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return asked.status === 0 && asked.stdout.startsWith('v24.');
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
