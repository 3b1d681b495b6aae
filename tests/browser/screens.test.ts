/*
 * Every screen of the phone, as a leader meets it, in three languages: what axe finds, how large targets are, whether a page moves
 * sideways at 320 px or with text at twice its size.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe, openPhone, type Phone, scrollsSideways, smallTargets, turnedOver } from '../support/browser.ts';
import {
  enrol,
  home,
  lockByHiding,
  openEmergency,
  openPath,
  unlock,
  untilFilled,
  untilSent,
} from '../support/hands.ts';
import { openSmallOffice } from '../support/journey.ts';
import type { TestOffice } from '../support/office.ts';

let office: TestOffice;
let phone: Phone;
beforeAll(async () => {
  office = await openSmallOffice();
  phone = await openPhone({ locale: 'en' });
});
afterAll(async () => {
  await phone?.close();
  await office?.close();
});

/** Everything that was found, so that one run tells all. */
const faults: string[] = [];
async function look(where: string): Promise<void> {
  const { page } = phone;
  // Drawn, and nothing moves any more: a page whose program is still on its way is empty, and nothing is found on it.
  await page.waitForSelector('h1');
  await page.evaluate(() =>
    Promise.all([
      document.fonts.ready,
      // One that is broken off has ended too.
      ...document.getAnimations().map(({ finished }) => finished.catch(() => undefined)),
    ]).then(() => undefined),
  );
  // As tall as the page, so that nothing lies under the foot that stays.
  await page.setViewportSize({ width: 320, height: 3200 });
  faults.push(...(await axe(page)).map((found) => `${where}: ${found}`));
  faults.push(...(await smallTargets(page)).map((found) => `${where}: small ${found}`));
  faults.push(...(await turnedOver(page)).map((found) => `${where}: turns over ${found}`));
  if (await scrollsSideways(page)) faults.push(`${where}: moves sideways at 320`);
  await page.setViewportSize({ width: 360, height: 640 });
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  if (await scrollsSideways(page)) faults.push(`${where}: moves sideways at 200%: ${await widest(page)}`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}

/** What reaches furthest to the side. */
function widest(page: Phone['page']): Promise<string> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1);
    });
    return wide
      .slice(-3)
      .map((element) => `${element.tagName}.${element.className} ${element.textContent?.slice(0, 30)}`)
      .join(' | ');
  });
}

async function speak(language: string): Promise<void> {
  await phone.page.evaluate((to) => localStorage.setItem('language', to), language);
}

/** What the paths of the screens look like that registers put on the phone, as the code declares them. */
function screenPaths(): readonly RegExp[] {
  const root = join(import.meta.dirname, '../..');
  return globSync('src/**/phone/*.{ts,tsx}', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/path: '(\/[^']*)',\s*component/g)].map(
      ([, path = '']) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
    ),
  );
}

test('the door, the office and the night', async () => {
  const { page } = phone;
  await page.goto(office.url);
  for (const language of ['sd', 'ur', 'en']) {
    await speak(language);
    await page.reload();
    await page.waitForSelector('.field input');
    await look(`enrol ${language}`);
  }
  await enrol(page, office.url, await office.codeFor('Shabana'));
  await untilFilled(page);
  await openEmergency(page);
  const night = new URL(page.url()).pathname;
  await page.locator('.lane').nth(2).locator('.ring').click();
  await page.waitForSelector('.rank');
  const list = new URL(page.url()).pathname;
  await home(page);
  const { rows } = await office.running.database.owner.query<{ id: string }>(
    "SELECT id FROM records WHERE office = 10 AND kind = 'donor' ORDER BY id LIMIT 1",
  );
  const idOf = async (kind: string, where: string) =>
    (
      await office.running.database.owner.query<{ id: string }>(
        `SELECT id FROM records WHERE office = 10 AND kind = $1 AND ${where} ORDER BY id LIMIT 1`,
        [kind],
      )
    ).rows[0]?.id;
  const vo = await idOf('organization', "body->>'tier' = 'vo' AND body->>'number' = '4'");
  const co = await idOf('organization', "body->>'tier' = 'co'");
  const tenure = await idOf('tenure', `body->>'organization' = '${vo}' AND body->>'post' = 'president'`);
  const village = await idOf('place', "body->>'level' = 'village'");
  const household = await idOf('household', `scope = '${co}'`);
  const person = await idOf('person', `body->>'household' = '${household}'`);
  const arrival = await idOf('arrival', 'true');
  const leader = (
    await office.running.database.owner.query<{ person: string }>(
      "SELECT body->>'person' AS person FROM records WHERE office = 10 AND kind = 'phone' ORDER BY sequence LIMIT 1",
    )
  ).rows[0]?.person;
  // A line out of an old book, so that its page can be looked at.
  await openPath(page, '/emergencies/before/write');
  await page.locator('.picks .pick').first().click();
  await page.locator('.foot .go').click();
  for (const typed of ['60', '12', 'Hajran']) {
    await page.locator('.field input').fill(typed);
    await page.locator('.foot .go').click();
  }
  await page.waitForSelector('.undo');
  await home(page);
  await untilSent(page);
  const carried = await idOf('carried-forward', 'true');
  const paths = [
    '/',
    '/not-sent',
    '/handover',
    '/office',
    '/phones/new',
    '/phones/confirm',
    `/phones/of/${leader}`,
    `/phones/of/${leader}/lost`,
    `/phones/of/${leader}/leaves`,
    '/this-phone',
    '/voice',
    '/emergencies',
    '/emergencies/open',
    '/emergencies/open/no-such-note',
    '/emergencies/numbers',
    '/emergencies/plans',
    '/emergencies/plans/new',
    '/emergencies/before',
    '/emergencies/before/write',
    '/emergencies/before/estimate',
    `/emergencies/before/${carried}`,
    night,
    `${night}/outcome`,
    '/blood-donors',
    '/blood-donors/page/1',
    `/blood-donors/page/1/${rows[0]?.id}`,
    '/blood-donors/enlist',
    `/blood-donors/enlist/${person}`,
    `/blood-donors/of/${person}`,
    '/blood-donors/group-day',
    `/blood-donors/donor/${rows[0]?.id}`,
    `/blood-donors/donor/${rows[0]?.id}/correct`,
    `/blood-donors/donor/${rows[0]?.id}/person`,
    list,
    '/print',
    '/print/inside',
    '/print/outside',
    '/print/inside/profile',
    '/print/inside/card',
    '/print/inside/donors',
    '/print/outside/blank',
    '/print/outside/donors',
    '/leaf/9/1',
    '/leaf/9/1/1-1',
    '/head/1/12345678901234567890',
    '/head/x/1',
    '/organizations',
    '/organizations/form',
    '/organizations/opening',
    '/organizations/told',
    '/organizations/profile',
    '/organizations/profile/2026-11-24',
    '/organizations/profile/2026-11-24/cos',
    '/organizations/profile/2026-11-24/executive',
    `/organizations/${vo}`,
    `/organizations/${vo}/households`,
    `/organizations/${vo}/by-laws`,
    `/organizations/${vo}/appoint`,
    `/organizations/${vo}/hand-over/${tenure}`,
    `/organizations/${co}`,
    '/people',
    `/people/of/${co}`,
    '/people/enter',
    `/people/enter/${co}`,
    `/people/household/${household}`,
    `/people/household/${household}/correct`,
    `/people/household/${household}/person`,
    `/people/person/${person}`,
    `/people/person/${person}/correct`,
    `/people/person/${person}/merge`,
    `/people/person/${person}/hers`,
    `/people/household/${household}/move`,
    `/people/person/${person}/move`,
    '/transfers',
    `/transfers/${arrival}`,
    `/transfers/offer/person/${person}`,
    `/transfers/offer/organization/${co}`,
    `/organizations/${co}/move`,
    `/organizations/${co}/merge`,
    `/organizations/${co}/split`,
    `/organizations/${co}/gone`,
    `/organizations/${co}/correct`,
    `/organizations/${co}/status`,
    `/organizations/${co}/by-laws/set`,
    `/organizations/${co}/cut-off`,
    `/organizations/${co}/cut-off/write`,
    `/organizations/${co}/cut-off/aloud`,
    '/places',
    '/places/add',
    `/places/${village}`,
    `/places/${village}/change`,
    `/places/${village}/code`,
    `/places/${village}/where`,
    '/who-looked',
    '/erasure',
    `/erasure/donor/${rows[0]?.id}`,
    '/complaints',
    '/no-such-page',
  ];
  for (const form of screenPaths()) if (!paths.some((path) => form.test(path))) faults.push(`nobody looks at ${form}`);
  for (const language of ['sd', 'ur', 'en']) {
    await speak(language);
    await page.goto(office.url);
    await page.waitForSelector('.tile');
    await look(`door ${language}`);
    await unlock(page);
    for (const path of paths) {
      await openPath(page, path);
      await look(`${path} ${language}`);
      if (path === '/') {
        await page.locator('.bar .sq').last().click();
        await page.waitForSelector('dialog[open]');
        await look(`help ${language}`);
        await page.keyboard.press('Escape');
      }
    }
    await openPath(page, '/');
    await page.locator('.bar .sq').nth(-2).click();
    await page.waitForSelector('.shopping');
    await look(`cover ${language}`);
    await page.evaluate(() => localStorage.removeItem('list-open'));
  }
  expect(faults).toEqual([]);
});

test('a page opened with the keyboard alone: focus is seen, and Escape closes the help', async () => {
  const { page } = phone;
  await page.goto(office.url);
  await unlock(page);
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => {
    const focused = document.activeElement;
    return focused ? getComputedStyle(focused).outlineStyle : 'none';
  });
  expect(outline).not.toBe('none');
  await lockByHiding(page);
});
