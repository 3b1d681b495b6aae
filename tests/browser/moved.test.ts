import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, inject, test } from 'vitest';
import { demoOffices } from '../../src/cli/demo/seed-demo.ts';
import { verifyBooks } from '../../src/cli/verify.ts';
import { codeAddress } from '../../src/platform/access/office-mark.ts';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import { markOf } from '../../src/platform/access/server/office-proof.ts';
import { moveOut } from '../../src/platform/backup/server/back-up.ts';
import { enlistDonor, enrol, home, openPath, untilFilled } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { openEmptyServer, startRestored } from '../support/office.ts';

const passphrase = 'ibtida dhori kambar rilli kachi';
const { office, phoneOf } = beginJourneys();
const folder = mkdtempSync(join(tmpdir(), 'otaq-moved-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an office moves to another address: its phone is told, opens it with one code, gives that code to no other office, and brings by hand what it had not sent', async () => {
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
  const another = await openEmptyServer({ cluster: inject('databaseUrl') });
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
    // Her old notebook leads her there, and what answers is the office that it knows.
    await home(page);
    await page.locator('.afterwards .notice .btn').last().click();
    await page.waitForURL(`${there.running.url}/**`);
    await page.locator('.notice.good').waitFor();

    // The picture of a code is this address: her camera opens it with the code filled in.
    const mark = markOf(office.running.server.sealingKey.publicKey);
    const follow = async (to: string) => {
      await page.goto('about:blank');
      await page.goto(codeAddress(to, code, mark));
    };
    const refusesToGoOn = async () => {
      await page.locator('.notice.care', { hasText: new URL(page.url()).host }).waitFor();
      expect(await page.locator('.field').count()).toBe(0);
      expect(await page.locator('.foot .go').count()).toBe(0);
    };
    // Somebody else's office under this address, and one that shows the copied key of hers: neither is given the code.
    await follow(another.running.url);
    await refusesToGoOn();
    await page.route('**/api/office-key', (route) =>
      route.fulfill({
        json: { sealingKey: server.sealingKey.publicKey, proof: Buffer.alloc(32, 7).toString('base64') },
      }),
    );
    await follow(there.running.url);
    await refusesToGoOn();
    // A portal in between is no office at all: she may try again.
    await page.unroute('**/api/office-key');
    await page.route('**/api/office-key', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<html></html>' }),
    );
    await follow(there.running.url);
    await page.locator('.field').waitFor();
    await expect.poll(() => page.locator('.foot .go').isDisabled()).toBe(false);
    await page.locator('.foot .go').click();
    await page.locator('.field [role=alert], .field .error').first().waitFor();
    expect(await page.locator('.keys').count()).toBe(0);
    await page.unroute('**/api/office-key');

    await follow(there.running.url);
    await page.locator('.notice.good').waitFor();
    await expect.poll(() => page.locator('.field input').inputValue()).toBe(code);
    await enrol(page, there.running.url, code);
    await untilFilled(page);
    expect(await found()).toBe(0);
    await openPath(page, '/handover');
    await page.locator('input[type=file]').setInputFiles(file);
    await expect.poll(found).toBe(1);
    expect((await verifyBooks(database.owner)).flatMap(({ faults }) => faults)).toEqual([]);
  } finally {
    await there.close();
    await another.close();
  }
});
