/*
 * What the code on a printed page says: an address of the office that names a document by number, a page, and a record by its id.
 *
 *   https://otaq.example.org/leaf/3/2/7-118       document 3, page 2, whose first line is record 7-118
 *
 * It says nothing to a stranger: her browser meets the door. On an enrolled phone it opens, after the PIN, the register at that record, also when
 * lines have since come or gone and the page has another number.
 */
import { isRecordId, type RecordId } from '../../kernel/ids.ts';

export type Leaf = { readonly document: number; readonly page: number; readonly record: RecordId | null };

/** The path behind the origin: `/leaf/3/2/7-118`. */
export function formatLeaf({ document, page, record }: Leaf): string {
  return `/leaf/${document}/${page}${record === null ? '' : `/${record}`}`;
}

/** Reads a path; null when it is no leaf. */
export function parseLeaf(path: string): Leaf | null {
  const match = /^\/leaf\/([1-9]\d?)\/([1-9]\d{0,4})(?:\/([\d.-]+))?$/.exec(path);
  if (!match) return null;
  const record = match[3] ?? null;
  if (record !== null && !isRecordId(record)) return null;
  return { document: Number(match[1]), page: Number(match[2]), record };
}
