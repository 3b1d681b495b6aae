import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoOffices } from '../../src/cli/demo/seed-demo.ts';
import { deskScreens } from '../../src/desk/screens.ts';
import { openSession } from '../../src/platform/access/server/desk-sessions.ts';
import { addUser } from '../../src/platform/access/server/staff-accounts.ts';
import { onDuty } from '../../src/platform/database/server/duty.ts';
import { openPhone, type Phone } from '../support/browser.ts';
import { openSmallOffice } from '../support/journey.ts';
import { lookAt } from '../support/looking.ts';
import type { TestOffice } from '../support/office.ts';
import { countOf } from '../support/waiting.ts';

/* Staff at a real desk: the browser's own passkeys through a virtual authenticator, an authenticator app's codes, and paper. */

let office: TestOffice;

beforeAll(async () => {
  office = await openSmallOffice();
  // A real office: the sample's exception does not hold here.
  await office.running.database.owner.query('UPDATE installation SET sample = false');
});
afterAll(() => office?.close());

const newUser = (name: string) =>
  addUser(
    office.running.database.owner,
    { name, shownName: 'Mahnoor', role: 'district', office: demoOffices.district },
    Date.now(),
  );

async function openDesk(language: 'sd' | 'ur' | 'en' = 'en'): Promise<Phone> {
  const desk = await openPhone({ width: 1280, height: 800, locale: language });
  await desk.page.goto(`${office.url}/desk`);
  await desk.page.waitForSelector('form');
  return desk;
}

async function sayPassword(page: Page, name: string, password: string): Promise<void> {
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
}

async function chooseOwn(page: Page, first: string, own: string): Promise<void> {
  await page.locator('input[name="now"]').fill(first);
  await page.locator('input[name="next"]').fill(own);
  await page.locator('button[type="submit"]').click();
}

const own = 'four words of hers';
const codeNow = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

test('a passkey is made in the place of a second key, and then opens the desk by itself', async () => {
  const password = await newUser('mahnoor');
  const { page, context, close } = await openDesk();
  const chrome = await context.newCDPSession(page);
  await chrome.send('WebAuthn.enable');
  await chrome.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await lookAt(page, 'sign-in-en');
  await sayPassword(page, 'mahnoor', password);
  await page.waitForSelector('input[name="next"]');
  expect(await page.locator('.says').count()).toBe(0);
  await chooseOwn(page, password, own);
  await page.waitForSelector('form .btn.go:not([type="submit"])');
  await lookAt(page, 'second-en');
  // A page that is opened again halfway goes on where it stood.
  await page.reload();
  await page.waitForSelector('form .btn.go:not([type="submit"])');
  await page.locator('form .btn.go').click();
  await countOf(page.locator('.codes li')).toBe(10);
  await page.locator('button[type="submit"]').click();
  await page.waitForSelector('.says');

  await page.goto(`${office.url}/desk/account`);
  await page.waitForSelector('.ledger');
  await lookAt(page, 'account-en');
  await expect
    .poll(() => page.locator('.ledger td').allTextContents())
    .toEqual([expect.stringMatching(/1/), expect.stringMatching(/0/), expect.stringMatching(/10/)]);
  await page.locator('.doings .btn').last().click();
  await page.waitForSelector('input[name="password"]');
  await page.locator('form .btn:not(.go)').first().click();
  await page.waitForSelector('.ledger');
  await close();
});

test('an app gives the codes, and a code on paper opens the desk when the phone is lost', async () => {
  const password = await newUser('sana');
  const { page, close } = await openDesk('sd');
  await lookAt(page, 'sign-in-sd');
  await sayPassword(page, 'sana', password);
  await page.waitForSelector('input[name="next"]');
  await lookAt(page, 'own-password-sd');
  await chooseOwn(page, password, 'short');
  await page.waitForSelector('.error');
  await chooseOwn(page, password, own);
  await page.waitForSelector('form .btn:not(.go)');
  await page.locator('form .btn:not(.go)').click();
  await page.waitForSelector('.qr');
  await lookAt(page, 'app-sd');
  const secret = ((await page.locator('.wraps').textContent()) ?? '').replace(/[^A-Z2-7]/g, '');
  await page.locator('input[name="code"]').fill('000000');
  await page.locator('button[type="submit"]').click();
  await page.waitForSelector('.error');
  await page.locator('input[name="code"]').fill(codeNow(secret));
  await page.locator('button[type="submit"]').click();
  await page.waitForSelector('.codes');
  await lookAt(page, 'recovery-sd');
  const paper = (await page.locator('.codes li').first().textContent()) ?? '';
  await page.locator('button[type="submit"]').click();
  await page.waitForSelector('.says');
  await page.locator('.mast .btn').last().click();

  await page.waitForSelector('input[name="password"]');
  await sayPassword(page, 'sana', own);
  await page.waitForSelector('input[name="code"]');
  await lookAt(page, 'code-sd');
  // What stands at the door says nothing of the office.
  expect(await page.locator('body').textContent()).not.toContain('Ibtida');
  await page.locator('input[name="code"]').fill(paper);
  await page.locator('button[type="submit"]').click();
  await page.waitForSelector('.says');
  await close();
});

test('the door stands in Urdu too, and on a narrow screen', async () => {
  const { page, close } = await openDesk('ur');
  await page.setViewportSize({ width: 390, height: 800 });
  await lookAt(page, 'sign-in-ur');
  await sayPassword(page, 'nobody', 'wrong');
  await page.waitForSelector('.error');
  await lookAt(page, 'sign-in-wrong-ur');
  await close();
});

/** A session of hers as it stands on another machine; answers its token. */
function sessionOn(machine: string, name: string): Promise<string> {
  return onDuty(office.running.database.app, 'gate', (client) =>
    openSession(client, name, 'full', Date.now(), machine),
  );
}

async function deskOf(token: string, locale: 'sd' | 'ur' | 'en', path: string): Promise<Phone> {
  const desk = await openPhone({ width: 1280, height: 800, locale });
  await desk.context.addCookies([{ name: 'desk', value: token, url: office.url }]);
  await desk.page.goto(`${office.url}${path}`);
  return desk;
}

test('a browser that she left open in another place stands on her page in three languages, and is signed out from there', async () => {
  await newUser('gulnar');
  const there = await sessionOn('Firefox, Windows', 'gulnar');
  for (const locale of ['sd', 'ur', 'en'] as const) {
    const { page, close } = await deskOf(await sessionOn('Chrome, Linux', 'gulnar'), locale, '/desk/account');
    await page.waitForSelector('.machines');
    await lookAt(page, `sessions-${locale}`);
    if (locale === 'en') {
      const firefox = page.locator('.machines li', { hasText: 'Firefox, Windows' });
      await firefox.locator('button').click();
      await page.getByText('is signed out').waitFor();
      await firefox.waitFor({ state: 'detached' });
      await lookAt(page, 'session-ended-en');
      // It stays gone when the page asks anew.
      await page.reload();
      await page.waitForSelector('.machines');
      expect(await firefox.count()).toBe(0);
    }
    await close();
  }
  const answer = await fetch(`${office.url}/api/desk/overview`, { headers: { cookie: `desk=${there}` } });
  expect(answer.status).toBe(401);
});

test('signing out stands at the head of every page of the desk, and one touch ends the session', async () => {
  const { owner } = office.running.database;
  const { rows } = await owner.query<{ office: number }>('SELECT office FROM books WHERE above IS NULL');
  const above = rows[0]?.office as number;
  await addUser(owner, { name: 'rahila', shownName: 'Rahila', role: 'head-office', office: above }, Date.now());
  const token = await sessionOn('Chrome, Linux', 'rahila');
  const screens = (await Promise.all(deskScreens.map(({ load }) => load()))).flat();
  const examples = { ':office': String(demoOffices.district), ':key': 'donors', ':month': '2026-10' };
  const paths = [...new Set(screens.map(({ path }) => path))].map((path) =>
    Object.entries(examples).reduce((filled, [form, example]) => filled.replace(form, example), path),
  );
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => path.includes(':'))).toEqual([]);
  const { page, close } = await deskOf(token, 'en', '/desk');
  const out = page.locator('header.mast').getByRole('button', { name: 'Sign out', exact: true });
  for (const path of paths) {
    await page.goto(`${office.url}/desk${path === '/' ? '' : path}`);
    await page.waitForSelector('main h1');
    await out.waitFor();
  }
  await out.click();
  await page.waitForSelector('input[name="password"]');
  const answer = await fetch(`${office.url}/api/desk/overview`, { headers: { cookie: `desk=${token}` } });
  expect(answer.status).toBe(401);
  await close();
});
