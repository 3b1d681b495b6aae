import { expect, test } from 'vitest';
import { cellsOf, type Fact } from '../../platform/book/figures.ts';
import { coverage, lsoProfile } from './lso-profile.ts';

// Source: the series "LSO Initiatives" of RSPN, issues 23, 25, 35/36, 40, 43 and 44, as printed.
test.each([
  ['Sarwan', 2970, 2222, 75],
  ['Khushali', 2902, 1799, 62],
  ['Duaa', 3361, 2066, 61],
  ['Shah Muhammad Shah', 2375, 1680, 71],
  ['Shahmeer Rahu', 2975, 1944, 65],
  ['Aitmad', 3951, 1823, 46],
])('LSO %s: of %i households %i are organized, printed as %i%%', (_name, households, organized, printed) => {
  expect(coverage(organized, households)).toBe(printed);
});

const from = '2017-06-22';
function stock(figure: string, by: Fact['by'], count: number, since = from, until: string | null = null): Fact {
  return { figure, by: by ?? {}, from: since, until, count };
}
const sarwan: readonly Fact[] = [
  stock('households', { organized: 'yes' }, 2222),
  stock('households', { organized: 'no' }, 748),
  stock('organizations', { tier: 'lso', of: 'women', status: 'active' }, 1),
  stock('organizations', { tier: 'vo', of: 'women', status: 'active' }, 15),
  stock('organizations', { tier: 'co', of: 'women', status: 'active' }, 110),
  stock('organizations', { tier: 'co', of: 'mixed', status: 'dormant' }, 4),
  stock('organizations', { tier: 'co', of: 'women', status: 'forming' }, 2),
  stock('posts', { tier: 'vo', post: 'representative', sex: 'f' }, 30),
  stock('posts', { tier: 'lso', post: 'president', sex: 'f' }, 1),
  stock('posts', { tier: 'lso', post: 'manager', sex: 'f' }, 1),
  stock('posts', { tier: 'lso', post: 'executive-member', sex: 'f' }, 5),
  stock('posts', { tier: 'vo', post: 'president', sex: 'f' }, 15),
  stock('posts', { tier: 'lso', post: 'crp', sex: 'f' }, 6),
];

test('the profile of LSO Sarwan reads as RSPN printed it', () => {
  expect(lsoProfile(cellsOf(sarwan), '2018-12-31')).toEqual({
    on: '2018-12-31',
    households: { count: 2970, origin: 'counted' },
    organizedHouseholds: { count: 2222, origin: 'counted' },
    coveragePercent: 75,
    communityOrganizations: { count: 114, women: 110 },
    villageOrganizations: { count: 15, women: 15 },
    generalBody: { count: 30, women: 30 },
    executiveCommittee: { count: 7, women: 7 },
  });
});

test('a profile is as of its day: what came later is not in it, and what ended is not in it any more', () => {
  const cells = cellsOf([
    ...sarwan,
    stock('organizations', { tier: 'co', of: 'women', status: 'active' }, 1, '2019-02-01', '2020-03-01'),
  ]);
  const cos = (on: string) => lsoProfile(cells, on).communityOrganizations.count;
  expect([cos('2017-06-21'), cos('2019-01-31'), cos('2019-02-01'), cos('2020-02-29'), cos('2020-03-01')]).toEqual([
    0, 114, 115, 115, 114,
  ]);
});

test('until households are entered the told number stands, and says so', () => {
  const told = [
    stock('households-told', { organized: 'any' }, 2970),
    stock('households-told', { organized: 'yes' }, 2222),
    stock('households', { organized: 'yes' }, 12),
  ];
  const profile = lsoProfile(cellsOf(told), '2018-01-01');
  expect(profile.households).toEqual({ count: 2970, origin: 'told' });
  expect(profile.organizedHouseholds).toEqual({ count: 2222, origin: 'told' });
  expect(profile.coveragePercent).toBe(75);
  const entered = lsoProfile(cellsOf([...told, stock('households', { organized: 'yes' }, 3000)]), '2018-01-01');
  expect(entered.households).toEqual({ count: 3012, origin: 'counted' });
});

test('where nobody knows how many households there are, no coverage is printed', () => {
  expect(lsoProfile([], '2026-11-24').coveragePercent).toBeNull();
});
