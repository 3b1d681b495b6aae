/*
 * The desk: a masthead, the pages it leads to, and the door before them. The address names the page and nothing of a person.
 */
import { Component, type ComponentChildren, type VNode } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { nameIn } from '../kernel/names.ts';
import { ask } from '../platform/access/desk/ask.ts';
import {
  type Desk,
  type DeskPerson,
  DeskProvider,
  type DeskScreen,
  type DeskScreens,
} from '../platform/access/desk/desk.tsx';
import { SignIn } from '../platform/access/desk/sign-in.tsx';
import { Waiting } from '../platform/design/desk/waiting.tsx';
import { Button } from '../platform/design/phone/button.tsx';
import { Mark } from '../platform/design/phone/cloth-motif.tsx';
import { LanguageSwitch } from '../platform/design/phone/sheet.tsx';
import { loadDeskWords } from '../platform/languages/desk/desk-words.ts';
import type { Language } from '../platform/languages/language.ts';
import type { MessageId } from '../platform/languages/message-id.generated.ts';
import { rememberLanguage, useWords, WordsProvider } from '../platform/languages/phone/words-context.tsx';
import type { Words } from '../platform/languages/say.ts';
import { deskScreens } from './screens.ts';

const base = '/desk';

export function DeskProgram({ first }: { readonly first: Words }): VNode {
  const [words, setWords] = useState(first);
  const chooseLanguage = (language: Language) => {
    rememberLanguage(language);
    void loadDeskWords(language).then(setWords);
  };
  return (
    <WordsProvider value={words}>
      <Sheet chooseLanguage={chooseLanguage} />
    </WordsProvider>
  );
}

type Who = { readonly at: 'opening' | 'door' } | { readonly at: 'desk'; readonly person: DeskPerson };

function Sheet({ chooseLanguage }: { readonly chooseLanguage: (language: Language) => void }): VNode {
  const words = useWords();
  const { path, go } = useAddress();
  const [who, setWho] = useState<Who>({ at: 'opening' });
  const [reached, setReached] = useState(true);
  const signedOut = useCallback(() => setWho({ at: 'door' }), []);
  const enter = useCallback(async () => {
    const answer = await ask<DeskPerson>('me');
    setReached(answer.state !== 'not-reached');
    if (answer.state === 'here') setWho({ at: 'desk', person: answer.value });
    else if (answer.state === 'signed-out') setWho({ at: 'door' });
    return answer.state;
  }, []);
  useEffect(() => {
    void enter();
  }, [enter]);
  // A desk that was opened while the server was away asks until it answers.
  useEffect(() => {
    if (reached || who.at !== 'opening') return;
    const timer = setInterval(() => void enter(), 5_000);
    return () => clearInterval(timer);
  }, [reached, who.at, enter]);
  const signOut = () => void ask('sign-out', {}).then(signedOut);

  const person = who.at === 'desk' ? who.person : null;
  const desk = useMemo<Desk | null>(
    () => person && { person, go, signedOut, heard: setReached },
    [person, go, signedOut],
  );
  const mine = person ? deskScreens.filter(({ roles }) => !roles || roles.includes(person.role)) : [];
  const found = useScreen(path, person ? mine : deskScreens.filter(({ door }) => door));
  return (
    <div class="desk" lang={words.language} dir={words.direction}>
      <header class="mast">
        <Mark />
        <div>
          <b>Otaq</b>
          <span>{person ? nameIn(person.names, words.language) : words.say('desk.desk')}</span>
        </div>
        {person && <Tabs screens={mine} path={path} />}
        <div class="end">
          {person && <span class="day">{words.weekday(person.today)}</span>}
          <LanguageSwitch onChoose={chooseLanguage} />
          {person && <Button onClick={signOut}>{words.say('desk.sign-out')}</Button>}
        </div>
      </header>
      <main>
        {!reached && (
          <p class="note away-note" role="status">
            {words.say('desk.not-reached')}
          </p>
        )}
        <Fence key={path} said={words.say('desk.broken')}>
          {found && found !== 'loading' && (desk || found.door) ? (
            <DeskProvider value={desk}>
              <found.component params={found.params} />
            </DeskProvider>
          ) : found === 'loading' || who.at === 'opening' ? (
            <Waiting />
          ) : who.at === 'door' ? (
            <SignIn onSignedIn={() => void enter()} />
          ) : (
            <NotThere />
          )}
        </Fence>
        {person?.sample && <p class="note foot-note">{words.say('desk.sample')}</p>}
      </main>
    </div>
  );
}

function Tabs({ screens, path }: { readonly screens: readonly DeskScreens[]; readonly path: string }): VNode {
  const words = useWords();
  const first = path.split('/')[1] ?? '';
  const tabs = screens.flatMap(({ path, tab, work }) => (tab ? [{ path, tab, work }] : []));
  const work = tabs.filter(({ work }) => work);
  // A menu of one page would hide it for nothing.
  const row = work.length > 1 ? tabs.filter(({ work }) => !work) : tabs;
  const link = (screen: { readonly path: string; readonly tab: MessageId }) => (
    <a
      key={screen.path}
      href={screen.path === '' ? base : `${base}/${screen.path}`}
      aria-current={screen.path === first ? 'page' : undefined}
    >
      {words.say(screen.tab as 'desk.overview')}
    </a>
  );
  return (
    <nav aria-label={words.say('desk.pages')}>
      {row.map(link)}
      {work.length > 1 && (
        // Drawn anew on every page, so that a menu closes behind whoever went through it.
        <div class="work" key={path}>
          <button
            type="button"
            popovertarget="work"
            aria-current={work.some(({ path }) => path === first) ? 'true' : undefined}
          >
            {words.say('desk.work')}
          </button>
          <div id="work" popover="auto">
            {work.map(link)}
          </div>
        </div>
      )}
    </nav>
  );
}

function NotThere(): VNode {
  const words = useWords();
  return (
    <div class="title">
      <h1>{words.say('desk.not-there')}</h1>
      <p>
        <a href={base}>{words.say('desk.to-overview')}</a>
      </p>
    </div>
  );
}

/** A page that meets a bug is one page: the masthead leads on. */
class Fence extends Component<
  { readonly said: string; readonly children: ComponentChildren },
  { readonly broken: boolean }
> {
  override state = { broken: false };
  static override getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? <p class="note">{this.props.said}</p> : this.props.children;
  }
}

/** The path below `/desk`, `/` for the first page. A plain link to a page of the desk opens it here. */
function useAddress(): { readonly path: string; readonly go: Desk['go'] } {
  const read = () => location.pathname.slice(base.length).replace(/\/$/, '') || '/';
  const [path, setPath] = useState(read);
  const go = useCallback<Desk['go']>((to, how) => {
    const address = to === '/' ? base : `${base}${to}`;
    if (how === 'instead') history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    setPath(read());
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    const onPop = () => setPath(read());
    const onClick = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest('a');
      if (!link || event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (link.origin !== location.origin || link.target || link.hasAttribute('download') || link.hash) return;
      if (link.pathname !== base && !link.pathname.startsWith(`${base}/`)) return;
      event.preventDefault();
      go(link.pathname.slice(base.length) || '/');
    };
    addEventListener('popstate', onPop);
    document.addEventListener('click', onClick);
    return () => {
      removeEventListener('popstate', onPop);
      document.removeEventListener('click', onClick);
    };
  }, [go]);
  return { path, go };
}

type Found = {
  readonly component: DeskScreen['component'];
  readonly params: Readonly<Record<string, string>>;
  readonly door: boolean;
};
const loaded = new Map<DeskScreens, readonly DeskScreen[]>();

function useScreen(path: string, among: readonly DeskScreens[]): Found | 'loading' | null {
  const [, arrived] = useState(0);
  const parts = path.split('/').slice(1);
  const part = among.find((candidate) => candidate.path === parts[0]);
  useEffect(() => {
    if (!part || loaded.has(part)) return;
    void part.load().then((screens) => {
      loaded.set(part, screens);
      arrived((count) => count + 1);
    });
  }, [part]);
  if (!part) return null;
  const screens = loaded.get(part);
  if (!screens) return 'loading';
  for (const { path: form, component } of screens) {
    const wanted = form.split('/').slice(1);
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((word, i) => {
      if (!word.startsWith(':')) return word === parts[i];
      params[word.slice(1)] = parts[i] ?? '';
      return true;
    });
    if (fits) return { component, params, door: part.door === true };
  }
  return null;
}
