/*
 * Recorded voices on this phone. Two stores, both the browser's own (Cache Storage), both outside of the program's:
 *
 *   voice       the shipped pack of a language, fetched when first listened to; it goes first when room is short
 *   own-voice   what a woman has recorded here, or brought in as a file: a sound a phrase, never thrown away by itself
 *
 * A phrase is looked for among her own first.
 */
import type { Language } from '../language.ts';
import { spokenOf } from '../spoken-phrases.ts';
import { readVoicePack, type VoicePack, writeVoicePack } from '../voice-pack.ts';

const shippedStore = 'voice';
const ownStore = 'own-voice';
/** Seconds between two phrases. */
const breath = 0.12;

// Named one by one, so that each becomes a file with its hash in its name: a changed voice has another address.
const shippedAt: Readonly<Record<Language, string>> = {
  sd: new URL('./voice/sd.voice', import.meta.url).href,
  ur: new URL('./voice/ur.voice', import.meta.url).href,
  en: new URL('./voice/en.voice', import.meta.url).href,
};
const ownForm = (language: Language) => `/own-voice/${language}/`;
const ownAt = (language: Language, phrase: string) => ownForm(language) + encodeURIComponent(phrase);

const opened = new Map<Language, VoicePack>();

/** The shipped voice; null where it is neither on this phone nor within reach. `fetching`: whether it may be fetched. */
export async function shippedVoice(language: Language, fetching = true): Promise<VoicePack | null> {
  const known = opened.get(language);
  if (known) return known;
  const address = shippedAt[language];
  const store = await caches.open(shippedStore);
  let answer = await store.match(address);
  if (!answer && fetching) {
    answer = await fetch(address, { credentials: 'omit' }).catch(() => undefined);
    if (!answer?.ok) return null;
    const bytes = await answer.arrayBuffer();
    if (readVoicePack(new Uint8Array(bytes)) === null) return null;
    // An older program's voice makes room for its successor.
    for (const kept of await store.keys())
      if (new URL(kept.url).pathname.includes(`/${language}-`)) await store.delete(kept);
    answer = new Response(bytes);
    // A phone that is full speaks all the same.
    await store.put(address, answer.clone()).catch(() => undefined);
  }
  if (!answer) return null;
  const pack = readVoicePack(new Uint8Array(await answer.arrayBuffer()));
  if (pack) opened.set(language, pack);
  return pack;
}

/** Phrases that were recorded here, with their sounds. */
export async function ownVoice(language: Language): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const store = await caches.open(ownStore);
  const sounds = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { url } of await store.keys()) {
    const path = new URL(url).pathname;
    if (!path.startsWith(ownForm(language))) continue;
    const answer = await store.match(url);
    if (answer)
      sounds.set(decodeURIComponent(path.slice(ownForm(language).length)), new Uint8Array(await answer.arrayBuffer()));
  }
  return sounds;
}

export async function keepOwn(language: Language, phrase: string, sound: Blob): Promise<void> {
  const store = await caches.open(ownStore);
  await store.put(ownAt(language, phrase), new Response(sound));
}

/** The office's own voice as one file, to carry to other phones; null when nothing is recorded. */
export async function ownAsFile(language: Language): Promise<Uint8Array<ArrayBuffer> | null> {
  const sounds = await ownVoice(language);
  return sounds.size === 0 ? null : writeVoicePack({ language, voice: 'human', sounds });
}

/** Keeps every phrase of a file. Answers how many; null for a file that is no voice of a woman. */
export async function takeInVoice(bytes: Uint8Array<ArrayBuffer>): Promise<number | null> {
  const pack = readVoicePack(bytes);
  if (pack?.voice !== 'human') return null;
  for (const [phrase, sound] of pack.sounds) await keepOwn(pack.language, phrase, new Blob([sound]));
  return pack.sounds.size;
}

/** Takes the shipped voices off this phone. Answers whether there were any: they come again when somebody listens. */
export async function dropShippedVoices(): Promise<boolean> {
  opened.clear();
  return caches.delete(shippedStore);
}

let speaker: AudioContext | null = null;
let playing: AudioBufferSourceNode[] = [];
/** Of two that were asked for, only the later one speaks. */
let turn = 0;

export function stopRecorded(): void {
  turn += 1;
  for (const source of playing) source.stop();
  playing = [];
}

/** Says sounds one after the other. Answers false when one cannot be decoded, or something else was asked for meanwhile. */
export async function playSounds(sounds: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean> {
  stopRecorded();
  const mine = turn;
  speaker ??= new AudioContext();
  const context = speaker;
  void context.resume();
  let buffers: AudioBuffer[];
  try {
    buffers = await Promise.all(sounds.map((sound) => context.decodeAudioData(sound.slice().buffer)));
  } catch {
    return false;
  }
  if (mine !== turn) return false;
  let at = context.currentTime;
  playing = buffers.map((buffer) => {
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start(at);
    at += buffer.duration + breath;
    return source;
  });
  return true;
}

/**
 * Says a text with what is recorded. `human`: only when her own voice says the whole of it. `any`: her own where it is there, the shipped one
 * elsewhere, with nothing in the place of a name. False when nothing could be said.
 */
export async function speakRecorded(text: string, language: Language, who: 'human' | 'any'): Promise<boolean> {
  const own = await ownVoice(language);
  if (who === 'human' && own.size === 0) return false;
  const shipped = who === 'any' ? await shippedVoice(language) : null;
  const soundOf = (phrase: string) => own.get(phrase) ?? shipped?.sounds.get(phrase);
  const spoken = spokenOf(text, (phrase) => soundOf(phrase) !== undefined);
  const sounds = spoken.map((said) => ('phrase' in said ? soundOf(said.phrase) : undefined));
  if (who === 'human' && sounds.some((sound) => sound === undefined)) return false;
  const said = sounds.filter((sound) => sound !== undefined);
  return said.length > 0 && playSounds(said);
}
