/*
 * Desk users sign in with a name and a password. Guessing is slowed twice: Argon2id, and a door that closes for longer after
 * every five wrong words.
 */
import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import type { Pool } from 'pg';
import type { Instant } from '../../../kernel/plain-date.ts';
import { onDuty } from '../../database/server/duty.ts';
import { hashSecret, makeToken } from './secrets.ts';

export type DeskUser = {
  readonly name: string;
  readonly shownName: string;
  readonly role: 'district' | 'head-office' | 'auditor';
  readonly office: number;
};

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

const sessionLife = 12 * 3_600_000;
const freeFailures = 5;
const firstWait = 60_000;

export type SignIn =
  | { readonly state: 'in'; readonly token: string }
  | { readonly state: 'wrong' }
  | { readonly state: 'closed'; readonly until: Instant };

export async function signIn(app: Pool, name: string, password: string, now: Instant): Promise<SignIn> {
  const found = await onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<{ password_hash: string; failures: number; closed_until: number }>(
      'SELECT password_hash, failures, closed_until FROM users WHERE name = $1',
      [name],
    );
    return rows[0];
  });
  if (found && found.closed_until > now) return { state: 'closed', until: found.closed_until };
  // A name that nobody has costs as much time as one that somebody has.
  const hash = found?.password_hash ?? (await nobody);
  const right = await argon2Verify({ password: password.normalize('NFC'), hash });
  if (!found) return { state: 'wrong' };
  return onDuty(app, 'gate', async (client): Promise<SignIn> => {
    if (!right) {
      const failures = found.failures + 1;
      const wait = failures % freeFailures === 0 ? firstWait * 2 ** Math.min(8, failures / freeFailures - 1) : 0;
      await client.query('UPDATE users SET failures = failures + 1, closed_until = $2 WHERE name = $1', [
        name,
        wait > 0 ? now + wait : 0,
      ]);
      return { state: 'wrong' };
    }
    const token = makeToken();
    await client.query('UPDATE users SET failures = 0, closed_until = 0 WHERE name = $1', [name]);
    await client.query('DELETE FROM sessions WHERE expires_at < $1', [now]);
    await client.query('INSERT INTO sessions (token_hash, name, expires_at) VALUES ($1, $2, $3)', [
      hashSecret(token),
      name,
      now + sessionLife,
    ]);
    return { state: 'in', token };
  });
}
const nobody = hashPassword(makeToken());

export function userOfSession(app: Pool, token: string, now: Instant): Promise<DeskUser | null> {
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<DeskUser>(
      `SELECT u.name, u.shown_name AS "shownName", u.role, u.office FROM sessions s JOIN users u ON u.name = s.name
       WHERE s.token_hash = $1 AND s.expires_at > $2`,
      [hashSecret(token), now],
    );
    return rows[0] ?? null;
  });
}

export async function signOut(app: Pool, token: string): Promise<void> {
  await onDuty(app, 'gate', (client) =>
    client.query('DELETE FROM sessions WHERE token_hash = $1', [hashSecret(token)]),
  );
}
