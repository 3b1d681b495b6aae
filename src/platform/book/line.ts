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
