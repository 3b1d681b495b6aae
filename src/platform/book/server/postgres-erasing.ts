import type { Pool, PoolClient } from 'pg';
import type { OfficeId, RecordId } from '../../../kernel/ids.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { AnyKept } from '../decide.ts';
import type { EntryBody } from '../entry.ts';
import { type Erasure, erasureKind } from '../erasure.ts';
import type { ErasingStore, ErasureRow, Worded } from './erasing-store.ts';

/** Every erasure of this installation, to be put beside a backup. */
export async function listErasures(owner: Pick<Pool, 'query'>): Promise<readonly ErasureRow[]> {
  const { rows } = await owner.query<ErasureRow>(
    'SELECT office, subject, pages, done_at AS "doneAt" FROM erasures ORDER BY office, subject',
  );
  return rows;
}

export function postgresErasing(app: Pool): ErasingStore {
  const erasing = <T>(office: OfficeId, work: (client: PoolClient) => Promise<T>) =>
    onDuty(app, 'eraser', work, { office });
  return {
    offices: () =>
      onDuty(app, 'figures', async (client) => {
        const { rows } = await client.query<{ office: number }>(
          'SELECT office FROM books WHERE moved_to IS NULL AND NOT kept_elsewhere ORDER BY office',
        );
        return rows.map(({ office }) => office);
      }),
    wishes: (office, toldBefore) =>
      erasing(office, async (client) => {
        const { rows } = await client.query<{ id: RecordId; body: Erasure }>(
          `SELECT r.id, r.body FROM records r JOIN entries e ON e.office = r.office AND e.sequence = r.sequence
           WHERE r.office = $1 AND r.kind = $2 AND r.body->>'state' = 'asked' AND e.received_at <= $3 ORDER BY r.id`,
          [office, erasureKind.kind, toldBefore],
        );
        return rows.map(({ id, body }) => ({ wish: id, subject: body.subject }));
      }),
    listed: (office) =>
      erasing(office, async (client) => {
        const { rows } = await client.query<ErasureRow>(
          `SELECT office, subject, pages, done_at AS "doneAt" FROM erasures
           WHERE office = $1 ORDER BY subject COLLATE "C"`,
          [office],
        );
        return rows;
      }),
    sequence: (office) =>
      erasing(office, async (client) => {
        const { rows } = await client.query<{ sequence: number }>('SELECT sequence FROM books WHERE office = $1', [
          office,
        ]);
        return rows[0]?.sequence ?? 0;
      }),
    pages: (office, ids, after) =>
      erasing(office, async (client) => {
        const { rows } = await client.query<AnyKept>(
          `SELECT id, kind, scope, version, body FROM records
           WHERE office = $1 AND sequence > $2 AND (id = ANY($3) OR body::text LIKE ANY($4)) ORDER BY id`,
          [office, after, [...ids], mentions(ids)],
        );
        return rows;
      }),
    entries: (office, ids, after) =>
      erasing(office, async (client) => {
        const { rows } = await client.query<Omit<Worded, 'body'> & { readonly body: string | null }>(
          `SELECT sequence, state, command, body, salt, body_hash AS "bodyHash", remains FROM entries
           WHERE office = $1 AND sequence > $2 AND (body LIKE ANY($3) OR remains::text LIKE ANY($3)) ORDER BY sequence`,
          [office, after, mentions(ids)],
        );
        return rows.map(({ body, ...entry }) => ({
          ...entry,
          body: body === null ? null : (JSON.parse(body) as EntryBody),
        }));
      }),
    list: (office, subject, pages) =>
      erasing(office, async (client) => {
        await client.query(
          `INSERT INTO erasures (office, subject, pages, done_at) VALUES ($1, $2, $3, 0)
           ON CONFLICT (office, subject) DO UPDATE SET done_at = 0,
             pages = ARRAY(SELECT page FROM (SELECT DISTINCT unnest(erasures.pages || excluded.pages) AS page) AS all_pages
               ORDER BY page COLLATE "C")`,
          [office, subject, [...new Set(pages)].sort()],
        );
      }),
    takeWords: (office, entries, persons) =>
      erasing(office, async (client) => {
        for (const { sequence, remains } of entries)
          await client.query(
            `UPDATE entries SET body = NULL, salt = '', fingerprint = '', params = NULL, remains = $3
             WHERE office = $1 AND sequence = $2`,
            [office, sequence, JSON.stringify(remains)],
          );
        await client.query('DELETE FROM enrolments WHERE office = $1 AND person = ANY($2)', [office, [...persons]]);
      }),
    done: (office, subject, at) =>
      erasing(office, async (client) => {
        await client.query('UPDATE erasures SET done_at = $3 WHERE office = $1 AND subject = $2', [
          office,
          subject,
          at,
        ]);
      }),
    lookedTo: (office) =>
      erasing(office, async (client) => {
        const { rows } = await client.query<{ to: number }>(
          'SELECT looked_to AS "to" FROM erasures_looked WHERE office = $1',
          [office],
        );
        return rows[0]?.to ?? 0;
      }),
    looked: (office, upTo) =>
      erasing(office, async (client) => {
        await client.query(
          `INSERT INTO erasures_looked VALUES ($1, $2)
           ON CONFLICT (office) DO UPDATE SET looked_to = excluded.looked_to`,
          [office, upTo],
        );
      }),
  };
}

/** How an id stands in the text of a body. */
function mentions(ids: Iterable<RecordId>): string[] {
  return [...ids].map((id) => `%"${id}"%`);
}
