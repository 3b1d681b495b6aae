/*
 * A household moves to a CO of another village while the leader of its old village writes about it with no network; a CO is split and
 * joined again. In Sindhi and in English.
 */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verifyBooks } from '../../src/cli/verify.ts';
import { openPhone, type Phone } from '../support/browser.ts';
import { enrol, openPath, unlock, untilFilled, untilSent } from '../support/hands.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

let office: TestOffice;
const phones: Phone[] = [];
beforeAll(async () => {
  office = await openTestOffice();
}, 240_000);
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close().catch(() => undefined);
});
afterAll(async () => {
  expect((await verifyBooks(office.running.database.owner)).flatMap(({ faults }) => faults)).toEqual([]);
  await office?.close();
});

const patience = { timeout: 40_000 };

async function phoneOf(name: string, locale: string): Promise<Phone> {
  const phone = await openPhone({ locale });
  phones.push(phone);
  await enrol(phone.page, office.url, await office.codeFor(name));
  await untilFilled(phone.page);
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return phone;
}

type Row = { readonly id: string; readonly scope: string; readonly body: Readonly<Record<string, unknown>> };
async function records(kind: string, where = 'true'): Promise<readonly Row[]> {
  const { rows } = await office.running.database.owner.query<Row>(
    `SELECT id, scope, body FROM records WHERE office = 10 AND kind = $1 AND ${where} ORDER BY sequence, id`,
    [kind],
  );
  return rows;
}
async function recordOf(kind: string, id: string): Promise<Row | undefined> {
  return (await records(kind)).find((row) => row.id === id);
}

const go = (page: Page) => page.locator('.foot .go').click();
async function goHome(page: Page): Promise<void> {
  await openPath(page, '/');
  await page.waitForSelector('.sos');
}
const rowsOf = (page: Page) => page.locator('.main .rows .row');

describe.each(['sd', 'en'])('in %s', (locale) => {
  test('a household moves while a leader of its old village writes of it offline: nothing is lost, and each sees what is hers', async () => {
    const zeba = await phoneOf('Zeba', locale);
    const shabana = await phoneOf('Shabana', locale);
    const village = (await records('organization', "body->>'tier' = 'vo' AND body->>'number' = '4'"))[0] as Row;
    const co = (await records('organization', `body->>'parent' = '${village.id}'`))[0] as Row;
    const household = (await records('household', `scope = '${co.id}'`))[0] as Row;
    const people = await records('person', `body->>'household' = '${household.id}'`);
    expect(people.length).toBeGreaterThan(0);

    await zeba.context.setOffline(true);
    await openPath(zeba.page, `/people/household/${household.id}/correct`);
    await zeba.page.locator('.field input').first().fill(`Ghulam ${locale}`);
    await go(zeba.page);
    await zeba.page.waitForSelector('.undo');

    await openPath(shabana.page, `/people/household/${household.id}`);
    await shabana.page.waitForSelector('.count');
    await openPath(shabana.page, `/people/household/${household.id}/move`);
    await rowsOf(shabana.page).first().waitFor();
    await rowsOf(shabana.page).first().click();
    await go(shabana.page);
    await shabana.page.waitForSelector('.undo');
    await goHome(shabana.page);
    await untilSent(shabana.page);
    await expect.poll(async () => (await recordOf('household', household.id))?.scope, patience).not.toBe(co.id);
    const moved = (await recordOf('household', household.id)) as Row;
    for (const { id } of people) expect((await recordOf('person', id))?.scope).toBe(moved.scope);

    await goHome(zeba.page);
    await zeba.context.setOffline(false);
    await untilSent(zeba.page);
    const heads = async () => JSON.stringify((await recordOf('household', household.id))?.body.head);
    await expect.poll(heads, patience).toContain(`Ghulam ${locale}`);
    const corrected = (await recordOf('household', household.id)) as Row;
    expect(corrected.scope).toBe(moved.scope);
    const flags = await records('flag', `body->>'about' = '${household.id}'`);
    expect(flags.map(({ scope, body }) => [scope, body.code])).toEqual([[moved.scope, 'book.moved-since']]);

    // A bearer who sees it now is asked to look, and the page opens from there.
    await shabana.page.reload();
    await unlock(shabana.page);
    await openPath(shabana.page, '/not-sent');
    const head = corrected.body.head as Readonly<Record<string, string | null>>;
    await shabana.page.locator('.waiting .row', { hasText: head[locale] ?? `Ghulam ${locale}` }).click(patience);
    await shabana.page.waitForURL((url) => url.pathname === `/people/household/${household.id}`);

    // It has left her phone; what is left there says where it went.
    await openPath(zeba.page, `/people/household/${household.id}`);
    await zeba.page.locator('.notice.calm b').waitFor(patience);
    expect(await zeba.page.locator('.count').count()).toBe(0);
    await openPath(zeba.page, `/organizations/${co.id}/gone`);
    await rowsOf(zeba.page).first().waitFor(patience);
  }, 240_000);

  test('a CO is split with no network and joined again: the members keep their pages, the figures their sums', async () => {
    const { page, context } = await phoneOf('Nasreen', locale);
    const village = (await records('organization', "body->>'tier' = 'vo' AND body->>'number' = '1'"))[0] as Row;
    const co = (await records('organization', `body->>'parent' = '${village.id}'`))[0] as Row;
    const before = await records('household', `scope = '${co.id}'`);
    const figures = async () =>
      (
        await office.running.database.owner.query(
          "SELECT figure, dimensions, sum(count)::int AS count FROM figures WHERE office = 10 AND figure IN ('households', 'people', 'members') GROUP BY figure, dimensions ORDER BY figure, dimensions",
        )
      ).rows;
    const counted = await figures();

    await context.setOffline(true);
    await openPath(page, `/organizations/${co.id}/split`);
    await rowsOf(page).first().waitFor();
    await rowsOf(page).nth(0).click();
    await rowsOf(page).nth(1).click();
    await go(page);
    await page.locator('.field input').first().fill(`Para Nai ${locale}`);
    await go(page);
    await page.waitForSelector('.undo');
    const made = new URL(page.url()).pathname.split('/')[2] ?? '';
    await goHome(page);
    await context.setOffline(false);
    await untilSent(page);
    const formed = async () => (await recordOf('organization', made))?.body;
    await expect.poll(formed, patience).toMatchObject({ tier: 'co', parent: village.id });
    const went = await records('household', `scope = '${made}'`);
    expect(went).toHaveLength(2);
    expect(await records('household', `scope = '${co.id}'`)).toHaveLength(before.length - 2);
    expect(await figures()).toEqual(counted);

    await openPath(page, `/organizations/${made}/merge`);
    await rowsOf(page).first().waitFor();
    await rowsOf(page).first().click();
    await go(page);
    await page.waitForSelector('.undo');
    await goHome(page);
    await untilSent(page);
    await expect.poll(formed, patience).toMatchObject({ status: 'merged' });
    const gone = await formed();
    for (const { id } of went) expect((await recordOf('household', id))?.scope).toBe(gone?.into);
    expect(await figures()).toEqual(counted);
  }, 240_000);
});
