import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatHead } from '../book/chain.ts';
import { formatHeadPath, parseHeadPath } from './head-path.ts';

test('a head that was printed is read off its code again, and nothing else is taken for one', () => {
  const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), hash, (sequence, hash) => {
      const head = { sequence, digits: formatHead(hash) };
      const [, , first = '', second = ''] = formatHeadPath(head).split('/');
      expect(parseHeadPath(first, second)).toEqual(head);
    }),
  );
  for (const [sequence, digits] of [
    ['0', '1'.repeat(20)],
    ['12', '1'.repeat(19)],
    ['x', '1'.repeat(20)],
    ['12', '<script>'],
  ] as const)
    expect(parseHeadPath(sequence, digits)).toBeNull();
});
