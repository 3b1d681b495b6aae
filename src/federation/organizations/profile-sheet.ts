import { type Names, nameIn } from '../../kernel/names.ts';
import type { Kept } from '../../platform/book/kind.ts';
import type { Words } from '../../platform/languages/say.ts';
import { bind } from '../../platform/print/bind.ts';
import { formatLeaf } from '../../platform/print/leaf.ts';
import type { FactsPage, PrintedDocument } from '../../platform/print/printed.ts';
import { type Place, type PlaceLevel, placeKind } from '../places/place.ts';
import { lsoProfile, type OfWomen } from './lso-profile.ts';
import { organizationKind } from './organization.ts';

/** RSPN's one-page profile of an LSO, with its fields and in their order. Source: docs/glossary.md#lso-profile. */
export const profileSheet: PrintedDocument = {
  name: 'profile',
  leaf: 1,
  where: 'outside',
  forBearers: false,
  kinds: [organizationKind, placeKind],
  compose: (source, words) => {
    const profile = lsoProfile(source.cells(), source.today);
    const places = new Map([...source.all(placeKind)].map((place) => [place.id, place]));
    const organizations = [...source.all(organizationKind)];
    const lso = organizations.find(({ id }) => id === source.root)?.body;
    const named = (found: { readonly body: { readonly names: Names } } | undefined) =>
      found ? nameIn(found.body.names, words.language) : words.say('design.not-known');
    // An office that has not yet said where it stands keeps its one union council among its places, and its district above it.
    const councils = [...places.values()].filter(({ body }) => body.level === 'union-council');
    const council =
      placeAbove(lso?.place ?? null, 'union-council', places) ?? (councils.length === 1 ? councils[0] : undefined);
    const district =
      placeAbove(lso?.place ?? null, 'district', places) ?? organizations.find(({ body }) => body.tier === 'district');
    const number = (count: number) => ({ ltr: words.number(count) });
    const told = [profile.households, profile.organizedHouseholds].some(({ origin }) => origin === 'told');
    const page: FactsPage = {
      form: 'facts',
      says: words.say('print.page-of', { page: 1, of: 1 }),
      figures: [
        { figure: number(profile.households.count), says: words.say('organizations.sheet-households') },
        { figure: number(profile.organizedHouseholds.count), says: words.say('organizations.sheet-organized') },
        {
          figure:
            profile.coveragePercent === null
              ? words.say('design.not-known')
              : { ltr: words.percent(profile.coveragePercent) },
          says: words.say('organizations.sheet-coverage'),
        },
        { figure: number(profile.communityOrganizations.count), says: words.say('organizations.sheet-cos') },
        { figure: number(profile.villageOrganizations.count), says: words.say('organizations.sheet-vos') },
        { figure: number(profile.generalBody.count), says: words.say('organizations.sheet-general-body') },
      ],
      lines: [
        { says: words.say('organizations.sheet-district'), value: named(district) },
        { says: words.say('organizations.sheet-union-council'), value: named(council) },
        {
          says: words.say('organizations.sheet-formed'),
          value: lso ? words.date(lso.formedOn) : words.say('design.not-known'),
        },
        {
          says: words.say('organizations.sheet-cos'),
          value: sayWomen(words, profile.communityOrganizations, 'groups'),
        },
        { says: words.say('organizations.sheet-vos'), value: sayWomen(words, profile.villageOrganizations, 'groups') },
        { says: words.say('organizations.sheet-general-body'), value: sayWomen(words, profile.generalBody, 'people') },
        {
          says: words.say('organizations.sheet-executive'),
          value: sayWomen(words, profile.executiveCommittee, 'people'),
        },
        ...(told
          ? [{ says: words.say('organizations.sheet-origin'), value: words.say('organizations.sheet-told') }]
          : []),
      ],
      address: source.origin + formatLeaf({ document: 1, page: 1, record: source.root }),
    };
    return bind(source, words, words.say('organizations.sheet-title'), [page]);
  },
  opens: () => '/organizations/profile',
};

/** The place itself or the first above it that is of a level. */
function placeAbove(
  from: string | null,
  level: PlaceLevel,
  places: ReadonlyMap<string, Kept<Place>>,
): Kept<Place> | undefined {
  let at = from === null ? undefined : places.get(from);
  for (let steps = 0; at && at.body.level !== level && steps < 8; steps++)
    at = at.body.parent === null ? undefined : places.get(at.body.parent);
  return at?.body.level === level ? at : undefined;
}

/** "95, all women’s", as RSPN prints it; otherwise how many are. */
function sayWomen(words: Words, { count, women }: OfWomen, what: 'groups' | 'people'): string {
  if (count > 0 && women === count) return words.say(`organizations.sheet-all-${what}`, { count });
  return words.say(`organizations.sheet-some-${what}`, { count, women });
}
