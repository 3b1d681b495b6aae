import * as z from 'zod/mini';
import { namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../access/purpose.ts';
import { kind } from './kind.ts';

const departureShape = z.object({
  /** Who or what moved: the main page of those that went. */
  about: idShape,
  kind: z.enum(['person', 'household', 'organization']),
  names: namesShape,
  from: idShape,
  /** The organization it went to; null where that is another office's. */
  to: z.nullable(idShape),
  /** The other office, where it went to one. */
  office: z.optional(z.object({ office: z.int(), names: namesShape })),
  on: dayShape,
  by: z.nullable(z.string()),
  /** Every page that went, and the organization that owned it until then; of an organization, the one above it. */
  moved: z.array(z.object({ id: idShape, from: idShape })),
});
export type Departure = z.infer<typeof departureShape>;

/**
 * What an organization keeps of a page that went to another: who, where to, when. By it a line that was written before its phone heard
 * of the move finds its page, or is told that the page stands in another office's book now.
 */
export const departureKind = kind<Departure>({
  kind: 'departure',
  shape: departureShape as never,
  seenBy: purposes.registers,
  scope: (departure) => departure.from,
  concerns: { person: ({ kind, about }) => (kind === 'person' ? about : null), afterMerge: 'follows' },
  about: ({ about }) => [about],
  indexes: {
    moved: ({ moved }) => moved.map(({ id }) => id),
    about: ({ about }) => [about],
    from: ({ from }) => [from],
  },
});

/** How long after a move a line that was written without knowing of it is still decided, in days of the phone that wrote it. */
export const straysFor = 90;
