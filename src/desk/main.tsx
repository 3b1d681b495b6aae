import '../platform/design/phone/fonts/fonts.css';
import '../platform/design/phone/design.css';
import '../platform/design/desk/desk.css';
import { render } from 'preact';
import { applyLight } from '../platform/design/phone/sheet.tsx';
import { loadDeskWords } from '../platform/languages/desk/desk-words.ts';
import { chosenLanguage } from '../platform/languages/phone/words-context.tsx';
import { DeskProgram } from './desk-program.tsx';

applyLight();
const words = await loadDeskWords(chosenLanguage());
const place = document.getElementById('desk');
if (place) render(<DeskProgram first={words} />, place);
