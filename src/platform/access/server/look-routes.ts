import { type Context, Hono } from 'hono';
import type { Pool } from 'pg';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import { json } from '../../http/server/answers.ts';
import { deskTokenOf } from './desk-cookie.ts';
import { userOfSession } from './desk-sessions.ts';
import { looksWatchedBy } from './look-book.ts';

/** Who has looked into which office: for the two roles outside each reader's own chain. */
export function lookRoutes({ app, now }: { readonly app: Pool; readonly now: () => number }): Hono {
  const routes = new Hono();
  routes.get('/looks', async (c: Context) => {
    const token = deskTokenOf(c);
    const user = token ? await userOfSession(app, token, now()) : null;
    if (!user) return json(c, { code: 'access.signed-out' }, 401);
    return json(c, { looks: await looksWatchedBy(app, user, dayInPakistan(now())) });
  });
  return routes;
}
