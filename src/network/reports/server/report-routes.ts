import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Pool } from 'pg';
import * as z from 'zod/mini';
import { type DeskUser, signIn, signOut, userOfSession } from '../../../platform/access/server/desk-sessions.ts';
import { bodyOf, json } from '../../../platform/http/server/answers.ts';
import type { Limiter } from '../../../platform/http/server/limiter.ts';
import { isDistrictFigure } from '../district-figures.ts';
import { deskPerson, districtPage, openedPage } from './report-queries.ts';

const cookie = 'desk';
const signInShape = z.strictObject({
  name: z.string().check(z.maxLength(80)),
  password: z.string().check(z.maxLength(200)),
});

export type DeskDoors = {
  readonly app: Pool;
  readonly now: () => number;
  readonly limiter: Limiter;
  readonly addressOf: (c: Context) => string;
};

/** What the district's and the head office's page asks for. Figures only: no route here reads a record. */
export function deskRoutes({ app, now, limiter, addressOf }: DeskDoors): Hono {
  const routes = new Hono();
  const userOf = async (c: Context): Promise<DeskUser | null> => {
    const token = getCookie(c, cookie);
    return token ? userOfSession(app, token, now()) : null;
  };

  routes.post('/sign-in', async (c) => {
    const wait = limiter.waitFor(addressOf(c), now());
    const input = signInShape.safeParse(await bodyOf(c, 2000));
    if (wait > 0) return tooOften(c, wait);
    if (!input.success) return json(c, { code: 'access.wrong-word' }, 400);
    const answer = await signIn(app, input.data.name, input.data.password, now());
    if (answer.state === 'closed') return tooOften(c, answer.until - now());
    if (answer.state === 'wrong') return json(c, { code: 'access.wrong-word' }, 401);
    setCookie(c, cookie, answer.token, {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/api/desk',
      secure: new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https',
    });
    return json(c, {});
  });
  routes.post('/sign-out', async (c) => {
    const token = getCookie(c, cookie);
    if (token) await signOut(app, token);
    deleteCookie(c, cookie, { path: '/api/desk' });
    return json(c, {});
  });
  routes.get('/me', async (c) => {
    const user = await userOf(c);
    return user ? json(c, await deskPerson(app, user, now())) : json(c, { code: 'access.signed-out' }, 401);
  });
  routes.get('/overview', async (c) => {
    const user = await userOf(c);
    return user ? json(c, await districtPage(app, user, now())) : json(c, { code: 'access.signed-out' }, 401);
  });
  routes.get('/figures/:key', async (c) => {
    const user = await userOf(c);
    if (!user) return json(c, { code: 'access.signed-out' }, 401);
    const key = c.req.param('key');
    return isDistrictFigure(key) ? json(c, await openedPage(app, user, key, now())) : json(c, {}, 404);
  });
  return routes;
}

async function tooOften(c: Context, wait: number): Promise<Response> {
  const answer = await json(c, { code: 'access.too-often' }, 429);
  answer.headers.set('retry-after', String(Math.ceil(wait / 1000)));
  return answer;
}
