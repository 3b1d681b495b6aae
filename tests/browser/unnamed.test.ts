import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoOffices } from '../../src/cli/demo/seed-demo.ts';
import { hashPassword } from '../../src/platform/access/server/desk-sessions.ts';
import { addUser } from '../../src/platform/access/server/staff-accounts.ts';
import { carryOutErasures } from '../../src/platform/book/server/erase-pages.ts';
import { axe, openPhone, type Phone } from '../support/browser.ts';
import { signInAtDesk } from '../support/desk-hands.ts';
import { enrol, openPath, picture, untilFilled, untilSent } from '../support/hands.ts';
import { openSmallOffice } from '../support/journey.ts';
import type { TestOffice } from '../support/office.ts';
import { countStored } from '../support/phone-store.ts';
import { countOf, textOf } from '../support/waiting.ts';

/* A woman complains while the network is away; the two who hear her open her words at a desk; her office sees on the phone who looked. */

let office: TestOffice;
let phone: Phone;
const password = 'a long enough password';

async function look(page: Page, name: string): Promise<void> {
  expect(await axe(page), name).toEqual([]);
  await picture(page, name);
}

beforeAll(async () => {
  office = await openSmallOffice();
  const { owner } = office.running.database;
  const hash = await hashPassword(password);
  for (const [name, role] of [
    ['ayesha', 'auditor'],
    ['hina', 'head-office'],
  ] as const) {
    await addUser(owner, { name, shownName: name, role, office: demoOffices.district }, Date.now());
    await owner.query('UPDATE users SET password_hash = $2, start_until = NULL WHERE name = $1', [name, hash]);
  }
  phone = await openPhone();
  await enrol(phone.page, office.url, await office.codeFor('Shabana'));
  await untilFilled(phone.page);
});
afterAll(async () => {
  await phone?.close();
  await office?.close();
});

async function openBook(name: string): Promise<Phone> {
  const desk = await openPhone({ width: 1280, height: 800, locale: 'en' });

  await signInAtDesk(desk.page, office.url, { name, password });
  await desk.page.goto(`${office.url}/desk/complaints`);
  await desk.page.waitForSelector('input[name="words"]');
  return desk;
}

test('a complaint is sealed with no network, goes when it is back, and only the two open it', async () => {
  const desks = [await openBook('ayesha'), await openBook('hina')];
  for (const { page } of desks) {
    await page.locator('input[name="words"]').fill('words of her own');
    await page.locator('form button').click();
    await page.waitForSelector('input[name="words"]', { state: 'detached' });
  }
  const { page, context } = phone;
  // The keys of the two are fetched while there is a network.
  await openPath(page, '/complaints');
  await look(page, 'complain-about-sd');
  await page.locator('.pick').first().click();
  await page.locator('input[name="who"]').fill('صدر');
  await expect.poll(() => page.locator('.foot .go').isEnabled()).toBe(true);
  await context.setOffline(true);
  await page.locator('.bar .sq').first().click();
  await page.locator('.pick').first().click();
  await page.waitForSelector('input[name="who"]');
  await expect.poll(() => page.locator('.foot .go').isEnabled()).toBe(true);
  await look(page, 'complain-who-sd');
  await page.locator('.foot .go').click();
  const secret = 'پاس بڪ گهر ۾ رکي ٿي';
  await page.locator('textarea').fill(secret);
  await look(page, 'complain-what-sd');
  await page.locator('.foot .go').click();
  await page.waitForFunction(() => localStorage.getItem('notebook boxes') !== null);
  // What waits on the phone is closed to whoever holds the phone.
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('پاس بڪ');
  await page.waitForSelector('.foot .go');
  await look(page, 'complain-kept-sd');
  await context.setOffline(false);
  await page.waitForFunction(() => localStorage.getItem('notebook boxes') === null);
  for (const [i, { page }] of desks.entries()) {
    await page.reload();
    await page.waitForSelector('.complaint');
    expect(await page.locator('body').textContent()).not.toContain('پاس بڪ');
    await page.locator('input[name="words"]').fill('words of her own');
    await page.locator('form button').click();
    await textOf(page.locator('.complaint')).toContain(secret);
    await look(page, `complaint-desk-${i}`);
  }
  await desks[0]?.page.locator('.complaint .doings .btn').first().click();
  await desks[0]?.page.goto(`${office.url}/desk/looks`);
  await desks[0]?.page.waitForSelector('.title h1');
  await look(desks[0]?.page as Page, 'looks-desk');
  for (const { close } of desks) await close();
});

test('who looked stands on the phone, and a woman who asks to be erased is gone from it', async () => {
  const { page } = phone;
  const { server, database } = office.running;
  const { rows } = await database.owner.query<{ id: string; en: string; sd: string }>(
    `SELECT id, body->'names'->>'en' AS en, body->'names'->>'sd' AS sd FROM records WHERE office = $1 AND kind = 'donor' ORDER BY id LIMIT 1`,
    [demoOffices.ibtida],
  );
  const donor = rows[0] as (typeof rows)[0];
  await database.owner.query(
    `INSERT INTO looks (office, at, day, reader, reader_shown, role, what, detail)
     VALUES ($1, $2, to_char(now() AT TIME ZONE 'Asia/Karachi', 'YYYY-MM-DD'), 'mahnoor', 'Mahnoor', 'district', 'profile', '')`,
    [demoOffices.ibtida, Date.now()],
  );
  await server.tellLooks();
  await openPath(page, `/erasure/donor/${donor.id}`);
  await look(page, 'erasure-ask-sd');
  await page.locator('.foot .go').click();
  await page.waitForSelector('.rows .btn');
  await look(page, 'erasure-list-sd');
  await openPath(page, '/');
  await untilSent(page);
  await openPath(page, '/who-looked');
  await textOf(page.locator('.rows')).toContain('Mahnoor');
  await look(page, 'who-looked-sd');

  await expect.poll(() => countStored(page, 'pages')).toBeGreaterThan(1);
  await openPath(page, `/blood-donors/donor/${donor.id}`);
  await textOf(page.locator('h1')).toContain(donor.sd ?? donor.en);
  expect(await carryOutErasures(server, 0)).toBe(1);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await textOf(page.locator('.page')).not.toContain(donor.sd ?? donor.en);
  // The sealed pages that still held her are written anew, without her: one page is left of many.
  await expect.poll(() => countStored(page, 'pages')).toBe(1);
  await openPath(page, '/erasure');
  await countOf(page.locator('.rows .tag')).toBe(1);
  await countOf(page.locator('.rows .btn')).toBe(0);
  await look(page, 'erasure-done-sd');
});
