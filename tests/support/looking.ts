import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axe, scrollsSideways, smallTargets } from './browser.ts';
import { picture } from './hands.ts';

/** A page as it stands is whole: axe finds nothing, everything can be touched, nothing moves sideways. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  expect(await axe(page), name).toEqual([]);
  expect(await smallTargets(page, 40), name).toEqual([]);
  expect(await scrollsSideways(page), name).toBe(false);
  await picture(page, name, true);
}
