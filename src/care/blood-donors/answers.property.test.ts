import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answers, type Call, standingAnswers, tally } from './answers.ts';

const anyCall: fc.Arbitrary<Call> = fc.record({
  donor: fc.constantFrom('7-1', '7-2', '7-3'),
  answer: fc.constantFrom(...answers),
  by: fc.constantFrom('1-1', '1-2'),
  at: fc.integer({ min: 0, max: 1000 }),
});
const anyCalls = fc.array(anyCall, { maxLength: 20 });
const withoutUndoing = anyCalls.map((calls) => calls.filter(({ answer }) => answer !== 'not-arrived'));

test('writing an answer again, on any phone, counts nothing twice', () => {
  fc.assert(
    fc.property(anyCalls, fc.integer({ min: 1, max: 9 }), (calls, bottles) => {
      const twice = calls.flatMap((call) => [call, { ...call, by: '1-9' }]);
      expect(tally(twice, bottles)).toEqual(tally(calls, bottles));
    }),
  );
});

test('in whatever order two phones are heard, the same donors have arrived', () => {
  fc.assert(
    fc.property(withoutUndoing, withoutUndoing, (first, second) => {
      const arrived = (calls: readonly Call[]) =>
        [...standingAnswers(calls)].flatMap(([donor, answer]) => (answer === 'arrived' ? [donor] : [])).sort();
      expect(arrived([...second, ...first])).toEqual(arrived([...first, ...second]));
    }),
  );
});

test('no more have arrived than there are donors, and maybe brings nobody', () => {
  fc.assert(
    fc.property(anyCalls, (calls) => {
      const { arrived, coming, stillToFind } = tally(calls, 3);
      expect(arrived + coming).toBeLessThanOrEqual(new Set(calls.map(({ donor }) => donor)).size);
      expect(stillToFind).toBe(Math.max(0, 3 - arrived - coming));
    }),
  );
  const maybe = [{ donor: '7-1', answer: 'maybe', by: null, at: 0 } as const];
  expect(tally(maybe, 2)).toEqual({ arrived: 0, coming: 0, stillToFind: 2 });
});

test('an arrival is undone only by saying that it was none', () => {
  const arrived = { donor: '7-1', answer: 'arrived', by: null, at: 0 } as const;
  expect(standingAnswers([arrived, { ...arrived, answer: 'no' }]).get('7-1')).toBe('arrived');
  expect(standingAnswers([arrived, { ...arrived, answer: 'not-arrived' }]).get('7-1')).toBe('not-arrived');
});
