import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnyKept } from '../book/decide.ts';
import { fromColumns, toColumns } from './columns.ts';

const anyId = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3 }))
  .map(([seat, line, nth]) => (nth === 1 ? `${seat}-${line}` : `${seat}-${line}.${nth}`));
const anyValue = fc.oneof(
  anyId,
  fc.constant(null),
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom('1-01', '0-1', '1-1.1', 'x'),
  fc.record({ en: fc.constantFrom('Zeba', 'Amina'), sd: fc.constant(null) }),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const anyRecords: fc.Arbitrary<AnyKept[]> = fc.uniqueArray(
  fc.record({
    id: anyId,
    kind: fc.constantFrom('donor', 'person'),
    scope: anyId,
    version: fc.integer({ min: 1, max: 9 }),
    body: fc.dictionary(fc.constantFrom('names', 'owner', 'year', 'at'), anyValue),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);

test('whatever goes into columns and through JSON comes out the same', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const back = fromColumns(JSON.parse(JSON.stringify(toColumns(records))));
      const byId = (list: readonly AnyKept[]) =>
        new Map(list.map((record) => [record.id, JSON.parse(JSON.stringify(record))]));
      expect(byId(back)).toEqual(byId(records));
      expect(back).toHaveLength(records.length);
    }),
  );
});

test('marks of corrections travel with their record', () => {
  const record = { id: '7-2', kind: 'donor', scope: '1-1', version: 3, body: { names: 'x' }, corrected: { names: 3 } };
  const other = { id: '7-10', kind: 'donor', scope: '1-1', version: 1, body: { names: 'y' } };
  expect(fromColumns(toColumns([other, record]))).toEqual([record, other]);
});
