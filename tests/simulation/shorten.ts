import type { Fate, Script, Step } from './steps.ts';

/**
 * The shortest script found that still fails: parts are taken away, halves first, then what befalls each request is made mild, until
 * nothing more can go. Every step carries its own luck, so the ones that stay mean what they meant.
 */
export async function shorten(script: Script, fails: (script: Script) => Promise<boolean>): Promise<Script> {
  let best = script;
  for (let size = Math.ceil(best.length / 2); size >= 1; ) {
    let shorter = false;
    for (let from = best.length - size; from >= 0; from -= size) {
      const without = best.filter((_, i) => i < from || i >= from + size);
      if (!(await fails(without))) continue;
      best = without;
      shorter = true;
    }
    if (size === 1 && !shorter) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  for (const [i, step] of best.entries())
    for (const milder of milderThan(step)) {
      const mild = best.map((each, j) => (i === j ? milder : each));
      if (!(await fails(mild))) continue;
      best = mild;
      break;
    }
  return best;
}

const mildly: Fate = { wire: 'carried', server: 'lives', disk: 'writes' };

function milderThan(step: Step): Step[] {
  if (step.do === 'write') return step.disk === 'writes' ? [] : [{ ...step, disk: 'writes' }];
  if (step.do === 'wait') return [{ ...step, hours: 1 }];
  if (step.do !== 'sync') return [];
  const one = step.fates.flatMap((fate, i) =>
    (['wire', 'server', 'disk'] as const).flatMap((what) =>
      fate[what] === mildly[what]
        ? []
        : [{ ...step, fates: step.fates.map((each, j) => (i === j ? { ...each, [what]: mildly[what] } : each)) }],
    ),
  );
  return [{ ...step, fates: [] }, ...one];
}
