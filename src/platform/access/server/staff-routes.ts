/*
 * How staff sign in, set up their second factor and sign out. `desk-sessions.ts` has the picture.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Pool } from 'pg';
import * as z from 'zod/mini';
import { onDuty } from '../../database/server/duty.ts';
import { bodyOf, json } from '../../http/server/answers.ts';
import type { Limiter } from '../../http/server/limiter.ts';
import type { Account } from '../account.ts';
import {
  hashPassword,
  isPassword,
  type Session,
  type SignIn,
  type Stage,
  sessionOf,
  signIn,
  signOut,
  signOutEverywhere,
} from './desk-sessions.ts';
import { askPasskey, beginPasskey, confirmPasskey, type Site, signInByPasskey } from './passkeys.ts';
import { beginCode, confirmCode, makeRecovery, type Proved, proveSecond } from './second-factor.ts';

export const deskCookie = 'desk';

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const signInShape = z.strictObject({ name: text(80), password: text(200) });
const codeShape = z.strictObject({ code: text(40) });
/** NIST SP 800-63B: length is what counts; nothing is asked of its signs. */
const passwordShape = z.strictObject({ now: text(200), next: z.string().check(z.minLength(12), z.maxLength(200)) });
const credentialShape = z.object({
  id: text(1400),
  rawId: text(1400),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
});
const passkeyBytes = 20_000;

export type StaffDoors = {
  readonly app: Pool;
  readonly now: () => number;
  /** Counts knocks of one address at every door where something is guessed. */
  readonly limiter: Limiter;
  readonly addressOf: (c: Context) => string;
};

export function staffRoutes({ app, now, limiter, addressOf }: StaffDoors): Hono {
  const routes = new Hono();

  const holder = async (c: Context, stages: readonly Stage[]): Promise<{ session: Session; token: string } | null> => {
    const token = getCookie(c, deskCookie);
    const session = token ? await sessionOf(app, token, now()) : null;
    return token && session && stages.includes(session.stage) ? { session, token } : null;
  };
  const answerTo = (c: Context, answer: SignIn | Proved, more: object): Promise<Response> => {
    if (answer.state === 'closed') return tooOften(c, answer.until - now());
    if (answer.state === 'wrong') return json(c, { code: 'access.wrong-word' }, 401);
    setCookie(c, deskCookie, answer.token, {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/api/desk',
      secure: siteOf(c).origin.startsWith('https:'),
    });
    return json(c, more);
  };
  const signedOut = (c: Context) => json(c, { code: 'access.signed-out' }, 401);
  const badForm = (c: Context) => json(c, { code: 'book.bad-form' }, 400);
  const knock = (c: Context): number => limiter.waitFor(addressOf(c), now());

  routes.post('/sign-in', async (c) => {
    const wait = knock(c);
    const input = signInShape.safeParse(await bodyOf(c, 2000));
    if (wait > 0) return tooOften(c, wait);
    if (!input.success) return json(c, { code: 'access.wrong-word' }, 400);
    const answer = await signIn(app, input.data.name, input.data.password, now());
    return answerTo(c, answer, answer.state === 'in' ? { stage: answer.stage } : {});
  });
  routes.post('/sign-in/code', async (c) => {
    const wait = knock(c);
    if (wait > 0) return tooOften(c, wait);
    const held = await holder(c, ['second']);
    if (!held) return signedOut(c);
    const input = codeShape.safeParse(await bodyOf(c, 500));
    if (!input.success) return badForm(c);
    const answer = await proveSecond(app, held.token, held.session.name, input.data.code, now());
    return answerTo(c, answer, { stage: 'full' });
  });
  routes.post('/sign-in/passkey', async (c) => {
    const wait = knock(c);
    return wait > 0 ? tooOften(c, wait) : json(c, await askPasskey(app, siteOf(c), now()));
  });
  routes.post('/sign-in/passkey/answer', async (c) => {
    const wait = knock(c);
    if (wait > 0) return tooOften(c, wait);
    const input = credentialShape.safeParse(await bodyOf(c, passkeyBytes));
    if (!input.success) return badForm(c);
    const response = input.data as unknown as AuthenticationResponseJSON;
    return answerTo(c, await signInByPasskey(app, response, siteOf(c), now()), { stage: 'full' });
  });
  routes.post('/sign-out', async (c) => {
    const token = getCookie(c, deskCookie);
    if (token) await signOut(app, token);
    deleteCookie(c, deskCookie, { path: '/api/desk' });
    return json(c, {});
  });
  routes.post('/sign-out/everywhere', async (c) => {
    const held = await holder(c, ['full']);
    if (!held) return signedOut(c);
    await signOutEverywhere(app, held.session.name);
    deleteCookie(c, deskCookie, { path: '/api/desk' });
    return json(c, {});
  });

  routes.get('/account', async (c) => {
    const held = await holder(c, ['second', 'set-up', 'full']);
    return held ? json(c, await accountOf(app, held.session)) : signedOut(c);
  });
  routes.post('/account/password', async (c) => {
    const wait = knock(c);
    if (wait > 0) return tooOften(c, wait);
    const held = await holder(c, ['set-up', 'full']);
    if (!held) return signedOut(c);
    const input = passwordShape.safeParse(await bodyOf(c, 2000));
    if (!input.success) return badForm(c);
    const right = await changePassword(app, held.session.name, input.data.now, input.data.next);
    return right ? json(c, {}) : json(c, { code: 'access.wrong-word' }, 401);
  });
  routes.post('/account/code', async (c) => {
    const held = await holder(c, ['set-up', 'full']);
    return held ? json(c, await beginCode(app, held.session.name)) : signedOut(c);
  });
  routes.post('/account/code/proof', async (c) => {
    const wait = knock(c);
    if (wait > 0) return tooOften(c, wait);
    const held = await holder(c, ['set-up', 'full']);
    if (!held) return signedOut(c);
    const input = codeShape.safeParse(await bodyOf(c, 500));
    if (!input.success) return badForm(c);
    const answer = await confirmCode(app, held.token, held.session.name, input.data.code, now());
    return answerTo(c, answer, answer.state === 'in' ? { recovery: answer.recovery } : {});
  });
  routes.post('/account/passkey', async (c) => {
    const held = await holder(c, ['set-up', 'full']);
    return held ? json(c, await beginPasskey(app, held.session, siteOf(c), now())) : signedOut(c);
  });
  routes.post('/account/passkey/proof', async (c) => {
    const held = await holder(c, ['set-up', 'full']);
    if (!held) return signedOut(c);
    const input = credentialShape.safeParse(await bodyOf(c, passkeyBytes));
    if (!input.success) return badForm(c);
    const response = input.data as unknown as RegistrationResponseJSON;
    const answer = await confirmPasskey(app, held.token, held.session.name, response, siteOf(c), now());
    return answerTo(c, answer, answer.state === 'in' ? { recovery: answer.recovery } : {});
  });
  routes.post('/account/recovery', async (c) => {
    const held = await holder(c, ['full']);
    if (!held) return signedOut(c);
    const recovery = await onDuty(app, 'gate', (client) => makeRecovery(client, held.session.name));
    return json(c, { recovery });
  });
  return routes;
}

async function accountOf(app: Pool, session: Session): Promise<Account> {
  // Whoever has only said a password is told no more than what to do next.
  const { name, shownName, role, stage } = session;
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<Omit<Account, 'shownName' | 'role' | 'stage'>>(
      `SELECT u.totp_secret IS NOT NULL AS "hasCode", u.start_until IS NOT NULL AS "startPassword",
         (SELECT count(*)::int FROM passkeys p WHERE p.name = u.name) AS passkeys,
         (SELECT count(*)::int FROM recovery_codes r WHERE r.name = u.name) AS "recoveryLeft",
         coalesce((SELECT sample FROM installation), false) AS sample
       FROM users u WHERE u.name = $1`,
      [name],
    );
    return { shownName, role, stage, ...(rows[0] as Omit<Account, 'shownName' | 'role' | 'stage'>) };
  });
}

async function changePassword(app: Pool, name: string, before: string, next: string): Promise<boolean> {
  const hash = await onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<{ hash: string }>('SELECT password_hash AS hash FROM users WHERE name = $1', [
      name,
    ]);
    return rows[0]?.hash ?? '';
  });
  if (!(await isPassword(before, hash))) return false;
  const fresh = await hashPassword(next);
  await onDuty(app, 'gate', (client) =>
    client.query('UPDATE users SET password_hash = $2, start_until = NULL WHERE name = $1', [name, fresh]),
  );
  return true;
}

/** Where the browser stands. Behind a proxy that speaks TLS, the proxy says so. */
function siteOf(c: Context): Site {
  const { host, hostname, protocol } = new URL(c.req.url);
  const secure = protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';
  return { origin: `${secure ? 'https' : 'http'}://${host}`, host: hostname };
}

async function tooOften(c: Context, wait: number): Promise<Response> {
  const answer = await json(c, { code: 'access.too-often' }, 429);
  answer.headers.set('retry-after', String(Math.ceil(wait / 1000)));
  return answer;
}
