/*
 * A household moves to a CO of another village while the leader of its old village writes about it with no network; a CO is split and
 * joined again. In Sindhi and in English.
 */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openPath, unlock, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countOf } from '../support/waiting.ts';

const { office, phoneOf } = beginJourneys();

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
/** Presses the last "go": the line is written when the page has gone on. An undo alone may be the one of the line before. */
async function save(page: Page): Promise<void> {
  const asked = new URL(page.url()).pathname;
  await go(page);
  await page.waitForURL((url) => url.pathname !== asked);
  await page.waitForSelector('.undo');
}
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
    await save(zeba.page);

    await openPath(shabana.page, `/people/household/${household.id}`);
    await shabana.page.waitForSelector('.count');
    await openPath(shabana.page, `/people/household/${household.id}/move`);
    await rowsOf(shabana.page).first().waitFor();
    await rowsOf(shabana.page).first().click();
    await save(shabana.page);
    await goHome(shabana.page);
    await untilSent(shabana.page);
    await expect.poll(async () => (await recordOf('household', household.id))?.scope).not.toBe(co.id);
    const moved = (await recordOf('household', household.id)) as Row;
    for (const { id } of people) expect((await recordOf('person', id))?.scope).toBe(moved.scope);

    await goHome(zeba.page);
    await zeba.context.setOffline(false);
    await untilSent(zeba.page);
    const heads = async () => JSON.stringify((await recordOf('household', household.id))?.body.head);
    await expect.poll(heads).toContain(`Ghulam ${locale}`);
    const corrected = (await recordOf('household', household.id)) as Row;
    expect(corrected.scope).toBe(moved.scope);
    const flags = await records('flag', `body->>'about' = '${household.id}'`);
    expect(flags.map(({ scope, body }) => [scope, body.code])).toEqual([[moved.scope, 'book.moved-since']]);

    // A bearer who sees it now is asked to look, and the page opens from there.
    await shabana.page.reload();
    await unlock(shabana.page);
    await openPath(shabana.page, '/not-sent');
    const head = corrected.body.head as Readonly<Record<string, string | null>>;
    await shabana.page.locator('.waiting .row', { hasText: head[locale] ?? `Ghulam ${locale}` }).click();
    await shabana.page.waitForURL((url) => url.pathname === `/people/household/${household.id}`);

    // It has left her phone; what is left there says where it went.
    await openPath(zeba.page, `/people/household/${household.id}`);
    await zeba.page.locator('.notice.calm b').waitFor();
    await countOf(zeba.page.locator('.count')).toBe(0);
    await openPath(zeba.page, `/organizations/${co.id}/gone`);
    await rowsOf(zeba.page).first().waitFor();
  });

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
    await save(page);
    const made = new URL(page.url()).pathname.split('/')[2] ?? '';
    await goHome(page);
    await context.setOffline(false);
    await untilSent(page);
    const formed = async () => (await recordOf('organization', made))?.body;
    await expect.poll(formed).toMatchObject({ tier: 'co', parent: village.id });
    const went = await records('household', `scope = '${made}'`);
    expect(went).toHaveLength(2);
    expect(await records('household', `scope = '${co.id}'`)).toHaveLength(before.length - 2);
    expect(await figures()).toEqual(counted);

    await openPath(page, `/organizations/${made}/merge`);
    await rowsOf(page).first().waitFor();
    await rowsOf(page).first().click();
    await save(page);
    await goHome(page);
    await untilSent(page);
    await expect.poll(formed).toMatchObject({ status: 'merged' });
    const gone = await formed();
    for (const { id } of went) expect((await recordOf('household', id))?.scope).toBe(gone?.into);
    expect(await figures()).toEqual(counted);
  });
});
