import '../platform/design/phone/fonts/fonts.css';
import '../platform/design/phone/design.css';
import '../network/reports/desk/desk.css';
import { render } from 'preact';
import { applyLight } from '../platform/design/phone/sheet.tsx';
import { chosenLanguage, loadWords } from '../platform/languages/phone/words-context.tsx';
import { DeskProgram } from './desk-program.tsx';

applyLight();
const words = await loadWords(chosenLanguage());
document.documentElement.lang = words.language;
document.documentElement.dir = words.direction;
const place = document.getElementById('desk');
if (place) render(<DeskProgram first={words} />, place);
