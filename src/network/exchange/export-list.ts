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
import { headingOf, type ImportList } from './list-columns.ts';
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
        [...threeNames('name'), headingOf('level'), headingOf('within'), headingOf('code'), headingOf('aliases')],
        ...office.places.map(({ body }) => [
          ...inThree(body.names),
          words(body.level),
          place(body.parent),
          body.code?.value ?? null,
          body.aliases.length > 0 ? body.aliases.join('; ') : null,
        ]),
      ];
    case 'organizations':
      return [
        [...threeNames('name'), ...(['tier', 'number', 'above', 'village', 'of', 'formed'] as const).map(headingOf)],
        ...office.organizations
          .filter(({ body }) => body.parent !== null)
          .map(({ body }) => [
            ...inThree(body.names),
            body.tier.toUpperCase(),
            body.number,
            body.tier === 'co' ? organization(body.parent, 'vo') : null,
            place(body.place),
            words(body.of),
            body.formedOn,
          ]),
      ];
    case 'households':
      return [
        (['head', 'parent', 'size', 'village', 'vo', 'co', 'since', 'page'] as const).map(headingOf),
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
        [...threeNames('name'), ...(['parent', 'sex', 'born', 'vo', 'co', 'number'] as const).map(headingOf)],
        ...office.people
          .filter(({ body }) => isListed(body))
          .map(({ body }) => [
            ...inThree(body.names),
            say(body.parent),
            body.sex === 'f' ? 'Female' : 'Male',
            born(body),
            organization(body.owner, 'vo'),
            organization(body.owner, 'co'),
            body.number,
          ]),
      ];
    case 'donors': {
      const numbers = new Map(office.contacts.map(({ body }) => [body.donor, body.number]));
      const fields = ['parent', 'sex', 'born', 'group', 'known', 'phone', 'village', 'vo', 'consent'] as const;
      return [
        [...threeNames('name'), ...fields.map(headingOf)],
        ...office.donors
          .filter(({ body }) => body.status === 'active')
          .map(({ id, body }) => [
            ...inThree(body.names),
            say(body.parent),
            body.sex === 'f' ? 'Female' : 'Male',
            body.bornYear,
            body.group === null ? null : formatBloodGroup(body.group),
            body.group === null ? null : words(body.groupKnownBy),
            body.relay === null ? (numbers.get(id) ?? null) : null,
            place(body.village),
            organization(body.vo, 'vo'),
            'Yes',
          ]),
      ];
    }
  }
}

function threeNames(field: 'name'): string[] {
  return ['English', 'Sindhi', 'Urdu'].map((script) => `${headingOf(field)} (${script})`);
}

function inThree({ en, sd, ur }: Names): Cell[] {
  return [en, sd, ur];
}

/** `union-council` as people write it. */
function words(code: string): string {
  return `${code[0]?.toUpperCase()}${code.slice(1).replaceAll('-', ' ')}`;
}

function born({ born: birth }: Person): Cell {
  if (birth === null) return null;
  return 'on' in birth ? birth.on : birthYears(birth)[1];
}
