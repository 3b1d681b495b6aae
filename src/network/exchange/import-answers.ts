import type { ImportList } from './list-columns.ts';
import type { Wrong } from './sheet.ts';

/** What the desk is told of a file that was looked through. */
export type PreviewAnswer = {
  readonly rows: number;
  readonly right: number;
  readonly wrongRows: number;
  /** The first of them; the file of wrong rows has all. */
  readonly wrong: readonly Wrong[];
  readonly notes: readonly Wrong[];
  /** A CSV of the wrong rows, each with what to correct; null where none is wrong, or the file itself is. */
  readonly wrongFile: string | null;
};

/** How an import of an office stands. */
export type ImportAnswer = {
  readonly seat: number;
  readonly list: ImportList;
  readonly state: 'waiting' | 'writing' | 'written' | 'taking-back' | 'taken-back';
  readonly broughtBy: string | null;
  readonly rows: number;
  readonly leftOut: number;
  readonly done: number;
};

export type ImportsAnswer = {
  readonly imports: readonly ImportAnswer[];
  /** The office has a bearer's phone: an import waits for her leave. */
  readonly needsLeave: boolean;
};

export const importModes = ['all', 'right-rows'] as const;
/** The header in which a bearer's leave travels. */
export const leaveHeader = 'x-otaq-leave';
