/*
 * What was corrected on a page stands on the page: which field, what stood before, by whom, on which day. The entry keeps the whole
 * of it for ever; the page keeps the last ones, so that a phone without a network can show them.
 */
import * as z from 'zod/mini';
import type { PersonId, RecordId } from '../../kernel/ids.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape } from '../../kernel/record-shape.ts';
import { type Change, correct, type Occasion, update } from '../../platform/book/command.ts';
import type { Kept, Kind } from '../../platform/book/kind.ts';

/** A page keeps this many; older ones stand in the book. */
export const correctionsKept = 8;

export const correctionShape = z.object({
  field: z.string(),
  before: z.unknown(),
  by: z.nullable(z.string()),
  on: dayShape,
});
export type Correction = {
  readonly field: string;
  readonly before: unknown;
  readonly by: PersonId | null;
  readonly on: PlainDate;
};

/** Changes only the fields that differ from what stands, and writes beside them what stood. Empty when nothing differs. */
export function correctPage<T extends { readonly corrections?: readonly Correction[] }>(
  kind: Kind<T>,
  page: Kept<T>,
  fields: Partial<T>,
  saw: number,
  { actor, on }: Pick<Occasion, 'actor' | 'on'>,
): readonly Change[] {
  const body = page.body as unknown as Readonly<Record<string, unknown>>;
  const changed = Object.entries(fields).filter(
    ([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(body[field]),
  );
  if (changed.length === 0) return [];
  const corrections = [
    ...(page.body.corrections ?? []),
    ...changed.map(([field]): Correction => ({ field, before: body[field], by: actor.person, on })),
  ].slice(-correctionsKept);
  // The list grows by itself and is corrected by nobody: only the fields carry the version that was seen.
  return [
    update(kind, page.id as RecordId, { ...page.body, corrections }),
    correct(kind, page.id as RecordId, Object.fromEntries(changed) as Partial<T>, saw),
  ];
}
