import { expect, test } from 'vitest';
import { donorKind } from '../care/blood-donors/donor.ts';
import { type Emergency, emergencyKind } from '../care/emergencies/emergency.ts';
import { millisecondsPerDay } from '../kernel/plain-date.ts';
import { Copy } from '../platform/book/copy.ts';
import { countOf } from '../platform/book/figures.ts';
import { practiceBook, practiceOffice, practiceSeat } from './practice-book.ts';
import { registers } from './registers.ts';

const now = Date.UTC(2026, 10, 25, 6);

function practised() {
  const book = practiceBook(registers, now);
  const actor = {
    nature: 'person',
    seat: practiceSeat,
    office: practiceOffice,
    person: book.person,
    grants: book.grants,
  };
  const copy = new Copy(registers, actor as ConstructorParameters<typeof Copy>[1]);
  copy.load([{ office: practiceOffice, leaves: [], ...book }], []);
  return { book, copy };
}

test('the practice office is the same for everybody who begins on the same day', () => {
  expect(practiceBook(registers, now)).toEqual(practiceBook(registers, now));
});

test('it has something on every page of the office: donors, a night that is over, homes, COs', () => {
  const { book } = practised();
  const figure = (figure: string) => countOf(book.cells, { figure, to: '2026-11-25' });
  expect([figure('donors'), figure('people-given-blood'), figure('families-carried')]).toEqual([12, 1, 1]);
  expect(figure('households')).toBe(12);
  expect(figure('organizations')).toBeGreaterThan(9);
});

test('a woman who practises may do what a bearer may, and it is decided at once on her phone', () => {
  const { book, copy } = practised();
  const donor = [...copy.all(donorKind)].find(({ body }) => body.group === 'B-');
  const lso = book.grants[0]?.scope;
  const enlisted = copy.decide({
    seat: practiceSeat,
    line: 1,
    command: 'blood-donors.enlist',
    shape: registers.commands.get('blood-donors.enlist')?.upgrades.length ?? 0,
    input: {
      names: { sd: 'عمر', ur: null, en: null },
      parent: { sd: 'راڻو', ur: null, en: null },
      sex: 'm',
      bornYear: 1990,
      kilograms: null,
      group: 'B-',
      groupKnownBy: 'card',
      village: donor?.body.village ?? null,
      vo: donor?.body.vo,
      address: null,
      relay: null,
      number: '03000000999',
      whose: 'own',
      safeToCall: true,
      owner: lso,
      consented: true,
      sure: true,
    },
    at: now,
    grants: 1,
  });
  expect(enlisted.state).toBe('accepted');
});

test('no number in it can be anybody’s: a call that is made by mistake rings nowhere', () => {
  const numbers = JSON.stringify(practised().book.records).match(/\+92\d+|\b0\d{10}\b|\b1122\b/g) ?? [];
  expect(numbers.length).toBeGreaterThan(20);
  for (const number of numbers) expect(number).toMatch(/^(\+92|0)3000000\d{3}$/);
});

test('on another day the night that is over lies as far back: the days move with it', () => {
  const nightOf = (book: ReturnType<typeof practiceBook>) => {
    const night = book.records.find(({ kind }) => kind === emergencyKind.kind);
    return night ? (night.body as Emergency).openedAt : 0;
  };
  const later = practiceBook(registers, now + 200 * millisecondsPerDay);
  expect(nightOf(later) - nightOf(practised().book)).toBe(200 * millisecondsPerDay);
});
