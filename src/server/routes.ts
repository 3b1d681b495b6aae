/*
 * Every address the server answers. A phone speaks with the token of its seat, the desk with its session.
 */
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import {
  complaintCounts,
  complaintDeskRoutes,
  complaintRoutes,
} from '../linkages/complaints/server/complaint-routes.ts';
import { giveLeave } from '../network/exchange/server/import-office.ts';
import { importRoutes } from '../network/exchange/server/import-routes.ts';
import { type FirstRun, openingRoutes } from '../network/programmes/server/opening-routes.ts';
import { deskRoutes } from '../network/reports/server/report-routes.ts';
import { announcePhone, type GrantPage, grantKind } from '../platform/access/grants.ts';
import {
  codeLife,
  confirmEnrolment,
  hasPhone,
  type KnockingSeat,
  makeEnrolment,
  type NewPhone,
  seatOfToken,
  useEnrolment,
  waitsForSecond,
} from '../platform/access/server/gate.ts';
import { lookRoutes } from '../platform/access/server/look-routes.ts';
import { officeKeyShape, proveOffice } from '../platform/access/server/office-proof.ts';
import { bringSeatBack, certifySeat, readCertificate } from '../platform/access/server/seat-certificate.ts';
import { hashSecret } from '../platform/access/server/secrets.ts';
import { staffRoutes } from '../platform/access/server/staff-routes.ts';
import { lastVerified } from '../platform/backup/server/backup-schedule.ts';
import { hashOf } from '../platform/book/server/hash-of.ts';
import { canWrite } from '../platform/database/server/can-write.ts';
import { onDuty } from '../platform/database/server/duty.ts';
import { answerHeaders, onlyFromHome } from '../platform/http/server/answer-headers.ts';
import { bodyOf, json } from '../platform/http/server/answers.ts';
import { addressOf, believing } from '../platform/http/server/asker.ts';
import { faultOf } from '../platform/http/server/fault.ts';
import { Limiter } from '../platform/http/server/limiter.ts';
import { staticFiles } from '../platform/http/server/static-files.ts';
import { Turns } from '../platform/http/server/turns.ts';
import { protocolVersion, syncRequestShape } from '../platform/sync/protocol.ts';
import { answerSync } from '../platform/sync/server/answer-sync.ts';
import { PhonesHeard } from '../platform/sync/server/phones-heard.ts';
import { interfacePage, interfaceStyle, openApiOf } from './interface.ts';
import type { OfficeServer } from './office-server.ts';
import { comeBackShape, confirmationShape, enrolmentShape, enrolShape } from './phone-forms.ts';
import { printRoutes } from './print-routes.ts';
import { guard, nothingHere } from './route-rules.ts';

const mostSyncBytes = 8_000_000;
/**
 * How many phones are answered at once, and of one office: fewer than there are connections, so that one which must wait for others waits here
 * and not, with a connection in its hand, at the lock of its office's book.
 */
const syncsAtOnce = 8;
const syncsOfOneOffice = 2;
/** `firstRun`: the installation has no staff yet, and its page is led by a word. `proxies`: those of other machines that are believed. */
export function routesOf(
  server: OfficeServer,
  built: string,
  firstRun: FirstRun | null = null,
  proxies: readonly string[] = [],
): Hono {
  const { app, aside, now, log } = server;
  const routes = new Hono();
  // A code has ten digits: sixty guesses a minute find none, and an office that enrols all its phones in one meeting is let in.
  const knocks = new Limiter(60, 60_000);
  /** A meeting of sixty leaders fits into an hour; guessing at another bearer's code does not. */
  const makers = new Limiter(60, 3_600_000);
  const confirmers = new Limiter(10, 3_600_000);
  /** Every bearer sees that a phone was opened, and by whom. */
  const announce = ({ office, seat, person, names, organization, madeBy, byStaff }: NewPhone & { seat: number }) =>
    server.writeLine(office, 'server', announcePhone.name, {
      seat,
      person,
      names,
      organization,
      enrolledBy: madeBy,
      byStaff,
    });
  const provers = new Limiter(240, 60_000);
  const phonesHeard = new PhonesHeard(app);
  const syncs = new Turns(syncsAtOnce, syncsOfOneOffice);
  const phoneFiles = staticFiles(join(built, 'phone'), '/phone.html');
  const deskFiles = staticFiles(join(built, 'desk'), '/desk.html');

  routes.use(believing(proxies));
  routes.use(answerHeaders);
  routes.onError((error, c) => {
    log.error({ path: c.req.routePath, ...faultOf(error) }, 'a request met a bug');
    return json(c, { code: 'book.could-not-decide' }, 500);
  });

  routes.get('/api', (c) => interfacePage(c, routes));
  routes.get('/api/interface.css', interfaceStyle);
  routes.use('/api/*', onlyFromHome);
  routes.use('/api/*', guard(server));
  routes.get('/api/openapi.json', async (c) => json(c, await openApiOf(routes)));

  routes.get('/health', async (c) => {
    if (!(await canWrite(app))) return json(c, { ok: false }, 503);
    const epoch = await server.store.epoch();
    const backedUpAt = await onDuty(app, 'gate', lastVerified);
    return json(c, { ok: true, protocol: protocolVersion, epoch: epoch.number, backedUpAt });
  });

  routes.post('/api/sync', async (c) => {
    const seat = await seatOf(server, c);
    if (!seat) return json(c, { code: 'access.unknown-phone' }, 401);
    if (seat.movedTo !== null) return json(c, { code: 'access.office-moved', to: seat.movedTo }, 410);
    const body = await bodyOf(c, mostSyncBytes);
    const request = syncRequestShape.safeParse(body);
    if (!request.success)
      return json(c, { code: 'book.bad-form', where: request.error.issues[0]?.path.join('.') }, 400);
    const answer = await syncs.take(seat.office, async () => {
      const answer = await answerSync(server, seat, request.data);
      await phonesHeard.note(seat, now());
      return answer;
    });
    return json(c, answer);
  });

  routes.post('/api/enrol', async (c) => {
    const wait = knocks.waitFor(addressOf(c), now());
    if (wait > 0) {
      const often = await json(c, { code: 'access.too-often' }, 429);
      often.headers.set('retry-after', String(Math.ceil(wait / 1000)));
      return often;
    }
    const input = enrolShape.safeParse(await bodyOf(c, 200));
    if (!input.success) return json(c, { code: 'access.bad-code' }, 400);
    const enrolled = await useEnrolment(server, input.data.code, now());
    if (!enrolled) {
      if (await waitsForSecond(server, input.data.code, now())) return json(c, { code: 'access.needs-second' }, 409);
      log.info({}, 'a wrong code for a phone');
      return json(c, { code: 'access.bad-code' }, 404);
    }
    const { office, person, names, seat, token, earlier } = enrolled;
    await announce(enrolled);
    const certificate = certifySeat(server.sealingKey, enrolled, (await server.store.epoch()).name);
    const officeNames = await onDuty(app, 'gate', async (client) => {
      const { rows } = await client.query<{ names: unknown }>('SELECT names FROM books WHERE office = $1', [office]);
      return rows[0]?.names;
    });
    const sealingKey = server.sealingKey.publicKey;
    return json(c, { seat, token, office, person, names, officeNames, sealingKey, certificate, earlier });
  });

  // Before a phone gives its code away: whether this is the office that the code's picture names.
  routes.post('/api/office-key', async (c) => {
    if (provers.waitFor(addressOf(c), now()) > 0) return json(c, { code: 'access.too-often' }, 429);
    const input = officeKeyShape.safeParse(await bodyOf(c, 300));
    const proof = input.success ? await proveOffice(server.sealingKey, input.data.point) : null;
    if (proof === null) return json(c, { code: 'book.bad-form', where: 'point' }, 400);
    return json(c, { sealingKey: server.sealingKey.publicKey, proof });
  });

  // After a restore: a phone that was let in after the backup comes back under its own number.
  routes.post('/api/come-back', async (c) => {
    if (knocks.waitFor(addressOf(c), now()) > 0) return json(c, { code: 'access.too-often' }, 429);
    const input = comeBackShape.safeParse(await bodyOf(c, 6000));
    const seat = input.success ? readCertificate(server.sealingKey, input.data.certificate) : null;
    if (!input.success || !seat || seat.tokenHash !== hashSecret(input.data.token))
      return json(c, { code: 'access.unknown-phone' }, 404);
    const came = await bringSeatBack(app, seat, (await server.store.epoch()).name);
    if (came === 'refused') return json(c, { code: 'access.unknown-phone' }, 404);
    if (came === 'back') await announce(seat);
    return json(c, {});
  });

  routes.post('/api/enrolments', async (c) => {
    const seat = await seatOf(server, c);
    if (!seat || seat.closed !== null) return json(c, { code: 'access.unknown-phone' }, 401);
    const grants = await server.grantsOf(seat);
    if (!grants.some(({ role }) => role === 'lso-bearer')) return json(c, { code: 'access.not-allowed' }, 403);
    const input = enrolmentShape.safeParse(await bodyOf(c, 2000));
    if (!input.success) return json(c, { code: 'book.bad-form' }, 400);
    const { person, names, organization } = input.data;
    if (makers.waitFor(String(seat.seat), now()) > 0) return json(c, { code: 'access.too-often' }, 429);
    // A phone is for somebody who holds a role here; the role comes first.
    const held = await server.store.open(seat.office, async (book) =>
      (await book.structure([grantKind.kind])).map(({ body }) => body as GrantPage),
    );
    if (!held.some((grant) => grant.person === person && grant.organization === organization))
      return json(c, { code: 'access.no-role' }, 404);
    // She has a phone, or had one: then another bearer with a phone must stand by the code, where the office has one.
    const seconds = held.filter(
      ({ role, until, person: other }) =>
        role === 'lso-bearer' && until === null && other !== person && other !== seat.person,
    );
    const recovers =
      (await hasPhone(app, seat.office, [person], 'ever')) &&
      (await hasPhone(
        app,
        seat.office,
        seconds.map(({ person }) => person),
      ));
    const madeBy = seat.person;
    const phone = { office: seat.office, person, names, organization, madeBy, byStaff: false };
    return json(c, { code: await makeEnrolment(server, phone, now(), codeLife, recovers), needsSecond: recovers });
  });

  routes.post('/api/enrolments/confirm', async (c) => {
    const seat = await seatOf(server, c);
    if (!seat || seat.closed !== null || seat.person === null) return json(c, { code: 'access.unknown-phone' }, 401);
    const grants = await server.grantsOf(seat);
    if (!grants.some(({ role }) => role === 'lso-bearer')) return json(c, { code: 'access.not-allowed' }, 403);
    if (confirmers.waitFor(String(seat.seat), now()) > 0) return json(c, { code: 'access.too-often' }, 429);
    const input = confirmationShape.safeParse(await bodyOf(c, 400));
    if (!input.success) return json(c, { code: 'book.bad-form' }, 400);
    const confirmed = await confirmEnrolment(
      server,
      { ...input.data, office: seat.office, bearer: seat.person },
      now(),
    );
    return confirmed ? json(c, {}) : json(c, { code: 'access.bad-code' }, 404);
  });

  // A bearer's leave for one list that staff bring in.
  routes.post('/api/import-leaves', async (c) => {
    const seat = await seatOf(server, c);
    if (!seat || seat.closed !== null || seat.person === null) return json(c, { code: 'access.unknown-phone' }, 401);
    const grants = await server.grantsOf(seat);
    if (!grants.some(({ role }) => role === 'lso-bearer')) return json(c, { code: 'access.not-allowed' }, 403);
    return json(c, { code: await giveLeave(server, seat.office, seat.person) });
  });

  // What a paper of that day must show. A hash says nothing of what was written; any woman of the office may hold paper and book together.
  routes.get('/api/heads/:sequence', async (c) => {
    const seat = await seatOf(server, c);
    if (!seat || seat.closed !== null) return json(c, { code: 'access.unknown-phone' }, 401);
    const sequence = c.req.param('sequence');
    if (!/^[1-9]\d{0,11}$/.test(sequence)) return json(c, { code: 'book.bad-form' }, 400);
    const hash = await hashOf(aside, seat.office, Number(sequence));
    return hash === null ? json(c, {}, 404) : json(c, { hash });
  });

  routes.route(
    '/api/print',
    printRoutes({ ...server, app: aside }, (c) => seatOf(server, c)),
  );
  routes.route(
    '/api/desk',
    staffRoutes({ app: aside, sealingKey: server.sealingKey, now, limiter: new Limiter(30, 60_000), log }),
  );
  routes.route('/api/desk', lookRoutes({ app: aside, now }));
  routes.route('/api/desk', deskRoutes({ app: aside, now, complaints: (offices) => complaintCounts(aside, offices) }));
  routes.route('/api/desk/imports', importRoutes(server));
  routes.route('/api/desk/opening', openingRoutes({ ...server, firstRun, limiter: new Limiter(10, 60_000) }));
  const unnamed = { app, now, limiter: new Limiter(20, 3_600_000) };
  routes.route('/api/complaints', complaintRoutes(unnamed));
  routes.route('/api/desk/complaints', complaintDeskRoutes(unnamed));
  routes.all('/api/*', nothingHere);
  routes.get('/desk', (c) => deskFiles(c, '/desk.html'));
  routes.get('/desk/*', (c) => deskFiles(c, c.req.path.slice('/desk'.length)));
  routes.get('/*', (c) => phoneFiles(c, c.req.path === '/' ? '/phone.html' : c.req.path));
  return routes;
}

async function seatOf(server: OfficeServer, c: Context): Promise<KnockingSeat | null> {
  const token = /^Bearer ([\w-]{43})$/.exec(c.req.header('authorization') ?? '')?.[1];
  return token ? seatOfToken(server.app, token) : null;
}
