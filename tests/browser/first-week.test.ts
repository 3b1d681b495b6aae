/*
 * The first week of an LSO, from an empty folder: the set-up page, the leaders and their codes, the first account, lists that come in
 * wrong and then right, phones that are let in, a leader's leave, a household found and the first donor.
 */
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { dirtyHouseholds } from '../../src/network/exchange/dirty-list.arbitrary.ts';
import { fileOf } from '../../src/network/exchange/server/export-office.ts';
import { writeCsv } from '../../src/network/exchange/server/write-csv.ts';
import type { Cell } from '../../src/network/exchange/sheet.ts';
import { openPhone, type Phone } from '../support/browser.ts';
import { enrol, openPath, picture } from '../support/hands.ts';
import { lookAt } from '../support/looking.ts';
import { openEmptyServer } from '../support/office.ts';
import { countOf } from '../support/waiting.ts';

const fill = (page: Page, name: string, value: string) => page.locator(`input[name="${name}"]`).fill(value);
const goOn = (page: Page) => page.locator('form .btn.go').click();

const places: Cell[][] = [
  ['Name', 'Name (Sindhi)', 'Level', 'Part of'],
  ['Kandri', 'ڪنڊري', 'Village', 'Dhori'],
  ['Sajan Goth', 'ساجن ڳوٺ', 'Village', 'Dhori'],
];
const organizations: Cell[][] = [
  ['نالو', 'Tier', 'Number', 'VO', 'ڳوٺ', 'Date of formation'],
  ['ڪنڊري', 'VO', 1, null, 'ڪنڊري', '15-01-2018'],
  ...Array.from({ length: 40 }, (_, i): Cell[] => [`پاڙو ${i + 1}`, 'CO', i + 1, 'VO 1', null, '۲۰ جون ۲۰۱۸']),
];
const donors: Cell[][] = [
  ['Name', 'Father', 'Sex', 'Age', 'Blood group', 'Mobile', 'VO', 'Agreed'],
  ['Ghulam Chandio', 'Bux', 'M', 30, 'B-', '0300 0000101', 'VO 1', 'Yes'],
];

for (const language of ['sd', 'en'] as const)
  test(`an LSO is opened from an empty folder, in ${language === 'sd' ? 'Sindhi' : 'English'}`, async () => {
    const office = await openEmptyServer({ cluster: inject('databaseUrl') });
    const { url, firstWord, database } = office.running;
    const desk = await openPhone({ width: 1280, height: 800, locale: language });
    const { page } = desk;
    const phones: Phone[] = [];
    try {
      // The word, and not another one.
      await page.goto(`${url}/desk/opening`);
      await page.waitForSelector('input[name="word"]');
      await fill(page, 'word', 'abcd-efgh-jkmn-pqrs');
      await goOn(page);
      await page.waitForSelector('.error');
      await lookAt(page, `opening-word-${language}`);
      await fill(page, 'word', firstWord as string);
      await goOn(page);

      await page.waitForSelector('input[name="programme-en"]');
      await goOn(page);
      await page.waitForSelector('.error');
      await fill(page, 'programme-en', 'Sindh Rural Support');
      await fill(page, 'programme-sd', 'سنڌ رورل سپورٽ');
      await lookAt(page, `opening-programme-${language}`);
      await goOn(page);

      await page.waitForSelector('.ticks');
      await page.locator('input[name="PK709"]').check();
      await lookAt(page, `opening-districts-${language}`);
      await goOn(page);

      await page.waitForSelector('#taluka');
      await page.locator('#taluka').selectOption('PK70907');
      await fill(page, 'lso-sd', 'ابتدا');
      await fill(page, 'lso-en', 'Ibtida');
      await fill(page, 'council-en', 'Dhori');
      await fill(page, 'council-sd', 'ڌوري');
      await fill(page, 'formed-on', '31-02-2017');
      await goOn(page);
      await page.waitForSelector('.error');
      await fill(page, 'formed-on', '30-10-2017');
      await lookAt(page, `opening-lso-${language}`);
      await goOn(page);

      // Closed in the middle, it goes on where it was.
      await page.waitForSelector('.leaders');
      await page.reload();
      await fill(page, 'word', firstWord as string);
      await goOn(page);
      await page.waitForSelector('.leaders');
      for (const [en, sd] of [
        ['Shabana', 'شبانه'],
        ['Nasreen', 'نسرين'],
        ['Halima', 'حليما'],
      ] as const) {
        await fill(page, 'bearer-en', en);
        await fill(page, 'bearer-sd', sd);
        await page.locator('.leaders form .btn').click();
        await page.waitForFunction(
          (name) => [...document.querySelectorAll('.let-in li')].some((line) => line.textContent?.includes(name)),
          language === 'sd' ? sd : en,
        );
      }
      for (let i = 0; i < 3; i++) {
        await page.locator('.let-in .btn').first().click();
        await page.waitForFunction((count) => document.querySelectorAll('.let-in .code').length === count, i + 1);
      }
      await page.waitForFunction(() => document.querySelectorAll('.let-in .qr').length === 3);
      const codes = (await page.locator('.let-in .code').allTextContents()).map((code) => code.replace(/\D/g, ''));
      expect(codes.every((code) => code.length === 10)).toBe(true);
      await lookAt(page, `opening-leaders-${language}`);
      await page.locator('.leaders .btn.go').click();

      await page.waitForSelector('.opened');
      await lookAt(page, `opening-opened-${language}`);
      await page.locator('.doings .btn.go').click();
      await page.waitForSelector('input[name="shown-name"]');
      await fill(page, 'name', 'asma');
      await fill(page, 'shown-name', 'Asma');
      await goOn(page);
      await page.waitForSelector('.shown-once');
      const first = ((await page.locator('.shown-once .fig').textContent()) ?? '').replace(/[^a-z0-9-]/g, '');
      await lookAt(page, `opening-password-${language}`);
      await page.locator('.shown-once .btn').click();

      // The account: her own password, and a second thing.
      const own = 'four words of hers';
      await page.waitForSelector('input[name="password"]');
      await fill(page, 'name', 'asma');
      await fill(page, 'password', first);
      await page.locator('button[type="submit"]').click();
      await page.waitForSelector('input[name="next"]');
      await fill(page, 'now', first);
      await fill(page, 'next', own);
      await page.locator('button[type="submit"]').click();
      await page.locator('form .btn:not(.go)').click();
      await page.waitForSelector('.qr');
      const secret = ((await page.locator('.wraps').textContent()) ?? '').replace(/[^A-Z2-7]/g, '');
      await fill(page, 'code', new TOTP({ secret: Secret.fromBase32(secret) }).generate());
      await page.locator('button[type="submit"]').click();
      await page.waitForSelector('.codes');
      await page.locator('button[type="submit"]').click();
      await page.waitForSelector('.mast nav a');

      // The first lists: places, organizations, 2,000 households, of which some are wrong at first.
      await page.locator('.mast nav button').click();
      await page.locator('.mast nav a[href="/desk/lists"]').click();
      // The programme has one LSO: it is taken by its name, and nobody is asked for a number.
      await page.waitForSelector('.office-pick .chosen');
      const bring = async (what: string, name: string, buffer: Buffer) => {
        await page.locator('#list').selectOption(what);
        await page.locator('#file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
        await page.locator('form button[type="submit"]').click();
        await page.waitForSelector('.seen');
      };
      const writeAll = async (count: number) => {
        await page.locator('.lists section .btn.go').click();
        await page.waitForFunction(
          (rows) =>
            document.querySelectorAll('.brought li').length === rows && !document.querySelector('.brought progress'),
          count,
        );
      };
      await bring('places', 'places.csv', Buffer.from(writeCsv(places)));
      await writeAll(1);
      await bring('organizations', 'organizations.xlsx', await fileOf(organizations, 'xlsx', 'sd'));
      await writeAll(2);

      const dirty = dirtyHouseholds(2000, 5, { cos: 40 });
      await bring('households', 'households.csv', Buffer.from(writeCsv([dirty.headings, ...dirty.rows]), 'utf16le'));
      await countOf(page.locator('.wrongs li')).toBeGreaterThan(9);
      await lookAt(page, `lists-wrong-${language}`);
      const [taken] = await Promise.all([page.waitForEvent('download'), page.locator('.doings a[download]').click()]);
      expect(taken.suggestedFilename()).toBe('households-wrong-rows.csv');
      expect(await page.locator('.lists section .btn.go').count()).toBe(0);

      const right = dirtyHouseholds(2000, 5, { cos: 40 }, false);
      await bring('households', 'households.xlsx', await fileOf([right.headings, ...right.rows], 'xlsx', 'sd'));
      await writeAll(3);
      await lookAt(page, `lists-written-${language}`);

      // Three leaders' phones; the office and its 2,000 households on each.
      for (const code of codes) {
        const phone = await openPhone({ locale: language });
        phones.push(phone);
        await enrol(phone.page, url, code);
      }
      const hers = phones[0] as Phone;
      await openPath(hers.page, '/office');
      await hers.page.waitForFunction(() => /2,000/.test(document.querySelector('.rows .fig')?.textContent ?? ''));
      await hers.page.waitForFunction(() => document.querySelectorAll('.rows').length > 2);
      await lookAt(hers.page, `phone-office-${language}`);

      // From now on a list waits for a leader's leave.
      await bring('donors', 'donors.csv', Buffer.from(writeCsv(donors)));
      await page.locator('.lists section .btn.go').click();
      await page.waitForSelector('input[name="leave"]');
      await page.waitForFunction(() => document.querySelectorAll('.brought li').length === 4);
      const give = hers.page.locator('.main .btn').last();
      await give.scrollIntoViewIfNeeded();
      await give.click();
      await hers.page.waitForSelector('.leave');
      const leave = ((await hers.page.locator('.leave').textContent()) ?? '').replace(/\D/g, '');
      await lookAt(hers.page, `phone-leave-${language}`);
      await fill(page, 'leave', leave);
      await lookAt(page, `lists-leave-${language}`);
      await page.locator('.brought li .btn').first().click();
      await page.waitForFunction(
        () => !document.querySelector('.brought progress') && !document.querySelector('.brought .btn[disabled]'),
      );
      await page.waitForFunction(() => document.querySelectorAll('.brought li .btn').length === 4);

      // The first donor is on the phones.
      await openPath(hers.page, '/');
      const seen = hers.page.locator('.book').first();
      await hers.page.waitForSelector('.sos');
      await expect
        .poll(
          async () => {
            await openPath(hers.page, '/not-sent');
            await hers.page
              .locator('.foot .btn, .main .btn')
              .first()
              .click({ timeout: 1000 })
              .catch(() => undefined);
            await openPath(hers.page, '/');
            return (await seen.textContent()) ?? '';
          },
          { interval: 500 },
        )
        .toMatch(/1/);
      await openPath(hers.page, '/blood-donors');
      await hers.page.waitForFunction(() => document.body.textContent?.includes('Ghulam Chandio'));
      await lookAt(hers.page, `phone-donor-${language}`);

      const { rows } = await database.owner.query<{ count: number }>(
        "SELECT count(*)::int AS count FROM records WHERE office = 3 AND kind = 'household'",
      );
      expect(rows[0]?.count).toBe(2000);
    } catch (error) {
      await picture(page, `failed-${language}`, true);
      throw error;
    } finally {
      for (const phone of phones) await phone.close();
      await desk.close();
      await office.close();
    }
  });
