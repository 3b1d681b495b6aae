import { parentPort } from 'node:worker_threads';
import { runSeed } from './history.ts';
import type { Answered, Asked, FailedSeed } from './pool.ts';

parentPort?.on('message', async ({ from, seeds }: Asked) => {
  const failed: FailedSeed[] = [];
  let steps = 0;
  for (let seed = from; seed < from + seeds; seed++) {
    const { faults, trace } = await runSeed(seed);
    steps += trace.length;
    if (faults.length > 0) failed.push({ seed, faults });
  }
  parentPort?.postMessage({ ran: seeds, steps, failed } satisfies Answered);
});
