import { expect, test } from 'vitest';
import { plantedBugs, runHistory } from './history.ts';

const seeds = Array.from({ length: 24 }, (_, i) => i + 1);

test('phones and server agree after cuts, duplicates, deaths and a restored server', async () => {
  for (const seed of seeds) {
    const { faults } = await runHistory({ seed });
    expect(faults, `seed ${seed}`).toEqual([]);
  }
});

test('the same seed gives the same trace', async () => {
  const first = await runHistory({ seed: 7 });
  expect((await runHistory({ seed: 7 })).trace).toEqual(first.trace);
  expect(first.trace.length).toBeGreaterThan(100);
});

test.each(plantedBugs)('the planted bug %s is found', async (bug) => {
  const found: string[] = [];
  for (const seed of seeds) {
    const { faults } = await runHistory({ seed, bugs: [bug] }).catch((error) => ({ faults: [String(error)] }));
    found.push(...faults);
    if (found.length > 0) break;
  }
  expect(found.length).toBeGreaterThan(0);
});
