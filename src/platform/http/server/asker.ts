/*
 * Where a request came from. Behind a proxy on this machine, or one that the operator has named, the proxy says so; what anybody else says
 * of herself is not believed, or whoever guesses would give herself a new address for each guess.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';

/** Proxies on other machines that are believed; stands before everything else. */
export function believing(proxies: readonly string[]): MiddlewareHandler {
  return (c, next) => {
    c.set('proxies', proxies);
    return next();
  };
}

/** The address at the other end; '' where there is none, as in a test without a line. */
export function addressOf(c: Context): string {
  const next = nextTo(c);
  if (!isBelieved(c, next)) return next;
  // Each proxy adds the one it sees at the end; what stands before the last that is believed was said by others.
  const told = (c.req.header('x-forwarded-for') ?? '').split(',').flatMap((address) => address.trim() || []);
  return told.findLast((address) => !isNamed(c, address)) ?? next;
}

/** Whether the browser speaks TLS with this house. */
export function isSecure(c: Context): boolean {
  if (new URL(c.req.url).protocol === 'https:') return true;
  return isBelieved(c, nextTo(c)) && c.req.header('x-forwarded-proto') === 'https';
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

function isBelieved(c: Context, address: string): boolean {
  return address === '' || address === '::1' || /^(::ffff:)?127\./.test(address) || isNamed(c, address);
}

function isNamed(c: Context, address: string): boolean {
  const proxies: readonly string[] = c.get('proxies') ?? [];
  return proxies.includes(address.replace(/^::ffff:/, ''));
}
