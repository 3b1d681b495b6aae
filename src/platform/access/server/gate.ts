/*
 * Who is knocking: phones by the token of their seat, new phones by a code that a bearer of the office made.
 */
import type { Pool } from 'pg';
import type { Instant } from '../../../kernel/plain-date.ts';
import type { SeatState } from '../../book/server/book-store.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { SealingKey } from '../../sync/server/open-lines.ts';
import { hashCode, hashSecret, makeCode, makeToken } from './secrets.ts';

/** What a code is made and looked up with. */
export type CodeDoors = { readonly app: Pool; readonly sealingKey: SealingKey };

const seatColumns = 'seat, office, person, nature, last_line AS "lastLine", closed';

/** A seat, and where its office has gone; null where it writes here. */
export type KnockingSeat = SeatState & { readonly movedTo: string | null };

export function seatOfToken(app: Pool, token: string): Promise<KnockingSeat | null> {
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<KnockingSeat>(
      `SELECT ${seatColumns}, (SELECT moved_to FROM books WHERE books.office = seats.office) AS "movedTo"
       FROM seats WHERE token_hash = $1`,
      [hashSecret(token)],
    );
    return rows[0] ?? null;
  });
}

export type NewPhone = {
  readonly office: number;
  readonly person: string;
  readonly names: { readonly sd: string | null; readonly ur: string | null; readonly en: string | null };
  readonly organization: string;
  readonly madeBy: string | null;
  readonly byStaff: boolean;
};

/** How long a code for a new phone lives, in milliseconds. */
export const codeLife = 24 * 3_600_000;

/**
 * Makes a code for a person's phone. Shown once, kept as a keyed hash. `recovers`: she has a phone already, and the code opens nothing until
 * another bearer has confirmed it.
 */
export async function makeEnrolment(
  { app, sealingKey }: CodeDoors,
  phone: NewPhone,
  now: Instant,
  life = codeLife,
  recovers = false,
): Promise<string> {
  const code = makeCode();
  await onDuty(app, 'gate', (client) =>
    client.query(
      `INSERT INTO enrolments (code_hash, office, person, names, organization, made_by, by_staff, expires_at, recovers)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        hashCode(sealingKey, code),
        phone.office,
        phone.person,
        phone.names,
        phone.organization,
        phone.madeBy,
        phone.byStaff,
        now + life,
        recovers,
      ],
    ),
  );
  return code;
}

/**
 * Whether one of these women has a phone in an office. `ever`: or had one that was taken back; otherwise a bearer could take it back first and
 * need nobody beside her.
 */
export function hasPhone(
  app: Pool,
  office: number,
  persons: readonly string[],
  when: 'now' | 'ever' = 'now',
): Promise<boolean> {
  return onDuty(app, 'gate', async (client) => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM seats WHERE office = $1 AND person = ANY($2) AND nature = 'person' AND (closed IS NULL OR $3) LIMIT 1`,
      [office, persons, when === 'ever'],
    );
    return rowCount === 1;
  });
}

/** A second bearer stands by a code for the woman she names. False for a code that is another's, used, too old, or her own. */
export function confirmEnrolment(
  { app, sealingKey }: CodeDoors,
  {
    office,
    code,
    person,
    bearer,
  }: { readonly office: number; readonly code: string; readonly person: string; readonly bearer: string },
  now: Instant,
): Promise<boolean> {
  return onDuty(app, 'gate', async (client) => {
    const { rowCount } = await client.query(
      `UPDATE enrolments SET confirmed_by = $4
       WHERE code_hash = $1 AND office = $2 AND person = $3 AND recovers AND confirmed_by IS NULL
         AND used_at IS NULL AND expires_at > $5 AND person <> $4 AND made_by IS DISTINCT FROM $4`,
      [hashCode(sealingKey, code), office, person, bearer, now],
    );
    return rowCount === 1;
  });
}

export type Enrolled = NewPhone & {
  readonly seat: number;
  readonly token: string;
  /** Seats that she had here before: where one is on this very phone, her new pages take its place. */
  readonly earlier: readonly number[];
};

/** Whether a code is right, and only waits for another bearer. */
export function waitsForSecond({ app, sealingKey }: CodeDoors, code: string, now: Instant): Promise<boolean> {
  return onDuty(app, 'gate', async (client) => {
    const { rowCount } = await client.query(
      'SELECT 1 FROM enrolments WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2 AND recovers AND confirmed_by IS NULL',
      [hashCode(sealingKey, code), now],
    );
    return rowCount === 1;
  });
}

/** Uses a code: a seat that was never used before, and its token. Null for a code that is wrong, used or too old. */
export function useEnrolment({ app, sealingKey }: CodeDoors, code: string, now: Instant): Promise<Enrolled | null> {
  return onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<NewPhone>(
      `UPDATE enrolments SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL AND expires_at > $2
         AND (NOT recovers OR confirmed_by IS NOT NULL)
         AND office IN (SELECT office FROM books WHERE moved_to IS NULL)
       RETURNING office, person, names, organization, made_by AS "madeBy", by_staff AS "byStaff"`,
      [hashCode(sealingKey, code), now],
    );
    const phone = rows[0];
    if (!phone) return null;
    const before = await client.query<{ seat: number }>(
      "SELECT seat FROM seats WHERE office = $1 AND person = $2 AND nature = 'person'",
      [phone.office, phone.person],
    );
    const token = makeToken();
    const made = await client.query<{ seat: number }>(
      "INSERT INTO seats (office, person, nature, token_hash) VALUES ($1, $2, 'person', $3) RETURNING seat",
      [phone.office, phone.person, hashSecret(token)],
    );
    return { ...phone, seat: made.rows[0]?.seat as number, token, earlier: before.rows.map(({ seat }) => seat) };
  });
}

/** The seat from which the server, or an import, writes into an office's book; made when first needed. */
export function ownSeat(app: Pool, office: number, nature: 'server' | 'import'): Promise<SeatState> {
  return onDuty(app, 'gate', async (client) => {
    await client.query('SELECT 1 FROM books WHERE office = $1', [office]);
    const { rows } = await client.query<SeatState>(
      `SELECT ${seatColumns} FROM seats WHERE office = $1 AND nature = $2 AND closed IS NULL ORDER BY seat LIMIT 1`,
      [office, nature],
    );
    if (rows[0]) return rows[0];
    const made = await client.query<SeatState>(
      `INSERT INTO seats (office, nature) VALUES ($1, $2) RETURNING ${seatColumns}`,
      [office, nature],
    );
    return made.rows[0] as SeatState;
  });
}
