/*
 * Whoever works above an office and opens something of it is written down before it is shown, and every minute the office's own book is told,
 * so that its bearers see it on their phones with no network.
 */
import type { Pool } from 'pg';
import type { OfficeId, OrganizationId } from '../../../kernel/ids.ts';
import { addDays, dayInPakistan, type Instant, type PlainDate } from '../../../kernel/plain-date.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { Look } from '../looks.ts';
import type { DeskRole } from '../role.ts';
import { deskRoles } from '../role.ts';
import { type Looked, type SeenLook, watchersOf } from '../watchers.ts';
import type { DeskUser } from './desk-sessions.ts';

/** A page that stays open asks again and again: within this time it is one look, in milliseconds. */
const oneLook = 30 * 60_000;
/** A book that could not be told is told later, for this many days. */
const daysToTell = 14;

/** The offices a person of staff may look into: what stands below hers, or the ones she holds. */
export async function officesSeenBy(app: Pool, user: DeskUser): Promise<readonly OfficeId[]> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ office: OfficeId }>(
      `WITH RECURSIVE below AS (
         SELECT office FROM books WHERE office = $1
         UNION ALL SELECT b.office FROM books b JOIN below ON b.above = below.office)
       SELECT office FROM below WHERE $2::int[] IS NULL OR office = ANY($2) ORDER BY office`,
      [user.office, user.role === 'social-organizer' ? user.offices : null],
    );
    return rows.map(({ office }) => office);
  });
}

/** Writes down that somebody looks; committed before the page is read. */
export async function noteLooks(
  app: Pool,
  user: DeskUser,
  look: { readonly what: Looked; readonly detail: string; readonly offices: readonly OfficeId[] },
  now: Instant,
): Promise<void> {
  await onDuty(app, 'figures', (client) =>
    client.query(
      `INSERT INTO looks (office, at, day, reader, reader_shown, role, what, detail)
       SELECT o.office, $2, $3, $4, $5, $6, $7, $8 FROM unnest($1::int[]) AS o (office)
       WHERE NOT EXISTS (SELECT FROM looks l WHERE l.office = o.office AND l.day = $3 AND l.reader = $4 AND l.what = $7
         AND l.detail = $8 AND l.at > $9)`,
      [
        look.offices,
        now,
        dayInPakistan(now),
        user.name,
        user.shownName,
        user.role,
        look.what,
        look.detail,
        now - oneLook,
      ],
    ),
  );
}

export type TellContext = {
  readonly app: Pool;
  readonly now: () => Instant;
  /** The organization at the head of an office; null while it has none. */
  readonly rootOf: (office: OfficeId) => Promise<OrganizationId | null>;
  readonly writeLine: (office: OfficeId, nature: 'server', command: string, input: unknown) => Promise<unknown>;
};

type Group = Omit<Look, 'organization'> & { readonly office: OfficeId };

/** Tells the offices' books what they do not know yet. Answers how many lines were written. */
export async function tellLooks(context: TellContext): Promise<number> {
  const { app } = context;
  const since = addDays(dayInPakistan(context.now()), -daysToTell);
  const untold = await onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<Group>(
      `SELECT l.office, l.day, l.reader, max(l.reader_shown) AS "readerShown", max(l.role) AS role, l.what, count(*)::int AS count
       FROM looks l LEFT JOIN looks_told t USING (office, day, reader, what)
       WHERE l.day >= $1 GROUP BY l.office, l.day, l.reader, l.what, t.count HAVING count(*) > coalesce(t.count, 0)
       ORDER BY l.office, l.day`,
      [since],
    );
    return rows;
  });
  let told = 0;
  for (const { office, ...look } of untold) {
    const organization = await context.rootOf(office);
    if (organization === null) continue;
    await context.writeLine(office, 'server', 'looks.tell', { ...look, organization });
    await onDuty(app, 'figures', (client) =>
      client.query(
        `INSERT INTO looks_told (office, day, reader, what, count) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (office, day, reader, what) DO UPDATE SET count = greatest(looks_told.count, excluded.count)`,
        [office, look.day, look.reader, look.what, look.count],
      ),
    );
    told += 1;
  }
  return told;
}

/** What a watcher is shown: who of the roles she watches has looked into which of her offices. Never her own looks. */
export async function looksWatchedBy(app: Pool, watcher: DeskUser, today: PlainDate): Promise<readonly SeenLook[]> {
  const offices = await officesSeenBy(app, watcher);
  const watched: DeskRole[] = deskRoles.filter((role) => watchersOf(role).includes(watcher.role));
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<SeenLook>(
      `SELECT l.office, b.names::jsonb AS names, l.day, max(l.reader_shown) AS "readerShown", l.role, l.what, count(*)::int AS count
       FROM looks l JOIN books b USING (office)
       WHERE l.office = ANY($1) AND l.role = ANY($2) AND l.reader <> $3 AND l.day >= $4
       GROUP BY l.office, b.names::jsonb, l.day, l.reader, l.role, l.what ORDER BY l.day DESC, l.office, max(l.reader_shown)
       LIMIT 1000`,
      [offices, watched, watcher.name, addDays(today, -90)],
    );
    return rows;
  });
}
