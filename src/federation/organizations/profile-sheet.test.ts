import { expect, test } from 'vitest';
import { printSourceOf, printWords } from '../../../tests/support/print-source.ts';
import { readPrinted } from '../../../tests/support/printed-text.ts';
import { cellsOf } from '../../platform/book/figures.ts';
import { languages } from '../../platform/languages/language.ts';
import { printPdf } from '../../platform/print/server/typst-printer.ts';
import { profileSheet } from './profile-sheet.ts';

const named = (en: string) => ({ sd: null, ur: null, en });
const kept = (kind: string, id: string, body: unknown) => ({ kind, id, scope: '1-1', version: 1, body });
const stock = (figure: string, count: number, by: Record<string, string>) => ({
  figure,
  by,
  from: '2017-10-30',
  until: null,
  count,
});

// LSO Aitmad as RSPN printed it: 3,951 households, 1,823 organized, 46 %. Source: docs/glossary.md#lso-profile.
const aitmad = {
  ...printSourceOf([
    kept('organization', '1-1', {
      self: '1-1',
      tier: 'lso',
      names: named('LSO Aitmad'),
      number: null,
      place: '2-3',
      parent: null,
      of: 'women',
      formedOn: '2017-10-30',
      status: 'active',
    }),
    kept('place', '2-1', { names: named('Qambar-Shahdadkot'), level: 'district', parent: null }),
    kept('place', '2-2', { names: named('Nasirabad'), level: 'taluka', parent: '2-1' }),
    kept('place', '2-3', { names: named('Hazawah'), level: 'union-council', parent: '2-2' }),
  ]),
  cells: () =>
    cellsOf([
      stock('households', 2128, { organized: 'no' }),
      stock('households', 1823, { organized: 'yes' }),
      stock('organizations', 95, { tier: 'co', of: 'women', status: 'active' }),
      stock('organizations', 17, { tier: 'vo', of: 'women', status: 'active' }),
      stock('posts', 24, { tier: 'vo', post: 'representative', sex: 'f' }),
      stock('posts', 8, { tier: 'lso', post: 'executive-member', sex: 'f' }),
      stock('posts', 1, { tier: 'lso', post: 'executive-member', sex: 'm' }),
    ]),
};

test('the profile of LSO Aitmad fits one page and says what RSPN printed', async () => {
  const words = await printWords('en');
  const pages = await readPrinted(printPdf(profileSheet.compose(aitmad, words), words));
  expect(pages).toHaveLength(1);
  const text = pages[0]?.lines.join(' | ') ?? '';
  for (const said of [
    '3,951',
    '1,823',
    '46%',
    'Qambar-Shahdadkot',
    'Hazawah',
    '30 October 2017',
    '95, all women’s',
    '17, all women’s',
    '24, all women',
    '9, of them 8 women',
  ])
    expect(text).toContain(said);
});

test('an office whose place is not entered says so, and nothing is made up', async () => {
  for (const language of languages) {
    const words = await printWords(language);
    const [page] = profileSheet.compose(printSourceOf([]), words).pages;
    if (page?.form !== 'facts') throw new Error('the profile has no page of figures');
    const values = page.lines.slice(0, 3).map(({ value }) => value);
    expect(values).toEqual([1, 2, 3].map(() => words.say('design.not-known')));
    expect(page.figures[2]?.figure).toBe(words.say('design.not-known'));
    expect((await readPrinted(printPdf(profileSheet.compose(printSourceOf([]), words), words))).length).toBe(1);
  }
});
