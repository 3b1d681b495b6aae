/*
 * Which donors to call, in which order, and why. Pure, and quick enough for 25,000 donors on a slow phone: one pass sorts
 * donors into ranks by a number, and only those that are shown get their reasons written.
 */
import { type BloodGroup, canReceive, isRhNegative } from '../../kernel/blood-group.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import type { Kept } from '../../platform/book/kind.ts';
import type { DonationRules } from './donation-rules.ts';
import type { Donor } from './donor.ts';
import { mayBeCalled, type NotToCall } from './eligibility.ts';

export type BloodRequest = {
  readonly group: BloodGroup;
  readonly sex: 'f' | 'm' | 'unknown';
  readonly age: number | null;
  readonly village: string | null;
  readonly vo: string | null;
};

export type Reason =
  | 'blood-donors.why.same-group'
  | 'blood-donors.why.can-give'
  | 'blood-donors.why.universal'
  | 'blood-donors.why.same-village'
  | 'blood-donors.why.same-vo'
  | 'blood-donors.why.came-last-time'
  | 'blood-donors.why.often-asked'
  | 'blood-donors.why.group-told';

export type Ranked = {
  readonly donor: Kept<Donor>;
  readonly reasons: readonly Reason[];
  /** Why the donor is not to be called now; the line stands greyed at the end. */
  readonly notNow: NotToCall | null;
};

export type Matched = {
  readonly callable: readonly Ranked[];
  readonly resting: readonly Ranked[];
  /** Say beside the list that RhD must be asked about. */
  readonly caution: 'none' | 'rh-negative-first' | 'ask-age';
  /** Donors whose group nobody knows yet. */
  readonly unknownGroup: number;
};

/** Someone who has been asked this often more than she gave is called late. */
const oftenAsked = 3;

/** Ranks an office's donors for a request; at most `limit` of those who may be called, and of those who rest. */
export function matchDonors(
  request: BloodRequest,
  donors: Iterable<Kept<Donor>>,
  today: PlainDate,
  rules: DonationRules,
  limit = 60,
): Matched {
  const scored: { readonly donor: Kept<Donor>; readonly score: number; readonly notNow: NotToCall | null }[] = [];
  let unknownGroup = 0;
  for (const donor of donors) {
    const { body } = donor;
    if (body.status === 'withdrawn') continue;
    if (body.group === null) {
      unknownGroup += 1;
      continue;
    }
    if (!canReceive(request.group, body.group)) continue;
    const may = mayBeCalled(body, today, rules);
    scored.push({ donor, score: scoreOf(body, request), notNow: may.ok ? null : may.code });
  }
  // A donor's id decides between equals, so that every phone shows the same order.
  scored.sort((a, b) => a.score - b.score || (a.donor.id < b.donor.id ? -1 : 1));
  const ranked = (resting: boolean) =>
    scored
      .filter(({ notNow }) => (notNow !== null) === resting)
      .slice(0, limit)
      .map(({ donor, notNow }): Ranked => ({ donor, notNow, reasons: reasonsOf(donor.body, request) }));
  return { callable: ranked(false), resting: ranked(true), caution: cautionFor(request, rules), unknownGroup };
}

// Digits of one number, the weightiest first: group, nearness, came last time, how often asked without giving.
function scoreOf(donor: Donor, request: BloodRequest): number {
  const group = donor.group === request.group ? 0 : donor.group === 'O-' ? 2 : 1;
  const near = request.village !== null && donor.village === request.village ? 0 : donor.vo === request.vo ? 1 : 2;
  const came = donor.lastAnswer === 'came' ? 0 : donor.lastAnswer === null ? 1 : 2;
  const asked = Math.min(99, donor.asked);
  return group * 10_000 + near * 1000 + came * 100 + asked;
}

function reasonsOf(donor: Donor, request: BloodRequest): Reason[] {
  const reasons: Reason[] = [];
  reasons.push(
    donor.group === request.group
      ? 'blood-donors.why.same-group'
      : donor.group === 'O-'
        ? 'blood-donors.why.universal'
        : 'blood-donors.why.can-give',
  );
  if (request.village !== null && donor.village === request.village) reasons.push('blood-donors.why.same-village');
  else if (donor.vo === request.vo) reasons.push('blood-donors.why.same-vo');
  if (donor.lastAnswer === 'came') reasons.push('blood-donors.why.came-last-time');
  if (donor.asked - donor.gave >= oftenAsked) reasons.push('blood-donors.why.often-asked');
  if (donor.groupKnownBy === 'told') reasons.push('blood-donors.why.group-told');
  return reasons;
}

/** Anti-D harms later pregnancies: for a patient who may bear children the RhD sign is never passed over in silence. */
export function cautionFor(request: BloodRequest, rules: DonationRules): Matched['caution'] {
  if (request.sex === 'm') return 'none';
  const { from, to } = rules.childBearing;
  if (request.age !== null && (request.age < from || request.age > to)) return 'none';
  if (isRhNegative(request.group)) return 'rh-negative-first';
  return request.sex === 'unknown' || request.age === null ? 'ask-age' : 'none';
}
