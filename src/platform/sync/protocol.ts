/*
 * One request carries everything: lines up, records down.
 *
 *   phone                                                     server
 *     │ POST /api/sync  { push: lines of one or more seats,      │
 *     │                   pull: where each copy stands }         │
 *     │ ────────────────────────────────────────────────────────►│ decides the lines in order under the book's lock,
 *     │                                                          │ commits, then reads what has changed since
 *     │ ◄──────────────────────────────────────────────────────── │
 *     │   { answers, copies: leaves + columns + figures }        │
 *
 * What must stay true:
 *   - an answer is given only after its commit; a line sent again gets the same answer;
 *   - a copy's place moves only with the page that was applied, in one write;
 *   - the server says when a copy is complete (count and hash), the phone never infers it;
 *   - push never expires; only pull may ask for a newer app, after the push.
 */
import * as z from 'zod/mini';
import type { EntryId, LineNumber, OfficeId, RecordId, SeatNumber } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/plain-date.ts';
import type { Params } from '../../kernel/result.ts';
import type { Grant } from '../access/role.ts';
import type { Cell } from '../book/figures.ts';
import { lineShape } from '../book/line.ts';
import type { Columns } from './columns.ts';

/** The protocol's version. Raised only when an old phone could no longer be answered. */
export const protocolVersion = 1;

/** A server that was restored is in a new epoch: a number and a random name. */
export type Epoch = { readonly number: number; readonly name: string };

/** How far a copy of one office's book has come. */
export type Place = {
  readonly sequence: number;
  /** The version of the reach under which it was filled; 0 when empty. */
  readonly grants: number;
  /** In the middle of a fill: what is being filled, and the last stage and record that came. */
  readonly fill: {
    readonly grants: number;
    readonly sequence: number;
    readonly stage: number;
    readonly after: RecordId;
  } | null;
};
export const emptyPlace: Place = { sequence: 0, grants: 0, fill: null };

const epochShape = z.strictObject({ number: z.int(), name: z.string().check(z.maxLength(64)) });
const placeShape = z.strictObject({
  sequence: z.int(),
  grants: z.int(),
  fill: z.nullable(
    z.strictObject({ grants: z.int(), sequence: z.int(), stage: z.int(), after: z.string().check(z.maxLength(32)) }),
  ),
});

export const sealedLineShape = z.strictObject({ line: z.int(), box: z.string().check(z.maxLength(200_000)) });

/**
 * Lines of one seat in order, open (her own session) or sealed to the server's key (carried by another's). `torn`: sealed ones whose
 * words no longer open on the phone that wrote them. Where the box does not open either, nobody has the words any more.
 */
export const bundleShape = z.strictObject({
  seat: z.int().check(z.positive()),
  lines: z.array(lineShape).check(z.maxLength(2000)),
  sealed: z.array(sealedLineShape).check(z.maxLength(2000)),
  torn: z.optional(z.array(z.int().check(z.positive())).check(z.maxLength(2000))),
});
export type Bundle = z.infer<typeof bundleShape>;

export const syncRequestShape = z.strictObject({
  protocol: z.int(),
  app: z.string().check(z.maxLength(40)),
  epoch: z.nullable(epochShape),
  push: z.array(bundleShape).check(z.maxLength(20)),
  /** Null: only push. */
  pull: z.nullable(
    z.strictObject({
      /** Her own office's book first, then the books above it that she has met. */
      copies: z.array(z.strictObject({ office: z.int(), place: placeShape })).check(z.maxLength(8)),
      /** Ask for count and hash of the whole copy. */
      prove: z.boolean(),
      /** Records in one page at most: a line that breaks asks for less. */
      most: z.optional(z.int().check(z.positive())),
    }),
  ),
  /** In the first request of a new epoch: the last head that this phone knew of the book as it was before. */
  remembers: z.optional(z.strictObject({ sequence: z.int(), hash: z.string().check(z.maxLength(64)) })),
});
export type SyncRequest = z.infer<typeof syncRequestShape>;

export type LineAnswer =
  | {
      readonly line: LineNumber;
      readonly state: 'accepted' | 'flagged';
      readonly sequence: number;
    }
  | {
      readonly line: LineNumber;
      readonly state: 'refused';
      readonly sequence: number;
      readonly code: string;
      readonly params: Params;
      /** The first refusal of the matter. */
      readonly matter: EntryId;
    }
  /** Not decided: an earlier line of the seat has not come yet, or the office's book is closed for now. */
  | { readonly line: LineNumber; readonly state: 'waiting' };

export type SeatAnswer = {
  readonly seat: SeatNumber;
  /** The last line of the seat that the book holds. */
  readonly lastLine: LineNumber;
  readonly answers: readonly LineAnswer[];
  /** Another phone has used this seat's numbers: the seat is closed, its lines are offered again from a new one. */
  readonly cloned?: true;
  /** The seat was withdrawn. Its lines were still taken and flagged; the copy must go. */
  readonly withdrawn?: true;
};

/** A page of one book's copy. */
export type CopyPage = {
  readonly office: OfficeId;
  /** Scopes and single records that leave, by id only. */
  readonly leaves: readonly RecordId[];
  readonly records: readonly Columns[];
  /** Figures of the whole office as they now stand; a count of zero takes a cell away. */
  readonly figures: readonly Cell[];
  /** These are all there are: cells of purposes that she no longer reaches go. */
  readonly allFigures?: true;
  readonly place: Place;
  readonly more: boolean;
  /** Given when asked for and nothing more is to come: what a whole copy amounts to. */
  readonly whole: { readonly count: number; readonly hash: string } | null;
};

export type SyncAnswer = {
  readonly epoch: Epoch;
  readonly at: Instant;
  readonly push: readonly SeatAnswer[];
  /** Up to this sequence the book is in a verified backup: older acknowledged lines may go. */
  readonly safe: number;
  readonly pull: {
    /** Her own office first, then every book above it. */
    readonly copies: readonly CopyPage[];
    readonly head: { readonly sequence: number; readonly hash: string };
    /** What the person now holds, and its version. */
    readonly grants: { readonly version: number; readonly held: readonly Grant[] };
    /** Somebody's emergency is open: ask again soon. */
    readonly urgent: boolean;
    /** A pull that this app is too old for is answered with nothing but this. */
    readonly newerApp?: true;
  } | null;
};
