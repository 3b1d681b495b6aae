/*
 * What the code beside a printed head says: after how many entries, and the 20 digits that stood at the end of the chain then.
 *
 *   https://otaq.example.org/head/1204/12345678901234567890
 */

export type PrintedHead = {
  readonly sequence: number /** In fives, as `formatHead` writes them. */;
  readonly digits: string;
};

/** The path behind the origin. */
export function formatHeadPath({ sequence, digits }: PrintedHead): string {
  return `/head/${sequence}/${digits.replaceAll(' ', '')}`;
}

/** Reads the two words of a path; null when they are no head. */
export function parseHeadPath(sequence: string, digits: string): PrintedHead | null {
  if (!/^[1-9]\d{0,11}$/.test(sequence) || !/^\d{20}$/.test(digits)) return null;
  return { sequence: Number(sequence), digits: digits.replace(/(.{5})(?=.)/g, '$1 ') };
}
