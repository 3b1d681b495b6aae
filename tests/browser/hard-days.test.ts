/*
 * A full phone, a torn store, a portal that answers everything with its own page, and a woman who types on.
 */

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openPhone, type Phone } from '../support/browser.ts';
import { enlistDonor, enrol, home, openPath, unlock, untilFilled, untilSent } from '../support/hands.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

let office: TestOffice;
let phone: Phone | null = null;
beforeAll(async () => {
  office = await openTestOffice();
}, 120_000);
afterEach(async () => {
  await phone?.close();
  phone = null;
});
afterAll(() => office?.close());

async function openZeba(): Promise<Page> {
  phone = await openPhone({ locale: 'en' });
  await enrol(phone.page, office.url, await office.codeFor('Zeba'));
  await untilFilled(phone.page);
  return phone.page;
}

test('on a full phone nothing is half-written: it says so, what was typed stays, and saving works when there is room', async () => {
  const page = await openZeba();
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    Object.assign(globalThis, { put });
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === 'lines') throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  page.setDefaultTimeout(4000);
  await enlistDonor(page, { name: 'NoRoom', number: '03000000311', village: 3 }).catch(() => undefined);
  page.setDefaultTimeout(30_000);
  await page.locator('.afterwards .notice').waitFor();
  expect(await page.locator('.sofar').textContent()).toContain('NoRoom');
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = (globalThis as unknown as { put: IDBObjectStore['put'] }).put;
  });
  await page.locator('.foot .go').last().click();
  await page.waitForSelector('.undo');
  await home(page);
  await untilSent(page);
}, 90_000);

test('a torn page of the store costs nothing: the copy is filled again and the unsent line is still there', async () => {
  const page = await openZeba();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await phone?.context.setOffline(true);
  await enlistDonor(page, { name: 'BeforeTear', number: '03000000321', village: 3 });
  await page.evaluate(async () => {
    const opening = indexedDB.open('notebook');
    await new Promise((done) => {
      opening.onsuccess = done;
    });
    const store = opening.result.transaction('pages', 'readwrite').objectStore('pages');
    const asking = store.getAll();
    await new Promise((done) => {
      asking.onsuccess = done;
    });
    const torn = asking.result[0];
    const bytes = new Uint8Array(torn.box.box);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await new Promise((done) => {
      store.put(torn).onsuccess = done;
    });
    opening.result.close();
  });
  await page.goto(office.url);
  await unlock(page);
  // Nothing of the office is left, and the page says that it is coming; what was written is not sent and not lost.
  await page.locator('.notice').first().waitFor();
  expect(await page.locator('.strip').count()).toBe(1);
  await phone?.context.setOffline(false);
  await untilSent(page);
  await untilFilled(page);
  await openPath(page, '/blood-donors');
  await page.locator('input[type=search]').fill('BeforeTear');
  await expect.poll(() => page.locator('.ruled').textContent()).toContain('BeforeTear');
}, 90_000);

test('a portal that answers with its own page, and an answer that is cut in half, change nothing', async () => {
  const page = await openZeba();
  let answers = 0;
  await page.route('**/api/sync', (route) => {
    answers += 1;
    return answers % 2 === 1
      ? route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Welcome to the hotel</html>' })
      : route.fulfill({ status: 200, contentType: 'application/json', body: '{"epoch":{"number":1,"na' });
  });
  await enlistDonor(page, { name: 'InHotel', number: '03000000331', village: 3 });
  await home(page);
  await expect.poll(() => answers, { timeout: 20_000 }).toBeGreaterThan(1);
  expect(await page.locator('.strip').count()).toBe(1);
  await page.unroute('**/api/sync');
  await untilSent(page);
}, 90_000);

test('a line that was undone before it was sent is not written, and its number is not missing', async () => {
  const page = await openZeba();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await untilSent(page);
  await phone?.context.setOffline(true);
  await enlistDonor(page, { name: 'TakenBack', number: '03000000341', village: 3 });
  await page.locator('.undo .btn').click();
  await page.waitForSelector('.undo', { state: 'detached' });
  await home(page);
  await enlistDonor(page, { name: 'Stays', number: '03000000342', village: 3 });
  await home(page);
  await phone?.context.setOffline(false);
  await untilSent(page);
  const { rows } = await office.running.database.owner.query<{ name: string }>(
    "SELECT body->'names'->>'en' AS name FROM records WHERE office = 10 AND kind = 'donor' AND body->'names'->>'en' IN ('TakenBack', 'Stays')",
  );
  expect(rows.map(({ name }) => name)).toEqual(['Stays']);
}, 90_000);
