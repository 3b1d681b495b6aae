/*
 * An import on its way into a book:
 *
 *   staged ─► (leave) ─► writing, 500 lines a time ─► written ─► taking back ─► taken back
 *
 * It writes from a seat of its own, whose lines are numbered from 1. The lines wait in `import_lines` and are taken from there in
 * order, so a server that is killed goes on at the line after the last one that its seat has written: a line is never written
 * twice, and none is left out. Where all rows were asked for and one is refused, what was written is taken back.
 */
import type { PoolClient } from 'pg';
import { donorKind } from '../../../care/blood-donors/donor.ts';
import { organizationKind } from '../../../federation/organizations/organization.ts';
import { householdKind } from '../../../federation/people/household.ts';
import { personKind } from '../../../federation/people/person.ts';
import { placeKind } from '../../../federation/places/place.ts';
import { entryOf, type RecordId } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import { grantKind } from '../../../platform/access/grants.ts';
import { ownSeat } from '../../../platform/access/server/gate.ts';
import { hashCode, makeCode } from '../../../platform/access/server/secrets.ts';
import type { AnyKept } from '../../../platform/book/decide.ts';
import type { SentLine } from '../../../platform/book/line.ts';
import { flagKind, refusalKind, settleFlag, settleRefusal } from '../../../platform/book/notices.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { type PushContext, pushLines, pushOwnLine } from '../../../platform/sync/server/push.ts';
import { booksOf, hasBearersPhone, type OpeningDoors, recordsOf } from '../../programmes/server/opening.ts';
import {
  beginImport as beginCommand,
  finishImport,
  finishTakingBack,
  importedKinds,
  mostTakenBack,
  takeBack,
} from '../import-record.ts';
import { type KnownOffice, knownOrganization, knownPlace, likeness } from '../known-office.ts';
import type { ImportList } from '../list-columns.ts';
import { donorKeys } from '../list-rows.ts';
import type { Preview } from '../preview.ts';
import type { Wrong } from '../sheet.ts';

export type ImportDoors = OpeningDoors & PushContext;

/** All rows or none; or the right rows, without the wrong ones. */
export type ImportMode = 'all' | 'right-rows';
export type ImportState = 'waiting' | 'writing' | 'written' | 'taking-back' | 'taken-back';

/** How an import stands. Its number is its seat's. */
export type Import = {
  readonly office: number;
  readonly seat: number;
  readonly list: ImportList;
  readonly mode: ImportMode;
  readonly state: ImportState;
  readonly broughtBy: string | null;
  readonly rows: number;
  readonly leftOut: number;
  /** Lines written so far, the announcement not counted. */
  readonly done: number;
};

/** What an import cannot do as it was asked; the sentence says what would be right. */
export class CannotImport extends Error {
  readonly code:
    | 'no-office'
    | 'wrong-rows'
    | 'nothing-right'
    | 'no-import'
    | 'not-written'
    | 'bad-leave'
    | 'needs-leave';

  constructor(code: CannotImport['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}

const linesAtOnce = 500;
const stagedAtOnce = 2000;
/** How long a bearer's leave lives, in milliseconds. */
const leaveLife = 24 * 3_600_000;

/** Reads what a list is held against. Throws where there is no LSO's office of that number. */
export async function knownOffice(doors: OpeningDoors, office: number): Promise<KnownOffice> {
  const { app } = doors;
  const books = await booksOf(app);
  const own = books.find((book) => book.office === office && book.tier === 'lso');
  if (!own) throw new CannotImport('no-office', `Office ${office} is not an LSO's office.`);
  const organizations = await recordsOf(app, office, organizationKind);
  const root = organizations.find(({ body }) => body.parent === null);
  if (!root) throw new CannotImport('no-office', `Office ${office} has not formed its LSO yet.`);
  const places = [];
  for (let at: typeof own | undefined = own; at; at = books.find((book) => book.office === at?.above))
    places.push(...(await recordsOf(app, at.office, placeKind)));
  const alike = new Set<string>();
  const keep = (keys: readonly string[]) => {
    for (const key of keys) alike.add(key);
  };
  for (const { body } of await recordsOf(app, office, placeKind))
    keep(likeness('place', body.names, null, `${body.level} ${body.parent ?? ''}`));
  for (const { body } of organizations)
    keep(likeness('organization', body.names, null, `${body.tier} ${body.parent ?? ''}`));
  for (const { body } of await recordsOf(app, office, householdKind))
    keep(likeness('household', body.head, body.headParent, body.owner));
  for (const { body } of await recordsOf(app, office, personKind))
    keep(likeness('person', body.names, body.parent, body.owner));
  for (const { body } of await recordsOf(app, office, donorKind)) keep(donorKeys(body.names, body.parent, body.vo));
  return {
    today: dayInPakistan(doors.now()),
    root: root.id,
    places: places.map(({ id, body }) => knownPlace(id, body)),
    organizations: organizations.map(({ id, body }) => knownOrganization(id, body)),
    leaders: (await recordsOf(app, office, grantKind))
      .filter(({ body }) => body.until === null)
      .map(({ body }) => ({ person: body.person, names: body.names })),
    alike,
  };
}

/** Makes the code with which an import may be written; for a bearer's phone. Kept as a keyed hash, lives a day. */
export async function giveLeave(doors: OpeningDoors, office: number, bearer: RecordId): Promise<string> {
  const code = makeCode();
  await onDuty(doors.app, 'gate', (client) =>
    client.query('INSERT INTO import_leaves (code_hash, office, made_by, expires_at) VALUES ($1, $2, $3, $4)', [
      hashCode(doors.sealingKey, code),
      office,
      bearer,
      doors.now() + leaveLife,
    ]),
  );
  return code;
}

/** Uses a leave up; answers who gave it. Null for one that is wrong, of another office, used or too old. */
function useLeave(doors: OpeningDoors, office: number, code: string): Promise<RecordId | null> {
  const now = doors.now();
  return onDuty(doors.app, 'gate', async (client) => {
    const { rows } = await client.query<{ by: string }>(
      `UPDATE import_leaves SET used_at = $3 WHERE code_hash = $1 AND office = $2 AND used_at IS NULL AND expires_at > $3
       RETURNING made_by AS by`,
      [hashCode(doors.sealingKey, code), office, now],
    );
    return rows[0]?.by ?? null;
  });
}

export type Staging = {
  readonly office: number;
  readonly mode: ImportMode;
  readonly broughtBy: string | null;
  readonly preview: Preview;
};

/** Puts the rows of a preview aside, to be written. Nothing of them is in the book yet. */
export async function stageImport(doors: ImportDoors, { office, mode, broughtBy, preview }: Staging): Promise<Import> {
  if (mode === 'all' && preview.wrong.length > 0)
    throw new CannotImport(
      'wrong-rows',
      `${preview.wrongRows} rows are wrong, and all or none was asked for. Nothing was written.`,
    );
  if (preview.right.length === 0) throw new CannotImport('nothing-right', 'No row is right. Nothing was written.');
  // The office's common import seat comes first: whoever asks for it later must not be given this one.
  await ownSeat(doors.app, office, 'import');
  const { right } = preview;
  const at = doors.now();
  const seat = await onDuty(
    doors.app,
    'writer',
    async (client) => {
      const made = await client.query<{ seat: number }>(
        "INSERT INTO seats (office, nature) VALUES ($1, 'import') RETURNING seat",
        [office],
      );
      const own = made.rows[0]?.seat as number;
      const lineOfRow = new Map(right.map(({ row }, i) => [row, i + 2]));
      const idOf = (ref: RecordId | { readonly row: number }) =>
        typeof ref === 'string' ? ref : `${own}-${lineOfRow.get(ref.row) as number}`;
      await client.query(
        `INSERT INTO imports (office, seat, what, mode, state, brought_by, rows, left_out)
         VALUES ($1, $2, $3, $4, 'waiting', $5, $6, $7)`,
        [office, own, preview.list, mode, broughtBy, right.length, preview.wrongRows],
      );
      for (let from = 0; from < right.length; from += stagedAtOnce)
        await stageLines(
          client,
          office,
          own,
          right.slice(from, from + stagedAtOnce).map(({ row, command, input }, i) => ({
            line: from + i + 2,
            row_in_file: row,
            command,
            shape: doors.registers.commands.get(command)?.upgrades.length ?? 0,
            input: input(idOf),
            at,
          })),
        );
      return own;
    },
    { office },
  );
  return (await importOf(doors, office, seat)) as Import;
}

type StagedLine = Omit<SentLine, 'grants'> & { readonly row_in_file: number | null };

async function stageLines(
  client: PoolClient,
  office: number,
  seat: number,
  lines: readonly StagedLine[],
): Promise<void> {
  await client.query(
    `INSERT INTO import_lines (office, seat, line, row_in_file, command, shape, input, at)
     SELECT $1, $2, line, row_in_file, command, shape, input, at FROM json_to_recordset($3)
       AS l (line int, row_in_file int, command text, shape int, input json, at bigint)`,
    [office, seat, JSON.stringify(lines)],
  );
}

export async function importOf(doors: OpeningDoors, office: number, seat: number): Promise<Import | null> {
  return (await importsOf(doors, office)).find((one) => one.seat === seat) ?? null;
}

/** The imports of an office, the last first. */
export function importsOf(doors: OpeningDoors, office: number): Promise<readonly Import[]> {
  return onDuty(
    doors.app,
    'writer',
    async (client) => {
      const { rows } = await client.query<Import>(
        `SELECT i.office, i.seat, i.what AS list, i.mode, i.state, i.brought_by AS "broughtBy", i.rows, i.left_out AS "leftOut",
           greatest(0, least(s.last_line - 1, i.rows)) AS done
         FROM imports i JOIN seats s ON s.seat = i.seat WHERE i.office = $1 ORDER BY i.seat DESC`,
        [office],
      );
      return rows;
    },
    { office },
  );
}

function setState(doors: OpeningDoors, office: number, seat: number, state: ImportState): Promise<unknown> {
  return onDuty(
    doors.app,
    'writer',
    (client) => client.query('UPDATE imports SET state = $3 WHERE office = $1 AND seat = $2', [office, seat, state]),
    { office },
  );
}

export type Written = {
  readonly state: 'written' | 'waiting' | 'taken-back';
  readonly entered: number;
  /** Rows that the registers refused although they had looked right. */
  readonly refused: readonly Wrong[];
};

/**
 * Writes what is staged, from wherever it stopped. Waits where the office's bearers have a phone and gave no leave. Throws for a
 * leave that is not good.
 */
export async function writeImport(
  doors: ImportDoors,
  office: number,
  seat: number,
  leave: string | null = null,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<Written> {
  const found = await importOf(doors, office, seat);
  if (!found) throw new CannotImport('no-import', `Office ${office} has no import ${seat}.`);
  if (found.state === 'waiting' && (await beginImport(doors, office, seat, leave)) === 'waiting')
    return { state: 'waiting', entered: 0, refused: [] };
  if (found.state === 'written' || found.state === 'taken-back')
    return { state: found.state, entered: found.state === 'written' ? found.rows : 0, refused: [] };
  if (found.state === 'taking-back') return takenBack(doors, found);

  for (;;) {
    const lines = await nextLines(doors, office, seat);
    if (lines.length === 0) break;
    const answer = await pushLines(doors, office, seat, lines);
    if (answer.cloned || answer.answers.some(({ state }) => state === 'waiting'))
      throw new Error(`import ${seat} of office ${office} does not go on where it stopped`);
    onProgress(Math.max(0, Math.min(found.rows, answer.lastLine - 1)), found.rows);
    if (found.mode === 'all' && answer.answers.some(({ state }) => state === 'refused')) return takenBack(doors, found);
  }
  const refused = await refusedRows(doors, office, seat);
  const entered = found.rows - refused.length;
  await sayOwn(doors, office, seat, finishImport.name, { import: `${seat}-1`, entered });
  await settleOwnNotices(doors, office, seat);
  await close(doors, office, seat, 'written');
  return { state: 'written', entered, refused };
}

/**
 * Lets a staged import go on its way where no leave is needed, or a good one was given; it still is to be written. Throws for a leave
 * that is not good.
 */
export async function beginImport(
  doors: ImportDoors,
  office: number,
  seat: number,
  leave: string | null,
): Promise<ImportState> {
  const found = await importOf(doors, office, seat);
  if (!found) throw new CannotImport('no-import', `Office ${office} has no import ${seat}.`);
  if (found.state !== 'waiting') return found.state;
  const leaveOf = leave === null ? null : await useLeave(doors, office, leave);
  if (leave !== null && leaveOf === null)
    throw new CannotImport('bad-leave', 'That leave is not good: it is wrong, used, or older than a day.');
  if (leaveOf === null && (await hasBearersPhone(doors.app, office))) return 'waiting';
  await announce(doors, found, leaveOf);
  return 'writing';
}

/** The announcement becomes the first line, and from here on the import is on its way. */
async function announce(doors: ImportDoors, found: Import, leaveOf: RecordId | null): Promise<void> {
  const { office, seat, list, broughtBy, rows, leftOut } = found;
  const root = (await recordsOf(doors.app, office, organizationKind)).find(({ body }) => body.parent === null);
  const input = { list, broughtBy, leaveOf, rows, leftOut, owner: root?.id };
  await onDuty(
    doors.app,
    'writer',
    async (client) => {
      const line = { line: 1, row_in_file: null, command: beginCommand.name, shape: 0, input, at: doors.now() };
      await stageLines(client, office, seat, [line]);
      await client.query("UPDATE imports SET state = 'writing' WHERE office = $1 AND seat = $2", [office, seat]);
    },
    { office },
  );
}

function nextLines(doors: ImportDoors, office: number, seat: number): Promise<SentLine[]> {
  return onDuty(
    doors.app,
    'writer',
    async (client) => {
      const { rows } = await client.query<Omit<SentLine, 'grants'>>(
        `SELECT line, command, shape, input, at FROM import_lines WHERE office = $1 AND seat = $2
           AND line > (SELECT last_line FROM seats WHERE seat = $2) ORDER BY line LIMIT $3`,
        [office, seat, linesAtOnce],
      );
      return rows.map((line) => ({ ...line, grants: 0 }));
    },
    { office },
  );
}

async function sayOwn(
  doors: ImportDoors,
  office: number,
  seat: number,
  command: string,
  input: unknown,
): Promise<void> {
  const answer = await pushOwnLine(doors, office, seat, { command, shape: 0, input, at: doors.now(), grants: 0 });
  if (answer.state === 'refused') throw new Error(`${command} was refused: ${JSON.stringify(answer)}`);
}

/** Rows that the registers refused, with the reason each gave. */
function refusedRows(doors: ImportDoors, office: number, seat: number): Promise<readonly Wrong[]> {
  return onDuty(
    doors.app,
    'writer',
    async (client) => {
      const { rows } = await client.query<{ row: number; code: string; params: Wrong['params'] }>(
        `SELECT l.row_in_file AS row, e.code, e.params FROM entries e
         JOIN import_lines l ON l.office = e.office AND l.seat = e.seat AND l.line = e.line
         WHERE e.office = $1 AND e.seat = $2 AND e.state = 'refused' ORDER BY e.line`,
        [office, seat],
      );
      return rows.map(({ row, code, params }) => ({ row, column: null, code, params }));
    },
    { office },
  );
}

// What an import's lines were refused for is told to whoever brought it, with the row of the file. Left open, the bearers would
// find thousands of matters that they cannot settle.
async function settleOwnNotices(doors: ImportDoors, office: number, seat: number, flags = false): Promise<void> {
  const kinds = flags ? [refusalKind, flagKind] : [refusalKind];
  const own = await madeBy(
    doors,
    office,
    seat,
    kinds.map(({ kind }) => kind),
  );
  for (const { id, kind, body } of own)
    if ((body as { settled: unknown }).settled === null)
      await sayOwn(doors, office, seat, kind === refusalKind.kind ? settleRefusal.name : settleFlag.name, {
        notice: id,
        how: 'dropped',
      });
}

/** What a seat has made and still stands. */
function madeBy(
  doors: OpeningDoors,
  office: number,
  seat: number,
  kinds: readonly string[],
): Promise<readonly AnyKept[]> {
  return onDuty(
    doors.app,
    'writer',
    async (client) => {
      const { rows } = await client.query<AnyKept>(
        `SELECT id, kind, scope, version, body FROM records WHERE office = $1 AND id LIKE $2 AND kind = ANY($3)`,
        [office, `${seat}-%`, kinds],
      );
      return rows;
    },
    { office },
  );
}

async function close(doors: OpeningDoors, office: number, seat: number, state: ImportState): Promise<void> {
  await onDuty(
    doors.app,
    'writer',
    async (client) => {
      await client.query('DELETE FROM import_lines WHERE office = $1 AND seat = $2', [office, seat]);
      await client.query('UPDATE imports SET state = $3 WHERE office = $1 AND seat = $2', [office, seat, state]);
    },
    { office },
  );
}

/** All rows were asked for and one was refused: nothing stays. */
async function takenBack(doors: ImportDoors, found: Import): Promise<Written> {
  const refused = await refusedRows(doors, found.office, found.seat);
  await takeAway(doors, found.office, found.seat);
  return { state: 'taken-back', entered: 0, refused };
}

/** A record that stays although its import was taken back, and why. */
export type Stayed = {
  readonly kind: string;
  readonly id: RecordId;
  readonly names: Names | null;
  readonly why: 'changed' | 'used';
};

/**
 * Takes an import back as one. What somebody has changed since, what others have built on, and whatever that stands on stays, and
 * is named. Asked again later, it takes back what nobody needs any more.
 */
export async function takeBackImport(doors: ImportDoors, office: number, seat: number): Promise<readonly Stayed[]> {
  const found = await importOf(doors, office, seat);
  if (!found) throw new CannotImport('no-import', `Office ${office} has no import ${seat}.`);
  if (found.state === 'waiting') {
    await close(doors, office, seat, 'taken-back');
    return [];
  }
  if (found.state === 'writing')
    throw new CannotImport('not-written', `Import ${seat} is still being written. Let it end, then take it back.`);
  return takeAway(doors, office, seat);
}

async function takeAway(doors: ImportDoors, office: number, seat: number): Promise<readonly Stayed[]> {
  await setState(doors, office, seat, 'taking-back');
  const own = await madeBy(doors, office, seat, [...importedKinds.keys()]);
  const stays = staying(own, await namedByOthers(doors, office, seat));
  // Backwards: what stands on something goes before it.
  const going = own.filter(({ id }) => !stays.has(id)).sort((a, b) => entryOf(b.id).line - entryOf(a.id).line);
  for (let from = 0; from < going.length; from += mostTakenBack)
    await sayOwn(doors, office, seat, takeBack.name, {
      records: going.slice(from, from + mostTakenBack).map(({ kind, id }) => ({ kind, id })),
    });
  await settleOwnNotices(doors, office, seat, true);
  const rows = new Set([...stays.keys()].map((id) => entryOf(id).line));
  await sayOwn(doors, office, seat, finishTakingBack.name, { import: `${seat}-1`, stayed: rows.size });
  await close(doors, office, seat, 'taken-back');
  return own.flatMap(({ kind, id, body }) => {
    const why = stays.get(id);
    const { names = null, head = null } = body as { names?: Names; head?: Names };
    return why ? [{ kind, id, names: names ?? head, why }] : [];
  });
}

/** Ids of this seat's records that records of others name. */
function namedByOthers(doors: OpeningDoors, office: number, seat: number): Promise<ReadonlySet<RecordId>> {
  return onDuty(
    doors.app,
    'writer',
    async (client) => {
      const { rows } = await client.query<{ scope: string; body: string }>(
        `SELECT scope, body::text AS body FROM records WHERE office = $1 AND id NOT LIKE $2 AND kind <> ALL($3)
           AND (scope LIKE $2 OR body::text LIKE $4)`,
        [office, `${seat}-%`, [refusalKind.kind, flagKind.kind], `%"${seat}-%`],
      );
      return new Set(rows.flatMap(({ scope, body }) => [scope, ...idsIn(body, seat)]));
    },
    { office },
  );
}

function idsIn(body: string, seat: number): RecordId[] {
  return [...body.matchAll(new RegExp(`"(${seat}-\\d+(?:\\.\\d+)?)"`, 'g'))].map((match) => match[1] as RecordId);
}

/** What stays: changed or named by others; then, again and again, all that was made with it and all that it stands on. */
function staying(own: readonly AnyKept[], named: ReadonlySet<RecordId>): ReadonlyMap<RecordId, Stayed['why']> {
  const stays = new Map<RecordId, Stayed['why']>();
  const byEntry = new Map<number, AnyKept[]>();
  for (const record of own) {
    const { line } = entryOf(record.id);
    byEntry.set(line, [...(byEntry.get(line) ?? []), record]);
  }
  const open: RecordId[] = [];
  const keep = (id: RecordId, why: Stayed['why']) => {
    if (stays.has(id)) return;
    stays.set(id, why);
    open.push(id);
  };
  for (const { id, version } of own)
    if (version > 1) keep(id, 'changed');
    else if (named.has(id)) keep(id, 'used');
  const known = new Map(own.map((record) => [record.id, record]));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const { seat, line } = entryOf(id);
    for (const mate of byEntry.get(line) ?? []) keep(mate.id, 'used');
    const record = known.get(id);
    if (record)
      for (const other of [record.scope, ...idsIn(JSON.stringify(record.body), seat)])
        if (known.has(other)) keep(other, 'used');
  }
  return stays;
}

/** Imports that a killed server left half done go on where they stopped. */
export async function resumeImports(doors: ImportDoors): Promise<number> {
  let resumed = 0;
  for (const { office, tier } of await booksOf(doors.app)) {
    if (tier !== 'lso') continue;
    for (const { seat, state } of await importsOf(doors, office)) {
      if (state === 'writing') await writeImport(doors, office, seat);
      else if (state === 'taking-back') await takeAway(doors, office, seat);
      else continue;
      resumed += 1;
    }
  }
  return resumed;
}
