/*
 * How a file of journeys begins and ends: one small office of its own behind a real server, on the PostgreSQL that all files share, and
 * phones that are enrolled in it. Each phone is closed after its test; after the last one the office's books must verify.
 */
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { smallSize } from '../../src/cli/demo/seed-demo.ts';
import { verifyBooks } from '../../src/cli/verify.ts';
import { openPhone, type Phone, type PhoneOptions } from './browser.ts';
import { enrol, untilFilled } from './hands.ts';
import { openTestOffice, type Place, type TestOffice, writtenDemo } from './office.ts';

export type Journey = {
  /** Open from the first test of the file on. */
  readonly office: TestOffice;
  /** A phone in a hand, with nothing on it. */
  readonly phone: (options?: PhoneOptions) => Promise<Phone>;
  /** A leader's own phone, by her English name: enrolled, filled, and able to open without a network. */
  readonly phoneOf: (name: string, locale?: string, options?: PhoneOptions) => Promise<Phone>;
};

/** Called once, at the top of a file. */
export function beginJourneys(): Journey {
  let opened: TestOffice | null = null;
  const now = () => {
    if (!opened) throw new Error('the office is open inside tests only');
    return opened;
  };
  const office: TestOffice = {
    get running() {
      return now().running;
    },
    get url() {
      return now().url;
    },
    get keyFile() {
      return now().keyFile;
    },
    get desk() {
      return now().desk;
    },
    codeFor: (name, book) => now().codeFor(name, book),
    close: () => now().close(),
  };
  const phones: Phone[] = [];
  const phone: Journey['phone'] = async (options) => {
    const bare = await openPhone(options);
    phones.push(bare);
    return bare;
  };
  beforeAll(async () => {
    opened = await openSmallOffice();
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) await phone.close().catch(() => undefined);
  });
  afterAll(async () => {
    if (!opened) return;
    const books = await verifyBooks(opened.running.database.owner);
    await opened.close();
    expect(books.flatMap(({ faults }) => faults)).toEqual([]);
  });
  return {
    office,
    phone,
    async phoneOf(name, locale = 'en', options = {}) {
      const hers = await phone({ locale, ...options });
      await enrol(hers.page, office.url, await office.codeFor(name));
      await untilFilled(hers.page);
      await programIsKept(hers);
      return hers;
    },
  };
}

/** The small demo on the PostgreSQL of this run. */
export async function openSmallOffice(place: Place = {}): Promise<TestOffice> {
  const cluster = inject('databaseUrl');
  return openTestOffice(smallSize, { cluster, ...(await writtenDemo(cluster)), ...place });
}

/** The program is on the phone: from now on it opens without a network. */
export async function programIsKept({ page }: Phone): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
