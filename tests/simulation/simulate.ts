/* node tests/simulation/simulate.ts [first seed] [how many]: runs histories, and prints the trace of the first that is faulty. */
import { runHistory } from './history.ts';

const first = Number(process.argv[2] ?? 1);
const count = Number(process.argv[3] ?? 200);
const begun = performance.now();
for (let seed = first; seed < first + count; seed++) {
  const { faults, trace } = await runHistory({ seed });
  if (faults.length === 0) continue;
  console.log(trace.join('\n'));
  console.log(`seed ${seed}:\n  ${faults.slice(0, 20).join('\n  ')}`);
  process.exit(1);
}
console.log(`${count} histories from seed ${first}, no fault, in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
