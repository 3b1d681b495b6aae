/*
 * What a page must come to show. A page is drawn when its answer has come, and a busy machine takes its time: nothing of it is read
 * once and held for true. Each of these is asked again until it is so, or until the patience of the project is over.
 */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

type Asked<T> = ReturnType<typeof expect.poll<T>>;

/** How many there are: `await countOf(page.locator('.lane')).toBe(3)`. */
export const countOf = (locator: Locator): Asked<number> => expect.poll(() => locator.count());

/** What is written there, one after the other: `await textOf(page.locator('.notice')).toContain('no network')`. */
export const textOf = (locator: Locator): Asked<string> =>
  expect.poll(async () => (await locator.allTextContents()).join(' '));

/** Which page it is: `await pathOf(page).toBe('/desk/lists')`. */
export const pathOf = (page: Page): Asked<string> => expect.poll(() => new URL(page.url()).pathname);
