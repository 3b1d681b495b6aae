import * as z from 'zod/mini';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../access/purpose.ts';
import { command, create, type Register, read, update } from './command.ts';
import { kind } from './kind.ts';

const headShape = z.strictObject({ sequence: z.int(), hash: z.string().check(z.maxLength(64)) });

const restorationShape = z.object({
  /** The epoch that began. */
  epoch: z.int(),
  /** When the backup was taken from which the book was restored. */
  backupAt: z.number(),
  /** Where the book ended in that backup. */
  head: headShape,
  /** The furthest head that a phone remembers of the book as it was before, and whose phone that is. */
  remembered: z.nullable(z.object({ ...headShape.shape, by: z.nullable(z.string()) })),
  on: z.string(),
  owner: z.string(),
});
export type Restoration = z.infer<typeof restorationShape>;

/** A book was put back from a backup: the first thing that is written in it afterwards, for every bearer to see. */
export const restorationKind = kind<Restoration>({
  kind: 'restoration',
  shape: restorationShape,
  seenBy: purposes.office,
  scope: (restoration) => restoration.owner,
});

export const tellRestored = command({
  name: 'book.tell-restored',
  nature: 'witness',
  input: z.strictObject({ epoch: z.int(), backupAt: z.number(), head: headShape, owner: z.string() }),
  mayRun: (actor) => actor.nature === 'server',
  decide: (_pages, input, occasion) =>
    accept([create(restorationKind, { ...input, remembered: null, on: occasion.on })]),
});

/** A phone came back and told the last head it knew. It proves nothing by itself: it says how far the lost book had come. */
export const rememberHead = command({
  name: 'book.remember-head',
  nature: 'witness',
  input: z.strictObject({
    restoration: z.string().check(z.maxLength(32)),
    head: headShape,
    by: z.nullable(z.string().check(z.maxLength(32))),
  }),
  reads: (input) => [read(restorationKind, input.restoration)],
  mayRun: (actor) => actor.nature === 'server',
  decide: (pages, input) => {
    const { id, body } = pages.get(restorationKind, input.restoration);
    const known = Math.max(body.head.sequence, body.remembered?.sequence ?? 0);
    if (input.head.sequence <= known) return accept([]);
    return accept([update(restorationKind, id, { ...body, remembered: { ...input.head, by: input.by } })]);
  },
});

export const restorationsRegister: Register = {
  name: 'restorations',
  kinds: [restorationKind],
  commands: [tellRestored, rememberHead],
};
