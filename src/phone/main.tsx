import '../platform/design/phone/fonts/fonts.css';
import '../platform/design/phone/design.css';
import { render } from 'preact';
import { applyLight } from '../platform/design/phone/sheet.tsx';
import { chosenLanguage, loadWords } from '../platform/languages/phone/words-context.tsx';
import { wearNotebook } from './notebook.ts';
import { Program } from './program.tsx';

applyLight();
const words = await loadWords(chosenLanguage());
wearNotebook(words);
const place = document.getElementById('notebook');
if (place) render(<Program first={words} />, place);
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/service-worker.js');
