import { expect, test } from 'vitest';
import { codeAddress, readCodeAddress } from './office-mark.ts';

const mark = '0123456789abcdef0123456789abcdef';

test('what a picture leads to is read back by the phone that follows it, with a stroke at the end of the address or without', () => {
  for (const origin of ['https://ibtida.example.org', 'https://ibtida.example.org/'])
    expect(readCodeAddress(new URL(codeAddress(origin, '1234567890', mark)).hash)).toEqual({
      code: '1234567890',
      mark,
    });
  expect(readCodeAddress(new URL(codeAddress('https://ibtida.example.org', '', mark)).hash)).toEqual({
    code: '',
    mark,
  });
});

test('a code of an older program has no mark, and anything else is no code', () => {
  expect(readCodeAddress('#1234567890')).toEqual({ code: '1234567890', mark: null });
  for (const hash of ['', '#', '#.', '#123456789', `#1234567890.${mark}0`, `#1234567890.${mark.toUpperCase()}`, '#a'])
    expect(readCodeAddress(hash), hash).toBeNull();
});
