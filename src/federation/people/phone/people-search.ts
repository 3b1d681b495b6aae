import { NameSearch } from '../../../kernel/words.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { organizationKind } from '../../organizations/organization.ts';
import { type Household, householdKind } from '../household.ts';
import { standingPage } from '../merging.ts';
import { type Person, personKind } from '../person.ts';

type Held = { changes: number; readonly search: NameSearch; readonly bodies: Map<string, unknown> };

// One a copy. Only pages that were changed are written into it anew: a body is never changed in place.
const searches = new WeakMap<Copy, Held>();

/** Everybody and every household on this phone, found by name in any of three scripts. */
export function peopleSearch(copy: Copy): NameSearch {
  let held = searches.get(copy);
  if (!held) {
    held = { changes: -1, search: new NameSearch(), bodies: new Map() };
    searches.set(copy, held);
  }
  if (held.changes === copy.changes) return held.search;
  const { search, bodies } = held;
  let here = 0;
  const isNew = (id: string, body: unknown) => {
    here += 1;
    if (bodies.get(id) === body) return false;
    bodies.set(id, body);
    return true;
  };
  for (const { id, body } of copy.all(householdKind))
    if (isNew(id, body)) search.put(id, ...spellings(body.head), ...spellings(body.headParent));
  for (const { id, body } of copy.all(personKind)) {
    if (!isNew(id, body)) continue;
    // Whoever was taken out of the register is not found. A page that was merged is: it leads to the one that stays.
    if (body.withdrawnOn) search.drop(id);
    else search.put(id, ...spellings(body.names), ...spellings(body.parent));
  }
  if (here < bodies.size)
    for (const id of bodies.keys())
      if (!copy.get(householdKind, id) && !copy.get(personKind, id)) {
        bodies.delete(id);
        search.drop(id);
      }
  held.changes = copy.changes;
  return search;
}

function spellings(names: Person['parent']): readonly (string | null)[] {
  return names ? [names.sd, names.ur, names.en] : [];
}

export type Found =
  | { readonly is: 'person'; readonly page: Kept<Person> }
  | { readonly is: 'household'; readonly page: Kept<Household> };

/** Who and which households are found, each once: a merged page is found as the page that stays. */
export function findPeople(copy: Copy, text: string, limit: number): readonly Found[] {
  const found = new Map<string, Found>();
  for (const id of peopleSearch(copy).find(text)) {
    const household = copy.get(householdKind, id);
    if (household) found.set(id, { is: 'household', page: household });
    const person = standingPage(id, (one) => copy.get(personKind, one));
    if (person && !person.body.withdrawnOn) found.set(person.id, { is: 'person', page: person });
    if (found.size >= limit) break;
  }
  return [...found.values()];
}

/** Every page of a person whose name is found, for telling whether she is written already. */
export function namesakes(copy: Copy, texts: readonly (string | null)[]): readonly Kept<Person>[] {
  const pages = new Map<string, Kept<Person>>();
  for (const text of texts)
    if (text !== null)
      for (const id of peopleSearch(copy).find(text)) {
        const page = copy.get(personKind, id);
        if (page) pages.set(id, page);
      }
  return [...pages.values()];
}

/** The village in which somebody lives, as far as this phone knows: of the household, or of the CO or VO. */
export function villageOf(copy: Copy, { household, owner }: Pick<Person, 'household' | 'owner'>): string | null {
  const place = household === null ? null : (copy.get(householdKind, household)?.body.place ?? null);
  return place ?? copy.get(organizationKind, owner)?.body.place ?? null;
}
