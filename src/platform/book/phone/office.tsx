import { type ComponentType, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Names } from '../../../kernel/names.ts';
import type { Instant, PlainDate } from '../../../kernel/plain-date.ts';
import type { askCode, askConfirm, MadeCode } from '../../access/phone/asking.ts';
import type { OpenedNote } from '../../access/phone/door-note.ts';
import type { Head, Written } from '../../sync/client.ts';
import type { Copy } from '../copy.ts';

/**
 * What every screen of an unlocked office works with. The program hands it down and draws again whenever the copy changes.
 */
export type Office = {
  readonly copy: Copy;
  readonly now: () => Instant;
  /** The day it is in Sindh. */
  readonly today: PlainDate;
  /**
   * Decides, saves and shows. A refusal comes back as data for the screen to say beside what was typed. Rejects only when
   * the phone could not save: the program then says so, and what was typed stays.
   */
  readonly write: (command: string, input: unknown) => Promise<Written>;
  /** Offers to take the last written line back, with the sentence that says what was done. */
  readonly offerUndo: (written: Written, said: string) => void;
  /** Opens a page. `instead`: in the place of this one, which is not returned to. */
  readonly go: (path: string, how?: 'instead') => void;
  /** One step back, as the phone's own back button does. */
  readonly back: () => void;
  /** Emergencies that somebody wrote at the door, for her to confirm or put away. */
  readonly doorNotes: readonly OpenedNote[];
  readonly forgetNote: (note: string) => void;
  /** Who writes, and where: her own words for what she owns. */
  readonly me: Me;
  /** The head of the office's book as this phone last heard it. */
  readonly head: Head | null;
  /** A code for another woman's phone; null when the office refuses. Rejects when it is not reached. */
  readonly askCode: (phone: Parameters<typeof askCode>[1]) => Promise<MadeCode | null>;
  /** The address that a picture of a code leads to: no other office than this one is given the code. */
  readonly addressOfCode: (code: string) => string;
  /** Stands by another bearer's code. Rejects when the office is not reached. */
  readonly confirmCode: (confirmation: Parameters<typeof askConfirm>[1]) => ReturnType<typeof askConfirm>;
  /** Sends and takes what is new, now. */
  readonly syncNow: () => void;
  /** A file that the office makes, by its address. Rejects when the office is not reached. */
  readonly askFile: (path: string) => Promise<Blob | 'refused'>;
  /** The hash of the book after so many entries; null where it is not so long. Rejects when the office is not reached. */
  readonly askHead: (sequence: number) => Promise<string | null>;
};

export type Me = {
  readonly person: string;
  readonly names: Names;
  readonly officeNames: Names;
  /** The organization that owns what the whole office shares: the root of the tree. */
  readonly root: string;
};

const OfficeContext = createContext<Office | null>(null);
export const OfficeProvider = OfficeContext.Provider;

export function useOffice(): Office {
  const office = useContext(OfficeContext);
  if (!office) throw new Error('this screen is drawn outside an unlocked office');
  return office;
}

/** A screen of a register, found by its path: `/emergencies/:id` hands `{ id }` to the component. */
export type Screen = {
  readonly path: string;
  readonly component: ComponentType<{ readonly params: Readonly<Record<string, string>> }>;
};

/** What a register puts on the phone. Loaded when it is first opened. */
export type RegisterScreens = {
  /** The first word of its paths: `emergencies`. */
  readonly path: string;
  readonly load: () => Promise<readonly Screen[]>;
};
