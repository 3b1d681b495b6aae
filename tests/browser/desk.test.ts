/*
 * The desk of a whole programme in a real browser: head office and district, three languages, a wide and a small screen.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/platform/access/server/desk-sessions.ts';
import { type Running, startServer } from '../../src/server/main.ts';
import { axe, openPhone, type Phone, scrollsSideways, smallTargets } from '../support/browser.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { signInAtDesk } from '../support/desk-hands.ts';
import { districtOffice, programme, writeProgramme } from '../support/programme.ts';
import { countOf, pathOf, textOf } from '../support/waiting.ts';

const folder = mkdtempSync(join(tmpdir(), 'otaq-desk-'));
let database: TestDatabase;
let running: Running;
const quiet = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };

beforeAll(async () => {
  database = await testDatabase();
  const now = Date.now();
  running = await startServer(
    { port: 0, dataDirectory: folder, databaseUrl: database.url },
    quiet,
    async (_, { owner }) => {
      await writeProgramme(owner, programme(new Date(now).toISOString().slice(0, 10), 60, 14), now);
      const word = await hashPassword('right word');
      for (const [name, role, office] of [
        ['head', 'head-office', 1],
        ['district', 'district', districtOffice(5)],
      ])
        await owner.query(
          "INSERT INTO users (name, password_hash, shown_name, role, office) VALUES ($1, $2, 'Sample', $3, $4)",
          [name, word, role, office],
        );
    },
  );
});
afterAll(async () => {
  await running?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const signIn = (page: Page, name: 'head' | 'district') =>
  signInAtDesk(page, running.url, { name, password: 'right word' });

async function open(page: Page, path: string): Promise<void> {
  await page.goto(running.url + path);
  await page.waitForSelector('main h1');
  // Every page holds a figure, a table, a list or a question when its answer has come.
  await page.waitForSelector('main table, main .says, main .card, main .none-found, main .field, main .title ~ .note');
  await page.evaluate(() => document.fonts.ready);
}

const headPages = [
  '/desk',
  '/desk/districts',
  `/desk/districts/${districtOffice(5)}`,
  '/desk/offices',
  '/desk/offices/waiting',
  '/desk/offices/quiet',
  '/desk/offices/6001',
  '/desk/registers',
  '/desk/registers/emergencies',
  `/desk/registers/emergencies/${districtOffice(5)}`,
  '/desk/registers/donors-by-group',
  '/desk/registers/outcomes',
  '/desk/reports',
  '/desk/opening',
  '/desk/lists',
  '/desk/looks',
  '/desk/complaints',
  '/desk/account',
];
// A district has no page of districts: its own is the first one. Head office alone opens an office.
const districtPages = headPages.filter((path) => !path.startsWith('/desk/districts') && path !== '/desk/opening');

describe.each([
  { locale: 'en', width: 1440, height: 900 },
  { locale: 'sd', width: 1440, height: 900 },
  { locale: 'ur', width: 1440, height: 900 },
  { locale: 'en', width: 1024, height: 768 },
  { locale: 'sd', width: 1024, height: 768 },
])('the desk in $locale on a screen of $width', ({ locale, width, height }) => {
  let desk: Phone;
  beforeAll(async () => {
    desk = await openPhone({ locale, width, height });
  });
  afterAll(() => desk?.close());

  test.each(['head', 'district'] as const)('every page of the %s is whole, reachable and still', async (name) => {
    const { page } = desk;
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    await signIn(page, name);
    for (const path of name === 'head' ? headPages : districtPages) {
      await open(page, path).catch(async (error) =>
        faults.push(`${path}: ${error} ${(await page.locator('main').textContent())?.slice(0, 200)}`),
      );
      faults.push(...(await axe(page)).map((found) => `${path}: ${found}`));
      faults.push(...(await smallTargets(page, 24)).map((found) => `${path}: small ${found}`));
      if (await scrollsSideways(page)) faults.push(`${path}: moves sideways`);
      for (const table of await page.locator('main .wide').all())
        if (await table.evaluate((wide) => wide.scrollWidth > wide.clientWidth))
          faults.push(`${path}: a table is cut: ${(await table.textContent())?.slice(0, 60)}`);
      if ((await page.title()) !== 'Otaq') faults.push(`${path}: the title says more than Otaq`);
    }
    expect(faults).toEqual([]);
    await page.locator('.mast .end .btn').click();
    await page.waitForSelector('form');
  });
});

test.each(['en', 'sd', 'ur'])(
  'the masthead is one row in %s, and its menu is opened and left by keyboard',
  async (locale) => {
    const desk = await openPhone({ locale, width: 1440, height: 900 });
    const { page } = desk;
    await signIn(page, 'head');
    await open(page, '/desk');
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      expect((await page.locator('.mast').boundingBox())?.height, `${width}`).toBeLessThan(72);
      expect(await scrollsSideways(page)).toBe(false);
      await page.locator('.mast nav button').focus();
      await page.keyboard.press('Enter');
      await page.waitForSelector('#work:popover-open');
      expect(await axe(page)).toEqual([]);
      expect(await smallTargets(page, 24)).toEqual([]);
      const menu = await page.locator('#work').boundingBox();
      expect(menu && menu.x >= 0 && menu.x + menu.width <= width).toBe(true);
      await page.keyboard.press('Escape');
      await page.waitForSelector('#work', { state: 'hidden' });
      await page.waitForSelector('.mast nav button:focus');
    }
    await page.keyboard.press('Enter');
    await page.waitForSelector('#work:popover-open');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.lists');
    await pathOf(page).toBe('/desk/lists');
    // The menu has closed behind her, and its word says where she is.
    await page.waitForSelector('#work', { state: 'hidden' });
    await page.waitForSelector('.mast nav button[aria-current=true]');
    await desk.close();
  },
);

describe.each(['en', 'sd'])('a day at the desk, in %s', (locale) => {
  let desk: Phone;
  beforeAll(async () => {
    desk = await openPhone({ locale, width: 1440, height: 900 });
    await signIn(desk.page, 'head');
  });
  afterAll(() => desk?.close());

  test('the head office opens a tile, an office in it, its profile of last year, and goes back', async () => {
    const { page } = desk;
    await open(page, '/desk');
    await countOf(page.locator('.carto a')).toBe(15);
    await page.locator(`.carto a[href$="/districts/${districtOffice(5)}"]`).click();
    await page.waitForSelector('main .says');
    await page.locator('.ledger tbody a').first().click();
    await page.waitForSelector('.card');
    await pathOf(page).toMatch(/^\/desk\/offices\/\d+$/);
    const organized = () => page.locator('.card dd').nth(2).textContent();
    const today = await organized();
    const lastYear = new Date(Date.now() - 300 * 86_400_000).toISOString().slice(0, 10);
    await page.locator('input[type=date]').fill(lastYear);
    await expect.poll(organized).not.toBe(today);
    await page.goBack();
    await page.waitForSelector('main .says');
    await page.goBack();
    await page.waitForSelector('.carto');
  });

  test('an office is found by another spelling of its district, and sorted by what waits', async () => {
    const { page } = desk;
    await open(page, '/desk/offices');
    const all = await page.locator('.ledger tbody tr').count();
    expect(all).toBeGreaterThan(50);
    await page.locator('#find').fill('Kambar');
    await countOf(page.locator('.ledger tbody tr')).toBeLessThan(all);
    const hrefs = await page
      .locator('.ledger tbody a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(hrefs.length).toBeGreaterThan(0);
    for (const href of hrefs) expect(href).toMatch(/\/desk\/offices\/4\d\d\d$/);
    await page.locator('#find').fill('');
    await page.locator('.ledger thead button').last().click();
    await countOf(page.locator('[aria-sort]')).toBe(1);
  });

  test('no month of an office is found by subtraction from what is shown', async () => {
    const { page } = desk;
    await open(page, `/desk/registers/emergencies/${districtOffice(5)}`);
    const rows = await page
      .locator('.ledger tbody tr, .ledger tfoot tr')
      .evaluateAll((lines) =>
        lines.map((line) =>
          [...line.querySelectorAll('td')].map((cell) =>
            cell.querySelector('.few') ? 'few' : Number(cell.textContent?.replace(/[^\d]/g, '') || 0),
          ),
        ),
      );
    expect(rows.flat().filter((count) => count === 'few').length).toBeGreaterThan(0);
    for (const count of rows.flat()) expect(count === 'few' || count === 0 || Number(count) >= 5).toBe(true);
    const lines = [...rows, ...(rows[0] ?? []).map((_, column) => rows.map((row) => row[column]))];
    for (const line of lines) expect(line.filter((count) => count === 'few').length).not.toBe(1);
  });

  test('what leaves as CSV and XLSX is the table that stands on the page', async () => {
    const { page } = desk;
    await open(page, '/desk/districts');
    const shown = await page.locator('.ledger tbody th').allTextContents();
    const save = async (nth: number) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.acts .btn').nth(nth).click(),
      ]);
      return { name: download.suggestedFilename(), path: await download.path() };
    };
    await page.locator('.tick input').check();
    const csv = await save(1);
    expect(csv.name).toMatch(/^otaq-districts-\d{4}-\d{2}-\d{2}\.csv$/);
    const lines = parse(readFileSync(csv.path), { bom: true }) as string[][];
    expect(lines[1]?.[0]).toBe('#adm2+name');
    expect(lines.slice(2, -1).map(([name]) => name)).toEqual(shown);
    const xlsx = await save(0);
    expect(xlsx.name).toMatch(/\.xlsx$/);
    const [sheet] = await readExcelFile(xlsx.path);
    const cells = sheet?.data ?? [];
    expect(cells.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))).toEqual(lines);
    expect(typeof cells[2]?.[2]).toBe('number');
  });

  test('when the server is away the page stays, and says so', async () => {
    const { page, context } = desk;
    await open(page, '/desk');
    await context.setOffline(true);
    await page.waitForSelector('.away-note');
    await countOf(page.locator('.carto a')).toBe(15);
    await context.setOffline(false);
    await page.waitForSelector('.away-note', { state: 'detached' });
  });
});

test("a district is not shown another district's pages, and is told no more than of one that does not exist", async () => {
  const desk = await openPhone({ locale: 'en', width: 1440, height: 900 });
  const { page } = desk;
  await signIn(page, 'district');
  for (const path of [
    '/desk/offices/999999',
    `/desk/districts/${districtOffice(2)}`,
    '/desk/offices/1000',
    '/desk/districts',
    '/desk/registers/donors/1',
  ]) {
    await page.goto(running.url + path);
    await textOf(page.locator('main h1')).toBe('There is no such page.');
  }
  await desk.close();
});
