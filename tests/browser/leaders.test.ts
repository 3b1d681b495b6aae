/*
 * A leader's phone is lost, and a leader leaves: both as pages that lead a bearer through it, in Sindhi and in English, with the network cut in
 * the middle. What was written on the lost phone and not sent comes in when it turns up again.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { enlistDonor, home, openPath, unlock, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';

const { office, phoneOf } = beginJourneys();

async function personOf(name: string): Promise<string> {
  const { rows } = await office.running.database.owner.query<{ person: string }>(
    `SELECT body->>'person' AS person FROM records WHERE office = 10 AND kind = 'grant' AND body->'names'->>'en' = $1 LIMIT 1`,
    [name],
  );
  return rows[0]?.person ?? '';
}

async function bodies(kind: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { rows } = await office.running.database.owner.query<{ body: Readonly<Record<string, unknown>> }>(
    'SELECT body FROM records WHERE office = 10 AND kind = $1 ORDER BY sequence, id',
    [kind],
  );
  return rows.map(({ body }) => body);
}

const go = (page: Page) => page.locator('.foot .go').click();
const openPhonesOf = async (person: string) =>
  (await bodies('phone')).filter((phone) => phone.person === person && phone.withdrawnOn === null).length;

test.each([
  ['sd', 'Zeba'],
  ['en', 'Sakina'],
])(
  'a lost phone is closed with no network; it turns up, hands in what it had not sent, and forgets (%s)',
  async (locale, leader) => {
    const lost = await phoneOf(leader, locale);
    const person = await personOf(leader);
    // She has written, and had no network since.
    await lost.context.setOffline(true);
    await enlistDonor(lost.page, { name: `Found ${locale}`, number: '03004440001', village: 0 });
    await home(lost.page);

    const bearer = await phoneOf('Shabana', locale);
    const { page, context } = bearer;
    await openPath(page, `/phones/of/${person}`);
    await page.locator('.main ul .row').waitFor();
    await context.setOffline(true);
    await page.locator('.main .row.boxed').nth(1).click();
    // One phone of hers: nothing to choose, and all that will become of it is said before.
    await expect.poll(() => page.locator('.told .row').count()).toBe(4);
    await expect.poll(() => page.locator('.ask .ring').count()).toBe(1);
    await go(page);
    await page.locator('.undo').waitFor();
    // Written on this phone and not sent: the office has not heard of it, and a code for a new phone is not to be had here.
    await page.locator('.saved:not(.yes)').waitFor();
    await go(page);
    await page.locator('.notice.care').waitFor();
    expect(await openPhonesOf(person)).toBe(1);

    await context.setOffline(false);
    await home(page);
    await untilSent(page);
    await expect.poll(() => openPhonesOf(person)).toBe(0);
    await openPath(page, `/phones/of/${person}`);
    await expect.poll(() => page.locator('.main ul .row').count()).toBe(0);
    await page.locator('.main .row.boxed').first().click();
    await page.locator('.showing .code').waitFor();

    // It turns up. Her pages leave it, and its tile with them; the line comes in, and the bearers are shown it.
    await lost.context.setOffline(false);
    await lost.page.locator('.foot .go').waitFor();
    await expect.poll(() => lost.page.locator('.sos').count()).toBe(0);
    const inBook = async () => {
      const { rows } = await office.running.database.owner.query<{ state: string }>(
        `SELECT state FROM entries WHERE office = 10 AND command = 'blood-donors.enlist' AND body::text LIKE $1`,
        [`%Found ${locale}%`],
      );
      return rows.map(({ state }) => state);
    };
    await expect.poll(inBook).toEqual(['refused']);
    // A right that she no longer has: nothing of it is lost, and the bearers decide.
    await openPath(page, '/');
    await page.waitForSelector('.sos');
    await page.reload();
    await unlock(page);
    await openPath(page, '/not-sent');
    await page.locator('.waiting').first().waitFor();
    await go(lost.page);
    await lost.page.reload();
    await lost.page.locator('.field input').first().waitFor();
    expect(await lost.page.locator('.tile').count()).toBe(0);
  },
);

test.each([
  ['sd', 'Zeba'],
  ['en', 'Sakina'],
])(
  'a leader leaves: who follows her, then her phone, put away in the middle and taken up again (%s)',
  async (locale, leader) => {
    const hers = await phoneOf(leader, locale);
    await hers.context.setOffline(true);
    const person = await personOf(leader);
    const bearer = await phoneOf('Nasreen', locale);
    const { page, context } = bearer;
    const posts = async () =>
      (await bodies('tenure')).filter((tenure) => tenure.person === person && tenure.until === null).length;
    const held = await posts();
    expect(held).toBeGreaterThan(0);

    await openPath(page, `/phones/of/${person}/leaves`);
    await expect.poll(() => page.locator('.main .rows .row').count()).toBe(held);
    await context.setOffline(true);
    for (let left = held; left > 0; left--) {
      await page.locator('.main .rows .row').first().click();
      await go(page);
      // Nobody follows her in this one yet.
      await page.locator('.row.boxed').first().click();
      await go(page);
      await go(page);
      if (left > 1) await expect.poll(() => page.locator('.main .rows .tag').count()).toBe(left - 1);
      // Off and on in the middle: the page asks for what is left.
      if (left === held) {
        await page.goto(office.url);
        await unlock(page);
        await openPath(page, `/phones/of/${person}/leaves`);
      }
    }
    // Her phone is asked after last.
    await page.locator('.told').waitFor();
    await context.setOffline(false);
    await home(page);
    await untilSent(page);
    await expect.poll(posts).toBe(0);
    await openPath(page, `/phones/of/${person}/leaves`);
    await page.locator('.told').waitFor();
    await go(page);
    await page.locator('.undo').waitFor();
    await expect.poll(() => page.locator('.told .row').count()).toBe(1);
    await home(page);
    await untilSent(page);
    await expect.poll(() => openPhonesOf(person)).toBe(0);
    // Hers hears of it when it next meets the network.
    await hers.context.setOffline(false);
    await hers.page.locator('.foot .go').waitFor();
    expect(await hers.page.locator('.sos').count()).toBe(0);
  },
);
