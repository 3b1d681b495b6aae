/*
 * From a phone to paper and back: pages printed with no network, what may go to a shop, and the code on a page that finds its lines again.
 */
import { readFileSync } from 'node:fs';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { linesOnPage } from '../../src/platform/print/book-pages.ts';
import { lockByHiding, openPath, typePin, unlock } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { readPrinted } from '../support/printed-text.ts';
import { countOf, pathOf, textOf } from '../support/waiting.ts';

const { office, phone, phoneOf } = beginJourneys();

type Line = { readonly id: string; readonly name: string; readonly number: string | null; readonly relayed: boolean };

/** The donors of the book in its order, as the office has them. */
async function donors(): Promise<readonly Line[]> {
  const { rows } = await office.running.database.owner.query<Line>(
    `SELECT d.id, d.body->'names'->>'en' AS name, c.body->>'number' AS number, d.body->>'relay' IS NOT NULL AS relayed
     FROM records d LEFT JOIN records c ON c.office = d.office AND c.kind = 'donor-contact' AND c.body->>'donor' = d.id
     WHERE d.office = 10 AND d.kind = 'donor' AND d.body->>'status' = 'active'
     ORDER BY d.body->>'enlistedOn', split_part(d.id, '-', 1)::int, split_part(d.id, '-', 2)::numeric`,
  );
  return rows;
}

const local = (number: string) => number.replace('+92', '0').replace(/^(\d{4})(\d{3})(\d{4})$/, '$1 $2 $3');

test('with no network the donors’ book is printed whole, and no relayed number is on it', async () => {
  const { page, context } = await phoneOf('Shabana');
  await context.setOffline(true);
  await openPath(page, '/office');
  await page.locator('.main .row.boxed', { hasText: 'Print' }).click();
  await page.waitForURL('**/print');
  await page.locator('.main .row.boxed').first().click();
  await page.locator('.main .row.boxed').nth(2).click();
  await page.waitForSelector('.sheet-a4');
  const book = await donors();
  const pages = await readPrinted(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  expect(pages).toHaveLength(Math.ceil(book.length / linesOnPage));
  const text = pages.flatMap(({ lines }) => lines).join(' ');
  for (const { number, relayed } of book) {
    if (number === null) continue;
    if (relayed) expect(text).not.toContain(local(number));
    else expect(text).toContain(local(number));
  }
  for (const { name } of book) for (const word of name.split(' ')) expect(text).toContain(word);
  // Nothing of the phone's own page is on the paper.
  expect(text).not.toContain('Get as a file');
  for (const { stretches, width } of pages)
    for (const { x, width: wide } of stretches) expect(x >= 0 && x + wide <= width).toBe(true);

  await page.locator('.foot .btn').first().click();
  await textOf(page.locator('.notice')).toContain('no network');
});

test('a bearer gets the same pages as a file whose name says nothing', async () => {
  const { page } = await phoneOf('Shabana', 'sd');
  await openPath(page, '/print/inside/donors');
  await page.waitForSelector('.sheet-a4');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.foot .btn').first().click()]);
  expect(download.suggestedFilename()).toBe('notebook.pdf');
  const pages = await readPrinted(readFileSync(await download.path()));
  const book = await donors();
  expect(pages).toHaveLength(Math.ceil(book.length / linesOnPage));
  const groups = pages
    .flatMap(({ stretches }) => stretches.map(({ text }) => text))
    .filter((text) => /^(A|B|AB|O)[+−]$/.test(text));
  expect(groups.length).toBeGreaterThan(80);
});

test('at a shop there is nothing with names, phones or groups to print', async () => {
  const { page } = await phoneOf('Shabana');
  await openPath(page, '/print/outside');
  await countOf(page.locator('.main .row.boxed')).toBe(2);
  const known = (await donors()).map(({ number }) => (number === null ? 'none' : local(number)));
  for (const name of ['profile', 'blank']) {
    await openPath(page, `/print/outside/${name}`);
    await page.waitForSelector('.sheet-a4');
    const text = ((await page.locator('.printed').textContent()) ?? '').replaceAll('\u00a0', ' ');
    expect(text.length).toBeGreaterThan(100);
    expect(text).not.toMatch(/\b(A|B|AB|O)[+−]/);
    for (const number of known) expect(text).not.toContain(number);
  }
  for (const name of ['donors', 'card']) {
    await openPath(page, `/print/outside/${name}`);
    await page.waitForSelector('.notice');
    expect(await page.locator('.sheet-a4').count()).toBe(0);
  }
});

test('a VO leader prints the card of numbers, and neither the donors’ book nor files', async () => {
  const { page } = await phoneOf('Zeba');
  await openPath(page, '/print/inside/donors');
  await page.waitForSelector('.notice');
  expect(await page.locator('.sheet-a4').count()).toBe(0);
  await openPath(page, '/print/inside/card');
  await countOf(page.locator('.card')).toBe(8);
  await countOf(page.locator('.foot .btn')).toBe(1);
  expect(await readPrinted(await page.pdf({ preferCSSPageSize: true }))).toHaveLength(1);
});

test('the code of a page leads an enrolled phone to its lines after the PIN, and a stranger to a plain door', async () => {
  const { page } = await phoneOf('Shabana');
  const book = await donors();
  const first = book[linesOnPage] as Line;
  const path = `/leaf/3/2/${first.id}`;
  await openPath(page, '/print/inside/donors');
  await page.waitForSelector('.sheet-a4');
  const squares = encode(office.url + path, { ecc: 'M', border: 1 }).data;
  const drawn = squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  const code = page.locator('.sheet-a4').nth(1).locator('.leaf-code path');
  await expect.poll(() => code.getAttribute('d')).toBe(drawn);

  await lockByHiding(page);
  await page.goto(office.url + path);
  await page.waitForSelector('.tile');
  expect(await page.locator('body').textContent()).not.toContain(first.name);
  await page.locator('.tile').first().click();
  await typePin(page);
  await textOf(page.locator('.ruled tbody tr').first()).toContain(first.name);
  await pathOf(page).toBe(`/blood-donors/page/2/${first.id}`);

  // A page of an office that this phone does not belong to.
  await page.goto(office.url);
  await unlock(page);
  await openPath(page, '/leaf/3/2/99999-1');
  await page.waitForSelector('.notice');

  const stranger = await phone({ locale: 'en' });
  // An id with a point is still an address of the program, not of a file.
  for (const address of [path, '/leaf/3/2/7-118.2']) {
    await stranger.page.goto(office.url + address);
    await stranger.page.waitForSelector('.field input');
    const seen = `${await stranger.page.title()} ${await stranger.page.locator('body').textContent()}`;
    for (const told of ['Ibtida', 'donor', 'blood', first.name])
      expect(seen.toLowerCase()).not.toContain(told.toLowerCase());
  }
});
