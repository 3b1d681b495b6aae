import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecidedBook, grant } from '../../../tests/support/decided-book.ts';
import { findIn, searchKey } from '../../kernel/words.ts';
import { registersOf } from '../../platform/book/command.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { organizationsRegister } from '../organizations/register.ts';
import {
  formatPosition,
  type PlaceLevel,
  type Position,
  parentOn,
  parsePosition,
  placeKind,
  placeLevels,
  placeLine,
  standsUnder,
} from './place.ts';
import { placesRegister } from './register.ts';

const owner = '7-1';
function office(): DecidedBook {
  const book = new DecidedBook(registersOf([bookRegister, organizationsRegister, placesRegister]));
  book.made('organizations.form', {
    tier: 'lso',
    names: { en: 'Ibtida', sd: null, ur: null },
    number: null,
    place: null,
    parent: null,
    of: 'women',
    formedOn: '2017-10-30',
    status: 'active',
  });
  return book;
}
function place(level: PlaceLevel, en: string, parent: string | null, over: object = {}) {
  return { names: { en, sd: null, ur: null }, level, parent, code: null, aliases: [], owner, ...over };
}

test('a village stands in its union council and lies in its deh, and neither tree enters the other', () => {
  const book = office();
  const taluka = book.made('places.add', place('taluka', 'Qambar', null));
  const council = book.made('places.add', place('union-council', 'Dhori', taluka));
  const circle = book.made('places.add', place('circle', 'Qambar', taluka));
  const tapa = book.made('places.add', place('tapa', 'Dhori', circle));
  const deh = book.made('places.add', place('deh', 'Dhori', tapa));
  const village = book.made('places.add', place('village', 'Kandri', council, { deh }));
  const find = (id: string) => book.all(placeKind).find((kept) => kept.id === id);
  expect(placeLine(village, '2026-11-24', find).map(({ id }) => id)).toEqual([village, council, taluka]);
  expect(book.get(placeKind, village).body.deh).toBe(deh);
  expect(book.refusal('places.add', place('village', 'Bago', deh))).toBe('places.does-not-stand-under');
  expect(book.refusal('places.add', place('deh', 'Bago', council))).toBe('places.does-not-stand-under');
  expect(book.refusal('places.add', place('village', 'Bago', council, { deh: village }))).toBe('places.not-a-deh');
  expect(book.refusal('places.add', place('union-council', 'Bago', taluka, { deh }))).toBe('places.no-deh-here');
});

test('Kambar, Qambar and Qamber-Shahdadkot are one place to whoever looks for it', () => {
  const key = searchKey('Qambar-Shahdadkot', 'قمبر-شهدادڪوٽ', 'Kambar Shahdad Kot');
  for (const typed of ['Kambar', 'Qambar', 'qamber shahdadkot', 'Kambar Shahdadkot', 'قمبر'])
    expect(findIn(key, searchKey(typed)), typed).toBeGreaterThan(0);
  expect(findIn(key, searchKey('Larkana'))).toBe(0);
});

test('a second village of a name, or of an alias, in one union council is written and flagged', () => {
  const book = office();
  const council = book.made('places.add', place('union-council', 'Dhori', null));
  const other = book.made('places.add', place('union-council', 'Hazawah', null));
  book.made('places.add', place('village', 'Kandri', council, { aliases: ['Kundri'] }));
  book.made('places.add', place('village', 'KUNDRI', other));
  expect(book.flags()).toEqual([]);
  book.made('places.add', place('village', 'Kundri', council, { sure: true }));
  expect(book.flags()).toEqual([]);
  book.made('places.add', place('village', 'kundri ', council));
  expect(book.flags()).toEqual(['places.same-name']);
});

test('a village that got another name is still found by the old one', () => {
  const book = office();
  const council = book.made('places.add', place('union-council', 'Dhori', null));
  const village = book.made('places.add', place('village', 'Kandri', council));
  book.made('places.rename', { place: village, names: { en: 'Kandri Sharif', sd: 'ڪنڌري شريف', ur: null } });
  book.made('places.add-alias', { place: village, alias: 'Kundri' });
  book.made('places.add-alias', { place: village, alias: 'kundri' });
  expect(book.get(placeKind, village).body.aliases).toEqual(['Kandri', 'Kundri']);
  expect(book.flags()).toEqual([]);
});

test('a union council that went to another taluka stood in the old one until that day', () => {
  const book = office();
  const qambar = book.made('places.add', place('taluka', 'Qambar', null));
  const warah = book.made('places.add', place('taluka', 'Warah', null));
  const council = book.made('places.add', place('union-council', 'Dhori', qambar));
  book.made('places.move', { place: council, parent: warah, from: '2020-07-01' });
  const moved = book.get(placeKind, council).body;
  expect(['2020-06-30', '2020-07-01', '2026-01-01'].map((on) => parentOn(moved, on))).toEqual([qambar, warah, warah]);
  expect(book.refusal('places.move', { place: council, parent: qambar, from: '2020-07-01' })).toBe(
    'places.moved-later',
  );
  expect(book.refusal('places.move', { place: council, parent: qambar, from: '2026-11-25' })).toBe(
    'places.day-to-come',
  );
  expect(book.refusal('places.move', { place: council, parent: council, from: '2026-01-01' })).toBe(
    'places.does-not-stand-under',
  );
});

test('a village that is closed takes no new settlement, and keeps the ones it has', () => {
  const book = office();
  const village = book.made('places.add', place('village', 'Kandri', null));
  const settlement = book.made('places.add', place('settlement', 'Para', village));
  book.made('places.close', { place: village, on: '2026-11-01' });
  expect(book.refusal('places.add', place('settlement', 'Another', village))).toBe('places.parent-closed');
  expect(book.get(placeKind, settlement).body.parent).toBe(village);
});

test('a code read wrongly is put right; the code of another list leaves the old one beside it', () => {
  const book = office();
  const village = book.made('places.add', place('village', 'Kandri', null));
  const set = (value: string, list: string) => book.made('places.set-code', { place: village, code: { value, list } });
  const stands = () => {
    const { code, formerCodes } = book.get(placeKind, village).body;
    return [code?.value, ...(formerCodes ?? []).map(({ value }) => value)];
  };
  set('70911', 'census 2017');
  set('70901', 'census 2017');
  expect(stands()).toEqual(['70901']);
  set('PK70901', 'COD 2023');
  expect(stands()).toEqual(['PK70901', '70901']);
  // The older list is corrected once more: no list stands there twice.
  set('70909', 'census 2017');
  expect(stands()).toEqual(['70909', 'PK70901']);
  expect(book.refusal('places.set-code', { place: village, code: { value: ' ', list: 'census' } })).toBe(
    'book.bad-form',
  );
});

test('where a village lies is written as a map says it, no finer than a hundred metres, and can be taken away', () => {
  const book = office();
  const village = book.made('places.add', place('village', 'Kandri', null));
  const position = parsePosition('27.58914, 68.00077');
  expect(position).toEqual({ north: 27_589, east: 68_001 });
  book.made('places.locate', { place: village, position });
  expect(formatPosition(book.get(placeKind, village).body.position as Position)).toBe('27.589, 68.001');
  book.made('places.locate', { place: village, position: null });
  expect(book.get(placeKind, village).body.position).toBeNull();
});

test('two numbers are read in any digits; east before north, or a place at sea, is not taken', () => {
  const known = { north: 27_500, east: 68_250 };
  for (const typed of ['27.5,68.25', ' 27.5 68.25 ', '۲۷.۵، ۶۸.۲۵', '27.5° N, 68.25° E'])
    expect(parsePosition(typed), typed).toEqual(known);
  for (const typed of ['68.25, 27.5', '27.5', '', '24.8, 60.1', '0, 0', 'Kandri'])
    expect(parsePosition(typed), typed).toBeNull();
});

test('what is written of a position is read again', () => {
  const north = fc.integer({ min: 23_500, max: 37_100 });
  const east = fc.integer({ min: 60_800, max: 77_900 });
  fc.assert(
    fc.property(fc.record({ north, east }), (position) => {
      expect(parsePosition(formatPosition(position))).toEqual(position);
    }),
  );
});

test('only a bearer of the LSO changes its places', () => {
  const book = office();
  const village = place('village', 'Kandri', null);
  expect(book.refusal('places.add', village, { grants: [grant('vo-bearer', owner)] })).toBe('access.not-allowed');
  expect(book.refusal('places.add', village, { grants: [grant('lso-bearer', owner)] })).toBeNull();
});

test('no order of adding and moving makes a place stand below itself', () => {
  const level = fc.constantFrom(...placeLevels);
  const steps = fc.array(fc.tuple(level, fc.nat(20), fc.nat(20), fc.boolean()), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (said) => {
      const book = office();
      const made: string[] = [];
      for (const [level, a, b, moves] of said) {
        const [one, other] = [made[a % (made.length || 1)] ?? null, made[b % (made.length || 1)] ?? null];
        if (moves && one && other) book.say('places.move', { place: one, parent: other, from: '2026-01-01' });
        else {
          const added = book.say('places.add', place(level, `${level} ${made.length}`, one));
          if (added.state !== 'refused') made.push(added.id);
        }
      }
      const all = book.all(placeKind);
      for (const { id, body } of all) {
        const line = placeLine(id, '2026-11-24', (at) => all.find((kept) => kept.id === at));
        expect(line.length).toBeLessThanOrEqual(7);
        const parent = all.find((kept) => kept.id === body.parent);
        if (parent) expect(standsUnder(body.level, parent.body.level)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
