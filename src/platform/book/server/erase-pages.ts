/*
 * Carries out erasures. Each step may be cut off and is done again, because the row in `erasures` is written first:
 *
 *   1  find      every page of hers, and every page that mentions her
 *   2  list      her page's id in `erasures`, not yet done
 *   3  remove    one entry of the server's own: figures fall, phones are told what leaves
 *   4  take out  the words of every entry about her; the hashes stay, so the chain stays
 *   5  done
 *
 * A restore from an older backup brings her back, and so does a phone that offers old lines again: whatever stands in `erasures` and is
 * found again is erased again.
 */
import type { Pool, PoolClient } from 'pg';
import type { OfficeId, RecordId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/plain-date.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { Registers } from '../command.ts';
import type { AnyKept } from '../decide.ts';
import type { EntryBody } from '../entry.ts';
import { type Erasure, erasureKind, isAboutHer, pagesAbout } from '../erasure.ts';

export type EraseContext = {
  readonly app: Pool;
  readonly registers: Registers;
  readonly now: () => Instant;
  readonly writeLine: (office: OfficeId, nature: 'server', command: string, input: unknown) => Promise<unknown>;
};

/** One line of the list that outlives a restore. Backups carry it on its own. */
export type ErasureRow = {
  readonly office: OfficeId;
  readonly subject: RecordId;
  readonly pages: readonly RecordId[];
  readonly doneAt: Instant;
};

/** How long a wish can be taken back, in milliseconds. */
export const erasureGrace = 24 * 3_600_000;

/** Every erasure of this installation, to be put beside a backup. */
export async function listErasures(owner: Pick<Pool, 'query'>): Promise<readonly ErasureRow[]> {
  const { rows } = await owner.query<ErasureRow>(
    'SELECT office, subject, pages, done_at AS "doneAt" FROM erasures ORDER BY office, subject',
  );
  return rows;
}

/**
 * Erases again, from books that were restored, whoever stands in a list that is newer than they are. Answers how many were found again.
 * Rows of offices that this installation does not keep are passed over.
 */
export async function applyErasures(context: EraseContext, rows: readonly ErasureRow[]): Promise<number> {
  const offices = new Set(await officesOf(context.app));
  for (const { office, subject, pages } of rows)
    if (offices.has(office))
      await onDuty(context.app, 'eraser', (client) => list(client, office, subject, pages), { office });
  return carryOutErasures(context);
}

/** Carries out what was asked longer ago than the grace, and whatever has come back since. Answers how many. */
export async function carryOutErasures(context: EraseContext, grace = erasureGrace): Promise<number> {
  let count = 0;
  for (const office of await officesOf(context.app)) {
    const due = await onDuty(context.app, 'eraser', (client) => dueIn(client, office, context.now() - grace), {
      office,
    });
    for (const { subject, wish } of due) {
      await erase(context, office, subject, wish);
      count += 1;
    }
  }
  return count;
}

async function officesOf(app: Pool): Promise<number[]> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ office: number }>(
      'SELECT office FROM books WHERE moved_to IS NULL AND NOT kept_elsewhere ORDER BY office',
    );
    return rows.map(({ office }) => office);
  });
}

type Due = { readonly subject: RecordId; readonly wish: RecordId | null };

async function dueIn(client: PoolClient, office: OfficeId, askedBefore: Instant): Promise<Due[]> {
  // When it was asked is the server's moment: a phone's clock does not shorten the day.
  const asked = await client.query<{ id: RecordId; body: Erasure }>(
    `SELECT r.id, r.body FROM records r JOIN entries e ON e.office = r.office AND e.sequence = r.sequence
     WHERE r.office = $1 AND r.kind = $2 AND r.body->>'state' = 'asked' AND e.received_at <= $3`,
    [office, erasureKind.kind, askedBefore],
  );
  const due = new Map<RecordId, Due>();
  for (const { id, body } of asked.rows) due.set(body.subject, { subject: body.subject, wish: id });
  const { rows: back } = await client.query<{ subject: RecordId }>(
    `SELECT subject FROM erasures e WHERE office = $1 AND (done_at = 0
       OR EXISTS (SELECT FROM records r WHERE r.office = e.office AND r.id = ANY(e.pages)))`,
    [office],
  );
  for (const { subject } of back) if (!due.has(subject)) due.set(subject, { subject, wish: null });
  return [...due.values()];
}

async function erase(context: EraseContext, office: OfficeId, subject: RecordId, wish: RecordId | null): Promise<void> {
  const { app, registers } = context;
  const found = await onDuty(app, 'eraser', (client) => find(client, office, subject, registers), { office });
  const gone = new Set<RecordId>([subject, ...found.hers.map(({ id }) => id)]);
  await onDuty(app, 'eraser', (client) => list(client, office, subject, [...gone]), { office });
  const named = (pages: readonly AnyKept[]) => pages.map(({ kind, id }) => ({ kind, id }));
  if (found.hers.length + found.beside.length > 0 || wish !== null)
    await context.writeLine(office, 'server', 'book.erase', {
      subject,
      hers: named(found.hers),
      beside: named(found.beside),
      erasure: wish,
    });
  await onDuty(
    app,
    'eraser',
    async (client) => {
      // Also what was found before the last cut.
      const { rows } = await client.query<{ pages: string[] }>(
        'SELECT pages FROM erasures WHERE office = $1 AND subject = $2',
        [office, subject],
      );
      for (const id of rows[0]?.pages ?? []) gone.add(id);
      await takeWords(client, office, gone);
      await client.query('DELETE FROM enrolments WHERE office = $1 AND person = ANY($2)', [office, [...gone]]);
      await client.query('UPDATE erasures SET done_at = $3 WHERE office = $1 AND subject = $2', [
        office,
        subject,
        context.now(),
      ]);
    },
    { office },
  );
}

async function list(
  client: PoolClient,
  office: OfficeId,
  subject: RecordId,
  pages: readonly RecordId[],
): Promise<void> {
  await client.query(
    `INSERT INTO erasures (office, subject, pages, done_at) VALUES ($1, $2, $3, 0)
     ON CONFLICT (office, subject) DO UPDATE SET done_at = 0,
       pages = ARRAY(SELECT DISTINCT unnest(erasures.pages || excluded.pages) ORDER BY 1)`,
    [office, subject, [...new Set([subject, ...pages])]],
  );
}

/** How an id stands in the text of a body. */
function mentions(ids: Iterable<RecordId>): string[] {
  return [...ids].map((id) => `%"${id}"%`);
}

async function find(
  client: PoolClient,
  office: OfficeId,
  subject: RecordId,
  registers: Registers,
): Promise<ReturnType<typeof pagesAbout>> {
  let gone = new Set<RecordId>([subject]);
  for (;;) {
    const { rows } = await client.query<AnyKept>(
      `SELECT id, kind, scope, version, body FROM records
       WHERE office = $1 AND kind <> $2 AND (id = ANY($3) OR body::text LIKE ANY($4)) ORDER BY id`,
      [office, erasureKind.kind, [...gone], mentions(gone)],
    );
    const about = pagesAbout(registers.kinds, gone, rows);
    const now = new Set<RecordId>([subject, ...about.hers.map(({ id }) => id)]);
    if (now.size === gone.size) return about;
    gone = now;
  }
}

const ownTrail = ['book.ask-erasure', 'book.take-erasure-back', 'book.erase'];

async function takeWords(client: PoolClient, office: OfficeId, gone: ReadonlySet<RecordId>): Promise<void> {
  const { rows } = await client.query<{ sequence: number; state: string; body: string }>(
    `SELECT sequence, state, body FROM entries
     WHERE office = $1 AND body IS NOT NULL AND (command IS NULL OR command <> ALL($2)) AND body LIKE ANY($3)`,
    [office, ownTrail, mentions(gone)],
  );
  for (const { sequence, state, body } of rows) {
    const read = JSON.parse(body) as EntryBody;
    if (state !== 'refused' && !isAboutHer(read, gone)) continue;
    const touched = read.changes.map(({ kind, id }) => ({ kind, id }));
    await client.query(
      `UPDATE entries SET body = NULL, salt = '', fingerprint = '', params = NULL, touched = $3
       WHERE office = $1 AND sequence = $2`,
      [office, sequence, JSON.stringify(touched)],
    );
  }
}
