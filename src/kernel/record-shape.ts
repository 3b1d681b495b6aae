import * as z from 'zod/mini';

/** The id of a record in an input. */
export const idShape = z.string().check(z.regex(/^[1-9]\d*-[1-9]\d*(\.\d+)?$/), z.maxLength(32));
/** A day in an input, `2026-11-24`. */
export const dayShape = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
