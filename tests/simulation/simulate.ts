/*
 * npm run simulate -- --seeds 2000 --from 1 --workers 2     runs histories; the first that fails is shortened and printed
 * npm run simulate -- --seed 4711                           runs one history and prints its trace
 * npm run simulate -- --bugs                                how many seeds it takes to find each planted bug
 *
 * Exit code 1 when a history fails, or a planted bug is not found.
 */
import { parseArgs } from 'node:util';
import { type PlantedBug, plantedBugs } from './bugs.ts';
import { runScript, runSeed, shortest } from './history.ts';
import { runSeeds } from './pool.ts';
import type { Script } from './steps.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: '2' },
    seed: { type: 'string' },
    bug: { type: 'string' },
    bugs: { type: 'boolean', default: false },
  },
});

if (values.bugs) await tellBugs(Number(values.from), Number(values.seeds));
else if (values.seed !== undefined) await tellOne(Number(values.seed), (values.bug ?? null) as PlantedBug | null);
else await tellMany(Number(values.from), Number(values.seeds), Number(values.workers));

async function tellMany(from: number, seeds: number, workers: number): Promise<void> {
  let told = 0;
  let shown = 0;
  const { ran, steps, failed, seconds } = await runSeeds(
    { from, seeds },
    {
      workers,
      each: (so) => {
        // Whoever waits for the rest can look into the first that fails meanwhile.
        for (const { seed, faults } of so.failed.slice(shown, 20)) console.log(`seed ${seed}: ${faults[0]}`);
        shown = so.failed.length;
        if (so.seconds - told < 10) return;
        told = so.seconds;
        const left = ((seeds - so.ran) * so.seconds) / so.ran / 60;
        console.log(`${so.ran} of ${seeds} histories, ${so.failed.length} failed, ${left.toFixed(1)} minutes to go`);
      },
    },
  );
  const first = failed[0];
  if (first) await tellShortest(first.seed, null);
  console.log(
    `${ran} histories from seed ${from}, ${steps} steps, ${failed.length} failed, ${seconds.toFixed(1)} s on ${workers} threads`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function tellOne(seed: number, bug: PlantedBug | null): Promise<void> {
  const { trace, faults, hash } = await runSeed(seed, bug);
  console.log(trace.join('\n'));
  console.log(`${hash}\n${faults.join('\n') || 'no fault'}`);
  if (faults.length > 0) await tellShortest(seed, bug);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

/** Prints a failing history as short as it was found to be, ready to stand in `pinned.ts`. */
async function tellShortest(seed: number, bug: PlantedBug | null): Promise<void> {
  const script: Script | null = await shortest(seed, bug);
  if (script === null) return;
  const { trace, faults, spoken } = await runScript(script, bug);
  console.log(
    `\nseed ${seed}, shortened to ${script.length} steps. To pin it, add this to tests/simulation/pinned.ts:\n`,
  );
  console.log(`  'what goes well now': [\n${spoken.map((step) => `    ${JSON.stringify(step)},`).join('\n')}\n  ],\n`);
  console.log(`${trace.join('\n')}\n  ${faults.slice(0, 6).join('\n  ')}\n`);
}

async function tellBugs(from: number, most: number): Promise<void> {
  const rows: string[] = [];
  for (const bug of Object.keys(plantedBugs) as PlantedBug[]) {
    let found: string | null = null;
    let seed = from;
    for (; seed < from + most && found === null; seed++) found = (await runSeed(seed, bug)).faults[0] ?? null;
    if (found === null) process.exitCode = 1;
    rows.push(
      `${bug.padEnd(26)} ${(found === null ? 'never' : String(seed - from)).padStart(5)}  ${found?.split('\n')[0]?.slice(0, 90) ?? ''}`,
    );
    console.log(rows.at(-1));
  }
}
