import { NameSearch } from '../../../kernel/words.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { organizationKind } from '../../organizations/organization.ts';
import { type Household, householdKind } from '../household.ts';
import { standingPage } from '../merging.ts';
import { type Person, personKind } from '../person.ts';

type Held = {
  /** The copy as it stood when all of it had been taken in. */
  changes: number;
  going: { readonly changes: number; readonly pages: Generator<void> } | null;
  readonly search: NameSearch;
  readonly bodies: Map<string, unknown>;
};

// One a copy. Only pages that were changed are written into it anew: a body is never changed in place.
const searches = new WeakMap<Copy, Held>();

/** Everybody and every household on this phone, found by name in any of three scripts. */
export function peopleSearch(copy: Copy): NameSearch {
  takeIn(copy, () => false);
  return heldOf(copy).search;
}

/** How long the names are taken in at a time, and how long the phone is then left to the person, in milliseconds. */
const atOnce = 12;
const pause = 4;

/**
 * Takes in the names while she looks at the register, so that her first letter is answered as quickly as the next. Answers how to stop; what was
 * taken in stays.
 */
export function prepareSearch(copy: Copy): () => void {
  let timer = setTimeout(prepare, pause);
  function prepare(): void {
    const until = performance.now() + atOnce;
    if (!takeIn(copy, () => performance.now() > until)) timer = setTimeout(prepare, pause);
  }
  return () => clearTimeout(timer);
}

function heldOf(copy: Copy): Held {
  let held = searches.get(copy);
  if (!held) {
    held = { changes: -1, going: null, search: new NameSearch(), bodies: new Map() };
    searches.set(copy, held);
  }
  return held;
}

/** Takes pages in until told to pause; answers whether all are. */
function takeIn(copy: Copy, mayPause: () => boolean): boolean {
  const held = heldOf(copy);
  if (held.changes === copy.changes) return true;
  // What has changed meanwhile is looked through from the start; what was taken in already is passed over.
  if (held.going?.changes !== copy.changes) held.going = { changes: copy.changes, pages: changedPages(copy, held) };
  while (!held.going.pages.next().done) if (mayPause()) return false;
  held.changes = copy.changes;
  held.going = null;
  return true;
}

/** Writes what is new of a copy into its search, a page at each step. */
function* changedPages(copy: Copy, { search, bodies }: Held): Generator<void> {
  let here = 0;
  const isNew = (id: string, body: unknown) => {
    here += 1;
    if (bodies.get(id) === body) return false;
    bodies.set(id, body);
    return true;
  };
  for (const { id, body } of copy.all(householdKind))
    if (isNew(id, body)) yield search.put(id, ...spellings(body.head), ...spellings(body.headParent));
  for (const { id, body } of copy.all(personKind)) {
    if (!isNew(id, body)) continue;
    // Whoever was taken out of the register is not found. A page that was merged is: it leads to the one that stays.
    yield body.withdrawnOn ? search.drop(id) : search.put(id, ...spellings(body.names), ...spellings(body.parent));
  }
  if (here < bodies.size)
    for (const id of bodies.keys())
      if (!copy.get(householdKind, id) && !copy.get(personKind, id)) {
        bodies.delete(id);
        search.drop(id);
      }
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
