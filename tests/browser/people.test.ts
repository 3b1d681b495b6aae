/*
 * The register of people, in a real browser at 360 by 640, in Sindhi and in English, with the network cut in the middle.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Phone } from '../support/browser.ts';
import { home, openPath, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countOf, textOf } from '../support/waiting.ts';

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

const { office, phoneOf } = beginJourneys();

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
    await countOf(page.locator('.main .rows li')).toBe(1);
    await writeLine(page, 'Mistake', father, 9);
    await countOf(page.locator('.main .rows li')).toBe(2);
    await page.locator('.undo .btn').click();
    await countOf(page.locator('.main .rows li')).toBe(1);
    await page.locator('.main .rows .row').first().click();
    await page.locator('.field input').nth(2).fill('6');
    await page.locator('.foot .go').click();
    await page.waitForSelector('.undo');
    await context.setOffline(false);
    await expect
      .poll(() =>
        rows(`kind = 'household' AND body->>'bookPage' = '${locale === 'sd' ? 77 : 78}'`).then((all) =>
          all.map(({ body }) => body.size),
        ),
      )
      .toEqual([6]);
    expect(await rows("kind = 'household' AND body->'head'->>'en' = 'Mistake'")).toEqual([]);
  });

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
    await textOf(page.locator('.suspects')).toContain(locale === 'sd' ? names.sd : names.en);
    await textOf(page.locator('.suspects')).toContain(locale === 'sd' ? 'ساڳيو گهر' : 'the same household');
    for (let i = 0; i < 4; i++) await page.locator('.foot .go').click();
    await page.locator('.main .row.boxed').first().click();
    await page.locator('.foot .go').click();
    await page.waitForSelector('.undo');
    await context.setOffline(false);
    await expect.poll(() => rows("kind = 'person'").then((all) => all.length)).toBe(before + 1);
  });
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
  await expect.poll(() => row(`id = '${id}'`).then((one) => one.body.names.en)).toBe('Corrected Once');
  await second.context.setOffline(false);
  await expect.poll(() => row(`id = '${id}'`).then((one) => one.body.born)).toEqual({ year: 1971 });
  expect((await row(`id = '${id}'`)).body.names).toMatchObject({ en: 'Corrected Twice' });
  const flags = await rows(`kind = 'flag' AND body->>'about' = '${id}'`);
  expect(flags.map((flag) => flag.body.code)).toEqual(['book.corrected-twice']);
  await first.context.setOffline(true);
  await first.context.setOffline(false);
  await openPath(first.page, `/people/person/${id}`);
  const names = body.names;
  for (const told of ['Corrected Once', names.en, 'Nasreen'])
    await textOf(first.page.locator('.corrections')).toContain(told);
});

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
  await expect.poll(count).toEqual([goes.id]);
  await openPath(page, `/people/person/${goes.id}`);
  await page.locator('.row.boxed', { hasText: nameOf(stays) }).click();
  await expect.poll(() => page.url()).toContain(stays.id);
  await page.locator('section .btn').last().click();
  await expect.poll(count).toEqual([]);
  await openPath(page, `/people/person/${goes.id}`);
  await countOf(page.locator('.consents')).toBe(1);
});

test('the number of her card is typed, sent and gone: neither the book nor the phone’s folder holds it', async () => {
  const { page, profile } = await phoneOf('Shabana');
  const { id } = await member(6);
  await openPath(page, `/people/person/${id}`);
  await page.locator('.main > .row.boxed', { hasText: 'identity card' }).click();
  await page.locator('dialog[open] .field input').fill('43201-7654321-2');
  await page.locator('dialog[open] .btn.go').click();
  await page.waitForSelector('.undo');
  await expect.poll(() => row(`id = '${id}'`).then(({ body }) => body.cnic)).toBe('•••••-••••321-2');
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
});

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
  await expect.poll(numbers).toBe(1);
  // Back in the network a phone asks at once.
  await second.context.setOffline(true);
  await second.context.setOffline(false);
  await openPath(second.page, `/people/person/${id}`);
  // The number belongs to her VO: this bearer of the office does not see it, and her no takes it away all the same.
  await countOf(second.page.locator('.consents .tag.yes')).toBe(1);
  await yesOrNo(second);
  await expect.poll(numbers).toBe(0);
});

test('everything held on her can be heard, and only the lines she chooses are printed', async () => {
  const { page } = await phoneOf('Shabana');
  const { id, body } = await member(0);
  await openPath(page, `/people/person/${id}/hers`);
  await page.waitForSelector('.held li');
  const lines = await page.locator('.held li').count();
  expect(lines).toBeGreaterThan(4);
  await countOf(page.locator('.held .sq')).toBe(lines);
  await textOf(page.locator('.held')).toContain(body.names.sd);
  await page.locator('.held .choose').nth(1).click();
  await page.emulateMedia({ media: 'print' });
  await page.locator('.only-printed').waitFor();
  await page.locator('.held li').nth(0).waitFor();
  await page.locator('.held li').nth(1).waitFor({ state: 'hidden' });
  await countOf(page.locator('.choose, .sq, .foot').filter({ visible: true })).toBe(0);
});

test.each(['sd', 'en'])(
  'her page among the donors is found, joined and parted with no network, and is read to her with the rest (%s)',
  async (locale) => {
    const { page, context } = await phoneOf('Shabana', locale);
    const woman = await member(locale === 'sd' ? 11 : 12);
    await openPath(page, `/people/person/${woman.id}`);
    await context.setOffline(true);
    await page.locator('.main .row.boxed').first().click();
    // Nobody among the donors is like her: she is enlisted from here, and what her page says need not be typed again.
    await page.locator('.foot .go').click();
    await expect
      .poll(() => page.locator('.field input').first().inputValue())
      .toBe(woman.body.names[locale as 'sd' | 'en']);
    await page.locator('.foot .go').click();
    await page.locator('.main .row.boxed').last().click();
    await page.waitForSelector('.main .row[aria-pressed=true]');
    await page.locator('.foot .go').click();
    await page.locator('.picks .pick').first().click();
    await page.locator('.field input').first().fill('0300 0000888');
    await page.locator('.foot .go').click();
    await page.locator('.main .row.boxed').click();
    await page.locator('.foot .go').click();
    await page.waitForSelector('.undo');
    const donorRow = page.locator('.main .rows .row');
    await countOf(donorRow).toBe(1);
    await openPath(page, `/people/person/${woman.id}/hers`);
    await textOf(page.locator('.held')).toMatch(/0300.000.0888/);
    await openPath(page, `/blood-donors/of/${woman.id}`);
    await donorRow.click();
    // To her page and back, and that it was somebody else's after all.
    const choices = page.locator('.main .row.boxed');
    await choices.first().locator('small').waitFor();
    const offered = await choices.count();
    await choices.nth(1).click();
    await countOf(choices).toBe(offered - 1);
    await choices.first().click();
    await page.waitForSelector('.field input[type=search]');
    await donorRow.click();
    await countOf(choices).toBe(offered);
    await context.setOffline(false);
    await home(page);
    await untilSent(page);
    const joined = await rows(`kind = 'donor' AND body->>'person' = '${woman.id}'`);
    expect(joined.map(({ body }) => body.names)).toEqual([woman.body.names]);
  },
);
