/*
 * The door and what is behind it. Only the door is loaded first; the office comes when a PIN has opened it.
 *
 *   cover (quick hide) ◄── from anywhere, at once          door ── PIN ──► office ── idle, hidden, another tab ──► door
 *                                                          door ── no PIN ──► practice office, over a store of its own ──► door
 */
import { Component, type ComponentType } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Cover } from '../platform/access/phone/cover.tsx';
import { Door } from '../platform/access/phone/door.tsx';
import type { Opened } from '../platform/access/phone/vault.ts';
import { openPhoneDatabase, type PhoneDatabase } from '../platform/book/phone/phone-database.ts';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page, type PageActions, PageActionsProvider } from '../platform/design/phone/page.tsx';
import type { Language } from '../platform/languages/language.ts';
import { stopSpeaking } from '../platform/languages/phone/spoken-words.ts';
import {
  loadWords,
  officeSentences,
  rememberLanguage,
  type Sentences,
  useWords,
  WordsProvider,
} from '../platform/languages/phone/words-context.tsx';
import type { Words } from '../platform/languages/say.ts';
import { wearNotebook } from './notebook.ts';
import type { OfficeProgramProps } from './office-program.tsx';

const coverKey = 'list-open';
/** Milliseconds without a touch, and out of sight, after which the door closes by itself. */
const idleLock = 5 * 60_000;
const hiddenLock = 2 * 60_000;

type Where =
  | { readonly at: 'opening' }
  | { readonly at: 'broken' }
  | { readonly at: 'door' }
  | {
      readonly at: 'office';
      readonly opened: Opened;
      readonly program: ComponentType<OfficeProgramProps>;
      /** The practice office's own; without it the office is the real one. */
      readonly practice?: PhoneDatabase;
    };

export function Program({ first }: { readonly first: Words }) {
  const [words, setWords] = useState(first);
  const [covered, setCovered] = useState(() => localStorage.getItem(coverKey) !== null);
  const [where, setWhere] = useState<Where>({ at: 'opening' });
  const database = useRef<PhoneDatabase | null>(null);
  const spoken = useRef(first.language);
  /** What is said behind the door, once it has been opened. */
  const sentences = useRef<readonly Sentences[]>([]);

  useEffect(() => {
    openPhoneDatabase().then(
      (opened) => {
        database.current = opened;
        setWhere({ at: 'door' });
      },
      () => setWhere({ at: 'broken' }),
    );
  }, []);

  const lock = useCallback(() => {
    stopSpeaking();
    history.replaceState(null, '', '/');
    setWhere((was) => (was.at === 'office' ? { at: 'door' } : was));
  }, []);
  const hide = useCallback(() => {
    localStorage.setItem(coverKey, '1');
    setCovered(true);
    lock();
  }, [lock]);

  useEffect(() => (where.at === 'office' ? lockWhenIdle(lock) : undefined), [where, lock]);

  // A newer program that has come whole takes over at the door, where nothing is open.
  useEffect(() => {
    if (where.at === 'door') void takeNewer();
  }, [where.at]);

  /** What is behind the door: the program, and all that it says. */
  const loadOffice = useCallback(async () => {
    const [{ OfficeProgram }, whole] = await Promise.all([
      import('./office-program.tsx'),
      loadWords(spoken.current, 'latin', [officeSentences]),
    ]);
    sentences.current = [officeSentences];
    setWords(whole);
    return OfficeProgram;
  }, []);

  const open = useCallback(
    async (opened: Opened) => {
      performance.mark('unlocked');
      setWhere({ at: 'office', opened, program: await loadOffice() });
    },
    [loadOffice],
  );

  const practise = useCallback(
    async (again: boolean) => {
      const [program, { openPractice }] = await Promise.all([loadOffice(), import('./practice-office.ts')]);
      const { database, opened } = await openPractice(again);
      history.replaceState(null, '', '/');
      setWhere({ at: 'office', opened, program, practice: database });
    },
    [loadOffice],
  );
  const startAgain = useCallback(() => void practise(true), [practise]);

  const actions = useMemo<PageActions>(
    () => ({
      hide,
      chooseLanguage: (language: Language) => {
        rememberLanguage(language);
        spoken.current = language;
        void loadWords(language, 'latin', sentences.current).then((loaded) => {
          wearNotebook(loaded);
          setWords(loaded);
        });
      },
    }),
    [hide],
  );

  return (
    <WordsProvider value={words}>
      <PageActionsProvider value={actions}>
        {covered ? (
          <Cover
            onReturn={() => {
              localStorage.removeItem(coverKey);
              setCovered(false);
            }}
          />
        ) : (
          <Fence>
            {where.at === 'door' && database.current && (
              <Door database={database.current} onOpen={open} onPractise={() => void practise(false)} />
            )}
            {where.at === 'office' && database.current && (
              <where.program
                key={where.opened.slot.slot}
                database={where.practice ?? database.current}
                opened={where.opened}
                lock={lock}
                {...(where.practice && { startAgain })}
              />
            )}
            {where.at === 'broken' && <Broken />}
          </Fence>
        )}
      </PageActionsProvider>
    </WordsProvider>
  );
}

function Broken() {
  const words = useWords();
  return (
    <Page title={words.say('design.notebook')}>
      <Notice>{words.say('design.not-ready')}</Notice>
    </Page>
  );
}

/** A screen that meets a bug is one screen: it says so, and what was saved stays. */
class Fence extends Component<{ readonly children: preact.ComponentChildren }, { readonly broken: boolean }> {
  override state = { broken: false };
  static override getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

async function takeNewer(): Promise<void> {
  const waiting = (await navigator.serviceWorker?.getRegistration())?.waiting;
  if (!waiting) return;
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting.postMessage('take-over');
}

function lockWhenIdle(lock: () => void): () => void {
  let touched = performance.now();
  let hiddenAt: number | null = null;
  const touch = () => {
    touched = performance.now();
  };
  const seen = () => {
    if (document.visibilityState === 'hidden') hiddenAt = performance.now();
    else {
      if (hiddenAt !== null && performance.now() - hiddenAt > hiddenLock) lock();
      hiddenAt = null;
    }
  };
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - touched > idleLock || (hiddenAt !== null && now - hiddenAt > hiddenLock)) lock();
  }, 5_000);
  for (const event of ['pointerdown', 'keydown', 'scroll'] as const) addEventListener(event, touch, { passive: true });
  document.addEventListener('visibilitychange', seen);
  return () => {
    clearInterval(timer);
    for (const event of ['pointerdown', 'keydown', 'scroll'] as const) removeEventListener(event, touch);
    document.removeEventListener('visibilitychange', seen);
  };
}
