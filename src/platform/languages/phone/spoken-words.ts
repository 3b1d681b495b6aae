import type { Language } from '../language.ts';
import { languageTag } from '../language.ts';

// A voice "in the cloud" would send her sentences to a third party, so only voices on the device speak.
function localVoice(language: Language): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in globalThis)) return undefined;
  return speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

/** Whose voice spoke: a woman's of the office, the phone's own, or a machine's that was recorded beforehand. */
export type Voice = 'human' | 'device' | 'machine';

/** The recordings are no part of what a phone loads first. */
const recordings = () => import('./recorded-voice.ts');
let used = false;

/** Reads a sentence aloud: in her office's own voice where all of it is recorded, then in the phone's, then in the recorded machine's. Null: silence. */
export async function speak(text: string, language: Language): Promise<Voice | null> {
  stopSpeaking();
  used = true;
  const { speakRecorded } = await recordings();
  if (await speakRecorded(text, language, 'human')) return 'human';
  if (deviceSpeaks(text, language)) return 'device';
  return (await speakRecorded(text, language, 'any')) ? 'machine' : null;
}

function deviceSpeaks(text: string, language: Language): boolean {
  const voice = localVoice(language);
  if (!voice) return false;
  const utterance = new SpeechSynthesisUtterance(text.replace(/[\u2066-\u2069]/g, ''));
  utterance.voice = voice;
  utterance.lang = languageTag(language);
  speechSynthesis.speak(utterance);
  return true;
}

/** Silence, at once: for quick hide and for locking. */
export function stopSpeaking(): void {
  if ('speechSynthesis' in globalThis) speechSynthesis.cancel();
  if (used) void recordings().then(({ stopRecorded }) => stopRecorded());
}
