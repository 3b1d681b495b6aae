import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canReceive, isRhNegative } from '../../kernel/blood-group.ts';
import { addDays } from '../../kernel/plain-date.ts';
import { donationRules } from './donation-rules.ts';
import { anyDonor, anyRegister, anyRequest, today } from './donor.arbitrary.ts';
import { mayBeCalled } from './eligibility.ts';
import { matchDonors } from './matching.ts';

const rules = donationRules.shipped.value;

test('nobody whose blood cannot be given, who rests, or who gave too lately is offered', () => {
  fc.assert(
    fc.property(anyRegister, anyRequest, (donors, request) => {
      for (const { donor, notNow } of matchDonors(request, donors, today, rules).callable) {
        expect(notNow).toBeNull();
        expect(donor.body.group !== null && canReceive(request.group, donor.body.group)).toBe(true);
        expect(mayBeCalled(donor.body, today, rules).ok).toBe(true);
      }
    }),
  );
});

test('everybody who may be called is offered, once, and every line says why', () => {
  fc.assert(
    fc.property(anyRegister, anyRequest, (donors, request) => {
      const { callable, resting } = matchDonors(request, donors, today, rules);
      const fit = donors.filter(
        ({ body }) =>
          body.group !== null && canReceive(request.group, body.group) && mayBeCalled(body, today, rules).ok,
      );
      expect(new Set(callable.map(({ donor }) => donor.id))).toEqual(new Set(fit.map(({ id }) => id)));
      for (const { reasons } of [...callable, ...resting]) expect(reasons.length).toBeGreaterThan(0);
      expect(resting.some(({ donor }) => donor.body.status === 'withdrawn')).toBe(false);
    }),
  );
});

test('identical groups stand first and O− last where others serve; within a group the nearer first', () => {
  fc.assert(
    fc.property(anyRegister, anyRequest, (donors, request) => {
      const { callable } = matchDonors(request, donors, today, rules);
      const group = callable.map(({ donor }) =>
        donor.body.group === request.group ? 0 : donor.body.group === 'O-' ? 2 : 1,
      );
      expect(group).toEqual([...group].sort((a, b) => a - b));
      const near = callable.map(({ donor: { body } }, i) => {
        const distance = body.village === request.village ? 0 : body.vo === request.vo ? 1 : 2;
        return (group[i] ?? 0) * 10 + distance;
      });
      expect(near).toEqual([...near].sort((a, b) => a - b));
    }),
  );
});

test('the order does not depend on the order in which a phone holds the donors', () => {
  fc.assert(
    fc.property(anyRegister, anyRequest, (donors, request) => {
      const order = (list: typeof donors) =>
        matchDonors(request, list, today, rules).callable.map(({ donor }) => donor.id);
      expect(order([...donors].reverse())).toEqual(order(donors));
    }),
  );
});

test('for a girl or woman who may bear children RhD is never passed over in silence', () => {
  fc.assert(
    fc.property(anyRegister, anyRequest, (donors, request) => {
      const { caution, callable } = matchDonors(request, donors, today, rules);
      const mayBear =
        request.sex !== 'm' && (request.age === null || (request.age >= 0 && request.age <= rules.childBearing.to));
      if (mayBear && isRhNegative(request.group)) {
        expect(caution).toBe('rh-negative-first');
        for (const { donor } of callable) expect(donor.body.group?.endsWith('-')).toBe(true);
      }
      if (request.sex === 'm') expect(caution).toBe('none');
      if (request.sex === 'unknown' && request.age === null) expect(caution).not.toBe('none');
    }),
  );
});

test('a man waits 84 days and a woman 112, to the day', () => {
  fc.assert(
    fc.property(anyDonor, fc.integer({ min: 0, max: 200 }), (donor, days) => {
      const fit = {
        ...donor,
        status: 'active' as const,
        resting: false,
        bornYear: 1990,
        kilograms: 60,
        lastGaveOn: addDays(today, -days),
      };
      const answer = mayBeCalled(fit, today, rules);
      const wait = donor.sex === 'f' ? 112 : 84;
      expect(answer.ok).toBe(days >= wait);
      if (!answer.ok) expect(answer.params.mayGiveOn).toBe(addDays(fit.lastGaveOn, wait));
    }),
  );
});

test.each([
  ['2026-09-01', 'm', '2026-11-23', false],
  ['2026-09-01', 'm', '2026-11-24', true],
  ['2026-08-04', 'f', '2026-11-23', false],
  ['2026-08-04', 'f', '2026-11-24', true],
  ['2024-02-29', 'm', '2024-05-22', false],
  ['2024-02-29', 'm', '2024-05-23', true],
] as const)('gave on %s (%s): on %s called %s', (lastGaveOn, sex, on, called) => {
  const [donor] = fc.sample(anyDonor, { numRuns: 1, seed: 1 });
  if (!donor) throw new Error('no donor');
  const fit = { ...donor, sex, lastGaveOn, status: 'active' as const, resting: false, bornYear: 1990, kilograms: null };
  expect(mayBeCalled(fit, on, rules).ok).toBe(called);
});
