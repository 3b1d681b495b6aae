/*
 * Work that cannot be sent, on its way by hand: one file, by cable, card or any messenger. Every line in it is sealed to the
 * server's key, so it says nothing to whoever carries it; taking it in twice does nothing twice, because lines have numbers.
 */
import * as z from 'zod/mini';
import { type Bundle, sealedLineShape } from './protocol.ts';

const handoverShape = z.strictObject({
  otaq: z.literal('handover 1'),
  seats: z
    .array(
      z.strictObject({
        seat: z.int().check(z.positive()),
        sealed: z.array(sealedLineShape),
        torn: z.optional(z.array(z.int().check(z.positive()))),
      }),
    )
    .check(z.maxLength(200)),
});

/** More than this is no handover: some twenty thousand lines. */
export const mostHandoverBytes = 40_000_000;

export function writeHandover(bundles: readonly Bundle[]): string {
  const seats = bundles.map(({ seat, sealed, torn }) => ({ seat, sealed, ...(torn && { torn }) }));
  return JSON.stringify({ otaq: 'handover 1', seats });
}

/** Null for text that is no handover, or not a whole one. */
export function readHandover(text: string): readonly Bundle[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = handoverShape.safeParse(value);
  return parsed.success ? parsed.data.seats.map((bundle) => ({ ...bundle, lines: [] })) : null;
}
