/*
 * An office that a PIN has opened: the copy in memory, sync behind it, and the page that the address names.
 */
import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Facility, facilityKind } from '../care/emergencies/facility.ts';
import { type OnCall, onCallKind } from '../care/emergencies/on-call.ts';
import { type Provider, providerKind } from '../care/emergencies/provider.ts';
import { dayInPakistan } from '../kernel/plain-date.ts';
import { codeAddress } from '../platform/access/office-mark.ts';
import {
  askCode,
  askComeBack,
  askConfirm,
  askFile,
  askHead,
  askSync,
  OfficeMoved,
  UnknownPhone,
} from '../platform/access/phone/asking.ts';
import { forgetDoorNote, type OpenedNote, openDoorNotes } from '../platform/access/phone/door-note.ts';
import { markOf } from '../platform/access/phone/right-office.ts';
import { type Opened, removeSlot } from '../platform/access/phone/vault.ts';
import type { Copy } from '../platform/book/copy.ts';
import type { Kind } from '../platform/book/kind.ts';
import { noteUnsent } from '../platform/book/phone/kept-here.ts';
import { type Office, OfficeProvider, type Screen } from '../platform/book/phone/office.tsx';
import type { DoorCard, PhoneDatabase } from '../platform/book/phone/phone-database.ts';
import { openSealedStore } from '../platform/book/phone/sealed-store.ts';
import { ActionRow, Button } from '../platform/design/phone/button.tsx';
import { Ltr } from '../platform/design/phone/isolated.tsx';
import { Notice, UndoBar } from '../platform/design/phone/notice.tsx';
import { Page } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import { PhoneBook } from '../platform/sync/client.ts';
import { importSealingKey } from '../platform/sync/phone/seal-words.ts';
import { SyncDriver, type SyncState } from '../platform/sync/phone/sync-driver.ts';
import { HandoverPage } from './handover-page.tsx';
import { Home } from './home.tsx';
import { NotSent } from './not-sent.tsx';
import { OfficePage } from './office-page.tsx';
import { PracticeBand } from './practice-band.tsx';
import { registerScreens, registers } from './registers.ts';

export type OfficeProgramProps = {
  readonly database: PhoneDatabase;
  readonly opened: Opened;
  readonly lock: () => void;
  /** Given in the practice office: throws away what was practised. It has no sync, and another paper. */
  readonly startAgain?: () => void;
};

/** How long an undo is offered, in milliseconds. */
const undoFor = 8_000;

export function OfficeProgram({ database, opened, lock, startAgain }: OfficeProgramProps): VNode {
  const [book, setBook] = useState<PhoneBook | null>(null);
  const [broken, setBroken] = useState(false);
  const [state, setState] = useState<SyncState>('idle');
  const [movedTo, setMovedTo] = useState<string | null>(null);
  const [, redraw] = useState(0);
  const driver = useRef<SyncDriver | null>(null);
  const practises = startAgain !== undefined;

  useEffect(() => {
    if (!practises) return;
    document.documentElement.dataset.practice = 'on';
    return () => {
      delete document.documentElement.dataset.practice;
    };
  }, [practises]);

  useEffect(() => {
    let gone = false;
    const hold = holdAlone(opened.slot.slot, lock);
    openBook(database, opened, () => redraw((count) => count + 1)).then(
      (made) => {
        if (gone) return;
        if (!practises)
          driver.current = new SyncDriver(made, {
            stateOf: (error) => {
              if (error instanceof OfficeMoved) setMovedTo(error.to);
              return error instanceof OfficeMoved
                ? 'moved'
                : error instanceof UnknownPhone
                  ? 'unknown-phone'
                  : 'not-reached';
            },
            onChange: (state) => {
              setState(state);
              if (state === 'idle') void database.put('door', doorCardOf(made.copy), 'card');
            },
          });
        setBook(made);
      },
      () => setBroken(true),
    );
    return () => {
      gone = true;
      driver.current?.stop();
      driver.current = null;
      hold();
    };
  }, [database, opened, lock, practises]);

  const words = useWords();
  if (broken)
    return (
      <Page title={words.say('design.notebook')} back={lock}>
        <Notice>{words.say('design.not-ready')}</Notice>
      </Page>
    );
  if (!book) return <div class="page" />;
  if (state === 'withdrawn' || state === 'unknown-phone' || state === 'cloned')
    return <GoneFromHere state={state} opened={opened} database={database} lock={lock} />;
  return (
    <>
      {practises && <PracticeBand />}
      <OpenOffice
        book={book}
        database={database}
        opened={opened}
        driver={driver.current}
        state={state}
        movedTo={state === 'moved' ? movedTo : null}
        lock={lock}
        redraw={redraw}
        {...(startAgain && { startAgain })}
      />
    </>
  );
}

async function openBook(database: PhoneDatabase, opened: Opened, onAnswer: () => void): Promise<PhoneBook> {
  const { slot, data, secret } = opened;
  const server = await importSealingKey(secret.sealingKey);
  const actor = { nature: 'person', seat: secret.seat, office: secret.office, person: secret.person } as const;
  const store = await openSealedStore(database, { slot: slot.slot, data, server, actor });
  return PhoneBook.open({
    store,
    registers,
    now: Date.now,
    app: 'otaq 0.1',
    ask: async (request) => {
      const answer = await askSync(secret.token, request).catch(async (error) => {
        if (!(error instanceof UnknownPhone) || !secret.certificate) throw error;
        if (!(await askComeBack(secret.certificate, secret.token))) throw error;
        return askSync(secret.token, request);
      });
      setTimeout(onAnswer, 0);
      return answer;
    },
  });
}

/** One tab holds a person's pages; a second one takes them over and the first goes to the door. */
function holdAlone(slot: string, lost: () => void): () => void {
  let release = () => undefined as undefined;
  const held = new Promise<void>((done) => {
    release = () => done() as undefined;
  });
  let over = false;
  navigator.locks
    ?.request(`notebook ${slot}`, { steal: true }, () => held)
    .catch(() => {
      if (!over) lost();
    });
  return () => {
    over = true;
    release();
  };
}

function doorCardOf(copy: Copy): DoorCard {
  const list = <T extends { readonly names: DoorCard['leaders'][number]['names']; readonly number: string | null }>(
    kind: Kind<T>,
  ) =>
    [...copy.all(kind)].flatMap(({ body }) =>
      body.number === null ? [] : [{ names: body.names, number: body.number }],
    );
  return {
    providers: list<Provider>(providerKind),
    facilities: list<Facility>(facilityKind),
    leaders: list<OnCall>(onCallKind),
  };
}

type OpenOfficeProps = {
  readonly book: PhoneBook;
  readonly database: PhoneDatabase;
  readonly opened: Opened;
  readonly driver: SyncDriver | null;
  readonly state: SyncState;
  /** Where the office is now, when it no longer answers here. */
  readonly movedTo: string | null;
  readonly lock: () => void;
  readonly redraw: (change: (count: number) => number) => void;
  readonly startAgain?: () => void;
};

function OpenOffice(props: OpenOfficeProps): VNode {
  const { book, database, opened, driver, state, movedTo, lock, redraw, startAgain } = props;
  const words = useWords();
  const { path, go, back } = useAddress();
  const [undo, setUndo] = useState<{ readonly line: number; readonly said: string } | null>(null);
  const [tooLate, setTooLate] = useState(false);
  const [full, setFull] = useState(false);
  const [doorNotes, setDoorNotes] = useState<readonly OpenedNote[]>([]);
  useEffect(() => {
    void openDoorNotes(database, opened.slot.slot, opened.secret.doorKey).then(setDoorNotes);
  }, [database, opened]);
  const [mark, setMark] = useState('');
  useEffect(() => {
    void markOf(opened.secret.sealingKey).then(setMark);
  }, [opened]);
  const { copy } = book;
  const changes = copy.changes;
  const unsent = copy.lines.filter(({ is, line }) => is.state === 'unsent' && line.command !== null).length;
  useEffect(() => {
    if (startAgain === undefined) noteUnsent(opened.slot.slot, unsent);
  }, [opened, unsent, startAgain]);

  const lastRoot = useRef('');
  const root = useMemo(() => {
    const found = [...copy.tree()].find(([, parent]) => parent === null)?.[0];
    // The root of another book is no root here: an empty copy writes into nothing yet. A copy that a restored server fills again
    // keeps the page on which she is typing.
    lastRoot.current = found ?? lastRoot.current;
    return lastRoot.current;
  }, [copy, changes]);

  useEffect(() => {
    if (undo === null) return;
    const timer = setTimeout(() => setUndo(null), undoFor);
    return () => clearTimeout(timer);
  }, [undo]);

  const office: Office = {
    copy,
    now: book.moment,
    today: dayInPakistan(book.moment()),
    me: {
      person: opened.secret.person,
      names: opened.slot.names,
      officeNames: opened.secret.officeNames,
      root,
    },
    async write(command, input) {
      try {
        const written = await book.write(command, input).catch(async (error) => {
          // A full phone: what can come again goes first, then the line is tried once more. It was not written, so it is not written twice.
          const { dropShippedVoices } = await import('../platform/languages/phone/recorded-voice.ts');
          if (!(await dropShippedVoices())) throw error;
          return book.write(command, input);
        });
        setFull(false);
        if (written.written) driver?.soon();
        redraw((count) => count + 1);
        return written;
      } catch (error) {
        setFull(true);
        throw error;
      }
    },
    offerUndo(written, said) {
      if (!written.written) return;
      setTooLate(false);
      setUndo({ line: written.line.line, said });
      driver?.after(undoFor);
    },
    go,
    back,
    head: book.head,
    askCode: (phone) => askCode(opened.secret.token, phone),
    addressOfCode: (code) => codeAddress(location.origin, code, mark),
    confirmCode: (confirmation) => askConfirm(opened.secret.token, confirmation),
    syncNow: () => driver?.now(),
    askFile: (path) => askFile(opened.secret.token, path),
    askHead: (sequence) => askHead(opened.secret.token, sequence),
    doorNotes,
    forgetNote(note) {
      setDoorNotes((notes) => notes.filter((other) => other.note !== note));
      void forgetDoorNote(database, note);
    },
  };

  const screen = useScreen(path);
  const drawn =
    // Before the first pages have come there is nothing to write into.
    path === '/' || root === '' ? (
      <Home book={book} state={state} onSend={() => driver?.now()} lock={lock} {...(startAgain && { startAgain })} />
    ) : path === '/not-sent' ? (
      <NotSent book={book} state={state} onSend={() => driver?.now()} redraw={() => redraw((count) => count + 1)} />
    ) : path === '/handover' ? (
      <HandoverPage database={database} book={book} onTaken={() => driver?.now()} />
    ) : path === '/office' ? (
      <OfficePage opened={opened} head={book.head} />
    ) : screen === 'loading' ? (
      <div class="page" />
    ) : screen === null ? (
      <Page title={words.say('phone.no-such-page')} back={() => go('/')}>
        <Notice>{words.say('phone.no-such-page-help')}</Notice>
      </Page>
    ) : (
      <screen.component key={path} params={screen.params} />
    );
  return (
    <OfficeProvider value={office}>
      {(undo || full || tooLate || movedTo !== null) && (
        <div class="afterwards" lang={words.language} dir={words.direction}>
          {movedTo !== null && path === '/' && (
            <Notice icon="office" tone="calm">
              <p>{words.say('phone.office-moved')}</p>
              <p>
                <Ltr class="wraps">{movedTo}</Ltr>
              </p>
              <Button icon="relay" onClick={() => go('/handover')}>
                {words.say('phone.handover-open')}
              </Button>
              <Button icon="office" onClick={() => location.assign(codeAddress(movedTo, '', mark))}>
                {words.say('phone.office-moved-go')}
              </Button>
            </Notice>
          )}
          {full && <Notice>{words.say('phone.could-not-save')}</Notice>}
          {tooLate && <Notice tone="calm">{words.say('phone.too-late')}</Notice>}
          {undo && (
            <UndoBar
              onUndo={() => {
                const { line } = undo;
                setUndo(null);
                void book.undo(line).then((undone) => {
                  setTooLate(!undone);
                  redraw((count) => count + 1);
                });
              }}
            >
              {undo.said}
            </UndoBar>
          )}
        </div>
      )}
      {drawn}
    </OfficeProvider>
  );
}

/** The address names a page and nothing else: ids of records, never a name. */
function useAddress(): { readonly path: string; readonly go: Office['go']; readonly back: () => void } {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const onPop = () => {
      setPath(location.pathname);
      scrollTo(0, 0);
    };
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);
  const go = useCallback<Office['go']>((to, how) => {
    const depth = (history.state as { depth?: number } | null)?.depth ?? 0;
    if (to === '/') history.replaceState({ depth: 0 }, '', to);
    else if (how === 'instead') history.replaceState({ depth }, '', to);
    else history.pushState({ depth: depth + 1 }, '', to);
    setPath(to);
    scrollTo(0, 0);
  }, []);
  const back = useCallback(() => {
    if (((history.state as { depth?: number } | null)?.depth ?? 0) > 0) history.back();
    else go('/');
  }, [go]);
  return { path, go, back };
}

type Found = { readonly component: Screen['component']; readonly params: Readonly<Record<string, string>> };
const loaded = new Map<string, readonly Screen[]>();

function useScreen(path: string): Found | 'loading' | null {
  const [, arrived] = useState(0);
  const [, first = '', ...rest] = path.split('/');
  const register = registerScreens.find((candidate) => candidate.path === first);
  const screens = loaded.get(first);
  useEffect(() => {
    if (!register || loaded.has(first)) return;
    void register.load().then((made) => {
      loaded.set(first, made);
      arrived((count) => count + 1);
    });
  }, [register, first]);
  if (!register) return null;
  if (!screens) return 'loading';
  for (const { path: form, component } of screens) {
    const parts = form.split('/').slice(2);
    if (parts.length !== rest.length) continue;
    const params: Record<string, string> = {};
    const fits = parts.every((part, i) => {
      if (!part.startsWith(':')) return part === rest[i];
      params[part.slice(1)] = rest[i] as string;
      return true;
    });
    if (fits) return { component, params };
  }
  return null;
}

type GoneProps = {
  readonly state: 'withdrawn' | 'unknown-phone' | 'cloned';
  readonly opened: Opened;
  readonly database: PhoneDatabase;
  readonly lock: () => void;
};

/** The office took this phone back, or another one speaks with its numbers: her pages leave it, what is unsent stays sealed. */
function GoneFromHere({ state, opened, database, lock }: GoneProps): VNode {
  const words = useWords();
  // Taken back by the office: nothing waits for a touch. What is unsent stays, sealed to the office.
  useEffect(() => {
    if (state === 'withdrawn') void removeSlot(database, opened.slot.slot);
  }, [state, database, opened]);
  const said = {
    withdrawn: 'phone.withdrawn',
    cloned: 'phone.cloned',
    'unknown-phone': 'phone.unknown-phone',
  } as const;
  return (
    <Page
      title={words.say('design.notebook')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            onClick={() => {
              void removeSlot(database, opened.slot.slot, state === 'unknown-phone').then(lock);
            }}
          >
            {words.say('phone.leave-phone')}
          </Button>
        </ActionRow>
      }
    >
      <Notice>{words.say(said[state])}</Notice>
    </Page>
  );
}
