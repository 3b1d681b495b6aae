import { expect, test } from 'vitest';
import { sindhDistricts } from './sindh-places.ts';

test('the fifteen districts and seventy-four talukas of SRSO ship with Otaq', () => {
  expect(sindhDistricts).toHaveLength(15);
  expect(sindhDistricts.flatMap(({ talukas }) => talukas)).toHaveLength(74);
  expect(new Set(sindhDistricts.map(({ code }) => code)).size).toBe(15);
});
