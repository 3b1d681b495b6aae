import { toLatinDigits } from './digits.ts';

declare const brand: unique symbol;
/** `+923001234567`, or a short code such as `1122`. */
export type PhoneNumber = string & { readonly [brand]?: 'PhoneNumber' };

// Source: libphonenumber, metadata of PK, mobile. Operators cannot be told from it: numbers move between them.
const mobile = /^3(?:[0-247]\d|3[0-79]|55|64)\d{7}$/;
// A landline is an area code of two to five digits and a number: nine or ten digits in all, not beginning with 3.
const landline = /^[124-9]\d{8,9}$/;
/** Ambulance, Edhi, police, health line, women's helpline, fire. */
const shortCodes = ['1122', '115', '15', '1166', '1099', '16'];

/** Reads a number as people write it, in any digits: `0300 1234567`, `+92 300…`, `0092…`; null when it is none. */
export function parsePhoneNumber(text: string): PhoneNumber | null {
  const digits = toLatinDigits(text).replace(/[\s\-().\u2066-\u2069\u200e\u200f]/g, '');
  if (shortCodes.includes(digits)) return digits;
  if (!/^\+?\d+$/.test(digits)) return null;
  const national = digits.replace(/^(\+92|0092|92(?=\d{9,10}$)|0)/, '');
  return mobile.test(national) || landline.test(national) ? `+92${national}` : null;
}

export function isShortCode(number: PhoneNumber): boolean {
  return shortCodes.includes(number);
}

/** What a telephone is asked to dial. */
export function telephoneUri(number: PhoneNumber): string {
  return `tel:${number}`;
}
