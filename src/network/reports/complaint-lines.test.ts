import { expect, test } from 'vitest';
import { complaintLines } from './complaint-lines.ts';

const counts = [
  { about: 'leader', state: 'new', count: 6 },
  { about: 'leader', state: 'heard', count: 3 },
  { about: 'leader', state: 'settled', count: 11 },
  { about: 'leader', state: 'not-upheld', count: 2 },
  { about: 'head-office', state: 'new', count: 9 },
  { about: 'crp', state: 'settled', count: 1 },
];

test('whoever reads is told of no complaint of her own post, not even that there are few', () => {
  expect(complaintLines(counts, 'head-office').map(({ about }) => about)).toEqual(['leader', 'crp']);
  expect(complaintLines(counts, 'auditor').map(({ about }) => about)).toEqual(['leader', 'crp', 'head-office']);
});

test('one complaint of a CRP is few, and is not found from what stands beside it', () => {
  const [leaders, crps] = complaintLines(counts, 'head-office');
  expect(crps).toMatchObject({ settled: 'few', came: 'few' });
  // Two that were not upheld would be 22 less 9 less 11: a second number of the line is held back with them.
  expect(leaders).toMatchObject({ came: 22, notUpheld: 'few' });
  expect([leaders?.waiting, leaders?.settled].filter((shown) => shown === 'few')).toHaveLength(1);
});

test('where nobody complained there is no line', () => {
  expect(complaintLines([], 'auditor')).toEqual([]);
});
