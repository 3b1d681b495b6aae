import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { DistrictOverview, Masthead, nameOf } from '../network/reports/desk/district-overview.tsx';
import type { DistrictFigure } from '../network/reports/district-figures.ts';
import type { DistrictPage, OpenedPage } from '../network/reports/district-page.ts';
import { Button } from '../platform/design/phone/button.tsx';
import { Field } from '../platform/design/phone/field.tsx';
import { LanguageSwitch } from '../platform/design/phone/sheet.tsx';
import type { Language } from '../platform/languages/language.ts';
import { loadWords, rememberLanguage, useWords, WordsProvider } from '../platform/languages/phone/words-context.tsx';
import type { Words } from '../platform/languages/say.ts';

type Answer<T> =
  | { readonly state: 'here'; readonly value: T }
  | { readonly state: 'signed-out' | 'not-reached' }
  | { readonly state: 'refused'; readonly minutes: number | null };

async function ask<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const answer = await fetch(`/api/desk/${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    if (answer.status === 401 && path !== 'sign-in') return { state: 'signed-out' };
    if (answer.status === 401 || answer.status === 429) {
      const seconds = Number(answer.headers.get('retry-after') ?? 0);
      return { state: 'refused', minutes: seconds > 0 ? Math.ceil(seconds / 60) : null };
    }
    if (!answer.ok) return { state: 'not-reached' };
    return { state: 'here', value: (await answer.json()) as T };
  } catch {
    return { state: 'not-reached' };
  }
}

/** How often an open desk asks for what is new, in milliseconds. */
const askEvery = 15_000;

export function DeskProgram({ first }: { readonly first: Words }): VNode {
  const [words, setWords] = useState(first);
  const chooseLanguage = (language: Language) => {
    rememberLanguage(language);
    void loadWords(language).then((loaded) => {
      document.documentElement.lang = loaded.language;
      document.documentElement.dir = loaded.direction;
      setWords(loaded);
    });
  };
  return (
    <WordsProvider value={words}>
      <Desk chooseLanguage={chooseLanguage} />
    </WordsProvider>
  );
}

function Desk({ chooseLanguage }: { readonly chooseLanguage: (language: Language) => void }): VNode {
  const words = useWords();
  const [page, setPage] = useState<DistrictPage | null>(null);
  const [opened, setOpened] = useState<OpenedPage | null>(null);
  const [state, setState] = useState<'opening' | 'signed-out' | 'here' | 'not-reached'>('opening');

  async function refresh(key: DistrictFigure): Promise<void> {
    const answer = await ask<DistrictPage>('overview');
    if (answer.state === 'signed-out') {
      setPage(null);
      setState('signed-out');
      return;
    }
    if (answer.state !== 'here') {
      setState((was) => (was === 'signed-out' ? was : 'not-reached'));
      return;
    }
    setPage(answer.value);
    setState('here');
    const figure = await ask<OpenedPage>(`figures/${key}`);
    if (figure.state === 'here') setOpened(figure.value);
  }

  const key = opened?.key ?? 'people-given-blood';
  useEffect(() => {
    void refresh(key);
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && state !== 'signed-out') void refresh(key);
    }, askEvery);
    return () => clearInterval(timer);
  }, [key, state === 'signed-out']);

  const open = (figure: DistrictFigure) =>
    void ask<OpenedPage>(`figures/${figure}`).then((answer) => {
      if (answer.state === 'here') setOpened(answer.value);
      else if (answer.state === 'signed-out') setState('signed-out');
      else setState('not-reached');
    });
  const signOut = () =>
    void ask('sign-out', {}).then(() => {
      setPage(null);
      setOpened(null);
      setState('signed-out');
    });

  return (
    <div class="desk" lang={words.language} dir={words.direction}>
      <Masthead title={page ? nameOf(page.office, words.language) : words.say('reports.desk')}>
        <LanguageSwitch onChoose={chooseLanguage} />
        {page && <Button onClick={signOut}>{words.say('reports.sign-out')}</Button>}
      </Masthead>
      <main>
        {state === 'not-reached' && (
          <p class="note" role="status">
            {words.say('reports.not-reached')}
          </p>
        )}
        {state === 'opening' && <p class="note">{words.say('reports.loading')}</p>}
        {state === 'signed-out' && <SignIn onSignedIn={() => setState('opening')} />}
        {page && state !== 'signed-out' && (
          <>
            <div class="title">
              <h1>{nameOf(page.office, words.language)}</h1>
              <p>{words.say('reports.opens')}</p>
            </div>
            <DistrictOverview page={page} opened={opened} onOpen={open} />
            {page.sample && <p class="note foot-note">{words.say('reports.sample')}</p>}
          </>
        )}
      </main>
    </div>
  );
}

function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }): VNode {
  const words = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async () => {
    setBusy(true);
    const answer = await ask('sign-in', { name, password });
    setBusy(false);
    if (answer.state === 'here') onSignedIn();
    else if (answer.state === 'refused')
      setSaid(
        answer.minutes === null
          ? words.say('reports.not-let-in')
          : words.say('reports.wait', { minutes: answer.minutes }),
      );
    else setSaid(words.say('reports.not-reached'));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <h1>{words.say('reports.sign-in')}</h1>
      <Field label={words.say('reports.name')} name="name" value={name} onInput={setName} autoFocus />
      <Field
        label={words.say('reports.password')}
        name="password"
        type="password"
        value={password}
        onInput={setPassword}
        error={said}
      />
      <Button kind="go" type="submit" busy={busy}>
        {words.say('reports.sign-in')}
      </Button>
    </form>
  );
}
