/* node tests/browser/pictures.ts: draws the pictures of the README from the demo office, at real size. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { realSize } from '../../src/cli/demo/seed-demo.ts';
import { openPhone } from '../support/browser.ts';
import { signInAtDesk } from '../support/desk-hands.ts';
import {
  enrol,
  home,
  lockByHiding,
  openEmergency,
  pickGroup,
  unlock,
  untilFilled,
  untilSent,
} from '../support/hands.ts';
import { openTestOffice } from '../support/office.ts';

const folder = join(import.meta.dirname, '../../docs/pictures');
mkdirSync(folder, { recursive: true });
const office = await openTestOffice(realSize);
for (const language of ['sd', 'en']) {
  const phone = await openPhone({ locale: language });
  const { page } = phone;
  const picture = async (name: string) => {
    await page.evaluate(() => document.fonts.ready);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}-${language}.png`) });
  };
  await enrol(page, office.url, await office.codeFor('Shabana'));
  await untilFilled(page);
  await page.waitForFunction(() => document.querySelectorAll('.notice').length === 0);
  for (const name of ['Nasreen', 'Halima', 'Rubina']) {
    await lockByHiding(page);
    await enrol(page, office.url, await office.codeFor(name));
  }
  await lockByHiding(page);
  await page.locator('.tile').first().click();
  await page.waitForTimeout(200);
  await picture('door');
  await unlock(page);
  await untilSent(page);
  await picture('home');
  await openEmergency(page);
  await picture('emergency');
  await page.locator('.lane').nth(2).locator('.ring').click();
  await page.waitForSelector('.rank');
  await page.locator('.rank .now .pick').nth(5).click();
  await page.waitForTimeout(13_000);
  await picture('call-list');
  await home(page);
  await page.locator('.book').first().click();
  await page.waitForSelector('.ruled');
  await picture('register');
  await page.locator('.foot .go').click();
  await page
    .locator('.field input')
    .first()
    .fill(language === 'sd' ? 'سجاد' : 'Sajjad');
  await page.locator('.picks .pick').nth(1).click();
  await page.locator('.foot .go').click();
  await pickGroup(page, 'B', '−');
  await picture('enlist');
  await page.locator('.bar .sq').nth(-2).click();
  await page.waitForSelector('.shopping');
  await picture('cover');
  await phone.close();
}
const desk = await openPhone({ locale: 'en', width: 1280, height: 800 });
await signInAtDesk(desk.page, office.url, office.desk);
await desk.page.waitForSelector('.says');
await desk.page.waitForTimeout(600);
await desk.page.screenshot({ path: join(folder, 'desk-en.png') });
await desk.close();
await office.close();
