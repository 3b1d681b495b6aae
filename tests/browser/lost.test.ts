/* A phone that was lost in the fields and found again ninety days later, with work on it that nobody has. */
import { expect, test } from 'vitest';
import { enlistDonor, home, typePin, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countStored } from '../support/phone-store.ts';

const ninetyDays = 90 * 86_400_000;
/* The server of these journeys runs in this process, and takes its clock from here when it starts. */
const clock = Date.now.bind(Date);
let passed = 0;
Date.now = () => clock() + passed;
const { office, phoneOf } = beginJourneys();

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

  const figures = async () =>
    (
      await owner.query(
        `SELECT figure, dimensions, sum(count)::int AS count FROM figures WHERE office = 10 AND figure = 'donors'
         GROUP BY 1, 2 ORDER BY 1, 2`,
      )
    ).rows;
  const before = await figures();
  // Ninety days on it is found, switched on and unlocked: by the office's clock and by its own.
  passed = ninetyDays;
  await context.addInitScript((days) => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + days;
  }, ninetyDays);
  await context.setOffline(false);
  await page.goto(office.url);
  await page.waitForSelector('.tile');
  await page.locator('.tile').first().click();
  await typePin(page);

  // She is told, and her pages leave the phone by themselves.
  await page.locator('.notice', { hasText: 'took this phone back' }).waitFor();
  await expect.poll(() => countStored(page, 'slots')).toBe(0);
  expect(await countStored(page, 'pages')).toBe(0);
  expect(await page.locator('.sos, .book, .ruled').count()).toBe(0);

  // Her page stands in the book as refused, with a notice that the bearers see until they settle it; no donor was made of it.
  const said = await owner.query<{ command: string; state: string; days: number }>(
    "SELECT command, state, ((received_at - at) / 86400000)::int AS days FROM entries WHERE seat = $1 AND command = 'blood-donors.enlist'",
    [seat],
  );
  expect(said.rows).toEqual([{ command: 'blood-donors.enlist', state: 'refused', days: 90 }]);
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
