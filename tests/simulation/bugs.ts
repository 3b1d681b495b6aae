/*
 * Bugs that peers had in the field, planted by a switch around the doors of phone and server. The judge must find each.
 */

import { tenureKind } from '../../src/federation/posts/tenure.ts';
import { dayInPakistan } from '../../src/kernel/plain-date.ts';
import { grantKind } from '../../src/platform/access/grants.ts';
import { type AnyCommand, type Registers, readIndex, update } from '../../src/platform/book/command.ts';
import type { AnyKept } from '../../src/platform/book/decide.ts';
import { isStock } from '../../src/platform/book/figures.ts';
import type { AnyKind } from '../../src/platform/book/kind.ts';
import type { Batch, BookStore } from '../../src/platform/book/server/book-store.ts';
import type { ErasingStore, ErasureRow } from '../../src/platform/book/server/erasing-store.ts';
import type { MemoryStore } from '../../src/platform/book/server/memory-store.ts';
import type { Epoch, SyncAnswer } from '../../src/platform/sync/protocol.ts';
import type { StoreBugs } from './phone-memory.ts';

export const plantedBugs = {
  'acknowledge-before-commit': 'The server answers a push that it then does not write.',
  'idempotency-key-dropped': 'The server forgets which line of a seat it heard last: a line sent again is new.',
  'cursor-before-pages': "A phone's place moves in a write of its own, before the pages are there.",
  'last-write-wins': 'A correction replaces what another woman corrected meanwhile, without a flag.',
  'epoch-ignored': 'A phone goes on as if the server had not been restored.',
  'deleted-on-refusal': 'A phone throws a refused line away.',
  'scope-not-checked': 'A first copy is sent without asking who reads.',
  'replay-applied-twice': 'A batch that is tried again is written twice.',
  'clock-used-for-order': 'A change is dropped where the page was changed by a phone whose clock stood later.',
  'old-worth-kept': 'What a page was worth before is not taken off the figures.',
  'chain-skipped-on-import': 'Entries of an import are not chained.',
  'change-moves-a-number': "A relayed number moves to the office's leaders when its page is changed.",
  'merge-moves-what-stays': 'A merge takes the roles and posts of the page that goes to the page that stays.',
  'secret-not-emptied': 'The office keeps the line that carries a card number as it was sent.',
  'lost-between-two-books': 'Two books are written one after the other, and the server dies between them.',
  'left-in-both-books': 'A page that goes to another office is copied, and stays where it was.',
  'departure-not-told': 'A page that is taken away is not taken off the phones that hold it.',
  'erasure-forgotten-by-restore': 'A restore does not apply the list of who was erased since its backup.',
  'body-left-in-one-place': 'An erasure takes the words of entries, and leaves those of the last one.',
  'refusal-shown-as-sent': 'A phone takes a refused line for one that was taken.',
  'scope-left-behind': 'A bearer who is replaced keeps the organization that she had.',
  'month-edge-missed': 'What a page was worth in another month is taken off the month in which it is changed.',
  'others-words-taken': 'An erasure takes the words of whoever else an entry speaks of.',
  'seat-forgotten-by-restore': 'A restored server does not let a phone come back that it first met after its backup.',
  'flags-dropped': 'What breaks a rule is written without the flag beside it.',
} as const;
export type PlantedBug = keyof typeof plantedBugs;

/** The list that a restore is given. */
export function rowsWithBug(rows: readonly ErasureRow[], bug: PlantedBug | null): readonly ErasureRow[] {
  return bug === 'erasure-forgotten-by-restore' ? [] : rows;
}

export function wordsWithBug(take: ErasingStore['takeWords'], bug: PlantedBug | null): ErasingStore['takeWords'] {
  if (bug === 'body-left-in-one-place')
    return (office, entries, persons) => take(office, entries.slice(0, -1), persons);
  if (bug !== 'others-words-taken') return take;
  return (office, entries, persons) => {
    const emptied = entries.map(({ sequence, remains: { changes } }) => ({
      sequence,
      remains: {
        line: null,
        changes: changes.map((part) => {
          const { kind, id } = 'change' in part ? part.change : part;
          return { kind, id, hash: null };
        }),
      },
    }));
    return take(office, emptied, persons);
  };
}

export function storeBugs(bug: PlantedBug | null): StoreBugs {
  return { cursorBeforePages: bug === 'cursor-before-pages', deleteOnRefusal: bug === 'deleted-on-refusal' };
}

export function answerWithBug(bug: PlantedBug | null, known: Epoch | null, answer: SyncAnswer): SyncAnswer {
  if (bug === 'refusal-shown-as-sent') return { ...answer, push: answer.push.map(withoutRefusals) };
  return bug === 'epoch-ignored' && known !== null ? { ...answer, epoch: known } : answer;
}

function withoutRefusals(seat: SyncAnswer['push'][number]): SyncAnswer['push'][number] {
  const answers = seat.answers.map((answer) =>
    answer.state === 'refused' ? { line: answer.line, state: 'accepted' as const, sequence: answer.sequence } : answer,
  );
  return { ...seat, answers };
}

export function registersWithBug(bug: PlantedBug | null, registers: Registers): Registers {
  const spoilt = bug === null ? undefined : commandBugs[bug];
  if (!spoilt) return registers;
  return { ...registers, commands: new Map([...registers.commands].map(([name, command]) => [name, spoilt(command)])) };
}

const commandBugs: Partial<Record<PlantedBug, (command: AnyCommand) => AnyCommand>> = {
  'last-write-wins': (command) => ({
    ...command,
    decide: (...asked) => {
      const decided = command.decide(...asked);
      if (!decided.ok) return decided;
      const changes = decided.value.map((change) =>
        change.do === 'correct' ? { ...change, saw: Number.MAX_SAFE_INTEGER } : change,
      );
      return { ...decided, value: changes };
    },
  }),
  'left-in-both-books': (command) =>
    command.name === 'transfers.let-go'
      ? {
          ...command,
          decide: (...asked) => {
            const decided = command.decide(...asked);
            return decided.ok
              ? { ...decided, value: decided.value.filter((change) => change.do !== 'remove') }
              : decided;
          },
        }
      : command,
  'flags-dropped': (command) => ({
    ...command,
    decide: (...asked) => {
      const decided = command.decide(...asked);
      return decided.ok ? { ...decided, value: decided.value.filter((change) => change.do !== 'flag') } : decided;
    },
  }),
  'secret-not-emptied': ({ secret: _secret, ...command }) => command,
  'merge-moves-what-stays': (command) => {
    if (command.name !== 'people.merge') return command;
    type Pair = { readonly stays: string; readonly goes: string };
    const staying = [grantKind, tenureKind] as readonly AnyKind[];
    return {
      ...command,
      reads: (input, pages, actor) => [
        ...command.reads(input, pages, actor),
        ...staying.map((kind) => readIndex(kind, 'person', (input as Pair).goes)),
      ],
      decide: (pages, input, occasion) => {
        const decided = command.decide(pages, input, occasion);
        if (!decided.ok) return decided;
        const { stays, goes } = input as Pair;
        const moved = staying.flatMap((kind) =>
          pages.page<object>(kind, 'person', goes).map(({ id, body }) => update(kind, id, { ...body, person: stays })),
        );
        return { ...decided, value: [...decided.value, ...moved] };
      },
    };
  },
};

/** The store with one bug in it, or as it is. `chance` is a number from 0 to 1. */
export function storeWithBug(store: MemoryStore, bug: PlantedBug | null, chance: () => number): BookStore {
  if (bug === null) return store;
  const lastChangedAt = new Map<string, number>();
  const spoiled = (batch: Batch): Batch => {
    switch (bug) {
      case 'old-worth-kept':
        return { ...batch, cells: batch.cells.filter(({ count }) => count > 0) };
      case 'scope-left-behind':
        return {
          ...batch,
          reaches: batch.reaches.map((reach) => ({
            ...reach,
            rows: reach.rows.map((row) => ({ ...row, until: null })),
          })),
        };
      case 'month-edge-missed': {
        const month = dayInPakistan(batch.entries.at(-1)?.receivedAt ?? 0).slice(0, 7);
        return {
          ...batch,
          cells: batch.cells.map((cell) => (cell.count < 0 && !isStock(cell) ? { ...cell, period: month } : cell)),
        };
      }
      case 'chain-skipped-on-import': {
        const imported = batch.entries.some(({ person }) => person === null);
        return imported
          ? { ...batch, entries: batch.entries.map((entry) => ({ ...entry, hash: entry.bodyHash })) }
          : batch;
      }
      case 'departure-not-told':
        return { ...batch, records: batch.records.map((record) => ({ ...record, left: null })) };
      case 'change-moves-a-number':
        return { ...batch, records: batch.records.map((record) => movedNumber(store, batch.state.office, record)) };
      case 'clock-used-for-order': {
        const at = new Map(batch.entries.map(({ sequence, at }) => [sequence, at]));
        return {
          ...batch,
          records: batch.records.filter(({ id, sequence }) => {
            const moment = at.get(sequence) ?? 0;
            if (moment < (lastChangedAt.get(id) ?? Number.NEGATIVE_INFINITY)) return false;
            lastChangedAt.set(id, moment);
            return true;
          }),
        };
      }
      default:
        return batch;
    }
  };
  return {
    ...store,
    open: (office, work) =>
      store.open(office, (book) =>
        work({
          ...book,
          seat: async (number) => {
            const seat = await book.seat(number);
            return seat && bug === 'idempotency-key-dropped' && seat.nature === 'person' && chance() < 0.2
              ? { ...seat, lastLine: Math.max(0, seat.lastLine - 1) }
              : seat;
          },
          write: async (batch) => {
            if (bug === 'acknowledge-before-commit' && batch.entries.length > 0 && chance() < 0.1) return;
            await book.write(spoiled(batch));
            if (bug === 'replay-applied-twice' && batch.entries.length > 0 && chance() < 0.1) await book.write(batch);
          },
        }),
      ),
    openTwo: (one, other, work) =>
      store.openTwo(one, other, (a, b) =>
        work(a, bug === 'lost-between-two-books' && chance() < 0.3 ? { ...b, write: async () => undefined } : b),
      ),
    view: (office, reader, work) =>
      store.view(office, reader, (view) =>
        work(
          bug === 'scope-not-checked'
            ? {
                ...view,
                entered: async (version, stage, after, limit) =>
                  (await view.entered(version, stage, after, limit)).concat(
                    version === 0 && after === ''
                      ? store.records(office).map((kept) => ({ kept, sequence: 0, stage: 2 }))
                      : [],
                  ),
              }
            : view,
        ),
      ),
  };
}

function movedNumber(store: MemoryStore, office: number, record: Batch['records'][number]): Batch['records'][number] {
  if (record.kind !== 'donor-contact' || record.isNew || record.kept === null || record.standing === null)
    return record;
  const root = store
    .records(office)
    .find(({ kind, body }) => kind === 'organization' && (body as { parent: string | null }).parent === null);
  if (!root) return record;
  const kept: AnyKept = { ...record.kept, scope: root.id };
  return { ...record, kept, standing: { ...record.standing, scope: root.id } };
}
