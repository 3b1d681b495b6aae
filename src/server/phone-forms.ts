import * as z from 'zod/mini';
import { namesShape } from '../kernel/names.ts';
import { idShape } from '../kernel/record-shape.ts';

/* What a phone sends, besides its sync. */

export const enrolShape = z.strictObject({ code: z.string().check(z.regex(/^\d{10}$/)) });
export const comeBackShape = z.strictObject({
  certificate: z.string().check(z.maxLength(4000)),
  token: z.string().check(z.maxLength(64)),
});
export const enrolmentShape = z.strictObject({ person: idShape, names: namesShape, organization: idShape });
export const confirmationShape = z.strictObject({ person: idShape, code: z.string().check(z.regex(/^\d{10}$/)) });
