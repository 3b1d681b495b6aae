import * as z from 'zod/mini';
import { accept } from '../../kernel/result.ts';
import { command } from './command.ts';

/**
 * The figures of an office were counted again by a new rule. It changes no page; with its entry the new figures go to phones and desks,
 * and the chain says from when on the office counted so.
 */
export const tellRecounted = command({
  name: 'book.tell-recounted',
  nature: 'witness',
  input: z.strictObject({
    kind: z.string().check(z.maxLength(60)),
    /** The version of the measure by which they are counted from now on. */
    version: z.int().check(z.positive()),
  }),
  mayRun: (actor) => actor.nature === 'server',
  decide: () => accept([]),
});
