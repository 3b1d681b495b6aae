import type { Organization, Tier } from '../../federation/organizations/organization.ts';
import type { Place, PlaceLevel } from '../../federation/places/place.ts';
import { toLatinDigits } from '../../kernel/digits.ts';
import type { RecordId } from '../../kernel/ids.ts';
import type { Names } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { fold } from '../../kernel/words.ts';

/** A record that stands in the office, or one that a row of the same file will make. */
export type Ref = RecordId | { readonly row: number };

export type KnownPlace = {
  readonly at: Ref;
  readonly level: PlaceLevel;
  readonly parent: Ref | null;
  readonly spellings: readonly string[];
};
export type KnownOrganization = {
  readonly at: Ref;
  readonly tier: Tier;
  readonly number: number | null;
  readonly parent: Ref | null;
  readonly place: Ref | null;
  readonly spellings: readonly string[];
};

/** What an import is held against: the places and organizations of the office and of the books above, and who is there already. */
export type KnownOffice = {
  readonly today: PlainDate;
  readonly root: RecordId;
  readonly places: readonly KnownPlace[];
  readonly organizations: readonly KnownOrganization[];
  /** Who holds a role in the office: through one of them a woman donor is reached. */
  readonly leaders: readonly { readonly person: RecordId; readonly names: Names }[];
  /** Keys of what stands in the office: see `likeness`. */
  readonly alike: ReadonlySet<string>;
};

export function spellingsOf(names: Names, aliases: readonly string[] = []): string[] {
  return [...new Set([names.sd, names.ur, names.en, ...aliases].filter((name) => name !== null).map(fold))];
}

export function knownPlace(at: Ref, place: Pick<Place, 'level' | 'parent' | 'names' | 'aliases'>): KnownPlace {
  return { at, level: place.level, parent: place.parent, spellings: spellingsOf(place.names, place.aliases) };
}

export function knownOrganization(
  at: Ref,
  { tier, number, parent, place, names }: Pick<Organization, 'tier' | 'number' | 'parent' | 'place' | 'names'>,
): KnownOrganization {
  return { at, tier, number, parent, place, spellings: spellingsOf(names) };
}

/** The keys under which two pages are one: each spelling of the name, with father or husband and the organization. */
export function likeness(kind: string, names: Names, parent: Names | null, owner: string): string[] {
  const parents = parent === null ? [''] : spellingsOf(parent);
  return spellingsOf(names).flatMap((name) => parents.map((father) => `${kind}|${name}|${father}|${owner}`));
}

/** A reference as text, for keys. */
export function refKey(ref: Ref | null): string {
  return ref === null ? '' : typeof ref === 'string' ? ref : `row ${ref.row}`;
}

/** The places and organizations found so far, with those that earlier rows of the file add. */
export class Finder {
  readonly #places = new Map<string, KnownPlace[]>();
  readonly #organizations = new Map<string, KnownOrganization[]>();

  constructor(office: Pick<KnownOffice, 'places' | 'organizations'>) {
    for (const place of office.places) this.addPlace(place);
    for (const organization of office.organizations) this.addOrganization(organization);
  }

  addPlace(place: KnownPlace): void {
    for (const spelling of place.spellings) put(this.#places, spelling, place);
  }

  addOrganization(organization: KnownOrganization): void {
    for (const spelling of organization.spellings)
      put(this.#organizations, `${organization.tier} ${spelling}`, organization);
    if (organization.number !== null)
      put(this.#organizations, `${organization.tier} ${organization.number}`, organization);
  }

  places(text: string, levels: readonly PlaceLevel[]): readonly KnownPlace[] {
    return (this.#places.get(fold(text)) ?? []).filter(({ level }) => levels.includes(level));
  }

  /** By name, by number, or by "VO 4" as people say it. */
  organizations(text: string, tier: Tier, parent: Ref | null): readonly KnownOrganization[] {
    const number = organizationNumber(text);
    const found =
      this.#organizations.get(`${tier} ${fold(text)}`) ??
      (number === null ? undefined : this.#organizations.get(`${tier} ${number}`)) ??
      [];
    return parent === null ? found : found.filter((organization) => refKey(organization.parent) === refKey(parent));
  }
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/** The number in "VO 4", "CO-12", "وي او 4" or "4"; null where the text is a name. */
export function organizationNumber(text: string): number | null {
  const match = /^(?:[vc] ?o|و[يی] او|س[يی] او)? ?(?:no )?(\d{1,4})$/u.exec(
    toLatinDigits(text)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  );
  return match ? Number(match[1]) : null;
}
