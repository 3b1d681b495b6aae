/* The table that all measurements write, and how their figures are read. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

const table: { readonly what: string; readonly measured: string; readonly budget: string }[] = [];

/** Adds a row, and says it at once: a measurement may take minutes. */
export function tell(what: string, measured: string, budget: string): void {
  table.push({ what, measured, budget });
  console.log(`${what}: ${measured} (budget ${budget})`);
}

export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function percentile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0;
}

/** How long a work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** A measurement that is noisy is made several times: what the machine can do, and what it mostly does. */
export async function repeated(
  times: number,
  work: () => Promise<number>,
): Promise<{ readonly best: number; readonly median: number }> {
  const values: number[] = [];
  for (let i = 0; i < times; i++) values.push(await work());
  return { best: Math.min(...values), median: percentile(values, 0.5) };
}

/** The rows as they stand in the README, between its two marks. */
export function writeTable(into: 'readme' | 'screen'): void {
  const machine = `${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node}`;
  const lines = [
    '| what | measured | budget |',
    '| --- | --- | --- |',
    ...table.map(({ what, measured, budget }) => `| ${what} | ${measured} | ${budget} |`),
    '',
    `Measured by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
  ];
  console.log(`\n${lines.join('\n')}`);
  if (into === 'screen') return;
  const path = join(root, 'README.md');
  const readme = readFileSync(path, 'utf8');
  const [before, rest] = readme.split('<!-- bench -->\n');
  const after = rest?.split('<!-- /bench -->')[1];
  if (before !== undefined && after !== undefined)
    writeFileSync(path, `${before}<!-- bench -->\n\n${lines.join('\n')}\n\n<!-- /bench -->${after}`);
  spawnSync('biome', ['check', '--write', path], { cwd: root });
}
