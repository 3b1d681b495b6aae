import type { Page } from 'playwright-core';

/** How many things a store of the phone's database holds: slots, lines, pages, notes. */
export function countStored(page: Page, store: 'slots' | 'lines' | 'pages' | 'notes'): Promise<number> {
  return page.evaluate(
    (store) =>
      new Promise<number>((done, fail) => {
        const opening = indexedDB.open('notebook');
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction(store).objectStore(store).count();
          counting.onsuccess = () => {
            opening.result.close();
            done(counting.result);
          };
        };
      }),
    store,
  );
}
