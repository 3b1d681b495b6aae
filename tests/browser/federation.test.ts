/*
 * An office opens its organizations with no network: a CO is formed, its old books are carried over and read aloud, a post is handed
 * over, a village is added. In Sindhi and in English, and seen afterwards on another bearer's phone.
 */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { home, openPath, unlock, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countOf, textOf } from '../support/waiting.ts';

const { office, phoneOf } = beginJourneys();

type Body = Readonly<Record<string, unknown>>;
async function records(kind: string): Promise<readonly { readonly id: string; readonly body: Body }[]> {
  const { rows } = await office.running.database.owner.query<{ id: string; body: Body }>(
    'SELECT id, body FROM records WHERE office = 10 AND kind = $1 ORDER BY sequence, id',
    [kind],
  );
  return rows;
}

const go = (page: Page) => page.locator('.foot .go').click();
async function digits(page: Page, typed: string): Promise<void> {
  for (const digit of typed) await page.locator('.keys button', { hasText: new RegExp(`^${digit}$`) }).click();
}
const idInAddress = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? '';

describe.each([
  ['sd', 'ڳوٺ نئون'],
  ['en', 'New Goth'],
])('in %s', (locale, village) => {
  test('a CO is formed, its old books are read aloud and its bearer is chosen, all with no network', async () => {
    const { page, context } = await phoneOf('Shabana', locale);
    const name = `Para ${locale}`;
    await context.setOffline(true);
    await page.reload();
    await unlock(page);

    await openPath(page, '/organizations');
    await page.waitForSelector('.rows .row');
    const before = await page.locator('.count .fig').textContent();
    await go(page);
    await page.locator('.picks .pick').first().click();
    await go(page);
    await page.locator('.main .rows .row').first().click();
    await go(page);
    await page.locator('.field input').first().fill(name);
    await go(page);
    await page.locator('.picks .pick').first().click();
    await go(page);
    await go(page);
    await go(page);
    await page.waitForSelector('.undo');
    const co = idInAddress(page);
    await countOf(page.locator('.saved')).toBe(1);

    // What the old books hold: rupees and page on the keypad, in every language from left to right.
    await openPath(page, `/organizations/${co}/cut-off`);
    await go(page);
    await page.waitForSelector('.keys');
    // Once the undo of the page before is gone, every key stands above the foot.
    await page.waitForSelector('.undo', { state: 'detached' });
    const keys = await page.locator('.keys').boundingBox();
    const foot = await page.locator('.foot').boundingBox();
    expect((keys?.y ?? 0) + (keys?.height ?? 999)).toBeLessThanOrEqual((foot?.y ?? 0) + 1);
    await digits(page, '23500');
    await page.locator('.typed button').nth(1).click();
    await digits(page, '41');
    await go(page);
    await digits(page, '18000');
    await go(page);
    await digits(page, '5500');
    await go(page);
    await digits(page, '2');
    await go(page);
    await digits(page, '9');
    await go(page);
    await go(page);
    await page.waitForSelector('.balance');
    await textOf(page.locator('.balance').first()).toContain('23,500');
    await go(page);
    await page.waitForSelector('.field input');
    await page.locator('.field input').nth(1).fill('17');
    await go(page);
    await page.waitForSelector('.notice.good');

    await openPath(page, '/organizations');
    await textOf(page.locator('.count .fig')).not.toBe(before);
    expect(await records('cut-off-sheet').then((all) => all.filter(({ body }) => body.organization === co))).toEqual(
      [],
    );

    await home(page);
    await context.setOffline(false);
    await untilSent(page);
    const [sheet] = (await records('cut-off-sheet')).filter(({ body }) => body.organization === co);
    expect(sheet?.body).toMatchObject({
      savings: { paisa: 2_350_000, bookPage: '41' },
      loans: { paisa: 1_800_000, bookPage: '' },
      cash: { paisa: 550_000 },
      openResolutions: { count: 2 },
      donors: { count: 9 },
      readAloud: { heardBy: 17 },
    });
    const formed = (await records('organization')).find(({ id }) => id === co);
    expect(formed?.body).toMatchObject({ tier: 'co', of: 'women', status: 'active' });
  });

  test('a post is handed over with no network; the other bearer sees who holds it, and the role has moved', async () => {
    const { page, context } = await phoneOf('Shabana', locale);
    const treasurer = (await records('tenure')).find(({ body }) => body.post === 'treasurer' && body.until === null);
    const organization = String(treasurer?.body.organization);
    await context.setOffline(true);
    await openPath(page, `/organizations/${organization}/hand-over/${treasurer?.id}`);
    await page.waitForSelector('.steps');
    await countOf(page.locator('.main .rows .row')).toBeGreaterThan(0);
    await go(page);
    await page
      .locator('.main .rows .row')
      .nth(locale === 'sd' ? 4 : 6)
      .click();
    await go(page);
    await go(page);
    await page.waitForSelector('.undo');
    await home(page);
    await context.setOffline(false);
    await untilSent(page);

    const tenures = await records('tenure');
    const ended = tenures.find(({ id }) => id === treasurer?.id);
    const follower = String(ended?.body.handedTo);
    expect(ended?.body.until).not.toBeNull();
    expect(ended?.body.left).toMatchObject({ flags: expect.any(Number), emergencies: expect.any(Number) });
    const grants = (await records('grant')).filter(({ body }) => body.organization === organization);
    const open = grants.filter(({ body }) => body.until === null).map(({ body }) => body.person);
    expect(open).toContain(follower);
    expect(open).not.toContain(treasurer?.body.person);

    const other = await phoneOf('Nasreen', locale);
    await openPath(other.page, `/organizations/${organization}`);
    const names = tenures.find(({ body }) => body.person === follower)?.body.names as Record<string, string>;
    await textOf(other.page.locator('.main')).toContain(names[locale] ?? names.sd ?? '');
  });

  test('a village is added with no network, found by another spelling, and shown before it is written twice', async () => {
    const { page, context } = await phoneOf('Shabana', locale);
    await context.setOffline(true);
    const add = async () => {
      await openPath(page, '/places/add');
      await page.locator('.picks .pick').first().click();
      await go(page);
      await page.locator('.main .rows .row').first().click();
      await go(page);
      await page.locator('.field input').first().fill(village);
    };
    await add();
    expect(await page.locator('.main .notice').count()).toBe(0);
    await go(page);
    await page.waitForSelector('.undo');
    const id = idInAddress(page);
    await openPath(page, `/places/${id}/change`);
    await page.locator('.picks .pick').first().click();
    await page.locator('.field input').fill('Nuova Goth');
    await go(page);
    // Saved, and back on the page of the place.
    await page.waitForURL((url) => !url.pathname.endsWith('/change'));
    await openPath(page, '/places');
    await page.locator('input[type=search]').fill('nuova');
    await textOf(page.locator('.main .rows')).toContain(village);

    await add();
    await page.waitForSelector('.main .notice');

    await home(page);
    await context.setOffline(false);
    await untilSent(page);
    const kept = (await records('place')).find((place) => place.id === id);
    expect(kept?.body).toMatchObject({ level: 'village', aliases: ['Nuova Goth'] });
    // The head office's places are found too, however they are spelled; they are not changed from here.
    await openPath(page, '/places');
    await page.locator('input[type=search]').fill('Qamber Shahdadkot');
    await textOf(page.locator('.main .rows')).toContain('PK709');
    await page.locator('.main .rows .row', { hasText: 'PK709' }).first().click();
    await page.waitForURL((url) => /^\/places\/.+/.test(url.pathname));
    await page.waitForSelector('.bar h1');
    await countOf(page.locator('.foot')).toBe(0);
  });
});
