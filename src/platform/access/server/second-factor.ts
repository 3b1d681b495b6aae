/*
 * The code of an authenticator app (RFC 6238), and the recovery codes for the day the app is lost.
 */
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../../kernel/plain-date.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { SealingKey } from '../../sync/server/open-lines.ts';
import { openSealed, safeOf } from '../../sync/server/safe.ts';
import { closedUntil, countFailure, raiseSession, type SignIn } from './desk-sessions.ts';
import { hashSecret } from './secrets.ts';

const stepLength = 30_000;
/** Clocks of phones are off: the half minute before and after also counts. */
const stepsAround = 1;
const recoveryCount = 10;

/** Under which name the secret of an account's app is sealed: what the database holds makes no code. */
export const authenticatorField = 'authenticator';

type FactorDoors = { readonly app: Pool; readonly sealingKey: SealingKey };

function authenticator(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: 'Otaq',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: 30,
    secret: Secret.fromBase32(secret),
  });
}

/** Shows a new secret. It counts only once a code of it has been written. */
export async function beginCode(
  { app, sealingKey }: FactorDoors,
  name: string,
): Promise<{ readonly secret: string; readonly uri: string }> {
  const secret = new Secret({ size: 20 }).base32;
  const sealed = safeOf(sealingKey).seal(name, authenticatorField, secret);
  await onDuty(app, 'gate', (client) =>
    client.query('UPDATE users SET totp_pending = $2 WHERE name = $1', [name, sealed]),
  );
  return { secret, uri: authenticator(secret, name).toString() };
}

export type Proved =
  | { readonly state: 'in'; readonly token: string; readonly recovery: readonly string[] }
  | Exclude<SignIn, { readonly state: 'in' }>;

/** The first code proves that the app holds the secret. Gives recovery codes, and a session with full rights. */
export function confirmCode(
  { app, sealingKey }: FactorDoors,
  token: string,
  name: string,
  code: string,
  now: Instant,
): Promise<Proved> {
  return onDuty(app, 'gate', async (client): Promise<Proved> => {
    const until = await closedUntil(client, name, now);
    if (until > 0) return { state: 'closed', until };
    const { rows } = await client.query<{ pending: string | null }>(
      'SELECT totp_pending AS pending FROM users WHERE name = $1',
      [name],
    );
    const pending = rows[0]?.pending ?? null;
    const step =
      pending === null ? null : stepOf(openSealed(sealingKey, name, authenticatorField, pending), name, code, now);
    if (step === null) {
      await countFailure(client, name, now);
      return { state: 'wrong' };
    }
    await client.query(
      'UPDATE users SET totp_secret = totp_pending, totp_pending = NULL, totp_step = $2 WHERE name = $1',
      [name, step],
    );
    const recovery = await makeRecovery(client, name);
    return { state: 'in', recovery, token: await raiseSession(client, token, name, now) };
  });
}

/** The second step of signing in: a code of the app, or one of the recovery codes, which is then used up. */
export function proveSecond(
  { app, sealingKey }: FactorDoors,
  token: string,
  name: string,
  typed: string,
  now: Instant,
): Promise<SignIn> {
  return onDuty(app, 'gate', async (client): Promise<SignIn> => {
    const until = await closedUntil(client, name, now);
    if (until > 0) return { state: 'closed', until };
    const code = typed.replace(/[\s-]/g, '').toUpperCase();
    if (await isRight(client, sealingKey, name, code, now))
      return { state: 'in', stage: 'full', token: await raiseSession(client, token, name, now) };
    await countFailure(client, name, now);
    return { state: 'wrong' };
  });
}

async function isRight(
  client: PoolClient,
  key: SealingKey,
  name: string,
  code: string,
  now: Instant,
): Promise<boolean> {
  if (/^\d{6}$/.test(code)) {
    const { rows } = await client.query<{ secret: string | null; used: number }>(
      'SELECT totp_secret AS secret, totp_step AS used FROM users WHERE name = $1',
      [name],
    );
    const { secret = null, used = 0 } = rows[0] ?? {};
    const step = secret === null ? null : stepOf(openSealed(key, name, authenticatorField, secret), name, code, now);
    if (step === null || step <= used) return false;
    await client.query('UPDATE users SET totp_step = $2 WHERE name = $1', [name, step]);
    return true;
  }
  const { rowCount } = await client.query('DELETE FROM recovery_codes WHERE name = $1 AND code_hash = $2', [
    name,
    hashSecret(code),
  ]);
  return rowCount === 1;
}

/** The half minute that a code belongs to; null for a code of none that counts. */
function stepOf(secret: string, label: string, code: string, now: Instant): number | null {
  const off = authenticator(secret, label).validate({ token: code, timestamp: now, window: stepsAround });
  return off === null ? null : Math.floor(now / stepLength) + off;
}

// No 0, 1, 8, 9: they are read as O, I, B and g. 24 of 32 signs are 120 bits, so a plain hash does.
const recoverySigns = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Ten codes in the place of all that were before. Shown once, kept as hashes. */
export async function makeRecovery(client: PoolClient, name: string): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCount }, () =>
    Array.from(randomBytes(24), (byte) => recoverySigns[byte % recoverySigns.length]).join(''),
  );
  await client.query('DELETE FROM recovery_codes WHERE name = $1', [name]);
  await client.query('INSERT INTO recovery_codes (name, code_hash) SELECT $1, unnest($2::text[])', [
    name,
    codes.map(hashSecret),
  ]);
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1 '));
}
