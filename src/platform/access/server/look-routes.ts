import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Pool } from 'pg';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import { json } from '../../http/server/answers.ts';
import { userOfSession } from './desk-sessions.ts';
import { looksWatchedBy } from './look-book.ts';
import { deskCookie } from './staff-routes.ts';

/** Who has looked into which office: for the two roles outside each reader's own chain. */
export function lookRoutes({ app, now }: { readonly app: Pool; readonly now: () => number }): Hono {
  const routes = new Hono();
  routes.get('/looks', async (c: Context) => {
    const token = getCookie(c, deskCookie);
    const user = token ? await userOfSession(app, token, now()) : null;
    if (!user) return json(c, { code: 'access.signed-out' }, 401);
    return json(c, { looks: await looksWatchedBy(app, user, dayInPakistan(now())) });
  });
  return routes;
}
