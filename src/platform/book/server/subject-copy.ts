/*
 * Everything that is held on a person, for her to have. Found as an erasure finds it, and then wherever one of her ids stands. A test holds it
 * against a search of the whole database.
 */
import type { Pool } from 'pg';
import type { OfficeId, RecordId } from '../../../kernel/ids.ts';
import type { Registers } from '../command.ts';
import type { AnyKept } from '../decide.ts';
import { erasureKind, pagesAbout } from '../erasure.ts';

export type SubjectCopy = {
  /** Her own pages, and those that say something of her beside others. */
  readonly hers: readonly AnyKept[];
  readonly beside: readonly AnyKept[];
  /** Every row that bears one of her ids, by table. The number of a card stays sealed: that it is held is said, and its mask stands on her page. */
  readonly rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
};

/** Where one of her ids may stand, table by table: `$2` are the ids, `$3` how they look inside of a text. */
const places: Readonly<Record<string, string>> = {
  records: 'id = ANY($2) OR body::text LIKE ANY($3) OR circle && $2',
  entries:
    'body LIKE ANY($3) OR person = ANY($2) OR params::text LIKE ANY($3) OR remains::text LIKE ANY($3) OR matter = ANY($2)',
  record_keys: 'id = ANY($2) OR key = ANY($2)',
  kept_apart: 'record = ANY($2)',
  departures: 'id = ANY($2) OR circle && $2',
  seats: 'person = ANY($2)',
  enrolments: 'person = ANY($2) OR made_by = ANY($2) OR confirmed_by = ANY($2)',
  reaches: 'person = ANY($2)',
  reach_versions: 'person = ANY($2)',
  erasures: 'subject = ANY($2) OR pages && $2',
  import_lines: 'input::text LIKE ANY($3)',
  import_leaves: 'made_by = ANY($2)',
};
/** What is never handed out: what opens a door, and what is sealed. */
const withheld = ['token_hash', 'code_hash', 'sealed', 'keyed_hash', 'salt', 'fingerprint'];

/** Reads as the owner of the database: no woman's own copy is narrowed by what somebody else may see. */
export async function subjectCopy(
  owner: Pool,
  registers: Registers,
  office: OfficeId,
  subject: RecordId,
): Promise<SubjectCopy> {
  let ids = new Set<RecordId>([subject]);
  let about: Pick<SubjectCopy, 'hers' | 'beside'>;
  for (;;) {
    const { rows } = await owner.query<AnyKept>(
      `SELECT id, kind, scope, version, body FROM records
       WHERE office = $1 AND kind <> $4 AND (${places.records}) ORDER BY id`,
      [office, [...ids], inText(ids), erasureKind.kind],
    );
    about = pagesAbout(registers.kinds, ids, rows);
    const now = new Set<RecordId>([subject, ...about.hers.map(({ id }) => id)]);
    if (now.size === ids.size) break;
    ids = now;
  }
  const rows: Record<string, readonly Record<string, unknown>[]> = {};
  for (const [table, where] of Object.entries(places)) {
    const found = await owner.query<{ row: Record<string, unknown> }>(
      `SELECT row_to_json(t) AS row FROM ${table} t WHERE office = $1 AND ($2::text[] IS NOT NULL AND $3::text[] IS NOT NULL) AND (${where})`,
      [office, [...ids], inText(ids)],
    );
    if (found.rows.length > 0)
      rows[table] = found.rows.map(({ row }) =>
        Object.fromEntries(Object.entries(row).filter(([field]) => !withheld.includes(field))),
      );
  }
  return { hers: about.hers, beside: about.beside, rows };
}

function inText(ids: Iterable<RecordId>): string[] {
  return [...ids].map((id) => `%"${id}"%`);
}
