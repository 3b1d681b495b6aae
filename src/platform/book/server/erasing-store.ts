/*
 * What an erasure needs of a store besides the writing of lines. PostgreSQL and memory stand behind it, as behind `BookStore`; whatever
 * is found is handed out, and what is hers is decided by rules above.
 */
import type { OfficeId, RecordId } from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/plain-date.ts';
import type { AnyKept } from '../decide.ts';
import type { Entry, Remains } from '../entry.ts';

/** One line of the list that outlives a restore. Backups carry it on its own. */
export type ErasureRow = {
  readonly office: OfficeId;
  readonly subject: RecordId;
  readonly pages: readonly RecordId[];
  /** 0 as long as it is not done, or has to be done again. */
  readonly doneAt: Instant;
};
/** A wish that a bearer has told: the page it stands on, and whose page is to go. */
export type Wish = { readonly wish: RecordId; readonly subject: RecordId };

/** An entry with what it still has of its words. */
export type Worded = Pick<Entry, 'sequence' | 'state' | 'command' | 'body' | 'salt' | 'bodyHash' | 'remains'>;

export type ErasingStore = {
  /** The offices whose books are written here. */
  readonly offices: () => Promise<readonly OfficeId[]>;
  /** Wishes that stand and were written before a moment of the server's: a phone's clock does not shorten the day. */
  readonly wishes: (office: OfficeId, toldBefore: Instant) => Promise<readonly Wish[]>;
  readonly listed: (office: OfficeId) => Promise<readonly ErasureRow[]>;
  /** How far the book has come. */
  readonly sequence: (office: OfficeId) => Promise<number>;
  /** Pages that bear one of these ids or name one, changed after a sequence, in order of their ids. */
  readonly pages: (office: OfficeId, ids: Iterable<RecordId>, after: number) => Promise<readonly AnyKept[]>;
  /** Entries with words that name one of these ids, after a sequence. */
  readonly entries: (office: OfficeId, ids: Iterable<RecordId>, after: number) => Promise<readonly Worded[]>;
  /** Puts her on the list, or back on it: not done. */
  readonly list: (office: OfficeId, subject: RecordId, pages: readonly RecordId[]) => Promise<void>;
  /** Leaves of these entries only what remains, and takes the codes away that were made for her phones. */
  readonly takeWords: (
    office: OfficeId,
    entries: readonly { readonly sequence: number; readonly remains: Remains }[],
    persons: Iterable<RecordId>,
  ) => Promise<void>;
  readonly done: (office: OfficeId, subject: RecordId, at: Instant) => Promise<void>;
  /** Up to which sequence the book has been looked through for whoever was erased, here or in another office. */
  readonly lookedTo: (office: OfficeId) => Promise<number>;
  readonly looked: (office: OfficeId, upTo: number) => Promise<void>;
};
