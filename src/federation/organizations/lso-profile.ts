import type { PlainDate } from '../../kernel/plain-date.ts';
import { type Cell, countOf } from '../../platform/book/figures.ts';

/** Counted from records, or told by somebody while the records are not all entered. */
export type Told = { readonly count: number; readonly origin: 'counted' | 'told' };

/** RSPN's one-page profile as of a day: the numbers. Names, union council and date of formation stand in the records. */
export type LsoProfile = {
  readonly on: PlainDate;
  readonly households: Told;
  readonly organizedHouseholds: Told;
  /** In whole percent, as printed; null where the households of the union council are not known. */
  readonly coveragePercent: number | null;
  readonly communityOrganizations: OfWomen;
  readonly villageOrganizations: OfWomen;
  readonly generalBody: OfWomen;
  readonly executiveCommittee: OfWomen;
};

/** A number, and how many of it are women or women's. */
export type OfWomen = { readonly count: number; readonly women: number };

/** Posts whose holders make up the executive committee of an LSO. */
export const executivePosts = ['president', 'manager', 'treasurer', 'executive-member'] as const;

/**
 * The profile of one office from its figures, or of several from the sum of theirs. Every number is a stock: what it was on a day
 * is the running sum up to that day.
 *
 * Source: docs/glossary.md#lso-profile.
 */
export function lsoProfile(cells: Iterable<Cell>, on: PlainDate): LsoProfile {
  // Read nine times below: a generator would be empty after the first.
  const all = [...cells];
  const stock = (figure: string, by: Readonly<Record<string, string>> = {}) => countOf(all, { figure, by, to: on });
  const households = toldOr(stock('households'), stock('households-told', { organized: 'any' }));
  const organizedHouseholds = toldOr(
    stock('households', { organized: 'yes' }),
    stock('households-told', { organized: 'yes' }),
  );
  const formed = (tier: 'co' | 'vo'): OfWomen => ({
    count: stock('organizations', { tier }) - stock('organizations', { tier, status: 'forming' }),
    women:
      stock('organizations', { tier, of: 'women' }) - stock('organizations', { tier, of: 'women', status: 'forming' }),
  });
  const holders = (tier: string, posts: readonly string[]): OfWomen => ({
    count: posts.reduce((sum, post) => sum + stock('posts', { tier, post }), 0),
    women: posts.reduce((sum, post) => sum + stock('posts', { tier, post, sex: 'f' }), 0),
  });
  return {
    on,
    households,
    organizedHouseholds,
    coveragePercent: coverage(organizedHouseholds.count, households.count),
    communityOrganizations: formed('co'),
    villageOrganizations: formed('vo'),
    generalBody: holders('vo', ['representative']),
    executiveCommittee: holders('lso', executivePosts),
  };
}

// A told number stands until the records have reached it: an office that has entered a tenth must not look a tenth of its size.
function toldOr(counted: number, told: number): Told {
  return told > counted ? { count: told, origin: 'told' } : { count: counted, origin: 'counted' };
}

/** Whole percents, halves upward, as RSPN prints them. */
export function coverage(organized: number, households: number): number | null {
  return households > 0 ? Math.round((organized / households) * 100) : null;
}
