import fc from 'fast-check';
import { bloodGroups } from '../../kernel/blood-group.ts';
import { addDays } from '../../kernel/plain-date.ts';
import type { Kept } from '../../platform/book/kind.ts';
import type { Donor } from './donor.ts';

export const today = '2026-11-24';

/** A donor as it stands in a register, of any group, sex, age and history. */
export const anyDonor: fc.Arbitrary<Donor> = fc.record({
  names: fc.constant({ sd: null, ur: null, en: 'A donor' }),
  parent: fc.constant(null),
  sex: fc.constantFrom('f' as const, 'm' as const),
  bornYear: fc.option(fc.integer({ min: 1940, max: 2015 })),
  kilograms: fc.option(fc.integer({ min: 35, max: 110 })),
  group: fc.option(fc.constantFrom(...bloodGroups)),
  groupKnownBy: fc.constantFrom('card' as const, 'lab' as const, 'told' as const),
  village: fc.constantFrom('1-1', '1-2', '1-3'),
  vo: fc.constantFrom('2-1', '2-2', '2-3'),
  address: fc.constant(null),
  relay: fc.constant(null),
  owner: fc.constant('3-1'),
  enlistedOn: fc.constant('2024-01-01'),
  consentedOn: fc.constant('2024-01-01'),
  status: fc.constantFrom('active' as const, 'active' as const, 'withdrawn' as const),
  resting: fc.boolean(),
  lastGaveOn: fc.option(fc.integer({ min: 0, max: 300 }).map((days) => addDays(today, -days))),
  gave: fc.integer({ min: 0, max: 9 }),
  asked: fc.integer({ min: 0, max: 30 }),
  lastAnswer: fc.constantFrom(null, 'came' as const, 'did-not-come' as const),
});

export const anyRegister: fc.Arbitrary<Kept<Donor>[]> = fc
  .array(anyDonor, { maxLength: 60 })
  .map((donors) => donors.map((body, i) => ({ id: `7-${i + 1}`, kind: 'donor', scope: body.owner, version: 1, body })));

export const anyRequest = fc.record({
  group: fc.constantFrom(...bloodGroups),
  sex: fc.constantFrom('f' as const, 'm' as const, 'unknown' as const),
  age: fc.option(fc.integer({ min: 0, max: 90 })),
  village: fc.option(fc.constantFrom('1-1', '1-2', '1-3')),
  vo: fc.option(fc.constantFrom('2-1', '2-2', '2-3')),
});
