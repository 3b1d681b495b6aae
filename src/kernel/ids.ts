/*
 * Ids are made without asking anyone: line 118 of seat 7 is entry `7-118`, the first record it makes is `7-118`, the second
 * `7-118.2`. Phone and server therefore give the same id, and an id is short enough to print and to read over a phone.
 */
declare const brand: unique symbol;

/** A seat is one person on one phone, one desk browser, one import, or the server itself. Never used twice. */
export type SeatNumber = number & { readonly [brand]?: 'SeatNumber' };
/** 1, 2, 3 … without gaps within a seat. */
export type LineNumber = number & { readonly [brand]?: 'LineNumber' };
/** An office keeps a book: an LSO, a district, the head office. */
export type OfficeId = number & { readonly [brand]?: 'OfficeId' };
/** `7-118` or `7-118.2` */
export type RecordId = string & { readonly [brand]?: 'RecordId' };
/** `7-118`: also the id of the first record that the entry makes. */
export type EntryId = RecordId;
export type OrganizationId = RecordId;
export type PersonId = RecordId;

const recordIdForm = /^[1-9]\d{0,8}-[1-9]\d{0,8}(\.([2-9]|[1-9]\d{1,4}))?$/;

export function formatEntryId(seat: SeatNumber, line: LineNumber): EntryId {
  return `${seat}-${line}`;
}

/** The nth record (from 1) that an entry makes. */
export function formatRecordId(entry: EntryId, nth: number): RecordId {
  return nth === 1 ? entry : `${entry}.${nth}`;
}

export function isRecordId(text: string): text is RecordId & string {
  return recordIdForm.test(text);
}

/** Seat and line of the entry that made a record. Throws on text that is no id: ids are parsed at the door. */
export function entryOf(id: RecordId): { readonly seat: SeatNumber; readonly line: LineNumber } {
  const match = /^(\d+)-(\d+)/.exec(id);
  if (!match) throw new Error(`not an id: ${id}`);
  return { seat: Number(match[1]), line: Number(match[2]) };
}

/** In the order in which they were made within a seat: `7-118` before `7-118.2` before `7-1003`. */
export function compareRecordIds(a: RecordId, b: RecordId): number {
  const [x, y] = [a, b].map((id) => id.split(/[-.]/).map(Number)) as [number[], number[]];
  return (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 0) - (y[1] ?? 0) || (x[2] ?? 1) - (y[2] ?? 1);
}
