/* An LSO with two VOs and a CO in each, in a book that decides as phone and server do. */
import type { Names } from '../../src/kernel/names.ts';
import type { Registers } from '../../src/platform/book/command.ts';
import { DecidedBook } from './decided-book.ts';

export const named = (en: string): Names => ({ en, sd: null, ur: null });

export function decidedOffice(registers: Registers) {
  const book = new DecidedBook(registers);
  const form = (tier: string, name: string, parent: string | null, number: number | null = null) =>
    book.made('organizations.form', {
      tier,
      names: named(name),
      number,
      place: null,
      parent,
      of: 'women',
      formedOn: '2020-01-01',
      status: 'active',
    });
  const lso = form('lso', 'Ibtida', null);
  const [vo1, vo2] = [form('vo', 'Sojhro', lso, 1), form('vo', 'Umeed', lso, 2)];
  const [co1, co2] = [form('co', 'Sabar', vo1, 1), form('co', 'Himat', vo2, 1)];
  return { book, form, lso, vo1, vo2, co1, co2 };
}
