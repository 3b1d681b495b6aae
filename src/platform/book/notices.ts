import * as z from 'zod/mini';
import type { RecordId } from '../../kernel/ids.ts';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../access/purpose.ts';
import { command, type Register, read, update } from './command.ts';
import { departureKind } from './departure.ts';
import { kind } from './kind.ts';
import { tellRecounted } from './recounted.ts';

/*
 * Two kinds that the platform itself writes. A refused line and a broken rule are pages of the book like any other: they
 * reach the leaders' phones by pull, are counted, and stay until a person settles them.
 */

const params = z.record(z.string(), z.union([z.string(), z.number()]));
const settled = z.nullable(z.object({ by: z.nullable(z.string()), on: z.string(), how: z.string() }));

const refusalShape = z.object({
  /** The entry that was refused, which is also this record's id. */
  entry: z.string(),
  command: z.nullable(z.string()),
  code: z.string(),
  params,
  /** The first refusal of the matter: lines that needed what a refused line would have made wait with it. */
  matter: z.string(),
  /** Whose phone said it. */
  by: z.nullable(z.string()),
  /** The organization whose leaders settle it. */
  owner: z.string(),
  on: z.string(),
  settled,
});
export type RefusalPage = z.infer<typeof refusalShape>;

/** A refused line, kept until a person settles it. */
export const refusalKind = kind<RefusalPage>({
  kind: 'refusal',
  shape: refusalShape,
  seenBy: purposes.office,
  scope: (refusal) => refusal.owner,
  transfer: { with: (refusal) => refusal.owner, behind: (refusal, root) => ({ ...refusal, owner: root }) },
  measure: (refusal) => [
    { figure: 'refusals-waiting', from: refusal.on, until: refusal.settled?.on ?? null, count: 1 },
  ],
});

const flagShape = z.object({
  entry: z.string(),
  code: z.string(),
  params,
  /** The record beside which it stands. */
  about: z.string(),
  by: z.nullable(z.string()),
  owner: z.string(),
  on: z.string(),
  settled,
});
export type FlagPage = z.infer<typeof flagShape>;

/** A rule that something true has broken. */
export const flagKind = kind<FlagPage>({
  kind: 'flag',
  shape: flagShape,
  seenBy: purposes.office,
  scope: (flag) => flag.owner,
  transfer: { with: (flag) => flag.owner, behind: (flag, root) => ({ ...flag, owner: root }) },
  // What was written twice stands in it, in her words.
  about: (flag) => [flag.about],
  told: (words, flag) => ({ what: words.say('book.told-flag'), said: words.sayRefusal(flag) }),
  measure: (flag) => [{ figure: 'flags-waiting', from: flag.on, until: flag.settled?.on ?? null, count: 1 }],
});

const settleInput = z.strictObject({ notice: z.string(), how: z.enum(['dropped', 'said-again', 'seen']) });

function settle(name: 'book.settle-refusal' | 'book.settle-flag', kind: typeof refusalKind | typeof flagKind) {
  return command({
    name,
    nature: 'witness',
    input: settleInput,
    reads: (input) => [read(kind, input.notice as RecordId)],
    // Reading it is leave enough: only the leaders of its owner see a notice at all.
    mayRun: () => true,
    decide: (pages, input, occasion) => {
      const notice = pages.get<RefusalPage | FlagPage>(kind as never, input.notice);
      // Two leaders may settle the same notice; the first one stands.
      if (notice.body.settled !== null) return accept([]);
      const settled = { by: occasion.actor.person, on: occasion.on, how: input.how };
      return accept([update(kind as never, notice.id, { ...notice.body, settled })]);
    },
  });
}

export const settleRefusal = settle('book.settle-refusal', refusalKind);
export const settleFlag = settle('book.settle-flag', flagKind);

export const bookRegister: Register = {
  name: 'book',
  kinds: [refusalKind, flagKind, departureKind],
  commands: [settleRefusal, settleFlag, tellRecounted],
};
