import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecidedBook } from '../../../tests/support/decided-book.ts';
import { registersOf } from '../../platform/book/command.ts';
import { cellsOf, type Fact } from '../../platform/book/figures.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { organizationsRegister } from '../organizations/register.ts';
import { type CutOffSheet, cutOffSheetKind, openingOf } from './cut-off-sheet.ts';
import { originsOf } from './origins.ts';
import { officeRegister } from './register.ts';

function office() {
  const book = new DecidedBook(registersOf([bookRegister, organizationsRegister, officeRegister]));
  const form = (tier: string, parent: string | null) =>
    book.made('organizations.form', {
      tier,
      names: { en: tier, sd: null, ur: null },
      number: null,
      place: null,
      parent,
      of: 'women',
      formedOn: '2017-10-30',
      status: 'active',
    });
  const lso = form('lso', null);
  const vo = form('vo', lso);
  return { book, lso, vo, co: form('co', vo) };
}

const carried = { figure: 'people-given-blood', until: '2024-09-01', bookPage: '12', toldBy: 'Shabana' };

test('102 people given blood: 60 from the old book, 2 as told, 40 from records, and the report says which', () => {
  const { book, lso } = office();
  book.made('office.carry-forward', { ...carried, count: 60, owner: lso });
  book.made('office.estimate', {
    figure: 'people-given-blood',
    count: 2,
    on: '2024-10-01',
    leader: '1-1',
    names: { en: 'Nasreen', sd: null, ur: null },
    owner: lso,
  });
  const counted: Fact[] = [{ figure: 'people-given-blood', on: '2025-01-05', count: 40 }];
  const origins = originsOf([...book.cells(), ...cellsOf(counted)], { figure: 'people-given-blood' });
  expect(origins).toEqual({ counted: 40, carriedForward: 60, estimated: 2, total: 102 });
});

test('the three origins always add up to the whole, whichever months are asked for', () => {
  const fact = fc.record({
    origin: fc.constantFrom(undefined, 'carried-forward', 'estimated'),
    month: fc.integer({ min: 1, max: 12 }),
    sex: fc.constantFrom('f', 'm'),
    count: fc.integer({ min: 1, max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(fact), fc.integer({ min: 1, max: 12 }), (facts, month) => {
      const two = (number: number) => String(number).padStart(2, '0');
      const cells = cellsOf(
        facts.map(({ origin, month, sex, count }) => ({
          figure: 'enrolled',
          by: { sex, ...(origin && { origin }) },
          on: `2026-${two(month)}-10`,
          count,
        })),
      );
      const to = `2026-${two(month)}`;
      const { counted, carriedForward, estimated, total } = originsOf(cells, { figure: 'enrolled', to });
      const within = facts.filter((one) => one.month <= month);
      const sum = (origin?: string) =>
        within.filter((one) => one.origin === origin).reduce((all, { count }) => all + count, 0);
      expect([counted, carriedForward, estimated]).toEqual([sum(), sum('carried-forward'), sum('estimated')]);
      expect(counted + carriedForward + estimated).toBe(total);
    }),
  );
});

test('a figure read wrongly out of the old book is taken back, and one of tomorrow is not written', () => {
  const { book, lso } = office();
  const id = book.made('office.carry-forward', { ...carried, count: 600, owner: lso });
  book.made('office.take-back-figure', { carried: id });
  expect(originsOf(book.cells(), { figure: 'people-given-blood' }).total).toBe(0);
  expect(book.refusal('office.carry-forward', { ...carried, count: 1, until: '2026-11-25', owner: lso })).toBe(
    'office.day-to-come',
  );
  expect(book.refusal('office.carry-forward', { ...carried, count: 1, from: '2024-09-02', owner: lso })).toBe(
    'office.ends-before-it-begins',
  );
});

function sheet(organization: string, over: object = {}) {
  return {
    organization,
    on: '2026-11-01',
    savings: { paisa: 2_350_000, bookPage: '41' },
    loans: { paisa: 1_800_000, bookPage: '12' },
    cash: { paisa: 550_000, bookPage: '41' },
    openResolutions: { count: 2, bookPage: '7' },
    donors: { count: 9, bookPage: '' },
    ...over,
  };
}

test('a CO goes live when its balances have been read aloud, and its sheet stands from then on', () => {
  const { book, co } = office();
  const opening = () => openingOf(book.all<CutOffSheet>(cutOffSheetKind)[0]?.body);
  expect(opening()).toBe('not-begun');
  const id = book.made('office.write-cut-off', sheet(co, { cash: { paisa: 1, bookPage: '1' } }));
  book.made('office.write-cut-off', sheet(co));
  expect(book.all(cutOffSheetKind)).toHaveLength(1);
  expect(opening()).toBe('written');
  const aloud = { sheet: id, on: '2026-11-20', reader: 'Halima', heardBy: 17 };
  book.made('office.read-aloud', aloud);
  book.made('office.read-aloud', { ...aloud, on: '2026-11-22', heardBy: 3 });
  expect(opening()).toBe('live');
  expect(book.get<CutOffSheet>(cutOffSheetKind, id).body.readAloud).toEqual({
    on: '2026-11-20',
    reader: 'Halima',
    heardBy: 17,
  });
  expect(book.refusal('office.write-cut-off', sheet(co))).toBe('office.read-aloud-already');
  expect(book.flags()).toEqual([]);
  const live = book.cells().filter(({ figure }) => figure === 'organizations-live');
  expect(live).toEqual([{ figure: 'organizations-live', by: '', period: '2026-11-20', count: 1 }]);
});

test('loans and cash beyond what was saved are written as read, and somebody looks', () => {
  const { book, co } = office();
  const id = book.made('office.write-cut-off', sheet(co, { loans: { paisa: 5_000_000, bookPage: '12' } }));
  book.made('office.read-aloud', { sheet: id, on: '2026-11-20', reader: 'Halima', heardBy: 17 });
  expect(book.flags()).toEqual(['office.more-out-than-in']);
});

test('a VO has no cut-off sheet, and half a paisa is no money', () => {
  const { book, vo, co } = office();
  expect(book.refusal('office.write-cut-off', sheet(vo))).toBe('office.sheet-of-a-co');
  expect(book.refusal('office.write-cut-off', sheet(co, { cash: { paisa: 0.5, bookPage: '' } }))).toBe('book.bad-form');
});
