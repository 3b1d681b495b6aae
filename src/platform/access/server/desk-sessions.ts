/*
 * How staff come in. Two things are proved before anything is shown:
 *
 *   password ──right──►  second  ──code of the authenticator, or a recovery code──►  full
 *      │                                                                              ▲
 *      └─ right, and no second factor yet ──►  set-up  ──a passkey or a code proved──┘
 *   passkey (held and unlocked: both at once) ──────────────────────────────────────►  full
 *
 * What must stay true:
 *   - a session that has not come to `full` is told nothing but how to come there;
 *   - each step gives a new token, and the one before it is worth nothing any more;
 *   - wrong words of every kind are counted on the account, whatever door they were said at.
 */
import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../../kernel/plain-date.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { OpenSession } from '../account.ts';
import type { DeskRole } from '../role.ts';
import { hashSecret, makeToken } from './secrets.ts';

export type DeskUser = {
  readonly name: string;
  readonly shownName: string;
  readonly role: DeskRole;
  /** The office whose subtree she sees. */
  readonly office: number;
  /** A social organizer's own offices; empty for everybody else. */
  readonly offices: readonly number[];
};

export type Stage = 'second' | 'set-up' | 'full';
export type Session = DeskUser & { readonly stage: Stage };

/** Source: OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, 2 rounds, 1 lane. */
export function hashPassword(password: string): Promise<string> {
  return argon2id({
    password: password.normalize('NFC'),
    salt: randomBytes(16),
    iterations: 2,
    memorySize: 19_456,
    parallelism: 1,
    hashLength: 32,
    outputType: 'encoded',
  });
}

export function isPassword(password: string, hash: string): Promise<boolean> {
  return argon2Verify({ password: password.normalize('NFC'), hash });
}

/** A working day, in milliseconds. Longer than that nobody stays signed in. */
const sessionLife = 12 * 3_600_000;
/** An open desk asks every quarter of a minute: half an hour of silence means that nobody sits there. */
const idleLife = 30 * 60_000;
/** How long after signing in what opens the door may be changed. */
const freshFor = 15 * 60_000;
/** How long the way to a full session may take. */
const halfwayLife = 10 * 60_000;
const freeFailures = 5;
const firstWait = 60_000;

export type SignIn =
  | { readonly state: 'in'; readonly token: string; readonly stage: Stage }
  | { readonly state: 'wrong' }
  | { readonly state: 'closed'; readonly until: Instant };

type Known = {
  readonly password_hash: string;
  readonly failures: number;
  readonly closed_until: number;
  readonly start_until: number | null;
};

/** `machine`: what is remembered of where she sits, as `machineName` says it. */
export async function signIn(app: Pool, name: string, password: string, now: Instant, machine = ''): Promise<SignIn> {
  const found = await onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<Known>(
      'SELECT password_hash, failures, closed_until, start_until FROM users WHERE name = $1',
      [name],
    );
    return rows[0];
  });
  if (found && found.closed_until > now) return { state: 'closed', until: found.closed_until };
  // A name that nobody has costs as much time as one that somebody has.
  const right = await isPassword(password, found?.password_hash ?? (await nobody));
  if (!found) return { state: 'wrong' };
  return onDuty(app, 'gate', async (client): Promise<SignIn> => {
    if (!right || (found.start_until !== null && found.start_until <= now)) {
      await countFailure(client, name, now);
      return { state: 'wrong' };
    }
    const { rows } = await client.query<{ hasSecond: boolean; sample: boolean }>(
      `SELECT totp_secret IS NOT NULL OR EXISTS (SELECT FROM passkeys p WHERE p.name = u.name) AS "hasSecond",
         coalesce((SELECT sample FROM installation), false) AS sample FROM users u WHERE u.name = $1`,
      [name],
    );
    const { hasSecond = false, sample = false } = rows[0] ?? {};
    // A sample office holds nobody's data: its sample user may look around with a password alone, and the page says so.
    const stage: Stage = hasSecond ? 'second' : sample ? 'full' : 'set-up';
    // Half the way is no success: five wrong codes close the account also for who knows the password.
    if (stage === 'full') await forgetFailures(client, name);
    return { state: 'in', stage, token: await openSession(client, name, stage, now, machine) };
  });
}
const nobody = hashPassword(makeToken());

/** One more wrong word; after every five the account is closed, for twice as long each time. */
export async function countFailure(client: PoolClient, name: string, now: Instant): Promise<void> {
  const { rows } = await client.query<{ failures: number }>(
    'UPDATE users SET failures = failures + 1 WHERE name = $1 RETURNING failures',
    [name],
  );
  const failures = rows[0]?.failures ?? 0;
  if (failures % freeFailures !== 0) return;
  const wait = firstWait * 2 ** Math.min(8, failures / freeFailures - 1);
  await client.query('UPDATE users SET closed_until = $2 WHERE name = $1', [name, now + wait]);
}

export async function forgetFailures(client: PoolClient, name: string): Promise<void> {
  await client.query('UPDATE users SET failures = 0, closed_until = 0 WHERE name = $1', [name]);
}

/** Until when an account is closed; 0 when it is open. */
export async function closedUntil(client: PoolClient, name: string, now: Instant): Promise<Instant> {
  const { rows } = await client.query<{ until: number }>(
    'SELECT closed_until AS until FROM users WHERE name = $1 FOR UPDATE',
    [name],
  );
  return (rows[0]?.until ?? 0) > now ? (rows[0]?.until ?? 0) : 0;
}

export async function openSession(
  client: PoolClient,
  name: string,
  stage: Stage,
  now: Instant,
  machine = '',
): Promise<string> {
  const token = makeToken();
  await client.query('DELETE FROM sessions WHERE expires_at < $1', [now]);
  await client.query(
    `INSERT INTO sessions (token_hash, name, expires_at, stage, seen_at, began_at, machine)
     VALUES ($1, $2, $3, $4, $5, $5, $6)`,
    [hashSecret(token), name, now + (stage === 'full' ? sessionLife : halfwayLife), stage, now, machine],
  );
  return token;
}

/** A new token with more rights; the one that led there is gone. */
export async function raiseSession(client: PoolClient, old: string, name: string, now: Instant): Promise<string> {
  const { rows } = await client.query<{ machine: string }>(
    'DELETE FROM sessions WHERE token_hash = $1 RETURNING machine',
    [hashSecret(old)],
  );
  await forgetFailures(client, name);
  return openSession(client, name, 'full', now, rows[0]?.machine);
}

/** Whoever holds a session, however far she has come. */
export function sessionOf(app: Pool, token: string, now: Instant): Promise<Session | null> {
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<Session & { seenAt: number }>(
      `SELECT u.name, u.shown_name AS "shownName", u.role, u.office, s.stage, s.seen_at AS "seenAt",
         coalesce((SELECT array_agg(o.office ORDER BY o.office) FROM user_offices o WHERE o.name = u.name), '{}') AS offices
       FROM sessions s JOIN users u ON u.name = s.name
       WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3`,
      [hashSecret(token), now, now - idleLife],
    );
    const found = rows[0];
    if (!found) return null;
    const { seenAt, ...session } = found;
    if (now - seenAt > 60_000)
      await client.query('UPDATE sessions SET seen_at = $2 WHERE token_hash = $1', [hashSecret(token), now]);
    return session;
  });
}

/** Whether both things were proved within the last quarter of an hour. */
export function isFresh(app: Pool, token: string, now: Instant): Promise<boolean> {
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<{ until: number }>(
      'SELECT expires_at AS until FROM sessions WHERE token_hash = $1',
      [hashSecret(token)],
    );
    return (rows[0]?.until ?? 0) - sessionLife > now - freshFor;
  });
}

/** Whoever has proved both things. */
export async function userOfSession(app: Pool, token: string, now: Instant): Promise<DeskUser | null> {
  const session = await sessionOf(app, token, now);
  if (session?.stage !== 'full') return null;
  const { stage: _stage, ...user } = session;
  return user;
}

export async function signOut(app: Pool, token: string): Promise<void> {
  await onDuty(app, 'gate', (client) =>
    client.query('DELETE FROM sessions WHERE token_hash = $1', [hashSecret(token)]),
  );
}

/** Every session of hers that lives and is full; `own`: the one that asks. The latest first. */
export function sessionsOf(app: Pool, token: string, name: string, now: Instant): Promise<readonly OpenSession[]> {
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<OpenSession>(
      `SELECT session, machine, token_hash = $2 AS own, greatest(0, ($3 - began_at) / 60000)::int AS "openFor",
         greatest(0, ($3 - seen_at) / 60000)::int AS "quietFor" FROM sessions
       WHERE name = $1 AND stage = 'full' AND expires_at > $3 AND seen_at > $4 ORDER BY token_hash = $2 DESC, seen_at DESC, session`,
      [name, hashSecret(token), now, now - idleLife],
    );
    return rows;
  });
}

/** Ends one session of hers. False for a number that is not hers. */
export function endSession(app: Pool, name: string, session: number): Promise<boolean> {
  return onDuty(app, 'gate', async (client) => {
    const { rowCount } = await client.query('DELETE FROM sessions WHERE name = $1 AND session = $2', [name, session]);
    return rowCount === 1;
  });
}

/** Ends every session of a person, on every machine. */
export async function signOutEverywhere(app: Pool, name: string): Promise<void> {
  await onDuty(app, 'gate', (client) => client.query('DELETE FROM sessions WHERE name = $1', [name]));
}
