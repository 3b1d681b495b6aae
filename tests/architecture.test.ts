import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/*
 * What the compiler cannot see of the house: arrows between files of one project, and one wing using another without leave.
 */
const root = join(import.meta.dirname, '..');
const wings = ['federation', 'care', 'money', 'livelihoods', 'linkages', 'network'];
const programs = ['server', 'phone', 'desk', 'cli'];
/** Which wing may use which. A new line here is a decision. */
const leave: Readonly<Record<string, readonly string[]>> = {
  care: ['federation'],
  money: ['federation'],
  network: ['federation', 'care'],
};
/** A program that may start another. */
const starts: Readonly<Record<string, readonly string[]>> = { cli: ['server'] };
const banned = ['utils', 'helpers', 'common', 'shared', 'lib', 'types', 'services'];

const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const isTest = (file: string) => /\.(test|arbitrary)\.tsx?$/.test(file) || file.includes('/test-support/');
const sources = files.filter((file) => !isTest(file));

function arrowsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const arrows = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] as string);
  return arrows.map((to) => normalize(join(dirname(file), to)).replaceAll('\\', '/'));
}

const level = (file: string) => {
  const top = file.split('/')[1] as string;
  return top === 'kernel' ? 0 : top === 'platform' ? 1 : wings.includes(top) ? 2 : 3;
};
const roomOf = (file: string) =>
  /\/(server|phone|desk)\//.exec(file.replace(/^src\/(server|phone|desk)\//, ''))?.[1] ?? 'root';

function faultOf(from: string, to: string): string | null {
  const [a, b] = [from.split('/')[1] as string, to.split('/')[1] as string];
  if (level(to) > level(from)) return 'points upward: move what is needed down, or pass it in as an argument';
  if (level(from) === 3 && a !== b && programs.includes(b) && !starts[a]?.includes(b))
    return 'a program is imported by nothing: move what both need into a platform folder';
  if (level(from) === 2 && level(to) === 2 && a !== b && !leave[a]?.includes(b))
    return `the wing ${a} has no leave to use ${b}: give it in tests/architecture.test.ts, with a decision`;
  if (level(from) < 3) {
    if (roomOf(from) === 'root' && roomOf(to) !== 'root') return `a rule uses ${roomOf(to)}/: rules run everywhere`;
    if (roomOf(from) === 'server' && ['phone', 'desk'].includes(roomOf(to))) return 'the server uses a browser file';
    if (['phone', 'desk'].includes(roomOf(from)) && roomOf(to) === 'server') return 'a browser file uses the server';
  }
  return null;
}

test('every arrow points down, and no wing uses another without leave', () => {
  const faults = sources.flatMap((from) =>
    arrowsOf(from).flatMap((to) => {
      const fault = to.startsWith('src/') ? faultOf(from, to) : 'leaves src';
      return fault ? [`${from} -> ${to}: ${fault}`] : [];
    }),
  );
  expect(faults).toEqual([]);
  expect(sources.length).toBeGreaterThan(50);
});

test('every file has a room that says what it is about', () => {
  const faults = files.flatMap((file) => {
    const folders = file.split('/').slice(1, -1);
    if (folders.length > 5) return [`${file}: more than five folders deep`];
    if (folders.some((folder) => banned.includes(folder))) return [`${file}: name the folder after what it is about`];
    if (/\/(index|util|utils|helper|helpers|types|data)\.tsx?$/.test(file))
      return [`${file}: name the file after the main thing inside`];
    const top = folders[0] as string;
    if (!['kernel', 'platform', ...wings, ...programs].includes(top)) return [`${file}: no such room in the house`];
    return [];
  });
  expect(faults).toEqual([]);
});
