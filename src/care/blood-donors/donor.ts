import * as z from 'zod/mini';
import { type BloodGroup, bloodGroups } from '../../kernel/blood-group.ts';
import { type Names, nameIn, namesShape } from '../../kernel/names.ts';
import { dayShape as day } from '../../kernel/record-shape.ts';
import { fold } from '../../kernel/words.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { kind } from '../../platform/book/kind.ts';

export const groupKnowledge = ['card', 'lab', 'told', 'unknown'] as const;

export const donorShape = z.object({
  names: namesShape,
  /** Father's or husband's name: many share a name. */
  parent: z.nullable(namesShape),
  /** The page of the people's register that is this donor's too, once somebody has said which. */
  person: z.optional(z.nullable(z.string())),
  sex: z.enum(['f', 'm']),
  bornYear: z.nullable(z.int()),
  kilograms: z.nullable(z.int()),
  group: z.nullable(z.enum(bloodGroups)),
  groupKnownBy: z.enum(groupKnowledge),
  /** Village of the VO in which the donor lives; null when it is not known. */
  village: z.nullable(z.string()),
  vo: z.string(),
  address: z.nullable(z.string().check(z.maxLength(200))),
  /** The leader through whom the donor is reached. */
  relay: z.nullable(z.object({ person: z.string(), names: namesShape })),
  owner: z.string(),
  enlistedOn: day,
  /** The day on which the donor's VO came from another LSO: counted here from then on. */
  cameOn: z.optional(day),
  consentedOn: day,
  status: z.enum(['active', 'withdrawn']),
  /** Not now: no reason, and no date that others see. */
  resting: z.boolean(),
  lastGaveOn: z.nullable(day),
  gave: z.int(),
  asked: z.int(),
  /** What the donor last did when asked. */
  lastAnswer: z.nullable(z.enum(['came', 'did-not-come'])),
});
export type Donor = {
  readonly names: Names;
  readonly parent: Names | null;
  readonly person?: string | null;
  readonly sex: 'f' | 'm';
  readonly bornYear: number | null;
  readonly kilograms: number | null;
  readonly group: BloodGroup | null;
  readonly groupKnownBy: (typeof groupKnowledge)[number];
  readonly village: string | null;
  readonly vo: string;
  readonly address: string | null;
  readonly relay: { readonly person: string; readonly names: Names } | null;
  readonly owner: string;
  readonly enlistedOn: string;
  readonly cameOn?: string;
  readonly consentedOn: string;
  readonly status: 'active' | 'withdrawn';
  readonly resting: boolean;
  readonly lastGaveOn: string | null;
  readonly gave: number;
  readonly asked: number;
  readonly lastAnswer: 'came' | 'did-not-come' | null;
};

/** What makes two donors look like one: folded name, father's or husband's name, and VO. */
export function sameDonorKey(donor: Pick<Donor, 'names' | 'parent' | 'vo'>): string {
  return `${fold(nameIn(donor.names, 'sd'))}|${donor.parent ? fold(nameIn(donor.parent, 'sd')) : ''}|${donor.vo}`;
}

/** Somebody who has moved to where another VO is: her village there is not known until somebody writes it. */
function movedTo(donor: Donor, vo: string): Donor {
  return vo === donor.vo ? donor : { ...donor, vo, village: null };
}

/** A person who is willing to give blood: a line of the register in the LSO's office. */
export const donorKind = kind<Donor>({
  kind: 'donor',
  shape: donorShape as never,
  seenBy: purposes.registers,
  stage: 0,
  scope: (donor) => donor.owner,
  concerns: { person: (donor) => donor.person ?? null, afterMerge: 'follows' },
  told: (words, { group, groupKnownBy, enlistedOn, gave }) => ({
    what: words.say('blood-donors.held'),
    said: words.say('blood-donors.held-line', {
      isKnown: group === null ? 'no' : 'yes',
      group: group ?? '',
      known: words.say(`blood-donors.by-${groupKnownBy}`),
      on: enlistedOn,
      count: gave,
    }),
  }),
  along: { index: 'person', to: (donor, heir) => movedTo(donor, heir(donor.vo)) },
  transfer: {
    with: (donor) => [donor.vo, donor.person ?? null],
    there: (donor, { heir, place, on }) => {
      const moved = movedTo(donor, heir(donor.vo));
      return { ...moved, owner: heir(donor.owner), village: place(moved.village), cameOn: on };
    },
  },
  indexes: {
    same: (donor) => [sameDonorKey(donor)],
    person: (donor) => (donor.person ? [donor.person] : []),
  },
  measure: (donor) =>
    donor.status === 'active'
      ? [
          {
            figure: 'donors',
            by: { group: donor.group ?? 'unknown', sex: donor.sex },
            from: donor.cameOn ?? donor.enlistedOn,
            until: null,
            count: 1,
          },
        ]
      : [],
});

export const donorContactShape = z.object({
  donor: z.string(),
  number: z.string(),
  whose: z.enum(['own', 'husband', 'father', 'brother', 'son', 'neighbour', 'other']),
  safeToCall: z.boolean(),
  restingUntil: z.nullable(day),
  owner: z.string(),
});
export type DonorContact = {
  readonly donor: string;
  readonly number: string;
  readonly whose: 'own' | 'husband' | 'father' | 'brother' | 'son' | 'neighbour' | 'other';
  readonly safeToCall: boolean;
  readonly restingUntil: string | null;
  readonly owner: string;
};

/** A donor's number, owned by her VO when she is relayed. What must not leave the VO stands here and nowhere else. */
export const donorContactKind = kind<DonorContact>({
  kind: 'donor-contact',
  shape: donorContactShape as never,
  seenBy: purposes.contacts,
  stage: 0,
  scope: (contact) => contact.owner,
  transfer: {
    with: (contact) => contact.donor,
    there: (contact, { heir }) => ({ ...contact, owner: heir(contact.owner) }),
  },
  about: (contact) => [contact.donor],
  told: (words, { number, whose }) => ({
    what: words.say('blood-donors.held-number'),
    said: words.say('blood-donors.held-contact', { number, whose: words.say(`blood-donors.whose-${whose}`) }),
  }),
  indexes: { donor: (contact) => [contact.donor] },
});
