/*
 * Documents as PDF, for the phone of an office's bearer. What stands on them is what her own phone may see.
 */
import { type Context, Hono } from 'hono';
import type { SeatState } from '../platform/book/server/book-store.ts';
import { json } from '../platform/http/server/answers.ts';
import { siteOf } from '../platform/http/server/asker.ts';
import { Limiter } from '../platform/http/server/limiter.ts';
import type { Language } from '../platform/languages/language.ts';
import { parseLanguage } from '../platform/languages/language.ts';
import type { Words } from '../platform/languages/say.ts';
import { wordsOf } from '../platform/languages/server/whole-catalogs.ts';
import { readForPrint } from '../platform/print/server/print-source.ts';
import { printPdf } from '../platform/print/server/typst-printer.ts';
import { documents } from './documents.ts';
import type { OfficeServer } from './office-server.ts';

/** Latin digits, whoever reads: a number on paper is dialled, and compared with other papers. */
export async function wordsOfPrint(language: Language): Promise<Words> {
  return wordsOf(language);
}

export function printRoutes(server: OfficeServer, seatOf: (c: Context) => Promise<SeatState | null>): Hono {
  const routes = new Hono();
  const knocks = new Limiter(30, 60_000);

  routes.get('/:document', async (c) => {
    const seat = await seatOf(c);
    if (!seat || seat.closed !== null || seat.person === null) return json(c, { code: 'access.unknown-phone' }, 401);
    const grants = await server.grantsOf(seat);
    if (!grants.some(({ role }) => role === 'lso-bearer')) return json(c, { code: 'access.not-allowed' }, 403);
    const document = documents.find(({ name }) => name === c.req.param('document'));
    if (!document) return json(c, {}, 404);
    const language = parseLanguage(c.req.query('language'));
    if (language === null) return json(c, { code: 'book.bad-form', where: 'language' }, 400);
    const wait = knocks.waitFor(String(seat.seat), server.now());
    if (wait > 0) {
      const often = await json(c, { code: 'access.too-often' }, 429);
      often.headers.set('retry-after', String(Math.ceil(wait / 1000)));
      return often;
    }
    const source = await readForPrint(server.app, {
      reader: seat,
      upward: await server.store.officesUpward(seat.office),
      kinds: document.kinds,
      rules: server.rules(),
      now: server.now(),
      origin: siteOf(c).origin,
    });
    if (!source) return json(c, {}, 404);
    const words = await wordsOfPrint(language);
    const pdf = printPdf(document.compose(source, words), words);
    server.log.info({ office: seat.office, seat: seat.seat, document: document.name }, 'printed');
    return c.body(new Uint8Array(pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="notebook.pdf"',
      'cache-control': 'no-store',
    });
  });
  return routes;
}
