import type { ComponentChildren, VNode } from 'preact';
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Language } from '../../languages/language.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import { MarkButton } from './button.tsx';
import { Mark } from './cloth-motif.tsx';
import { Icon } from './icon.tsx';
import { ListenMark } from './marks.tsx';
import { LanguageSwitch, Sheet, SunlightSwitch } from './sheet.tsx';

/** What every page can do, given once by the program. */
export type PageActions = {
  /** Quick hide. The desk has none. */
  readonly hide?: () => void;
  readonly chooseLanguage: (language: Language) => void;
};

const PageActionsContext = createContext<PageActions | null>(null);
export const PageActionsProvider = PageActionsContext.Provider;

type PageProps = {
  readonly title: ComponentChildren;
  readonly subtitle?: ComponentChildren;
  /** Where the back mark leads. The home page has none and shows the mark. */
  readonly back?: () => void;
  /** What this page is for, in a few sentences: shown, and read aloud, on the help sheet. */
  readonly help?: string;
  /** `emergency` puts the head on madder; `banner` stands in it. */
  readonly tone?: 'plain' | 'emergency';
  readonly banner?: ComponentChildren;
  /** Full-width strips under the head: not yet sent, a caution. */
  readonly strips?: ComponentChildren;
  readonly foot?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** One page of the book: head with back, title, closed eye and help always in the same corner; a body that scrolls; a foot that stays. */
export function Page({
  title,
  subtitle,
  back,
  help,
  tone = 'plain',
  banner,
  strips,
  foot,
  children,
}: PageProps): VNode {
  const words = useWords();
  const actions = useContext(PageActionsContext);
  const [helping, setHelping] = useState(false);
  const head = (
    <header class="bar">
      {back ? <MarkButton icon="back" label={words.say('design.back')} onClick={back} /> : <Mark />}
      <div class="t">
        <h1>{title}</h1>
        {subtitle && <p>{subtitle}</p>}
      </div>
      {actions?.hide && <MarkButton icon="hide" label={words.say('design.hide')} onClick={actions.hide} />}
      <MarkButton icon="help" label={words.say('design.help')} onClick={() => setHelping(true)} />
    </header>
  );
  return (
    <div class={`page ${tone}`} lang={words.language} dir={words.direction}>
      {head}
      <main class="leaf">
        {banner && <div class="banner">{banner}</div>}
        {strips}
        <div class="main">{children}</div>
      </main>
      {foot}
      <Sheet open={helping} title={words.say('design.help')} onClose={() => setHelping(false)}>
        {help && (
          <div class="ask">
            <p>{help}</p>
            <ListenMark text={help} ring />
          </div>
        )}
        <SunlightSwitch />
        {actions && <LanguageSwitch onChoose={actions.chooseLanguage} />}
      </Sheet>
    </div>
  );
}

/** A question with its listen mark. */
export function Question({
  children,
  spoken,
}: {
  readonly children: ComponentChildren;
  readonly spoken: string;
}): VNode {
  return (
    <div class="ask">
      <h2>{children}</h2>
      <ListenMark text={spoken} ring />
    </div>
  );
}

/** The big red way in: who, where, what. */
export function EmergencyButton({
  title,
  note,
  onClick,
}: {
  readonly title: string;
  readonly note?: string;
  readonly onClick: () => void;
}): VNode {
  return (
    <button type="button" class="sos" onClick={onClick}>
      <Icon name="emergency" />
      <span>
        <b>{title}</b>
        {note}
      </span>
    </button>
  );
}

/** A band of ajrak at the edge of a cover: never under text, never below 26 px. */
export function AjrakBorder(): VNode {
  return <div class="ajrak" aria-hidden="true" />;
}
