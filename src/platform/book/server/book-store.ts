/*
 * The door between the sync logic and wherever books are kept. Two stores stand behind it, PostgreSQL and memory; the simulation
 * gives both the same seeds.
 */
import type {
  EntryId,
  LineNumber,
  OfficeId,
  OrganizationId,
  PersonId,
  RecordId,
  SeatNumber,
} from '../../../kernel/ids.ts';
import type { Instant } from '../../../kernel/plain-date.ts';
import type { Params } from '../../../kernel/result.ts';
import type { PurposeName } from '../../access/purpose.ts';
import type { Standing } from '../../access/reach.ts';
import type { AnyKept } from '../decide.ts';
import type { Entry } from '../entry.ts';
import type { Cell, Fact } from '../figures.ts';

export type BookState = {
  readonly office: OfficeId;
  /** The office above, whose reference records phones of this office also hold. */
  readonly above: OfficeId | null;
  readonly sequence: number;
  readonly head: string;
  /** The sequence at which organizations or grants last changed. */
  readonly structureAt: number;
  /** Up to here the book is in a verified backup. */
  readonly safe: number;
  /** After a restore, until then: a line that leans on lines which have not come back waits for them. */
  readonly gathersUntil: Instant | null;
};

export type SeatState = {
  readonly seat: SeatNumber;
  readonly office: OfficeId;
  readonly person: PersonId | null;
  readonly nature: 'person' | 'import' | 'server';
  readonly lastLine: LineNumber;
  readonly closed: 'withdrawn' | 'cloned' | null;
};

/** What was answered to a line, and what the line was, so that a second phone with the same numbers is seen. */
export type Answered = {
  readonly line: LineNumber;
  /** Empty once erased, and of a line that came without the words of somebody who was. */
  readonly fingerprint: string;
  readonly command: string | null;
  readonly at: Instant;
  readonly state: 'accepted' | 'flagged' | 'refused';
  readonly sequence: number;
  readonly code: string | null;
  readonly params: Params | null;
  readonly matter: EntryId | null;
};

/** A record with what it was last counted as. */
export type Counted = { readonly kept: AnyKept; readonly worth: readonly Fact[] };

/** A record as a push leaves it. */
export type RecordWrite = {
  readonly kind: string;
  readonly id: RecordId;
  readonly sequence: number;
  /** Null: it is gone. */
  readonly kept: AnyKept | null;
  readonly standing: Standing | null;
  /** Where it stood before, when that has changed: whoever saw it there must be told. */
  readonly left: Standing | null;
  readonly stage: number;
  readonly worth: readonly Fact[];
  /** `index key` pairs under which it is found. */
  readonly keys: readonly { readonly index: string; readonly key: string }[];
  readonly isNew: boolean;
};

/** A cell with the purpose of the kind that it was counted from: figures inherit who may see them. */
export type PurposeCell = Cell & { readonly purpose: PurposeName };

/** One pair of a person's reach, and between which versions of her grants it held. */
export type ReachRow = {
  readonly purpose: PurposeName;
  readonly scope: OrganizationId;
  readonly since: number;
  readonly until: number | null;
};
export type PersonReach = { readonly person: PersonId; readonly version: number; readonly rows: readonly ReachRow[] };

/** A value kept apart: its keyed hash and its sealed form; both null take it away. */
export type ApartWrite = {
  readonly id: RecordId;
  readonly field: string;
  readonly hash: string | null;
  readonly sealed: string | null;
};

/** Everything a push writes, at once. */
export type Batch = {
  readonly state: BookState;
  readonly seat: SeatNumber;
  readonly lastLine: LineNumber;
  readonly close: 'cloned' | null;
  /** Seats of phones that were taken back: they may still push, and pull nothing. */
  readonly withdrawn: readonly SeatNumber[];
  readonly entries: readonly (Entry & { readonly fingerprint: string })[];
  readonly records: readonly RecordWrite[];
  readonly cells: readonly PurposeCell[];
  readonly reaches: readonly PersonReach[];
  readonly apart: readonly ApartWrite[];
  /** The office that gets what is kept apart of the pages which are gone; null: it goes with them. */
  readonly apartTo: OfficeId | null;
};

/** By which version of its measure the pages of a kind are counted; while they are counted again, up to which page. */
export type Measured = { readonly version: number; readonly to: RecordId | null };

/** Pages of a kind counted again, with what that adds to the figures. `to` is the last of them; null when the kind is done. */
export type Recount = Measured & {
  readonly kind: string;
  readonly worth: readonly { readonly id: RecordId; readonly worth: readonly Fact[] }[];
  readonly cells: readonly PurposeCell[];
};

/** An office's book held open under its lock, in one transaction. */
export type OpenBook = {
  readonly state: BookState;
  readonly seat: (seat: SeatNumber) => Promise<SeatState | null>;
  readonly answered: (seat: SeatNumber, from: LineNumber, to: LineNumber) => Promise<readonly Answered[]>;
  readonly records: (
    wanted: readonly { readonly kind: string; readonly id: RecordId }[],
  ) => Promise<readonly Counted[]>;
  readonly page: (kind: string, index: string, key: string, limit: number) => Promise<readonly Counted[]>;
  /** Which records hold a value apart, by its keyed hash. */
  readonly holders: (field: string, hash: string) => Promise<readonly RecordId[]>;
  /** Every record of a kind that makes up the office's structure: organizations, grants; in the order of their ids' bytes. */
  readonly structure: (kinds: readonly string[]) => Promise<readonly AnyKept[]>;
  /** Everybody with a grant here, as last computed. */
  readonly reaches: () => Promise<readonly PersonReach[]>;
  readonly write: (batch: Batch) => Promise<void>;
  /** Kinds that were counted by another version than the first. */
  readonly measured: () => Promise<ReadonlyMap<string, Measured>>;
  /** Pages of a kind after an id, in the order of their bytes. */
  readonly pagesAfter: (kind: string, after: RecordId, limit: number) => Promise<readonly Counted[]>;
  /** Changes no page. Its cells are heard with the book's next entry. */
  readonly recount: (recount: Recount) => Promise<void>;
};

/** A record as pull sends it: with the sequence of its last change. */
export type SentRecord = { readonly kept: AnyKept; readonly sequence: number };

/** One consistent view of a book for one reader, seen through her reach. */
export type BookView = {
  readonly state: BookState;
  readonly reach: PersonReach;
  /** Visible records changed after a sequence, in order of sequence; whole sequences only. */
  readonly changed: (after: number, limit: number) => Promise<readonly SentRecord[]>;
  /** Records that left a place where she saw them (by the pairs she held at `version`), with their sequence. */
  readonly left: (after: number, upTo: number, version: number) => Promise<readonly RecordId[]>;
  /** Records of pairs that she no longer holds. */
  readonly standingIn: (pairs: readonly ReachRow[]) => Promise<readonly RecordId[]>;
  /** Records of pairs she holds since after `version`, in order of stage and id, from a place on. */
  readonly entered: (
    version: number,
    stage: number,
    after: RecordId,
    limit: number,
  ) => Promise<readonly (SentRecord & { readonly stage: number })[]>;
  /** Cells of the purposes she reaches, changed after a sequence; `to` closes the running sum of a stock. */
  readonly cells: (after: number) => Promise<readonly Cell[]>;
  /** Id and version of every record she sees. */
  readonly whole: () => Promise<readonly { readonly id: RecordId; readonly version: number }[]>;
};

export type Reader = { readonly office: OfficeId; readonly person: PersonId | null };

export type BookStore = {
  /** Locks the office's book, runs the work in one transaction, commits. A throw rolls everything back. */
  readonly open: <T>(office: OfficeId, work: (book: OpenBook) => Promise<T>) => Promise<T>;
  /** Locks two books, runs the work in one transaction, commits: what it writes is in both or in neither. */
  readonly openTwo: <T>(
    one: OfficeId,
    other: OfficeId,
    work: (one: OpenBook, other: OpenBook) => Promise<T>,
  ) => Promise<T>;
  /** Reads one book in one snapshot. `reader.office` may lie below: then only reference records are seen. */
  readonly view: <T>(office: OfficeId, reader: Reader, work: (view: BookView) => Promise<T>) => Promise<T>;
  /** An office's line upward: itself, the district, the head office. */
  readonly officesUpward: (office: OfficeId) => Promise<readonly OfficeId[]>;
  readonly epoch: () => Promise<{ readonly number: number; readonly name: string }>;
};
