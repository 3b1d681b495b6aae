import { addDays, type PlainDate } from '../../kernel/plain-date.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { DonationRules } from './donation-rules.ts';
import type { Donor } from './donor.ts';

export type NotToCall =
  | 'blood-donors.withdrawn'
  | 'blood-donors.not-now'
  | 'blood-donors.not-before'
  | 'blood-donors.age'
  | 'blood-donors.weight';

/** Whether a donor may be called today. Women wait longer because iron recovers more slowly. Source: docs/glossary.md#donation-interval. */
export function mayBeCalled(donor: Donor, today: PlainDate, rules: DonationRules): Result<Donor, NotToCall> {
  if (donor.status === 'withdrawn') return refuse('blood-donors.withdrawn');
  if (donor.resting) return refuse('blood-donors.not-now');
  if (donor.lastGaveOn !== null) {
    const mayGiveOn = addDays(donor.lastGaveOn, rules.daysBetween[donor.sex]);
    if (today < mayGiveOn) return refuse('blood-donors.not-before', { mayGiveOn });
  }
  if (donor.bornYear !== null) {
    // Only the year is known: nobody is sent away whose birthday may make her old enough, or young enough, today.
    const age = Number(today.slice(0, 4)) - donor.bornYear;
    if (age < rules.age.from || age - 1 > rules.age.to) return refuse('blood-donors.age');
  }
  if (donor.kilograms !== null && donor.kilograms < rules.leastKilograms) return refuse('blood-donors.weight');
  return accept(donor);
}
