import { join } from 'node:path';
import type { ViteDevServer } from 'vite';
import { createServer } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Phone } from '../support/browser.ts';
import { axe, openPhone, scrollsSideways, smallTargets } from '../support/browser.ts';

const pages = ['sign-in', 'home', 'emergency', 'call-list', 'register', 'enlist', 'parts'];
let server: ViteDevServer;
let phone: Phone;
let address: string;

beforeAll(async () => {
  server = await createServer({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'gallery'),
    cacheDir: join(import.meta.dirname, '../../.cache/gallery'),
    server: { port: 0, fs: { allow: [join(import.meta.dirname, '../..')] } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  });
  await server.listen();
  address = server.resolvedUrls?.local[0] ?? '';
  phone = await openPhone();
});

afterAll(async () => {
  await phone?.close();
  await server?.close();
});

async function show(query: string): Promise<void> {
  await phone.page.goto(`${address}gallery.html?${query}`);
  await phone.page.waitForSelector('.main');
  await phone.page.evaluate(() => document.fonts.ready);
}

test.each(['sd', 'ur', 'en'])(
  'in %s axe finds nothing, targets are 48 px and no page moves sideways at 320 px or with text at 200 percent',
  async (language) => {
    for (const light of ['', 'sun'])
      for (const page of pages) {
        const where = `${page} ${language} ${light}`;
        await phone.page.setViewportSize({ width: 320, height: 640 });
        await show(`page=${page}&language=${language}&light=${light}`);
        expect(await axe(phone.page), where).toEqual([]);
        expect(await smallTargets(phone.page), where).toEqual([]);
        expect(await scrollsSideways(phone.page), `${where} at 320`).toBe(false);
        await phone.page.setViewportSize({ width: 360, height: 640 });
        await phone.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
        expect(await scrollsSideways(phone.page), `${where} at 200%`).toBe(false);
      }
  },
  120_000,
);

test('on the keypad and the blood group nothing falls off at 360 by 640', async () => {
  for (const page of ['sign-in', 'enlist', 'emergency']) {
    await show(`page=${page}&language=sd`);
    expect(await phone.page.evaluate(() => document.documentElement.scrollHeight), page).toBeLessThanOrEqual(640);
  }
});

test('a blood group reads from left to right on a Sindhi page: its letter stands left of its sign', async () => {
  await show('page=enlist&language=sd');
  const places = await phone.page.evaluate(() => {
    const text = document.querySelector('.sofar .grp')?.firstChild;
    if (!text) return [];
    return [0, 1].map((at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().left;
    });
  });
  expect(places).toHaveLength(2);
  expect(places[0]).toBeLessThan(places[1] ?? 0);
});
