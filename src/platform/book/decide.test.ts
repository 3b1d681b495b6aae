import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../access/purpose.ts';
import { reachOf } from '../access/reach.ts';
import type { Actor, Grant } from '../access/role.ts';
import { type Change, command, correct, create, flag, read, registersOf, update } from './command.ts';
import { type AnyKept, decideLine, type Shelf } from './decide.ts';
import { type Kept, kind } from './kind.ts';
import type { Line } from './line.ts';
import type { RefusalPage } from './notices.ts';

/*
 * A small register of plots of land, so that what the platform promises is tried without any real register.
 */
type Plot = { readonly owner: string; readonly name: string; readonly size: number };
const plotShape = z.object({ owner: z.string(), name: z.string(), size: z.number() });
const plotKind = kind<Plot>({
  kind: 'plot',
  shape: plotShape,
  seenBy: purposes.registers,
  scope: (plot) => plot.owner,
  measure: (plot) => [{ figure: 'acres', on: '2026-11-01', count: plot.size }],
});
const numberKind = kind<{ readonly owner: string }>({
  kind: 'number',
  shape: z.object({ owner: z.string() }),
  seenBy: purposes.contacts,
  scope: (number) => number.owner,
});
const anyone = () => true;
const doing = <T>(name: `plots.${string}`, input: z.ZodMiniType<T>, does: (input: T) => readonly Change[]) =>
  command({ name, nature: 'decision', input, mayRun: anyone, decide: (_pages, said) => accept(does(said)) });
const one = z.strictObject({ id: z.string() });
const registers = registersOf([
  {
    name: 'plots',
    kinds: [plotKind, numberKind],
    commands: [
      doing('plots.add', plotShape, (plot) => [create(plotKind, plot)]),
      doing('plots.give-number', z.strictObject({ owner: z.string() }), (number) => [create(numberKind, number)]),
      // Changes a page that it never asked to read.
      doing('plots.seize', z.strictObject({ id: z.string(), body: plotShape }), ({ id, body }) => [
        update(plotKind, id, body),
      ]),
      command({
        name: 'plots.look',
        nature: 'decision',
        input: one,
        reads: ({ id }) => [read(plotKind, id)],
        mayRun: anyone,
        decide: () => accept([]),
      }),
      command({
        name: 'plots.correct',
        nature: 'decision',
        input: z.strictObject({ id: z.string(), saw: z.number(), fields: z.partial(plotShape) }),
        reads: ({ id }) => [read(plotKind, id)],
        mayRun: anyone,
        decide: (_pages, { id, fields, saw }) => accept([correct(plotKind, id, fields as Partial<Plot>, saw)]),
      }),
      command({
        name: 'plots.flooded',
        nature: 'witness',
        input: one,
        reads: ({ id }) => [read(plotKind, id)],
        mayRun: anyone,
        decide: (_pages, { id }) => accept([flag('plots.out-of-season', { month: 'May' }, id, 'vo-1')]),
      }),
      command({
        name: 'plots.sell',
        nature: 'decision',
        input: one,
        mayRun: ({ grants }) => grants.some(({ role }) => role === 'lso-bearer'),
        decide: () => refuse('plots.not-for-sale', { until: '2027-01-01' }),
      }),
    ],
    tree: { kind: 'organization', parent: () => null },
  },
]);

const tree = new Map<string, string | null>([
  ['lso', null],
  ['vo-1', 'lso'],
  ['vo-2', 'lso'],
  ['co-1', 'vo-1'],
]);
const plots: readonly Kept<Plot>[] = [
  { id: '9-1', kind: 'plot', scope: 'co-1', version: 1, body: { owner: 'co-1', name: 'canal', size: 2 } },
  {
    id: '9-2',
    kind: 'plot',
    scope: 'vo-2',
    version: 3,
    body: { owner: 'vo-2', name: 'well', size: 5 },
    corrected: { name: 3 },
  },
];

function shelfOf(records: readonly AnyKept[], missing: 'none' | 'not-here' = 'none'): Shelf {
  return {
    record: (kindName, id) => records.find((kept) => kept.kind === kindName && kept.id === id) ?? missing,
    page: () => [],
    rules: [],
    tree,
  };
}

function decide(name: string | null, input: unknown, by: readonly Grant[], shelf = shelfOf(plots)) {
  const line: Line = { seat: 7, line: 118, command: name, shape: 0, input, at: Date.UTC(2026, 10, 24), grants: 1 };
  const actor: Actor = { nature: 'person', seat: 7, office: 10, person: 'zeba', grants: by };
  return decideLine(registers, shelf, line, { actor, reach: reachOf('zeba', by, tree) });
}
const leaderOf = (scope: string): Grant[] => [{ role: 'vo-bearer', scope }];
const codeOf = (outcome: ReturnType<typeof decide>) =>
  'refusal' in outcome ? (outcome.refusal?.code ?? null) : outcome.state;

test('a leader of one village may not have a line read a page of another', () => {
  expect(codeOf(decide('plots.look', { id: '9-2' }, leaderOf('vo-1')))).toBe('access.out-of-reach');
  expect(codeOf(decide('plots.look', { id: '9-1' }, leaderOf('vo-1')))).toBeNull();
});

test('nor change one, also where the command never read it', () => {
  const body = { owner: 'vo-1', name: 'well', size: 5 };
  expect(codeOf(decide('plots.seize', { id: '9-2', body }, leaderOf('vo-1')))).toBe('access.out-of-reach');
  expect(codeOf(decide('plots.seize', { id: '9-2', body }, leaderOf('lso')))).toBeNull();
});

test('nor write a page into it', () => {
  expect(codeOf(decide('plots.add', { owner: 'vo-2', name: 'hill', size: 1 }, leaderOf('vo-1')))).toBe(
    'access.out-of-reach',
  );
});

test('a leader above may write down a number that she will not see again; one beside her may not', () => {
  expect(codeOf(decide('plots.give-number', { owner: 'vo-2' }, leaderOf('lso')))).toBeNull();
  expect(codeOf(decide('plots.give-number', { owner: 'vo-2' }, leaderOf('vo-1')))).toBe('access.out-of-reach');
});

test('a refused line writes its refusal and nothing else, owned by the leaders of whoever wrote it', () => {
  const outcome = decide('plots.sell', { id: '9-1' }, [{ role: 'lso-bearer', scope: 'lso' }]);
  if (!('written' in outcome)) throw new Error('undecided');
  expect(outcome.written.map(({ kind: of }) => of)).toEqual(['refusal']);
  const page = outcome.written[0]?.after?.body as RefusalPage;
  expect(page).toMatchObject({ code: 'plots.not-for-sale', matter: '7-118', owner: 'lso', settled: null });
  expect(codeOf(decide('plots.sell', { id: '9-1' }, leaderOf('vo-1')))).toBe('access.not-allowed');
});

test('a form with a field that nobody knows is refused, and the place of the fault is named', () => {
  const outcome = decide('plots.look', { id: '9-1', also: 1 }, leaderOf('lso'));
  expect(codeOf(outcome)).toBe('book.bad-form');
  const wrong = decide('plots.add', { owner: 'vo-1', name: 'hill', size: 'large' }, leaderOf('lso'));
  expect('refusal' in wrong && wrong.refusal?.params).toEqual({ where: 'size' });
});

test('a line that needs what a refused line would have made waits with it as one matter', () => {
  const refused = decide('plots.sell', { id: '9-1' }, [{ role: 'lso-bearer', scope: 'lso' }]);
  const page = 'written' in refused ? (refused.written[0]?.after as AnyKept) : null;
  const outcome = decide('plots.look', { id: '7-118.2' }, leaderOf('lso'), shelfOf([...plots, page as AnyKept]));
  expect('refusal' in outcome && outcome.refusal).toMatchObject({ code: 'book.waits-for-refused', matter: '7-118' });
});

test('a page that the phone does not hold never refuses: the office will confirm', () => {
  expect(decide('plots.look', { id: '9-7' }, leaderOf('lso'), shelfOf(plots, 'not-here')).state).toBe('to-confirm');
  expect(codeOf(decide('plots.look', { id: '9-7' }, leaderOf('lso')))).toBe('book.no-such-page');
});

test('two corrections of different fields merge; of the same field, the later stands and a flag tells both', () => {
  const merged = decide('plots.correct', { id: '9-2', saw: 2, fields: { size: 6 } }, leaderOf('lso'));
  if (!('written' in merged)) throw new Error('undecided');
  expect(merged.state).toBe('accepted');
  expect(merged.written[0]?.after).toMatchObject({
    version: 4,
    body: { name: 'well', size: 6 },
    corrected: { name: 3, size: 4 },
  });
  expect(merged.written[0]?.counts).toEqual([{ figure: 'acres', by: '', period: '2026-11', count: 1 }]);

  const twice = decide('plots.correct', { id: '9-2', saw: 2, fields: { name: 'spring' } }, leaderOf('lso'));
  if (!('written' in twice)) throw new Error('undecided');
  expect(twice.state).toBe('flagged');
  expect(twice.written[0]?.after?.body).toMatchObject({ name: 'spring' });
  expect(twice.written[1]?.after?.body).toMatchObject({
    code: 'book.corrected-twice',
    params: { field: 'name', now: 'spring', before: 'well' },
  });
  // Who had seen the last correction corrects it without a flag.
  expect(decide('plots.correct', { id: '9-2', saw: 3, fields: { name: 'spring' } }, leaderOf('lso')).state).toBe(
    'accepted',
  );
});

test('what happened is written even when it breaks a rule, and the flag stands beside it', () => {
  const outcome = decide('plots.flooded', { id: '9-1' }, leaderOf('vo-1'));
  if (!('written' in outcome)) throw new Error('undecided');
  expect(outcome.state).toBe('flagged');
  expect(outcome.written[0]).toMatchObject({ id: '7-118', kind: 'flag', after: { scope: 'vo-1' } });
});

test('a line that was emptied before it was sent changes nothing and keeps its number', () => {
  expect(decide(null, null, leaderOf('vo-1'))).toEqual({ state: 'accepted', written: [], refusal: null });
});
