/* A phone that was lost in the fields and found again ninety days later with work on it that nobody has; and one of which there are two. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clockOff, OfficeProcess } from '../faults/office-process.ts';
import type { Phone } from '../support/browser.ts';
import { enlistDonor, home, typePin, unlock, untilFilled, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';

const ninetyDays = 90 * 86_400_000 + 3_600_000;
const { office, phone, phoneOf } = beginJourneys();
let later: OfficeProcess | null = null;
afterAll(() => later?.stop());

const countIn = (store: 'slots' | 'pages' | 'lines', { page }: Phone) =>
  page.evaluate(async (name) => {
    const opening = indexedDB.open('notebook');
    await new Promise((done) => {
      opening.onsuccess = done;
    });
    const counting = opening.result.transaction(name).objectStore(name).count();
    await new Promise((done) => {
      counting.onsuccess = done;
    });
    opening.result.close();
    return counting.result;
  }, store);

test('a lost phone that comes back after ninety days gives its unsent page to the office, which decides it without her role and says so; its pages leave, and no figure moves', async () => {
  const lost = await phoneOf('Zeba');
  const { page, context } = lost;
  const { owner } = office.running.database;
  await untilSent(page);
  await context.setOffline(true);
  await enlistDonor(page, { name: 'Ninety Days', number: '03007770001', village: 3 });
  await home(page);
  await page.locator('.strip').waitFor();
  await page.goto('about:blank');

  // A bearer takes it back.
  const { rows } = await owner.query<{ id: string; seat: number }>(
    "SELECT id, (body->>'seat')::int AS seat FROM records WHERE office = 10 AND kind = 'phone' ORDER BY sequence DESC LIMIT 1",
  );
  const { id, seat } = rows[0] as { id: string; seat: number };
  await office.running.server.writeLine(10, 'import', 'access.withdraw-phone', { phone: id });

  // Ninety days on: the office's server, and the phone's own clock.
  const server = new OfficeProcess({
    DATABASE_URL: String(owner.options.connectionString),
    OTAQ_KEY_FILE: office.keyFile,
    ...clockOff(ninetyDays),
  });
  later = server;
  await server.start();
  const figures = async () =>
    (
      await owner.query(
        `SELECT figure, dimensions, sum(count)::int AS count FROM figures WHERE office = 10 AND figure = 'donors'
         GROUP BY 1, 2 ORDER BY 1, 2`,
      )
    ).rows;
  const before = await figures();
  await context.route('**/api/**', (route) =>
    route.continue({ url: `${server.url}${new URL(route.request().url()).pathname}` }),
  );
  await context.addInitScript((off) => {
    const real = Date.now.bind(Date);
    Date.now = () => real() + off;
  }, ninetyDays);
  await context.setOffline(false);
  await page.goto(office.url);
  await page.waitForSelector('.tile');
  await page.locator('.tile').first().click();
  await typePin(page);

  // She is told, and her pages leave the phone by themselves.
  await page.locator('.notice', { hasText: 'took this phone back' }).waitFor();
  await expect.poll(() => countIn('slots', lost)).toBe(0);
  expect(await countIn('pages', lost)).toBe(0);
  expect(await page.locator('.sos, .book, .ruled').count()).toBe(0);

  // Her page stands in the book as refused, with a notice that the bearers see until they settle it; no donor was made of it.
  const said = await owner.query<{ command: string; state: string }>(
    "SELECT command, state FROM entries WHERE seat = $1 AND command = 'blood-donors.enlist'",
    [seat],
  );
  expect(said.rows).toEqual([{ command: 'blood-donors.enlist', state: 'refused' }]);
  const notices = await owner.query<{ body: { by: string; settled: null } }>(
    "SELECT body FROM records WHERE office = 10 AND kind = 'refusal' AND body->>'command' = 'blood-donors.enlist' AND id LIKE $1",
    [`${seat}-%`],
  );
  expect(notices.rows.map(({ body }) => body.settled)).toEqual([null]);
  const made = await owner.query("SELECT FROM records WHERE kind = 'donor' AND body->'names'->>'en' = 'Ninety Days'");
  expect(made.rowCount).toBe(0);
  expect(await figures()).toEqual(before);

  // The next woman finds an empty notebook: nothing of what stood there, and no word of pages that were thrown away.
  await page.locator('.foot .go').click();
  await page.locator('.field').waitFor();
  const left = await page.locator('body').textContent();
  for (const word of ['Ninety', 'Zeba', 'are gone']) expect(left).not.toContain(word);
});

test('of a phone that was copied whole, with profile and PIN, the second to speak is told so; nothing of the two is mixed, and what it wrote stays on it', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'otaq-original-'));
  const copied = mkdtempSync(join(tmpdir(), 'otaq-copied-'));
  const open = async (from: string) => {
    const opened = await phone({ locale: 'en', profile: from });
    await opened.page.goto(office.url);
    return opened;
  };
  let copy: Phone | null = null;
  try {
    const first = await phoneOf('Zeba', 'en', { profile });
    await untilSent(first.page);
    await first.context.close();
    cpSync(profile, copied, { recursive: true });

    for (const [from, name, number] of [
      [profile, 'From The Original', '03007770011'],
      [copied, 'From The Copy', '03007770012'],
    ] as const) {
      copy = await open(from);
      const { page, context } = copy;
      await unlock(page);
      await untilFilled(page);
      await context.setOffline(true);
      await enlistDonor(page, { name, number, village: 3 });
      await home(page);
      await context.setOffline(false);
      if (from === profile) await untilSent(page);
      else await page.locator('.notice', { hasText: 'Another phone has written under your number' }).waitFor();
    }
    const { rows } = await office.running.database.owner.query<{ name: string; closed: string }>(
      `SELECT r.body->'names'->>'en' AS name, s.closed FROM records r JOIN seats s ON s.seat = split_part(r.id, '-', 1)::int
       WHERE r.kind = 'donor' AND r.body->'names'->>'en' LIKE 'From The %'`,
    );
    expect(rows).toEqual([{ name: 'From The Original', closed: 'cloned' }]);
    expect(await countIn('lines', copy as unknown as Phone)).toBeGreaterThan(0);
  } finally {
    await copy?.close();
    for (const folder of [profile, copied])
      rmSync(folder, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 });
  }
});
