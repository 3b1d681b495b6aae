/*
 * Carries out erasures. Each step may be cut off and is done again, because she stands on the list first:
 *
 *   1  find      every page of hers, and every page that mentions her
 *   2  list      her page's id, not yet done
 *   3  remove    one entry of the server's own: figures fall, phones are told what leaves
 *   4  take out  what entries say of her: the line that was sent, and the changes of pages that name her or are hers; the hashes stay,
 *                so the chain stays, and still holds what the entry says of others
 *   5  done      with how far the book was looked through; in her own office when every other that she has stood in is
 *
 * She may come back: with a restore from an older backup, with the lines of a phone that had not heard of it, with a page that was
 * handed over. So whatever is written after her erasure is looked through for her, once, and what is found is erased again.
 */
import type { OfficeId, RecordId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/plain-date.ts';
import { remainsOf } from '../chain.ts';
import type { Registers } from '../command.ts';
import type { AnyKept } from '../decide.ts';
import { erasingCommands, erasureKind, isAboutHer, pagesAbout, pagesNear } from '../erasure.ts';
import type { ErasingStore, ErasureRow, ListedErasure, Worded } from './erasing-store.ts';

export type EraseContext = {
  readonly erasing: ErasingStore;
  readonly registers: Registers;
  readonly now: () => Instant;
  readonly writeLine: (office: OfficeId, nature: 'server', command: string, input: unknown) => Promise<unknown>;
};

/** How long a wish can be taken back, in milliseconds. */
export const erasureGrace = 24 * 3_600_000;

/**
 * Erases again, from books that were restored, whoever stands in a list that is newer than they are. Answers how many were found again.
 * Rows of offices that this installation does not keep are passed over.
 */
export async function applyErasures(context: EraseContext, rows: readonly ErasureRow[]): Promise<number> {
  const { erasing } = context;
  const offices = new Set(await erasing.offices());
  for (const { office, subject, pages } of rows)
    if (offices.has(office)) await erasing.list(office, subject, [subject, ...pages]);
  return carryOutErasures(context);
}

/** Carries out what was asked longer ago than the grace, and whatever has come back since. Answers how many. */
export async function carryOutErasures(context: EraseContext, grace = erasureGrace): Promise<number> {
  const { erasing, now } = context;
  let count = 0;
  for (const office of await erasing.offices()) {
    const due = new Map<RecordId, RecordId | null>();
    for (const { wish, subject } of await erasing.wishes(office, now() - grace)) due.set(subject, wish);
    for (const row of await erasing.listed(office))
      if (!due.has(row.subject) && (await isBack(context, row))) due.set(row.subject, null);
    for (const [subject, wish] of due) {
      await eraseEverywhere(context, office, subject, wish);
      count += 1;
    }
  }
  return count;
}

/** Whether anything of her has been written since the book was last looked through. */
async function isBack({ erasing, registers }: EraseContext, row: ListedErasure): Promise<boolean> {
  const { office, subject, pages, doneAt, lookedTo } = row;
  if (doneAt === 0) return true;
  const upTo = await erasing.sequence(office);
  if (upTo <= lookedTo) return false;
  const gone = new Set(pages);
  const { hers, beside } = pagesAbout(registers.kinds, gone, notErasures(await erasing.pages(office, gone, lookedTo)));
  if (hers.length + beside.length > 0) return true;
  if (ofHer(await erasing.entries(office, gone, lookedTo), gone).length > 0) return true;
  await erasing.looked(office, subject, upTo);
  return false;
}

/**
 * Whoever went from one office to another stands in the words of both: each is looked through with what the other knew of her. Her own
 * office's erasure is done when all of them are, so that a server which dies between two of them begins again.
 */
async function eraseEverywhere(
  context: EraseContext,
  office: OfficeId,
  subject: RecordId,
  wish: RecordId | null,
): Promise<void> {
  const { erasing, now } = context;
  let { gone, upTo } = await erase(context, office, subject, wish, []);
  const others: OfficeId[] = [];
  for (const other of await erasing.offices())
    if (other !== office && (await erasing.pages(other, gone, 0)).length > 0) others.push(other);
  for (const other of others) {
    const there = await erase(context, other, subject, null, gone);
    await erasing.done(other, subject, there.upTo, now());
    gone = there.gone;
  }
  if (others.length > 0) ({ upTo } = await erase(context, office, subject, null, gone));
  await erasing.done(office, subject, upTo, now());
}

/** Answers every page that was ever hers, as far as this office and those before it know, and how far its book was looked through. */
async function erase(
  context: EraseContext,
  office: OfficeId,
  subject: RecordId,
  wish: RecordId | null,
  elsewhere: Iterable<RecordId>,
): Promise<{ readonly gone: ReadonlySet<RecordId>; readonly upTo: number }> {
  const { erasing } = context;
  const before = await pagesListed(erasing, office, subject);
  const known = [...new Set([...before, ...elsewhere])];
  const found = await find(context, office, [subject, ...known]);
  const gone = new Set<RecordId>([subject, ...known, ...found.hers.map(({ id }) => id)]);
  await erasing.list(office, subject, [...gone]);
  const owner = ([...found.hers, ...found.beside][0] ?? (await erasing.pages(office, gone, 0))[0])?.scope;
  const named = (pages: readonly AnyKept[]) => pages.map(({ kind, id }) => ({ kind, id }));
  // A phone of an office that she has left may still hold lines about a page of which it was not told.
  const untold = known.some((id) => !before.includes(id));
  if (found.hers.length + found.beside.length > 0 || untold || wish !== null)
    await context.writeLine(office, 'server', 'book.erase', {
      subject,
      hers: named(found.hers),
      beside: named(found.beside),
      erasure: wish,
      before: known,
      ...(owner !== undefined && { owner }),
    });
  // What is written from here on is looked through the next time.
  const upTo = await erasing.sequence(office);
  const entries = await erasing.entries(office, gone, 0);
  const near = pagesNear(entries, gone, found.beside);
  const taken = ofHer(entries, gone).map((entry) => ({
    sequence: entry.sequence,
    // What was refused was never checked for what it says of whom.
    remains: remainsOf(entry, ({ id }) => entry.state === 'refused' || near.has(id)),
  }));
  await erasing.takeWords(office, taken, gone);
  return { gone, upTo };
}

/** Also what was found before the last cut, or before the restore. */
async function pagesListed(erasing: ErasingStore, office: OfficeId, subject: RecordId): Promise<readonly RecordId[]> {
  return (await erasing.listed(office)).find((row) => row.subject === subject)?.pages ?? [];
}

async function find(
  { erasing, registers }: EraseContext,
  office: OfficeId,
  from: readonly RecordId[],
): Promise<ReturnType<typeof pagesAbout>> {
  let gone = new Set(from);
  for (;;) {
    const about = pagesAbout(registers.kinds, gone, notErasures(await erasing.pages(office, gone, 0)));
    const now = new Set([...from, ...about.hers.map(({ id }) => id)]);
    if (now.size === gone.size) return about;
    gone = now;
  }
}

function notErasures(pages: readonly AnyKept[]): readonly AnyKept[] {
  return pages.filter(({ kind }) => kind !== erasureKind.kind);
}

function ofHer(entries: readonly Worded[], gone: ReadonlySet<RecordId>): readonly Worded[] {
  return entries.filter(
    (entry) =>
      !erasingCommands.has(entry.command) &&
      ((entry.state === 'refused' && entry.body !== null) || isAboutHer(entry, gone)),
  );
}
