import { expect, test } from 'vitest';
import { type BloodGroup, bloodGroups, canReceive, formatBloodGroup, parseBloodGroup } from './blood-group.ts';

/** Who may receive from whom, row by row. Source: MSD Manual, transfusion medicine. */
const table: Readonly<Record<BloodGroup, readonly BloodGroup[]>> = {
  'O-': ['O-'],
  'O+': ['O-', 'O+'],
  'A-': ['O-', 'A-'],
  'A+': ['O-', 'O+', 'A-', 'A+'],
  'B-': ['O-', 'B-'],
  'B+': ['O-', 'O+', 'B-', 'B+'],
  'AB-': ['O-', 'A-', 'B-', 'AB-'],
  'AB+': [...bloodGroups],
};

const pairs = bloodGroups.flatMap((recipient) => bloodGroups.map((donor) => [recipient, donor] as const));

test.each(pairs)('a patient of %s and a donor of %s', (recipient, donor) => {
  expect(canReceive(recipient, donor)).toBe(table[recipient].includes(donor));
});

test('27 of the 64 pairs suit', () => {
  expect(pairs).toHaveLength(64);
  expect(pairs.filter(([recipient, donor]) => canReceive(recipient, donor))).toHaveLength(27);
});

test('a group is read as people write it', () => {
  expect(['b-', 'B −', '(O+)', 'ab +ve', 'A neg', '0+', 'o positive'].map(parseBloodGroup)).toEqual([
    'B-',
    'B-',
    'O+',
    'AB+',
    'A-',
    'O+',
    'O+',
  ]);
  expect(['', 'C+', 'A', 'AB', 'blood'].map(parseBloodGroup)).toEqual([null, null, null, null, null]);
  for (const group of bloodGroups) expect(parseBloodGroup(formatBloodGroup(group))).toBe(group);
});
