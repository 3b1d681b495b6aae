import { expect, test } from 'vitest';
import { toLatinDigits } from './digits.ts';

test('a number typed on a Sindhi, an Urdu, an Arabic or a Devanagari keyboard is the same number', () => {
  expect(toLatinDigits('۰۳۰۰ ۱۲۳')).toBe('0300 123');
  expect(toLatinDigits('٤٥٦٧٨٩')).toBe('456789');
  expect(toLatinDigits('०१२')).toBe('012');
});

test('what is no digit stays as she typed it', () => {
  expect(toLatinDigits('وي او ۴، B−')).toBe('وي او 4، B−');
});
