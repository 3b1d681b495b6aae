import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fewest, type OfficeCell, openFigure, type Shown, twelveMonthsTo } from './opened-figure.ts';

const months = ['2026-08', '2026-09', '2026-10', '2026-11'];
const offices = [1, 2, 3];
const counted = fc.array(
  fc.record({
    office: fc.constantFrom(...offices),
    figure: fc.constant('people-given-blood'),
    by: fc.constant(''),
    period: fc.constantFrom(...months),
    count: fc.integer({ min: 1, max: 12 }),
  }),
  { maxLength: 40 },
);

const open = (cells: readonly OfficeCell[]) => openFigure(cells, { figure: 'people-given-blood' }, offices, months);
const hidden = (line: readonly Shown[]) => line.filter((shown) => shown === 'few').length;

test('the district never reads a count of one to four', () => {
  fc.assert(
    fc.property(counted, (cells) => {
      const { counts, officeSums, monthSums, sum } = open(cells);
      for (const shown of [...counts.flat(), ...officeSums, ...monthSums, sum])
        expect(shown === 'few' || shown === 0 || shown >= fewest).toBe(true);
    }),
  );
});

test('no held-back count can be found by subtracting the others from a sum that is shown', () => {
  fc.assert(
    fc.property(counted, (cells) => {
      const { counts, officeSums, monthSums } = open(cells);
      counts.forEach((row, o) => {
        const line = [...row, officeSums[o] as Shown];
        const rest = line.filter((shown) => shown !== 'few' && shown !== 0);
        if (hidden(line) === 1) expect(rest).toEqual([]);
      });
      months.forEach((_, m) => {
        const line = [...counts.map((row) => row[m] as Shown), monthSums[m] as Shown];
        const rest = line.filter((shown) => shown !== 'few' && shown !== 0);
        if (hidden(line) === 1) expect(rest).toEqual([]);
      });
    }),
  );
});

test('what is shown is true', () => {
  fc.assert(
    fc.property(counted, (cells) => {
      const { counts, sum } = open(cells);
      for (const [o, row] of counts.entries())
        for (const [m, shown] of row.entries()) {
          const real = cells
            .filter(({ office, period }) => office === offices[o] && period === months[m])
            .reduce((all, { count }) => all + count, 0);
          expect(shown === 'few' || shown === real).toBe(true);
        }
      if (sum !== 'few') expect(sum).toBe(cells.reduce((all, { count }) => all + count, 0));
    }),
  );
});

test('a stock stands until it is taken off', () => {
  const step = (office: number, period: string, count: number): OfficeCell => ({
    office,
    figure: 'donors',
    by: '',
    period,
    count,
  });
  const { counts, sum } = openFigure(
    [step(1, '2026-08-03', 60), step(1, '2026-10-09', -10), step(2, '2026-09-01', 20)],
    { figure: 'donors' },
    [1, 2],
    months,
  );
  expect(counts).toEqual([
    [60, 60, 50, 50],
    [0, 20, 20, 20],
  ]);
  expect(sum).toBe(70);
});

test('twelve months end with this one and cross the year', () => {
  expect(twelveMonthsTo('2026-03-15')).toEqual([
    '2025-04',
    '2025-05',
    '2025-06',
    '2025-07',
    '2025-08',
    '2025-09',
    '2025-10',
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
    '2026-03',
  ]);
});
