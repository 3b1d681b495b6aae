/*
 * Books in PostgreSQL. The only file that writes them; every query runs under a duty (`database/server/duty.ts`), so that
 * row-level security holds even where a query forgets who is asking.
 */
import type { Pool, PoolClient } from 'pg';
import type { Standing } from '../../access/reach.ts';
import { onDuty, takeDuty } from '../../database/server/duty.ts';
import { canonicalJson } from '../canonical.ts';
import type { AnyKept } from '../decide.ts';
import type { Fact } from '../figures.ts';
import type {
  Answered,
  ApartWrite,
  Batch,
  BookState,
  BookStore,
  BookView,
  Counted,
  Measured,
  OpenBook,
  PersonReach,
  ReachRow,
  Reader,
  RecordWrite,
  Recount,
  SeatState,
} from './book-store.ts';

export function postgresStore(app: Pool): BookStore {
  return {
    open: (office, work) =>
      onDuty(app, 'writer', async (client) => work(openBookOn(client, await bookState(client, office, 'FOR UPDATE'))), {
        office,
      }),
    openTwo: (one, other, work) =>
      onDuty(
        app,
        'writer',
        async (client) => {
          // Always the smaller number first: two that want the same two books never wait for one another.
          const states = new Map<number, BookState>();
          for (const office of [one, other].sort((a, b) => a - b)) {
            await takeDuty(client, 'writer', office, null);
            states.set(office, await bookState(client, office, 'FOR UPDATE'));
          }
          let at = -1;
          const opened = [one, other].map((office) =>
            turningTo(openBookOn(client, states.get(office) as BookState), async () => {
              if (at !== office) await takeDuty(client, 'writer', office, null);
              at = office;
            }),
          );
          return work(opened[0] as OpenBook, opened[1] as OpenBook);
        },
        { office: one },
      ),
    view: (office, reader, work) => {
      const person = reader.office === office ? reader.person : null;
      return onDuty(app, 'reader', async (client) => work(await viewOn(client, office, reader, person)), {
        office,
        person,
        snapshot: true,
      });
    },
    officesUpward: (office) =>
      onDuty(app, 'gate', async (client) => {
        const { rows } = await client.query<{ office: number }>(
          `WITH RECURSIVE line AS (
             SELECT office, above, 0 AS step FROM books WHERE office = $1
             UNION ALL SELECT b.office, b.above, line.step + 1 FROM books b JOIN line ON b.office = line.above)
           SELECT office FROM line ORDER BY step`,
          [office],
        );
        return rows.map((row) => row.office);
      }),
    epoch: async () => {
      const { rows } = await app.query<{ number: number; name: string }>(
        'SELECT epoch_number AS number, epoch_name AS name FROM installation',
      );
      if (!rows[0]) throw new Error('this database has not been set up');
      return rows[0];
    },
  };
}

/** The book, whose every question is asked after turning to it. */
function turningTo(book: OpenBook, turn: () => Promise<void>): OpenBook {
  const after =
    <A extends unknown[], T>(ask: (...asked: A) => Promise<T>) =>
    async (...asked: A): Promise<T> => {
      await turn();
      return ask(...asked);
    };
  return {
    state: book.state,
    seat: after(book.seat),
    answered: after(book.answered),
    records: after(book.records),
    page: after(book.page),
    holders: after(book.holders),
    structure: after(book.structure),
    reaches: after(book.reaches),
    write: after(book.write),
    measured: after(book.measured),
    pagesAfter: after(book.pagesAfter),
    recount: after(book.recount),
  };
}

async function bookState(client: PoolClient, office: number, lock: 'FOR UPDATE' | ''): Promise<BookState> {
  const { rows } = await client.query<BookState & { readonly elsewhere: boolean }>(
    `SELECT office, above, (kept_elsewhere OR moved_to IS NOT NULL) AS elsewhere, sequence, head, structure_at AS "structureAt", safe, gathers_until AS "gathersUntil" FROM books WHERE office = $1 ${lock}`,
    [office],
  );
  if (!rows[0]) throw new Error(`there is no book of office ${office}`);
  const { elsewhere, ...state } = rows[0];
  if (elsewhere && lock !== '') throw new Error(`the book of office ${office} is written elsewhere`);
  return state;
}

type RecordRow = {
  readonly id: string;
  readonly kind: string;
  readonly scope: string;
  readonly version: number;
  readonly body: unknown;
  readonly corrected: Record<string, number> | null;
};
const recordColumns = 'id, kind, scope, version, body, corrected';

function keptOf({ id, kind, scope, version, body, corrected }: RecordRow): AnyKept {
  return { id, kind, scope, version, body, ...(corrected && { corrected }) };
}

function countedOf(row: RecordRow & { readonly worth: readonly Fact[] }): Counted {
  return { kept: keptOf(row), worth: row.worth };
}

async function reachesOf(client: PoolClient, person: string | null): Promise<PersonReach[]> {
  const { rows } = await client.query<PersonReach & { readonly rows: readonly ReachRow[] | null }>(
    `SELECT v.person, v.version, (SELECT json_agg(json_build_object('purpose', r.purpose, 'scope', r.scope, 'since', r.since,
       'until', r.until)) FROM reaches r WHERE r.office = v.office AND r.person = v.person) AS rows
     FROM reach_versions v WHERE v.office = otaq_office() AND ($1::text IS NULL OR v.person = $1)`,
    [person],
  );
  return rows.map((row) => ({ ...row, rows: row.rows ?? [] }));
}

function openBookOn(client: PoolClient, state: BookState): OpenBook {
  const { office } = state;
  return {
    state,
    async seat(seat) {
      const { rows } = await client.query<SeatState>(
        'SELECT seat, office, person, nature, last_line AS "lastLine", closed FROM seats WHERE seat = $1 AND office = $2',
        [seat, office],
      );
      return rows[0] ?? null;
    },
    async answered(seat, from, to) {
      const { rows } = await client.query<Answered>(
        `SELECT line, fingerprint, command, at, state, sequence, code, params, matter FROM entries
         WHERE office = $1 AND seat = $2 AND line BETWEEN $3 AND $4 ORDER BY line`,
        [office, seat, from, to],
      );
      return rows;
    },
    async records(wanted) {
      const { rows } = await client.query<RecordRow & { worth: Fact[] }>(
        `SELECT ${recordColumns}, worth FROM records
         WHERE office = $1 AND id = ANY($3) AND (kind, id) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
        [office, wanted.map(({ kind }) => kind), wanted.map(({ id }) => id)],
      );
      return rows.map(countedOf);
    },
    async page(kind, index, key, limit) {
      const { rows } = await client.query<RecordRow & { worth: Fact[] }>(
        `SELECT ${recordColumns}, worth FROM records WHERE office = $1 AND id IN (
           SELECT id FROM record_keys WHERE office = $1 AND kind = $2 AND index_name = $3 AND key = $4 ORDER BY id LIMIT $5)
         ORDER BY id`,
        [office, kind, index, key, limit],
      );
      return rows.map(countedOf);
    },
    async holders(field, hash) {
      const { rows } = await client.query<{ record: string }>(
        'SELECT record FROM kept_apart WHERE office = $1 AND field = $2 AND keyed_hash = $3 ORDER BY record',
        [office, field, hash],
      );
      return rows.map(({ record }) => record);
    },
    async structure(kinds) {
      const { rows } = await client.query<RecordRow>(
        `SELECT ${recordColumns} FROM records WHERE office = $1 AND kind = ANY($2) ORDER BY id`,
        [office, kinds],
      );
      return rows.map(keptOf);
    },
    reaches: () => reachesOf(client, null),
    write: (batch) => writeBatch(client, batch),
    async measured() {
      const { rows } = await client.query<Measured & { readonly kind: string }>(
        'SELECT kind, version, counted_to AS "to" FROM measures WHERE office = $1',
        [office],
      );
      return new Map(rows.map(({ kind, ...measured }) => [kind, measured]));
    },
    async pagesAfter(kind, after, limit) {
      const { rows } = await client.query<RecordRow & { worth: Fact[] }>(
        `SELECT ${recordColumns}, worth FROM records WHERE office = $1 AND kind = $2 AND id > $3 COLLATE "C" ORDER BY id LIMIT $4`,
        [office, kind, after, limit],
      );
      return rows.map(countedOf);
    },
    recount: (recount) => writeRecount(client, state, recount),
  };
}

async function writeBatch(client: PoolClient, batch: Batch): Promise<void> {
  const { state } = batch;
  const { office } = state;
  const rowsOf = (rows: readonly object[]) => JSON.stringify(rows);
  // Nothing here waits for an answer: one after the other they are sent, and the first that fails spoils the transaction.
  const sent: Promise<unknown>[] = [];
  const send = (text: string, values: readonly unknown[]) => sent.push(client.query(text, [...values]));
  if (batch.entries.length > 0)
    send(
      `INSERT INTO entries (office, sequence, seat, line, person, command, state, at, received_at, body, salt, body_hash, hash,
         fingerprint, code, params, matter)
       SELECT office, sequence, seat, line, person, command, state, at, "receivedAt", body, salt, "bodyHash", hash, fingerprint, code,
         params, matter
       FROM json_to_recordset($1) AS e (office int, sequence bigint, seat int, line int, person text, command text, state text,
         at bigint, "receivedAt" bigint, body text, salt text, "bodyHash" text, hash text, fingerprint text, code text, params json,
         matter text)`,
      [
        rowsOf(
          batch.entries.map(({ body, ...entry }) => ({
            ...entry,
            body: canonicalJson(body),
            code: body?.refusal?.code ?? null,
            params: body?.refusal?.params ?? null,
            matter: body?.refusal?.matter ?? null,
          })),
        ),
      ],
    );
  writeRecords(send, office, batch.records, batch.apartTo);
  if (batch.cells.length > 0) send(addToFigures, [rowsOf(batch.cells), office, state.sequence]);
  if (batch.reaches.length > 0) writeReaches(send, office, batch.reaches);
  if (batch.apart.length > 0) writeApart(send, office, batch.apart);
  send('UPDATE seats SET last_line = $2, closed = coalesce($3, closed) WHERE seat = $1', [
    batch.seat,
    batch.lastLine,
    batch.close,
  ]);
  if (batch.withdrawn.length > 0)
    send("UPDATE seats SET closed = 'withdrawn' WHERE office = $1 AND seat = ANY($2) AND closed IS NULL", [
      office,
      batch.withdrawn,
    ]);
  const heardAt = batch.entries.at(-1)?.receivedAt ?? null;
  send(
    'UPDATE books SET sequence = $2, head = $3, structure_at = $4, heard_at = coalesce($5, heard_at) WHERE office = $1',
    [office, state.sequence, state.head, state.structureAt, heardAt],
  );
  await Promise.all(sent);
}

async function writeRecount(client: PoolClient, state: BookState, recount: Recount): Promise<void> {
  const { office, sequence } = state;
  await Promise.all([
    client.query(
      `UPDATE records SET worth = counted.worth FROM json_to_recordset($2) AS counted (id text, worth json)
       WHERE records.office = $1 AND records.id = counted.id`,
      [office, JSON.stringify(recount.worth)],
    ),
    // The next entry has the next sequence: whoever hears of it hears of these.
    client.query(addToFigures, [JSON.stringify(recount.cells), office, sequence + 1]),
    client.query(
      `INSERT INTO measures (office, kind, version, counted_to) VALUES ($1, $2, $3, $4)
       ON CONFLICT (office, kind) DO UPDATE SET version = excluded.version, counted_to = excluded.counted_to`,
      [office, recount.kind, recount.version, recount.to],
    ),
  ]);
}

const addToFigures = `INSERT INTO figures (office, purpose, figure, dimensions, period, count, sequence)
  SELECT $2, purpose, figure, by, period, count, $3
  FROM json_to_recordset($1) AS c (purpose text, figure text, by text, period text, count bigint)
  ON CONFLICT (office, figure, dimensions, period, purpose)
  DO UPDATE SET count = figures.count + excluded.count, sequence = excluded.sequence`;

type Send = (text: string, values: readonly unknown[]) => void;

function writeRecords(send: Send, office: number, records: readonly RecordWrite[], apartTo: number | null): void {
  if (records.length === 0) return;
  const known = records.filter(({ isNew }) => !isNew).map(({ id }) => id);
  if (known.length > 0) {
    send('DELETE FROM record_keys WHERE office = $1 AND id = ANY($2)', [office, known]);
    const gone = records.filter(({ kept }) => kept === null).map(({ id }) => id);
    if (gone.length > 0) {
      send('DELETE FROM records WHERE office = $1 AND id = ANY($2)', [office, gone]);
      // What was kept apart of a page goes with it.
      if (apartTo !== null) send('SELECT carry_kept_apart($1, $2, $3)', [office, apartTo, gone]);
      send('DELETE FROM kept_apart WHERE office = $1 AND record = ANY($2)', [office, gone]);
    }
  }
  const kept = records.flatMap((record) =>
    record.kept && record.standing
      ? [
          {
            ...record.kept,
            purpose: record.standing.purpose,
            circle: arrayText(record.standing),
            stage: record.stage,
            sequence: record.sequence,
            worth: record.worth,
          },
        ]
      : [],
  );
  send(
    `INSERT INTO records (office, id, kind, scope, purpose, circle, stage, version, sequence, body, corrected, worth)
     SELECT $2, id, kind, scope, purpose, circle::text[], stage, version, sequence, body, corrected, worth
     FROM json_to_recordset($1) AS r (id text, kind text, scope text, purpose text, circle text, stage smallint, version int,
       sequence bigint, body json, corrected json, worth json)
     ON CONFLICT (office, id) DO UPDATE SET scope = excluded.scope, purpose = excluded.purpose, circle = excluded.circle,
       stage = excluded.stage, version = excluded.version, sequence = excluded.sequence, body = excluded.body,
       corrected = excluded.corrected, worth = excluded.worth`,
    [JSON.stringify(kept), office],
  );
  const keys = records.flatMap(({ kind, id, keys }) => keys.map((key) => ({ kind, id, ...key })));
  if (keys.length > 0)
    send(
      `INSERT INTO record_keys (office, kind, index_name, key, id)
       SELECT DISTINCT $2::int, kind, index, key, id FROM json_to_recordset($1) AS k (kind text, index text, key text, id text)`,
      [JSON.stringify(keys), office],
    );
  const departures = records.flatMap(({ id, sequence, left }) =>
    left ? [{ id, sequence, purpose: left.purpose, scope: left.scope, circle: arrayText(left) }] : [],
  );
  if (departures.length > 0)
    send(
      `INSERT INTO departures (office, sequence, id, purpose, scope, circle)
       SELECT $2, sequence, id, purpose, scope, circle::text[]
       FROM json_to_recordset($1) AS d (id text, sequence bigint, purpose text, scope text, circle text)`,
      [JSON.stringify(departures), office],
    );
}

function writeApart(send: Send, office: number, apart: readonly ApartWrite[]): void {
  send(
    'DELETE FROM kept_apart WHERE office = $1 AND (record, field) IN (SELECT * FROM unnest($2::text[], $3::text[]))',
    [office, apart.map(({ id }) => id), apart.map(({ field }) => field)],
  );
  send(
    `INSERT INTO kept_apart (office, record, field, keyed_hash, sealed)
     SELECT $2, id, field, hash, sealed FROM json_to_recordset($1) AS a (id text, field text, hash text, sealed text)`,
    [JSON.stringify(apart.filter(({ hash }) => hash !== null)), office],
  );
}

// Ids have no character that an array's text form would need quoted.
function arrayText({ circle }: Standing): string {
  return `{${(circle ?? []).join(',')}}`;
}

function writeReaches(send: Send, office: number, reaches: readonly PersonReach[]): void {
  const persons = reaches.map(({ person }) => person);
  send('DELETE FROM reaches WHERE office = $1 AND person = ANY($2)', [office, persons]);
  send(
    `INSERT INTO reaches (office, person, purpose, scope, since, until)
     SELECT $2, person, purpose, scope, since, until
     FROM json_to_recordset($1) AS r (person text, purpose text, scope text, since int, until int)`,
    [JSON.stringify(reaches.flatMap(({ person, rows }) => rows.map((row) => ({ person, ...row })))), office],
  );
  send(
    `INSERT INTO reach_versions (office, person, version)
     SELECT $2, person, version FROM json_to_recordset($1) AS v (person text, version int)
     ON CONFLICT (office, person) DO UPDATE SET version = excluded.version`,
    [JSON.stringify(reaches.map(({ person, version }) => ({ person, version }))), office],
  );
}

async function viewOn(client: PoolClient, office: number, reader: Reader, person: string | null): Promise<BookView> {
  const own = reader.office === office;
  const [state, reaches] = await Promise.all([
    bookState(client, office, ''),
    own && person !== null ? reachesOf(client, person) : [],
  ]);
  const reach: PersonReach =
    own && person !== null ? (reaches[0] ?? { person, version: 0, rows: [] }) : { person: '', version: 1, rows: [] };
  const sent = ({ sequence, ...row }: RecordRow & { readonly sequence: number }) => ({ kept: keptOf(row), sequence });
  return {
    state,
    reach,
    async changed(after, limit) {
      const { rows } = await client.query<RecordRow & { sequence: number }>(
        `SELECT ${recordColumns}, sequence FROM records
         WHERE office = $1 AND sequence > $2 AND sequence <= coalesce((SELECT max(sequence) FROM (
           SELECT sequence FROM records WHERE office = $1 AND sequence > $2 ORDER BY sequence LIMIT $3) AS first), 0)
         ORDER BY sequence, id`,
        [office, after, limit],
      );
      return rows.map(sent);
    },
    async left(after, upTo, version) {
      const { rows } = await client.query<{ id: string }>(
        `SELECT DISTINCT id FROM departures WHERE office = $1 AND sequence > $2 AND sequence <= $3 AND (
           purpose = 'reference'
           OR (purpose, scope) IN (SELECT purpose, scope FROM reaches WHERE office = $1 AND person = $4 AND since <= $5
             AND (until IS NULL OR until > $5))
           OR circle @> ARRAY[$4])`,
        [office, after, upTo, person ?? '', version],
      );
      return rows.map(({ id }) => id);
    },
    async standingIn(pairs) {
      await takeDuty(client, 'leaver', office, person);
      const { rows } = await client.query<{ id: string }>(
        `SELECT id FROM records WHERE office = $1 AND (purpose, scope) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
        [office, pairs.map(({ purpose }) => purpose), pairs.map(({ scope }) => scope)],
      );
      await takeDuty(client, 'reader', office, person);
      return rows.map(({ id }) => id);
    },
    async entered(version, stage, after, limit) {
      const { rows } = await client.query<RecordRow & { sequence: number; stage: number }>(
        `SELECT ${recordColumns}, sequence, stage FROM records
         WHERE office = $1 AND (stage, id) > ($3::smallint, $4::text COLLATE "C") AND (
           (purpose, scope) IN (SELECT purpose, scope FROM reaches WHERE office = $1 AND person = $6 AND since > $2 AND until IS NULL)
           OR ($2 = 0 AND (purpose = 'reference' OR circle @> ARRAY[$6])))
         ORDER BY stage, id LIMIT $5`,
        [office, version, stage, after, limit, person ?? ''],
      );
      return rows.map(({ stage, ...row }) => ({ ...sent(row), stage }));
    },
    async cells(after) {
      const { rows } = await client.query<{ figure: string; by: string; period: string; count: number }>(
        `SELECT figure, dimensions AS by, period, sum(count)::bigint AS count FROM figures WHERE office = $1
         GROUP BY figure, dimensions, period HAVING max(sequence) > $2`,
        [office, after],
      );
      return rows;
    },
    async whole() {
      const { rows } = await client.query<{ id: string; version: number }>(
        'SELECT id, version FROM records WHERE office = $1',
        [office],
      );
      return rows;
    },
  };
}
