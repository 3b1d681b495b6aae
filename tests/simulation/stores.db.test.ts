import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '../../src/cli/verify.ts';
import { chainStart } from '../../src/platform/book/chain.ts';
import type { BookStore, SeatState } from '../../src/platform/book/server/book-store.ts';
import { memoryStore } from '../../src/platform/book/server/memory-store.ts';
import { postgresStore } from '../../src/platform/book/server/postgres-store.ts';
import { fromColumns } from '../../src/platform/sync/columns.ts';
import { answerSync, type SyncContext } from '../../src/platform/sync/server/answer-sync.ts';
import { pushLines } from '../../src/platform/sync/server/push.ts';
import { registers } from '../../src/server/wings.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Heard, runHistory } from './history.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database?.close());

const seats = [
  { seat: 1, office: 10, person: null, nature: 'import' },
  { seat: 2, office: 2, person: null, nature: 'import' },
  ...[3, 4, 5].map((line, i) => ({ seat: 10 + i, office: 10, person: `1-${line + 1}`, nature: 'person' as const })),
] as const;

/** Asks a store all that a history asked, by the same clock and the same salts. */
async function replay(store: BookStore, seatOf: (seat: number) => Promise<SeatState>, heard: readonly Heard[]) {
  let clock = 0;
  let salts = 0;
  const context: SyncContext = {
    registers,
    store,
    now: () => clock,
    salt: () => {
      salts += 1;
      return `salt ${salts}`;
    },
    rules: () => [],
    report: (error) => {
      throw error;
    },
    unseal: async () => null,
    grantsOf: async () => [],
    isUrgent: async () => false,
    officeOfSeat: async () => 10,
  };
  const answers: unknown[] = [];
  for (const ask of heard) {
    clock = ask.at;
    if (ask.what === 'import') answers.push(await pushLines(context, ask.office, ask.seat, ask.lines));
    else {
      const request = { ...ask.request, epoch: await store.epoch() };
      answers.push(await answerSync(context, await seatOf(ask.seat), request));
    }
  }
  return answers;
}

/** Columns in the order of their kinds and records: stores may list records of one sequence in any order. */
function inOrder(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value) => {
      if (key === 'figures') return [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      if (key === 'leaves') return [...value].sort();
      if (key === 'records')
        return fromColumns(value).sort((a, b) => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1));
      return value;
    }),
  );
}

test('PostgreSQL answers a whole history as memory does, and its books verify', async () => {
  for (const seed of [3, 11]) {
    const heard: Heard[] = [];
    const { faults } = await runHistory({ seed, restores: false, listen: (ask) => heard.push(structuredClone(ask)) });
    expect(faults).toEqual([]);

    const memory = memoryStore('first');
    memory.addBook(2, null);
    memory.addBook(10, 2);
    for (const seat of seats) memory.addSeat(seat);

    const { owner, app } = database;
    await owner.query(
      'TRUNCATE installation, books, seats, enrolments, sessions, users, entries, records, record_keys, departures, figures, reaches, reach_versions CASCADE',
    );
    await owner.query("INSERT INTO installation (epoch_number, epoch_name, sealing_key) VALUES (1, 'first', '{}')");
    for (const [office, above] of [
      [2, null],
      [10, 2],
    ])
      await owner.query("INSERT INTO books (office, above, tier, names, head) VALUES ($1, $2, 'lso', '{}', $3)", [
        office,
        above,
        chainStart,
      ]);
    for (const { seat, office, person, nature } of seats)
      await owner.query(
        'INSERT INTO seats (seat, office, person, nature) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4)',
        [seat, office, person, nature],
      );
    const rows = async (seat: number) =>
      (
        await owner.query<SeatState>(
          'SELECT seat, office, person, nature, last_line AS "lastLine", closed FROM seats WHERE seat = $1',
          [seat],
        )
      ).rows[0] as SeatState;

    const byMemory = await replay(memory, async (seat) => memory.seat(seat) as SeatState, heard);
    const byPostgres = await replay(postgresStore(app), rows, heard);
    for (const [i, answer] of byPostgres.entries())
      expect(inOrder(answer), `answer ${i}`).toEqual(inOrder(byMemory[i]));
    expect(heard.length).toBeGreaterThan(40);

    const verified = await verifyBooks(owner);
    expect(verified.map(({ faults }) => faults)).toEqual([[], []]);

    // A wrong byte in the chain: `otaq verify` names the line.
    await owner.query(
      "UPDATE entries SET body = replace(body, 'Trust', 'Truss') WHERE office = 10 AND body LIKE '%Trust%'",
    );
    const [, spoiled] = await verifyBooks(owner);
    expect(spoiled?.faults[0]).toMatch(/^entry \d+ .*its words are not those that were hashed/);
  }
}, 60_000);
