/*
 * A full phone, a torn store, a portal that answers everything with its own page, and a woman who types on.
 */

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { takeInHandover } from '../../src/cli/take-in.ts';
import {
  enlistDonor,
  enrol,
  fillInDonor,
  home,
  lockByHiding,
  openPath,
  unlock,
  untilFilled,
  untilSent,
} from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countOf, textOf } from '../support/waiting.ts';

const { office, phone, phoneOf } = beginJourneys();

test('on a full phone nothing is half-written: it says so, what was typed stays, and saving works when there is room', async () => {
  const { page } = await phoneOf('Zeba');
  await page.evaluate(() => {
    const add = IDBObjectStore.prototype.add;
    Object.assign(globalThis, { add });
    IDBObjectStore.prototype.add = function (...given) {
      if (this.name === 'lines') throw new DOMException('full', 'QuotaExceededError');
      return add.apply(this, given);
    };
  });
  await fillInDonor(page, { name: 'NoRoom', number: '03000000311', village: 3 });
  await page.locator('.foot .go').last().click();
  await page.locator('.afterwards .notice').waitFor();
  await textOf(page.locator('.sofar')).toContain('NoRoom');
  await page.evaluate(() => {
    IDBObjectStore.prototype.add = (globalThis as unknown as { add: IDBObjectStore['add'] }).add;
  });
  await page.locator('.foot .go').last().click();
  await page.waitForSelector('.undo');
  await home(page);
  await untilSent(page);
});

/**
 * Flips one bit of what the store holds: of the first page of the office, or of the last line that was written; `both`: also of the copy
 * that is sealed to the office.
 */
async function tear(page: Page, what: 'pages' | 'lines' = 'pages', both = false): Promise<void> {
  // At the door no store is open: an idle one would put a whole page in the place of the torn one.
  await page.goto(office.url);
  await page.waitForSelector('.tile');
  await page.evaluate(
    async ({ what, both }) => {
      const opening = indexedDB.open('notebook');
      await new Promise((done) => {
        opening.onsuccess = done;
      });
      const transaction = opening.result.transaction(what, 'readwrite');
      const store = transaction.objectStore(what);
      const asking = store.getAll();
      await new Promise((done) => {
        asking.onsuccess = done;
      });
      const torn = what === 'pages' ? asking.result[0] : asking.result.at(-1);
      const bytes = new Uint8Array(what === 'pages' ? torn.box.box : torn.own.box);
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      if (both)
        torn.escrow = `${torn.escrow.slice(0, 300)}${torn.escrow[300] === 'A' ? 'B' : 'A'}${torn.escrow.slice(301)}`;
      store.put(torn);
      // Whoever leaves the page before it is written has torn nothing.
      await new Promise((done) => {
        transaction.oncomplete = done;
      });
      opening.result.close();
    },
    { what, both },
  );
}

test('a torn page of the store costs nothing: the copy is filled again and the unsent line is still there', async () => {
  const { page, context } = await phoneOf('Zeba');
  await context.setOffline(true);
  await enlistDonor(page, { name: 'BeforeTear', number: '03000000321', village: 3 });
  await tear(page);
  await page.goto(office.url);
  await unlock(page);
  // Nothing of the office is left, and the page says that it is coming; what was written is not sent and not lost.
  await page.locator('.notice').first().waitFor();
  await countOf(page.locator('.strip')).toBe(1);
  await context.setOffline(false);
  await untilSent(page);
  await untilFilled(page);
  await openPath(page, '/blood-donors');
  await page.locator('input[type=search]').fill('BeforeTear');
  await textOf(page.locator('.ruled')).toContain('BeforeTear');
});

test('a torn line does not shut the others away: the office gets it as it was sealed, and the page says so', async () => {
  const { page, context } = await phoneOf('Zeba');
  await untilSent(page);
  await context.setOffline(true);
  await enlistDonor(page, { name: 'BeforeTorn', number: '03000000361', village: 3 });
  await home(page);
  await enlistDonor(page, { name: 'TornLine', number: '03000000362', village: 3 });
  await tear(page, 'lines');
  await page.goto(office.url);
  await unlock(page);
  await textOf(page.locator('.notice')).toContain('does not open any more');
  // Her copy is whole, and she writes on under the next number.
  await enlistDonor(page, { name: 'AfterTorn', number: '03000000363', village: 3 });
  await home(page);
  await context.setOffline(false);
  await untilSent(page);
  await countOf(page.locator('.notice')).toBe(0);
  const { rows } = await office.running.database.owner.query<{ name: string }>(
    `SELECT body->'names'->>'en' AS name FROM records WHERE office = 10 AND kind = 'donor'
     AND body->'names'->>'en' IN ('BeforeTorn', 'TornLine', 'AfterTorn') ORDER BY length(id), id`,
  );
  expect(rows.map(({ name }) => name)).toEqual(['BeforeTorn', 'TornLine', 'AfterTorn']);
  await openPath(page, '/blood-donors');
  await page.locator('input[type=search]').fill('TornLine');
  await textOf(page.locator('.ruled')).toContain('TornLine');
});

test('a line that is torn in both copies holds no other back: the file that is handed over gives the rest, and she is told which page nobody can read', async () => {
  const { page, context } = await phoneOf('Zeba');
  await untilSent(page);
  await context.setOffline(true);
  await enlistDonor(page, { name: 'BeforeBoth', number: '03000000371', village: 3 });
  await home(page);
  await enlistDonor(page, { name: 'TornTwice', number: '03000000372', village: 3 });
  await tear(page, 'lines', true);
  await page.goto(office.url);
  await unlock(page);
  await enlistDonor(page, { name: 'AfterBoth', number: '03000000373', village: 3 });
  await home(page);

  await openPath(page, '/handover');
  await textOf(page.locator('.handover .notice')).toContain('does not open on this phone');
  const downloading = page.waitForEvent('download');
  await page.locator('.main section').first().locator('.btn').click();
  const taken = await takeInHandover(office.running.server, readFileSync(await (await downloading).path(), 'utf8'));
  const seat = taken?.find(({ shut }) => shut.length > 0);
  expect(seat?.shut.map(({ lost }) => lost)).toEqual([true]);
  expect(seat?.answers.slice(-3).map(({ state }) => state)).toEqual(['accepted', 'refused', 'accepted']);

  // The phone itself comes back: nothing stands twice, and the page that is lost is shown with its reason.
  await home(page);
  await context.setOffline(false);
  await untilSent(page);
  await openPath(page, '/not-sent');
  await page.locator('.waiting .notice', { hasText: 'Nobody can read this page any more' }).waitFor();
  const { rows } = await office.running.database.owner.query<{ name: string }>(
    `SELECT body->'names'->>'en' AS name FROM records WHERE office = 10 AND kind = 'donor'
     AND body->'names'->>'en' IN ('BeforeBoth', 'TornTwice', 'AfterBoth') ORDER BY length(id), id`,
  );
  expect(rows.map(({ name }) => name)).toEqual(['BeforeBoth', 'AfterBoth']);
  await page.locator('.waiting .btn').first().click();
  await countOf(page.locator('.waiting')).toBe(0);
  // The office hears that it is settled: the next phone of hers does not show it again.
  await openPath(page, '/');
  await untilSent(page);
  const open = () =>
    office.running.database.owner
      .query(
        "SELECT FROM records WHERE kind = 'refusal' AND body->>'code' = 'book.line-lost' AND body->>'settled' IS NULL",
      )
      .then(({ rowCount }) => rowCount);
  await expect.poll(open).toBe(0);
});

test('a portal that answers with its own page, one that leads elsewhere, and an answer that is cut in half, change nothing', async () => {
  const { page } = await phoneOf('Zeba');
  let answers = 0;
  await page.route('**/api/sync', (route) => {
    answers += 1;
    // Not followed: what stands at the other end is not the office.
    if (answers % 3 === 2) return route.fulfill({ status: 302, headers: { location: `${office.url}/health` } });
    return answers % 3 === 1
      ? route.fulfill({ status: 200, contentType: 'text/html', body: '<html>Welcome to the hotel</html>' })
      : route.fulfill({ status: 200, contentType: 'application/json', body: '{"epoch":{"number":1,"na' });
  });
  await enlistDonor(page, { name: 'InHotel', number: '03000000331', village: 3 });
  await home(page);
  await expect.poll(() => answers).toBeGreaterThan(2);
  await countOf(page.locator('.strip')).toBe(1);
  await page.unroute('**/api/sync');
  await untilSent(page);
});

test('a line that was undone before it was sent is not written, and its number is not missing', async () => {
  const { page, context } = await phoneOf('Zeba');
  await untilSent(page);
  await context.setOffline(true);
  await enlistDonor(page, { name: 'TakenBack', number: '03000000341', village: 3 });
  await page.locator('.undo .btn').click();
  await page.waitForSelector('.undo', { state: 'detached' });
  await home(page);
  await enlistDonor(page, { name: 'Stays', number: '03000000342', village: 3 });
  await home(page);
  await context.setOffline(false);
  await untilSent(page);
  const { rows } = await office.running.database.owner.query<{ name: string }>(
    "SELECT body->'names'->>'en' AS name FROM records WHERE office = 10 AND kind = 'donor' AND body->'names'->>'en' IN ('TakenBack', 'Stays')",
  );
  expect(rows.map(({ name }) => name)).toEqual(['Stays']);
});

test('a phone that has thrown everything away says so, and how many pages were not sent; it had been asked to keep them', async () => {
  const { page, context } = await phone({ locale: 'en' });
  await context.addInitScript(() => {
    const { persist } = StorageManager.prototype;
    StorageManager.prototype.persist = function () {
      sessionStorage.setItem('asked to keep', 'yes');
      return persist.call(this);
    };
  });
  await enrol(page, office.url, await office.codeFor('Zeba'));
  await untilFilled(page);
  expect(await page.evaluate(() => sessionStorage.getItem('asked to keep'))).toBe('yes');
  await untilSent(page);
  await context.setOffline(true);
  await enlistDonor(page, { name: 'ThrownAway', number: '03000000381', village: 3 });
  await home(page);
  await page.locator('.strip').waitFor();

  // What a browser does when the phone is full: the store, the program, and whoever would have brought it.
  await page.goto('about:blank');
  const tools = await context.newCDPSession(page);
  await tools.send('Storage.clearDataForOrigin', {
    origin: office.url,
    storageTypes: 'indexeddb,cache_storage,service_workers',
  });
  await context.setOffline(false);
  const said = page.locator('.notice', { hasText: 'are gone' });
  for (let time = 0; time < 2; time++) {
    await page.goto(office.url);
    await said.waitFor();
    await textOf(said).toMatch(/1\s+page was not sent/);
    for (const word of ['ThrownAway', '0381', 'Zeba'])
      expect(await page.locator('body').textContent()).not.toContain(word);
  }
  // With a new code she goes on, and nothing is said of it any more.
  await enrol(page, office.url, await office.codeFor('Zeba'));
  await untilFilled(page);
  await lockByHiding(page);
  await page.locator('.door-ways .btn').last().click();
  await page.locator('.field').waitFor();
  expect(await said.count()).toBe(0);
});

test('a refused line that was settled keeps its number, also when the store is torn afterwards', async () => {
  const { page, context } = await phoneOf('Zeba');
  await untilSent(page);
  await context.setOffline(true);
  await enlistDonor(page, { name: 'Same', number: '03000000351', village: 3 });
  await home(page);
  const { owner } = office.running.database;
  const { rows } = await owner.query<{ vo: string; lso: string }>(
    `SELECT v.id AS vo, l.id AS lso FROM records v, records l WHERE v.office = 10 AND l.office = 10 AND v.kind = 'organization'
     AND l.kind = 'organization' AND v.body->>'tier' = 'vo' AND v.body->>'number' = '4' AND l.body->>'tier' = 'lso'`,
  );
  await office.running.server.writeLine(10, 'import', 'blood-donors.enlist', {
    names: { en: 'Same', sd: null, ur: null },
    parent: null,
    sex: 'm',
    bornYear: null,
    kilograms: null,
    group: 'B-',
    groupKnownBy: 'card',
    village: null,
    vo: rows[0]?.vo,
    address: null,
    relay: null,
    number: null,
    whose: 'own',
    safeToCall: true,
    owner: rows[0]?.lso,
    consented: true,
    sure: true,
  });
  await context.setOffline(false);
  await untilSent(page);
  await openPath(page, '/not-sent');
  await page.locator('.waiting .btn').first().click();
  await countOf(page.locator('.waiting')).toBe(0);
  await openPath(page, '/');
  await untilSent(page);
  await tear(page);
  await page.goto(office.url);
  await unlock(page);
  await untilFilled(page);
  await enlistDonor(page, { name: 'AfterTear', number: '03000000352', village: 3 });
  await home(page);
  await untilSent(page);
  const found = await owner.query("SELECT FROM records WHERE office = 10 AND body->'names'->>'en' = 'AfterTear'");
  expect(found.rowCount).toBe(1);
});

test('a phone that believes it is 1970 says so, and what it writes bears the last day it heard', async () => {
  const { page, context } = await phoneOf('Zeba');
  await untilSent(page);
  await context.setOffline(true);
  await page.addInitScript(() => {
    Date.now = () => 86_400_000;
  });
  await page.goto(office.url);
  await unlock(page);
  await page.locator('.notice').first().waitFor();
  await enlistDonor(page, { name: 'In1970', number: '03000000361', village: 3 });
  await home(page);
  await context.setOffline(false);
  await untilSent(page);
  const { rows } = await office.running.database.owner.query<{ on: string }>(
    "SELECT body->>'enlistedOn' AS on FROM records WHERE office = 10 AND body->'names'->>'en' = 'In1970'",
  );
  expect(rows[0]?.on.slice(0, 4)).toBe(String(new Date().getFullYear()));
});
