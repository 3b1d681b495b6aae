/* A phone of which there are two. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Phone } from '../support/browser.ts';
import { enlistDonor, home, unlock, untilFilled, untilSent } from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countStored } from '../support/phone-store.ts';

const { office, phone, phoneOf } = beginJourneys();

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
    expect(await countStored((copy as unknown as Phone).page, 'lines')).toBeGreaterThan(0);
  } finally {
    await copy?.close();
    for (const folder of [profile, copied])
      rmSync(folder, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 });
  }
});
