import type { Context, MiddlewareHandler } from 'hono';
import { json } from './answers.ts';
import { isFromElsewhere, isSecure } from './asker.ts';
import { contentPolicy } from './static-files.ts';

/** On every answer, also on a fault and on what is not there. */
export const answerHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('content-security-policy', contentPolicy);
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-opener-policy', 'same-origin');
  c.header('cross-origin-resource-policy', 'same-origin');
  c.header('permissions-policy', 'geolocation=(), microphone=(self), payment=(), usb=()');
  // Over plain HTTP browsers ignore it, and on a laptop without a name it would be a promise that nobody keeps.
  if (isSecure(c)) c.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
};

/** What changes something is asked from a page of this house, or by no browser at all. */
export const onlyFromHome: MiddlewareHandler = async (c: Context, next) => {
  const changes = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  if (changes && isFromElsewhere(c)) return json(c, {}, 403);
  return next();
};
