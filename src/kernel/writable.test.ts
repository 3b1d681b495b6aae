import { expect, test } from 'vitest';
import { isWritable } from './writable.ts';

test('names of three scripts, joiners, marks of direction and pictures can be kept', () => {
  for (const name of ['شبانه ميرجت', 'نئی‌ عورت', '\u202eright to left', 'Zeba \u{1f33e}', 'e\u0301', ''])
    expect(isWritable({ names: { en: name } })).toBe(true);
});

test('a NUL, half a pair, in a key too, and what goes down without end cannot', () => {
  for (const input of ['a\0b', ['x', { y: '\ud83d' }], { '\0': 1 }, { en: '\udf3e Zeba' }])
    expect(isWritable(input)).toBe(false);
  let deep: unknown = 'down';
  for (let i = 0; i < 40; i++) deep = [deep];
  expect(isWritable(deep)).toBe(false);
});
