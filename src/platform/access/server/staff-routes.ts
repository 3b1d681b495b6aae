/*
 * How staff sign in, set up their second factor and sign out. `desk-sessions.ts` has the picture.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Context, Hono } from 'hono';
import type { Pool } from 'pg';
import * as z from 'zod/mini';
import { onDuty } from '../../database/server/duty.ts';
import { bodyOf, json } from '../../http/server/answers.ts';
import { addressOf, siteOf } from '../../http/server/asker.ts';
import type { Limiter } from '../../http/server/limiter.ts';
import type { SealingKey } from '../../sync/server/open-lines.ts';
import type { Account } from '../account.ts';
import { isEasyPassword, shortestPassword } from '../password-rules.ts';
import { deskTokenOf, dropDeskToken, keepDeskToken } from './desk-cookie.ts';
import {
  countFailure,
  endSession,
  hashPassword,
  isFresh,
  isPassword,
  type Session,
  type SignIn,
  type Stage,
  sessionOf,
  sessionsOf,
  signIn,
  signOut,
  signOutEverywhere,
} from './desk-sessions.ts';
import { machineName } from './machine-name.ts';
import { askPasskey, beginPasskey, confirmPasskey, signInByPasskey } from './passkeys.ts';
import { beginCode, confirmCode, makeRecovery, type Proved, proveSecond } from './second-factor.ts';
import { accountMark, hashSecret } from './secrets.ts';

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const signInShape = z.strictObject({ name: text(80), password: text(200) });
const codeShape = z.strictObject({ code: text(40) });
const passwordShape = z.strictObject({
  now: text(200),
  next: z.string().check(z.minLength(shortestPassword), z.maxLength(200)),
});
const credentialShape = z.object({
  id: text(1400),
  rawId: text(1400),
  type: z.literal('public-key'),
  response: z.record(z.string(), z.unknown()),
  clientExtensionResults: z.record(z.string(), z.unknown()),
});
const passkeyBytes = 20_000;
const sessionShape = z.strictObject({ session: z.int().check(z.positive()) });
const machineOf = (c: Context) => machineName(c.req.header('user-agent'));

export type StaffDoors = {
  readonly app: Pool;
  /** Opens what an authenticator's codes are made of. */
  readonly sealingKey: SealingKey;
  readonly now: () => number;
  /** Counts knocks of one address at every door where something is guessed. */
  readonly limiter: Limiter;
  readonly log: { readonly info: (fields: object, message: string) => void };
};

export function staffRoutes(doors: StaffDoors): Hono {
  const { app, now, limiter, log } = doors;
  const routes = new Hono();

  const note = async (c: Context, name: string | null, answer: SignIn | Proved): Promise<void> => {
    const session = answer.state === 'in' ? await sessionOf(app, answer.token, now()) : null;
    const whose = name ?? session?.name;
    const account = whose === undefined ? null : accountMark(whose);
    const door = c.req.path.replace('/api/desk/', '');
    if (session) log.info({ door, account, stage: session.stage }, 'signed in');
    else log.info({ door, account }, answer.state === 'closed' ? 'a closed account was tried' : 'a wrong word');
  };
  const holder = async (c: Context, stages: readonly Stage[]): Promise<{ session: Session; token: string } | null> => {
    const token = deskTokenOf(c);
    const session = token ? await sessionOf(app, token, now()) : null;
    return token && session && stages.includes(session.stage) ? { session, token } : null;
  };
  /** `name`: whose door it was; null where a passkey says it itself. */
  const answerTo = async (
    c: Context,
    name: string | null,
    answer: SignIn | Proved,
    more: object,
  ): Promise<Response> => {
    await note(c, name, answer);
    if (answer.state === 'closed') return tooOften(c, answer.until - now());
    if (answer.state === 'wrong') return json(c, { code: 'access.wrong-word' }, 401);
    keepDeskToken(c, answer.token);
    return json(c, more);
  };
  /** Who may change what opens the door: a session on its way in, or one that was proved lately. An older one ends here. */
  const changer = async (c: Context, stages: readonly Stage[]) => {
    const held = await holder(c, stages);
    if (held?.session.stage !== 'full' || (await isFresh(app, held.token, now()))) return held;
    await signOut(app, held.token);
    return null;
  };
  const signedOut = (c: Context) => json(c, { code: 'access.signed-out' }, 401);
  const badForm = (c: Context) => json(c, { code: 'book.bad-form' }, 400);
  const knock = (c: Context): number => limiter.waitFor(addressOf(c), now());

  routes.post('/sign-in', async (c) => {
    const wait = knock(c);
    const input = signInShape.safeParse(await bodyOf(c, 2000));
    if (wait > 0) return tooOften(c, wait);
    if (!input.success) return json(c, { code: 'access.wrong-word' }, 400);
    const answer = await signIn(app, input.data.name, input.data.password, now(), machineOf(c));
    return answerTo(c, input.data.name, answer, answer.state === 'in' ? { stage: answer.stage } : {});
  });
  routes.post('/sign-in/code', async (c) => {
    const wait = knock(c);
    if (wait > 0) return tooOften(c, wait);
    const held = await holder(c, ['second']);
    if (!held) return signedOut(c);
    const input = codeShape.safeParse(await bodyOf(c, 500));
    if (!input.success) return badForm(c);
    const answer = await proveSecond(doors, held.token, held.session.name, input.data.code, now());
    return answerTo(c, held.session.name, answer, { stage: 'full' });
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
    return answerTo(c, null, await signInByPasskey(app, response, siteOf(c), now(), machineOf(c)), { stage: 'full' });
  });
  routes.post('/sign-out', async (c) => {
    const token = deskTokenOf(c);
    if (token) await signOut(app, token);
    dropDeskToken(c);
    return json(c, {});
  });
  routes.post('/sign-out/everywhere', async (c) => {
    const held = await holder(c, ['full']);
    if (!held) return signedOut(c);
    await signOutEverywhere(app, held.session.name);
    dropDeskToken(c);
    return json(c, {});
  });

  routes.get('/account', async (c) => {
    const held = await holder(c, ['second', 'set-up', 'full']);
    return held ? json(c, await accountOf(app, held.session)) : signedOut(c);
  });
  routes.get('/account/sessions', async (c) => {
    const held = await holder(c, ['full']);
    if (!held) return signedOut(c);
    return json(c, { sessions: await sessionsOf(app, held.token, held.session.name, now()) });
  });
  routes.post('/account/sessions/end', async (c) => {
    const held = await changer(c, ['full']);
    if (!held) return signedOut(c);
    const input = sessionShape.safeParse(await bodyOf(c, 200));
    if (!input.success) return badForm(c);
    const { name } = held.session;
    if (!(await endSession(app, name, input.data.session))) return json(c, {}, 404);
    log.info({ door: 'account/sessions/end', account: accountMark(name) }, 'a session was ended');
    return json(c, {});
  });
  routes.post('/account/password', async (c) => {
    const wait = knock(c);
    if (wait > 0) return tooOften(c, wait);
    const held = await holder(c, ['set-up', 'full']);
    if (!held) return signedOut(c);
    const input = passwordShape.safeParse(await bodyOf(c, 2000));
    if (!input.success) return badForm(c);
    const { token, session } = held;
    const changed = await changePassword(app, token, session, input.data, now());
    if (changed === 'easy') return json(c, { code: 'access.password-easy' }, 409);
    if (changed === 'changed') return json(c, {});
    log.info({ door: 'account/password', account: accountMark(session.name) }, 'a wrong word');
    return json(c, { code: 'access.wrong-word' }, 401);
  });
  routes.post('/account/code', async (c) => {
    const held = await changer(c, ['set-up', 'full']);
    return held ? json(c, await beginCode(doors, held.session.name)) : signedOut(c);
  });
  routes.post('/account/code/proof', async (c) => {
    const wait = knock(c);
    if (wait > 0) return tooOften(c, wait);
    const held = await holder(c, ['set-up', 'full']);
    if (!held) return signedOut(c);
    const input = codeShape.safeParse(await bodyOf(c, 500));
    if (!input.success) return badForm(c);
    const answer = await confirmCode(doors, held.token, held.session.name, input.data.code, now());
    return answerTo(c, held.session.name, answer, answer.state === 'in' ? { recovery: answer.recovery } : {});
  });
  routes.post('/account/passkey', async (c) => {
    const held = await changer(c, ['set-up', 'full']);
    return held ? json(c, await beginPasskey(app, held.session, siteOf(c), now())) : signedOut(c);
  });
  routes.post('/account/passkey/proof', async (c) => {
    const held = await holder(c, ['set-up', 'full']);
    if (!held) return signedOut(c);
    const input = credentialShape.safeParse(await bodyOf(c, passkeyBytes));
    if (!input.success) return badForm(c);
    const response = input.data as unknown as RegistrationResponseJSON;
    const answer = await confirmPasskey(app, held.token, held.session.name, response, siteOf(c), now());
    return answerTo(c, held.session.name, answer, answer.state === 'in' ? { recovery: answer.recovery } : {});
  });
  routes.post('/account/recovery', async (c) => {
    const held = await changer(c, ['full']);
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

/** Keeps a password of her own, and ends her sessions on other machines. */
async function changePassword(
  app: Pool,
  token: string,
  { name, shownName }: Session,
  said: { readonly now: string; readonly next: string },
  now: number,
): Promise<'changed' | 'wrong' | 'easy'> {
  const hash = await onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<{ hash: string }>('SELECT password_hash AS hash FROM users WHERE name = $1', [
      name,
    ]);
    return rows[0]?.hash ?? '';
  });
  if (!(await isPassword(said.now, hash))) {
    await onDuty(app, 'gate', (client) => countFailure(client, name, now));
    return 'wrong';
  }
  if (isEasyPassword(said.next, [name, shownName])) return 'easy';
  const fresh = await hashPassword(said.next);
  await onDuty(app, 'gate', async (client) => {
    await client.query('UPDATE users SET password_hash = $2, start_until = NULL WHERE name = $1', [name, fresh]);
    await client.query('DELETE FROM sessions WHERE name = $1 AND token_hash <> $2', [name, hashSecret(token)]);
  });
  return 'changed';
}

async function tooOften(c: Context, wait: number): Promise<Response> {
  const answer = await json(c, { code: 'access.too-often' }, 429);
  answer.headers.set('retry-after', String(Math.ceil(wait / 1000)));
  return answer;
}
