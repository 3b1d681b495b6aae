/** Deeper than any form. */
const deepest = 32;

/**
 * Whether every text in a value can be kept anywhere: a NUL ends texts early in some programs and is refused by PostgreSQL, half of a pair
 * of surrogates is no character in UTF-8. Nor may it go deeper than any form does.
 */
export function isWritable(value: unknown, depth = 0): boolean {
  // With the flag `u` only a half that stands alone is a surrogate.
  if (typeof value === 'string') return !/[\0\p{Cs}]/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === deepest) return false;
  return Object.entries(value).every(([key, inner]) => isWritable(key, depth + 1) && isWritable(inner, depth + 1));
}
