import * as z from 'zod/mini';
import type { Names } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import type { DeskRole } from '../../platform/access/role.ts';
import { watchersOf } from '../../platform/access/watchers.ts';

/** The post of whoever is complained of. Who she is stands in the sealed words. */
export const accused = ['leader', 'crp', 'social-organizer', 'district', 'head-office', 'auditor'] as const;
export type Accused = (typeof accused)[number];

export const complaintStates = ['new', 'heard', 'settled', 'not-upheld'] as const;
export type ComplaintState = (typeof complaintStates)[number];
/** What was done. */
export const remedies = ['spoken', 'put-right', 'role-taken', 'passed-on', 'nothing'] as const;
export type Remedy = (typeof remedies)[number];

/** The national helpline against violence. Otaq records no case of it: it shows the number. Source: mohr.gov.pk, helpline 1099. */
export const helpline = '1099';

/** The two roles that hear it. Neither is the accused's own, and neither is who she reports to alone. */
export function hearersOf(about: Accused): readonly [DeskRole, DeskRole] {
  // A leader and a CRP answer to their LSO and to the field staff above it: neither of the two stands there.
  return about === 'leader' || about === 'crp' ? ['auditor', 'head-office'] : watchersOf(about);
}

/** What is bound into a box, so that it cannot be moved to another complaint or another reader. */
export function boxPlace(complaint: string, to: string): string {
  return `complaint ${complaint} ${to}`;
}
export const boxInfo = 'otaq complaint 1';

/** Who hears it: an address that names nobody, and the public half of her key as JWK. */
export type Hearer = { readonly to: string; readonly key: Readonly<Record<string, unknown>> };

const complaintIdShape = z.string().check(z.regex(/^[0-9a-f]{32}$/));
export const complaintShape = z.strictObject({
  /** Chance, made where it was written. */
  complaint: complaintIdShape,
  office: z.int().check(z.positive()),
  about: z.enum(accused),
  way: z.enum(['phone', 'paper']),
  boxes: z.tuple([
    z.strictObject({ to: z.string().check(z.maxLength(80)), box: z.string().check(z.maxLength(12_000)) }),
    z.strictObject({ to: z.string().check(z.maxLength(80)), box: z.string().check(z.maxLength(12_000)) }),
  ]),
});
export type SealedComplaint = z.infer<typeof complaintShape>;

export const stepShape = z.strictObject({
  complaint: complaintIdShape,
  state: z.enum(complaintStates),
  done: z.nullable(z.enum(remedies)),
});
export const eraseShape = z.strictObject({ complaint: complaintIdShape });

/** The words, once opened. */
export type ComplaintWords = { readonly who: string; readonly what: string; readonly takenBy: string | null };

/** One complaint as its hearer sees it. */
export type HeardComplaint = {
  readonly complaint: string;
  readonly office: number;
  readonly names: Names;
  readonly cameOn: PlainDate;
  readonly way: 'phone' | 'paper';
  readonly about: Accused;
  readonly state: ComplaintState;
  readonly stateOn: PlainDate;
  readonly done: Remedy | null;
  readonly box: string;
};

export type ComplaintDesk = {
  /** Her own address, and her private key locked by words that only she knows; null while she has none. */
  readonly to: string;
  readonly lockedKey: string | null;
  readonly complaints: readonly HeardComplaint[];
};
