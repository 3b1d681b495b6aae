import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { demoOffices } from '../../src/cli/demo/seed-demo.ts';
import { verifyBooks } from '../../src/cli/verify.ts';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import { moveOut } from '../../src/platform/backup/server/back-up.ts';
import { enlistDonor, enrol, home, openPath, untilFilled } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { startRestored } from '../support/office.ts';

const passphrase = 'ibtida dhori kambar rilli kachi';
const { office, phoneOf } = beginJourneys();
const folder = mkdtempSync(join(tmpdir(), 'otaq-moved-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an office moves to another address: its phone is told, opens it with one code, and brings by hand what it had not sent', async () => {
  const { page, context } = await phoneOf('Shabana', 'sd');
  await context.setOffline(true);
  await enlistDonor(page, { name: 'Not Yet Sent', number: '03004441122', village: 2 });
  await home(page);

  const { owner } = office.running.database;
  const leader = await owner.query<{ body: { person: string; names: never; organization: string } }>(
    "SELECT body FROM records WHERE office = $1 AND kind = 'grant' AND body->'names'->>'en' = 'Shabana'",
    [demoOffices.ibtida],
  );
  const path = join(folder, 'ibtida.age');
  const there = await startRestored(
    folder,
    async () => {
      // The old machine names the new one before it is there: the operator knows its address.
      await moveOut(
        { path, passphrase, owner, keys: office.running.keys, now: Date.now(), work: 10 },
        demoOffices.ibtida,
        'https://new.example.org',
      );
      return { path, passphrase };
    },
    { cluster: inject('databaseUrl') },
  );
  try {
    await owner.query('UPDATE books SET moved_to = $1 WHERE office = $2', [there.running.url, demoOffices.ibtida]);
    await context.setOffline(false);
    await page.locator('.afterwards .notice', { hasText: there.running.url }).waitFor();
    await page.locator('.afterwards .notice .btn').first().click();
    const downloading = page.waitForEvent('download');
    await page.locator('.main section').first().locator('.btn').click();
    const file = join(folder, 'notebook.txt');
    await (await downloading).saveAs(file);

    const { server, database } = there.running;
    const found = async () =>
      (
        await database.owner.query<{ id: string }>(
          "SELECT id FROM records WHERE kind = 'donor' AND body->'names'->>'en' = 'Not Yet Sent'",
        )
      ).rows.length;
    const { person, names, organization } = leader.rows[0]?.body ?? {};
    const code = await makeEnrolment(
      server,
      { office: demoOffices.ibtida, person, names, organization, madeBy: null, byStaff: true } as never,
      server.now(),
    );
    // The picture of a code is this address: her camera opens it with the code filled in.
    await page.goto(`${there.running.url}/#${code}`);
    await enrol(page, there.running.url, code);
    await untilFilled(page);
    expect(await found()).toBe(0);
    await openPath(page, '/handover');
    await page.locator('input[type=file]').setInputFiles(file);
    await expect.poll(found).toBe(1);
    expect((await verifyBooks(database.owner)).flatMap(({ faults }) => faults)).toEqual([]);
  } finally {
    await there.close();
  }
});
