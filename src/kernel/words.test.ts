import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findIn, fold, searchKey, skeleton } from './words.ts';

test('a woman is found in Sindhi, in Urdu and in Roman letters, however she was written', () => {
  for (const written of ['شبانه', 'شبانہ', 'Shabana'])
    for (const typed of ['شبانه', 'شبانہ', 'shabana', 'Shaban'])
      expect(findIn(searchKey(written), searchKey(typed)), `${typed} in ${written}`).toBeGreaterThan(0);
});

test('Halima is not found when Rubina is looked for', () => {
  expect(findIn(searchKey('حليمه', 'Halima'), searchKey('Rubina'))).toBe(0);
});

test('kh, gh, sh and ch are one sound each', () => {
  expect(skeleton('Khadija')).toBe(skeleton('خديجه'));
  expect(skeleton('Ghulam')).toBe(skeleton('غلام'));
  expect(skeleton('Chandio')).toBe(skeleton('چانڊيو'));
});

test('folding what is folded changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

test('whoever is written is found by the whole of her name', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Zا-يٻپچڄڳ ]{1,20}$/), (name) => {
      const key = searchKey(name);
      fc.pre(key.folded !== '');
      expect(findIn(key, key)).toBe(3);
    }),
  );
});
