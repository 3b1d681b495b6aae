import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecidedBook, grant } from '../../../tests/support/decided-book.ts';
import { addDays } from '../../kernel/plain-date.ts';
import { registersOf } from '../../platform/book/command.ts';
import { countOf } from '../../platform/book/figures.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { byLawsKind, byLawsOn, byLawsRule, type Settings, sizeConcern } from './by-laws.ts';
import { lsoProfile } from './lso-profile.ts';
import { historyOf, type Organization, organizationKind, stands, statusOn, type Tier } from './organization.ts';
import { organizationsRegister } from './register.ts';

function form(tier: Tier, parent: string | null, over: Partial<Organization> = {}) {
  return {
    tier,
    names: { en: tier, sd: null, ur: null },
    number: null,
    place: null,
    parent,
    of: 'women',
    formedOn: '2017-10-30',
    status: 'active',
    ...over,
  };
}
function office() {
  const book = new DecidedBook(registersOf([bookRegister, organizationsRegister]));
  const lso = book.made('organizations.form', form('lso', null));
  const vo = book.made('organizations.form', form('vo', lso, { number: 1 }));
  return { book, lso, vo };
}
const on = '2026-11-24';

test('a CO belongs to a VO, or to the LSO while its village has none; nothing belongs to a CO', () => {
  const { book, lso, vo } = office();
  const co = book.made('organizations.form', form('co', vo));
  book.made('organizations.form', form('co', lso));
  expect(book.refusal('organizations.form', form('vo', vo))).toBe('organizations.does-not-stand-below');
  expect(book.refusal('organizations.form', form('co', co))).toBe('organizations.does-not-stand-below');
  expect(book.refusal('organizations.form', form('lso', null))).toBe('organizations.has-a-root');
  expect(book.refusal('organizations.form', form('co', vo, { formedOn: '2026-11-25' }))).toBe(
    'organizations.day-to-come',
  );
});

test('a bearer of the LSO forms a CO below her own VO herself, and one of another office does not', () => {
  const { book, lso, vo } = office();
  const grants = [grant('lso-bearer', lso)];
  expect(book.refusal('organizations.form', form('co', vo), { grants })).toBeNull();
  expect(book.refusal('organizations.form', form('co', vo), { grants: [grant('lso-bearer', '9-9')] })).toBe(
    'access.out-of-reach',
  );
  expect(book.refusal('organizations.form', form('co', vo), { grants: [grant('vo-bearer', vo)] })).toBe(
    'access.not-allowed',
  );
});

test('two VOs of one number are both written, and somebody looks', () => {
  const { book, lso } = office();
  book.made('organizations.form', form('vo', lso, { number: 2 }));
  expect(book.flags()).toEqual([]);
  book.made('organizations.form', form('vo', lso, { number: 1 }));
  expect(book.flags()).toEqual(['organizations.same-number']);
});

test('a CO that rests and meets again is counted throughout; one that is dissolved until that day', () => {
  const { book, vo } = office();
  const co = book.made('organizations.form', form('co', vo, { formedOn: '2018-01-01' }));
  const change = (status: string, day: string) =>
    book.made('organizations.change-status', { organization: co, status, on: day });
  change('dormant', '2019-01-01');
  change('active', '2020-01-01');
  change('dissolved', '2021-01-01');
  const count = (day: string, status?: string) =>
    countOf(book.cells(), { figure: 'organizations', by: { tier: 'co', ...(status && { status }) }, to: day });
  expect(['2017-12-31', '2018-01-01', '2019-06-01', '2020-06-01', '2021-01-01'].map((day) => count(day))).toEqual([
    0, 1, 1, 1, 0,
  ]);
  expect(count('2019-06-01', 'dormant')).toBe(1);
  expect(count('2020-06-01', 'dormant')).toBe(0);
  const organization = book.get(organizationKind, co).body;
  expect(['2017-01-01', '2019-06-01', '2022-01-01'].map((day) => statusOn(organization, day))).toEqual([
    null,
    'dormant',
    'dissolved',
  ]);
  expect(book.refusal('organizations.change-status', { organization: co, status: 'active', on: '2020-06-01' })).toBe(
    'organizations.changed-since',
  );
});

test('a VO dissolved over the heads of its COs is flagged, and the office itself cannot be', () => {
  const { book, lso, vo } = office();
  book.made('organizations.form', form('co', vo));
  book.made('organizations.change-status', { organization: vo, status: 'dissolved', on });
  expect(book.flags()).toEqual(['organizations.still-has-below']);
  expect(book.refusal('organizations.form', form('co', vo))).toBe('organizations.parent-gone');
  expect(book.refusal('organizations.change-status', { organization: lso, status: 'dissolved', on })).toBe(
    'organizations.root-stays',
  );
});

test('the day of formation is corrected in the history too, and never past what came after', () => {
  const { book, vo } = office();
  const co = book.made('organizations.form', form('co', vo, { formedOn: '2018-05-01' }));
  book.made('organizations.change-status', { organization: co, status: 'dormant', on: '2019-01-01' });
  book.made('organizations.correct', { organization: co, saw: 2, fields: { formedOn: '2018-02-01' } });
  expect(historyOf(book.get(organizationKind, co).body)[0]).toEqual({ status: 'active', on: '2018-02-01' });
  expect(book.refusal('organizations.correct', { organization: co, saw: 3, fields: { formedOn: '2019-02-01' } })).toBe(
    'organizations.changed-since',
  );
  expect(book.cells()).toEqual(expect.arrayContaining([...book.recount()]));
});

test('whatever statuses follow each other, the figures equal a recount of who stands on each day', () => {
  const step = fc.record({
    which: fc.nat(5),
    status: fc.constantFrom('active', 'dormant', 'dissolved'),
    day: fc.nat(60),
    correct: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const { book, vo } = office();
      const cos = Array.from({ length: 5 }, (_, i) =>
        book.made('organizations.form', form('co', vo, { formedOn: addDays('2026-01-01', i * 3) })),
      );
      for (const { which, status, day, correct } of steps) {
        const organization = cos[which % cos.length] as string;
        const day1 = addDays('2026-01-01', day);
        if (correct)
          book.say('organizations.correct', { organization, saw: 1, fields: { formedOn: day1, of: 'mixed' } });
        else book.say('organizations.change-status', { organization, status, on: day1 });
      }
      const kept = book.all(organizationKind).map(({ body }) => body);
      for (let day = 0; day <= 61; day += 1) {
        const to = addDays('2026-01-01', day);
        const standing = kept.filter((one) => one.tier === 'co' && stands(statusOn(one, to) ?? 'dissolved')).length;
        expect(countOf(book.cells(), { figure: 'organizations', by: { tier: 'co' }, to })).toBe(standing);
      }
      const key = (cells: ReturnType<typeof book.recount>) =>
        cells.map(({ figure, by, period, count }) => `${figure} ${by} ${period} ${count}`).sort();
      expect(key(book.cells())).toEqual(key(book.recount()));
    }),
    { numRuns: 60 },
  );
});

const settings: Settings = {
  meets: 'fortnightly',
  quorumPercent: 60,
  termMonths: 24,
  leastMembers: 12,
  mostMembers: 30,
  representatives: null,
  executiveMembers: null,
};

test('by-laws hold from their day on; before it, those of the rule do', () => {
  const { book, vo } = office();
  const co = book.made('organizations.form', form('co', vo));
  book.made('organizations.set-by-laws', { organization: co, from: '2026-01-01', settings, source: 'Resolution 3' });
  book.made('organizations.set-by-laws', {
    organization: co,
    from: '2026-06-01',
    settings: { ...settings, quorumPercent: 70 },
    source: 'Resolution 9',
  });
  const shipped = { settings: byLawsRule.shipped.value.co, source: byLawsRule.shipped.source };
  const quorum = (day: string) => byLawsOn(book.all(byLawsKind), shipped, day).settings.quorumPercent;
  expect([quorum('2025-12-31'), quorum('2026-01-01'), quorum('2026-06-01')]).toEqual([null, 60, 70]);
  book.made('organizations.set-by-laws', {
    organization: co,
    from: '2026-06-01',
    settings: { ...settings, quorumPercent: 66 },
    source: 'Resolution 9, read again',
  });
  expect(quorum('2026-06-01')).toBe(66);
  expect(book.all(byLawsKind)).toHaveLength(2);
});

test('a CO of 31 households is more than its by-laws hold, one of 20 is right, one of 9 too small', () => {
  const { co } = byLawsRule.shipped.value;
  expect(sizeConcern(31, co)).toEqual({ code: 'organizations.too-many', params: { count: 31, bound: 25 } });
  expect(sizeConcern(20, co)).toBeNull();
  expect(sizeConcern(9, co)?.code).toBe('organizations.too-few');
  expect(sizeConcern(0, co)).toBeNull();
  expect(sizeConcern(31, settings)?.params.bound).toBe(30);
});

test('told households follow each other in whatever order they are told: on each day the number of that day', () => {
  const tellings = fc.array(
    fc.tuple(
      fc.nat(20),
      fc.option(fc.record({ total: fc.integer({ min: 50, max: 90 }), organized: fc.integer({ min: 0, max: 50 }) })),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(tellings, (said) => {
      const { book, lso } = office();
      const naive = new Map<number, number>();
      for (const [day, told] of said) {
        book.made('organizations.tell-households', {
          organization: lso,
          on: addDays('2026-01-01', day),
          told: told && { ...told, source: 'President' },
        });
        naive.set(day, told?.total ?? 0);
      }
      for (let day = 0; day <= 21; day += 1) {
        const days = [...naive.keys()].filter((candidate) => candidate <= day);
        const expected = days.length === 0 ? 0 : naive.get(Math.max(...days));
        expect(lsoProfile(book.cells(), addDays('2026-01-01', day)).households.count).toBe(expected);
      }
    }),
    { numRuns: 60 },
  );
});

test('more households organized than there are is a slip', () => {
  const { book, lso } = office();
  const told = { total: 100, organized: 101, source: 'President' };
  expect(book.refusal('organizations.tell-households', { organization: lso, on, told })).toBe(
    'organizations.more-organized-than-all',
  );
});
