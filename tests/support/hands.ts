/* What a hand does on a phone, in any language: by pictures and places, never by words. */

import { join } from 'node:path';
import type { Page } from 'playwright-core';

export const pin = '274951';

/** Looks again and again, for at most 20 seconds. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 400; i++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('it did not come in 20 seconds');
}

export async function typePin(page: Page, digits: string = pin): Promise<void> {
  for (const digit of digits) await page.locator('.keys button', { hasText: new RegExp(`^${digit}$`) }).click();
}

/** Enrols whoever the code is for, and waits for her home. */
export async function enrol(page: Page, url: string, code: string, digits: string = pin): Promise<void> {
  if (!page.url().startsWith(url)) await page.goto(url);
  await page.waitForSelector('.page .bar, .door');
  if (await page.locator('.door-ways').count()) await page.locator('.door-ways .btn').last().click();
  await page.locator('.field input').fill(code);
  await page.locator('.foot .go').click();
  await page.waitForSelector('.keys');
  await typePin(page, digits);
  await page.waitForFunction(() => document.querySelectorAll('.pin .on').length === 0);
  await typePin(page, digits);
  await page.waitForSelector('.sos', { timeout: 20_000 });
}

/** Opens the pages of the nth tile on the door. */
export async function unlock(page: Page, tile = 0, digits: string = pin): Promise<void> {
  await page.waitForSelector('.tile');
  await page.locator('.tile').nth(tile).click();
  await typePin(page, digits);
  await page.waitForSelector('.sos', { timeout: 20_000 });
}

/** Waits until the whole office is on the phone: its donors are counted on the first tile. */
export async function untilFilled(page: Page): Promise<void> {
  await until(async () =>
    /^[\u2066-\u2069]*1\d\d/.test((await page.locator('.book .fig').first().textContent()) ?? ''),
  );
}

/** Sends, unless the phone does it by itself, and waits until nothing is unsent: the strip is gone from home. */
export async function untilSent(page: Page): Promise<void> {
  await page
    .locator('.strip button')
    .click({ timeout: 500 })
    .catch(() => undefined);
  await until(async () => (await page.locator('.strip').count()) === 0);
}

export async function home(page: Page): Promise<void> {
  for (let i = 0; i < 8 && (await page.locator('.sos').count()) === 0; i++) {
    await page.locator('.bar button').first().click();
    await page.waitForTimeout(150);
  }
  await page.waitForSelector('.sos');
}

/** Lock by the closed eye, come back to the door by holding the day's name. */
export async function lockByHiding(page: Page): Promise<void> {
  await page.locator('.bar .sq').nth(-2).click();
  await page.waitForSelector('.shopping');
  await returnFromCover(page);
}

export async function returnFromCover(page: Page): Promise<void> {
  const box = await page.locator('.shopping .day').boundingBox();
  if (!box) throw new Error('the cover has no day');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.waitForTimeout(1000);
  await page.mouse.up();
  await page.waitForSelector('.tile');
}

export async function pickGroup(page: Page, letters: string, sign: '+' | '−'): Promise<void> {
  await page.locator('.figure .pick', { hasText: new RegExp(`^${letters}$`) }).click();
  await page.locator('.figure .pick', { hasText: sign }).click();
}

/** Opens an emergency in the nth village, a birth that needs B−. */
export async function openEmergency(page: Page, village = 3): Promise<void> {
  await page.locator('.sos').click();
  await page.locator('.picks .pick').first().click();
  await page.locator('.rows .row').nth(village).click();
  await pickGroup(page, 'B', '−');
  await page.locator('.foot .emergency').click();
  await page.waitForSelector('.lane');
}

/** Enlists a donor with a name and a number; by relay when asked. */
export async function enlistDonor(
  page: Page,
  donor: { readonly name: string; readonly number: string; readonly village: number; readonly relay?: boolean },
): Promise<void> {
  await page.locator('.book').first().click();
  await page.locator('.foot .go').click();
  await page.locator('.field input').first().fill(donor.name);
  await page.locator('.picks .pick').nth(1).click();
  await page.locator('.foot .go').click();
  await pickGroup(page, 'B', '−');
  await page.locator('.foot .go').click();
  await page.locator('.picks .pick').first().click();
  await page.locator('.foot .go').click();
  await page.locator('.rows .row').nth(donor.village).click();
  await page.locator('.foot .go').click();
  await page
    .locator('.picks .pick')
    .nth(donor.relay ? 1 : 0)
    .click();
  await page.locator('.field input').first().fill(donor.number);
  await page.locator('.foot .go').click();
  await page.locator('.main .row.boxed').click();
  await page.locator('.foot .go').last().click();
  await page.waitForSelector('.undo');
}

/** Opens a page of an unlocked office by its address, as a link on the phone would. */
export async function openPath(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({ depth: 1 }, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** A picture of the page as it stands, where OTAQ_PICTURES names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.OTAQ_PICTURES;
  if (!folder) return;
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
