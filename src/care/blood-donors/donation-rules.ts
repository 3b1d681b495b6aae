import * as z from 'zod/mini';
import type { Rule } from '../../platform/book/rule.ts';

const shape = z.object({
  daysBetween: z.object({ f: z.int(), m: z.int() }),
  age: z.object({ from: z.int(), to: z.int() }),
  leastKilograms: z.int(),
  /** Years in which a girl or woman may bear children: caution about RhD. */
  childBearing: z.object({ from: z.int(), to: z.int() }),
});
export type DonationRules = z.infer<typeof shape>;

/** Whom to call, never who is fit to give. */
export const donationRules: Rule<DonationRules> = {
  name: 'blood-donors.donation',
  shape,
  shipped: {
    value: {
      daysBetween: { f: 112, m: 84 },
      age: { from: 18, to: 65 },
      leastKilograms: 50,
      childBearing: { from: 0, to: 50 },
    },
    source: 'WHO, Blood donor selection, 2012, ISBN 978 92 4 154851 9',
  },
};
