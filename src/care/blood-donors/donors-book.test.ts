import { expect, test } from 'vitest';
import { printSourceOf, printWords } from '../../../tests/support/print-source.ts';
import { readPrinted } from '../../../tests/support/printed-text.ts';
import { bloodGroups } from '../../kernel/blood-group.ts';
import { languages } from '../../platform/languages/language.ts';
import { linesOnPage } from '../../platform/print/book-pages.ts';
import { parseLeaf } from '../../platform/print/leaf.ts';
import type { Printed } from '../../platform/print/printed.ts';
import { printPdf } from '../../platform/print/server/typst-printer.ts';
import type { Donor } from './donor.ts';
import { blankDonorsBook, donorsBook } from './donors-book.ts';

const named = (en: string) => ({ sd: null, ur: null, en });
const kept = (kind: string, id: string, body: unknown) => ({ kind, id, scope: '1-1', version: 1, body });
const vo = kept('organization', '1-2', { self: '1-2', tier: 'vo', names: named('Kandri'), number: 4 });

function donor(at: number, more: Partial<Donor> = {}) {
  const body: Donor = {
    names: named(`Donor ${at} Chandio`),
    parent: named(`Father of ${at}`),
    sex: 'm',
    bornYear: 1990,
    kilograms: null,
    group: bloodGroups[at % 8] ?? null,
    groupKnownBy: 'card',
    village: null,
    vo: '1-2',
    address: `House ${at}`,
    relay: null,
    owner: '1-1',
    enlistedOn: '2026-01-01',
    consentedOn: '2026-01-01',
    status: 'active',
    resting: false,
    lastGaveOn: null,
    gave: 0,
    asked: 0,
    lastAnswer: null,
    ...more,
  };
  const number = `+92300${String(1_000_000 + at)}`;
  return [
    kept('donor', `7-${at}`, body),
    kept('donor-contact', `7-${at}.2`, {
      donor: `7-${at}`,
      number,
      whose: 'own',
      safeToCall: true,
      restingUntil: null,
      owner: '1-1',
    }),
  ];
}

const ltrOf = (printed: Printed): string => JSON.stringify(printed);

test('107 donors stand on six pages, each with its line, group and number', async () => {
  const records = [vo, ...Array.from({ length: 107 }, (_, at) => donor(at + 1)).flat()];
  const words = await printWords('en');
  const printed = donorsBook.compose(printSourceOf(records), words);
  const pages = await readPrinted(printPdf(printed, words));
  expect(pages).toHaveLength(6);
  const text = pages.flatMap(({ lines }) => lines).join(' ');
  for (let at = 1; at <= 107; at++) {
    expect(text).toContain(`Donor ${at} Chandio son of Father of ${at}`);
    expect(text).toContain(`0300 ${String(1_000_000 + at).slice(0, 3)} ${String(1_000_000 + at).slice(3)}`);
  }
  expect(pages[5]?.lines).toContain('page 6 of 6');
  expect(text).toContain('VO 4, Kandri');
});

test('a relayed donor is reached through her leader, and her number is never printed, even for those who hold it', async () => {
  const relay = { person: '5-1', names: named('Shabana') };
  for (const language of languages) {
    const words = await printWords(language);
    const printed = donorsBook.compose(printSourceOf([vo, ...donor(1, { relay })]), words);
    expect(ltrOf(printed)).toContain('Shabana');
    expect(ltrOf(printed).replace(/[\s\u00a0]/g, '')).not.toContain('0300100');
  }
});

test('who no longer gives is not in the book, and a number that the reader does not reach is left empty', async () => {
  const words = await printWords('en');
  const [page] = donorsBook.compose(
    printSourceOf([...donor(1, { status: 'withdrawn' }), ...donor(2).slice(0, 1)]),
    words,
  ).pages;
  if (page?.form !== 'register') throw new Error('the book has no page');
  expect(JSON.stringify(page)).not.toContain('Donor 1');
  expect(page.rows[0]?.[3]).toBeNull();
  expect(page.rows).toHaveLength(linesOnPage);
});

test('the code of a page names its number and its first line, and nothing of a person', async () => {
  const words = await printWords('sd');
  const records = [vo, ...Array.from({ length: 40 }, (_, at) => donor(at + 1)).flat()];
  const { pages } = donorsBook.compose(printSourceOf(records), words);
  expect(pages.map(({ address }) => parseLeaf(new URL(address).pathname))).toEqual([
    { document: 3, page: 1, record: '7-1' },
    { document: 3, page: 2, record: '7-19' },
    { document: 3, page: 3, record: '7-37' },
  ]);
});

test('an empty book for the shop says nobody, no phone and no group, and numbers its lines on', async () => {
  const words = await printWords('en');
  const records = [vo, ...donor(1)];
  const printed = blankDonorsBook.compose(printSourceOf(records), words);
  const text = (await readPrinted(printPdf(printed, words))).flatMap(({ lines }) => lines).join(' ');
  expect(text).not.toMatch(/Donor 1|0300|A\+|O\+|B\+|−|12345/);
  expect(text).toContain('page 10 of 10');
  expect(text).toContain(String(10 * linesOnPage));
  expect(blankDonorsBook.where).toBe('outside');
  expect(donorsBook.where).toBe('inside');
});
