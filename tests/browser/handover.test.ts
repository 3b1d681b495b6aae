import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeInHandover } from '../../src/cli/take-in.ts';
import { enlistDonor, home, openPath, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';

const { office, phoneOf } = beginJourneys();

const enlisted = async (name: string) => {
  const { rows } = await office.running.database.owner.query<{ found: number }>(
    "SELECT count(*)::int AS found FROM records WHERE kind = 'donor' AND body->'names'->>'en' = $1",
    [name],
  );
  return rows[0]?.found;
};

test('pages that cannot be sent go by hand to another phone and with it to the office: unread on the way, once whoever brings them', async () => {
  const far = await phoneOf('Shabana', 'sd');
  const near = await phoneOf('Zeba', 'sd');

  await far.context.setOffline(true);
  await enlistDonor(far.page, { name: 'Handed Over', number: '03004441122', village: 2 });
  await home(far.page);
  await openPath(far.page, '/not-sent');
  await far.page.locator('.foot .btn').click();
  const downloading = far.page.waitForEvent('download');
  await far.page.locator('.main section').first().locator('.btn').click();
  const path = join(far.profile, 'given.txt');
  await (await downloading).saveAs(path);
  const text = readFileSync(path, 'utf8');
  expect((await downloading).suggestedFilename()).toBe('notebook.txt');
  // Whoever holds it learns that a seat has lines, and nothing else.
  for (const word of ['Handed', '0300', 'donor', 'Shabana']) expect(text).not.toContain(word);
  expect(text.length).toBeGreaterThan(500);

  const torn = join(far.profile, 'torn.txt');
  writeFileSync(torn, text.slice(0, text.length / 2));
  await openPath(near.page, '/handover');
  const pick = near.page.locator('input[type=file]');
  await pick.setInputFiles(torn);
  await near.page.waitForSelector('.notice.care');
  await pick.setInputFiles(path);
  await near.page.waitForSelector('.notice.good');
  await expect.poll(() => enlisted('Handed Over')).toBe(1);
  // The office has it: the phone that carried it keeps nothing of it.
  await expect
    .poll(() =>
      near.page.evaluate(
        () =>
          new Promise((done) => {
            const open = indexedDB.open('notebook');
            open.onsuccess = () => {
              const all = open.result.transaction('lines').objectStore('lines').getAll();
              all.onsuccess = () => {
                open.result.close();
                done(all.result.filter(({ slot }) => slot.startsWith('handed')).length);
              };
            };
          }),
      ),
    )
    .toBe(0);

  // Taken in again, by the server this time; then the phone itself comes back. It stands in the book once.
  const again = await takeInHandover(office.running.server, text);
  expect(again?.flatMap(({ answers }) => answers).every(({ state }) => state === 'accepted')).toBe(true);
  await far.context.setOffline(false);
  await home(far.page);
  await untilSent(far.page);
  expect(await enlisted('Handed Over')).toBe(1);
});
