/*
 * What one reader reaches of a book, for a document. Read on the duty of a reader, so that row-level security decides what stands on paper as it
 * decides what comes to her phone.
 */
import type { Pool, PoolClient } from 'pg';
import type { OfficeId } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { dayInPakistan, type Instant } from '../../../kernel/plain-date.ts';
import type { AnyKept } from '../../book/decide.ts';
import type { Cell } from '../../book/figures.ts';
import type { AnyKind, Kept, Kind } from '../../book/kind.ts';
import type { RuleInForce } from '../../book/rule.ts';
import type { Reader } from '../../book/server/book-store.ts';
import { onDuty } from '../../database/server/duty.ts';
import type { PrintSource } from '../printed.ts';

export type Reading = {
  readonly reader: Reader;
  /** Her office and the offices above it, whose reference records she also reads: `store.officesUpward`. */
  readonly upward: readonly OfficeId[];
  /** The kinds of records that the document reads. */
  readonly kinds: readonly AnyKind[];
  readonly rules: readonly RuleInForce[];
  readonly now: Instant;
  /** Where the office answers: `https://otaq.example.org`. */
  readonly origin: string;
};

/** Null when there is no such book. */
export async function readForPrint(
  app: Pool,
  { reader: { office, person }, upward, kinds, rules, now, origin }: Reading,
): Promise<PrintSource | null> {
  const reference = kinds.filter(({ seenBy }) => seenBy.name === 'reference');
  const above = await Promise.all(
    (reference.length === 0 ? [] : upward.filter((other) => other !== office)).map((other) =>
      onDuty(app, 'reader', (client) => recordsIn(client, other, reference), { office: other, snapshot: true }),
    ),
  );
  return onDuty(
    app,
    'reader',
    async (client) => {
      const { rows: books } = await client.query<{ names: Names; sequence: number; head: string; root: string | null }>(
        `SELECT names, sequence, head, (SELECT id FROM records r WHERE r.office = b.office AND r.kind = 'organization'
           AND r.body->>'parent' IS NULL ORDER BY id LIMIT 1) AS root FROM books b WHERE office = $1`,
        [office],
      );
      const book = books[0];
      if (!book) return null;
      const records = [...(await recordsIn(client, office, kinds)), ...above.flat()];
      const { rows: cells } = await client.query<Cell>(
        'SELECT figure, dimensions AS by, period, count FROM figures WHERE office = $1',
        [office],
      );
      const source: PrintSource = {
        all: <T>(kind: Kind<T>) => records.filter((record) => record.kind === kind.kind) as Kept<T>[],
        cells: () => cells,
        rules: () => rules,
        officeNames: book.names,
        root: book.root ?? '',
        today: dayInPakistan(now),
        head: { sequence: book.sequence, hash: book.head },
        origin,
      };
      return source;
    },
    { office, person, snapshot: true },
  );
}

async function recordsIn(client: PoolClient, office: OfficeId, kinds: readonly AnyKind[]): Promise<readonly AnyKept[]> {
  const { rows } = await client.query<AnyKept>(
    'SELECT id, kind, scope, version, body FROM records WHERE office = $1 AND kind = ANY($2)',
    [office, kinds.map(({ kind }) => kind)],
  );
  return rows;
}
