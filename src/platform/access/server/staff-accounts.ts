/*
 * The operator's way to staff's accounts: `otaq user`. Speaks as the owner of the database, because nobody at a desk makes accounts.
 */
import { randomInt } from 'node:crypto';
import type { Pool } from 'pg';
import type { Instant } from '../../../kernel/plain-date.ts';
import { type DeskRole, deskRoles } from '../role.ts';
import { hashPassword } from './desk-sessions.ts';

export type NewUser = {
  readonly name: string;
  readonly shownName: string;
  readonly role: DeskRole;
  /** The office at the head of the subtree that she sees. */
  readonly office: number;
  /** A social organizer's own offices, below it. */
  readonly offices?: readonly number[];
};

export type StaffAccount = NewUser & {
  readonly offices: readonly number[];
  readonly passkeys: number;
  readonly hasCode: boolean;
  readonly recoveryLeft: number;
  /** Until when the operator's password is good; null once she has chosen her own. */
  readonly startUntil: Instant | null;
};

/** How long a password that the operator hands over is good, in milliseconds. */
const startLife = 7 * 24 * 3_600_000;

/** Makes an account. Answers the password that opens it the first time; it is shown once. Throws with a sentence on what is wrong. */
export async function addUser(owner: Pool, user: NewUser, now: Instant): Promise<string> {
  if (!/^[a-z][a-z0-9.-]{1,39}$/.test(user.name))
    throw new Error(`"${user.name}" is no name to sign in with: 2 to 40 small letters, digits, points or hyphens.`);
  if (!deskRoles.includes(user.role)) throw new Error(`"${user.role}" is no role of staff.`);
  const offices = user.offices ?? [];
  if (offices.length > 0 && user.role !== 'social-organizer')
    throw new Error('Only a social organizer holds offices one by one; everybody else sees what stands below theirs.');
  const known = await owner.query<{ office: number }>('SELECT office FROM books WHERE office = ANY($1)', [
    [user.office, ...offices],
  ]);
  const missing = [user.office, ...offices].find((office) => !known.rows.some((row) => row.office === office));
  if (missing !== undefined) throw new Error(`There is no office ${missing}.`);
  const password = makePassword();
  const { rowCount } = await owner.query(
    `INSERT INTO users (name, password_hash, shown_name, role, office, start_until) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (name) DO NOTHING`,
    [user.name, await hashPassword(password), user.shownName, user.role, user.office, now + startLife],
  );
  if (rowCount === 0) throw new Error(`Somebody called ${user.name} already has an account.`);
  for (const office of new Set(offices))
    await owner.query('INSERT INTO user_offices (name, office) VALUES ($1, $2)', [user.name, office]);
  return password;
}

export async function listUsers(owner: Pool): Promise<readonly StaffAccount[]> {
  const { rows } = await owner.query<StaffAccount>(
    `SELECT u.name, u.shown_name AS "shownName", u.role, u.office, u.start_until AS "startUntil", u.totp_secret IS NOT NULL AS "hasCode",
       coalesce((SELECT array_agg(o.office ORDER BY o.office) FROM user_offices o WHERE o.name = u.name), '{}') AS offices,
       (SELECT count(*)::int FROM passkeys p WHERE p.name = u.name) AS passkeys,
       (SELECT count(*)::int FROM recovery_codes r WHERE r.name = u.name) AS "recoveryLeft"
     FROM users u ORDER BY u.name`,
  );
  return rows;
}

/** Takes an account away with its sessions, passkeys and codes. What she looked at stays written. Throws when there is none. */
export async function removeUser(owner: Pool, name: string): Promise<void> {
  const { rowCount } = await owner.query('DELETE FROM users WHERE name = $1', [name]);
  if (rowCount === 0) throw new Error(`Nobody called ${name} has an account.`);
}

/**
 * For somebody who has lost her password, her app and her codes: a new first password, and nothing of the old second factor. Whoever asks
 * must be known to the operator: this is the one way around it.
 */
export async function resetUser(owner: Pool, name: string, now: Instant): Promise<string> {
  const password = makePassword();
  const { rowCount } = await owner.query(
    `UPDATE users SET password_hash = $2, start_until = $3, totp_secret = NULL, totp_pending = NULL, failures = 0, closed_until = 0
     WHERE name = $1`,
    [name, await hashPassword(password), now + startLife],
  );
  if (rowCount === 0) throw new Error(`Nobody called ${name} has an account.`);
  for (const table of ['passkeys', 'recovery_codes', 'sessions', 'ceremonies'])
    await owner.query(`DELETE FROM ${table} WHERE name = $1`, [name]);
  return password;
}

// 12 of 32 signs that nobody confuses: 60 bits, behind Argon2id and a door that closes.
const passwordSigns = 'abcdefghijkmnpqrstuvwxyz23456789';

function makePassword(): string {
  const signs = Array.from({ length: 12 }, () => passwordSigns[randomInt(passwordSigns.length)]);
  return signs.join('').replace(/(.{4})(?=.)/g, '$1-');
}
