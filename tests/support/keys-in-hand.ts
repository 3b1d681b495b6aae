/* The key of a house, in a test's hand and in no file. */
import { randomBytes } from 'node:crypto';
import type { KeyPlace } from '../../src/platform/access/server/house-key.ts';

/** A machine's own. `made`: the key is there already. */
export function keysInHand(made = true): KeyPlace & { lose: () => void } {
  let key = made ? randomBytes(32) : null;
  return {
    where: 'the hand of a test',
    read: () => key,
    make: () => {
      key ??= randomBytes(32);
      return key;
    },
    lose: () => {
      key = null;
    },
  };
}

/** For tests with one machine, or of machines that are given the same file. */
export const oneKey: KeyPlace = keysInHand();
