/* What a hand does on a phone, in any language: by pictures and places, never by words. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export const pin = '274951';

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
  await page.waitForSelector('.sos');
}

/** Opens the pages of the nth tile on the door. */
export async function unlock(page: Page, tile = 0, digits: string = pin): Promise<void> {
  await page.waitForSelector('.tile');
  await page.locator('.tile').nth(tile).click();
  await typePin(page, digits);
  await page.waitForSelector('.sos');
}

/** Waits until the whole office is on the phone: its donors are counted on the first tile, and home does not say that more is coming. */
export async function untilFilled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const donors = document.querySelector('.book .fig')?.textContent?.replace(/[^\d]/g, '') ?? '';
    return /^1\d\d$/.test(donors) && !document.querySelector('.leaf > .notice.calm');
  });
}

/** On her home page: sends, unless the phone does it by itself, and waits until nothing is unsent, when the strip is gone. */
export async function untilSent(page: Page): Promise<void> {
  await page.waitForSelector('.sos');
  // It is closed while the phone is sending, and gone when it has sent.
  await page
    .locator('.strip button')
    .click({ timeout: 500 })
    .catch(() => undefined);
  await page.waitForSelector('.strip', { state: 'detached' });
}

/** Back, page by page and question by question, until home stands there. */
export async function home(page: Page): Promise<void> {
  const back = page.locator('.bar > button:first-child');
  for (let i = 0; i < 12; i++) {
    await page.locator('.sos').or(back).first().waitFor();
    if ((await page.locator('.sos').count()) > 0) return;
    const stood = await standing(page);
    // The page may change under the hand: what is meant is "back", and the next round looks again.
    await back.click({ timeout: 2000 }).catch(() => undefined);
    await page.waitForFunction(isAnother, stood, { timeout: 5000 }).catch(() => undefined);
  }
  throw new Error(`twelve steps back from ${page.url()} do not lead home`);
}

/** Which page stands there, and which of its questions. Both run in the page. */
function standing(page: Page): Promise<string> {
  return page.evaluate(
    () => location.pathname + [...document.querySelectorAll('.bar h1, .ask h2, .steps i')].map((e) => e.outerHTML),
  );
}
function isAnother(stood: string): boolean {
  const now = [...document.querySelectorAll('.bar h1, .ask h2, .steps i')].map((e) => e.outerHTML);
  return location.pathname + now !== stood;
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
  // Held until the door stands there: how long that takes is the page's own affair.
  await page.mouse.down();
  await page.waitForSelector('.tile');
  await page.mouse.up();
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

export type WrittenDonor = {
  readonly name: string;
  readonly number: string;
  readonly village: number;
  readonly relay?: boolean;
};

/** Enlists a donor with a name and a number; by relay when asked. The line is written when it ends. */
export async function enlistDonor(page: Page, donor: WrittenDonor): Promise<void> {
  await fillInDonor(page, donor);
  await page.locator('.foot .go').last().click();
  // The register comes back when the line is written; an undo alone may be the one of the line before.
  await page.waitForURL((url) => url.pathname === '/blood-donors');
  await page.waitForSelector('.undo');
}

/** From her home page to the last question of a donor's page, which is not yet saved. */
export async function fillInDonor(page: Page, donor: WrittenDonor): Promise<void> {
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
}

/** Opens a page of an unlocked office by its address, as a link on the phone would. */
export async function openPath(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({ depth: 1 }, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** A picture of the page as it stands, where OTAQ_PICTURES names a folder for them. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  const folder = process.env.OTAQ_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}
