/*
 * Women who ask to be erased, in a history. Every fourth person and donor that is entered has a word of her own in her name, and whoever
 * writes of her afterwards names her by it: once she is erased, that word may stand nowhere.
 */
import type { AnyKept } from '../../src/platform/book/decide.ts';
import { changesIn, type Entry } from '../../src/platform/book/entry.ts';
import { erasingCommands } from '../../src/platform/book/erasure.ts';
import { applyErasures, carryOutErasures, type EraseContext } from '../../src/platform/book/server/erase-pages.ts';
import type { ErasingStore, ErasureRow } from '../../src/platform/book/server/erasing-store.ts';
import type { MemoryStore } from '../../src/platform/book/server/memory-store.ts';
import type { SyncContext } from '../../src/platform/sync/server/answer-sync.ts';
import { pushOwnLine } from '../../src/platform/sync/server/push.ts';
import { type PlantedBug, rowsWithBug, wordsWithBug } from './bugs.ts';
import type { Session } from './world.ts';

/** The server died in the middle of an erasure. */
export class ErasingCut extends Error {}

/** What the server did of erasures: its minute, or the list that a restore was given. */
export type HeardErasing = {
  readonly what: 'erase';
  readonly seats: readonly (readonly [office: number, seat: number])[];
  readonly rows: readonly ErasureRow[] | null;
  readonly cut: number | null;
  readonly at: number;
};

/** Carries out erasures as the server does, and dies before the step of that number. Answers how many were carried out. */
export async function eraseOn(
  context: SyncContext,
  erasing: ErasingStore,
  { seats, rows, cut }: Pick<HeardErasing, 'seats' | 'rows' | 'cut'>,
): Promise<number> {
  let steps = 0;
  const step = () => {
    if (cut !== null && steps === cut) throw new ErasingCut('died erasing');
    steps += 1;
  };
  const cutting = Object.fromEntries(
    Object.entries(erasing).map(([name, work]) => [
      name,
      async (...given: unknown[]) => {
        if (name === 'list' || name === 'takeWords' || name === 'done') step();
        return (work as (...given: unknown[]) => unknown)(...given);
      },
    ]),
  ) as unknown as ErasingStore;
  const erase: EraseContext = {
    erasing: cutting,
    registers: context.registers,
    now: context.now,
    writeLine: async (office, _nature, command, input) => {
      step();
      const seat = new Map(seats).get(office) as number;
      const line = { command, shape: 0, input, at: context.now(), grants: 0 };
      const answer = await pushOwnLine(context, office, seat, line);
      if (answer.state === 'refused') throw new Error(`${command} was refused: ${answer.code}`);
    },
  };
  return rows === null ? carryOutErasures(erase) : applyErasures(erase, rows);
}

/** The erasing of a simulated server, with one bug in it or as it is. */
export function erasingWithBug(memory: MemoryStore, bug: PlantedBug | null): ErasingStore {
  return { ...memory.erasing, takeWords: wordsWithBug(memory.erasing.takeWords, bug) };
}

/** The list that a restore is given: what stood in the books that burnt, or in a newer backup. */
export function listForRestore(memory: MemoryStore, bug: PlantedBug | null): readonly ErasureRow[] {
  return rowsWithBug(memory.erasures(), bug);
}

/** The words by which women of a history are known, by the ids of their pages. */
export class WordsOfHer {
  readonly #words = new Map<string, string>();
  #given = 0;

  /** An input as it is written: whoever is entered may have a word of her own, and whoever has one is named by it. */
  named(command: string, input: unknown, luck: number): { readonly input: unknown; readonly word: string | null } {
    const told = this.#tell(
      input,
      [...this.#words.keys()].some((id) => isTopOf(input, id)) ? this.#wordIn(input) : null,
    );
    if (!makesHer.has(command) || !isForm(input) || luck % 4 !== 0 || JSON.stringify(told) !== JSON.stringify(input))
      return { input: told, word: null };
    this.#given += 1;
    const word = `Only${this.#given}her`;
    return { input: withWord(told, word), word };
  }

  /** A line was written: what it made is hers. */
  keep(entry: string, word: string): void {
    this.#words.set(entry, word);
  }

  /** The word of whoever's page this is; null where she has none of her own. */
  of(id: string): string | null {
    return this.#words.get(id) ?? null;
  }

  #wordIn(input: unknown): string | null {
    for (const value of Object.values(input as object)) {
      const word = typeof value === 'string' ? this.#words.get(value) : undefined;
      if (word) return word;
    }
    return null;
  }

  // Beside her id she is named; in a line that is about her, everywhere.
  #tell(part: unknown, everywhere: string | null): unknown {
    if (Array.isArray(part)) return part.map((each) => this.#tell(each, everywhere));
    if (part === null || typeof part !== 'object') return part;
    const word = this.#wordIn(part) ?? everywhere;
    if (word !== null && isNames(part)) return { ...part, en: `${word} ${(part as { en: string | null }).en ?? ''}` };
    return Object.fromEntries(
      Object.entries(part).map(([field, value]) => [
        field,
        word !== null && isNames(value) ? { ...value, en: `${word} ${value.en ?? ''}` } : this.#tell(value, everywhere),
      ]),
    );
  }
}

const makesHer: ReadonlySet<string> = new Set(['people.enter-person', 'blood-donors.enlist']);

function isForm(input: unknown): boolean {
  return input !== null && typeof input === 'object' && 'names' in input;
}

function isTopOf(input: unknown, id: string): boolean {
  return input !== null && typeof input === 'object' && Object.values(input).includes(id);
}

function isNames(value: unknown): value is { readonly en: string | null } {
  return value !== null && typeof value === 'object' && 'sd' in value && 'ur' in value && 'en' in value;
}

function withWord(input: unknown, word: string): unknown {
  const { names, address, ...others } = input as Record<string, unknown>;
  return {
    ...others,
    ...(address !== undefined && { address: `${word} lane` }),
    names: isNames(names) ? { ...names, en: `${word} ${names.en ?? ''}` } : names,
  };
}

// ————— the judge's part

/** What an erasure took of the server's books besides what is hers, by the text of what stood there before. */
export function lostBeside(
  before: { readonly records: readonly AnyKept[]; readonly entries: ReadonlyMap<string, Entry> },
  memory: MemoryStore,
  office: number,
): string[] {
  const gone = [...new Set(memory.erasures().flatMap((row) => (row.office === office ? row.pages : [])))];
  const names = (text: string) => gone.some((id) => text.includes(`"${id}"`));
  const faults: string[] = [];
  const stands = new Map(memory.records(office).map((record) => [record.id, record]));
  for (const record of before.records) {
    const now = stands.get(record.id);
    const text = JSON.stringify(record.body);
    if (!now && !gone.includes(record.id) && !names(text))
      faults.push(`J1 ${record.kind} ${record.id} went with an erasure and is nobody's who was erased`);
    if (now && JSON.stringify(now.body) !== text && !names(text))
      faults.push(`J1 ${record.kind} ${record.id} was changed by an erasure and names nobody who was erased`);
  }
  const said = [...before.entries.values()].flatMap(changesIn);
  const near = new Set([...said, ...before.records].flatMap((page) => (names(JSON.stringify(page)) ? [page.id] : [])));
  for (const entry of memory.entries(office)) {
    const was = before.entries.get(entry.id);
    if (!was || entry.body !== null) continue;
    if (was.body !== null && !names(JSON.stringify(was.body)) && !gone.includes(entry.id))
      faults.push(`J1 entry ${entry.id} lost its words and speaks of nobody who was erased`);
    if (entry.state === 'refused') continue;
    const left = new Set(changesIn(entry).map((change) => JSON.stringify(change)));
    for (const change of changesIn(was))
      if (!near.has(change.id) && !left.has(JSON.stringify(change)))
        faults.push(`J1 entry ${entry.id} lost what it says of ${change.kind} ${change.id}, which names nobody erased`);
  }
  return faults;
}

/** The books as they stand before an erasure. */
export function booksBefore(memory: MemoryStore, office: number): Parameters<typeof lostBeside>[0] {
  return {
    records: memory.records(office),
    entries: new Map(memory.entries(office).map((entry) => [entry.id, entry])),
  };
}

type Rest = {
  readonly memory: MemoryStore;
  readonly sessions: readonly Session[];
  readonly words: WordsOfHer;
};

/** Of whoever was erased nothing stands any more: not on the server, and not on a phone that has heard of it. */
export function nothingOfHerIsLeft({ memory, sessions, words }: Rest, office: number): string[] {
  const faults: string[] = [];
  const places: (readonly [where: string, text: string])[] = [
    ...memory.entries(office).map((entry) => [`entry ${entry.id} (${entry.command})`, JSON.stringify(entry)] as const),
    ...memory.records(office).map((record) => [`${record.kind} ${record.id}`, JSON.stringify(record)] as const),
    ...memory.apart(office).map((held) => [`what is kept apart of ${held.id}`, JSON.stringify(held)] as const),
    ...sessions.map(({ seat, disk }) => [`phone ${seat}`, disk.everything()] as const),
  ];
  const everywhere = new Map<string, { readonly pages: string[]; doneAt: number }>();
  for (const { subject, pages, doneAt } of memory.erasures()) {
    const row = everywhere.get(subject);
    row?.pages.push(...pages);
    everywhere.set(subject, { pages: row?.pages ?? [...pages], doneAt: Math.min(doneAt, row?.doneAt ?? doneAt) });
  }
  // Also in the book of an office that she has left, or in which she was only offered.
  for (const [subject, { pages, doneAt }] of everywhere) {
    if (doneAt === 0) faults.push(`J9 the erasure of ${subject} was never done`);
    const gone = new Set(pages);
    for (const word of new Set(pages.flatMap((id) => words.of(id) ?? [])))
      for (const [where, text] of places)
        if (text.includes(word)) faults.push(`J6 the name of ${subject}, who was erased, stands in ${where}`);
    for (const { kind, id, body } of memory.records(office)) {
      if (gone.has(id) && kind !== 'refusal')
        faults.push(`J6 ${kind} ${id} of ${subject}, who was erased, stands in the book`);
      if (kind !== 'erasure' && isNamedBeside(body, gone))
        faults.push(`J6 ${kind} ${id} names ${subject}, who was erased`);
    }
    for (const { id } of memory.apart(office))
      if (gone.has(id)) faults.push(`J6 of ${subject}, who was erased, something is kept apart`);
    for (const entry of memory.entries(office))
      if (!erasingCommands.has(entry.command) && changesIn(entry).some((change) => gone.has(change.id)))
        faults.push(`J6 entry ${entry.id} (${entry.command}) says what ${subject} was, who was erased`);
    for (const { seat, disk } of sessions)
      for (const { line } of disk.lines()) {
        const made = `${line.seat}-${line.line}`;
        const speaks = line.command !== null && !erasingCommands.has(line.command);
        const ofHer = [...gone].some((id) => id === made || JSON.stringify(line.input).includes(`"${id}"`));
        if (speaks && ofHer) faults.push(`J6 line ${made} on phone ${seat} speaks of ${subject}, who was erased`);
      }
  }
  for (const { kind, id, body } of memory.records(office))
    if (kind === 'erasure' && (body as { state: string }).state === 'asked')
      faults.push(`J9 the wish ${id} waits for ever`);
  return faults;
}

function isNamedBeside(part: unknown, gone: ReadonlySet<string>): boolean {
  if (Array.isArray(part)) return part.some((each) => isNamedBeside(each, gone));
  if (part === null || typeof part !== 'object') return false;
  const values = Object.values(part);
  const beside = values.some((value) => typeof value === 'string' && gone.has(value));
  if (beside && values.some((value) => isNames(value) && value.en !== '—')) return true;
  return values.some((value) => isNamedBeside(value, gone));
}
