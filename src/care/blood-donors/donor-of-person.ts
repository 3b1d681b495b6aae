/*
 * The donors' register and the people's register were begun apart, from two paper books. Which page of the one is whose of the other is
 * said by somebody who knows; until then a likeness is shown. From then on what is held on her is found, told and erased together.
 */
import { birthYears } from '../../federation/people/birth.ts';
import { type Likeness, whySame } from '../../federation/people/duplicates.ts';
import { standingPage } from '../../federation/people/merging.ts';
import type { Person } from '../../federation/people/person.ts';
import type { Kept } from '../../platform/book/kind.ts';
import type { Donor } from './donor.ts';

/** A donor as the people's register compares its pages. */
export function likenessOf({ names, parent, sex, bornYear, vo, village }: Donor): Likeness {
  return {
    names,
    parent,
    sex,
    born: bornYear === null ? null : { year: bornYear },
    household: null,
    owner: vo,
    village,
  };
}

/** Donors who may be this person and of whom nobody has said who they are. `line`: her CO and those above it. */
export function donorsLike(
  person: Likeness,
  line: readonly string[],
  donors: Iterable<Kept<Donor>>,
): readonly Kept<Donor>[] {
  const alike: Kept<Donor>[] = [];
  for (const donor of donors) {
    if (donor.body.person) continue;
    const likeness = likenessOf(donor.body);
    // A donor stands in a VO, a person in one of its COs: one organization for this purpose.
    const owner = line.includes(likeness.owner) ? person.owner : likeness.owner;
    if (whySame(person, { ...likeness, owner })) alike.push(donor);
  }
  return alike.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The year of birth where one is known for certain. */
export function bornYearOf({ born }: Pick<Person, 'born'>): number | null {
  if (born === null) return null;
  const [first, last] = birthYears(born);
  return first === last ? first : null;
}

type PersonOf = (id: string) => Kept<Person> | undefined;

/** Whether the people's register says that a donor has died or moved away. */
export function hasLeft({ person }: Donor, personOf: PersonOf): boolean {
  return Boolean(person && standingPage(person, personOf)?.body.left);
}

/** The donors who can be called at all: not those who have died or moved away. */
export function* notLeft(donors: Iterable<Kept<Donor>>, personOf: PersonOf): Generator<Kept<Donor>> {
  for (const donor of donors) if (!hasLeft(donor.body, personOf)) yield donor;
}
