/*
 * What somebody agreed to, purpose by purpose. Nothing is asked for "everything": each purpose is given and withdrawn by itself, and
 * what it governs is gone at once when it is withdrawn.
 */
import * as z from 'zod/mini';
import type { PersonId } from '../../kernel/ids.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { type Kept, kind } from '../../platform/book/kind.ts';

/**
 * `register`: standing in the office's book. `called`: being rung; without it no number of hers is shown. `photo`: her picture.
 * `newsletter`: her name in print. `health-registry`: what the health workers' register is told.
 */
export const consentPurposes = ['register', 'called', 'photo', 'newsletter', 'health-registry'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

/**
 * What she is asked: the purposes that govern something here. Of the others no page shows anything yet, and a yes that opens nothing, or a
 * no that closes nothing, is not asked of a woman. A yes of before stays on her page until she takes it back.
 */
export const askedPurposes: readonly ConsentPurpose[] = ['register', 'called'];

/** How she was asked. */
export const consentWays = ['told', 'read-aloud', 'thumb-mark', 'signed'] as const;
export type ConsentWay = (typeof consentWays)[number];

const stepShape = z.object({
  given: z.boolean(),
  on: dayShape,
  how: z.enum(consentWays),
  by: z.nullable(z.string()),
});
export type ConsentStep = {
  readonly given: boolean;
  readonly on: PlainDate;
  readonly how: ConsentWay;
  /** Who asked her. */
  readonly by: PersonId | null;
};

export type Consent = {
  readonly person: string;
  readonly purpose: ConsentPurpose;
  /** Given, withdrawn, given again: in order of writing. */
  readonly steps: readonly ConsentStep[];
  readonly owner: string;
};

/** One purpose of one person. */
export const consentKind = kind<Consent>({
  kind: 'consent',
  shape: z.object({
    person: idShape,
    purpose: z.enum(consentPurposes),
    steps: z.array(stepShape),
    owner: idShape,
  }) as never,
  seenBy: purposes.registers,
  scope: (consent) => consent.owner,
  concerns: { person: (consent) => consent.person, afterMerge: 'follows' },
  along: { index: 'person', to: (consent, heir) => ({ ...consent, owner: heir(consent.owner) }) },
  transfer: {
    with: (consent) => consent.person,
    there: (consent, { heir }) => ({ ...consent, owner: heir(consent.owner) }),
  },
  indexes: { person: (consent) => [consent.person] },
});

/** Whether she agrees now. Two phones may each have opened a page of one purpose: a no on either is a no. */
export function agrees(consents: Iterable<Kept<Consent>>, purpose: ConsentPurpose): boolean {
  let given = false;
  for (const { body } of consents) {
    if (body.purpose !== purpose) continue;
    if (body.steps.at(-1)?.given !== true) return false;
    given = true;
  }
  return given;
}

/** What her page offers: the purposes that are asked, and a yes of before to any other. */
export function purposesOffered(consents: readonly Kept<Consent>[]): readonly ConsentPurpose[] {
  return consentPurposes.filter((purpose) => askedPurposes.includes(purpose) || agrees(consents, purpose));
}
