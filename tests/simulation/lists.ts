/*
 * Lists that come in from files, in a history: each from a seat of its own, announced first, row by row; and one that came before is
 * taken back by the operator, as far as nobody has built on it.
 */
import fc from 'fast-check';
import { importedKinds, mostTakenBack } from '../../src/network/exchange/import-record.ts';
import type { AnyKept } from '../../src/platform/book/decide.ts';
import type { Proposals, Sight } from '../../src/platform/book/proposal.arbitrary.ts';

export type ListStep = { readonly do: 'list'; readonly luck: number };

export const listStep: fc.Arbitrary<ListStep> = fc.record({
  do: fc.constant('list' as const),
  luck: fc.nat({ max: 2_000_000_000 }),
});

type Row = readonly [command: string, input: unknown];

const rowsOf = {
  places: 'places.add',
  organizations: 'organizations.form',
  households: 'people.enter-household',
  people: 'people.enter-person',
  donors: 'blood-donors.enlist',
} as const;

/** A list of a few rows, with its announcement before and its end after them. */
export function aList(
  proposals: Proposals,
  sight: Sight,
  seat: number,
  owner: string,
  chance: () => number,
): readonly Row[] {
  const lists = Object.keys(rowsOf) as (keyof typeof rowsOf)[];
  const list = lists[Math.floor(chance() * lists.length)] as keyof typeof rowsOf;
  const command = rowsOf[list];
  const rows = Array.from({ length: 1 + Math.floor(chance() * 4) }, (): Row => {
    const arbitrary = proposals[command]?.(sight) as fc.Arbitrary<unknown>;
    return [command, fc.sample(arbitrary, { seed: Math.floor(chance() * 2_000_000_000), numRuns: 1 })[0]];
  });
  return [
    ['exchange.begin-import', { list, broughtBy: null, leaveOf: null, rows: rows.length, leftOut: 0, owner }],
    ...rows,
    ['exchange.finish-import', { import: `${seat}-1`, entered: rows.length }],
  ];
}

/** What takes a list back: all that its seat has made and that no page of others names. */
export function takenBack(records: readonly AnyKept[], seat: number): readonly Row[] {
  const isOwn = ({ id }: AnyKept) => id.startsWith(`${seat}-`);
  const others = records.filter((record) => !isOwn(record)).map(({ scope, body }) => JSON.stringify([scope, body]));
  const free = records.filter(
    (record) =>
      isOwn(record) && importedKinds.has(record.kind) && !others.some((text) => text.includes(`"${record.id}"`)),
  );
  const stayed = records.filter((record) => isOwn(record) && importedKinds.has(record.kind)).length - free.length;
  return [
    ['exchange.take-back', { records: free.slice(0, mostTakenBack).map(({ kind, id }) => ({ kind, id })) }],
    ['exchange.finish-taking-back', { import: `${seat}-1`, stayed }],
  ];
}
