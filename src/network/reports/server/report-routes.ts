import { type Context, Hono } from 'hono';
import type { Pool } from 'pg';
import { isPlainDate } from '../../../kernel/plain-date.ts';
import { deskTokenOf } from '../../../platform/access/server/desk-cookie.ts';
import { type DeskUser, userOfSession } from '../../../platform/access/server/desk-sessions.ts';
import { bodyOf, json } from '../../../platform/http/server/answers.ts';
import { deskFigure } from '../desk-figures.ts';
import { sheetShape, toCsv } from '../sheet.ts';
import { OfficeReader } from './office-reader.ts';
import {
  type ComplaintsOf,
  deskPerson,
  donorsPage,
  emergenciesPage,
  figurePage,
  isFunder,
  officePage,
  officesPage,
  overview,
  reportPage,
} from './report-queries.ts';
import { writeSheet } from './write-sheet.ts';

const mostSheetBytes = 2_000_000;

export type DeskDoors = {
  readonly app: Pool;
  readonly now: () => number;
  readonly complaints: ComplaintsOf;
};

/** What the pages of the desk ask for. Figures only: no route here reads a record. */
export function deskRoutes({ app, now, complaints }: DeskDoors): Hono {
  const routes = new Hono();
  const desk = { app, reader: new OfficeReader(app) };
  // The first page after a start need not wait for all books to be read.
  void desk.reader.read().catch(() => undefined);

  /** Answers whoever is signed in. What is not there, is not hers or does not exist for her role reads the same. */
  const answer =
    (work: (user: DeskUser, c: Context) => Promise<unknown>, funders = false) =>
    async (c: Context): Promise<Response> => {
      const token = deskTokenOf(c);
      const user = token ? await userOfSession(app, token, now()) : null;
      if (!user) return json(c, { code: 'access.signed-out' }, 401);
      const found = isFunder(user) && !funders ? null : await work(user, c);
      return found === null ? json(c, {}, 404) : json(c, found);
    };
  /** The office that an address names; the asker's own where it names none. */
  const officeIn = (c: Context, user: DeskUser): number => {
    const named = c.req.param('office');
    return named === undefined ? user.office : /^\d{1,9}$/.test(named) ? Number(named) : -1;
  };

  routes.get(
    '/me',
    answer((user) => deskPerson(app, user, now()), true),
  );
  routes.get(
    '/overview',
    answer((user) => overview(desk, user, now()), true),
  );
  routes.get(
    '/offices',
    answer((user) => officesPage(desk, user, now())),
  );
  routes.get(
    '/offices/:office',
    answer(async (user, c) => {
      const on = c.req.query('on') ?? null;
      if (on !== null && !isPlainDate(on)) return null;
      return officePage(desk, user, officeIn(c, user), on, now());
    }),
  );
  const figure = answer(async (user, c) => {
    const line = deskFigure(c.req.param('key') ?? '');
    return line && figurePage(desk, user, line, officeIn(c, user), now());
  });
  routes.get('/figures/:key', figure);
  routes.get('/figures/:key/:office', figure);
  routes.get(
    '/donors',
    answer((user) => donorsPage(desk, user, now())),
  );
  routes.get(
    '/emergencies',
    answer((user) => emergenciesPage(desk, user, now())),
  );
  const report = answer(async (user, c) => {
    const month = c.req.param('month') ?? '';
    return /^\d{4}-(0[1-9]|1[0-2])$/.test(month)
      ? reportPage(desk, user, month, officeIn(c, user), now(), complaints)
      : null;
  });
  routes.get('/reports/:month', report);
  routes.get('/reports/:month/:office', report);
  // The page's own table, as it stands before its reader, written as a file: nothing is looked up here.
  routes.post('/export', async (c) => {
    const token = deskTokenOf(c);
    const user = token ? await userOfSession(app, token, now()) : null;
    if (!user) return json(c, { code: 'access.signed-out' }, 401);
    const sheet = sheetShape.safeParse(await bodyOf(c, mostSheetBytes));
    if (!sheet.success) return json(c, { code: 'book.bad-form' }, 400);
    if (c.req.query('as') === 'csv')
      return c.body(toCsv(sheet.data), 200, { 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' });
    return c.body(new Uint8Array(await writeSheet(sheet.data)), 200, {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'cache-control': 'no-store',
    });
  });
  return routes;
}
