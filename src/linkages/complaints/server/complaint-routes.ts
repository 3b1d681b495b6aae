/*
 * The complaint book. Whoever complains sends no token, and nothing of her is kept: no seat, no address, no moment. The words come sealed to two
 * people outside the accused's chain; the server holds boxes it cannot open.
 */
import { type Context, Hono } from 'hono';
import type { Pool, PoolClient } from 'pg';
import * as z from 'zod/mini';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import { deskTokenOf } from '../../../platform/access/server/desk-cookie.ts';
import { type DeskUser, userOfSession } from '../../../platform/access/server/desk-sessions.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { bodyOf, json } from '../../../platform/http/server/answers.ts';
import { addressOf } from '../../../platform/http/server/asker.ts';
import type { Limiter } from '../../../platform/http/server/limiter.ts';
import {
  type Accused,
  accused,
  type ComplaintDesk,
  complaintShape,
  eraseShape,
  type HeardComplaint,
  type Hearer,
  hearersOf,
  stepShape,
} from '../complaint.ts';

const keyShape = z.strictObject({
  publicKey: z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string().check(z.regex(/^[\w-]{43}$/)),
    y: z.string().check(z.regex(/^[\w-]{43}$/)),
  }),
  lockedKey: z.string().check(z.minLength(40), z.maxLength(2000)),
});

export type ComplaintDoors = {
  readonly app: Pool;
  readonly now: () => number;
  /** Nobody is known here, so an address is all that can be slowed. */
  readonly limiter: Limiter;
};

/** For whoever complains: at `/api/complaints`. */
export function complaintRoutes({ app, now, limiter }: ComplaintDoors): Hono {
  const routes = new Hono();
  routes.get('/hearers', async (c) => {
    const office = Number(c.req.query('office'));
    const about = c.req.query('about') as Accused;
    if (!Number.isSafeInteger(office) || !accused.includes(about)) return json(c, {}, 404);
    const hearers = await onDuty(app, 'complaints', (client) => hearersFor(client, office, about));
    return hearers ? json(c, { hearers: hearers.map(({ to, key }) => ({ to, key })) }) : json(c, {}, 404);
  });
  routes.post('/', async (c) => {
    const wait = limiter.waitFor(addressOf(c), now());
    if (wait > 0) return json(c, { code: 'access.too-often' }, 429);
    const input = complaintShape.safeParse(await bodyOf(c, 30_000));
    if (!input.success) return json(c, { code: 'book.bad-form' }, 400);
    const { complaint, office, about, way, boxes } = input.data;
    const kept = await onDuty(app, 'complaints', async (client) => {
      const hearers = await hearersFor(client, office, about);
      const [first, second] = boxes.map((box) => hearers?.find(({ to }) => to === box.to)?.name);
      // Both hear it, or it is not taken: one alone could keep it to herself.
      if (!first || !second || first === second) return false;
      const day = dayInPakistan(now());
      const { rowCount } = await client.query(
        `INSERT INTO complaints (complaint, office, came_on, way, about, state_on) VALUES ($1, $2, $3, $4, $5, $3)
         ON CONFLICT DO NOTHING`,
        [complaint, office, day, way, about],
      );
      // Sent twice, because the first answer was lost: it is kept once.
      if (rowCount === 0) return true;
      await client.query('INSERT INTO complaint_copies (complaint, name, box) VALUES ($1, $2, $3), ($1, $4, $5)', [
        complaint,
        first,
        boxes[0].box,
        second,
        boxes[1].box,
      ]);
      return true;
    });
    return kept ? json(c, {}) : json(c, {}, 404);
  });
  return routes;
}

type Known = Hearer & { readonly name: string };

/** One of each of the two roles, above this office, who has a key; null when one of them is missing. */
async function hearersFor(client: PoolClient, office: number, about: Accused): Promise<readonly Known[] | null> {
  const roles = hearersOf(about);
  const { rows } = await client.query<Known & { role: string }>(
    `WITH RECURSIVE line AS (
       SELECT office, above FROM books WHERE office = $1
       UNION ALL SELECT b.office, b.above FROM books b JOIN line ON b.office = line.above)
     SELECT DISTINCT ON (u.role) u.role, u.name, u.handle AS to, k.public_key AS key
     FROM users u JOIN complaint_keys k ON k.name = u.name
     WHERE u.office IN (SELECT office FROM line) AND u.role = ANY($2) ORDER BY u.role, k.made_at, u.name`,
    [office, roles],
  );
  return rows.length === 2 ? rows : null;
}

/** For the two who hear it: at `/api/desk/complaints`. */
export function complaintDeskRoutes({ app, now }: Pick<ComplaintDoors, 'app' | 'now'>): Hono {
  const routes = new Hono();
  const userOf = async (c: Context): Promise<DeskUser | null> => {
    const token = deskTokenOf(c);
    return token ? userOfSession(app, token, now()) : null;
  };
  const signedOut = (c: Context) => json(c, { code: 'access.signed-out' }, 401);
  const asHearer = <T>(user: DeskUser, work: (client: PoolClient) => Promise<T>) =>
    onDuty(app, 'complaints', work, { person: user.name });

  routes.get('/', async (c) => {
    const user = await userOf(c);
    if (!user) return signedOut(c);
    return json(c, await asHearer(user, (client) => deskOf(client, user)));
  });
  routes.post('/key', async (c) => {
    const user = await userOf(c);
    if (!user) return signedOut(c);
    const input = keyShape.safeParse(await bodyOf(c, 4000));
    if (!input.success) return json(c, { code: 'book.bad-form' }, 400);
    await asHearer(user, (client) =>
      client.query(
        `INSERT INTO complaint_keys (name, public_key, locked_key, made_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET public_key = excluded.public_key, locked_key = excluded.locked_key`,
        [user.name, input.data.publicKey, input.data.lockedKey, now()],
      ),
    );
    return json(c, {});
  });
  routes.post('/step', async (c) => {
    const user = await userOf(c);
    if (!user) return signedOut(c);
    const input = stepShape.safeParse(await bodyOf(c, 1000));
    if (!input.success) return json(c, { code: 'book.bad-form' }, 400);
    const { complaint, state, done } = input.data;
    const { rowCount } = await asHearer(user, (client) =>
      client.query('UPDATE complaints SET state = $2, state_on = $3, done = $4 WHERE complaint = $1', [
        complaint,
        state,
        dayInPakistan(now()),
        done,
      ]),
    );
    return rowCount === 1 ? json(c, {}) : json(c, {}, 404);
  });
  routes.post('/erase', async (c) => {
    const user = await userOf(c);
    if (!user) return signedOut(c);
    const input = eraseShape.safeParse(await bodyOf(c, 1000));
    if (!input.success) return json(c, { code: 'book.bad-form' }, 400);
    const { rowCount } = await asHearer(user, (client) =>
      client.query('DELETE FROM complaints WHERE complaint = $1', [input.data.complaint]),
    );
    return rowCount === 1 ? json(c, {}) : json(c, {}, 404);
  });
  return routes;
}

async function deskOf(client: PoolClient, user: DeskUser): Promise<ComplaintDesk> {
  const own = await client.query<{ to: string; lockedKey: string | null }>(
    `SELECT u.handle AS to, k.locked_key AS "lockedKey" FROM users u LEFT JOIN complaint_keys k ON k.name = u.name
     WHERE u.name = $1`,
    [user.name],
  );
  const { rows } = await client.query<HeardComplaint>(
    `SELECT c.complaint, c.office, b.names, c.came_on AS "cameOn", c.way, c.about, c.state, c.state_on AS "stateOn", c.done, k.box
     FROM complaints c JOIN complaint_copies k ON k.complaint = c.complaint AND k.name = $1 JOIN books b ON b.office = c.office
     ORDER BY c.came_on DESC, c.complaint LIMIT 500`,
    [user.name],
  );
  const { to = '', lockedKey = null } = own.rows[0] ?? {};
  return { to, lockedKey, complaints: rows };
}

/** How many, by the post of the accused and by state: for the report. No words, no names, no days. */
export async function complaintCounts(
  app: Pool,
  offices: readonly number[],
): Promise<readonly { readonly about: Accused; readonly state: string; readonly count: number }[]> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ about: Accused; state: string; count: number }>(
      `SELECT about, state, count(*)::int AS count FROM complaints WHERE office = ANY($1) GROUP BY about, state ORDER BY about, state`,
      [offices],
    );
    return rows;
  });
}
