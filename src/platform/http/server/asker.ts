/*
 * Where a request came from. Behind a proxy on this machine, the proxy says so; what anybody else says of herself is not believed, or
 * whoever guesses would give herself a new address for each guess.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** The address at the other end; '' where there is none, as in a test without a line. */
export function addressOf(c: Context): string {
  const next = nextTo(c);
  if (!isThisMachine(next)) return next;
  // The proxy adds the one it sees at the end; what stands before was said by others.
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() || next;
}

/** Whether the browser speaks TLS with this house. */
export function isSecure(c: Context): boolean {
  if (new URL(c.req.url).protocol === 'https:') return true;
  return isThisMachine(nextTo(c)) && c.req.header('x-forwarded-proto') === 'https';
}

/** Where the browser stands: the address under which it opened a page. `host` bears no port. */
export function siteOf(c: Context): { readonly origin: string; readonly host: string } {
  const { host, hostname } = new URL(c.req.url);
  return { origin: `${isSecure(c) ? 'https' : 'http'}://${host}`, host: hostname };
}

/** Whether a page of another site had the browser ask this. Browsers say where a request began; a phone's program asks at home. */
export function isFromElsewhere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = c.req.header('origin');
  return origin !== undefined && origin !== siteOf(c).origin;
}

function nextTo(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    return '';
  }
}

function isThisMachine(address: string): boolean {
  return address === '' || address === '::1' || /^(::ffff:)?127\./.test(address);
}
