import type { Donor, DonorContact } from '../../care/blood-donors/donor.ts';
import type { Organization } from '../../federation/organizations/organization.ts';
import { birthYears } from '../../federation/people/birth.ts';
import type { Household } from '../../federation/people/household.ts';
import { isListed, type Person } from '../../federation/people/person.ts';
import type { Place } from '../../federation/places/place.ts';
import { formatBloodGroup } from '../../kernel/blood-group.ts';
import { type Names, nameIn } from '../../kernel/names.ts';
import type { Kept } from '../../platform/book/kind.ts';
import type { Language } from '../../platform/languages/language.ts';
import { type Choices, knownBy, levels, listedTiers, membersAre, sexes, yesOrNo } from './list-answers.ts';
import { type Field, headingOf, headingsOfName, type ImportList } from './list-columns.ts';
import type { Cell } from './sheet.ts';

/** What an office keeps, for its lists. */
export type OfficeRecords = {
  readonly places: readonly Kept<Place>[];
  /** Places of the books above, for their names only. */
  readonly placesAbove: readonly Kept<Place>[];
  readonly organizations: readonly Kept<Organization>[];
  readonly households: readonly Kept<Household>[];
  readonly people: readonly Kept<Person>[];
  readonly donors: readonly Kept<Donor>[];
  readonly contacts: readonly Kept<DonorContact>[];
};

type Rows = readonly (readonly Cell[])[];

/**
 * A list of the office under the headings by which it can be brought in again. A number that was given to a VO alone does not stand in
 * it: it leaves that VO's phones for nobody.
 */
export function exportList(list: ImportList, office: OfficeRecords, language: Language): Rows {
  const places = new Map([...office.placesAbove, ...office.places].map(({ id, body }) => [id, body]));
  const organizations = new Map(office.organizations.map(({ id, body }) => [id, body]));
  const heads = (fields: readonly Field[]) => fields.map((field) => headingOf(field, language));
  /** An answer as the reader writes it; what no list asks for as it is. */
  const answer = <T extends string>(choices: Choices<T>, value: string): string =>
    Object.hasOwn(choices, value) ? choices[value as T][language][0] : value;
  const say = (names: Names | null | undefined): Cell => (names ? nameIn(names, language) : null);
  const place = (id: string | null): Cell => (id === null ? null : say(places.get(id)?.names));
  const organization = (id: string | null, tier: 'vo' | 'co'): Cell => {
    for (
      let at = id === null ? undefined : organizations.get(id);
      at;
      at = at.parent === null ? undefined : organizations.get(at.parent)
    )
      if (at.tier === tier) return at.number === null ? say(at.names) : `${tier.toUpperCase()} ${at.number}`;
    return null;
  };
  switch (list) {
    case 'places':
      return [
        [...headingsOfName(language), ...heads(['level', 'within', 'code', 'aliases'])],
        ...office.places.map(({ body }) => [
          ...inThree(body.names),
          answer(levels, body.level),
          place(body.parent),
          body.code?.value ?? null,
          body.aliases.length > 0 ? body.aliases.join('; ') : null,
        ]),
      ];
    case 'organizations':
      return [
        [...headingsOfName(language), ...heads(['tier', 'number', 'above', 'village', 'of', 'formed'])],
        ...office.organizations
          .filter(({ body }) => body.parent !== null)
          .map(({ body }) => [
            ...inThree(body.names),
            answer(listedTiers, body.tier),
            body.number,
            body.tier === 'co' ? organization(body.parent, 'vo') : null,
            place(body.place),
            answer(membersAre, body.of),
            body.formedOn,
          ]),
      ];
    case 'households':
      return [
        heads(['head', 'parent', 'size', 'village', 'vo', 'co', 'since', 'page']),
        ...office.households
          .filter(({ body }) => body.left === null)
          .map(({ body }) => [
            say(body.head),
            say(body.headParent),
            body.size,
            place(body.place),
            organization(body.owner, 'vo'),
            organization(body.co, 'co'),
            body.since,
            body.bookPage,
          ]),
      ];
    case 'people':
      return [
        [...headingsOfName(language), ...heads(['parent', 'sex', 'born', 'vo', 'co', 'number'])],
        ...office.people
          .filter(({ body }) => isListed(body))
          .map(({ body }) => [
            ...inThree(body.names),
            say(body.parent),
            answer(sexes, body.sex),
            born(body),
            organization(body.owner, 'vo'),
            organization(body.owner, 'co'),
            body.number,
          ]),
      ];
    case 'donors': {
      const numbers = new Map(office.contacts.map(({ body }) => [body.donor, body.number]));
      return [
        [
          ...headingsOfName(language),
          ...heads(['parent', 'sex', 'born', 'group', 'known', 'phone', 'village', 'vo', 'consent']),
        ],
        ...office.donors
          .filter(({ body }) => body.status === 'active')
          .map(({ id, body }) => [
            ...inThree(body.names),
            say(body.parent),
            answer(sexes, body.sex),
            body.bornYear,
            body.group === null ? null : formatBloodGroup(body.group),
            body.group === null ? null : answer(knownBy, body.groupKnownBy),
            body.relay === null ? (numbers.get(id) ?? null) : null,
            place(body.village),
            organization(body.vo, 'vo'),
            answer(yesOrNo, 'yes'),
          ]),
      ];
    }
  }
}

function inThree({ en, sd, ur }: Names): Cell[] {
  return [en, sd, ur];
}

function born({ born: birth }: Person): Cell {
  if (birth === null) return null;
  return 'on' in birth ? birth.on : birthYears(birth)[1];
}
