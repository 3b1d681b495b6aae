/*
 * Reads every book from the first entry to the last: the chain, the records against what the entries made of them, every page against the
 * rule by which it was counted, and every figure against a count from zero.
 */
import type { Pool } from 'pg';
import { canonicalJson } from '../platform/book/canonical.ts';
import { type ChainWalk, chainWalkStart, followChain, formatHead } from '../platform/book/chain.ts';
import type { Registers } from '../platform/book/command.ts';
import type { AnyKept } from '../platform/book/decide.ts';
import { type Entry, type EntryBody, type Remains, replay } from '../platform/book/entry.ts';
import { type Cell, cellKey, cellsOf, difference, type Fact, sumCells } from '../platform/book/figures.ts';
import type { Measured } from '../platform/book/server/book-store.ts';
import { kindsToRecount } from '../platform/book/server/recount.ts';
import { openDatabase } from '../platform/database/server/open-database.ts';
import { registers } from '../server/wings.ts';
import { environmentHelp, say, takesNothing, type Verb } from './verb.ts';

export type Verified = {
  readonly office: number;
  readonly entries: number;
  readonly head: string;
  /** Empty when all is well; else the first bad line of each kind, in words. */
  /** How many entries have lost their words because somebody asked to be erased. The chain holds without them. */
  readonly erased: number;
  readonly faults: readonly string[];
  /** Kinds whose figures an older rule has counted. Nothing is wrong: they are counted again when Otaq starts. */
  readonly toRecount: readonly string[];
};

const entriesAtOnce = 2000;

export async function verifyBooks(owner: Pool, by: Registers = registers): Promise<readonly Verified[]> {
  const { rows } = await owner.query<{ office: number; head: string; sequence: number }>(
    'SELECT office, head, sequence FROM books WHERE NOT kept_elsewhere ORDER BY office',
  );
  const verified: Verified[] = [];
  for (const book of rows) verified.push(await verifyBook(owner, by, book));
  return verified;
}

async function verifyBook(
  owner: Pool,
  by: Registers,
  book: { readonly office: number; readonly head: string; readonly sequence: number },
): Promise<Verified> {
  const { office } = book;
  const faults: string[] = [];
  const records = new Map<string, AnyKept>();
  // Pages that an erased entry has changed: what they say can no longer be made from the entries.
  const unknown = new Set<string>();
  let walk: ChainWalk = chainWalkStart;
  for (;;) {
    const { rows } = await owner.query<
      Omit<Entry, 'body' | 'id' | 'remains'> & { body: string | null; remains: Remains | null }
    >(
      `SELECT office, sequence, seat, line, person, command, state, at, received_at AS "receivedAt", body, salt,
         body_hash AS "bodyHash", hash, remains FROM entries WHERE office = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
      [office, walk.sequence, entriesAtOnce],
    );
    for (const row of rows) {
      const body = row.body === null ? null : readBody(row.body);
      const step =
        body === undefined
          ? { sequence: row.sequence, fault: 'body' as const }
          : followChain(walk, { ...row, body, id: `${row.seat}-${row.line}` });
      if ('fault' in step) {
        faults.push(`entry ${step.sequence} (seat ${row.seat}, line ${row.line}): ${chainFaults[step.fault]}`);
        return {
          office,
          entries: walk.sequence,
          head: formatHead(walk.hash),
          erased: walk.erased,
          faults,
          toRecount: [],
        };
      }
      walk = step;
      if (body === null && row.remains === null)
        faults.push(
          `entry ${row.sequence} (seat ${row.seat}, line ${row.line}): its words are gone and nobody erased them`,
        );
      else replay({ body: body ?? null, remains: row.remains }, records, unknown);
    }
    if (rows.length < entriesAtOnce) break;
  }
  if (walk.hash !== book.head || walk.sequence !== book.sequence)
    faults.push(`the book says that it ends at ${book.sequence}, the entries end at ${walk.sequence}`);
  await takeAsTheyStand(owner, office, unknown, records);
  const measured = await measuredIn(owner, office);
  faults.push(
    ...(await compareRecords(owner, office, records)),
    ...(await compareFigures(owner, office, by, measured)),
  );
  const toRecount = kindsToRecount(by, measured).map(({ kind }) => kind);
  return { office, entries: walk.sequence, head: formatHead(walk.hash), erased: walk.erased, faults, toRecount };
}

// A page that rests on erased entries is taken as it stands, so that the figures are still counted over every page.
async function takeAsTheyStand(
  owner: Pool,
  office: number,
  unknown: ReadonlySet<string>,
  records: Map<string, AnyKept>,
): Promise<void> {
  const { rows } = await owner.query<AnyKept>(
    'SELECT id, kind, scope, version, body FROM records WHERE office = $1 AND id = ANY($2)',
    [office, [...unknown].map((key) => key.slice(key.indexOf(' ') + 1))],
  );
  for (const record of rows) {
    const key = `${record.kind} ${record.id}`;
    if (unknown.has(key)) records.set(key, record);
  }
}

const chainFaults = {
  sequence: 'an entry is missing before it',
  body: 'its words are not those that were hashed',
  hash: 'its hash does not follow from the one before',
  head: 'it is not the head',
} as const;

function readBody(text: string): EntryBody | undefined {
  try {
    return JSON.parse(text) as EntryBody;
  } catch {
    return undefined;
  }
}

async function compareRecords(owner: Pool, office: number, replayed: ReadonlyMap<string, AnyKept>): Promise<string[]> {
  const { rows } = await owner.query<{ kind: string; id: string; version: number; body: unknown }>(
    'SELECT kind, id, version, body FROM records WHERE office = $1',
    [office],
  );
  const faults: string[] = [];
  if (rows.length !== replayed.size)
    faults.push(`${rows.length} records stand in the book, the entries make ${replayed.size}`);
  const odd = rows.find(({ kind, id, version, body }) => {
    const made = replayed.get(`${kind} ${id}`);
    return !made || made.version !== version || canonicalJson(made.body) !== canonicalJson(body);
  });
  if (odd) faults.push(`${odd.kind} ${odd.id} is not what the entries make of it`);
  return faults;
}

async function measuredIn(owner: Pool, office: number): Promise<ReadonlyMap<string, Measured>> {
  const { rows } = await owner.query<Measured & { readonly kind: string }>(
    'SELECT kind, version, counted_to AS "to" FROM measures WHERE office = $1',
    [office],
  );
  return new Map(rows.map(({ kind, version, to }) => [kind, { version, to }]));
}

/** Every page is counted as its rule says, where it was counted by this one, and the figures are the sum of all that was counted. */
async function compareFigures(
  owner: Pool,
  office: number,
  by: Registers,
  measured: ReadonlyMap<string, Measured>,
): Promise<string[]> {
  const [cells, pages] = await Promise.all([
    owner.query<Cell>(
      `SELECT figure, dimensions AS by, period, sum(count)::bigint AS count FROM figures WHERE office = $1
       GROUP BY figure, dimensions, period HAVING sum(count) <> 0`,
      [office],
    ),
    owner.query<{ kind: string; id: string; body: unknown; worth: readonly Fact[] }>(
      'SELECT kind, id, body, worth FROM records WHERE office = $1 ORDER BY id COLLATE "C"',
      [office],
    ),
  ]);
  const faults: string[] = [];
  const counted = new Map(cells.rows.map((cell) => [cellKey(cell), cell.count]));
  const recounted = new Map(
    sumCells(pages.rows.flatMap(({ worth }) => cellsOf(worth))).map((cell) => [cellKey(cell), cell.count]),
  );
  for (const key of new Set([...counted.keys(), ...recounted.keys()]))
    if ((counted.get(key) ?? 0) !== (recounted.get(key) ?? 0)) {
      faults.push(`figure ${key} says ${counted.get(key) ?? 0}, the records count ${recounted.get(key) ?? 0}`);
      break;
    }
  const older = new Set(kindsToRecount(by, measured).map(({ kind }) => kind));
  const odd = pages.rows.find(
    ({ kind, body, worth }) =>
      !older.has(kind) && difference(worth, by.kinds.get(kind)?.measure(body) ?? []).length > 0,
  );
  if (odd) faults.push(`${odd.kind} ${odd.id} is counted otherwise than its rule says`);
  return faults;
}

export const verify: Verb = {
  help: `otaq verify: reads every book from its first entry, and names the first bad line.\nExit code 1 when there is one.\n${environmentHelp}`,
  async run(words, config) {
    takesNothing('verify', words);
    const database = await openDatabase(config);
    try {
      const books = await verifyBooks(database.owner);
      for (const { office, entries, erased, head, faults, toRecount } of books) {
        const without = erased > 0 ? ` (${erased} erased)` : '';
        say(`office ${office}: ${entries} entries${without}, head ${head}${faults.length === 0 ? ', whole' : ''}`);
        for (const fault of faults) say(`  BAD: ${fault}`);
        if (toRecount.length > 0)
          say(`  counted by an older rule: ${toRecount.join(', ')}. They are counted again when Otaq starts.`);
      }
      if (books.length === 0) say('There is no book yet.');
      return books.some(({ faults }) => faults.length > 0) ? 1 : 0;
    } finally {
      await database.close();
    }
  },
};
