/* The first week of a phone: practice before anything is real, in Sindhi and in English. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPhone, type Phone } from '../support/browser.ts';
import {
  enlistDonor,
  enrol,
  home,
  lockByHiding,
  openEmergency,
  openPath,
  picture,
  typePin,
  unlock,
  untilFilled,
} from '../support/hands.ts';
import { openSmallOffice } from '../support/journey.ts';
import type { TestOffice } from '../support/office.ts';
import { countStored } from '../support/phone-store.ts';
import { countOf, textOf } from '../support/waiting.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openSmallOffice();
});
afterAll(() => office?.close());

for (const locale of ['sd', 'en']) {
  test(`a woman practises before she has a code: all works, nothing leaves the phone, and it can be begun again (${locale})`, async () => {
    const phone = await openPhone({ locale });
    const { page } = phone;
    try {
      await page.goto(office.url);
      await page.waitForSelector('.field input');
      await picture(page, `practice-first-${locale}`);
      const asked: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/api/')) asked.push(request.url());
      });
      await page.locator('.main .row.boxed').click();
      await page.waitForSelector('.sos');
      await expect
        .poll(() => page.locator('.practice-band span').allTextContents())
        .toEqual(['مشق جي آفيس', 'مشق کا دفتر', 'Practice office']);
      await textOf(page.locator('.book .fig').first()).toContain('12');
      await picture(page, `practice-home-${locale}`);

      await enlistDonor(page, { name: 'Only Practised', number: '03000000999', village: 1 });
      await picture(page, `practice-enlisted-${locale}`);
      await countOf(page.locator('.practice-band')).toBe(1);
      await home(page);
      await textOf(page.locator('.book .fig').first()).toContain('13');
      expect(await page.locator('.strip').count()).toBe(0);
      await openEmergency(page, 1);
      await picture(page, `practice-night-${locale}`);
      await home(page);
      await openPath(page, '/office');
      // A code needs the real office: the practice office asks nobody, and says so.
      await page.locator('.rows').nth(1).locator('.row').first().click();
      // Her own page: its head is heard.
      await page.waitForSelector('.main .head .sq');
      await page.locator('.main .row.boxed').first().click();
      await page.waitForSelector('.notice.care');
      expect(asked).toEqual([]);
      expect(await countStored(phone.page, 'slots')).toBe(0);
      expect(await countStored(phone.page, 'lines')).toBe(0);

      // Switched off and on, what was practised is still there; begun again, it is gone.
      await page.goto(office.url);
      await page.locator('.main .row.boxed').click();
      await page.waitForSelector('.sos');
      await textOf(page.locator('.book .fig').first()).toContain('13');
      await page.locator('.main > .btn').first().click();
      await textOf(page.locator('.book .fig').first()).toContain('12');

      // In the real office nothing is left of it.
      await page.locator('.main > .btn').last().click();
      await page.waitForSelector('.field input');
      await enrol(page, office.url, await office.codeFor('Shabana'));
      await untilFilled(page);
      expect(await page.locator('.practice-band').count()).toBe(0);
      expect(await page.evaluate(() => document.documentElement.dataset.practice)).toBeUndefined();
      await lockByHiding(page);
      await picture(page, `practice-door-${locale}`);
      await unlock(page);
    } finally {
      await phone.close();
    }
  });
}

for (const locale of ['sd', 'en']) {
  test(`a page is read aloud with no network; a woman records her own voice, and it goes to another phone as a file (${locale})`, async () => {
    const phone = await openPhone({ locale, microphone: true });
    const other = await openPhone({ locale });
    try {
      const { page } = phone;
      await enrol(page, office.url, await office.codeFor('Shabana'));
      await untilFilled(page);
      await page.locator('.main .head .sq').first().click();
      // The recorded machine speaks, and is called one.
      await page.waitForSelector('.head .quiet');
      const machine = await page.locator('.head .quiet').textContent();
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await phone.context.setOffline(true);
      await openPath(page, '/voice');
      await page.waitForSelector('.ask h2');
      await picture(page, `voice-${locale}`);
      const phrase = await page.locator('.ask h2').textContent();
      await page.locator('.ask .ring').click();
      await textOf(page.locator('.ask .quiet')).toBe(machine);

      await page.locator('.foot .go').click();
      await page.waitForSelector('.notice.calm');
      // She reads for most of a second.
      await page.waitForTimeout(700);
      await page.locator('.foot .go').click();
      await page.waitForSelector('.foot .btn:not(.go)');
      await picture(page, `voice-taken-${locale}`);
      await page.locator('.foot .go').click();
      await expect.poll(() => page.locator('.ask h2').textContent()).not.toBe(phrase);
      await textOf(page.locator('.bar .t p')).toMatch(/1/);

      // Opened again, hers is there, and begins at the first sentence that is not.
      await openPath(page, '/');
      await openPath(page, '/voice');
      await expect.poll(() => page.locator('.ask h2').textContent()).not.toBe(phrase);
      const downloading = page.waitForEvent('download');
      await page.locator('.main .row.boxed').nth(1).click();
      const path = join(phone.profile, 'given.voice');
      await (await downloading).saveAs(path);

      await enrol(other.page, office.url, await office.codeFor('Nasreen'));
      await untilFilled(other.page);
      await openPath(other.page, '/voice');
      await other.page.waitForSelector('.ask h2');
      await other.page.locator('input[type=file]').setInputFiles({
        name: 'letter.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('a letter from home, and nothing else'),
      });
      await other.page.waitForSelector('.notice.care');
      await other.page.locator('input[type=file]').setInputFiles(path);
      await other.page.waitForSelector('.notice.good');
      const heard = await other.page.evaluate(async (wanted) => {
        const store = await caches.open('own-voice');
        const key = (await store.keys()).find(({ url }) => decodeURIComponent(url).endsWith(wanted));
        const answer = key && (await store.match(key));
        if (!answer) return 0;
        return (await new AudioContext().decodeAudioData(await answer.arrayBuffer())).duration;
      }, `/${phrase}`);
      expect(heard).toBeGreaterThan(0.3);
    } finally {
      await phone.close();
      await other.close();
    }
  });
}

test('what may come again makes room before a line is lost, and a phone says when little is left', async () => {
  const phone = await openPhone({ locale: 'en' });
  const { page } = phone;
  try {
    await page.addInitScript(() => {
      const estimate = { usage: 90_000_000, quota: 100_000_000 };
      navigator.storage.estimate = () => Promise.resolve(estimate);
    });
    await enrol(page, office.url, await office.codeFor('Halima'));
    await untilFilled(page);
    await page.waitForSelector('.notice .btn');
    await page.locator('.main .head .sq').first().click();
    await page.waitForSelector('.head .quiet');
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).includes('voice'))).toBe(true);
    await page.locator('.notice .btn').click();
    await page.waitForSelector('.head h2');
    await picture(page, 'this-phone-en');
    await page.waitForSelector('.main >> text=/10\\sMB/');
    await home(page);
    // Full from now on, until the machine's voice is gone.
    await page.evaluate(() => {
      const add = IDBObjectStore.prototype.add;
      let full = true;
      const drop = caches.delete.bind(caches);
      caches.delete = async (name: string) => {
        full = false;
        return drop(name);
      };
      IDBObjectStore.prototype.add = function (...args) {
        if (full && this.name === 'lines') throw new DOMException('full', 'QuotaExceededError');
        return add.apply(this, args);
      };
    });
    await enlistDonor(page, { name: 'In A Full Phone', number: '03004440001', village: 2 });
    await home(page);
    await expect.poll(() => page.evaluate(async () => (await caches.keys()).includes('voice'))).toBe(false);
  } finally {
    await phone.close();
  }
});

for (const locale of ['sd', 'en']) {
  test(`leaders join one after the other from one phone, and a forgotten PIN is helped by two bearers without losing a line (${locale})`, async () => {
    const president = await openPhone({ locale });
    const manager = await openPhone({ locale });
    const leader = await openPhone({ locale });
    const codeOn = async (page: Phone['page']) =>
      ((await page.locator('.fig.code').textContent()) ?? '').replace(/\D/g, '');
    try {
      await enrol(president.page, office.url, await office.codeFor('Shabana'));
      await untilFilled(president.page);
      await enrol(manager.page, office.url, await office.codeFor('Nasreen'));
      await untilFilled(manager.page);

      // In the meeting: two women are chosen, their codes come one after the other.
      const { page } = president;
      await openPath(page, '/phones/new');
      await page.waitForSelector('.rows .row');
      const zeba = locale === 'sd' ? 'زيبا' : 'Zeba';
      const sakina = locale === 'sd' ? 'سڪينه' : 'Sakina';
      for (const name of [zeba, sakina]) await page.locator('.rows .row', { hasText: name }).first().click();
      await picture(page, `meeting-choose-${locale}`);
      await page.locator('.foot .go').click();
      await page.waitForSelector('.fig.code');
      await picture(page, `meeting-code-${locale}`);
      const firstName = await page.locator('.bar h1').textContent();
      const code = await codeOn(page);
      expect(code).toMatch(/^\d{10}$/);

      // Where she has had a phone before, the manager has to stand by it.
      const confirmWith = async (digits: string, name: string) => {
        await openPath(manager.page, '/');
        await manager.page.waitForSelector('.sos');
        await openPath(manager.page, '/phones/confirm');
        await manager.page.locator('.rows .row', { hasText: name }).first().click();
        await picture(manager.page, `confirm-${locale}`);
        await manager.page.locator('.field input').fill(digits);
        await manager.page.locator('.foot .go').click();
        await manager.page.waitForSelector('.notice.good');
      };
      if (await page.locator('.notice').count()) await confirmWith(code, firstName ?? '');
      await enrol(leader.page, office.url, code);
      await untilFilled(leader.page);
      await page.waitForSelector('.notice.good');
      await picture(page, `meeting-joined-${locale}`);
      await page.locator('.foot .go').click();
      await expect.poll(() => page.locator('.bar h1').textContent()).not.toBe(firstName);

      // She writes with no network, and then forgets her PIN.
      await leader.context.setOffline(true);
      await enlistDonor(leader.page, {
        name: `Unsent ${locale}`,
        number: `0300444${locale === 'sd' ? '1' : '2'}333`,
        village: 2,
      });
      await home(leader.page);
      await lockByHiding(leader.page);
      await leader.page.locator('.tile').first().click();
      await typePin(leader.page, '111222');
      await leader.page.waitForSelector('.main .row.boxed');
      await picture(leader.page, `forgotten-${locale}`);
      await openPath(page, '/');
      await openPath(page, '/phones/new');
      await page
        .locator('.rows .row', { hasText: firstName ?? '' })
        .first()
        .click();
      await page.locator('.foot .go').click();
      await page.waitForSelector('.fig.code');
      const again = await codeOn(page);
      await picture(page, `second-needed-${locale}`);
      await countOf(page.locator('.notice')).toBe(1);
      await leader.context.setOffline(false);
      await leader.page.locator('.main .row.boxed').click();
      const write = async (pinDigits: string) => {
        await leader.page.locator('.field input').fill(again);
        await leader.page.locator('.foot .go').click();
        await leader.page.waitForSelector('.keys');
        await typePin(leader.page, pinDigits);
        await leader.page.waitForFunction(() => document.querySelectorAll('.pin .on').length === 0);
        await typePin(leader.page, pinDigits);
      };
      await write('583920');
      await leader.page.waitForSelector('.field input');
      await confirmWith(again, firstName ?? '');
      await write('583920');
      await leader.page.waitForSelector('.sos');
      // Her line reached the office, her older pages are gone from the phone, and her new PIN is the only way in.
      const arrived = async () =>
        (
          await office.running.database.owner.query(
            "SELECT 1 FROM records WHERE kind = 'donor' AND body->'names'->>'en' = $1",
            [`Unsent ${locale}`],
          )
        ).rowCount;
      await expect.poll(arrived).toBe(1);
      await expect.poll(() => countStored(leader.page, 'slots')).toBe(1);
      await lockByHiding(leader.page);
      await countOf(leader.page.locator('.tile')).toBe(1);
      await unlock(leader.page, 0, '583920');
    } finally {
      await president.close();
      await manager.close();
      await leader.close();
    }
  });
}
