/*
 * The night, in a real browser at 360 by 640, in Sindhi and in English, with the network cut in the middle.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SentLine } from '../../src/platform/book/line.ts';
import { kill } from '../support/browser.ts';
import { signInAtDesk } from '../support/desk-hands.ts';
import {
  enlistDonor,
  enrol,
  home,
  lockByHiding,
  openEmergency,
  openPath,
  pickGroup,
  pin,
  returnFromCover,
  typePin,
  unlock,
  untilFilled,
  untilSent,
} from '../support/hands.ts';
import { beginJourneys } from '../support/journey.ts';
import { countOf, textOf } from '../support/waiting.ts';

const { office, phone, phoneOf } = beginJourneys();

async function deskFigure(): Promise<number> {
  const signed = await fetch(`${office.url}/api/desk/sign-in`, {
    method: 'POST',
    body: JSON.stringify(office.desk),
  });
  const cookie = (signed.headers.get('set-cookie') ?? '').split(';')[0] as string;
  const page = (await (await fetch(`${office.url}/api/desk/overview`, { headers: { cookie } })).json()) as {
    figures: { key: string; count: number }[];
  };
  return page.figures.find(({ key }) => key === 'people-given-blood')?.count ?? -1;
}

async function entriesOf(command: string): Promise<number> {
  const { rows } = await office.running.database.owner.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM entries WHERE office = 10 AND command = $1',
    [command],
  );
  return rows[0]?.count ?? 0;
}

describe.each(['sd', 'en'])('in %s', (locale) => {
  test('(a) unlocked offline, a night is opened, answered, counted and told; back online the district rises by one and opens', async () => {
    const { page, context } = await phoneOf('Zeba', locale);
    const before = await deskFigure();

    await context.setOffline(true);
    await page.reload();
    await unlock(page);
    await openEmergency(page);
    await countOf(page.locator('.lane')).toBe(3);
    await page.locator('.clock').waitFor();
    // All three stand on one page of the phone, side by side under the clock.
    for (const lane of await page.locator('.lane h2').all())
      expect((await lane.boundingBox())?.y ?? 1000).toBeLessThan(640);

    await page.locator('.lane').first().locator('.ring').click();
    await page.locator('.lane').first().locator('.pick').first().click();
    await page.locator('.lane').first().locator('.tag.yes').waitFor();
    await page.locator('.lane').nth(1).locator('.ring').click();
    await page.locator('.lane').nth(1).locator('.pick').first().click();
    await page.locator('.lane').nth(1).locator('.tag.yes').waitFor();

    await page.locator('.lane').nth(2).locator('.ring').click();
    await page.waitForSelector('.rank');
    await countOf(page.locator('.strip, .notice')).toBeGreaterThan(0);
    await countOf(page.locator('.rank > li')).toBeGreaterThan(0);
    // Every line says why it stands where it stands.
    for (const why of await page.locator('.rank > li > div:nth-child(2) > p:last-child').allTextContents())
      expect(why.trim()).not.toBe('');
    await page.locator('.rank .now .pick').nth(5).click();
    await countOf(page.locator('.need .drops .full')).toBe(1);

    await page.locator('.bar button').first().click();
    await page.waitForSelector('.lane');
    await page.locator('.foot .btn').click();
    await page.locator('.picks .pick').first().click();
    await page.locator('.foot .go').click();
    await page.locator('.foot .go').click();
    await page.locator('.foot .go').click();
    await page.waitForSelector('.notice.good');
    // Nothing has gone out: the district knows nothing yet, and home says what is not sent.
    expect(await deskFigure()).toBe(before);
    await home(page);
    await countOf(page.locator('.strip')).toBe(1);

    await context.setOffline(false);
    await untilSent(page);
    expect(await deskFigure()).toBe(before + 1);

    const desk = await context.newPage();
    await signInAtDesk(desk, office.url, office.desk);
    await textOf(desk.locator('.says')).toContain(String(before + 1));
    const text = await desk.locator('body').textContent();
    for (const name of ['Sakina', 'Zeba', 'زيبا', 'B−', 'B-']) expect(text).not.toContain(name);
  });

  test('(b) a donor enlisted on one phone offline is found by another offline after one sync', async () => {
    const first = await phoneOf('Zeba', locale);
    const second = await phoneOf('Shabana', locale);
    const name = locale === 'sd' ? 'نئين مائي' : 'Newcomer';
    const before = await second.page.locator('.book .fig').first().textContent();
    await first.context.setOffline(true);
    await enlistDonor(first.page, { name, number: '03000000211', village: 3 });
    await textOf(first.page.locator('.saved')).not.toBe('');
    await home(first.page);
    await first.context.setOffline(false);
    await untilSent(first.page);

    await second.page.reload();
    await unlock(second.page);
    await textOf(second.page.locator('.book .fig').first()).not.toBe(before);
    await second.context.setOffline(true);
    await second.page.reload();
    await unlock(second.page);
    await second.page.locator('.book').first().click();
    await second.page.locator('input[type=search]').fill(name);
    await textOf(second.page.locator('.ruled')).toContain(name);
  });

  test('(c) two women share a phone: neither sees the other’s numbers or unsent work, and both are sent', async () => {
    const { page, context } = await phoneOf('Zeba', locale);
    await lockByHiding(page);
    await enrol(page, office.url, await office.codeFor('Sakina'), '918273');
    await untilFilled(page);

    await context.setOffline(true);
    await lockByHiding(page);
    await unlock(page, 0);
    await enlistDonor(page, { name: `OfZeba ${locale}`, number: '03000000221', village: 3, relay: true });
    await home(page);
    await lockByHiding(page);

    // Sakina opens with her own PIN; Zeba's does not open her pages.
    await page.locator('.tile').nth(1).click();
    await typePin(page, pin);
    await page.locator('.keys button:enabled').first().waitFor();
    await countOf(page.locator('.pin .on')).toBe(0);
    expect(await page.locator('.sos').count()).toBe(0);
    await unlock(page, 1, '918273');
    expect(await page.locator('.strip').count()).toBe(0);
    await page.locator('.book').first().click();
    await page.waitForSelector('.ruled');
    expect(await page.locator('body').textContent()).not.toContain(`OfZeba ${locale}`);
    await home(page);
    await enlistDonor(page, { name: `OfSakina ${locale}`, number: '03000000222', village: 1 });
    await home(page);

    // Her session carries both outboxes.
    const before = await entriesOf('blood-donors.enlist');
    await context.setOffline(false);
    await untilSent(page);
    await expect.poll(() => entriesOf('blood-donors.enlist')).toBe(before + 2);
  });

  test('(d) a refused decision stays visible with its reason until settled; a witness that breaks a rule is accepted and flagged', async () => {
    const first = await phoneOf('Zeba', locale);
    const second = await phoneOf('Shabana', locale);
    // Both enlist the same woman, neither knowing of the other: the second line to arrive is refused by the office.
    await first.context.setOffline(true);
    await enlistDonor(first.page, { name: `Twice ${locale}`, number: '03000000231', village: 3 });
    await home(first.page);
    await enlistDonor(second.page, { name: `Twice ${locale}`, number: '03000000231', village: 3 });
    await home(second.page);
    await untilSent(second.page);
    await first.context.setOffline(false);
    await untilSent(first.page);
    await openPath(first.page, '/not-sent');
    await first.page.locator('.waiting', { hasText: `Twice ${locale}` }).waitFor();
    const reason = first.page.locator('.waiting', { hasText: `Twice ${locale}` }).locator('.notice');
    await textOf(reason).toContain(`Twice ${locale}`);
    expect(/[\u0600-\u06ff]/.test((await reason.textContent()) ?? '')).toBe(locale === 'sd');
    const count = await first.page.locator('.waiting').count();
    await first.page
      .locator('.waiting', { hasText: `Twice ${locale}` })
      .locator('.btn')
      .click();
    await countOf(first.page.locator('.waiting')).toBe(count - 1);

    // A donor who gave last week arrives all the same: written, and flagged for the leaders to see.
    const { owner } = office.running.database;
    const flags = async () =>
      (
        await owner.query<{ count: number }>(
          "SELECT count(*)::int AS count FROM records WHERE office = 10 AND kind = 'flag'",
        )
      ).rows[0]?.count ?? 0;
    const before = await flags();
    const { rows } = await owner.query<{ donor: string; list: string }>(
      `SELECT d.id AS donor, l.id AS list FROM records d, records l WHERE d.office = 10 AND d.kind = 'donor' AND l.office = 10
     AND l.kind = 'call-list' AND d.body->>'lastGaveOn' IS NOT NULL
       AND NOT l.body::jsonb->'calls' @> jsonb_build_array(jsonb_build_object('donor', d.id)) ORDER BY d.body->>'lastGaveOn' DESC, l.id LIMIT 1`,
    );
    const lines: Omit<SentLine, 'line'>[] = [
      { command: 'blood-donors.answer', shape: 0, input: { ...rows[0], answer: 'arrived' }, at: Date.now(), grants: 1 },
    ];
    for (const { command, input } of lines)
      await office.running.server.writeLine(10, 'server', command as string, input);
    expect(await flags()).toBe(before + 1);
  });

  test('(e) a browser killed in the middle of a save and of a sync loses nothing', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'otaq-killed-'));
    try {
      const first = await phoneOf('Zeba', locale, { profile });
      await first.context.setOffline(true);
      await enlistDonor(first.page, { name: `BeforeKill ${locale}`, number: '03000000241', village: 3 });
      await kill(first);

      // In the middle of a sync: the answer never reaches the phone, the office has the line.
      const second = await phone({ profile, locale });
      const before = await entriesOf('blood-donors.enlist');
      const dead = new Promise<void>((done) => {
        void second.context.route('**/api/sync', async (route) => {
          await route.fetch().catch(() => undefined);
          await kill(second);
          done();
        });
      });
      await second.page.goto(office.url);
      await unlock(second.page).catch(() => undefined);
      await expect.poll(() => entriesOf('blood-donors.enlist')).toBe(before + 1);
      await dead;

      const { page } = await phone({ profile, locale });
      await page.goto(office.url);
      await unlock(page);
      await untilSent(page);
      expect(await entriesOf('blood-donors.enlist')).toBe(before + 1);
      await page.locator('.book').first().click();
      await page.locator('input[type=search]').fill(`BeforeKill ${locale}`);
      await textOf(page.locator('.ruled')).toContain(`BeforeKill ${locale}`);
      await countOf(page.locator('.ruled tbody tr')).toBe(1);
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 });
    }
  });

  test('(f) another VO’s relayed number is nowhere on a phone: its profile on disk is searched', async () => {
    const zeba = await phoneOf('Zeba', locale);
    await enlistDonor(zeba.page, {
      name: `Relayed ${locale}`,
      number: locale === 'sd' ? '03009876543' : '03008765432',
      village: 3,
      relay: true,
    });
    await home(zeba.page);
    await untilSent(zeba.page);

    const profile = mkdtempSync(join(tmpdir(), 'otaq-searched-'));
    try {
      const sakina = await phoneOf('Sakina', locale, { profile });
      await sakina.page.locator('.book').first().click();
      await sakina.page.locator('input[type=search]').fill(`Relayed ${locale}`);
      await textOf(sakina.page.locator('.ruled')).toContain(`Relayed ${locale}`);
      // Nor in memory: no record of hers holds it.
      expect(await sakina.page.locator('body').textContent()).not.toMatch(/9876 ?543|8765 ?432/);
      await sakina.context.close();
      const found: string[] = [];
      let bytes = 0;
      for (const file of filesIn(profile)) {
        const content = readFileSync(file);
        bytes += content.length;
        for (const secret of ['9876543', '8765432', `Relayed ${locale}`])
          for (const encoding of ['utf8', 'utf16le'] as const)
            if (content.includes(Buffer.from(secret, encoding))) found.push(`${secret} in ${file}`);
      }
      expect(found).toEqual([]);
      expect(bytes).toBeGreaterThan(100_000);
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 });
    }
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() && statSync(path).size > 0 ? [path] : [];
  });
}

test('two callers on two phones never count one bottle twice', async () => {
  const first = await phoneOf('Zeba');
  const second = await phoneOf('Rubina');
  await openEmergency(first.page);
  expect(new URL(first.page.url()).pathname).toMatch(/^\/emergencies\//);
  await first.page.locator('.lane').nth(2).locator('.ring').click();
  await first.page.waitForSelector('.rank');
  const list = new URL(first.page.url()).pathname;
  await home(first.page);
  await untilSent(first.page);
  await second.page.reload();
  await unlock(second.page);
  for (const { page, context } of [first, second]) {
    await openPath(page, list);
    await page.waitForSelector('.rank .now');
    await context.setOffline(true);
    await page.locator('.rank .now .pick').nth(5).click();
    await countOf(page.locator('.need .drops .full')).toBe(1);
  }
  for (const { page, context } of [first, second]) {
    await home(page);
    await context.setOffline(false);
    await untilSent(page);
  }
  // Both answers are on the first phone when it says that two are calling.
  await openPath(first.page, list);
  await textOf(first.page.locator('.bar .t p')).toMatch(/2/);
  await countOf(first.page.locator('.need .drops .full')).toBe(1);
});

test('quick hide shows nothing of Otaq in under 300 ms, works as a list, and asks for the PIN again', async () => {
  const { page } = await phoneOf('Zeba');
  const hide = () =>
    page.evaluate(async () => {
      const begun = performance.now();
      const buttons = document.querySelectorAll<HTMLElement>('.bar .sq');
      buttons[buttons.length - 2]?.click();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return document.querySelector('.shopping') ? performance.now() - begun : Number.POSITIVE_INFINITY;
    });
  // The machine may be busy with other things in that very moment: the page's own time is the best of five.
  const took = [await hide()];
  while (Math.min(...took) >= 300 && took.length < 5) {
    await returnFromCover(page);
    await unlock(page);
    took.push(await hide());
  }
  expect(Math.min(...took)).toBeLessThan(300);
  expect(await page.locator('.page, .book, .sos').count()).toBe(0);
  await page.locator('.shopping input[type=text]').fill('salt');
  await page.keyboard.press('Enter');
  await page.reload();
  await page.waitForSelector('.shopping');
  await textOf(page.locator('.shopping ul')).toContain('salt');
  await returnFromCover(page);
  await countOf(page.locator('.keys')).toBe(1);
});

test('wrong PINs make her wait after five, also after a reload, and lock after ten; what is unsent is still carried', async () => {
  const { page, context } = await phoneOf('Zeba');
  await context.setOffline(true);
  await enlistDonor(page, { name: 'LockedIn', number: '03000000251', village: 3 });
  await home(page);
  await lockByHiding(page);
  await page.locator('.tile').first().click();
  for (let i = 0; i < 5; i++) {
    await typePin(page, '111222');
    await countOf(page.locator('.pin .on')).toBe(0);
  }
  await expect.poll(() => page.locator('.keys button').first().isDisabled()).toBe(true);
  await page.reload();
  await page.locator('.tile').first().click();
  await expect.poll(() => page.locator('.keys button').first().isDisabled()).toBe(true);
  // The next five tries are made where waiting is over.
  await page.evaluate(async () => {
    const open = indexedDB.open('notebook');
    await new Promise((done) => {
      open.onsuccess = done;
    });
    const store = open.result.transaction('slots', 'readwrite').objectStore('slots');
    const all = store.getAll();
    await new Promise((done) => {
      all.onsuccess = done;
    });
    await new Promise((done) => {
      store.put({ ...all.result[0], failures: 4 }).onsuccess = done;
    });
    open.result.close();
  });
  const before = await entriesOf('blood-donors.enlist');
  await context.setOffline(false);
  await enrol(page, office.url, await office.codeFor('Sakina'), '918273');
  await expect.poll(() => entriesOf('blood-donors.enlist')).toBe(before + 1);
});

test('an emergency written at the door without a PIN is sealed, and joins the book when a woman unlocks and confirms it', async () => {
  const { page, context } = await phoneOf('Zeba');
  await untilSent(page);
  await context.setOffline(true);
  await lockByHiding(page);
  // Wrong PINs never close this way.
  await page.locator('.door-ways .btn').first().click();
  await page.waitForSelector('.rows a.ring');
  const shown = (await page.locator('body').textContent()) ?? '';
  for (const secret of ['B−', 'O+', '0300 000 0101']) expect(shown).not.toContain(secret);
  await page.locator('.answer .pick').first().click();
  await page.locator('.field textarea').fill('Hajra of the canal houses');
  await page.locator('.main > .btn').last().click();
  await page.locator('.notice.good').waitFor();
  const stored = await page.evaluate(async () => {
    const opening = indexedDB.open('notebook');
    await new Promise((done) => {
      opening.onsuccess = done;
    });
    const asking = opening.result.transaction('notes').objectStore('notes').getAll();
    await new Promise((done) => {
      asking.onsuccess = done;
    });
    opening.result.close();
    return asking.result.map(({ box }: { box: string }) => atob(box)).join(' ');
  });
  expect(stored.length).toBeGreaterThan(100);
  expect(stored).not.toContain('Hajra');
  await page.locator('.bar button').first().click();
  await unlock(page);
  await page.locator('.rows .row', { hasText: 'Hajra' }).click();
  await page.locator('.rows .row').nth(3).click();
  await page.locator('.foot .emergency').click();
  await page.waitForSelector('.lane');
  await home(page);
  await countOf(page.locator('.rows', { hasText: 'Hajra' })).toBe(0);
  await context.setOffline(false);
  await untilSent(page);
});

test('a birth plan is seen by the woman who wrote it and the leader she named, and is on no other phone', async () => {
  const { page } = await phoneOf('Rubina');
  await openPath(page, '/emergencies/plans/new');
  await page.locator('.field input').first().fill('Planned Woman');
  await page.locator('.foot .go').click();
  await page.locator('.row.boxed').click();
  await page.locator('.rows .row', { hasText: 'Nasreen' }).click();
  await page.locator('.foot .go').click();
  await page.locator('.field input').first().fill('Private hospital');
  await page.locator('.foot .go').click();
  await page.waitForSelector('.undo');
  await home(page);
  await untilSent(page);
  for (const [name, sees] of [
    ['Nasreen', true],
    ['Shabana', false],
  ] as const) {
    const other = await phoneOf(name);
    await openPath(other.page, '/emergencies/plans');
    await other.page.waitForSelector('.foot .go');
    if (sees) await textOf(other.page.locator('body')).toContain('Planned Woman');
    else expect(await other.page.locator('body').textContent()).not.toContain('Planned Woman');
  }
});

test('when our own donors are exhausted the phone knows, offline, how many a neighbour has and whom to ring there', async () => {
  const { page, context } = await phoneOf('Zeba');
  await untilSent(page);
  await context.setOffline(true);
  await page.locator('.sos').click();
  await page.locator('.picks .pick').first().click();
  await page.locator('.rows .row').nth(3).click();
  await pickGroup(page, 'O', '−');
  await page.locator('.foot .emergency').click();
  await page.locator('.lane').nth(2).locator('.ring').click();
  await page.waitForSelector('.rank, .notice');
  for (let i = 0; i < 30 && (await page.locator('.rank .now').count()) > 0; i++) {
    const asked = await page.locator('.rank .now h2').textContent();
    await page.locator('.rank .now .pick').nth(3).click();
    await expect.poll(() => page.locator('.rank .now h2').allTextContents()).not.toEqual([asked]);
  }
  const neighbours = page.locator('section', { hasText: 'LSO Sahara' });
  await neighbours.waitFor();
  await countOf(neighbours.locator('a.ring')).toBe(1);
  await textOf(neighbours).toMatch(/1 to 4|5 donors or more/);
});
