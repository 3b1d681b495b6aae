import type { RecordId } from '../../kernel/ids.ts';

/** Adds a record to the hash of a copy. Sums do not depend on order, so both sides may add as they please. */
export function addToWhole(whole: bigint, id: RecordId, version: number, hash: (text: string) => string): bigint {
  return (whole + BigInt(`0x${hash(`${id} ${version}`).slice(0, 16)}`)) % (1n << 64n);
}

export function formatWhole(whole: bigint): string {
  return whole.toString(16).padStart(16, '0');
}
