/*
 * Carries out erasures. Each step may be cut off and is done again, because she stands on the list first:
 *
 *   1  find      every page of hers, and every page that mentions her
 *   2  list      her page's id, not yet done
 *   3  remove    one entry of the server's own: figures fall, phones are told what leaves
 *   4  take out  what entries say of her: the line that was sent, and the changes of pages that name her or are hers; the hashes stay,
 *                so the chain stays, and still holds what the entry says of others
 *   5  done      in her own office when it is in every other that she has stood in
 *
 * She may come back: with a restore from an older backup, with the lines of a phone that had not heard of it, with a page that was
 * handed over, and into another office's book as well. So whatever is written in any book is looked through, once, for everybody who was
 * ever erased, and what is found is erased again.
 */
import type { OfficeId, RecordId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/plain-date.ts';
import { remainsOf } from '../chain.ts';
import type { Registers } from '../command.ts';
import type { AnyKept } from '../decide.ts';
import { changesIn } from '../entry.ts';
import {
  type Erasure,
  erasingCommands,
  erasureKind,
  isAboutHer,
  namesOneOf,
  pagesAbout,
  pagesNear,
} from '../erasure.ts';
import type { ErasingStore, ErasureRow, Worded } from './erasing-store.ts';

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
  const offices = await erasing.offices();
  const rows: ErasureRow[] = [];
  for (const office of offices) rows.push(...(await erasing.listed(office)));
  const due = new Map<string, Pick<ErasureRow, 'office' | 'subject'> & { readonly wish: RecordId | null }>();
  const add = ({ office, subject }: Pick<ErasureRow, 'office' | 'subject'>, wish: RecordId | null) => {
    if (wish !== null || !due.has(`${office} ${subject}`)) due.set(`${office} ${subject}`, { office, subject, wish });
  };
  for (const office of offices) {
    for (const { wish, subject } of await erasing.wishes(office, now() - grace)) add({ office, subject }, wish);
    for (const row of await whoIsBack(context, office, rows)) add(row, null);
  }
  for (const row of rows) if (row.doneAt === 0) add(row, null);
  for (const { office, subject, wish } of due.values()) await eraseEverywhere(context, office, subject, wish);
  return due.size;
}

/**
 * Of whom something has been written since the book was last looked through, whatever office she was erased in: a line may come from the
 * phone of another office to which she had gone. They are listed as not done before the mark moves on, so that a cut loses nobody.
 */
async function whoIsBack(
  { erasing, registers }: EraseContext,
  office: OfficeId,
  rows: readonly ErasureRow[],
): Promise<readonly ErasureRow[]> {
  const [upTo, from] = [await erasing.sequence(office), await erasing.lookedTo(office)];
  if (upTo <= from) return [];
  const everybody = new Set(rows.flatMap(({ pages }) => pages));
  const back: ErasureRow[] = [];
  if (everybody.size > 0) {
    const pages = notErasures(await erasing.pages(office, everybody, from));
    const entries = await erasing.entries(office, everybody, from);
    for (const row of pages.length + entries.length > 0 ? rows : []) {
      const gone = new Set(row.pages);
      const { hers, beside } = pagesAbout(registers.kinds, gone, pages);
      if (hers.length + beside.length + ofHer(entriesNaming(entries, gone), gone).length === 0) continue;
      await erasing.list(row.office, row.subject, row.pages);
      back.push(row);
    }
  }
  await erasing.looked(office, upTo);
  return back;
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
  let gone = await erase(context, office, subject, wish, []);
  const others: OfficeId[] = [];
  for (const other of await erasing.offices()) {
    if (other === office) continue;
    const isNamed = (await erasing.pages(other, gone, 0)).length > 0;
    if (isNamed || ofHer(await erasing.entries(other, gone, 0), gone).length > 0) others.push(other);
  }
  for (const other of others) {
    gone = await erase(context, other, subject, null, gone);
    await erasing.done(other, subject, now());
  }
  if (others.length > 0) await erase(context, office, subject, null, gone);
  await erasing.done(office, subject, now());
}

/** Answers every page that was ever hers, as far as this office and those before it know. */
async function erase(
  context: EraseContext,
  office: OfficeId,
  subject: RecordId,
  wish: RecordId | null,
  elsewhere: Iterable<RecordId>,
): Promise<ReadonlySet<RecordId>> {
  const { erasing } = context;
  const before = await pagesListed(erasing, office, subject);
  const known = [...new Set([...before, ...elsewhere])];
  const found = await find(context, office, [subject, ...known]);
  const gone = new Set<RecordId>([subject, ...known, ...found.hers.map(({ id }) => id)]);
  await erasing.list(office, subject, [...gone]);
  const entries = await erasing.entries(office, gone, 0);
  const naming = await erasing.pages(office, gone, 0);
  const owner = ([...found.hers, ...found.beside][0] ?? naming[0])?.scope ?? ownerIn(entries);
  const named = (pages: readonly AnyKept[]) => pages.map(({ kind, id }) => ({ kind, id }));
  // A phone of an office that she has left may still hold lines about a page of which it was not told.
  const isNewHere = known.some((id) => !before.includes(id));
  // A restored book may have heard of her only now, from a line that was written before the news reached its phone.
  const isTold = naming.some(({ kind, body }) => kind === erasureKind.kind && (body as Erasure).subject === subject);
  const untold = isNewHere || (!isTold && owner !== undefined);
  if (found.hers.length + found.beside.length > 0 || untold || wish !== null)
    await context.writeLine(office, 'server', 'book.erase', {
      subject,
      hers: named(found.hers),
      beside: named(found.beside),
      erasure: wish,
      before: known,
      ...(owner !== undefined && { owner }),
    });
  const near = pagesNear(entries, gone, found.beside);
  const taken = ofHer(entries, gone).map((entry) => ({
    sequence: entry.sequence,
    // What was refused was never checked for what it says of whom.
    remains: remainsOf(entry, ({ id }) => entry.state === 'refused' || near.has(id)),
  }));
  await erasing.takeWords(office, taken, gone);
  return gone;
}

/** Whose page a line about her left where she has no page: a refusal, which the leaders of its owner see. */
function ownerIn(entries: readonly Worded[]): string | undefined {
  return entries.flatMap(changesIn).flatMap((change) => ('scope' in change ? [change.scope] : []))[0];
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

/** The entries that name one of these ids: what is looked for at once for everybody is each one's own. */
function entriesNaming(entries: readonly Worded[], gone: ReadonlySet<RecordId>): readonly Worded[] {
  return entries.filter((entry) => namesOneOf(entry.body ?? changesIn(entry), gone));
}

function ofHer(entries: readonly Worded[], gone: ReadonlySet<RecordId>): readonly Worded[] {
  return entries.filter(
    (entry) =>
      !erasingCommands.has(entry.command) &&
      ((entry.state === 'refused' && entry.body !== null) || isAboutHer(entry, gone)),
  );
}
