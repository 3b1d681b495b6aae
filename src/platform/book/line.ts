import * as z from 'zod/mini';
import type { LineNumber, SeatNumber } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/plain-date.ts';

/** A numbered line of a seat's outbox: one command, said once. Its envelope is frozen; commands carry upgrades. */
export type Line = {
  readonly seat: SeatNumber;
  readonly line: LineNumber;
  /** The command's name; null for a line that was undone before it was sent: empty, its number stays. */
  readonly command: string | null;
  /** How many upgrades the command had when the line was written. */
  readonly shape: number;
  readonly input: unknown;
  readonly at: Instant;
  /** The version of the writer's grants when she wrote. */
  readonly grants: number;
};

const ofErased = 'erased';

/**
 * What is left of a line that spoke of somebody who was erased. It says so: a line that was undone has no words either, and two phones
 * with one seat's numbers are seen by their words.
 */
export function withoutErased(line: Line): Line {
  return { ...line, command: null, input: ofErased };
}

export function isWithoutErased({ command, input }: Pick<Line, 'command' | 'input'>): boolean {
  return command === null && input === ofErased;
}

/** The wire form of a line, without its seat, which its envelope names. */
export const lineShape = z.strictObject({
  line: z.int().check(z.positive()),
  command: z.nullable(z.string().check(z.maxLength(80))),
  shape: z.int().check(z.nonnegative()),
  input: z.unknown(),
  at: z.number(),
  grants: z.int().check(z.nonnegative()),
});
export type SentLine = z.infer<typeof lineShape>;
