/*
 * What a copy is sent. Two streams, one after the other:
 *
 *   fill     when the reader's reach has grown since the copy's version: every record of what entered, by stage and id,
 *            in pages that resume; before it, the ids of all that left
 *   changes  every visible record changed since the copy's sequence, in whole sequences, and what left with them
 *
 * A fill does not hold a snapshot between its pages: what changes meanwhile comes again in the changes that follow it.
 */
import type { OfficeId } from '../../../kernel/ids.ts';
import { hashText } from '../../book/chain.ts';
import type { AnyKept } from '../../book/decide.ts';
import type { BookState, BookStore, BookView, Reader } from '../../book/server/book-store.ts';
import { addToWhole, formatWhole } from '../../book/whole.ts';
import { toColumns } from '../columns.ts';
import type { CopyPage, Place } from '../protocol.ts';

/** Records in one page, unless a phone asks for fewer: about two seconds of a thin line. */
export const pageOfRecords = 8000;

export function pullCopy(
  store: BookStore,
  office: OfficeId,
  reader: Reader,
  place: Place,
  { prove, most = pageOfRecords }: { readonly prove: boolean; readonly most?: number | undefined },
): Promise<CopyPage & { readonly state: BookState; readonly grants: number }> {
  return store.view(office, reader, async (view) => {
    const page = await nextPage(view, office, place, Math.min(most, pageOfRecords));
    const whole = prove && !page.more ? await wholeOf(view) : null;
    return { ...page, whole, state: view.state, grants: view.reach.version };
  });
}

async function nextPage(
  view: BookView,
  office: OfficeId,
  place: Place,
  most: number,
): Promise<Omit<CopyPage, 'whole'>> {
  const { reach, state } = view;
  // A copy from another life of this book, or ahead of it, starts again.
  const from: Place =
    place.sequence > state.sequence || place.grants > reach.version ? { sequence: 0, grants: 0, fill: null } : place;
  if (from.fill && from.fill.grants === reach.version) return fillPage(view, office, from, from.fill, most);
  if (from.grants < reach.version) {
    // What came in the middle of a fill that is not finished was seen as well.
    const seen = from.fill?.grants ?? from.grants;
    // What every phone keeps stays, also with a woman who has no role left.
    const lost = reach.rows.filter(
      (row) =>
        row.purpose !== 'reference' &&
        row.since <= seen &&
        row.until !== null &&
        row.until > from.grants &&
        !holdsAgain(reach.rows, row),
    );
    const leaves = new Set(lost.length > 0 ? await view.standingIn(lost) : []);
    // Pages that went away before she heard of the change: by what she now holds, nobody would tell her.
    const heard = from.grants === 0 ? (from.fill?.sequence ?? from.sequence) : from.sequence;
    for (const version of new Set([from.grants, seen]))
      for (const id of await view.left(heard, state.sequence, version)) leaves.add(id);
    const fill = {
      grants: reach.version,
      sequence: from.grants === 0 ? state.sequence : from.sequence,
      stage: 0,
      after: '',
    };
    const page = await fillPage(view, office, from, fill, most);
    return { ...page, leaves: [...leaves, ...page.leaves] };
  }
  return changesPage(view, office, from, most);
}

function holdsAgain(
  rows: BookView['reach']['rows'],
  lost: { readonly purpose: string; readonly scope: string },
): boolean {
  return rows.some((row) => row.until === null && row.purpose === lost.purpose && row.scope === lost.scope);
}

async function fillPage(
  view: BookView,
  office: OfficeId,
  place: Place,
  fill: NonNullable<Place['fill']>,
  most: number,
): Promise<Omit<CopyPage, 'whole'>> {
  const found = await view.entered(place.grants, fill.stage, fill.after, most + 1);
  const records = found.slice(0, most);
  const last = records.at(-1);
  const unfinished = found.length > most && last !== undefined;
  const next: Place = unfinished
    ? { ...place, fill: { ...fill, stage: last.stage, after: last.kept.id } }
    : { sequence: fill.sequence, grants: fill.grants, fill: null };
  return {
    office,
    leaves: [],
    records: columnsOf(records),
    figures: unfinished ? [] : await view.cells(0),
    ...(!unfinished && { allFigures: true as const }),
    place: next,
    // After a fill the changes that came meanwhile are asked for once more.
    more: unfinished || fill.sequence < view.state.sequence,
  };
}

async function changesPage(
  view: BookView,
  office: OfficeId,
  place: Place,
  most: number,
): Promise<Omit<CopyPage, 'whole'>> {
  if (place.sequence === view.state.sequence)
    return { office, leaves: [], records: [], figures: [], place, more: false };
  const [found, figures] = await Promise.all([view.changed(place.sequence, most), view.cells(place.sequence)]);
  const full = found.length >= most;
  const upTo = full ? (found.at(-1)?.sequence ?? view.state.sequence) : view.state.sequence;
  return {
    office,
    leaves: await view.left(place.sequence, upTo, place.grants),
    records: columnsOf(found),
    figures,
    place: { sequence: upTo, grants: place.grants, fill: null },
    more: upTo < view.state.sequence,
  };
}

function columnsOf(records: readonly { readonly kept: AnyKept }[]) {
  return toColumns(records.map(({ kept }) => kept));
}

async function wholeOf(view: BookView): Promise<{ count: number; hash: string }> {
  let sum = 0n;
  const records = await view.whole();
  for (const { id, version } of records) sum = addToWhole(sum, id, version, hashText);
  return { count: records.length, hash: formatWhole(sum) };
}
