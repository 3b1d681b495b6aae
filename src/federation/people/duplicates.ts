/*
 * Whether somebody who is being written stands in the book already. Asked on the phone, offline, across scripts, before saving; it
 * shows and never forbids, for many women of one village do share a name.
 */
import type { Names } from '../../kernel/names.ts';
import { soundsLike } from '../../kernel/words.ts';
import type { Kept } from '../../platform/book/kind.ts';
import { type Birth, bornNear } from './birth.ts';
import type { Sex } from './household.ts';
import { isListed, type Person } from './person.ts';

export type SameReason =
  | 'people.same.name'
  | 'people.same.parent'
  | 'people.same.household'
  | 'people.same.organization'
  | 'people.same.village'
  | 'people.same.birth';

export type Suspect<T> = { readonly page: Kept<T>; readonly reasons: readonly SameReason[] };

/** Who is being compared, and where she lives as far as this phone knows. */
export type Likeness = {
  readonly names: Names;
  readonly parent: Names | null;
  readonly sex: Sex | null;
  readonly born: Birth | null;
  readonly household: string | null;
  readonly owner: string;
  readonly village: string | null;
};

// Digits of one number, the weightiest first. A name alone is not shown: a village has five Shabanas.
const weights: Readonly<Record<Exclude<SameReason, 'people.same.name'>, number>> = {
  'people.same.parent': 4,
  'people.same.household': 3,
  'people.same.birth': 2,
  'people.same.organization': 1,
  'people.same.village': 1,
};
const enough = 3;
/** Shown at most. */
export const suspectsShown = 5;

/** Why two may be one, or null: their names differ, or too little else agrees. The order of the two does not matter. */
export function whySame(a: Likeness, b: Likeness): readonly SameReason[] | null {
  if (a.sex !== null && b.sex !== null && a.sex !== b.sex) return null;
  if (!namesAgree(a.names, b.names)) return null;
  const near = bornNear(a.born, b.born);
  if (near === false) return null;
  const parents = a.parent !== null && b.parent !== null ? namesAgree(a.parent, b.parent) : null;
  const reasons: SameReason[] = ['people.same.name'];
  if (parents) reasons.push('people.same.parent');
  if (a.household !== null && a.household === b.household) reasons.push('people.same.household');
  if (a.owner === b.owner) reasons.push('people.same.organization');
  else if (a.village !== null && a.village === b.village) reasons.push('people.same.village');
  if (near) reasons.push('people.same.birth');
  const weight = reasons.reduce((sum, reason) => sum + (reason === 'people.same.name' ? 0 : weights[reason]), 0);
  // Another father or husband is another woman, unless she is of one kitchen: a wife is written under either name.
  if (parents === false && a.household !== b.household) return null;
  return weight >= enough ? reasons : null;
}

/** Two names agree when one of their spellings sounds like one of the other's, whatever the scripts. */
export function namesAgree(a: Names, b: Names): boolean {
  const spelt = (names: Names) => [names.sd, names.ur, names.en].filter((name) => name !== null);
  return spelt(a).some((one) => spelt(b).some((other) => soundsLike(one, other)));
}

/** The pages that may be hers already, the likeliest first. `candidates` are those whose name was found: a search bounds them. */
export function suspects(
  likeness: Likeness,
  candidates: Iterable<Kept<Person>>,
  villageOf: (person: Person) => string | null,
): readonly Suspect<Person>[] {
  const found: (Suspect<Person> & { readonly weight: number })[] = [];
  for (const page of candidates) {
    if (!isListed(page.body)) continue;
    const reasons = whySame(likeness, { ...page.body, village: villageOf(page.body) });
    if (!reasons) continue;
    const weight = reasons.reduce((sum, reason) => sum + (reason === 'people.same.name' ? 0 : weights[reason]), 0);
    found.push({ page, reasons, weight });
  }
  found.sort((a, b) => b.weight - a.weight || (a.page.id < b.page.id ? -1 : 1));
  return found.slice(0, suspectsShown).map(({ page, reasons }) => ({ page, reasons }));
}
