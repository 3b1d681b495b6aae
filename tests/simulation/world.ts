/*
 * One office with its phones, two servers and a network, in one process. The phones run the real `PhoneBook`, the servers the real
 * `answerSync`; only disk, network and clock are ours, and every chance comes from the script.
 */
import fc from 'fast-check';
import type { Organization } from '../../src/federation/organizations/organization.ts';
import { takesIn } from '../../src/federation/transfers/commands.ts';
import { carryTransfers } from '../../src/federation/transfers/server/carry-transfers.ts';
import type { Arrival } from '../../src/federation/transfers/transfer.ts';
import { dayInPakistan } from '../../src/kernel/plain-date.ts';
import { grantsOf } from '../../src/platform/access/grants.ts';
import { canonicalJson } from '../../src/platform/book/canonical.ts';
import { hashText } from '../../src/platform/book/chain.ts';
import { type AnyKept, emptiedOf } from '../../src/platform/book/decide.ts';
import type { Entry } from '../../src/platform/book/entry.ts';
import { type Erasure, erasureKind } from '../../src/platform/book/erasure.ts';
import type { Kind } from '../../src/platform/book/kind.ts';
import type { Line, SentLine } from '../../src/platform/book/line.ts';
import { nowhere, type Sight } from '../../src/platform/book/proposal.arbitrary.ts';
import type { BookStore, OpenBook, SeatState } from '../../src/platform/book/server/book-store.ts';
import { type MemoryStore, memoryStore } from '../../src/platform/book/server/memory-store.ts';
import { PhoneBook } from '../../src/platform/sync/client.ts';
import { fromColumns } from '../../src/platform/sync/columns.ts';
import type { SyncAnswer, SyncRequest } from '../../src/platform/sync/protocol.ts';
import { answerSync, type SyncContext } from '../../src/platform/sync/server/answer-sync.ts';
import { pushLines } from '../../src/platform/sync/server/push.ts';
import { answerWithBug, type PlantedBug, registersWithBug, storeBugs, storeWithBug } from './bugs.ts';
import {
  booksBefore,
  ErasingCut,
  eraseOn,
  erasingWithBug,
  type HeardErasing,
  listForRestore,
  lostBeside,
  WordsOfHer,
} from './erasing.ts';
import { type FlagsAsked, notingFlags } from './flags-asked.ts';
import { proposals, secrets } from './joining.ts';
import { aList, takenBack } from './lists.ts';
import { districtOffice, lsoOffice, lsos, offices, otherLso } from './offices.ts';
import { mayReach } from './oracle.ts';
import { DiskFull, PhoneDied, PhoneMemory } from './phone-memory.ts';
import { oldPhoneRegisters, phoneRegisters, poisonName, serverRegisters } from './program-ages.ts';
import type { Fate, Says, ServerFate, Step } from './steps.ts';

type Said = Says[number];

/** What a server was asked, and when by its clock; or what befell its books. */
export type Heard =
  | { readonly what: 'seat'; readonly seat: Omit<SeatState, 'lastLine' | 'closed'> }
  | {
      readonly what: 'lines';
      readonly office: number;
      readonly seat: number;
      readonly lines: readonly SentLine[];
      readonly at: number;
    }
  | { readonly what: 'sync'; readonly seat: number; readonly request: SyncRequest; readonly at: number }
  | {
      readonly what: 'carry';
      readonly seats: readonly (readonly [office: number, seat: number])[];
      /** The write before which the server dies, counted from 0; null: it lives. */
      readonly dies: number | null;
      readonly at: number;
    }
  | { readonly what: 'backup'; readonly safe: boolean }
  | { readonly what: 'restore'; readonly epoch: string; readonly gathersUntil: number }
  | HeardErasing;

/** One woman on one phone, with the disk and the program that is open on it. */
export type Session = {
  readonly office: number;
  readonly seat: number;
  readonly person: string;
  readonly device: Device;
  readonly disk: PhoneMemory;
  book: PhoneBook;
  /** Why this phone can no longer exchange anything, and must not be expected to. */
  gone: 'withdrawn' | 'evicted' | 'cloned' | null;
  /** Requests that wait for what befalls them. */
  fates: Fate[];
};
export type Device = {
  readonly sessions: Session[];
  /** Whose pages are open: a phone is one woman's at a time. */
  open: Session | null;
  offset: number;
  readonly old: boolean;
};

class Lost extends Error {}
class ServerDied extends Error {}

const chanceOf = (seed: number): (() => number) => {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const begunAt = Date.UTC(2026, 10, 1, 6);
const mildly: Fate = { wire: 'carried', server: 'lives', disk: 'writes' };
const names = (en: string) => ({ en, sd: null, ur: null });

/** A server on a store. Salts come from what is being answered, so that two stores give the same chain. */
export function contextOn(
  store: BookStore,
  now: () => number,
  salted: string,
  bug: PlantedBug | null,
  asked: FlagsAsked = new Map(),
): SyncContext {
  let salts = 0;
  return {
    registers: registersWithBug(bug, notingFlags(serverRegisters, asked)),
    store,
    now,
    salt: () => {
      salts += 1;
      return `${salted}-${salts}`;
    },
    rules: () => [],
    safe: { hash: (field, value) => hashText(`${field} ${value}`), seal: (id) => `sealed for ${id}` },
    report: (error, line) => {
      if (line.command !== poisonName) throw error;
    },
    unseal: async ({ sealed }) => ({ lines: sealed.map(({ box }) => JSON.parse(box) as SentLine), shut: [] }),
    grantsOf: (seat) =>
      store.open(seat.office, async (book) =>
        seat.person === null ? [] : grantsOf((await book.structure(['grant'])) as never, seat.person),
      ),
    isUrgent: async () => false,
    officeOfSeat: async (seat) => {
      for (const office of lsos)
        if ((await store.open(office, (book) => book.seat(seat)))?.office === office) return office;
      return null;
    },
  };
}

/** Carries every offer its next step, on a store whose server dies before the write of that number, or not at all. */
export async function carryOn(
  store: BookStore,
  { seats, dies, at }: Extract<Heard, { what: 'carry' }>,
  salted: string,
  bug: PlantedBug | null,
): Promise<string> {
  const steps = await carryTransfers({
    ...contextOn(dies === null ? store : dyingAt(store, dies), () => at, salted, bug),
    lsos: async () => lsos.map((office) => ({ office, names: names(`LSO ${office}`) })),
    waiting: async () => lsos,
    ownSeat: async (office) => seats.find(([each]) => each === office)?.[1] as number,
  }).catch((error: unknown) => {
    if (error instanceof ServerDied) return null;
    throw error;
  });
  return steps === null ? 'died' : `${steps} steps`;
}

/** Writes into a book until the server dies. What it had open then is as if it had not been. */
function dyingAt(store: BookStore, last: number): BookStore {
  let writes = 0;
  const dying = (book: OpenBook): OpenBook => ({
    ...book,
    write: async (batch) => {
      if (writes === last) throw new ServerDied('died carrying');
      writes += 1;
      await book.write(batch);
    },
  });
  return {
    ...store,
    open: (office, work) => store.open(office, (book) => work(dying(book))),
    openTwo: (one, other, work) => store.openTwo(one, other, (a, b) => work(dying(a), dying(b))),
  };
}

type Founded = { readonly photo: unknown; readonly heard: readonly Heard[]; readonly people: readonly string[] };
let founded: Promise<Founded> | null = null;

const seatsOfPeople: readonly {
  readonly seat: number;
  readonly person: number;
  readonly device: number;
  readonly office?: number;
}[] = [
  { seat: 10, person: 0, device: 0 },
  { seat: 11, person: 1, device: 1 },
  { seat: 12, person: 2, device: 1 },
  { seat: 13, person: 3, device: 1 },
  { seat: 14, person: 1, device: 2 },
  { seat: 15, person: 2, device: 3 },
  { seat: 16, person: 4, device: 4, office: otherLso },
  { seat: 17, person: 5, device: 5, office: otherLso },
];
/** How many of the people are the first LSO's. */
const ownPeople = 4;

/** The office as it was set up, once for all histories. */
async function found(): Promise<Founded> {
  const memory = memoryStore('first');
  const heard: Heard[] = [];
  for (const { office, above } of offices) memory.addBook(office, above);
  const seat = (state: Omit<SeatState, 'lastLine' | 'closed'>) => {
    memory.addSeat(state);
    heard.push({ what: 'seat', seat: state });
  };
  const write = async (office: number, from: number, lines: readonly (readonly [string, unknown])[]) => {
    const last = memory.seat(from)?.lastLine ?? 0;
    const sent = lines.map(([command, input], i) => ({
      line: last + i + 1,
      command,
      shape: serverRegisters.commands.get(command)?.upgrades.length ?? 0,
      input,
      at: begunAt,
      grants: 0,
    }));
    heard.push({ what: 'lines', office, seat: from, lines: sent, at: begunAt });
    const { answers } = await pushLines(
      contextOn(memory, () => begunAt, `founding ${heard.length}`, null),
      office,
      from,
      sent,
    );
    for (const answer of answers) if (answer.state !== 'accepted') throw new Error(JSON.stringify(answer));
    return answers.map(({ line }) => `${from}-${line}`);
  };
  seat({ seat: 1, office: lsoOffice, person: null, nature: 'import' });
  seat({ seat: 2, office: districtOffice, person: null, nature: 'import' });
  seat({ seat: 3, office: lsoOffice, person: null, nature: 'server' });
  const form = (tier: string, name: string, parent: string | null) =>
    [
      'organizations.form',
      {
        tier,
        names: names(name),
        number: null,
        place: null,
        parent,
        of: 'women',
        formedOn: '2017-10-30',
        status: 'active',
      },
    ] as const;
  const [district = ''] = await write(districtOffice, 2, [form('district', 'Qambar', null)]);
  await write(districtOffice, 2, [
    ['places.add', { names: names('Dhori'), level: 'village', parent: null, code: null, aliases: [], owner: district }],
  ]);
  const [lso = ''] = await write(lsoOffice, 1, [form('lso', 'Ibtida', null)]);
  const [vo1 = '', vo2 = ''] = await write(lsoOffice, 1, [form('vo', 'One', lso), form('vo', 'Two', lso)]);
  const [co = ''] = await write(lsoOffice, 1, [form('co', 'Three', vo1)]);
  const people = await write(
    lsoOffice,
    1,
    ['Shabana', 'Zeba', 'Sakina', 'Halima'].map((name, i) => [
      'people.enter-person',
      {
        names: names(name),
        parent: null,
        sex: 'f',
        bornYear: 1990,
        household: null,
        number: i + 1,
        owner: [lso, vo1, vo2, co][i],
      },
    ]),
  );
  const roles = [
    ['lso-bearer', lso],
    ['vo-bearer', vo1],
    ['vo-bearer', vo2],
    ['crp', vo1],
  ] as const;
  await write(
    lsoOffice,
    1,
    roles.map(([role, organization], i) => [
      'access.give-role',
      { person: people[i], names: names('leader'), role, organization },
    ]),
  );
  await write(lsoOffice, 1, [
    [
      'emergencies.add-provider',
      { names: names('Trust'), type: 'trust', number: '03000000011', free: true, order: 1, vo: null, owner: lso },
    ],
    [
      'emergencies.add-facility',
      { names: names('Hospital'), type: 'government', number: null, where: null, owner: lso },
    ],
    ...[vo1, vo2].map(
      (vo, i) =>
        [
          'blood-donors.enlist',
          {
            names: names(`Donor ${i}`),
            parent: null,
            sex: 'm',
            bornYear: 1990,
            kilograms: null,
            group: 'O-',
            groupKnownBy: 'card',
            village: null,
            vo,
            address: null,
            relay: { person: people[i + 1], names: names('leader') },
            number: '03000000101',
            whose: 'own',
            safeToCall: true,
            owner: lso,
            consented: true,
            sure: false,
          },
        ] as const,
    ),
    [
      'emergencies.open',
      { type: 'delivery', patient: null, vo: vo1, village: null, owner: lso, blood: null, bookPage: null },
    ],
  ]);
  seat({ seat: 4, office: otherLso, person: null, nature: 'import' });
  seat({ seat: 5, office: otherLso, person: null, nature: 'server' });
  const [otherRoot = ''] = await write(otherLso, 4, [form('lso', 'Sahara', null)]);
  const [otherVo = ''] = await write(otherLso, 4, [form('vo', 'Warah', otherRoot)]);
  await write(otherLso, 4, [form('co', 'Sath', otherVo)]);
  const others = await write(
    otherLso,
    4,
    ['Kareema', 'Beena'].map((name, i) => [
      'people.enter-person',
      { names: names(name), parent: null, sex: 'f', household: null, number: null, owner: [otherRoot, otherVo][i] },
    ]),
  );
  await write(
    otherLso,
    4,
    (
      [
        ['lso-bearer', otherRoot],
        ['vo-bearer', otherVo],
      ] as const
    ).map(([role, organization], i) => [
      'access.give-role',
      { person: others[i], names: names('leader'), role, organization },
    ]),
  );
  people.push(...others);
  for (const { seat: number, person, office = lsoOffice } of seatsOfPeople) {
    seat({ seat: number, office, person: people[person] as string, nature: 'person' });
    await write(office, office === lsoOffice ? 3 : 5, [
      [
        'access.announce-phone',
        {
          seat: number,
          person: people[person],
          names: names('leader'),
          enrolledBy: null,
          byStaff: true,
          organization: office === lsoOffice ? lso : otherRoot,
        },
      ],
    ]);
  }
  return { photo: memory.backUp(), heard, people };
}

export class World {
  readonly memory: MemoryStore = memoryStore('first');
  readonly faults: string[] = [];
  readonly trace: string[] = [];
  readonly sessions: Session[] = [];
  readonly heard: Heard[];
  readonly people: readonly string[];
  readonly words = new WordsOfHer();
  readonly flagsAsked: FlagsAsked = new Map();
  /** Who was erased and must not come back. */
  erased: ReadonlySet<string> = new Set();
  /** Every page that ever went with somebody who was erased. */
  readonly everErased = new Set<string>();
  clock = begunAt;
  readonly #store: BookStore;
  readonly #bug: PlantedBug | null;
  readonly #devices: Device[];
  readonly #bugChance: () => number;
  #serverFate: ServerFate = 'lives';
  #late: { readonly due: number; readonly seat: number; readonly request: SyncRequest }[] = [];
  #backup: unknown = null;
  #asked = 0;
  #restores = 0;
  readonly #importSeats = new Map<number, number>([
    [lsoOffice, 1],
    [otherLso, 4],
  ]);
  readonly #serverSeats = new Map<number, number>([
    [lsoOffice, 3],
    [otherLso, 5],
  ]);
  readonly #cloned = new Set<number>();
  #nextSeat = 20;
  /** Lists that stand, each with the seat that it was written from. A restore closes those seats. */
  #lists: { readonly office: number; readonly seat: number }[] = [];
  /** Files that phones have written and that are on their way by hand. */
  readonly #files: (readonly { readonly seat: number; readonly lines: readonly SentLine[] }[])[] = [];

  private constructor({ photo, heard, people }: Founded, bug: PlantedBug | null) {
    for (const { office, above } of offices) this.memory.addBook(office, above);
    this.memory.restore(photo, 'first');
    this.heard = [...heard];
    this.people = people;
    this.#bug = bug;
    this.#bugChance = chanceOf(7);
    this.#store = this.#dying(storeWithBug(this.memory, bug, this.#bugChance));
    this.#devices = [0, 1, 2, 3, 4, 5].map((device) => ({ sessions: [], open: null, offset: 0, old: device === 3 }));
  }

  static async begin(bug: PlantedBug | null): Promise<World> {
    founded ??= found();
    const world = new World(await founded, bug);
    for (const { seat, person, device, office = lsoOffice } of seatsOfPeople)
      await world.#enrol(office, seat, world.people[person] as string, world.#devices[device] as Device);
    return world;
  }

  /** A grown list of records of the office, as the server has them. */
  records(office: number = lsoOffice): readonly AnyKept[] {
    return this.memory.records(office);
  }

  async take(step: Step, number: number): Promise<void> {
    this.#step = number;
    await this.#deliverLate(this.clock);
    const session = 'who' in step ? (this.sessions[step.who % this.sessions.length] as Session) : null;
    const said = (what: string) => this.trace.push(`${number} ${step.do} ${session?.seat ?? ''} ${what}`);
    try {
      said(await this.#happens(step, session));
    } catch (error) {
      if (
        !(
          error instanceof PhoneDied ||
          error instanceof DiskFull ||
          error instanceof Lost ||
          error instanceof ServerDied ||
          error instanceof ErasingCut
        )
      )
        throw error;
      said(error.message);
      if (session && error instanceof PhoneDied) await this.#reopen(session);
    }
  }

  async #happens(step: Step, session: Session | null): Promise<string> {
    switch (step.do) {
      case 'wait':
        this.clock += step.hours * 3_600_000 + 60_000 * (step.hours % 7);
        return `${step.hours} hours`;
      case 'office':
        return this.#officeWrites(step);
      case 'move':
        return this.#move(step);
      case 'backup':
        this.#backup = this.memory.backUp();
        if (step.safe) for (const { office } of offices) this.memory.markSafe(office);
        this.heard.push({ what: 'backup', safe: step.safe });
        return step.safe ? 'verified' : '';
      case 'restore':
        return this.#restore(step.burnt === true);
      case 'transfer':
        return this.#transfer(step);
      case 'carry':
        return this.#carryOver(step.dies);
      case 'minute':
        return this.#erase(null, step.cut);
      case 'ask-erasure':
        return this.#askErasure(step);
      case 'take-in':
        return this.#takeIn(step.luck);
      case 'list':
        return this.#list(step.luck);
      case 'two-servers': {
        const other = this.sessions[step.other % this.sessions.length] as Session;
        if (!session || session.gone !== null || other.gone !== null || other.device === session.device)
          return 'nobody';
        for (const each of [session, other]) if (each.device.open !== each) await this.#reopen(each);
        session.fates = step.fates.map((fate) => ({ ...fate, disk: 'writes' }));
        other.fates = [{ ...mildly, server: 'other-server' }];
        const both = await Promise.allSettled([this.#sync(session), this.#sync(other)]);
        for (const each of both) if (each.status === 'rejected' && !isFault(each.reason)) throw each.reason;
        return both.map((each) => each.status).join(' ');
      }
    }
    if (session === null || session.gone !== null) return 'gone';
    if (session.device.open !== session) await this.#reopen(session);
    switch (step.do) {
      case 'write':
        session.disk.meets(step.disk);
        try {
          return await this.#write(session, step);
        } finally {
          session.disk.meets('writes');
        }
      case 'sync':
        session.fates = [...step.fates];
        return this.#sync(session);
      case 'undo': {
        const last = session.book.copy.lines.findLast(({ is }) => is.state === 'unsent');
        return last ? `${last.line.line} ${await session.book.undo(last.line.line)}` : 'nothing';
      }
      case 'settle': {
        const refused = session.book.copy.lines.find(({ is }) => is.state === 'refused');
        if (!refused) return 'nothing';
        await session.book.settle(refused.line.line);
        return `${refused.line.line}`;
      }
      case 'restart':
        await this.#reopen(session);
        return '';
      case 'clock':
        session.device.offset = step.days * 86_400_000;
        return `${step.days} days off`;
      case 'tear':
        session.disk.tear();
        await this.#reopen(session);
        return '';
      case 'tear-line': {
        const torn = session.disk.tearLine();
        await this.#reopen(session);
        return `${torn}`;
      }
      case 'evict':
        return this.#evict(session);
      case 'clone':
        return this.#clone(session);
      case 'withdraw':
        return this.#withdraw(session);
      case 'poison':
        return this.#poison(session);
      case 'enrol':
        return this.#letIn(session);
      case 'hand-over':
        return this.#handOver(session);
    }
  }

  /** What was written at which step, so that a history can be told in its own words. */
  readonly said = new Map<number, Says>();
  #step = 0;

  #say(lines: Says): Says {
    this.said.set(this.#step, onWire(lines));
    return lines;
  }

  // ————— phones

  async #enrol(office: number, seat: number, person: string, device: Device): Promise<Session> {
    const actor = { nature: 'person', seat, office, person, grants: [] } as const;
    const disk = new PhoneMemory(
      actor,
      () => device.sessions.map((each) => each.disk).filter((each) => each !== disk),
      storeBugs(this.#bug),
    );
    return this.#openSession({ office, seat, person, device, disk });
  }

  async #openSession(part: Pick<Session, 'office' | 'seat' | 'person' | 'device' | 'disk'>): Promise<Session> {
    const session = { ...part, gone: null, fates: [], book: null as unknown as PhoneBook } as Session;
    session.book = await this.#open(session);
    session.device.sessions.push(session);
    this.sessions.push(session);
    return session;
  }

  #open(session: Session): Promise<PhoneBook> {
    return PhoneBook.open({
      store: session.disk,
      registers: registersWithBug(this.#bug, session.device.old ? oldPhoneRegisters : phoneRegisters),
      now: () => this.clock + session.device.offset,
      app: 'simulation',
      linesInOneRequest: 5,
      ask: (request) => this.#carry(session, request),
    });
  }

  async #reopen(session: Session): Promise<void> {
    session.disk.meets('writes');
    session.device.open = session;
    session.book = await this.#open(session);
  }

  async #write(session: Session, { luck, about, says }: Extract<Step, { do: 'write' }>): Promise<string> {
    const { copy } = session.book;
    const on = dayInPakistan(session.book.moment());
    const seen = new Map<string, string[]>();
    const sight: Sight = {
      on,
      person: session.person,
      ids: (kind) => {
        let ids = seen.get(kind);
        if (!ids) {
          ids = [...copy.byKind(kind)].map(({ id }) => id);
          seen.set(kind, ids);
        }
        return ids;
      },
      record: (kind, id) => copy.get({ kind } as Kind<unknown>, id),
    };
    this.clock += 1000 + (luck % 600_000);
    // Her screens do not show what her role may not do: what her phone turns away for that, she did not mean to write.
    const tries = says ? [0] : [0, 1, 2, 3];
    let name = '';
    let written: Awaited<ReturnType<PhoneBook['write']>> | null = null;
    for (const nth of tries) {
      const [[command, meant]] = (says ?? [proposed(sight, luck + nth, about)]) as [Said];
      const { input, word } = this.words.named(command, meant, luck);
      this.#say([[command, input]]);
      name = command;
      written = await session.book.write(name, session.device.old ? withoutMinutes(name, input) : input);
      if (word !== null && written.written) this.words.keep(`${session.seat}-${written.line.line}`, word);
      if (written.written || !notOnHerScreen.has(written.refusal.code)) break;
    }
    if (written === null) return 'nothing';
    return `${name} ${written.written ? `${written.line.line} ${written.outcome.state}` : written.refusal.code}`;
  }

  async #poison(session: Session): Promise<string> {
    const donor = [...session.book.copy.byKind('donor')][0];
    if (!donor) return 'nobody';
    const written = await session.book.write(poisonName, { donor: donor.id, saw: donor.version });
    return written.written ? `${written.line.line}` : written.refusal.code;
  }

  async #sync(session: Session): Promise<string> {
    try {
      const { sent, withdrawn, cloned } = await session.book.sync();
      if (cloned) {
        session.gone = 'cloned';
        if (!this.isCopied(session.seat)) this.faults.push(`J9 ${session.seat} is one phone and was taken for two`);
      }
      if (withdrawn) {
        session.gone = 'withdrawn';
        session.disk.remove();
      }
      return `sent ${sent}${withdrawn ? ' withdrawn' : ''}${cloned ? ' cloned' : ''}`;
    } finally {
      session.fates = [];
      session.disk.meets('writes');
    }
  }

  #evict(session: Session): string {
    session.gone = 'evicted';
    session.disk.evict();
    this.#forgetLost(session);
    return '';
  }

  // What stood on one disk alone is lost with it, and no program can bring it back.
  #forgetLost({ office, seat, disk: { promised } }: Session): void {
    const held = new Map(this.memory.entries(office).map((entry) => [entry.id, entry]));
    for (const [number, line] of promised) {
      const entry = held.get(`${seat}-${number}`);
      // Under the number of a copied phone the book may hold the other one's words.
      if (!entry || (this.isCopied(seat) && wordsIn(entry) !== wordsOf(line))) promised.delete(number);
    }
  }

  /** Two phones write with the numbers of this seat. */
  isCopied = (seat: number): boolean => this.#cloned.has(seat);

  async #clone(session: Session): Promise<string> {
    this.#cloned.add(session.seat);
    const device: Device = { sessions: [], open: null, offset: session.device.offset, old: session.device.old };
    const { office, seat, person } = session;
    await this.#openSession({ office, seat, person, device, disk: session.disk.clone() });
    return '';
  }

  /** She gets a phone more, with a seat that was never used before. */
  async #letIn({ office, person }: Session): Promise<string> {
    const seat = this.#nextSeat;
    this.#nextSeat += 1;
    this.#addSeat({ seat, office, person, nature: 'person' });
    await this.#announce(office, seat, person);
    await this.#enrol(office, seat, person, { sessions: [], open: null, offset: 0, old: false });
    return `${seat}`;
  }

  #announce(office: number, seat: number, person: string): Promise<string> {
    const organization = this.records(office).find(({ kind, body }) => kind === 'organization' && isRootPage(body))?.id;
    const input = { seat, person, names: names('leader'), enrolledBy: null, byStaff: true, organization };
    return this.#imports([['access.announce-phone', input]], office, this.#serverSeats);
  }

  /** A phone that was let in after the backup is one that the restored server has never met: it comes back under its own number. */
  async #comeBack({ office, seat, person }: Session): Promise<void> {
    this.#addSeat({ seat, office, person, nature: 'person' });
    await this.#announce(office, seat, person);
  }

  async #withdraw(session: Session): Promise<string> {
    const phone = this.records(session.office).find(
      ({ kind, body }) => kind === 'phone' && (body as { seat: number }).seat === session.seat,
    );
    return phone ? this.#imports([['access.withdraw-phone', { phone: phone.id }]], session.office) : 'not announced';
  }

  // ————— the network

  async #carry(session: Session, asked: SyncRequest): Promise<SyncAnswer> {
    const request = inSmallPages(onWire(asked));
    const { wire, server, disk } = session.fates.shift() ?? mildly;
    session.disk.meets(disk);
    if (wire === 'lost-before') throw new Lost('lost on the way');
    if (wire === 'late' || wire === 'late-too')
      this.#late.push({ due: this.clock + 20 * 3_600_000, seat: session.seat, request });
    if (wire === 'late') throw new Lost('late by a day');
    if (this.memory.seat(session.seat) === null && this.#bug !== 'seat-forgotten-by-restore')
      await this.#comeBack(session);
    const before = this.records(session.office);
    if (wire === 'twice') await this.#answer(session.seat, request, 'lives');
    const answer = await this.#answer(session.seat, request, server);
    if (wire === 'lost-after') throw new Lost('answer lost');
    this.#lookForStrangers(session, answer, before);
    const text = JSON.stringify(answer);
    if (secrets.some((secret) => text.includes(secret)))
      this.faults.push(`J6 digits of a card were told to ${session.seat}`);
    return answerWithBug(this.#bug, request.epoch, JSON.parse(text) as SyncAnswer);
  }

  async #answer(seat: number, request: SyncRequest, fate: ServerFate): Promise<SyncAnswer> {
    const state = this.memory.seat(seat);
    if (!state) throw new Lost('a phone that this server has never met');
    this.clock += 700;
    // The second server's clock stands four minutes behind.
    const at = this.clock - (fate === 'other-server' ? 240_000 : 0);
    const heard: Heard = { what: 'sync', seat, request, at };
    this.heard.push(heard);
    this.#asked = this.heard.length;
    const context = contextOn(this.#store, () => at, `asked ${this.#asked}`, this.#bug, this.flagsAsked);
    this.#serverFate = fate;
    try {
      return await answerSync(context, state, request);
    } catch (error) {
      if (error instanceof ServerDied && error.message === 'died deciding')
        this.heard.splice(this.heard.indexOf(heard), 1);
      throw error;
    } finally {
      this.#serverFate = 'lives';
    }
  }

  async #deliverLate(until: number): Promise<void> {
    const due = this.#late.filter((each) => each.due <= until);
    this.#late = this.#late.filter((each) => each.due > until);
    for (const { seat, request } of due)
      await this.#answer(seat, request, 'lives').catch((error) => {
        if (!isFault(error)) throw error;
      });
  }

  // J6, as pages pass by: what a person may know is asked of the grants as they stand, by an oracle of its own. Where two servers
  // answer at once, a page may have been read before a role was taken: it was hers when the request arrived.
  #lookForStrangers(session: Session, answer: SyncAnswer, before: readonly AnyKept[]): void {
    const own = session.office;
    const then = { records: (office = own) => (office === own ? before : this.records(office)) };
    for (const { office, records } of answer.pull?.copies ?? [])
      for (const record of fromColumns(records))
        if (!mayReach(this, session, office, record) && !mayReach(then, session, office, record))
          this.faults.push(`J6 ${record.kind} ${record.id} of ${record.scope} reached ${session.person}`);
  }

  // ————— the servers

  #dying(store: BookStore): BookStore {
    const dies = (fate: ServerFate) => {
      if (this.#serverFate !== fate) return false;
      this.#serverFate = 'lives';
      return true;
    };
    return {
      ...store,
      open: async (office, work) => {
        const value = await store.open(office, (book) =>
          work({
            ...book,
            write: async (batch) => {
              if (dies('dies-deciding')) throw new ServerDied('died deciding');
              await book.write(batch);
            },
          }),
        );
        if (dies('dies-before-answer')) throw new ServerDied('died before it answered');
        return value;
      },
    };
  }

  /** Lines of the office's own, written at the server: an import, or a leader at the office's table. */
  async #imports(
    lines: readonly (readonly [command: string, input: unknown])[],
    office: number = lsoOffice,
    seats: ReadonlyMap<number, number> = this.#importSeats,
  ): Promise<string> {
    return this.#fromSeat(lines, office, seats.get(office) as number);
  }

  async #fromSeat(
    lines: readonly (readonly [command: string, input: unknown])[],
    office: number,
    seat: number,
  ): Promise<string> {
    const from = this.memory.seat(seat)?.lastLine ?? 0;
    const sent: SentLine[] = lines.map(([command, input], i) => ({
      line: from + i + 1,
      command,
      shape: serverRegisters.commands.get(command)?.upgrades.length ?? 0,
      input: onWire(input),
      at: this.clock,
      grants: 0,
    }));
    this.heard.push({ what: 'lines', office, seat, lines: sent, at: this.clock });
    const context = contextOn(this.#store, () => this.clock, `asked ${this.heard.length}`, this.#bug, this.flagsAsked);
    const { answers } = await pushLines(context, office, seat, sent);
    return answers
      .map((answer) => `${answer.line} ${answer.state === 'refused' ? answer.code : answer.state}`)
      .join(' ');
  }

  /** A list from a file comes into one of the offices, or one that came before is taken back. */
  async #list(luck: number): Promise<string> {
    const chance = chanceOf(luck);
    const stands = this.#lists[Math.floor(chance() * this.#lists.length)];
    if (stands && chance() < 0.5) {
      this.#lists.splice(this.#lists.indexOf(stands), 1);
      const { office, seat } = stands;
      return `${seat} taken back ${await this.#fromSeat(takenBack(this.records(office), seat), office, seat)}`;
    }
    const all = offices.map(({ office }) => office);
    const office = chance() < 0.6 ? lsoOffice : (all[Math.floor(chance() * all.length)] as number);
    const records = this.records(office);
    const owner = records.find(({ kind, body }) => kind === 'organization' && isRootPage(body))?.id as string;
    const seat = this.#nextSeat;
    this.#nextSeat += 1;
    this.#addSeat({ seat, office, person: null, nature: 'import' });
    this.#lists.push({ office, seat });
    const lines = aList(proposals, this.#sightOf(records), seat, owner, chance);
    return `${seat} of ${office}: ${await this.#fromSeat(lines, office, seat)}`;
  }

  #sightOf(records: readonly AnyKept[]): Sight {
    return {
      on: dayInPakistan(this.clock),
      person: null,
      ids: (kind) => records.filter((record) => record.kind === kind).map(({ id }) => id),
      record: (kind, id) => records.find((record) => record.kind === kind && record.id === id),
    };
  }

  #officeWrites({ luck, about, says }: Extract<Step, { do: 'office' }>): Promise<string> {
    const office = !says && luck % 5 === 0 ? otherLso : lsoOffice;
    const sight = this.#sightOf(this.records(office));
    const [[name, meant]] = (says ?? [proposed(sight, luck, about)]) as [Said];
    // Who leads the whole office, and which phones it knows, is for the steps that say so.
    if (!says && name.startsWith('access.')) return this.#move({ do: 'move', luck });
    // Some things only the server itself may say.
    const seats = luck % 3 === 0 ? this.#serverSeats : this.#importSeats;
    const { input, word } = this.words.named(name, meant, luck);
    const lines = says ?? [[name, input] as const];
    const seat = seats.get(office) as number;
    if (word !== null && !says) this.words.keep(`${seat}-${(this.memory.seat(seat)?.lastLine ?? 0) + 1}`, word);
    return this.#imports(this.#say(lines), office, seats).then((said) => {
      // Phones empty their lines by what the book says, whoever made it say so.
      for (const { kind, body } of this.records(office))
        if (kind === erasureKind.kind) for (const id of (body as Erasure).pages) this.everErased.add(id);
      return `${name} ${said}`;
    });
  }

  async #transfer({ luck, says }: Extract<Step, { do: 'transfer' }>): Promise<string> {
    const chance = chanceOf(luck);
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(chance() * list.length)];
    const [office, other] = chance() < 0.5 ? [lsoOffice, otherLso] : [otherLso, lsoOffice];
    if (says) return this.#imports(this.#say(says), office);
    const records = this.records(office);
    const open = pick(records.filter(({ kind, body }) => kind === 'arrival' && (body as Arrival).state === 'offered'));
    if (open && chance() < 0.8) {
      const homes = records.filter(
        ({ kind, body }) => kind === 'organization' && takesIn(body as Organization, open.body as Arrival),
      );
      const to = chance() < 0.1 ? null : (pick(homes)?.id ?? null);
      const said = await this.#imports(
        this.#say([['transfers.answer', { arrival: open.id, to, household: null }]]),
        office,
      );
      return `answer ${said}`;
    }
    const goer = pick(
      records.filter(({ kind, body }) =>
        kind === 'organization' ? !isRootPage(body) : kind === 'person' || kind === 'household',
      ),
    );
    if (!goer) return 'nobody';
    const { kind, id } = goer;
    const input = { kind, about: id, office: other, officeNames: names(`LSO ${other}`), agreed: true };
    return `offer ${await this.#imports(this.#say([['transfers.offer', input]]), office)}`;
  }

  /** What a server does every minute with offers between the two LSOs. It may die in the middle of it. */
  async #carryOver(dies: number | null): Promise<string> {
    const heard: Heard = { what: 'carry', seats: [...this.#serverSeats], dies, at: this.clock };
    this.heard.push(heard);
    return carryOn(this.#store, heard, `asked ${this.heard.length}`, this.#bug);
  }

  /** A leader's role ends, or begins for another organization: scopes are left and entered while phones are offline. */
  async #move({ luck, says }: Extract<Step, { do: 'move' }>): Promise<string> {
    if (says) return this.#imports(this.#say(says));
    const chance = chanceOf(luck);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
    const person = pick(this.people.slice(1, ownPeople));
    const organizations = this.records().filter(({ kind }) => kind === 'organization');
    const held = this.records().filter(({ kind, body }) => {
      const grant = body as { person: string; until: string | null };
      return kind === 'grant' && grant.person === person && grant.until === null;
    });
    const lines: [string, unknown][] = [];
    for (const { id } of held) if (chance() < 0.7) lines.push(['access.take-role', { grant: id }]);
    if (chance() < 0.75)
      lines.push([
        'access.give-role',
        {
          person,
          names: names('moved'),
          role: pick(['vo-bearer', 'vo-bearer', 'co-bearer', 'crp', 'member', 'lso-bearer']),
          organization: pick(organizations).id,
        },
      ]);
    return lines.length === 0 ? 'nobody' : `${person} ${await this.#imports(this.#say(lines))}`;
  }

  async #restore(burnt: boolean): Promise<string> {
    if (this.#backup === null) return 'no backup';
    this.#restores += 1;
    this.#lists = [];
    const list = burnt ? [] : listForRestore(this.memory, this.#bug);
    const epoch = `epoch ${this.#restores}`;
    const gathersUntil = this.clock + 48 * 3_600_000;
    this.memory.restore(this.#backup, epoch, gathersUntil);
    this.heard.push({ what: 'restore', epoch, gathersUntil });
    // Numbering starts higher, the office's own seats included: what was lost with them keeps its numbers.
    this.#nextSeat += 100_000;
    for (const office of lsos)
      for (const nature of ['import', 'server'] as const) {
        const seats = nature === 'import' ? this.#importSeats : this.#serverSeats;
        seats.set(office, this.#nextSeat);
        this.#addSeat({ seat: this.#nextSeat, office, person: null, nature });
        this.#nextSeat += 1;
      }
    for (const session of this.sessions)
      if (session.gone === 'evicted' || session.gone === 'withdrawn') this.#forgetLost(session);
      // A phone that was cut off goes on asking, and the restored book may know nothing of its copy.
      else session.gone = null;
    // What the machine alone knew burns with it; a bearer's phone may still tell the wish.
    if (burnt) this.erased = new Set();
    const said = await this.#erase(list, null);
    const listed = new Set(this.memory.erasures().map(({ subject }) => subject));
    for (const subject of this.erased)
      if (!listed.has(subject)) this.faults.push(`J1 a restore forgot that ${subject} was erased`);
    return `${epoch} ${burnt ? 'burnt ' : ''}${said}`;
  }

  // ————— who asked to be erased

  async #erase(rows: HeardErasing['rows'], cut: number | null): Promise<string> {
    const before = lsos.map((office) => [office, booksBefore(this.memory, office)] as const);
    const heard: HeardErasing = { what: 'erase', seats: [...this.#serverSeats], rows, cut, at: this.clock };
    this.heard.push(heard);
    const context = contextOn(this.#store, () => heard.at, `asked ${this.heard.length}`, this.#bug, this.flagsAsked);
    try {
      return `${await eraseOn(context, erasingWithBug(this.memory, this.#bug), heard)} erased`;
    } finally {
      for (const [office, books] of before) this.faults.push(...lostBeside(books, this.memory, office));
      const listed = this.memory.erasures();
      this.erased = new Set([...this.erased, ...listed.map(({ subject }) => subject)]);
      for (const id of listed.flatMap(({ pages }) => pages)) this.everErased.add(id);
    }
  }

  /** A bearer tells a woman's wish, mostly of one who has a word of her own. */
  async #askErasure({ who, luck, says }: Extract<Step, { do: 'ask-erasure' }>): Promise<string> {
    const bearers = this.sessions.filter(
      ({ gone, book }) => gone === null && book.copy.actor.grants.some(({ role }) => role === 'lso-bearer'),
    );
    const session = bearers[who % Math.max(1, bearers.length)];
    if (!session) return 'no bearer';
    if (session.device.open !== session) await this.#reopen(session);
    const { copy } = session.book;
    const owner = [...copy.byKind('organization')].find(
      ({ id, body }) => isRootPage(body) && copy.officeOf(id) === session.office,
    );
    const pages = ['person', 'donor', 'birth-plan'].flatMap((kind) =>
      [...copy.byKind(kind)].map(({ id }) => ({ kind, subject: id })),
    );
    const known = pages.filter(({ subject }) => this.words.of(subject) !== null);
    const chance = chanceOf(luck);
    const from = known.length > 0 && chance() < 0.8 ? known : pages;
    const asked = from[Math.floor(chance() * from.length)];
    if (!asked || !owner) return 'nobody to ask for';
    const said: Says = says ?? [['book.ask-erasure', { ...asked, owner: owner.id }]];
    return this.#write(session, { do: 'write', who, luck, disk: 'writes', about: null, says: said });
  }

  /** Everything of everybody on a phone, sealed to the office, in a file that somebody carries. */
  async #handOver(session: Session): Promise<string> {
    const bundles = await session.book.giveAway(async () =>
      session.device.sessions.map(({ seat, disk }) => ({
        seat,
        lines: disk.boxes().map((box) => JSON.parse(box) as SentLine),
      })),
    );
    this.#files.push(bundles);
    return `${bundles.reduce((sum, { lines }) => sum + lines.length, 0)} lines`;
  }

  async #takeIn(luck: number): Promise<string> {
    const file = this.#files[luck % Math.max(1, this.#files.length)];
    if (!file) return 'no file';
    const said: string[] = [];
    for (const { seat, lines } of file) {
      const office = this.memory.seat(seat)?.office;
      if (office === undefined) continue;
      this.heard.push({ what: 'lines', office, seat, lines, at: this.clock });
      const context = contextOn(
        this.#store,
        () => this.clock,
        `asked ${this.heard.length}`,
        this.#bug,
        this.flagsAsked,
      );
      const { answers, cloned } = await pushLines(context, office, seat, lines);
      if (cloned && !this.#cloned.has(seat)) this.faults.push(`J9 ${seat} is one phone and was taken for two`);
      said.push(`${seat}: ${answers.filter(({ state }) => state !== 'waiting').length}`);
    }
    return said.join(' ');
  }

  #addSeat(seat: Omit<SeatState, 'lastLine' | 'closed'>): void {
    this.memory.addSeat(seat);
    this.heard.push({ what: 'seat', seat });
  }

  // ————— rest

  /** Faults stop: the network is whole, every program is opened again, and all exchange until nothing is left to say. */
  async rest(): Promise<void> {
    this.#late = this.#late.map((each) => ({ ...each, due: 0 }));
    await this.#deliverLate(this.clock);
    for (const session of this.sessions) {
      session.device.offset = 0;
      session.fates = [];
      if (session.gone === null || session.gone === 'cloned') await this.#reopen(session);
    }
    for (let round = 0; round < 4; round++) {
      // What has not come back by now never will: lines that wait for it are decided without it.
      if (round === 1) this.clock += 72 * 3_600_000;
      if (round > 0) while ((await this.#carryOver(null)) !== '0 steps');
      // A wish that waited with them is carried out a day after it came.
      if (round === 2) this.clock += 25 * 3_600_000;
      if (round > 0) await this.#erase(null, null);
      for (const session of this.sessions) {
        if (session.gone !== null) continue;
        try {
          await this.#sync(session);
        } catch (error) {
          this.faults.push(`J9 ${session.seat} does not come to rest: ${(error as Error).message}`);
        }
      }
    }
  }

  /** What the whole history came to, in one hash. */
  traceHash(): string {
    const books = offices.map(({ office }) => this.memory.entries(office).at(-1)?.hash ?? '');
    const copies = this.sessions.map(({ disk }) => canonicalJson(disk.lines()));
    return hashText([...this.trace, ...books, ...copies].join('\n'));
  }
}

/** A line's words as the book holds them: what no book may hold is left out. */
export function wordsOf(line: Line): string {
  const { command, input } = emptiedOf(serverRegisters, line);
  return canonicalJson([command, input ?? null]);
}

export function wordsIn({ command, body }: Entry): string {
  return canonicalJson([command, body?.input ?? null]);
}

function isRootPage(body: unknown): boolean {
  return (body as { parent: string | null }).parent === null;
}

function isFault(error: unknown): boolean {
  return (
    error instanceof Lost || error instanceof ServerDied || error instanceof PhoneDied || error instanceof DiskFull
  );
}

/** Copies come in pages of few records, so that a fill is interrupted as a large office's would be. */
function inSmallPages(request: SyncRequest): SyncRequest {
  return request.pull === null ? request : { ...request, pull: { ...request.pull, most: 30 } };
}

function onWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const proposable = Object.keys(proposals);
const notOnHerScreen: ReadonlySet<string> = new Set(['access.not-allowed', 'access.out-of-reach', 'book.bad-form']);
const garbage = [null, {}, [], 'x', { owner: 'x' }] as const;

/** What somebody who sees this might write. */
function proposed(sight: Sight, luck: number, about: string | null): Said {
  const chance = chanceOf(luck);
  const ofAbout = proposable.filter((name) => about !== null && name.startsWith(`${about}.`));
  // Whoever sees no page of a kind writes of something else, mostly.
  for (let turn = 0; ; turn++) {
    const said = proposedOnce(sight, chance, ofAbout);
    if (turn === 5 || !JSON.stringify(said).includes(`"${nowhere}"`) || chance() < 0.15) return said;
  }
}

function proposedOnce(sight: Sight, chance: () => number, ofAbout: readonly string[]): Said {
  const names = chance() < 0.6 ? ofAbout : [];
  const all = names.length > 0 ? names : proposable;
  const name = all[Math.floor(chance() * all.length)] as string;
  if (chance() < 0.02) return [name, garbage[Math.floor(chance() * garbage.length)]];
  const arbitrary = proposals[name]?.(sight) as fc.Arbitrary<unknown>;
  return [name, fc.sample(arbitrary, { seed: Math.floor(chance() * 2_000_000_000), numRuns: 1 })[0]];
}

function withoutMinutes(name: string, input: unknown): unknown {
  if (name !== 'emergencies.answer-provider' || input === null || typeof input !== 'object') return input;
  const { minutes: _minutes, ...before } = input as Record<string, unknown>;
  return before;
}
