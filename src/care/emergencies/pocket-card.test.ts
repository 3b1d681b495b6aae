import { expect, test } from 'vitest';
import { printSourceOf, printWords } from '../../../tests/support/print-source.ts';
import { readPrinted } from '../../../tests/support/printed-text.ts';
import { languages } from '../../platform/languages/language.ts';
import { printPdf } from '../../platform/print/server/typst-printer.ts';
import { pocketCard } from './pocket-card.ts';

const named = (en: string) => ({ sd: null, ur: null, en });
const kept = (kind: string, id: string, body: unknown) => ({ kind, id, scope: '1-1', version: 1, body });
const provider = (id: string, name: string, type: string, number: string, order: number, vo: string | null = null) =>
  kept('provider', id, {
    names: named(name),
    type,
    number,
    free: true,
    order,
    vo,
    owner: '1-1',
    lastWorkedOn: null,
    lastFailedOn: null,
    failures: 0,
  });
const facility = (id: string, name: string, type: string, number: string | null) =>
  kept('facility', id, { names: named(name), type, number, where: null, owner: '1-1', seen: null });

const records = [
  kept('organization', '1-2', { self: '1-2', tier: 'vo', names: named('Kandri'), number: 4 }),
  provider('2-1', 'Rescue 1122', 'rescue', '1122', 1),
  provider('2-2', 'Ali Gohar Trust', 'trust', '+923000000111', 2),
  provider('2-3', 'Zeba’s husband’s van', 'neighbour', '+923000000124', 3, '1-2'),
  facility('3-1', 'Government hospital', 'government', '+923000000131'),
  facility('3-2', 'Dispensary', 'government', null),
  facility('3-3', 'Blood bank', 'blood-bank', '+923000000133'),
  kept('on-call', '4-1', { names: named('Shabana'), number: '+923000000140', person: '5-1', vo: null, owner: '1-1' }),
];

test('eight cards on a sheet, each with every number of the night in the order of calling', async () => {
  const words = await printWords('en');
  const pages = await readPrinted(printPdf(pocketCard.compose(printSourceOf(records), words), words));
  expect(pages).toHaveLength(1);
  const text = pages[0]?.lines.join(' ') ?? '';
  const numbers = ['1122', '0300 000 0111', '0300 000 0124', '0300 000 0131', '0300 000 0133'];
  for (const number of numbers) expect(text.split(` ${number}`)).toHaveLength(number === '1122' ? 17 : 9);
  const card = pocketCard.compose(printSourceOf(records), words).pages[0];
  if (card?.form !== 'cards') throw new Error('no cards were made');
  expect(card.parts.flatMap(({ lines }) => lines.map(({ number }) => number.replaceAll('\u00a0', ' ')))).toEqual(
    numbers,
  );
});

test('the card names no woman: neither a leader on call nor whose vehicle it is', async () => {
  for (const language of languages) {
    const words = await printWords(language);
    const card = JSON.stringify(pocketCard.compose(printSourceOf(records), words));
    expect(card).not.toMatch(/Shabana|Zeba|Dispensary/);
    expect(card).toContain('Kandri');
  }
});

test('twenty numbers on a card are set smaller and none is left out', async () => {
  const words = await printWords('en');
  const many = Array.from({ length: 20 }, (_, at) =>
    provider(`2-${at + 1}`, `A trust with a long name ${at}`, 'trust', `+9230000001${String(at + 10)}`, at + 1),
  );
  const [page, ...more] = await readPrinted(printPdf(pocketCard.compose(printSourceOf(many), words), words));
  expect(more).toEqual([]);
  const text = page?.lines.join(' ') ?? '';
  for (let at = 0; at < 20; at++) expect(text.split(`0300 000 01${at + 10}`)).toHaveLength(9);
});
