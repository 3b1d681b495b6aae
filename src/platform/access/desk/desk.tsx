import { type ComponentType, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { OfficeId } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import type { PlainDate } from '../../../kernel/plain-date.ts';
import type { MessageId } from '../../languages/message-id.generated.ts';
import type { DeskRole } from '../role.ts';
import { ask } from './ask.ts';

/** Who sits at this desk. What `GET /api/desk/me` answers. */
export type DeskPerson = {
  readonly shownName: string;
  readonly role: DeskRole;
  readonly office: OfficeId;
  readonly names: Names;
  readonly tier: string;
  /** The day it is in Sindh. */
  readonly today: PlainDate;
  /** Demo data stands in the books. */
  readonly sample: boolean;
};

/** What every page of the desk works with. */
export type Desk = {
  readonly person: DeskPerson;
  /** Opens a page by its path below `/desk`. `instead`: in the place of this one. A plain link does the same. */
  readonly go: (path: string, how?: 'instead') => void;
  /** The session has ended: the program shows the door. */
  readonly signedOut: () => void;
  /** Whether the last question reached the server; the program says so above the page. */
  readonly heard: (reached: boolean) => void;
};

const DeskContext = createContext<Desk | null>(null);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('this page is drawn outside a desk');
  return desk;
}

/** A page, found by its path: `/districts/:office` hands `{ office }` to the component. Nothing personal stands in a path. */
export type DeskScreen = {
  readonly path: string;
  readonly component: ComponentType<{ readonly params: Readonly<Record<string, string>> }>;
};

/** What a part of the house puts on the desk. Loaded when it is first opened. */
export type DeskScreens = {
  /** The first word of its paths: `districts`; empty for the first page. */
  readonly path: string;
  /** Its word in the navigation. Without one, other pages lead to it. */
  readonly tab?: MessageId;
  /** Stands among the office work, behind one word, and not in the row of pages that are read every day. */
  readonly work?: true;
  /** Who has it; without the list, whoever signed in. */
  readonly roles?: readonly DeskRole[];
  /** Opens without a session: the first run, the door. It is handed no person. */
  readonly door?: true;
  readonly load: () => Promise<readonly DeskScreen[]>;
};

/** How often an open page asks for what is new, in milliseconds. */
const askEvery = 15_000;

/** What the server answers below `/api/desk/`, asked again while the page is in sight. Null until it has come. */
export function useAnswer<T>(path: string): T | 'not-there' | null {
  const { signedOut, heard } = useDesk();
  const [held, setHeld] = useState<{ readonly path: string; readonly value: T | 'not-there' } | null>(null);
  useEffect(() => {
    let gone = false;
    const refresh = async () => {
      const answer = await ask<T>(path);
      if (gone) return;
      if (answer.state === 'signed-out') signedOut();
      else heard(answer.state === 'here' || answer.state === 'not-there');
      if (answer.state === 'here') setHeld({ path, value: answer.value });
      if (answer.state === 'not-there') setHeld({ path, value: 'not-there' });
    };
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, askEvery);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [path, signedOut, heard]);
  return held?.path === path ? held.value : null;
}
