/*
 * The server as an object: what the routes, the jobs, the demo and the tests work with.
 */
import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { shareNeighbourCounts } from '../care/blood-donors/server/neighbour-counts.ts';
import { type OnCall, onCallKind } from '../care/emergencies/on-call.ts';
import { carryTransfers } from '../federation/transfers/server/carry-transfers.ts';
import { carryingDoors, listLsos } from '../federation/transfers/server/lsos.ts';
import { formatEntryId, type RecordId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/plain-date.ts';
import { type GrantPage, grantKind, grantsOf } from '../platform/access/grants.ts';
import { ownSeat } from '../platform/access/server/gate.ts';
import { tellLooks } from '../platform/access/server/look-book.ts';
import { keepRememberedHead, tellRestorations } from '../platform/backup/server/tell-restorations.ts';
import type { Kept } from '../platform/book/kind.ts';
import { ruleKind, rulesIn } from '../platform/book/published-rules.ts';
import type { RuleInForce } from '../platform/book/rule.ts';
import type { BookStore } from '../platform/book/server/book-store.ts';
import { applyErasures, carryOutErasures } from '../platform/book/server/erase-pages.ts';
import type { ErasingStore, ErasureRow } from '../platform/book/server/erasing-store.ts';
import { postgresErasing } from '../platform/book/server/postgres-erasing.ts';
import { postgresStore } from '../platform/book/server/postgres-store.ts';
import { recountBook } from '../platform/book/server/recount.ts';
import { onDuty } from '../platform/database/server/duty.ts';
import { faultOf } from '../platform/http/server/fault.ts';
import type { SyncContext } from '../platform/sync/server/answer-sync.ts';
import { openLines, type SealingKey } from '../platform/sync/server/open-lines.ts';
import { pushOwnLine } from '../platform/sync/server/push.ts';
import { safeOf } from '../platform/sync/server/safe.ts';
import { registers } from './wings.ts';

export type Log = {
  readonly info: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
};

/** How long an open emergency makes phones ask more often, in milliseconds: a night's first hours, not a battery's whole day. */
const urgentFor = 3 * 3_600_000;

export type OfficeServer = SyncContext & {
  readonly app: Pool;
  readonly erasing: ErasingStore;
  /** The pool of what may wait. */
  readonly aside: Pool;
  readonly sealingKey: SealingKey;
  readonly log: Log;
  /** Writes one line of the server's own, or of an import, into an office's book; answers the id of the first record it makes. Throws when it is refused. */
  readonly writeLine: (
    office: number,
    nature: 'server' | 'import',
    command: string,
    input: unknown,
    at?: Instant,
  ) => Promise<RecordId>;
  readonly shareCounts: () => Promise<number>;
  /** Keeps the list of LSOs in the books of their districts. Answers how many lines were written. */
  readonly listLsos: () => Promise<number>;
  /** Takes every offer between two LSOs its next step. Answers how many steps were taken. */
  readonly carryTransfers: () => Promise<number>;
  /** Writes into books that were restored that they were. */
  readonly tellRestorations: () => Promise<void>;
  /** Erases whoever asked for it a day ago, and whatever a restore has brought back. Answers how many. */
  readonly carryOutErasures: () => Promise<number>;
  /** Counts the figures of offices again whose rule has changed. Answers how many kinds of how many offices. */
  readonly recountFigures: () => Promise<number>;
  /** Tells the offices' books who has looked into them. Answers how many lines were written. */
  readonly tellLooks: () => Promise<number>;
  /** After a restore: erases again whoever stands in a list that is newer than the backup. */
  readonly applyErasures: (rows: readonly ErasureRow[]) => Promise<number>;
  /** Reads again which rules the reference books have published. A rule begins on a day after it was published. */
  readonly readRules: () => Promise<void>;
};

export function officeServer(
  app: Pool,
  sealingKey: SealingKey,
  log: Log,
  now: () => Instant = Date.now,
  aside: Pool = app,
): OfficeServer {
  const store = postgresStore(app);
  let busy: Promise<unknown> = Promise.resolve();
  let rules: readonly RuleInForce[] = [];
  const server: OfficeServer = {
    app,
    erasing: postgresErasing(app),
    aside,
    sealingKey,
    log,
    registers,
    store,
    now,
    salt: () => randomBytes(16).toString('hex'),
    rules: () => rules,
    safe: safeOf(sealingKey),
    readRules: async () => {
      rules = await publishedRules(app);
    },
    report: (error, line) =>
      log.error({ seat: line.seat, line: line.line, command: line.command, ...faultOf(error) }, 'a line met a bug'),
    unseal: (bundle) => openLines(sealingKey, bundle),
    grantsOf: async (seat) => (seat.person === null ? [] : grantsIn(app, seat.office, seat.person)),
    isUrgent: async (office) =>
      onDuty(
        app,
        'writer',
        async (client) => {
          const { rows } = await client.query<{ open: boolean }>(
            `SELECT EXISTS (SELECT FROM records WHERE office = $1 AND kind = 'emergency' AND body->>'outcome' IS NULL
               AND (body->>'openedAt')::bigint > $2) AS open`,
            [office, now() - urgentFor],
          );
          return rows[0]?.open === true;
        },
        { office },
      ),
    officeOfSeat: (seat) =>
      onDuty(app, 'gate', async (client) => {
        const { rows } = await client.query<{ office: number }>(
          'SELECT office FROM seats JOIN books USING (office) WHERE seat = $1 AND moved_to IS NULL',
          [seat],
        );
        return rows[0]?.office ?? null;
      }),
    writeLine: (office, nature, command, input, at = now()) => {
      // One line after the other: the seat's numbers have no gaps.
      const run = busy.then(async () => {
        const seat = await ownSeat(app, office, nature);
        const shape = registers.commands.get(command)?.upgrades.length ?? 0;
        const answer = await pushOwnLine(server, office, seat.seat, { command, shape, input, at, grants: 0 });
        if (answer.state === 'refused') throw new Error(`${command} was refused: ${JSON.stringify(answer)}`);
        return formatEntryId(seat.seat, answer.line);
      });
      busy = run.catch(() => undefined);
      return run;
    },
    rememberHead: (seat, head) =>
      keepRememberedHead(
        { store, write: (office, command, input) => server.writeLine(office, 'server', command, input) },
        seat,
        head,
      ),
    tellRestorations: () => {
      const { tree } = registers;
      if (!tree) throw new Error('no register keeps organizations');
      return tellRestorations({
        app,
        store,
        tree,
        write: (office, command, input) => server.writeLine(office, 'server', command, input),
      });
    },
    listLsos: () =>
      listLsos(app, store, async (office, command, input) => {
        await server.writeLine(office, 'server', command, input);
      }),
    carryTransfers: () => {
      // Its own lines take their numbers under each book's lock; two of them at once would only ask twice.
      const run = busy.then(() => carryTransfers({ ...server, ...carryingDoors(app) }));
      busy = run.catch(() => undefined);
      return run;
    },
    carryOutErasures: () => carryOutErasures(server),
    recountFigures: async () => {
      let kinds = 0;
      for (const office of await server.erasing.offices()) kinds += await recountBook(server, office);
      return kinds;
    },
    tellLooks: () => tellLooks({ ...server, rootOf: (office) => rootOf(store, office) }),
    applyErasures: (rows) => applyErasures(server, rows),
    shareCounts: () =>
      shareNeighbourCounts({
        app,
        store,
        onCall: {
          kind: onCallKind.kind,
          read: (body) => ({ names: (body as OnCall).names, number: (body as OnCall).number }),
        },
        write: async (office, command, input) => {
          await server.writeLine(office, 'server', command, input);
        },
      }),
  };
  return server;
}

async function publishedRules(app: Pool): Promise<RuleInForce[]> {
  const books = await onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ office: number }>("SELECT office FROM books WHERE tier <> 'lso'");
    return rows;
  });
  const found = await Promise.all(
    books.map(({ office }) =>
      onDuty(
        app,
        'reader',
        async (client) => {
          const { rows } = await client.query<{ kind: string; body: unknown }>(
            'SELECT kind, body FROM records WHERE office = $1 AND kind = $2',
            [office, ruleKind.kind],
          );
          return rulesIn(rows);
        },
        { office },
      ),
    ),
  );
  return found.flat();
}

function grantsIn(app: Pool, office: number, person: string) {
  return onDuty(
    app,
    'writer',
    async (client) => {
      const { rows } = await client.query<Kept<GrantPage>>(
        'SELECT id, kind, scope, version, body FROM records WHERE office = $1 AND kind = $2',
        [office, grantKind.kind],
      );
      return grantsOf(rows, person);
    },
    { office },
  );
}

async function rootOf(store: BookStore, office: number): Promise<RecordId | null> {
  const { tree } = registers;
  if (!tree) return null;
  const organizations = await store.open(office, (book) => book.structure([tree.kind]));
  return organizations.find(({ body }) => tree.parent(body) === null)?.id ?? null;
}
