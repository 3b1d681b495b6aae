/*
 * One simulated history: an LSO with its leaders' phones and the server, in one process, from one seed. The phones run the real
 * `PhoneBook`, the server the real `answerSync`; only disk, network and clock are ours. The same seed gives the same trace.
 */
import { standsWithin } from '../../src/platform/access/reach.ts';
import type { Actor } from '../../src/platform/access/role.ts';
import { canonicalJson } from '../../src/platform/book/canonical.ts';
import { chainWalkStart, followChain } from '../../src/platform/book/chain.ts';
import type { AnyKept } from '../../src/platform/book/decide.ts';
import { cellKey, cellsOf, sumCells } from '../../src/platform/book/figures.ts';
import type { SentLine } from '../../src/platform/book/line.ts';
import { refusalKind } from '../../src/platform/book/notices.ts';
import type { BookStore } from '../../src/platform/book/server/book-store.ts';
import { memoryStore } from '../../src/platform/book/server/memory-store.ts';
import { PhoneBook } from '../../src/platform/sync/client.ts';
import { fromColumns } from '../../src/platform/sync/columns.ts';
import type { SyncAnswer, SyncRequest } from '../../src/platform/sync/protocol.ts';
import { answerSync, type SyncContext } from '../../src/platform/sync/server/answer-sync.ts';
import { pushLines } from '../../src/platform/sync/server/push.ts';
import { registers } from '../../src/server/wings.ts';
import { PhoneDied, PhoneMemory } from './phone-memory.ts';

/** Bugs that peers had in the field, planted by a switch. Each must be found. */
export const plantedBugs = [
  'cursor-before-pages',
  'delete-on-refusal',
  'acknowledge-before-commit',
  'applied-twice',
  'scope-not-checked',
  'old-worth-kept',
] as const;
export type PlantedBug = (typeof plantedBugs)[number];

export type HistoryOptions = {
  readonly seed: number;
  readonly steps?: number;
  readonly bugs?: readonly PlantedBug[];
  /** False: the server is never restored, so that what it was asked can be asked of another store. */
  readonly restores?: boolean;
  /** Hears everything the server is asked, in order. */
  readonly listen?: (heard: Heard) => void;
};
/** What a server was asked, and when by its clock. */
export type Heard =
  | {
      readonly what: 'import';
      readonly office: number;
      readonly seat: number;
      readonly lines: readonly SentLine[];
      readonly at: number;
    }
  | { readonly what: 'sync'; readonly seat: number; readonly request: SyncRequest; readonly at: number };
export type History = { readonly faults: readonly string[]; readonly trace: readonly string[] };

const lsoOffice = 10;
const districtOffice = 2;
const importSeat = 1;

function chanceOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Phone = { readonly memory: PhoneMemory; book: PhoneBook; readonly person: string; seat: number };

export async function runHistory({
  seed,
  steps = 160,
  bugs = [],
  restores = true,
  listen,
}: HistoryOptions): Promise<History> {
  const chance = chanceOf(seed);
  const planted = new Set<string>(bugs);
  const faults: string[] = [];
  const trace: string[] = [];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  let clock = Date.UTC(2026, 10, 1, 6);
  let faulty = true;

  const memory = memoryStore('first');
  memory.addBook(districtOffice, null);
  memory.addBook(lsoOffice, districtOffice);
  memory.addSeat({ seat: importSeat, office: lsoOffice, person: null, nature: 'import' });
  memory.addSeat({ seat: 2, office: districtOffice, person: null, nature: 'import' });
  const store = withBugs(memory, planted, chance);

  let salts = 0;
  const context: SyncContext = {
    registers,
    store,
    now: () => clock,
    salt: () => {
      salts += 1;
      return `salt ${salts}`;
    },
    rules: () => [],
    report: (error) => faults.push(`a command threw: ${String(error)}`),
    unseal: async () => null,
    grantsOf: (seat) =>
      memory.view(lsoOffice, seat, async () => {
        const grants = memory.records(lsoOffice).filter(({ kind }) => kind === 'grant');
        return grants.flatMap(({ body }) => {
          const grant = body as { person: string; role: 'lso-bearer'; organization: string; until: string | null };
          return grant.person === seat.person && grant.until === null
            ? [{ role: grant.role, scope: grant.organization }]
            : [];
        });
      }),
    isUrgent: async () => false,
    officeOfSeat: async (seat) => memory.seat(seat)?.office ?? null,
  };

  // The office is set up without faults.
  const imported = async (office: number, seat: number, lines: readonly (readonly [string, unknown])[]) => {
    const from = memory.seat(seat)?.lastLine ?? 0;
    const sent = lines.map(([command, input], i) => ({
      line: from + i + 1,
      command,
      shape: 0,
      input,
      at: clock,
      grants: 0,
    }));
    listen?.({ what: 'import', office, seat, lines: sent, at: clock });
    const { answers } = await pushLines({ ...context, store: memory }, office, seat, sent);
    for (const answer of answers) if (answer.state !== 'accepted') throw new Error(JSON.stringify(answer));
    return answers.map(({ line }) => `${seat}-${line}`);
  };
  const names = (en: string) => ({ en, sd: null, ur: null });
  const form = (tier: string, name: string, number: number | null, parent: string | null) =>
    [
      'organizations.form',
      { tier, names: names(name), number, place: null, parent, of: 'women', formedOn: '2017-10-30', status: 'active' },
    ] as const;
  await imported(districtOffice, 2, [form('district', 'Qambar', null, null)]);
  const [lso = ''] = await imported(lsoOffice, importSeat, [form('lso', 'Ibtida', null, null)]);
  const [vo1 = '', vo2 = ''] = await imported(lsoOffice, importSeat, [
    form('vo', 'One', 1, lso),
    form('vo', 'Two', 2, lso),
  ]);
  const vos = [vo1, vo2];
  const people = await imported(
    lsoOffice,
    importSeat,
    ['Shabana', 'Zeba', 'Sakina'].map((name, i) => [
      'people.enter-person',
      { names: names(name), parent: null, sex: 'f', bornYear: 1990, household: null, number: i + 1, owner: vos[i % 2] },
    ]),
  );
  const roles = [
    ['lso-bearer', lso],
    ['vo-bearer', vo1],
    ['vo-bearer', vo2],
  ] as const;
  await imported(
    lsoOffice,
    importSeat,
    roles.map(([role, organization], i) => [
      'access.give-role',
      { person: people[i], names: names(`leader ${i}`), role, organization },
    ]),
  );
  const [provider = ''] = await imported(lsoOffice, importSeat, [
    [
      'emergencies.add-provider',
      { names: names('Trust'), type: 'trust', number: '03000000011', free: true, order: 1, vo: null, owner: lso },
    ],
  ]);

  const openPhone = (phone: PhoneMemory) =>
    PhoneBook.open({
      store: phone,
      registers,
      now: () => clock,
      app: 'simulation',
      ask: (request) => carried(phone, request),
    });

  /** The network: a request may be lost before or after it arrived, or arrive twice, or late. */
  async function carried(phone: PhoneMemory, request: SyncRequest): Promise<SyncAnswer> {
    const seat = memory.seat(phone.actor.seat);
    if (!seat) throw new Error('no such seat');
    const fate = faulty ? chance() : 1;
    if (fate < 0.15) throw new Error('cut before it arrived');
    if (fate < 0.22) {
      listen?.({ what: 'sync', seat: seat.seat, request, at: clock });
      await answerSync(context, seat, request);
    }
    clock += Math.floor(chance() * 90_000);
    listen?.({ what: 'sync', seat: seat.seat, request, at: clock });
    const answer = await answerSync(context, memory.seat(phone.actor.seat) ?? seat, request);
    if (fate < 0.37) throw new Error('cut before the answer came');
    for (const page of answer.pull?.copies ?? []) lookForStrangers(phone.actor, fromColumns(page.records));
    return structuredClone(answer);
  }

  // J6, by an oracle that knows nothing of purposes: a number goes to the organization it was given to and those below, nowhere else.
  function lookForStrangers(actor: Actor, records: readonly AnyKept[]): void {
    const tree = new Map(
      memory
        .records(lsoOffice)
        .filter(({ kind }) => kind === 'organization')
        .map(({ id, body }) => [id, (body as { parent: string | null }).parent]),
    );
    const grants = memory
      .records(lsoOffice)
      .filter(({ kind, body }) => {
        const grant = body as { person: string; until: string | null };
        return kind === 'grant' && grant.person === actor.person && grant.until === null;
      })
      .map(({ body }) => (body as { organization: string }).organization);
    for (const { kind, body, id } of records) {
      if (kind !== 'donor-contact') continue;
      const { owner } = body as { owner: string };
      if (!grants.some((scope) => standsWithin(tree, scope, owner)))
        faults.push(`J6 the number ${id} of ${owner} reached ${actor.person}`);
    }
  }

  const dying = (where: 'append' | 'apply') => {
    if (!faulty) return 'no' as const;
    const fate = chance();
    return fate < (where === 'append' ? 0.03 : 0.08)
      ? ('before' as const)
      : fate < 0.12
        ? ('after' as const)
        : ('no' as const);
  };
  const phones: Phone[] = [];
  for (const [i, person] of people.entries()) {
    const seat = 10 + i;
    memory.addSeat({ seat, office: lsoOffice, person, nature: 'person' });
    const phone = new PhoneMemory({ nature: 'person', seat, office: lsoOffice, person, grants: [] }, dying, planted);
    phones.push({ memory: phone, book: await openPhone(phone), person, seat });
  }

  let backup: unknown = null;
  for (let step = 0; step < steps; step++) {
    const phone = pick(phones);
    clock += Math.floor(chance() * 3_600_000);
    const what = chance();
    try {
      if (what < 0.62) trace.push(`${step} ${phone.seat} ${await writeSomething(phone)}`);
      else if (what < 0.92) {
        const { sent } = await phone.book.sync();
        trace.push(`${step} ${phone.seat} synced ${sent}`);
      } else if (what < 0.96) {
        phone.book = await openPhone(phone.memory);
        trace.push(`${step} ${phone.seat} restarted`);
      } else if (what < 0.97) trace.push(`${step} ${await moveSomebody()}`);
      else if (what < 0.985) {
        backup = memory.backUp();
        trace.push(`${step} backup`);
      } else if (backup !== null && restores) {
        memory.restore(backup, `epoch ${step}`);
        backup = null;
        trace.push(`${step} restored`);
      }
    } catch (error) {
      trace.push(`${step} ${phone.seat} ${(error as Error).message || 'died'}`);
      if (error instanceof PhoneDied) phone.book = await openPhone(phone.memory);
    }
  }

  /** A leader's role ends, or begins for another village: scopes are left and entered while phones are offline. */
  async function moveSomebody(): Promise<string> {
    const person = pick(people.slice(1));
    const held = memory.records(lsoOffice).filter(({ kind, body }) => {
      const grant = body as { person: string; until: string | null };
      return kind === 'grant' && grant.person === person && grant.until === null;
    });
    for (const { id } of held) await imported(lsoOffice, importSeat, [['access.take-role', { grant: id }]]);
    const organization = pick(vos);
    await imported(lsoOffice, importSeat, [
      ['access.give-role', { person, names: names('moved'), role: 'vo-bearer', organization }],
    ]);
    return `${person} now leads ${organization}`;
  }

  async function writeSomething(phone: Phone): Promise<string> {
    const { copy } = phone.book;
    const donors = [...copy.all(registers.kinds.get('donor') as never)] as AnyKept[];
    const lists = [...copy.all(registers.kinds.get('call-list') as never)] as AnyKept[];
    const nights = [...copy.all(registers.kinds.get('emergency') as never)] as AnyKept[];
    const group = pick(['O-', 'B-', 'B+', 'A+'] as const);
    const what = chance();
    const write = async (command: string, input: unknown) => {
      const written = await phone.book.write(command, input);
      return `${command} ${written.written ? written.outcome.state : written.refusal.code}`;
    };
    if (what < 0.35 || donors.length === 0) {
      const relayed = chance() < 0.5;
      return write('blood-donors.enlist', {
        names: names(`donor ${Math.floor(chance() * 12)}`),
        parent: names('father'),
        sex: 'm',
        bornYear: 1990,
        kilograms: null,
        group,
        groupKnownBy: 'card',
        village: null,
        vo: pick(vos),
        address: null,
        relay: relayed ? { person: pick(people), names: names('leader') } : null,
        number: '03000000101',
        whose: 'own',
        safeToCall: true,
        owner: lso,
        consented: true,
        sure: chance() < 0.1,
      });
    }
    if (what < 0.5 || lists.length === 0) {
      const blood = { group, bottles: 2, sex: 'f', age: null, village: null, vo: pick(vos) };
      return write('emergencies.open', {
        type: 'delivery',
        patient: null,
        vo: pick(vos),
        village: null,
        owner: lso,
        blood,
        bookPage: null,
      });
    }
    if (what < 0.75)
      return write('blood-donors.answer', {
        list: pick(lists).id,
        donor: pick(donors).id,
        answer: pick(['coming', 'arrived', 'no', 'not-arrived']),
      });
    if (what < 0.82) return write('blood-donors.learn-group', { donor: pick(donors).id, group, knownBy: 'lab' });
    if (what < 0.9)
      return write('emergencies.answer-provider', {
        emergency: pick(nights).id,
        provider,
        answer: 'coming',
        minutes: 15,
      });
    const night = pick(nights);
    const on = new Date(clock + 5 * 3_600_000).toISOString().slice(0, 10);
    return write('emergencies.tell-outcome', {
      emergency: night.id,
      ending: 'safe',
      bloodGiven: chance() < 0.7,
      carriedBy: chance() < 0.5 ? provider : null,
      facility: null,
      on,
    });
  }

  // Faults stop: everything must come to rest (J9).
  faulty = false;
  for (const phone of phones) phone.book = await openPhone(phone.memory);
  for (let round = 0; round < 3; round++)
    for (const phone of phones)
      try {
        await phone.book.sync();
      } catch (error) {
        faults.push(`J9 ${phone.seat} does not come to rest: ${(error as Error).message}`);
      }
  await judge();
  return { faults, trace };

  async function judge(): Promise<void> {
    const entries = memory.entries(lsoOffice);
    for (const { memory: disk, seat, book } of phones) {
      const held = entries.filter((entry) => entry.seat === seat);
      for (const [number, line] of disk.promised) {
        const found = held.filter((entry) => entry.line === number);
        if (found.length === 0) faults.push(`J1 line ${seat}-${number} (${line.command}) is missing`);
        if (found.length > 1) faults.push(`J2 line ${seat}-${number} was applied ${found.length} times`);
      }
      if (book.isRewritten) faults.push(`J5 ${seat} believes that the book was rewritten`);
      const waiting = book.copy.lines.filter(({ is }) => is.state === 'unsent');
      if (waiting.length > 0) faults.push(`J9 ${seat} still has ${waiting.length} unsent lines`);
      // J3 record by record, over what the server says she sees.
      const reader = { office: lsoOffice, person: disk.actor.person };
      const seen = await memory.view(lsoOffice, reader, (view) => view.whole());
      const served = new Map(memory.records(lsoOffice).map((record) => [record.id, record]));
      const own = new Map(
        (await disk.load()).copies
          .find(({ office }) => office === lsoOffice)
          ?.records.map((record) => [record.id, record]),
      );
      for (const { id } of seen)
        if (canonicalJson(own.get(id)?.body) !== canonicalJson(served.get(id)?.body))
          faults.push(`J3 ${seat} and the server differ on ${id}`);
      if (own.size !== seen.length)
        faults.push(`J3 ${seat} holds ${own.size} records, the server shows ${seen.length}`);
      for (const { line, is } of book.copy.lines) {
        if (is.state === 'refused' && !served.has(`${line.seat}-${line.line}`))
          faults.push(`J7 the refusal of ${line.seat}-${line.line} is nowhere to be seen`);
      }
      // J7: on the writer's own phone a refusal stays, with its reason, until somebody settles it.
      for (const entry of held)
        if (entry.state === 'refused' && !book.copy.lines.some(({ line }) => line.line === entry.line))
          faults.push(`J7 ${seat} no longer shows the refused line ${entry.line}`);
    }
    let walk = chainWalkStart;
    for (const entry of entries) {
      const step = followChain(walk, entry);
      if ('fault' in step) {
        faults.push(`J5 entry ${step.sequence}: ${step.fault}`);
        break;
      }
      walk = step;
    }
    const refused = new Set(
      memory.records(lsoOffice).flatMap(({ kind, id }) => (kind === refusalKind.kind ? [id] : [])),
    );
    for (const { state, seat, line } of entries)
      if (state === 'refused' && !refused.has(`${seat}-${line}`))
        faults.push(`J7 entry ${seat}-${line} left no refusal`);
    const counted = new Map(memory.cells(lsoOffice).map((cell) => [cellKey(cell), cell.count]));
    const naive = sumCells(
      cellsOf(memory.records(lsoOffice).flatMap(({ kind, body }) => registers.kinds.get(kind)?.measure(body) ?? [])),
    );
    const recounted = new Map(naive.map((cell) => [cellKey(cell), cell.count]));
    for (const key of new Set([...counted.keys(), ...recounted.keys()]))
      if ((counted.get(key) ?? 0) !== (recounted.get(key) ?? 0))
        faults.push(`J8 ${key} says ${counted.get(key) ?? 0}, the records count ${recounted.get(key) ?? 0}`);
  }
}

/** The store as it is, or with a bug of the server planted in it. */
function withBugs(store: ReturnType<typeof memoryStore>, bugs: ReadonlySet<string>, chance: () => number): BookStore {
  return {
    ...store,
    open: (office, work) =>
      store.open(office, (book) =>
        work({
          ...book,
          seat: async (number) => {
            const seat = await book.seat(number);
            // The number of the last line is forgotten now and then: lines sent again are new again.
            return seat && bugs.has('applied-twice') && chance() < 0.2
              ? { ...seat, lastLine: Math.max(0, seat.lastLine - 1) }
              : seat;
          },
          write: async (batch) => {
            if (bugs.has('acknowledge-before-commit') && batch.entries.length > 0 && chance() < 0.1) return;
            const cells = bugs.has('old-worth-kept') ? batch.cells.filter(({ count }) => count > 0) : batch.cells;
            await book.write({ ...batch, cells });
          },
        }),
      ),
    view: (office, reader, work) =>
      store.view(office, reader, (view) =>
        work(
          bugs.has('scope-not-checked')
            ? {
                ...view,
                entered: async (version, stage, after, limit) =>
                  store
                    .records(office)
                    .map((kept) => ({ kept, sequence: 0, stage: registers.kinds.get(kept.kind)?.stage ?? 0 }))
                    .filter((record) => version === 0 && (record.stage > stage || record.kept.id > after))
                    .sort((a, b) => a.stage - b.stage || (a.kept.id < b.kept.id ? -1 : 1))
                    .slice(0, limit),
              }
            : view,
        ),
      ),
  };
}
