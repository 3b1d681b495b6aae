/*
 * What whoever picks up a phone, or walks past a desk, is shown and told: nothing that she did not ask for with her PIN.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { signInAtDesk } from '../support/desk-hands.ts';
import {
  enlistDonor,
  home,
  lockByHiding,
  openEmergency,
  openPath,
  pin,
  returnFromCover,
  typePin,
  untilSent,
} from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countStored } from '../support/phone-store.ts';
import { countOf, textOf } from '../support/waiting.ts';

const { office, phone, phoneOf } = beginJourneys();

/** Where one of the words stands in the files of a profile, as bytes of either encoding. */
function foundOnDisk(profile: string, words: readonly string[]): { readonly places: string[]; readonly bytes: number } {
  const places: string[] = [];
  let bytes = 0;
  const walk = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory()) walk(path);
      if (!stat?.isFile()) continue;
      const content = readFileSync(path);
      bytes += content.length;
      for (const word of words)
        for (const encoding of ['utf8', 'utf16le'] as const)
          if (content.includes(Buffer.from(word, encoding))) places.push(`${word} in ${path.slice(profile.length)}`);
    }
  };
  walk(profile);
  return { places, bytes };
}

const donor = { name: 'Ghulam Disksearch', number: '03007766554', village: 3 };
const secrets = ['Disksearch', '7766554', '776 6554', pin, 'Allah Dino'];

test('after the lock, quick hide, and when the phone is taken back, no name stands on the page or on the disk', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'otaq-searched-'));
  try {
    const first = await phoneOf('Zeba', 'en', { profile });
    await enlistDonor(first.page, donor);
    await home(first.page);
    await untilSent(first.page);
    await expect.poll(() => countStored(first.page, 'pages')).toBeGreaterThan(0);
    const shown = async (page: Page) => (await page.locator('html').innerHTML()).replaceAll('\u00a0', ' ');

    // Hidden: the list of a shopper, and the door behind it.
    await first.page.locator('.bar .sq').nth(-2).click();
    await first.page.waitForSelector('.shopping');
    for (const word of secrets) expect(await shown(first.page), word).not.toContain(word);
    await returnFromCover(first.page);
    for (const word of secrets) expect(await shown(first.page), word).not.toContain(word);
    // Going back does not go behind the door.
    await first.page.goBack().catch(() => undefined);
    await countOf(first.page.locator('.book, .sos, .ruled')).toBe(0);
    for (const word of secrets) expect(await shown(first.page), word).not.toContain(word);
    await first.context.close();
    const locked = foundOnDisk(profile, secrets);
    expect(locked.places).toEqual([]);
    expect(locked.bytes).toBeGreaterThan(100_000);

    // Taken back: told at the next sync, it shows nothing more, and what it held is gone.
    await office.running.database.owner.query(
      `UPDATE seats SET closed = 'withdrawn' WHERE seat = (SELECT max(seat) FROM seats WHERE office = 10 AND nature = 'person')`,
    );
    const again = await phone({ locale: 'en', profile });
    await again.page.goto(office.url);
    await again.page.waitForSelector('.tile');
    await again.page.locator('.tile').first().click();
    await typePin(again.page);
    await expect.poll(() => countStored(again.page, 'slots')).toBe(0);
    await expect.poll(() => countStored(again.page, 'pages')).toBe(0);
    await countOf(again.page.locator('.sos, .book')).toBe(0);
    for (const word of secrets) expect(await shown(again.page), word).not.toContain(word);
    await again.context.close();
    expect(foundOnDisk(profile, secrets).places).toEqual([]);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 });
  }
});

test('addresses and titles name nobody, whatever page is open, and nothing is asked of the browser that shows on a locked screen', async () => {
  const { page, context } = await phoneOf('Zeba');
  const seen: string[] = [];
  page.on('framenavigated', (frame) => seen.push(frame.url()));
  page.on('request', (request) => seen.push(request.url()));
  const look = async () => {
    seen.push(page.url(), await page.title());
    // The page's own memory of where she was, which a browser keeps on its disk.
    seen.push(JSON.stringify(await page.evaluate(() => history.state)));
  };
  await enlistDonor(page, { name: 'Address Seeker', number: '03007766550', village: 3 });
  await look();
  await home(page);
  await page.locator('.book').first().click();
  await page.locator('input[type=search]').fill('Address Seeker');
  await look();
  await page.locator('.ruled a, .ruled button, .ruled .row').first().click();
  await look();
  await home(page);
  await openEmergency(page);
  await look();
  for (const path of ['/people', '/organizations', '/office', '/emergencies/plans', '/looks']) {
    await openPath(page, path);
    await look();
  }
  expect(seen.length).toBeGreaterThan(20);
  const text = seen.map((word) => decodeURIComponent(word)).join('\n');
  for (const word of ['Address', 'Seeker', '7766550', 'Zeba', 'B-', 'B−', pin]) expect(text, word).not.toContain(word);
  expect(new Set(seen.filter((word) => !/^(https?:|blob:|data:|null|\{)/.test(word))).size).toBe(1);
  // No notification was allowed, asked for, or shown.
  expect(await page.evaluate(() => Notification.permission)).not.toBe('granted');
  expect(
    await page.evaluate(async () =>
      (await navigator.serviceWorker.ready).getNotifications().then(({ length }) => length),
    ),
  ).toBe(0);
  expect(context.pages()).toHaveLength(1);
});

const scripts = [
  { locale: 'en', name: '<img src=x onerror="window.ran=1"> Zahid' },
  { locale: 'sd', name: '"><script>window.ran=1</script> غلام' },
  { locale: 'ur', name: "'); window.ran=1; ('<svg onload=window.ran=1> \u202eاحمد" },
];
const ran = (page: Page) => page.evaluate(() => 'ran' in window);

test('a name that was written as a script is only a name, and inert, on the phone and at the desk, in three scripts', async () => {
  for (const { locale, name } of scripts) {
    const { page } = await phoneOf('Zeba', locale);
    await enlistDonor(page, {
      name,
      number: `0300776650${scripts.findIndex((each) => each.locale === locale)}`,
      village: 3,
    });
    await home(page);
    await page.locator('.book').first().click();
    await page.locator('input[type=search]').fill(name.split(/[ \u202e]/).at(-1) ?? '');
    await textOf(page.locator('.ruled')).toContain(name.split('\u202e')[0]);
    expect(await page.locator('.ruled img[src=x], .ruled script, .ruled svg[onload]').count()).toBe(0);
    expect(await ran(page)).toBe(false);
    await page.context().close();
  }
  const { owner } = office.running.database;
  const named = { sd: scripts[1]?.name, ur: scripts[2]?.name, en: scripts[0]?.name };
  await owner.query('UPDATE books SET names = $1 WHERE office = 10', [named]);
  for (const { locale, name } of scripts) {
    const desk = await phone({ locale, width: 1280, height: 800 });
    await signInAtDesk(desk.page, office.url, office.desk);
    await desk.page.goto(`${office.url}/desk/offices`);
    await textOf(desk.page.locator('body')).toContain(name.slice(0, 20));
    expect(await desk.page.locator('main img[src=x], main script').count()).toBe(0);
    expect(await ran(desk.page)).toBe(false);
    // Even markup that came to stand in the page would run nothing.
    const blocked = await desk.page.evaluate(async () => {
      const block = new Promise<string>((done) => {
        document.addEventListener('securitypolicyviolation', (event) => done(event.violatedDirective), { once: true });
      });
      const script = document.createElement('script');
      script.textContent = 'window.ran = 1';
      document.body.append(script);
      return block;
    });
    expect(blocked).toMatch(/^script-src/);
    expect(await ran(desk.page)).toBe(false);
    await desk.context.close();
  }
});

test('five wrong PINs are not forgotten by a reload, nor by a clock that is set forward or back', async () => {
  const { page } = await phoneOf('Zeba');
  await lockByHiding(page);
  await page.locator('.tile').first().click();
  for (let i = 0; i < 5; i++) {
    await typePin(page, '111222');
    await countOf(page.locator('.pin .on')).toBe(0);
  }
  const isClosed = () => page.locator('.keys button').first().isDisabled();
  await expect.poll(isClosed).toBe(true);
  for (const shift of [3_600_000, -3_600_000, 365 * 24 * 3_600_000]) {
    await page.addInitScript((by) => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + by;
    }, shift);
    await page.reload();
    await page.locator('.tile').first().click();
    await expect.poll(isClosed).toBe(true);
  }
});
