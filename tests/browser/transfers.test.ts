/*
 * A woman of a village goes to another LSO, while the leader of her old village writes of her with no network; the answer is given with
 * the network cut as well. In Sindhi and in English.
 */
import { describe, expect, test } from 'vitest';
import { demoOffices } from '../../src/cli/demo/seed-demo.ts';
import type { Phone } from '../support/browser.ts';
import { enrol, openPath, picture, unlock, untilSent } from '../support/hands.ts';
import { beginJourneys, programIsKept } from '../support/journey.ts';

const { office, phone, phoneOf } = beginJourneys();
const { ibtida, neighbour } = demoOffices;

type Row = { readonly id: string; readonly scope: string; readonly body: Readonly<Record<string, unknown>> };
async function records(book: number, kind: string, where = 'true'): Promise<readonly Row[]> {
  const { rows } = await office.running.database.owner.query<Row>(
    `SELECT id, scope, body FROM records WHERE office = $1 AND kind = $2 AND ${where} ORDER BY sequence, id`,
    [book, kind],
  );
  return rows;
}
const standsIn = async (book: number, id: string) => (await records(book, 'person', `id = '${id}'`)).length === 1;

/** A leader's phone in the other LSO, which has fewer donors. */
async function phoneWith(code: string, locale: string): Promise<Phone> {
  const hers = await phone({ locale });
  await enrol(hers.page, office.url, code);
  await programIsKept(hers);
  return hers;
}

/** What the server does every minute, without waiting for it; it may have been done in this moment. */
const minute = () => office.running.server.carryTransfers();

describe.each(['sd', 'en'])('in %s', (locale) => {
  test('a woman goes to another LSO when it has said yes; what her old leader wrote offline is refused where it can be seen', async () => {
    const village = (await records(ibtida, 'organization', "body->>'tier' = 'vo' AND body->>'number' = '4'"))[0] as Row;
    const co = (await records(ibtida, 'organization', `body->>'parent' = '${village.id}'`))[0] as Row;
    const her = (
      await records(ibtida, 'person', `scope = '${co.id}' AND body->>'number' IS NOT NULL AND body->>'left' IS NULL`)
    )[0] as Row;
    const sahara = (await records(neighbour, 'grant'))[0] as Row;
    const warah = (await records(neighbour, 'organization', "body->>'tier' = 'vo'"))[0] as Row;

    const zeba = await phoneOf('Zeba', locale);
    const shabana = await phoneOf('Shabana', locale);
    const other = await phoneWith(await office.codeFor((sahara.body.names as { en: string }).en, neighbour), locale);

    // With no network, the leader of her village corrects her page.
    await openPath(zeba.page, `/people/person/${her.id}`);
    await zeba.page.waitForSelector('.main .row');
    await zeba.context.setOffline(true);
    await openPath(zeba.page, `/people/person/${her.id}/correct`);
    await zeba.page.locator('.field input').first().fill(`Zaibunnisa ${locale}`);
    await zeba.page.locator('.foot .go').click();
    await zeba.page.waitForSelector('.undo');

    // The president offers her: to which LSO, and that she was asked.
    const { page } = shabana;
    await openPath(page, `/people/person/${her.id}`);
    await page.locator('.main .row.boxed').first().waitFor();
    await openPath(page, `/transfers/offer/person/${her.id}`);
    await page.locator('.rows .row').first().waitFor();
    await page.locator('.rows .row').first().click();
    await picture(page, `transfer-to-which-${locale}`);
    await page.locator('.foot .go').click();
    await page.locator('.main .row.boxed').first().click();
    await picture(page, `transfer-agreed-${locale}`);
    await page.locator('.foot .go').click();
    await page.waitForURL((url) => url.pathname === '/transfers');
    await page.locator('.rows .btn').first().waitFor();
    await picture(page, `transfer-waits-${locale}`);
    await untilSentAt(shabana);
    await expect.poll(async () => (await records(ibtida, 'transfer', `body->>'about' = '${her.id}'`)).length).toBe(1);
    await minute();
    const arrivals = () => records(neighbour, 'arrival', `body->>'about' = '${her.id}'`);
    await expect.poll(async () => (await arrivals()).length).toBe(1);
    expect(await standsIn(ibtida, her.id)).toBe(true);

    // The other LSO is asked, and answers with the network cut in the middle.
    const arrival = (await arrivals())[0] as Row;
    await other.page.reload();
    await unlock(other.page);
    await openPath(other.page, '/transfers');
    // Until the offer has come she sees only who goes: those rows are no buttons.
    await other.page.locator('.rows button.row').first().waitFor();
    await picture(other.page, `transfer-comes-${locale}`);
    await openPath(other.page, `/transfers/${arrival.id}`);
    await other.page.locator('.rows .row').first().waitFor();
    await other.context.setOffline(true);
    await other.page.locator('.rows .row').first().click();
    await picture(other.page, `transfer-where-${locale}`);
    await other.page.locator('.foot .go').click();
    await other.page.locator('.main .row.boxed').first().click();
    await other.page.locator('.foot .go').click();
    await other.page.waitForSelector('.undo');
    expect(await minute()).toBe(0);
    await other.context.setOffline(false);
    await untilSentAt(other);
    await expect
      .poll(async () => (await records(neighbour, 'arrival', `id = '${arrival.id}'`))[0]?.body.state)
      .toMatch(/^(accepted|arrived)$/);
    await minute();
    await expect.poll(() => standsIn(neighbour, her.id)).toBe(true);
    expect(await standsIn(ibtida, her.id)).toBe(false);

    // She is on the phone of her new LSO, and has left those of the old one, where it says where she went.
    await other.page.reload();
    await unlock(other.page);
    await openPath(other.page, `/transfers/${arrival.id}`);
    await other.page.locator('.notice.good').waitFor();
    await picture(other.page, `transfer-came-${locale}`);
    await other.page.locator('.main .row.boxed').first().click();
    await other.page.waitForURL((url) => url.pathname === `/people/person/${her.id}`);
    await other.page.locator('.main .row.boxed').first().waitFor();
    expect(['co', 'vo', 'lso']).toContain(
      (
        await records(
          neighbour,
          'organization',
          `id = '${(await records(neighbour, 'person', `id = '${her.id}'`))[0]?.scope}'`,
        )
      )[0]?.body.tier,
    );
    expect(warah.id).toBeTruthy();
    await page.reload();
    await unlock(page);
    await openPath(page, `/people/person/${her.id}`);
    await page.locator('.notice.calm b').waitFor();
    await picture(page, `transfer-gone-${locale}`);

    // The line that was written before her phone heard of it: refused, kept, and seen.
    await zeba.context.setOffline(false);
    await openPath(zeba.page, '/');
    await zeba.page.waitForSelector('.sos');
    await expect
      .poll(async () => (await records(ibtida, 'refusal', "body->>'code' = 'book.gone-away'")).length)
      .toBeGreaterThan(0);
    await openPath(zeba.page, '/not-sent');
    await zeba.page.locator('.main .notice').first().waitFor();
    await picture(zeba.page, `transfer-late-line-${locale}`);
  });
});

async function untilSentAt({ page }: Phone): Promise<void> {
  await openPath(page, '/');
  await page.waitForSelector('.sos');
  await untilSent(page);
}
