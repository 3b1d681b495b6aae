/*
 * What a printed document is, before anybody draws it. A register says what stands on its pages; the server sets them with Typst and a phone with
 * the browser's own print, from the same description:
 *
 *   records ── a register's document ──► Printed ──┬── server/typst-printer.ts ──► PDF
 *                                                  └── phone/printed-pages.tsx ──► the browser's print
 *
 * A text is only ever text: neither of the two reads marks of its own language in it.
 */
import type { RecordId } from '../../kernel/ids.ts';
import type { Names } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import type { Cell } from '../book/figures.ts';
import type { AnyKind, Kept, Kind } from '../book/kind.ts';
import type { RuleInForce } from '../book/rule.ts';
import type { Language } from '../languages/language.ts';
import type { Words } from '../languages/say.ts';

/** `ltr` is read from left to right in every language: a group, a phone, an amount, an id. */
export type Written = string | { readonly ltr: string };

/** What stands in one cell: what is read first, and smaller below it what says more. Null: left empty for a pen. */
export type PrintedCell = { readonly text: Written; readonly note?: Written | null } | null;

/** How wide a column is: `number` for line numbers, `narrow` for a group, `phone` for a number, `wide` for a name. */
export type PrintedColumn = { readonly head: string; readonly width: 'number' | 'narrow' | 'phone' | 'wide' };

/** One page of a book: lines under heads, and empty lines down to its foot, as in the paper book. */
export type RegisterPage = {
  readonly form: 'register';
  /** "page 3 of 6" */
  readonly says: string;
  readonly columns: readonly PrintedColumn[];
  readonly rows: readonly (readonly PrintedCell[])[];
  /** What its code opens on an enrolled phone. */
  readonly address: string;
};

/** One page of figures, each with what it counts; the first ones are the largest thing on the page. */
export type FactsPage = {
  readonly form: 'facts';
  readonly says: string;
  readonly figures: readonly { readonly figure: Written; readonly says: string }[];
  readonly lines: readonly { readonly says: string; readonly value: Written }[];
  readonly address: string;
};

/** A sheet of equal cards to cut out. */
export type CardsPage = {
  readonly form: 'cards';
  readonly says: string;
  readonly copies: number;
  readonly parts: readonly {
    readonly says: string;
    readonly lines: readonly { readonly name: string; readonly number: string }[];
  }[];
  readonly address: string;
};

export type PrintedPage = RegisterPage | FactsPage | CardsPage;

export type Printed = {
  readonly language: Language;
  readonly title: string;
  readonly office: string;
  /** "24 November 2026"; empty on what has no day. */
  readonly dated: string;
  /** The head of the office's book as 20 digits: whoever compares two prints sees whether anybody wrote the past again. */
  readonly head: {
    readonly says: string;
    readonly digits: string;
    /** What its code opens on an enrolled phone: the page on which paper and book are held against each other. */
    readonly address: string;
  } | null;
  readonly pages: readonly PrintedPage[];
};

/** What a document is composed from: what its reader reaches of one office's book, and nothing else. */
export type PrintSource = {
  readonly all: <T>(kind: Kind<T>) => Iterable<Kept<T>>;
  readonly cells: () => readonly Cell[];
  /** The programme rules that reference books have published. */
  readonly rules: () => readonly RuleInForce[];
  readonly officeNames: Names;
  /** The organization at the root of the office's tree. */
  readonly root: RecordId;
  readonly today: PlainDate;
  readonly head: { readonly sequence: number; readonly hash: string } | null;
  /** Where the office answers: `https://otaq.example.org`. */
  readonly origin: string;
};

/** A document that a register can print. */
export type PrintedDocument = {
  /** How commands and addresses name it: `donors`. */
  readonly name: string;
  /** Its number in the addresses that codes hold. Stable for ever: paper cannot be called back. */
  readonly leaf: number;
  /** `outside` may be printed at a shop: no phone, no group, nothing of health stands on it. */
  readonly where: 'inside' | 'outside';
  /** Whether only the bearers of an LSO print it. */
  readonly forBearers: boolean;
  /** The kinds of records it reads. */
  readonly kinds: readonly AnyKind[];
  readonly compose: (source: PrintSource, words: Words) => Printed;
  /** The page of the phone to which a printed page's code leads. */
  readonly opens: (leaf: { readonly page: number; readonly record: RecordId | null }) => string;
};
