import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalog as phoneEn } from './catalog-en.generated.ts';
import { catalog as phoneSd } from './catalog-sd.generated.ts';
import { catalog as phoneUr } from './catalog-ur.generated.ts';
import { catalog as deskEn } from './desk-catalog-en.generated.ts';
import { catalog as deskSd } from './desk-catalog-sd.generated.ts';
import { catalog as deskUr } from './desk-catalog-ur.generated.ts';
import type { Reader } from './format.ts';
import { languages } from './language.ts';
import type { MessageId } from './message-id.generated.ts';
import { catalog as officeEn } from './office-catalog-en.generated.ts';
import { catalog as officeSd } from './office-catalog-sd.generated.ts';
import { catalog as officeUr } from './office-catalog-ur.generated.ts';
import type { Catalog, Compiled } from './say.ts';
import { interpret, joinParts, makeWords } from './say.ts';

const en = { ...phoneEn, ...officeEn, ...deskEn };
const sd = { ...phoneSd, ...officeSd, ...deskSd };
const ur = { ...phoneUr, ...officeUr, ...deskUr };

const catalogs: Readonly<Record<string, Catalog>> = { sd, ur, en };
const sindhi: Reader = { language: 'sd', digits: 'latin' };

/** A value for every place of a sentence, by the type of the place. */
function valuesFor(compiled: Compiled, count: number, text: string): Record<string, unknown> {
  if (typeof compiled === 'string') return {};
  const values: Record<string, unknown> = {};
  for (const token of compiled) {
    if (typeof token === 'string') continue;
    const [name, type, cases] = token;
    const isText = type === undefined || type === 'select';
    if (['date', 'day', 'weekday'].includes(type ?? '')) values[name] = '2026-12-14';
    else if (type === 'month') values[name] = '2026-12';
    else if (type === 'phone') values[name] = '03000000101';
    else if (type === 'group') values[name] = 'O+';
    else if (!(name in values)) values[name] = isText ? text : count;
    for (const inner of Object.values((cases ?? {}) as Record<string, Compiled>))
      Object.assign(values, { ...valuesFor(inner, count, text), ...values });
  }
  return values;
}

function isBalanced(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '\u2066' || character === '\u2068') open++;
    if (character === '\u2069') open--;
    if (open < 0 || open > 1) return false;
  }
  return open === 0;
}

test('every sentence can be said in every language, with every place filled and every isolate closed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...languages),
      fc.nat(2000),
      fc.constantFrom('شبانه', 'O+', 'Nasreen'),
      (language, count, text) => {
        const catalog = catalogs[language] ?? en;
        const words = makeWords({ language, digits: 'latin' }, catalog);
        for (const id of Object.keys(catalog) as MessageId[]) {
          const said = joinParts(words.parts(id, valuesFor(catalog[id] ?? '', count, text)), words.direction);
          expect(said).not.toBe('');
          expect(said).not.toMatch(/undefined|NaN|\[object|[{}#]/);
          expect(isBalanced(said)).toBe(true);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('a blood group never turns over in a Sindhi sentence', () => {
  const said = joinParts(interpret(['رت (', ['g', 'group'], ') گهرجي'], { g: 'O+' }, sindhi), 'rtl');
  expect(said).toBe('رت (\u2066O+\u2069) گهرجي');
});

test('a name in Sindhi is isolated in an English sentence, and a name in English is left alone', () => {
  const sentence: Compiled = ['through ', ['name']];
  const english: Reader = { language: 'en', digits: 'latin' };
  expect(joinParts(interpret(sentence, { name: 'شبانه' }, english), 'ltr')).toBe('through \u2068شبانه\u2069');
  expect(joinParts(interpret(sentence, { name: 'Shabana' }, english), 'ltr')).toBe('through Shabana');
});

test('one page is one and two pages are two, and the number stays with its noun', () => {
  const words = makeWords({ language: 'en', digits: 'latin' }, en);
  expect(words.say('design.unsent', { count: 1 })).toBe('1\u00a0page not yet sent');
  expect(words.say('design.unsent', { count: 2000 })).toBe('2,000\u00a0pages not yet sent');
});

test('a reader who chose other digits reads them in every sentence', () => {
  const words = makeWords({ language: 'sd', digits: 'extended' }, sd);
  expect(words.say('design.unsent', { count: 12 })).toContain('۱۲');
});

test('a sentence without its value is a bug and says which', () => {
  expect(() => interpret(['a ', ['name']], {}, sindhi)).toThrow('lacks its value: name');
});

test('a sentence that has words of its own for nought says them', () => {
  const words = makeWords({ language: 'en', digits: 'latin' }, en);
  expect(words.say('reports.not-in', { count: 0 })).toBe('Every office has spoken since the month began.');
  expect(words.say('reports.not-in', { count: 1 })).toMatch(/^1.office has not spoken/);
});
