import type { PlantedBug } from './bugs.ts';
import { judge } from './judge.ts';
import { shorten } from './shorten.ts';
import { type Script, type Step, scriptOf } from './steps.ts';
import { type Heard, World } from './world.ts';

export type History = {
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  readonly hash: string;
  readonly heard: readonly Heard[];
  /** The script with every line in its own words. */
  readonly spoken: Script;
};

/** Runs a script from the founding of the office to rest, and has it judged. */
export async function runScript(steps: Script, bug: PlantedBug | null = null): Promise<History> {
  const world = await World.begin(bug);
  let thrown: string[] = [];
  try {
    for (const [number, step] of steps.entries()) await world.take(step, number);
    await world.rest();
  } catch (error) {
    thrown = [`a program threw: ${(error as Error).stack ?? String(error)}`];
  }
  const faults = thrown.length > 0 ? [...thrown, ...world.faults] : await judge(world);
  const spoken = steps.map((step, i) => {
    const says = world.said.get(i);
    const speaks: readonly Step['do'][] = ['write', 'office', 'move', 'transfer', 'ask-erasure'];
    return says && speaks.includes(step.do) ? { ...step, says } : step;
  });
  return { faults, trace: world.trace, hash: world.traceHash(), heard: world.heard, spoken };
}

export function runSeed(seed: number, bug: PlantedBug | null = null): Promise<History> {
  return runScript(scriptOf(seed), bug);
}

/** The shortest script found below a seed that fails. Null where it does not fail. */
export async function shortest(seed: number, bug: PlantedBug | null = null): Promise<Script | null> {
  const whole = scriptOf(seed);
  const { faults } = await runScript(whole, bug);
  if (faults.length === 0) return null;
  // The same judgement must fail, so that one fault is not traded for another on the way.
  const kinds = new Set(faults.map(kindOf));
  return shorten(whole, async (script) =>
    (await runScript(script, bug)).faults.some((fault) => kinds.has(kindOf(fault))),
  );
}

function kindOf(fault: string): string {
  return fault.replace(/\d[\d.-]*/g, '').slice(0, 40);
}
