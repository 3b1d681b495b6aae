/*
 * The register of people, in a real browser at 360 by 640, in Sindhi and in English, with the network cut in the middle.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verifyBooks } from '../../src/cli/verify.ts';
import { openPhone, type Phone } from '../support/browser.ts';
import { enrol, home, openPath, untilFilled, untilSent } from '../support/hands.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

type Spelt = { readonly sd: string; readonly en: string };
type Row = {
  readonly id: string;
  readonly scope: string;
  readonly body: {
    readonly names: Spelt;
    readonly parent: Spelt;
    readonly household: string;
    readonly size: number;
    readonly born: unknown;
    readonly cnic: string | null;
    readonly code: string;
  };
};

let office: TestOffice;
const phones: Phone[] = [];
const patience = { timeout: 20_000 };
beforeAll(async () => {
  office = await openTestOffice();
}, 120_000);
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close().catch(() => undefined);
});
afterAll(async () => {
  expect((await verifyBooks(office.running.database.owner)).flatMap(({ faults }) => faults)).toEqual([]);
  await office?.close();
});

async function phoneOf(name: string, locale = 'en'): Promise<Phone> {
  const phone = await openPhone({ locale });
  phones.push(phone);
  await enrol(phone.page, office.url, await office.codeFor(name));
  await untilFilled(phone.page);
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return phone;
}

async function rows(where: string): Promise<readonly Row[]> {
  const found = await office.running.database.owner.query<Row>(
    `SELECT id, scope, body FROM records WHERE office = 10 AND ${where} ORDER BY id`,
  );
  return found.rows;
}

async function row(where: string): Promise<Row> {
  const [first] = await rows(where);
  if (!first) throw new Error(`no record where ${where}`);
  return first;
}

const member = (nth: number) =>
  rows("kind = 'person' AND body->>'number' IS NOT NULL AND body->>'household' IS NOT NULL").then(
    (all) => all[nth] as Row,
  );

/** One line of the paper page: head, father, number of people. */
async function writeLine(page: Phone['page'], head: string, father: string, size: number): Promise<void> {
  await page.locator('.field input').fill(head);
  await page.locator('.foot .go').click();
  await page.locator('.field input').fill(father);
  await page.locator('.picks .pick').first().click();
  await page.locator('.foot .go').click();
  await page.locator('.keys button', { hasText: new RegExp(`^${size}$`) }).click();
  await page.locator('.foot .go').click();
  await page.waitForSelector('.undo');
}

describe.each([
  ['sd', 'سجاد سيال', 'امداد سيال'],
  ['en', 'Sajjad Siyal', 'Imdad Siyal'],
])('in %s', (locale, head, father) => {
  test('a paper page is copied offline line after line, a mistake is taken back, a line corrected; online the office has it', async () => {
    const { page, context } = await phoneOf('Shabana', locale);
    const { scope } = await member(0);
    await context.setOffline(true);
    await openPath(page, `/people/enter/${scope}`);
    await page.locator('.field input').fill(locale === 'sd' ? '۷۷' : '78');
    await page.locator('.foot .go').click();
    await writeLine(page, head, father, 5);
    await expect.poll(() => page.locator('.main .rows li').count(), patience).toBe(1);
    await writeLine(page, 'Mistake', father, 9);
    await expect.poll(() => page.locator('.main .rows li').count(), patience).toBe(2);
    await page.locator('.undo .btn').click();
    await expect.poll(() => page.locator('.main .rows li').count(), patience).toBe(1);
    await page.locator('.main .rows .row').first().click();
    await page.locator('.field input').nth(2).fill('6');
    await page.locator('.foot .go').click();
    await page.waitForSelector('.undo');
    await context.setOffline(false);
    await expect
      .poll(
        () =>
          rows(`kind = 'household' AND body->>'bookPage' = '${locale === 'sd' ? 77 : 78}'`).then((all) =>
            all.map(({ body }) => body.size),
          ),
        patience,
      )
      .toEqual([6]);
    expect(await rows("kind = 'household' AND body->'head'->>'en' = 'Mistake'")).toEqual([]);
  }, 120_000);

  test('offline, a woman who is written already is shown with the reasons, in another script, and forbids nothing', async () => {
    const { page, context } = await phoneOf('Nasreen', locale);
    const known = await member(locale === 'sd' ? 1 : 2);
    const names = known.body.names;
    const parent = known.body.parent;
    const before = (await rows("kind = 'person'")).length;
    await context.setOffline(true);
    await openPath(page, `/people/household/${known.body.household}/person`);
    await page.locator('.field input').fill(locale === 'sd' ? names.en : names.sd);
    await page.locator('.picks .pick').first().click();
    await page.locator('.foot .go').click();
    await page.locator('.field input').fill(locale === 'sd' ? parent.en : parent.sd);
    await page.locator('.picks .pick').first().click();
    await page.locator('.suspects .row').first().waitFor();
    const shown = await page.locator('.suspects').textContent();
    expect(shown).toContain(locale === 'sd' ? names.sd : names.en);
    expect(shown).toContain(locale === 'sd' ? 'ساڳيو گهر' : 'the same household');
    for (let i = 0; i < 4; i++) await page.locator('.foot .go').click();
    await page.locator('.main .row.boxed').first().click();
    await page.locator('.foot .go').click();
    await page.waitForSelector('.undo');
    await context.setOffline(false);
    await expect.poll(() => rows("kind = 'person'").then((all) => all.length), patience).toBe(before + 1);
  }, 120_000);
});

test('two phones correct two fields of one woman and both stand; the same field twice is kept and flagged, and her page tells what stood before', async () => {
  const { id, body } = await member(3);
  const [first, second] = [await phoneOf('Shabana'), await phoneOf('Nasreen')];
  const correct = async ({ page, context }: Phone, name: string | null, year: string | null) => {
    await openPath(page, `/people/person/${id}/correct`);
    await page.waitForSelector('.field input');
    await context.setOffline(true);
    if (name) await page.locator('.field input').first().fill(name);
    if (year) await page.locator('.field input').last().fill(year);
    await page.locator('.foot .go').click();
    await page.waitForSelector('.undo');
  };
  await correct(first, 'Corrected Once', null);
  await correct(second, 'Corrected Twice', '1971');
  await first.context.setOffline(false);
  await expect.poll(() => row(`id = '${id}'`).then((one) => one.body.names.en), patience).toBe('Corrected Once');
  await second.context.setOffline(false);
  await expect.poll(() => row(`id = '${id}'`).then((one) => one.body.born), patience).toEqual({ year: 1971 });
  expect((await row(`id = '${id}'`)).body.names).toMatchObject({ en: 'Corrected Twice' });
  const flags = await rows(`kind = 'flag' AND body->>'about' = '${id}'`);
  expect(flags.map((flag) => flag.body.code)).toEqual(['book.corrected-twice']);
  await first.context.setOffline(true);
  await first.context.setOffline(false);
  await openPath(first.page, `/people/person/${id}`);
  const names = body.names;
  await expect.poll(() => first.page.locator('.corrections').textContent(), patience).toContain('Corrected Once');
  const told = await first.page.locator('.corrections').textContent();
  expect(told).toContain(names.en);
  expect(told).toContain('Nasreen');
}, 120_000);

test('two pages of one woman are joined: one is found, the other leads to it, her posts stay; taken apart they are two again', async () => {
  const { page } = await phoneOf('Shabana');
  const [stays, goes] = [await member(4), await member(5)];
  const nameOf = ({ body }: Row) => body.names.en;
  const count = () =>
    rows("kind = 'person' AND body->>'mergedInto' IS NOT NULL").then((all) => all.map(({ id }) => id));
  await openPath(page, `/people/person/${stays.id}/merge`);
  await page.locator('.field input').fill(nameOf(goes));
  const parent = goes.body.parent.en;
  await page.locator('.rows .row', { hasText: parent }).first().click();
  await page.locator('.foot .go').click();
  await page.waitForSelector('.undo');
  await expect.poll(count, patience).toEqual([goes.id]);
  await openPath(page, `/people/person/${goes.id}`);
  await page.locator('.row.boxed', { hasText: nameOf(stays) }).click();
  await expect.poll(() => page.url(), patience).toContain(stays.id);
  await page.locator('section .btn').last().click();
  await expect.poll(count, patience).toEqual([]);
  await openPath(page, `/people/person/${goes.id}`);
  await expect.poll(() => page.locator('.consents').count(), patience).toBe(1);
}, 120_000);

test('the number of her card is typed, sent and gone: neither the book nor the phone’s folder holds it', async () => {
  const { page, profile } = await phoneOf('Shabana');
  const { id } = await member(6);
  await openPath(page, `/people/person/${id}`);
  await page.locator('.main > .row.boxed', { hasText: 'identity card' }).click();
  await page.locator('dialog[open] .field input').fill('43201-7654321-2');
  await page.locator('dialog[open] .btn.go').click();
  await page.waitForSelector('.undo');
  await expect.poll(() => row(`id = '${id}'`).then(({ body }) => body.cnic), patience).toBe('•••••-••••321-2');
  const { rows: held } = await office.running.database.owner.query<{ sealed: string; record: string }>(
    'SELECT record, sealed FROM kept_apart WHERE office = 10',
  );
  expect(held.map(({ record }) => record)).toEqual([id]);
  const { rows: all } = await office.running.database.owner.query<{ text: string }>(
    `SELECT coalesce((SELECT string_agg(body, ' ') FROM entries), '') || coalesce((SELECT string_agg(body::text, ' ') FROM records), '')
       || (SELECT string_agg(sealed, ' ') FROM kept_apart) AS text`,
  );
  for (const secret of ['4320176543212', '43201-7654321', '43201']) expect(all[0]?.text).not.toContain(secret);
  await home(page);
  await untilSent(page);
  for (const secret of ['4320176543212', '43201-7654321-2']) expect(inFolder(profile, secret)).toEqual([]);
}, 120_000);

function inFolder(folder: string, secret: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => {
      try {
        if (!statSync(name).isFile()) return false;
        const bytes = readFileSync(name);
        return bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'utf16le'));
      } catch {
        // A lock or a socket, or a file that the browser has just taken away.
        return false;
      }
    });
}

test('who said yes to being called is reached; who says no is reached by nobody, on no phone', async () => {
  const [first, second] = [await phoneOf('Shabana'), await phoneOf('Nasreen')];
  const { id } = await member(7);
  const yesOrNo = async ({ page }: Phone) => {
    await openPath(page, `/people/person/${id}`);
    await page.locator('.consents .row').nth(1).click();
    await page.locator('dialog[open] .pick').first().click();
    await page.waitForSelector('.undo');
  };
  await yesOrNo(first);
  await first.page.locator('.row.boxed', { hasText: 'phone number' }).click();
  await first.page.locator('dialog[open] .field input').fill('03000000777');
  await first.page.locator('dialog[open] .btn.go').click();
  await first.page.locator('.main .nowrap', { hasText: '0300 000 0777' }).waitFor();
  const numbers = () => rows(`kind = 'person-contact' AND body->>'person' = '${id}'`).then((all) => all.length);
  await expect.poll(numbers, patience).toBe(1);
  // Back in the network a phone asks at once.
  await second.context.setOffline(true);
  await second.context.setOffline(false);
  await openPath(second.page, `/people/person/${id}`);
  // The number belongs to her VO: this bearer of the office does not see it, and her no takes it away all the same.
  await expect.poll(() => second.page.locator('.consents .tag.yes').count(), patience).toBe(1);
  await yesOrNo(second);
  await expect.poll(numbers, patience).toBe(0);
}, 180_000);

test('everything held on her can be heard, and only the lines she chooses are printed', async () => {
  const { page } = await phoneOf('Shabana');
  const { id, body } = await member(0);
  await openPath(page, `/people/person/${id}/hers`);
  await page.waitForSelector('.held li');
  const lines = await page.locator('.held li').count();
  expect(lines).toBeGreaterThan(4);
  expect(await page.locator('.held .sq').count()).toBe(lines);
  expect(await page.locator('.held').textContent()).toContain(body.names.sd);
  await page.locator('.held .choose').nth(1).click();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.held li').nth(0).isVisible()).toBe(true);
  expect(await page.locator('.held li').nth(1).isVisible()).toBe(false);
  expect(await page.locator('.choose, .sq, .foot').filter({ visible: true }).count()).toBe(0);
  expect(await page.locator('.only-printed').isVisible()).toBe(true);
}, 120_000);
