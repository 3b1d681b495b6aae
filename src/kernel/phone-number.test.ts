import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePhoneNumber } from './phone-number.ts';

test('a number is read as people write it, in any digits', () => {
  for (const written of [
    '03001234567',
    '0300-1234567',
    '+92 300 123 4567',
    '0092 300 1234567',
    '923001234567',
    '3001234567',
    '٠٣٠٠١٢٣٤٥٦٧',
    '۰۳۰۰ ۱۲۳۴۵۶۷',
  ])
    expect(parsePhoneNumber(written)).toBe('+923001234567');
});

test('numbers of every operator are mobiles, and 0385 is none', () => {
  for (const prefix of ['0300', '0355', '0364', '0370', '0345'])
    expect(parsePhoneNumber(`${prefix}1234567`)).not.toBeNull();
  expect(parsePhoneNumber('03851234567')).toBeNull();
});

test('a landline of Larkana and the ambulance are numbers; a word and half a number are none', () => {
  expect(parsePhoneNumber('074 4012345')).toBe('+92744012345');
  expect(parsePhoneNumber('1122')).toBe('1122');
  for (const wrong of ['', 'Shabana', '0300 12345', '12', '00000']) expect(parsePhoneNumber(wrong)).toBeNull();
});

test('reading what was read changes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), (n) => {
      const number = parsePhoneNumber(`0301${String(n).padStart(7, '0')}`);
      expect(number).not.toBeNull();
      expect(parsePhoneNumber(number as string)).toBe(number);
    }),
  );
});
