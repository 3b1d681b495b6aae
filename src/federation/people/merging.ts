/*
 * Two pages of one woman. One stays, the other points to it; nothing else is touched:
 *
 *   page A ◄──── page B          what stands under B's id keeps it; whoever looks B up is led to A
 *
 * So every other record is as it was, un-merging is taking the pointer away, and it restores exactly. Money never moves: a kind says
 * of itself (`concerns.afterMerge`) whether its pages are shown under the page that stays, or remain with the number they were paid to.
 */
import type { PersonId } from '../../kernel/ids.ts';
import type { Kept } from '../../platform/book/kind.ts';
import type { Person } from './person.ts';

type Find = (id: PersonId) => Kept<Person> | undefined;

/** The page that stays, following pointers. Undefined when the first page is not here; the last one that is here otherwise. */
export function standingPage(id: PersonId, find: Find): Kept<Person> | undefined {
  const seen = new Set<PersonId>();
  let page = find(id);
  while (page?.body.mergedInto && !seen.has(page.id)) {
    seen.add(page.id);
    const next = find(page.body.mergedInto);
    if (!next) break;
    page = next;
  }
  return page;
}

/** Every page of one woman: the one that stays first, then those that point to it, by whatever way. */
export function pagesOf(
  id: PersonId,
  find: Find,
  pointingTo: (id: PersonId) => readonly Kept<Person>[],
): readonly Kept<Person>[] {
  const first = standingPage(id, find);
  if (!first) return [];
  const pages = new Map([[first.id, first]]);
  for (const page of pages.values())
    for (const other of pointingTo(page.id)) if (!pages.has(other.id)) pages.set(other.id, other);
  return [...pages.values()];
}
