/*
 * Passkeys: the authenticator proves that it is held and that its owner unlocked it. One is as good as password and code together.
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Pool, PoolClient } from 'pg';
import type { Instant } from '../../../kernel/plain-date.ts';
import { onDuty } from '../../database/server/duty.ts';
import { closedUntil, forgetFailures, openSession, raiseSession, type SignIn } from './desk-sessions.ts';
import { makeRecovery, type Proved } from './second-factor.ts';

/** The address under which the desk is open: the authenticator binds a passkey to its name. */
export type Site = { readonly origin: string; readonly host: string };

const ceremonyLife = 5 * 60_000;

async function remember(client: PoolClient, challenge: string, name: string | null, now: Instant): Promise<void> {
  await client.query('DELETE FROM ceremonies WHERE expires_at < $1', [now]);
  await client.query('INSERT INTO ceremonies (challenge, name, expires_at) VALUES ($1, $2, $3)', [
    challenge,
    name,
    now + ceremonyLife,
  ]);
}

/** Takes a challenge that was given out; it is good once. */
async function take(client: PoolClient, challenge: string, name: string | null, now: Instant): Promise<boolean> {
  const { rowCount } = await client.query(
    'DELETE FROM ceremonies WHERE challenge = $1 AND name IS NOT DISTINCT FROM $2 AND expires_at > $3',
    [challenge, name, now],
  );
  return rowCount === 1;
}

export async function beginPasskey(
  app: Pool,
  user: { readonly name: string; readonly shownName: string },
  site: Site,
  now: Instant,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<{ handle: string; credentials: string[] }>(
      `SELECT handle, coalesce((SELECT array_agg(credential) FROM passkeys p WHERE p.name = u.name), '{}') AS credentials
       FROM users u WHERE u.name = $1`,
      [user.name],
    );
    const { handle = '', credentials = [] } = rows[0] ?? {};
    const options = await generateRegistrationOptions({
      rpName: 'Otaq',
      rpID: site.host,
      userID: new Uint8Array(Buffer.from(handle)),
      userName: user.name,
      userDisplayName: user.shownName,
      attestationType: 'none',
      excludeCredentials: credentials.map((id) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    await remember(client, options.challenge, user.name, now);
    return options;
  });
}

/** Keeps a passkey. The first second factor also gives recovery codes. */
export async function confirmPasskey(
  app: Pool,
  token: string,
  name: string,
  response: RegistrationResponseJSON,
  site: Site,
  now: Instant,
): Promise<Proved> {
  return onDuty(app, 'gate', async (client): Promise<Proved> => {
    const verified = await orNull(() =>
      verifyRegistrationResponse({
        response,
        expectedChallenge: (challenge) => take(client, challenge, name, now),
        expectedOrigin: site.origin,
        expectedRPID: site.host,
        requireUserVerification: true,
      }),
    );
    if (!verified?.verified) return { state: 'wrong' };
    const { credential } = verified.registrationInfo;
    await client.query(
      `INSERT INTO passkeys (credential, name, public_key, counter, transports, made_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (credential) DO NOTHING`,
      [credential.id, name, Buffer.from(credential.publicKey), credential.counter, credential.transports ?? [], now],
    );
    const { rows } = await client.query('SELECT FROM recovery_codes WHERE name = $1 LIMIT 1', [name]);
    const recovery = rows.length === 0 ? await makeRecovery(client, name) : [];
    return { state: 'in', recovery, token: await raiseSession(client, token, name, now) };
  });
}

/** What the authenticator is asked to sign. It says itself who it belongs to, so no name is asked and none can be guessed. */
export async function askPasskey(app: Pool, site: Site, now: Instant): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return onDuty(app, 'gate', async (client) => {
    const options = await generateAuthenticationOptions({ rpID: site.host, userVerification: 'required' });
    await remember(client, options.challenge, null, now);
    return options;
  });
}

export async function signInByPasskey(
  app: Pool,
  response: AuthenticationResponseJSON,
  site: Site,
  now: Instant,
  machine = '',
): Promise<SignIn> {
  return onDuty(app, 'gate', async (client): Promise<SignIn> => {
    const { rows } = await client.query<{ name: string; key: Buffer; counter: number }>(
      'SELECT name, public_key AS key, counter FROM passkeys WHERE credential = $1 FOR UPDATE',
      [response.id],
    );
    const known = rows[0];
    if (!known) return { state: 'wrong' };
    const until = await closedUntil(client, known.name, now);
    if (until > 0) return { state: 'closed', until };
    const verified = await orNull(() =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge: (challenge) => take(client, challenge, null, now),
        expectedOrigin: site.origin,
        expectedRPID: site.host,
        credential: { id: response.id, publicKey: new Uint8Array(known.key), counter: known.counter },
        requireUserVerification: true,
      }),
    );
    if (!verified?.verified) return { state: 'wrong' };
    await client.query('UPDATE passkeys SET counter = $2, used_at = $3 WHERE credential = $1', [
      response.id,
      verified.authenticationInfo.newCounter,
      now,
    ]);
    await forgetFailures(client, known.name);
    return { state: 'in', stage: 'full', token: await openSession(client, known.name, 'full', now, machine) };
  });
}

// The library throws on a signature, an origin or a form that is not right: here each of them is the same "no".
async function orNull<T>(check: () => Promise<T>): Promise<T | null> {
  try {
    return await check();
  } catch {
    return null;
  }
}
