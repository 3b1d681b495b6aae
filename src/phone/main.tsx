import '../platform/design/phone/fonts/fonts.css';
import '../platform/design/phone/design.css';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { Page, PageActionsProvider } from '../platform/design/phone/page.tsx';
import { applyLight } from '../platform/design/phone/sheet.tsx';
import type { Language } from '../platform/languages/language.ts';
import {
  chosenLanguage,
  loadWords,
  rememberLanguage,
  WordsProvider,
} from '../platform/languages/phone/words-context.tsx';
import type { Words } from '../platform/languages/say.ts';
import { wearNotebook } from './notebook.ts';

function Program({ first }: { readonly first: Words }) {
  const [words, setWords] = useState(first);
  const chooseLanguage = (language: Language) => {
    rememberLanguage(language);
    void loadWords(language).then((loaded) => {
      wearNotebook(loaded);
      setWords(loaded);
    });
  };
  return (
    <WordsProvider value={words}>
      <PageActionsProvider value={{ chooseLanguage }}>
        <Page title={words.say('design.notebook')}>{null}</Page>
      </PageActionsProvider>
    </WordsProvider>
  );
}

applyLight();
const words = await loadWords(chosenLanguage());
wearNotebook(words);
const place = document.getElementById('notebook');
if (place) render(<Program first={words} />, place);
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/service-worker.js');
