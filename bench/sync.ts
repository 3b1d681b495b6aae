/* What goes over a thin line: the first copy of an office, and one change. */

import { openPhone } from '../tests/support/browser.ts';
import { enlistDonor, enrol, home, untilFilled, untilSent } from '../tests/support/hands.ts';
import type { TestOffice } from '../tests/support/office.ts';
import { grouped, tell } from './table.ts';

export async function measureSync(office: TestOffice): Promise<void> {
  const phone = await openPhone({ locale: 'en' });
  const { page, context } = phone;
  await page.goto(office.url);
  await page.waitForSelector('.field input');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: 256_000 / 8,
    uploadThroughput: 256_000 / 8,
  });
  const sizes: number[] = [];
  let first = 0;
  let last = 0;
  page.on('requestfinished', async (request) => {
    if (!request.url().endsWith('/api/sync')) return;
    last = performance.now();
    const size = await request.sizes();
    sizes.push(size.requestBodySize + size.responseBodySize);
  });
  page.on('request', (request) => {
    if (request.url().endsWith('/api/sync') && first === 0) first = performance.now();
  });
  await enrol(page, office.url, await office.codeFor('Shabana'));
  await untilFilled(page);
  await page.waitForFunction(() => document.querySelectorAll('.notice').length === 0, null, { timeout: 60_000 });
  await page.waitForTimeout(1500);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  tell(
    'First sync of LSO Ibtida, 12,000 people, at 256 kbit/s and 300 ms',
    `${grouped(total)} bytes in ${((last - first) / 1000).toFixed(1)} s, ${sizes.length} requests`,
    '6 s',
  );
  sizes.length = 0;
  await enlistDonor(page, { name: 'One change', number: '03000000299', village: 3 });
  await home(page);
  await untilSent(page);
  await page.waitForTimeout(2000);
  tell(
    'One change: a donor enlisted, sent, and its answer',
    `${grouped(sizes[0] ?? 0)} bytes in ${sizes.length === 0 ? 0 : 1} request`,
    '1,024 bytes, 1 request',
  );
  await phone.close();
}
