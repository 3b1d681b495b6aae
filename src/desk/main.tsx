import '../platform/design/phone/fonts/fonts.css';
import '../platform/design/phone/design.css';
import { render } from 'preact';
import { Page } from '../platform/design/phone/page.tsx';
import { applyLight } from '../platform/design/phone/sheet.tsx';
import { chosenLanguage, loadWords, WordsProvider } from '../platform/languages/phone/words-context.tsx';

applyLight();
const words = await loadWords(chosenLanguage());
const place = document.getElementById('desk');
if (place)
  render(
    <WordsProvider value={words}>
      <Page title="Otaq">{null}</Page>
    </WordsProvider>,
    place,
  );
