/*
 * How staff bring a list into an office from the desk. A file is sent twice, once to be looked through and once to be written: nothing of
 * it is kept in between. What is written is written in the background; the page asks how far it has come.
 */
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { deskTokenOf } from '../../../platform/access/server/desk-cookie.ts';
import { type DeskUser, userOfSession } from '../../../platform/access/server/desk-sessions.ts';
import { bytesOf, json } from '../../../platform/http/server/answers.ts';
import { faultOf } from '../../../platform/http/server/fault.ts';
import { parseLanguage } from '../../../platform/languages/language.ts';
import { wordsOf } from '../../../platform/languages/server/whole-catalogs.ts';
import { booksOf, hasBearersPhone } from '../../programmes/server/opening.ts';
import { type ImportsAnswer, importModes, leaveHeader, type PreviewAnswer } from '../import-answers.ts';
import { importLists } from '../list-columns.ts';
import { previewList } from '../preview.ts';
import { limits, type Wrong } from '../sheet.ts';
import { wrongRowsOf } from '../wrong-rows.ts';
import {
  beginImport,
  CannotImport,
  type ImportDoors,
  importsOf,
  knownOffice,
  stageImport,
  takeBackImport,
  writeImport,
} from './import-office.ts';
import { readFile } from './read-file.ts';
import { writeCsv } from './write-csv.ts';

export type ImportRouteDoors = ImportDoors & {
  readonly log: { readonly error: (fields: object, message: string) => void };
};

const askedShape = z.object({
  what: z.enum(importLists),
  mode: z._default(z.enum(importModes), 'all'),
  language: z._default(z.string(), 'en'),
});
/** Wrong cells that an answer carries. */
const mostTold = 100;
const bringers: readonly DeskUser['role'][] = ['head-office', 'district', 'social-organizer'];

export function importRoutes(doors: ImportRouteDoors): Hono {
  const { app, now, log } = doors;
  const routes = new Hono();

  /** Whoever may bring lists into the office of the address: it stands below hers, or she holds it. Anybody else finds nothing there. */
  const bringer = async (c: Context): Promise<{ user: DeskUser; office: number } | Response> => {
    const token = deskTokenOf(c);
    const user = token ? await userOfSession(app, token, now()) : null;
    if (!user) return json(c, { code: 'access.signed-out' }, 401);
    const office = Number(c.req.param('office'));
    const books = await booksOf(app);
    const own = books.find((book) => book.office === office && book.tier === 'lso');
    let at = own;
    while (at && at.office !== user.office) at = books.find((book) => book.office === at?.above);
    const holds = user.role === 'social-organizer' ? user.offices.includes(office) : at !== undefined;
    return own && holds && bringers.includes(user.role) ? { user, office } : json(c, {}, 404);
  };
  const looked = async (c: Context, office: number) => {
    const asked = askedShape.safeParse(c.req.query());
    if (!asked.success) return { bad: await json(c, { code: 'book.bad-form' }, 400) };
    const bytes = await bytesOf(c, limits.bytes + 1);
    const read = await readFile(bytes ?? Buffer.alloc(limits.bytes + 1));
    if (!read.ok) return { asked: asked.data, unreadable: read.wrong };
    return {
      asked: asked.data,
      sheet: read.sheet,
      preview: previewList(asked.data.what, read.sheet, await knownOffice(doors, office)),
    };
  };
  const write = (office: number, seat: number): void => {
    void writeImport(doors, office, seat).catch((error: unknown) =>
      log.error({ office, seat, ...faultOf(error) }, 'an import stopped; it goes on when the server starts again'),
    );
  };

  routes.get('/:office', async (c) => {
    const who = await bringer(c);
    if (who instanceof Response) return who;
    const answer: ImportsAnswer = {
      imports: (await importsOf(doors, who.office)).map(({ office: _office, mode: _mode, ...told }) => told),
      needsLeave: await hasBearersPhone(app, who.office),
    };
    return json(c, answer);
  });
  routes.post('/:office/preview', async (c) => {
    const who = await bringer(c);
    if (who instanceof Response) return who;
    const found = await looked(c, who.office);
    if (found.bad) return found.bad;
    if (found.unreadable) return json(c, unreadable(found.unreadable));
    const { preview, sheet, asked } = found;
    const words = wordsOf(parseLanguage(asked.language) ?? 'en');
    const rowsAreWrong = preview.wrong.some(({ row }) => row !== null && row > 1);
    const answer: PreviewAnswer = {
      rows: preview.rows,
      right: preview.right.length,
      wrongRows: preview.wrongRows,
      wrong: preview.wrong.slice(0, mostTold),
      notes: preview.notes.slice(0, mostTold),
      wrongFile: rowsAreWrong ? writeCsv(wrongRowsOf(words, sheet, preview.wrong)) : null,
    };
    return json(c, answer);
  });
  routes.post('/:office', async (c) => {
    const who = await bringer(c);
    if (who instanceof Response) return who;
    const found = await looked(c, who.office);
    if (found.bad) return found.bad;
    if (found.unreadable) return json(c, unreadable(found.unreadable), 409);
    const { preview, asked } = found;
    return answering(c, async () => {
      const { office, seat } = await stageImport(doors, {
        office: who.office,
        mode: asked.mode,
        broughtBy: who.user.shownName,
        preview,
      });
      return begin(c, office, seat);
    });
  });
  routes.post('/:office/:seat/continue', async (c) => {
    const who = await bringer(c);
    if (who instanceof Response) return who;
    return answering(c, () => begin(c, who.office, Number(c.req.param('seat'))));
  });
  routes.post('/:office/:seat/take-back', async (c) => {
    const who = await bringer(c);
    if (who instanceof Response) return who;
    return answering(c, async () => {
      const stayed = await takeBackImport(doors, who.office, Number(c.req.param('seat')));
      // How many stay, not who: names stay with the office.
      return { stayed: stayed.length };
    });
  });
  return routes;

  /** Begins to write, where no leave is needed or it is good; goes on in the background. */
  async function begin(c: Context, office: number, seat: number): Promise<object> {
    const leave = c.req.header(leaveHeader)?.replace(/\D/g, '') || null;
    const begun = await beginImport(doors, office, seat, leave);
    if (begun === 'writing') write(office, seat);
    return { seat, state: begun };
  }

  async function answering(c: Context, work: () => Promise<object>): Promise<Response> {
    try {
      return await json(c, await work());
    } catch (error) {
      if (error instanceof CannotImport) return json(c, { code: `exchange.cannot.${error.code}` }, 409);
      throw error;
    }
  }
}

function unreadable(wrong: Wrong): PreviewAnswer {
  return { rows: 0, right: 0, wrongRows: 0, wrong: [wrong], notes: [], wrongFile: null };
}
