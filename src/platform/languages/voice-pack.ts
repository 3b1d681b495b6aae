/*
 * A voice as one file:
 *
 *   8 bytes "otaqvoi1" · 4 bytes length of the list (little end first) · the list as JSON in ASCII · the sounds one after the other
 *
 * The list names each phrase by its own words and says where its sound lies. Sounds are what a browser can decode: MP3 from the tool, what
 * the phone's recorder makes from a human voice.
 */
import * as z from 'zod/mini';
import { languages } from './language.ts';

const mark = 'otaqvoi1';
const headBytes = mark.length + 4;

const listShape = z.strictObject({
  language: z.enum(languages),
  /** A machine’s, or a woman’s own. */
  voice: z.enum(['machine', 'human']),
  phrases: z
    .array(z.tuple([z.string().check(z.maxLength(2000)), z.int().check(z.positive())]))
    .check(z.maxLength(5000)),
});

export type VoicePack = {
  readonly language: (typeof languages)[number];
  readonly voice: 'machine' | 'human';
  readonly sounds: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
};

/** More than this is no voice of an office. */
export const mostPackBytes = 30_000_000;

export function writeVoicePack({ language, voice, sounds }: VoicePack): Uint8Array<ArrayBuffer> {
  const phrases = [...sounds].map(([phrase, sound]) => [phrase, sound.length]);
  const list = bytesOf(JSON.stringify({ language, voice, phrases }).replace(/[^ -~]/g, escaped));
  const size = [...sounds.values()].reduce((sum, sound) => sum + sound.length, 0);
  const bytes = new Uint8Array(headBytes + list.length + size);
  bytes.set(bytesOf(mark));
  new DataView(bytes.buffer).setUint32(mark.length, list.length, true);
  bytes.set(list, headBytes);
  let at = headBytes + list.length;
  for (const sound of sounds.values()) {
    bytes.set(sound, at);
    at += sound.length;
  }
  return bytes;
}

/** Null for a file that is no voice, or not a whole one. */
export function readVoicePack(bytes: Uint8Array<ArrayBuffer>): VoicePack | null {
  if (bytes.length < headBytes || textOf(bytes.subarray(0, mark.length)) !== mark) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(mark.length, true);
  let value: unknown;
  try {
    value = JSON.parse(textOf(bytes.subarray(headBytes, headBytes + length)));
  } catch {
    return null;
  }
  const parsed = listShape.safeParse(value);
  if (!parsed.success) return null;
  const sounds = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = headBytes + length;
  for (const [phrase, size] of parsed.data.phrases) {
    sounds.set(phrase, bytes.subarray(at, at + size));
    at += size;
  }
  return at === bytes.length ? { language: parsed.data.language, voice: parsed.data.voice, sounds } : null;
}

/** JSON says any letter in ASCII, so that a rule needs no encoder. */
function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function bytesOf(ascii: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(ascii, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
