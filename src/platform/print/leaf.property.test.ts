import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatLeaf, parseLeaf } from './leaf.ts';

const number = (max: number) => fc.integer({ min: 1, max });
const id = fc.oneof(
  fc.tuple(number(999), number(99_999)).map(([seat, line]) => `${seat}-${line}`),
  fc
    .tuple(number(999), number(99_999), fc.integer({ min: 2, max: 40 }))
    .map(([seat, line, nth]) => `${seat}-${line}.${nth}`),
);

test('the code of every page is read back as it was written', () => {
  fc.assert(
    fc.property(number(99), number(99_999), fc.option(id), (document, page, record) => {
      expect(parseLeaf(formatLeaf({ document, page, record }))).toEqual({ document, page, record });
    }),
  );
});

test('whatever else a camera reads is no page', () => {
  for (const path of [
    '/',
    '/leaf',
    '/leaf/0/1',
    '/leaf/1/0',
    '/leaf/3/1/Shabana',
    '/leaf/3/1/7-118/more',
    '/leaf/3/1/7-0',
    '/blood-donors',
  ])
    expect(parseLeaf(path)).toBeNull();
  fc.assert(fc.property(fc.webPath(), (path) => path.startsWith('/leaf/') || parseLeaf(path) === null));
});
