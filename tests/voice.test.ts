import { expect, test } from 'vitest';
import { languages } from '../src/platform/languages/language.ts';
import { idsReadAloud, phrasesOfVoice } from '../tools/voice.ts';
import { gather, wordFolders } from '../tools/words.ts';

test('every help, every question and the home page are in the voice, in three languages', () => {
  const { catalogs } = gather(wordFolders());
  const ids = idsReadAloud(catalogs.en.keys());
  for (const id of [
    'phone.home-spoken',
    'phone.home-help',
    'access.who',
    'emergencies.help',
    'phone.meeting-who',
    'phone.confirm-who',
  ])
    expect(ids).toContain(id);
  for (const language of languages) {
    const phrases = phrasesOfVoice(language);
    expect(phrases.length).toBeGreaterThan(300);
    for (const number of ['0', '41', '100']) expect(phrases).toContain(number);
    expect(new Set(phrases).size).toBe(phrases.length);
  }
});
