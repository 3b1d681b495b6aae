/*
 * The judge of a history that has come to rest. Every question is asked by counting again from nothing: entries, records and disks,
 * with none of the indexes, sums and cursors that are being judged.
 */

import type { LineNumber } from '../../src/kernel/ids.ts';
import { canonicalJson } from '../../src/platform/book/canonical.ts';
import { chainWalkStart, followChain } from '../../src/platform/book/chain.ts';
import type { AnyKept } from '../../src/platform/book/decide.ts';
import { changesIn, type Entry, replay } from '../../src/platform/book/entry.ts';
import { erasingCommands } from '../../src/platform/book/erasure.ts';
import { type Cell, cellKey, cellsOf } from '../../src/platform/book/figures.ts';
import { isWithoutErased, type Line, type SentLine } from '../../src/platform/book/line.ts';
import type { Postings } from '../../src/platform/book/proposal.arbitrary.ts';
import { nothingOfHerIsLeft } from './erasing.ts';
import { flagsMissing } from './flags-asked.ts';
import { postings, secrets } from './joining.ts';
import { lsos, offices } from './offices.ts';
import { heldBy, mayReach } from './oracle.ts';
import { serverRegisters } from './program-ages.ts';
import { everybodyStandsOnce } from './two-lsos.ts';
import { type Session, type World, wordsIn, wordsOf } from './world.ts';

type Judgement = (world: World) => readonly string[] | Promise<readonly string[]>;

/** Lines that no server takes from this phone any more: what is unsent stays on it. */
const isCutOff = ({ gone }: Session) => gone === 'cloned';
const comesToRest = (world: World) => world.sessions.filter(({ gone }) => gone === null);

/** What still stands on a phone for the office, in its words: lines in sight, and torn ones as they are sealed to the office. */
function unsentWords({ seat, disk }: Session): Map<LineNumber, string> {
  const torn = disk.tornUnsent().map(({ box }): Line => ({ ...(JSON.parse(box) as SentLine), seat }));
  const inSight = disk
    .lines()
    .flatMap(({ line, is }) => (is.state === 'unsent' || is.state === 'refused' ? [line] : []));
  return new Map([...torn, ...inSight].map((line) => [line.line, wordsOf(line)]));
}

/** J1: what a phone said was saved is in the book with the same words, and did what the book says it did. */
const nothingIsMissing: Judgement = (world) => {
  const faults: string[] = [];
  const entries = new Map(entriesOf(world).map((entry) => [entry.id, entry]));
  for (const session of world.sessions) {
    const unsent = isCutOff(session) ? unsentWords(session) : null;
    for (const [number, line] of session.disk.promised) {
      const entry = entries.get(`${session.seat}-${number}`);
      const words = wordsOf(line);
      if ((entry && wordsIn(entry)) === words || unsent?.get(number) === words) continue;
      // What she took back here her other phone, which still had its words, may have said.
      if (entry && line.command === null && world.isCopied(session.seat)) continue;
      // Whose words an erasure may take is looked at when it takes them.
      if (entry?.body === null && entry.command === line.command) continue;
      if (entry && isOfferedWithoutErased(world, entry, line)) continue;
      faults.push(`J1 line ${session.seat}-${number} (${line.command}) is ${entry ? 'another line' : 'missing'}`);
    }
  }
  for (const { office } of offices) {
    const written = new Map<string, AnyKept>();
    const unknown = new Set<string>();
    for (const entry of world.memory.entries(office)) replay(entry, written, unknown);
    const records = new Map(world.records(office).map((record) => [`${record.kind} ${record.id}`, record]));
    for (const key of new Set([...written.keys(), ...records.keys()])) {
      if (unknown.has(key)) continue;
      const [a, b] = [written.get(key), records.get(key)];
      if (a?.version !== b?.version || a?.scope !== b?.scope || canonicalJson(a?.body) !== canonicalJson(b?.body))
        faults.push(`J1 ${key} is not what the entries of book ${office} made of it`);
    }
  }
  const silences = lsos.flatMap((office) => nothingIsOverwrittenInSilence(world, office));
  return [...faults, ...silences, ...everybodyStandsOnce(world)];
};

/** Entries of both LSOs' books; their ids name seats, and a seat writes in one book. */
function entriesOf(world: World): Entry[] {
  return lsos.flatMap((office) => world.memory.entries(office));
}

/** A restored book was offered a line without the words of somebody who had been erased. A wish to be erased names nobody. */
function isOfferedWithoutErased(world: World, entry: Entry, promised: Line): boolean {
  if (!isWithoutErased({ command: entry.command, input: entry.body?.input })) return false;
  if (erasingCommands.has(promised.command)) return false;
  const said = JSON.stringify(promised.input);
  return [...world.everErased].some(
    (id) => said.includes(`"${id}"`) || id === entry.id || id.startsWith(`${entry.id}.`),
  );
}

/** A field that two women corrected, neither having seen the other's word, is flagged. */
function nothingIsOverwrittenInSilence(world: World, office: number): string[] {
  const faults: string[] = [];
  const bodies = new Map<string, Record<string, unknown>>();
  const corrected = new Map<string, number>();
  for (const entry of world.memory.entries(office)) {
    const { saw, fields } = (entry.body?.input ?? {}) as { saw?: number; fields?: Record<string, unknown> };
    const changes = entry.body?.changes ?? [];
    const flagged = changes.some(
      (change) => change.do === 'create' && (change.body as { code?: string }).code === 'book.corrected-twice',
    );
    for (const change of changes) {
      if (change.do === 'create') {
        bodies.set(change.id, { ...(change.body as object) });
        // A page that came back from another office begins anew.
        for (const key of corrected.keys()) if (key.startsWith(`${change.id} `)) corrected.delete(key);
      }
      if (change.do !== 'update') continue;
      const body = bodies.get(change.id) ?? {};
      if (typeof saw === 'number' && fields)
        for (const field of Object.keys(fields)) {
          const since = corrected.get(`${change.id} ${field}`) ?? 0;
          if (since > saw && field in change.set && !flagged)
            faults.push(`J1 ${entry.id} overwrote ${field} of ${change.id} in silence`);
          // A field that was named and not changed has no word that could be lost.
          if (field in change.set) corrected.set(`${change.id} ${field}`, change.version);
        }
      Object.assign(body, change.set);
      bodies.set(change.id, body);
    }
  }
  return faults;
}

/** J2: a line is in the book once, and no record was made twice. */
const nothingIsTwice: Judgement = (world) =>
  offices.flatMap(({ office }) => {
    const faults: string[] = [];
    const seen = new Set<string>();
    for (const entry of world.memory.entries(office)) {
      const { id, remains } = entry;
      // An erased change no longer says whether it took a page away.
      for (const part of remains?.changes ?? []) if (!('change' in part)) seen.delete(part.id);
      if (seen.has(`line ${id}`)) faults.push(`J2 line ${id} was applied twice`);
      seen.add(`line ${id}`);
      for (const change of changesIn(entry)) {
        // A page that has left the book may come back under its own id.
        if (change.do === 'remove') seen.delete(change.id);
        if (change.do !== 'create') continue;
        if (seen.has(change.id)) faults.push(`J2 record ${change.id} was made twice`);
        seen.add(change.id);
      }
    }
    return faults;
  });

/** J3: every phone holds what its woman may see, all of it and nothing else, to the letter. */
const copiesAgree: Judgement = async (world) => {
  const faults: string[] = [];
  for (const session of comesToRest(world)) {
    const { seat, disk } = session;
    const { copies } = await disk.load();
    for (const { office } of offices) {
      const shown = new Map(
        world
          .records(office)
          .flatMap((record) => (mayReach(world, session, office, record) ? [[record.id, record]] : [])),
      );
      const held = new Map(copies.find((copy) => copy.office === office)?.records.map((record) => [record.id, record]));
      for (const id of new Set([...shown.keys(), ...held.keys()]))
        if (canonicalJson(shown.get(id)) !== canonicalJson(held.get(id))) {
          const which = shown.has(id) ? (held.has(id) ? 'another' : 'no') : 'a stale';
          faults.push(`J3 ${seat} holds ${which} ${(shown.get(id) ?? held.get(id))?.kind} ${id} of book ${office}`);
        }
    }
  }
  return faults;
};

/** J4: per entry and per book, debits and credits sum to nothing. Registers say what their records post. */
const postingsBalance: Judgement = (world) =>
  offices.flatMap(({ office }) =>
    world.memory.entries(office).flatMap(({ id, body }) =>
      unbalanced(
        postings,
        (body?.changes ?? []).flatMap((change) => (change.do === 'create' ? [change] : [])),
      ).map((book) => `J4 entry ${id} does not balance in ${book}`),
    ),
  );

/** The books in which the postings of some records do not sum to zero. */
export function unbalanced(
  declared: Postings,
  records: readonly { readonly kind: string; readonly body: unknown }[],
): string[] {
  const sums = new Map<string, number>();
  for (const { kind, body } of records)
    for (const { book, paisa } of declared[kind]?.(body) ?? []) sums.set(book, (sums.get(book) ?? 0) + paisa);
  return [...sums].flatMap(([book, sum]) => (sum === 0 ? [] : [book]));
}

/**
 * J4 and J8, for two pages of one woman: a merge sets a pointer and an un-merge takes it away. Nothing else moves, money, posts and
 * roles least of all, and nobody is led in a circle.
 */
const mergesMoveNothing: Judgement = (world) => {
  const faults: string[] = [];
  for (const { id, command, body } of entriesOf(world)) {
    if (command !== 'people.merge' && command !== 'people.unmerge') continue;
    const { goes, person } = (body?.input ?? {}) as { goes?: string; person?: string };
    for (const change of body?.changes ?? []) {
      // What the office has to look at is a page of its own: a refusal, or that her role had changed when she wrote.
      if (change.do === 'create' && (change.kind === 'refusal' || change.kind === 'flag')) continue;
      const isPointer = change.do === 'update' && change.id === (goes ?? person);
      const moved = change.do === 'update' ? Object.keys(change.set).filter((field) => field !== 'mergedInto') : [];
      if (!isPointer || moved.length > 0) faults.push(`J4 merge ${id} moved ${change.kind} ${change.id} ${moved}`);
    }
  }
  const pages = new Map(
    lsos
      .flatMap((office) => world.records(office))
      .flatMap(({ kind, id, body }) => (kind === 'person' ? [[id, body]] : [])),
  );
  for (const start of pages.keys()) {
    const way = [start];
    for (let next = pointer(pages.get(start)); next !== null; next = pointer(pages.get(next))) {
      if (way.includes(next)) {
        faults.push(`J8 whoever looks up person ${start} is led in a circle`);
        break;
      }
      way.push(next);
    }
  }
  return faults;
};

function pointer(body: unknown): string | null {
  return (body as { mergedInto?: string | null } | undefined)?.mergedInto ?? null;
}

/** J5: every book is a whole chain, and the head that phones remember is its head. */
const chainsVerify: Judgement = (world) => {
  const faults: string[] = [];
  for (const { office } of offices) {
    let walk = chainWalkStart;
    for (const entry of world.memory.entries(office)) {
      const step = followChain(walk, entry);
      if ('fault' in step) {
        faults.push(`J5 entry ${step.sequence} of book ${office}: ${step.fault}`);
        break;
      }
      walk = step;
    }
    for (const { seat, book } of comesToRest(world).filter((session) => session.office === office)) {
      if (book.isRewritten) faults.push(`J5 ${seat} believes that the book was rewritten`);
      if (book.head?.hash !== walk.hash) faults.push(`J5 ${seat} remembers another head`);
    }
  }
  return faults;
};

/** J6: what passed by was watched (`World`); what lies on disks at the end is looked through again, gone phones included. */
const nobodySawTooMuch: Judgement = async (world) => {
  const faults: string[] = [];
  for (const session of comesToRest(world))
    for (const { office, records } of (await session.disk.load()).copies)
      for (const record of records)
        if (!mayReach(world, session, office, record))
          faults.push(`J6 ${record.kind} ${record.id} lies on phone ${session.seat}`);
  return faults;
};

/**
 * J6, for what is kept apart: of a card's number nothing stands in an entry, in a record, or on the disk of a phone whose lines the
 * office has; a refused line stays whole until she has settled it, for she may have to say it again. `World` reads every answer as it passes by.
 */
const secretsAreApart: Judgement = (world) => {
  const places: (readonly [where: string, text: string])[] = [
    ...offices.flatMap(({ office }) => [
      ...world.memory.entries(office).map((entry) => [`entry ${entry.id}`, JSON.stringify(entry)] as const),
      ...world.records(office).map((record) => [`${record.kind} ${record.id}`, JSON.stringify(record)] as const),
    ]),
    ...comesToRest(world).map(
      ({ seat, disk }) => [`phone ${seat}`, disk.everything(({ is }) => is.state !== 'refused')] as const,
    ),
  ];
  return places.flatMap(([where, text]) =>
    secrets.some((secret) => text.includes(secret)) ? [`J6 digits of a card stand in ${where}`] : [],
  );
};

/** J7: a refusal is a page that a leader of the office sees, and stays on its writer's phone until somebody settles it. */
const refusalsAreSeen: Judgement = async (world) =>
  (await Promise.all(lsos.map((office) => refusalsAreSeenIn(world, office)))).flat();

async function refusalsAreSeenIn(world: World, office: number): Promise<string[]> {
  const faults: string[] = [];
  const records = new Map(world.records(office).map((record) => [`${record.kind} ${record.id}`, record]));
  const roots = world
    .records(office)
    .filter(({ kind, body }) => kind === 'organization' && isRoot(body))
    .map(({ id }) => id);
  const bearers = new Set(
    world.people.filter((person) =>
      heldBy(world.records(office), person).some(({ role, scope }) => role === 'lso-bearer' && roots.includes(scope)),
    ),
  );
  const refused = world.memory.entries(office).filter(({ state }) => state === 'refused');
  for (const { id } of refused) {
    const page = records.get(`refusal ${id}`);
    if (!page) faults.push(`J7 entry ${id} left no refusal`);
    else if (bearers.size > 0 && ![...bearers].some((person) => mayReach(world, { person, office }, office, page)))
      faults.push(`J7 nobody sees the refusal of ${id}`);
  }
  for (const { seat, disk, book } of comesToRest(world).filter((session) => session.office === office)) {
    const kept = new Map(disk.lines().map(({ line, is }) => [line.line, is.state]));
    const emptied = new Set(disk.lines().flatMap(({ line }) => (isWithoutErased(line) ? [line.line] : [])));
    const safe = (await world.memory.view(office, { office, person: null }, async ({ state }) => state)).safe;
    for (const entry of refused) {
      if (entry.seat !== seat || !disk.promised.has(entry.line) || disk.settled.has(entry.line)) continue;
      // What no longer opens is shown by the office's page alone, and so is what was refused of somebody who was erased: its words came
      // late to a restored book, when they were gone from the phone.
      if (disk.torn.has(entry.line) || emptied.has(entry.line)) continue;
      if (kept.get(entry.line) !== 'refused' && !(kept.get(entry.line) === undefined && entry.sequence <= safe))
        faults.push(`J7 phone ${seat} no longer shows the refused line ${entry.line}`);
      else if (kept.has(entry.line) && !book.copy.lines.some(({ line }) => line.line === entry.line))
        faults.push(`J7 phone ${seat} keeps the refused line ${entry.line} out of sight`);
    }
  }
  return faults;
}

function isRoot(body: unknown): boolean {
  return (body as { parent: string | null }).parent === null;
}

/** J8: every figure of the office, and every figure on a phone, is the sum of what the records are worth. */
const figuresAddUp: Judgement = async (world) => {
  const faults: string[] = [];
  const sums = (cells: Iterable<Cell>) => {
    const counts = new Map<string, number>();
    for (const cell of cells) counts.set(cellKey(cell), (counts.get(cellKey(cell)) ?? 0) + cell.count);
    return counts;
  };
  const differ = (whose: string, a: Map<string, number>, b: Map<string, number>) => {
    for (const key of new Set([...a.keys(), ...b.keys()]))
      if ((a.get(key) ?? 0) !== (b.get(key) ?? 0))
        faults.push(`J8 ${whose}: ${key} says ${a.get(key) ?? 0}, the records count ${b.get(key) ?? 0}`);
  };
  const worth = (office: number, counts: (record: AnyKept) => boolean) =>
    sums(
      world
        .records(office)
        .filter(counts)
        .flatMap(({ kind, body }) => cellsOf(serverRegisters.kinds.get(kind)?.measure(body) ?? [])),
    );
  for (const { office } of offices)
    differ(
      `book ${office}`,
      sums(world.memory.cells(office)),
      worth(office, () => true),
    );
  for (const { office: own, seat, person, disk } of comesToRest(world)) {
    const organizations = new Set(world.records(own).flatMap(({ kind, id }) => (kind === 'organization' ? [id] : [])));
    const held = heldBy(world.records(own), person).filter(({ scope }) => organizations.has(scope));
    const counted = worth(own, ({ kind }) => {
      const purpose = serverRegisters.kinds.get(kind)?.seenBy;
      if (!purpose || purpose.reach === 'circle') return false;
      return held.some(({ role }) => (purpose.roles as readonly string[]).includes(role));
    });
    const copy = (await disk.load()).copies.find(({ office }) => office === own);
    differ(`phone ${seat}`, sums(copy?.cells ?? []), counted);
  }
  return faults;
};

/** J9: three rounds after the faults have stopped, nobody has anything left to send. */
const queuesAreEmpty: Judgement = (world) =>
  comesToRest(world).flatMap(({ seat, disk }) => {
    const unsent = disk.lines().filter(({ is }) => is.state === 'unsent').length + disk.sealedUnsent();
    return unsent > 0 ? [`J9 phone ${seat} still has ${unsent} unsent lines`] : [];
  });

/** J1, J6 and J9 for whoever asked to be erased: she is gone for good, from the office and from every phone that heard of it. */
const theErasedAreGone: Judgement = (world) => {
  const listed = new Set(world.memory.erasures().map(({ subject }) => subject));
  const forgotten = [...world.erased].filter((subject) => !listed.has(subject));
  return [
    ...forgotten.map((subject) => `J1 that ${subject} was erased is forgotten`),
    ...lsos.flatMap((office) => {
      const sessions = comesToRest(world).filter((session) => session.office === office);
      return nothingOfHerIsLeft({ ...world, sessions }, office);
    }),
  ];
};

/** J7, for what breaks a rule and is written all the same. */
const flagsAreWritten: Judgement = (world) => flagsMissing(world.flagsAsked, entriesOf(world));

const both =
  (one: Judgement, other: Judgement): Judgement =>
  async (world) => [...(await one(world)), ...(await other(world))];

export const judgements = {
  J1: nothingIsMissing,
  J2: nothingIsTwice,
  J3: copiesAgree,
  J4: both(postingsBalance, mergesMoveNothing),
  J5: chainsVerify,
  J6: both(both(nobodySawTooMuch, secretsAreApart), theErasedAreGone),
  J7: both(refusalsAreSeen, flagsAreWritten),
  J8: figuresAddUp,
  J9: queuesAreEmpty,
} as const satisfies Readonly<Record<string, Judgement>>;

/** What is wrong with a world that has come to rest; what was seen on the way included. */
export async function judge(world: World): Promise<readonly string[]> {
  const faults = [...world.faults];
  for (const judgement of Object.values<Judgement>(judgements)) faults.push(...(await judgement(world)));
  return [...new Set(faults)];
}
