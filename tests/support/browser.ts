import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import type { BrowserContext, Page } from 'playwright-core';
import { chromium as driver } from 'playwright-core';

/** A phone in a hand: 360 by 640, touch, its own profile. */
export type Phone = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** The folder of the profile, to search or to open again. */
  readonly profile: string;
  /** Closes the browser; a profile that nobody named goes with it. */
  readonly close: () => Promise<void>;
};

export type PhoneOptions = {
  /** A folder to keep the profile in, so that the phone can be switched off and on. */
  readonly profile?: string;
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  /** A microphone that hears a tone, and is allowed without asking. */
  readonly microphone?: boolean;
};

/** Where the browser is. The first call unpacks it, which two processes must not do at once. */
export async function executable(): Promise<string> {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  for (const path of ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'])
    if (existsSync(path)) return path;
  // The package unpacks itself into the system's temporary folder, where another user's copy may lie: it gets a folder of this project.
  const folder = join(import.meta.dirname, '../../.cache/browser');
  mkdirSync(folder, { recursive: true });
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await chromium.executablePath();
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}

/** How long a step may take, in milliseconds: a busy machine is no fault. */
const patience = 60_000;

/** Every phone and desk that is open. */
const open = new Set<Page>();
/** What was shown when they were closed, for whoever wants to know why a test failed. */
let seen: string[] = [];

/** What is shown now and what was shown when pages were closed, one text a page, and forgets it. */
export async function whatPagesShow(): Promise<readonly string[]> {
  const shown = [...seen, ...(await Promise.all([...open].map(shownOn)))];
  seen = [];
  return shown;
}

/** The address and the words of a page; an answer within two seconds, whatever state it is in. */
async function shownOn(page: Page): Promise<string> {
  const late = new Promise<string>((done) => setTimeout(done, 2000, 'does not answer').unref());
  const words = page.evaluate(() => document.body.textContent.replace(/\s+/g, ' ').slice(0, 700));
  return `${page.url()} | ${await Promise.race([words.catch(() => 'is closed'), late])}`;
}

export async function openPhone(options: PhoneOptions = {}): Promise<Phone> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'otaq-phone-'));
  const context = await driver.launchPersistentContext(profile, {
    executablePath: await executable(),
    headless: true,
    // A container's root cannot have Chromium's sandbox, and its /dev/shm is small.
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--headless=new',
      '--disable-background-networking',
      ...(options.microphone ? ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'] : []),
    ],
    viewport: { width: options.width ?? 360, height: options.height ?? 640 },
    locale: options.locale ?? 'sd',
    timezoneId: 'Asia/Karachi',
    hasTouch: true,
    serviceWorkers: 'allow',
  });
  context.setDefaultTimeout(patience);
  const page = context.pages()[0] ?? (await context.newPage());
  open.add(page);
  return {
    context,
    page,
    profile,
    close: async () => {
      if (open.delete(page)) seen.push(await shownOn(page));
      await context.close();
      if (!options.profile) rmSync(profile, { recursive: true, force: true, maxRetries: 8, retryDelay: 100 });
    },
  };
}

/** The browser's own processes end at once, as when a battery is taken out. Resolves when the next one finds the profile free. */
export async function kill({ context, profile }: Phone): Promise<void> {
  const killed = processesOn(profile);
  if (killed.length === 0) throw new Error(`no browser works in ${profile}`);
  for (const pid of killed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with its parent.
    }
  }
  await context.close().catch(() => undefined);
  while (processesOn(profile).length > 0) await new Promise((done) => setTimeout(done, 50));
}

function processesOn(profile: string): number[] {
  return readdirSync('/proc')
    .filter((pid) => {
      if (!/^\d+$/.test(pid)) return false;
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds against WCAG 2.2 AA on the page as it stands, one line a finding. Injected by the driver, so a strict policy stands. */
export async function axe(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (
          options: object,
        ) => Promise<{ violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const found = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.failureSummary.replaceAll('\n', ' ')}`),
    );
  });
}

/** Things to touch that are smaller than 48 px, one line each. */
export async function smallTargets(page: Page, least = 48): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const targets = [
      ...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [role="button"]'),
    ];
    return targets
      .filter((target) => target.checkVisibility())
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < least - 0.5 || box.height < least - 0.5))
      .map(({ target, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${target.outerHTML.slice(0, 120)}`);
  }, least);
}

/** Whether the page can be moved sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/**
 * Texts that right-to-left text would turn over: a blood group, a phone, an amount with a sign or an id that stands in no box of its own
 * direction. Looks at what is shown, wherever it came from.
 */
export async function turnedOver(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const token = /(?<![\w\u2066])(?:(?:AB|A|B|O)[+−-](?!\w)|\+?\d{3,5}[ -]\d{3}[ -]?\d{3,4}|\d+-\d+(?:\.\d+)?|[+−]\d)/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const box = node.parentElement;
      if (!box?.checkVisibility() || !token.test(node.nodeValue ?? '')) continue;
      if (getComputedStyle(box).direction === 'rtl') found.push(`${node.nodeValue} in ${box.outerHTML.slice(0, 120)}`);
    }
    return found;
  });
}
