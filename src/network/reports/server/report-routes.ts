import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Pool } from 'pg';
import { type DeskUser, userOfSession } from '../../../platform/access/server/desk-sessions.ts';
import { deskCookie } from '../../../platform/access/server/staff-routes.ts';
import { json } from '../../../platform/http/server/answers.ts';
import { isDistrictFigure } from '../district-figures.ts';
import { deskPerson, districtPage, openedPage } from './report-queries.ts';

export type DeskDoors = {
  readonly app: Pool;
  readonly now: () => number;
};

/** What the district's and the head office's page asks for. Figures only: no route here reads a record. */
export function deskRoutes({ app, now }: DeskDoors): Hono {
  const routes = new Hono();
  const userOf = async (c: Context): Promise<DeskUser | null> => {
    const token = getCookie(c, deskCookie);
    return token ? userOfSession(app, token, now()) : null;
  };

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
