import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCnicMask, maskCnic, parseCnic, sexOfCnic } from './cnic.ts';

test('a card number is read in any digits, with dashes or without', () => {
  for (const typed of [
    '43201-1234567-8',
    '4320112345678',
    '۴۳۲۰۱-۱۲۳۴۵۶۷-۸',
    '٤٣٢٠١ ١٢٣٤٥٦٧ ٨',
    '\u206643201-1234567-8\u2069',
  ])
    expect(parseCnic(typed), typed).toBe('4320112345678');
});

test('twelve digits, letters or a leading zero are no card number', () => {
  for (const typed of ['432011234567', '43201-1234567-89', '43201-12E4567-8', '0320112345678', ''])
    expect(parseCnic(typed), typed).toBeNull();
});

test('the last digit is odd for a man and even for a woman; nothing is said of 0', () => {
  expect(sexOfCnic('4320112345678')).toBe('f');
  expect(sexOfCnic('4320112345677')).toBe('m');
  expect(sexOfCnic('4320112345670')).toBeNull();
});

test('a mask keeps four digits, gives nobody the others, is a mask of itself, and tells the same sex', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{12}$/), (cnic) => {
      const mask = maskCnic(cnic);
      expect(isCnicMask(mask)).toBe(true);
      expect(parseCnic(mask)).toBeNull();
      expect(maskCnic(mask)).toBe(mask);
      expect(mask.replace(/\D/g, '')).toBe(cnic.slice(9));
      expect(sexOfCnic(mask)).toBe(sexOfCnic(cnic));
    }),
  );
});
