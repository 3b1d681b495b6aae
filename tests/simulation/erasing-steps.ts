import fc from 'fast-check';
import type { Says } from './steps.ts';

/* What may happen in a history when somebody asks to be erased, and how her words may come back. */

export type ErasingStep =
  /** A bearer tells a woman's wish. */
  | { readonly do: 'ask-erasure'; readonly who: number; readonly luck: number; readonly says?: Says }
  /** The server's minute: wishes older than a day are carried out. It may die before the step of that number. */
  | { readonly do: 'minute'; readonly cut: number | null }
  /** A phone writes its lines into a file that goes by hand, and the office takes in one that has come. */
  | { readonly do: 'hand-over'; readonly who: number }
  | { readonly do: 'take-in'; readonly luck: number };

const who = fc.nat({ max: 5 });
const luck = fc.nat({ max: 2_000_000_000 });

export const erasingSteps: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<ErasingStep> }[] = [
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask-erasure' as const), who, luck }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('minute' as const),
      cut: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat({ max: 12 }) }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hand-over' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take-in' as const), luck }) },
];
