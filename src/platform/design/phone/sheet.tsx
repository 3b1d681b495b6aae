import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Language } from '../../languages/language.ts';
import { directionOf, languageNames, languages } from '../../languages/language.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import { MarkButton } from './button.tsx';
import { Icon } from './icon.tsx';

type SheetProps = {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** A page lying on the page, as the browser's own dialog: Escape closes it, the rest of the page waits. */
export function Sheet({ open, title, onClose, children }: SheetProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const words = useWords();
  useEffect(() => {
    const element = dialog.current;
    if (open && !element?.open) element?.showModal();
    if (!open && element?.open) element.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="sheet" aria-label={title} onClose={onClose} closedby="any">
      {open && (
        <div class="sheet-inside">
          <div class="bar">
            <h2 class="t">{title}</h2>
            <MarkButton icon="cross" label={words.say('design.close')} onClick={onClose} />
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}

/** Each language under its own name. */
export function LanguageSwitch({ onChoose }: { readonly onChoose: (language: Language) => void }): VNode {
  const words = useWords();
  return (
    <fieldset class="lang" aria-label={words.say('design.language')}>
      {languages.map((language) => (
        <button
          type="button"
          key={language}
          lang={language}
          dir={directionOf(language)}
          aria-pressed={language === words.language}
          onClick={() => onChoose(language)}
        >
          {languageNames[language]}
        </button>
      ))}
    </fieldset>
  );
}

const sunlightKey = 'sunlight';

/** Puts the chosen light on the document. Called once at start. */
export function applyLight(): void {
  if (localStorage.getItem(sunlightKey) === 'on') document.documentElement.dataset.light = 'sun';
  else delete document.documentElement.dataset.light;
}

/** Black on white with borders, for the field at noon. */
export function SunlightSwitch(): VNode {
  const words = useWords();
  const [on, setOn] = useState(() => localStorage.getItem(sunlightKey) === 'on');
  return (
    <button
      type="button"
      class="row boxed"
      role="switch"
      aria-checked={on}
      onClick={() => {
        localStorage.setItem(sunlightKey, on ? 'off' : 'on');
        applyLight();
        setOn(!on);
      }}
    >
      <Icon name="sun" />
      <span class="n">
        {words.say('design.sunlight')}
        <small>{words.say('design.sunlight-meaning')}</small>
      </span>
      <span class={on ? 'box on' : 'box'}>{on && <Icon name="done" />}</span>
    </button>
  );
}
