/* A browser that is killed at named moments of saving, sending and filling: what was saved is there once, and nothing is half there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { kill, type Phone } from '../support/browser.ts';
import { enlistDonor, enrol, home, unlock, untilFilled, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';

const { office, phone: openedPhone, phoneOf } = beginJourneys();
const profiles = mkdtempSync(join(tmpdir(), 'otaq-dying-'));
let profile: string;
beforeEach(() => {
  profile = mkdtempSync(join(profiles, 'phone-'));
});
afterAll(() => rmSync(profiles, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 }));

const entriesNamed = async (name: string) =>
  (
    await office.running.database.owner.query(
      "SELECT FROM records WHERE kind = 'donor' AND body->'names'->>'en' = $1",
      [name],
    )
  ).rowCount;

/** Switched on again after its death. */
async function switchOn(): Promise<Phone> {
  const phone = await openedPhone({ profile, locale: 'en' });
  await phone.page.goto(office.url);
  await unlock(phone.page);
  return phone;
}

const moments: readonly (readonly [string, string, (route: Route) => Promise<unknown>])[] = [
  ['before its request has left', 'Dies Before', async () => undefined],
  ['when the office has written it and the phone has not heard', 'Dies After', (route) => route.fetch()],
  [
    'while it writes down the answer',
    'Dies Between',
    async (route) => route.fulfill({ response: await route.fetch() }),
  ],
];

test.each(moments)(
  'a browser is killed %s: the page is in the book once',
  async (_when, name, passes) => {
    const phone = await phoneOf('Zeba', 'en', { profile });
    const { page, context } = phone;
    await untilSent(page);
    await context.setOffline(true);
    await enlistDonor(page, { name, number: '03000000411', village: 3 });
    await home(page);
    await page.locator('.strip').waitFor();
    const dead = new Promise<void>((done) => {
      void page.route('**/api/sync', async (route) => {
        await passes(route).catch(() => undefined);
        await kill(phone);
        done();
      });
    });
    await context.setOffline(false);
    await page
      .locator('.strip button')
      .click({ timeout: 2000 })
      .catch(() => undefined);
    await dead;
    const again = await switchOn();
    await untilSent(again.page);
    await expect.poll(() => entriesNamed(name)).toBe(1);
  },
  180_000,
);

test('a browser is killed in the middle of a save: the page is whole or not there, and the next one is kept', async () => {
  const phone = await phoneOf('Zeba', 'en', { profile });
  const { page, context } = phone;
  await untilSent(page);
  await context.setOffline(true);
  const dead = new Promise<void>((done) => {
    void page.exposeFunction('dieNow', () => kill(phone).then(done));
  });
  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...given) {
      const asked = add.apply(this, given);
      if (this.name === 'lines') (globalThis as unknown as { dieNow: () => void }).dieNow();
      return asked;
    };
  });
  await enlistDonor(page, { name: 'Half Saved', number: '03000000421', village: 3 }).catch(() => undefined);
  await dead;
  const again = await switchOn();
  await enlistDonor(again.page, { name: 'Next One', number: '03000000422', village: 3 });
  await home(again.page);
  await untilSent(again.page);
  await expect.poll(() => entriesNamed('Next One')).toBe(1);
  expect(await entriesNamed('Half Saved')).toBeLessThanOrEqual(1);
});

test('a browser is killed while it is filled for the first time: what had come stays, and the copy becomes whole', async () => {
  const phone = await openedPhone({ profile, locale: 'en' });
  const { page } = phone;
  let answers = 0;
  const dead = new Promise<void>((done) => {
    void page.route('**/api/sync', async (route) => {
      answers += 1;
      await route.fulfill({ response: await route.fetch() }).catch(() => undefined);
      // The first answer is being written down.
      if (answers === 1) await kill(phone).then(done);
    });
  });
  await enrol(page, office.url, await office.codeFor('Zeba')).catch(() => undefined);
  await dead;
  const again = await switchOn();
  await untilFilled(again.page);
  await again.page.locator('.notice.calm').waitFor({ state: 'detached' });
});
