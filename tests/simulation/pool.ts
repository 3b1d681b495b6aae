/* Seeds, shared out among worker threads: a history is one thread's work, and the next idle thread takes the next seeds. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export type FailedSeed = { readonly seed: number; readonly faults: readonly string[] };
export type Asked = { readonly from: number; readonly seeds: number };
export type Answered = { readonly ran: number; readonly steps: number; readonly failed: readonly FailedSeed[] };
export type Ran = Answered & { readonly seconds: number };

const seedsAtOnce = 25;

export async function runSeeds(
  { from, seeds }: Asked,
  { workers = 2, each }: { readonly workers?: number; readonly each?: (so: Ran) => void } = {},
): Promise<Ran> {
  const begun = performance.now();
  let next = from;
  let so: Answered = { ran: 0, steps: 0, failed: [] };
  const ran = (): Ran => ({ ...so, seconds: (performance.now() - begun) / 1000 });
  const work = async () => {
    const worker = new Worker(join(import.meta.dirname, 'pool-worker.ts'));
    try {
      while (next < from + seeds) {
        const asked: Asked = { from: next, seeds: Math.min(seedsAtOnce, from + seeds - next) };
        next += asked.seeds;
        worker.postMessage(asked);
        const [answer] = (await once(worker, 'message')) as [Answered];
        so = {
          ran: so.ran + answer.ran,
          steps: so.steps + answer.steps,
          failed: [...so.failed, ...answer.failed].sort((a, b) => a.seed - b.seed),
        };
        each?.(ran());
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return ran();
}
