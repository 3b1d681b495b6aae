import { expect, test } from 'vitest';
import { clockFaults } from './clock.ts';

const noon = Date.UTC(2026, 10, 24, 12);
const hour = 3_600_000;
const right = { machine: noon, database: noon - 500, lastEntry: noon - hour, isKept: null };

test('a clock that goes with the database and after the last entry is right', () => {
  expect(clockFaults(right)).toEqual([]);
  expect(clockFaults({ ...right, lastEntry: null, isKept: true })).toEqual([]);
  // A minute is nobody's fault.
  expect(clockFaults({ ...right, lastEntry: noon + 60_000 })).toEqual([]);
});

test('a clock that stands before the last entry, beside the database’s, or that nobody sets, is said', () => {
  const lost = Date.UTC(2015, 0, 1);
  expect(clockFaults({ ...right, machine: lost, database: lost }).join()).toMatch(
    /says 2015-01-01 00:00 UTC, and an entry was received at 2026-11-24 11:00 UTC/,
  );
  expect(clockFaults({ ...right, database: noon + hour }).join()).toMatch(/the database's 2026-11-24 13:00 UTC/);
  expect(clockFaults({ ...right, isKept: false })).toHaveLength(1);
});
