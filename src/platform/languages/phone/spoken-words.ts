import type { Language } from '../language.ts';
import { languageTag } from '../language.ts';

// A voice "in the cloud" would send her sentences to a third party, so only voices on the device speak.
function localVoice(language: Language): SpeechSynthesisVoice | undefined {
  if (!('speechSynthesis' in globalThis)) return undefined;
  return speechSynthesis
    .getVoices()
    .find((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language));
}

/** Speaks a sentence with a voice of this device. False when the device has no voice for the language. */
export function speak(text: string, language: Language): boolean {
  const voice = localVoice(language);
  if (!voice) return false;
  speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text.replace(/[\u2066-\u2069]/g, ''));
  utterance.voice = voice;
  utterance.lang = languageTag(language);
  speechSynthesis.speak(utterance);
  return true;
}

/** Silence, at once: for quick hide and for leaving a page. */
export function stopSpeaking(): void {
  if ('speechSynthesis' in globalThis) speechSynthesis.cancel();
}
