import { expect, test } from 'vitest';
import { mustAgree, reasons } from '../tools/what-must-agree.ts';

test('the page of what must agree names every reason of every rule, with its sentence', () => {
  const all = reasons();
  expect(all.filter(({ sentence }) => sentence === null)).toEqual([]);
  // One of each: a field beside another, a page of the book, the day, and what happened all the same.
  for (const [code, becomes] of [
    ['blood-donors.no-consent', 'refused'],
    ['book.no-such-page', 'refused'],
    ['blood-donors.not-before', 'refused'],
    ['book.corrected-twice', 'flagged'],
    ['organizations.same-number', 'flagged'],
  ])
    expect(all, code).toContainEqual(expect.objectContaining({ code, becomes }));
  const page = mustAgree();
  for (const { code } of all) expect(page).toContain(`\`${code}\``);
});
