import { afterAll, beforeAll, expect, test } from 'vitest';
import { withKind } from '../../tests/support/changed-measure.ts';
import { donorInput, type SeatInHand, SmallOffice } from '../../tests/support/small-office.ts';
import { donorKind } from '../care/blood-donors/donor.ts';
import { verifyBooks } from '../cli/verify.ts';
import type { Registers } from '../platform/book/command.ts';
import { countOf } from '../platform/book/figures.ts';
import type { AnyKind } from '../platform/book/kind.ts';
import type { BookStore } from '../platform/book/server/book-store.ts';
import { recountBook } from '../platform/book/server/recount.ts';
import { pushLines } from '../platform/sync/server/push.ts';

let office: SmallOffice;
let bearer: SeatInHand;
let vo: SeatInHand;

beforeAll(async () => {
  office = await SmallOffice.open();
  bearer = await office.phoneOf(await office.leader('Shabana', 'lso-bearer', office.lso));
  vo = await office.phoneOf(await office.leader('Zeba', 'vo-bearer', office.vos[0] as string));
  for (const name of ['Rahim', 'Karim', 'Salim', 'Ghulam', 'Noor'])
    expect((await vo.write('blood-donors.enlist', enlisted(name))).state).toBe('accepted');
}, 60_000);
afterAll(() => office?.close());

const enlisted = (name: string) => ({
  ...donorInput(name, `0300${name.length}123456`, office.vos[0] as string, null),
  owner: office.lso,
  sure: true,
});

/** The same registers, in which a donor is worth two where it was one, under another figure. */
function changedRule(registers: Registers): Registers {
  const changed: AnyKind = {
    ...donorKind,
    measured: 2,
    measure: ({ enlistedOn }) => [{ figure: 'arms', from: enlistedOn, until: null, count: 2 }],
  };
  return withKind(registers, changed);
}

const figure = async (name: string) => {
  const answer = await bearer.sync();
  return countOf(answer.pull?.copies[0]?.figures ?? [], { figure: name, to: '2027-12-31' });
};
const verified = async (registers?: Registers) => {
  const book = (await verifyBooks(office.database.owner, registers)).find((each) => each.office === 10);
  return { faults: book?.faults, toRecount: book?.toRecount };
};

/** A store that dies after so many batches of a recount. */
function dyingAfter(store: BookStore, batches: number): BookStore {
  let written = 0;
  return {
    ...store,
    open: (of, work) =>
      store.open(of, (book) =>
        work({
          ...book,
          recount: async (recount) => {
            await book.recount(recount);
            written += 1;
            if (written > batches) throw new Error('the power went');
          },
        }),
      ),
  };
}

test('a rule that has changed is counted again in the office, killed in the middle without harm, and phones hear of it', async () => {
  const { server } = office;
  const newer = changedRule(server.registers);
  const donors = await figure('donors');
  expect(donors).toBeGreaterThanOrEqual(5);
  expect(await verified()).toEqual({ faults: [], toRecount: [] });
  // The new program over figures of the old one: nothing is wrong, and it says what is to be done.
  expect(await verified(newer)).toEqual({ faults: [], toRecount: ['donor'] });

  const { rows: backup } = await office.database.owner.query('SELECT * FROM measures');
  const context = { ...server, registers: newer };
  for (const batches of [0, 1, 2])
    await expect(recountBook({ ...context, store: dyingAfter(server.store, batches) }, 10, 1)).rejects.toThrow('power');
  const half = await verified(newer);
  expect(half).toEqual({ faults: [], toRecount: ['donor'] });

  // A phone writes in the middle of it: what it changes is counted by the new rule, and what it was worth before is taken off.
  const seat = await office.database.owner.query<{ seat: number; last: number }>(
    "SELECT seat, last_line AS last FROM seats WHERE office = 10 AND nature = 'import' ORDER BY seat LIMIT 1",
  );
  const from = seat.rows[0] as { seat: number; last: number };
  const shape = newer.commands.get('blood-donors.enlist')?.upgrades.length ?? 0;
  const line = {
    line: from.last + 1,
    command: 'blood-donors.enlist',
    shape,
    input: enlisted('Aziz'),
    at: office.clock,
    grants: 0,
  };
  expect((await pushLines(context, 10, from.seat, [line])).answers[0]?.state).toBe('accepted');
  expect((await verified(newer)).faults).toEqual([]);

  expect(await recountBook(context, 10, 2)).toBe(1);
  expect(await verified(newer)).toEqual({ faults: [], toRecount: [] });
  expect(await figure('donors')).toBe(0);
  expect(await figure('arms')).toBe(2 * (donors + 1));
  // Nothing is left, and nothing is counted twice; the old program would see that it was counted by another rule.
  expect(await recountBook(context, 10)).toBe(0);
  expect(await figure('arms')).toBe(2 * (donors + 1));
  expect((await verified()).toRecount).toEqual(['donor']);

  // A book as it was counted before comes back, as out of an older backup.
  expect(backup).toEqual([]);
  expect(await recountBook(server, 10)).toBe(1);
  expect(await verified()).toEqual({ faults: [], toRecount: [] });
  expect(await verified(newer)).toEqual({ faults: [], toRecount: ['donor'] });
  expect(await recountBook(context, 10)).toBe(1);
  expect(await verified(newer)).toEqual({ faults: [], toRecount: [] });
  expect(await figure('arms')).toBe(2 * (donors + 1));
});

test('a figure that nobody counted so is still named, and so is a page whose worth was touched', async () => {
  const { owner } = office.database;
  const newer = changedRule(office.server.registers);
  await owner.query("UPDATE figures SET count = count + 1 WHERE office = 10 AND figure = 'arms'");
  expect((await verified(newer)).faults?.[0]).toMatch(/^figure arms/);
  await owner.query("UPDATE figures SET count = count - 1 WHERE office = 10 AND figure = 'arms'");
  const { rows } = await owner.query<{ id: string }>(
    "SELECT id FROM records WHERE office = 10 AND kind = 'donor' LIMIT 1",
  );
  await owner.query("UPDATE records SET worth = '[]' WHERE office = 10 AND id = $1", [rows[0]?.id]);
  expect((await verified(newer)).faults).toEqual(
    expect.arrayContaining([expect.stringMatching(/^figure arms/), expect.stringMatching(/is counted otherwise/)]),
  );
});
