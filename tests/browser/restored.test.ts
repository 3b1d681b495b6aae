import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { verifyBooks } from '../../src/cli/verify.ts';
import { backUp } from '../../src/platform/backup/server/back-up.ts';
import { openPhone, type Phone } from '../support/browser.ts';
import { enlistDonor, enrol, home, lockByHiding, openPath, unlock, untilFilled, untilSent } from '../support/hands.ts';
import { openSmallOffice } from '../support/journey.ts';
import { quietPort, startRestored, type TestOffice } from '../support/office.ts';

const passphrase = 'ibtida dhori kambar rilli kachi';

let office: TestOffice;
let phone: Phone;
let folder: string;
beforeAll(async () => {
  office = await openSmallOffice({ port: await quietPort() });
  phone = await openPhone();
  folder = mkdtempSync(join(tmpdir(), 'otaq-restored-'));
});
afterAll(async () => {
  await phone?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('two women of one phone, one of them newer than the backup: the machine burns down, and their phone brings both their work to the new one', async () => {
  const { page } = phone;
  await enrol(page, office.url, await office.codeFor('Shabana'));
  await untilFilled(page);
  const path = join(folder, 'night.age');
  await backUp({
    path,
    passphrase,
    owner: office.running.database.owner,
    keys: office.running.keys,
    now: Date.now(),
    work: 10,
  });

  // After the backup: Shabana sends, Zeba comes to this phone and sends too.
  await enlistDonor(page, { name: 'Sent By Shabana', number: '03004441122', village: 2 });
  await home(page);
  await untilSent(page);
  await lockByHiding(page);
  await enrol(page, office.url, await office.codeFor('Zeba'));
  await untilFilled(page);
  await enlistDonor(page, { name: 'Sent By Zeba', number: '03004441133', village: 1 });
  await home(page);
  await untilSent(page);
  const seats = await office.running.database.owner.query<{ seat: number }>(
    "SELECT DISTINCT seat FROM entries WHERE command = 'blood-donors.enlist' AND seat IN (SELECT seat FROM seats WHERE nature = 'person') ORDER BY 1",
  );
  expect(seats.rows).toHaveLength(2);
  const port = Number(new URL(office.url).port);
  await office.close();

  // The same address, another machine: its database comes from the backup.
  const machine = await startRestored(folder, async () => ({ path, passphrase }), {
    cluster: inject('databaseUrl'),
    port,
  });
  const { owner } = machine.running.database;
  const found = async (name: string) =>
    (
      await owner.query<{ id: string }>("SELECT id FROM records WHERE kind = 'donor' AND body->'names'->>'en' = $1", [
        name,
      ])
    ).rows.map(({ id }) => Number(id.split('-')[0]));
  try {
    expect(await found('Sent By Shabana')).toEqual([]);
    // Only Zeba opens her pages. The server has never heard of her: she is let in again, and her session carries Shabana's too.
    await page.reload();
    await unlock(page, 1);
    await expect.poll(() => found('Sent By Zeba')).toEqual([seats.rows[1]?.seat]);
    await expect.poll(() => found('Sent By Shabana')).toEqual([seats.rows[0]?.seat]);
    await untilSent(page);
    // Shabana comes later: nothing of hers is said twice.
    await lockByHiding(page);
    await unlock(page, 0);
    // A bearer is told that the book was put back; it says so only when her copy is the new one.
    await openPath(page, '/office');
    await page.locator('.notice.calm').waitFor();
    await home(page);
    await untilFilled(page);
    await enlistDonor(page, { name: 'After The Fire', number: '03004441144', village: 1 });
    await home(page);
    await untilSent(page);
    expect(await found('After The Fire')).toEqual([seats.rows[0]?.seat]);
    expect(await found('Sent By Shabana')).toHaveLength(1);
    expect((await verifyBooks(owner)).flatMap(({ faults }) => faults)).toEqual([]);
  } finally {
    await machine.close();
  }
});
