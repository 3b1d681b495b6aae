/*
 * What may happen in a history, as plain data: a script that can be printed, shortened and run again. A step carries its own luck,
 * so that the others mean the same when one is taken away. The mild choice stands first: that is where shrinking goes.
 */
import fc from 'fast-check';
import { type ErasingStep, erasingSteps } from './erasing-steps.ts';
import { registerNames } from './joining.ts';
import { type ListStep, listStep } from './lists.ts';
import type { DiskFate } from './phone-memory.ts';

export type Wire = 'carried' | 'lost-before' | 'lost-after' | 'twice' | 'late' | 'late-too';
export type ServerFate = 'lives' | 'other-server' | 'dies-deciding' | 'dies-before-answer';
/** What befalls one request of a sync. */
export type Fate = { readonly wire: Wire; readonly server: ServerFate; readonly disk: DiskFate };

/** Lines in words of their own: a pinned history goes on meaning what it meant when registers have come that luck could also pick. */
export type Says = readonly (readonly [command: string, input: unknown])[];

export type Step =
  | {
      readonly do: 'write';
      readonly who: number;
      readonly luck: number;
      readonly disk: DiskFate;
      /** The register that is at hand that week: most lines are of it. Null: any. */
      readonly about: string | null;
      readonly says?: Says;
    }
  | { readonly do: 'sync'; readonly who: number; readonly fates: readonly Fate[] }
  | { readonly do: 'two-servers'; readonly who: number; readonly other: number; readonly fates: readonly Fate[] }
  | { readonly do: 'undo' | 'settle'; readonly who: number }
  | {
      readonly do: 'restart' | 'tear' | 'tear-line' | 'evict' | 'clone' | 'withdraw' | 'poison' | 'enrol';
      readonly who: number;
    }
  | { readonly do: 'wait'; readonly hours: number }
  | { readonly do: 'clock'; readonly who: number; readonly days: number }
  | { readonly do: 'office'; readonly luck: number; readonly about: string | null; readonly says?: Says }
  | { readonly do: 'move'; readonly luck: number; readonly says?: Says }
  | { readonly do: 'backup'; readonly safe: boolean }
  /** Somebody is offered to the other LSO, or what waits there is answered, at an office's table. */
  | { readonly do: 'transfer'; readonly luck: number; readonly says?: Says }
  /** The server's minute with offers between the two LSOs; it may die before a write. */
  | { readonly do: 'carry'; readonly dies: number | null }
  /** The list of who was erased burns with the machine, or comes from a newer backup. */
  | { readonly do: 'restore'; readonly burnt?: boolean }
  | ErasingStep
  | ListStep;
export type Script = readonly Step[];

const who = fc.nat({ max: 7 });
const luck = fc.nat({ max: 2_000_000_000 });
const often = <T>(mild: T, weight: number, ...others: readonly T[]) =>
  fc.oneof(
    { weight, arbitrary: fc.constant(mild) },
    ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
  );

const disk = often<DiskFate>('writes', 24, 'dies-before', 'dies-after', 'is-full');
const fate: fc.Arbitrary<Fate> = fc.record({
  wire: often<Wire>('carried', 12, 'lost-before', 'lost-after', 'twice', 'late', 'late-too'),
  server: often<ServerFate>('lives', 20, 'other-server', 'other-server', 'dies-deciding', 'dies-before-answer'),
  disk,
});
const fates = fc.array(fate, { minLength: 1, maxLength: 3 });
const at = <T extends Step['do']>(what: T) => fc.constant(what);

const stepAbout = (register: string | null): fc.Arbitrary<Step> => {
  const about = fc.constant(register);
  return fc.oneof(
    { weight: 100, arbitrary: fc.record({ do: at('write'), who, luck, disk, about }) },
    { weight: 45, arbitrary: fc.record({ do: at('sync'), who, fates }) },
    { weight: 3, arbitrary: fc.record({ do: at('two-servers'), who, other: who, fates }) },
    { weight: 4, arbitrary: fc.record({ do: at('undo'), who }) },
    { weight: 3, arbitrary: fc.record({ do: at('settle'), who }) },
    { weight: 5, arbitrary: fc.record({ do: at('restart'), who }) },
    { weight: 14, arbitrary: fc.record({ do: at('wait'), hours: fc.constantFrom(1, 1, 5, 30, 200, 24 * 90) }) },
    { weight: 2, arbitrary: fc.record({ do: at('clock'), who, days: fc.constantFrom(0, 1, -1, 60, -20_000, 3650) }) },
    { weight: 8, arbitrary: fc.record({ do: at('office'), luck, about }) },
    { weight: 4, arbitrary: fc.record({ do: at('move'), luck }) },
    { weight: 2, arbitrary: fc.record({ do: at('poison'), who }) },
    { weight: 2, arbitrary: fc.record({ do: at('tear'), who }) },
    { weight: 2, arbitrary: fc.record({ do: at('tear-line'), who }) },
    { weight: 1, arbitrary: fc.record({ do: at('evict'), who }) },
    { weight: 1, arbitrary: fc.record({ do: at('clone'), who }) },
    { weight: 2, arbitrary: fc.record({ do: at('enrol'), who }) },
    { weight: 1, arbitrary: fc.record({ do: at('withdraw'), who }) },
    { weight: 4, arbitrary: fc.record({ do: at('backup'), safe: fc.boolean() }) },
    { weight: 14, arbitrary: fc.record({ do: at('transfer'), luck }) },
    { weight: 12, arbitrary: fc.record({ do: at('carry'), dies: often<number | null>(null, 4, 0, 1, 2) }) },
    { weight: 3, arbitrary: fc.record({ do: at('restore'), burnt: often(false, 2, true) }) },
    ...erasingSteps,
    { weight: 3, arbitrary: listStep },
  ) as fc.Arbitrary<Step>;
};

/** Six of the eight phones are filled when their women take them home; the other two meet the network when they meet it. */
const takenHome: Script = [0, 1, 3, 4, 6, 7].map((each) => ({ do: 'sync', who: each, fates: [] }));

/** Scripts of many steps; the longest is what a week in two offices with eight seats amounts to. */
export const script: fc.Arbitrary<Script> = fc
  .constantFrom(null, ...registerNames)
  .chain((register) => fc.array(stepAbout(register), { minLength: 60, maxLength: 140, size: 'max' }))
  .map((steps) => [...takenHome, ...steps]);

/** The script of a seed. */
export function scriptOf(seed: number): Script {
  return fc.sample(script, { seed, numRuns: 1 })[0] as Script;
}
