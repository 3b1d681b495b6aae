import { expect, test } from 'vitest';
import type { Kept } from '../../platform/book/kind.ts';
import { type Emergency, emergencyKind, whereToGo, whoIsComing } from './emergency.ts';
import { type Facility, inSeekingOrder } from './facility.ts';
import { asksForTestCall, inCallingOrder, type Provider, providerCallRule } from './provider.ts';

const rule = providerCallRule.shipped.value;
const names = (en: string) => ({ en, sd: null, ur: null });

function provider(id: string, over: Partial<Provider>): Kept<Provider> {
  const body: Provider = {
    names: names(id),
    type: 'trust',
    number: '1122',
    free: true,
    order: 1,
    vo: null,
    owner: '1-1',
    lastWorkedOn: null,
    lastFailedOn: null,
    failures: 0,
    ...over,
  };
  return { id, kind: 'provider', scope: '1-1', version: 1, body };
}

test('providers are called in the office’s order, those who fail at the end, a neighbour in his own village only', () => {
  const list = [
    provider('9-1', { order: 1, failures: 2 }),
    provider('9-2', { order: 2 }),
    provider('9-3', { order: 3, vo: '2-4' }),
    provider('9-4', { order: 3, vo: '2-5' }),
  ];
  expect(inCallingOrder(list, '2-4', rule).map(({ id }) => id)).toEqual(['9-2', '9-3', '9-1']);
});

test.each([
  [null, true],
  ['2026-11-20', false],
  ['2026-09-25', false],
  ['2026-09-24', true],
])('a number that last worked on %s asks for a test call: %s', (lastWorkedOn, asks) => {
  expect(asksForTestCall(provider('9-1', { lastWorkedOn }).body, '2026-11-24', rule)).toBe(asks);
});

test('a hospital where staff was seen stands first, one without last', () => {
  const facility = (id: string, seen: Facility['seen']): Kept<Facility> => ({
    id,
    kind: 'facility',
    scope: '1-1',
    version: 1,
    body: { names: names(id), type: 'private', number: null, where: null, owner: '1-1', seen },
  });
  const list = [
    facility('8-1', { staff: 'no', night: true, at: 5 }),
    facility('8-2', null),
    facility('8-3', { staff: 'yes', night: true, at: 3 }),
    facility('8-4', { staff: 'yes', night: false, at: 4 }),
  ];
  expect(inSeekingOrder(list).map(({ id }) => id)).toEqual(['8-4', '8-3', '8-2', '8-1']);
});

const night: Emergency = {
  type: 'delivery',
  patient: null,
  vo: null,
  village: null,
  owner: '1-1',
  openedAt: 0,
  openedOn: '2026-11-24',
  openedBy: null,
  bookPage: null,
  callList: null,
  calls: [],
  visits: [],
  support: [],
  outcome: null,
};

test('who said that he comes and then failed is no longer coming', () => {
  const call = (who: string, answer: 'coming' | 'no-answer') => ({
    provider: who,
    answer,
    minutes: null,
    by: null,
    at: 0,
  });
  expect(whoIsComing({ ...night, calls: [call('9-1', 'coming'), call('9-1', 'no-answer')] })).toBeNull();
  expect(whoIsComing({ ...night, calls: [call('9-1', 'no-answer'), call('9-2', 'coming')] })?.provider).toBe('9-2');
  const visits = [
    { facility: '8-1', staff: 'yes' as const, by: null, at: 0 },
    { facility: '8-1', staff: 'no' as const, by: null, at: 1 },
  ];
  expect(whereToGo({ ...night, visits })).toBeNull();
});

test('an outcome is worth one person given blood and one family carried; telling it again is worth no more', () => {
  const outcome = {
    ending: 'safe',
    bloodGiven: true,
    carriedBy: '9-1',
    facility: null,
    on: '2026-11-25',
    carrier: 'trust',
    toldBy: null,
  } as const;
  expect(emergencyKind.measure({ ...night, outcome })).toEqual([
    { figure: 'emergencies', by: { type: 'delivery' }, on: '2026-11-24', count: 1 },
    { figure: 'people-given-blood', on: '2026-11-25', count: 1 },
    { figure: 'families-carried', by: { provider: 'trust' }, on: '2026-11-25', count: 1 },
  ]);
  expect(emergencyKind.measure({ ...night, outcome: { ...outcome, bloodGiven: false, carrier: null } })).toHaveLength(
    1,
  );
});
