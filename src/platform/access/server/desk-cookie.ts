/*
 * The token of a desk's session in its cookie. Over TLS the browser holds it to this very host (`__Host-`): no neighbour on the same
 * domain can set one. Over plain HTTP, on a laptop, browsers refuse that name.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isSecure } from '../../http/server/asker.ts';

const plain = 'desk';
const held = '__Host-desk';

export function deskTokenOf(c: Context): string | undefined {
  return getCookie(c, isSecure(c) ? held : plain);
}

export function keepDeskToken(c: Context, token: string): void {
  const secure = isSecure(c);
  setCookie(c, secure ? held : plain, token, { httpOnly: true, sameSite: 'Strict', path: '/', secure });
}

export function dropDeskToken(c: Context): void {
  const secure = isSecure(c);
  deleteCookie(c, secure ? held : plain, { path: '/', secure });
}
