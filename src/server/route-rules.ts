/*
 * Who may ask at which address: one line for every route, and a route without a line answers like one that does not exist. The table is
 * enforced before a handler runs (`guard`), printed in `docs/who-may.md`, and tried role by role on a real server.
 *
 * What an address shows of an office is a `look`: it is written down before the page is read, and the office's book is told.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { DeskRole, Role } from '../platform/access/role.ts';
import { deskTokenOf } from '../platform/access/server/desk-cookie.ts';
import { userOfSession } from '../platform/access/server/desk-sessions.ts';
import { noteLooks, officesSeenBy } from '../platform/access/server/look-book.ts';
import { accountMark } from '../platform/access/server/secrets.ts';
import type { Looked } from '../platform/access/watchers.ts';
import { json } from '../platform/http/server/answers.ts';
import type { OfficeServer } from './office-server.ts';

export type RouteRule =
  /** No data, or only what whoever knocks has brought: the programs, the door. */
  | { readonly who: 'anybody'; readonly because: string }
  /** Whoever has begun to sign in at a desk, for her own account only. */
  | { readonly who: 'own-account' }
  /** The token of a phone's seat. `roles`: what the woman must hold; without it, any woman enrolled. */
  | { readonly who: 'phone'; readonly roles?: readonly Role[] }
  /** The word of the first run while there is no staff, then a session of the head office. */
  | { readonly who: 'first-run' }
  /** A full session. `look`: what is written down, of the office in the path (`:office`) or of all that she sees. */
  | {
      readonly who: 'staff';
      readonly roles: readonly DeskRole[];
      readonly look?: Looked;
      /** A path that names an office: another's answers as if it were not there. */
      readonly office?: 'in-path';
    };

/** Staff who may see what stands in an office's registers, as figures. */
const figureReaders: readonly DeskRole[] = ['social-organizer', 'district', 'head-office', 'auditor'];

/** What is drawn over a whole district. */
const wholeReaders: readonly DeskRole[] = ['district', 'head-office', 'auditor'];
/** Staff who may bring a list into an office, with a bearer's leave. */
const importers: readonly DeskRole[] = ['social-organizer', 'district', 'head-office'];

export const routeRules: Readonly<Record<string, RouteRule>> = {
  'GET /health': { who: 'anybody', because: 'says only that the server is well' },
  'GET /api': { who: 'anybody', because: 'what the interface is, no data' },
  'GET /api/interface.css': { who: 'anybody', because: 'the style of that page' },
  'GET /api/openapi.json': { who: 'anybody', because: 'what the interface is, no data' },
  'POST /api/enrol': { who: 'anybody', because: 'a code of ten digits opens one phone, once' },
  'POST /api/office-key': { who: 'anybody', because: 'proves which office’s key answers here; no data' },
  'POST /api/come-back': { who: 'anybody', because: 'a certificate that this server wrote opens its own seat again' },
  'GET /api/heads/:sequence': { who: 'phone' },
  'GET /api/print/:document': { who: 'phone', roles: ['lso-bearer'] },
  'POST /api/enrolments': { who: 'phone', roles: ['lso-bearer'] },
  'POST /api/enrolments/confirm': { who: 'phone', roles: ['lso-bearer'] },
  'POST /api/import-leaves': { who: 'phone', roles: ['lso-bearer'] },
  'POST /api/sync': { who: 'phone' },
  'POST /api/desk/sign-in': { who: 'anybody', because: 'the door' },
  'POST /api/desk/sign-in/code': { who: 'own-account' },
  'POST /api/desk/sign-in/passkey': { who: 'anybody', because: 'the door: a challenge' },
  'POST /api/desk/sign-in/passkey/answer': { who: 'anybody', because: 'the door' },
  'POST /api/desk/sign-out': { who: 'anybody', because: 'ends one’s own session' },
  'POST /api/desk/sign-out/everywhere': { who: 'own-account' },
  'GET /api/desk/account': { who: 'own-account' },
  'GET /api/desk/account/sessions': { who: 'own-account' },
  'POST /api/desk/account/sessions/end': { who: 'own-account' },
  'POST /api/desk/account/password': { who: 'own-account' },
  'POST /api/desk/account/code': { who: 'own-account' },
  'POST /api/desk/account/code/proof': { who: 'own-account' },
  'POST /api/desk/account/passkey': { who: 'own-account' },
  'POST /api/desk/account/passkey/proof': { who: 'own-account' },
  'POST /api/desk/account/recovery': { who: 'own-account' },
  'GET /api/desk/me': { who: 'staff', roles: [...figureReaders, 'funder'] },
  'GET /api/desk/overview': { who: 'staff', roles: [...figureReaders, 'funder'] },
  'GET /api/desk/figures/:key': { who: 'staff', roles: figureReaders, look: 'figure' },
  'GET /api/desk/figures/:key/:office': { who: 'staff', roles: figureReaders, look: 'figure', office: 'in-path' },
  'GET /api/desk/offices': { who: 'staff', roles: figureReaders, look: 'list' },
  'GET /api/desk/offices/:office': { who: 'staff', roles: figureReaders, look: 'profile', office: 'in-path' },
  'GET /api/desk/donors': { who: 'staff', roles: wholeReaders, look: 'list' },
  'GET /api/desk/emergencies': { who: 'staff', roles: wholeReaders, look: 'list' },
  'GET /api/desk/reports/:month': { who: 'staff', roles: wholeReaders, look: 'figure' },
  'GET /api/desk/reports/:month/:office': { who: 'staff', roles: wholeReaders, look: 'figure', office: 'in-path' },
  'POST /api/desk/export': { who: 'staff', roles: figureReaders, look: 'export' },
  'GET /api/desk/imports/:office': { who: 'staff', roles: importers, office: 'in-path' },
  'POST /api/desk/imports/:office': { who: 'staff', roles: importers, office: 'in-path' },
  'POST /api/desk/imports/:office/preview': { who: 'staff', roles: importers, office: 'in-path' },
  'POST /api/desk/imports/:office/:seat/continue': { who: 'staff', roles: importers, office: 'in-path' },
  'POST /api/desk/imports/:office/:seat/take-back': { who: 'staff', roles: importers, office: 'in-path' },
  'GET /api/desk/opening': { who: 'first-run' },
  'POST /api/desk/opening/programme': { who: 'first-run' },
  'POST /api/desk/opening/district': { who: 'first-run' },
  'POST /api/desk/opening/lso': { who: 'first-run' },
  'POST /api/desk/opening/bearer': { who: 'first-run' },
  'POST /api/desk/opening/code': { who: 'first-run' },
  'POST /api/desk/opening/staff': { who: 'first-run' },
  'GET /api/desk/looks': { who: 'staff', roles: ['district', 'head-office', 'auditor'] },
  'GET /api/complaints/hearers': { who: 'anybody', because: 'public keys of the two who hear a complaint; no name' },
  'POST /api/complaints': { who: 'anybody', because: 'anyone may complain, unnamed; the words come sealed' },
  'GET /api/desk/complaints': { who: 'staff', roles: wholeReaders },
  'POST /api/desk/complaints/key': { who: 'staff', roles: wholeReaders },
  'POST /api/desk/complaints/step': { who: 'staff', roles: wholeReaders },
  'POST /api/desk/complaints/erase': { who: 'staff', roles: wholeReaders },
  'ALL /api/*': { who: 'anybody', because: 'nothing is here' },
  'GET /desk': { who: 'anybody', because: 'the program, no data' },
  'GET /desk/*': { who: 'anybody', because: 'the program, no data' },
  'GET /*': { who: 'anybody', because: 'the program, no data' },
};

/** Stands before every handler below `/api/`. */
export function guard(server: OfficeServer): MiddlewareHandler {
  const { app, now, log } = server;
  return async (c, next) => {
    const route = matchedRoutes(c).find(({ method, path }) => method === c.req.method && path.startsWith('/api/'));
    const rule = route && routeRules[`${route.method} ${route.path}`];
    if (!route || !rule) return nothingHere(c);
    if (rule.who !== 'staff') return next();
    const token = deskTokenOf(c);
    const user = token ? await userOfSession(app, token, now()) : null;
    if (!user) return json(c, { code: 'access.signed-out' }, 401);
    const refused = () => {
      log.info({ route: `${route.method} ${route.path}`, account: accountMark(user.name), role: user.role }, 'refused');
      return nothingHere(c);
    };
    if (!rule.roles.includes(user.role)) return refused();
    const office = rule.office ? officeInPath(route.path, c.req.path) : user.office;
    if (office === null) return refused();
    const seen = rule.office || rule.look ? await officesSeenBy(app, user) : [];
    if (office !== user.office && !seen.includes(office)) return refused();
    if (rule.look) {
      // A page of a district tells of every office below it.
      const under = rule.office ? await officesSeenBy(app, { ...user, office }) : seen;
      const offices = under.filter((other) => other !== user.office);
      await noteLooks(app, user, { what: rule.look, detail: lastName(route.path, c.req.path), offices }, now());
    }
    return next();
  };
}

/** What is not there and what is not hers answer alike. */
export function nothingHere(c: Context): Promise<Response> {
  return json(c, {}, 404);
}

function officeInPath(form: string, path: string): number | null {
  const at = form.split('/').indexOf(':office');
  const word = path.split('/')[at] ?? '';
  return at > 0 && /^[1-9]\d{0,8}$/.test(word) ? Number(word) : null;
}

// `donors` of `/figures/:key`: which figure it was. The office's own number stands beside it already.
function lastName(form: string, path: string): string {
  const at = form.split('/').findLastIndex((word) => word.startsWith(':') && word !== ':office');
  return at < 0 ? '' : (path.split('/')[at] ?? '').slice(0, 80);
}
