import * as z from 'zod/mini';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { kind } from '../../platform/book/kind.ts';

export type ToldHouseholds = {
  readonly organization: string;
  readonly on: PlainDate;
  /** The day on which another number took its place. */
  readonly until: PlainDate | null;
  /** Nought once every household is entered. */
  readonly total: number;
  /** Null where only the whole number was told. */
  readonly organized: number | null;
  /** Who told it, or the paper it stands on. */
  readonly source: string;
};

/** Households of a union council as somebody told them: one number follows another, so as a stock it is right on every day. */
export const toldHouseholdsKind = kind<ToldHouseholds>({
  kind: 'told-households',
  shape: z.object({
    organization: idShape,
    on: dayShape,
    until: z.nullable(dayShape),
    total: z.int(),
    organized: z.nullable(z.int()),
    source: z.string(),
  }) as never,
  seenBy: purposes.registers,
  scope: (told) => told.organization,
  indexes: { organization: (told) => [told.organization] },
  measure: ({ on: from, until, total, organized }) => [
    ...(total > 0 ? [{ figure: 'households-told', by: { organized: 'any' }, from, until, count: total }] : []),
    ...(organized ? [{ figure: 'households-told', by: { organized: 'yes' }, from, until, count: organized }] : []),
  ],
});
