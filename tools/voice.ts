/*
 * node tools/voice.ts: the placeholder voice, one file a language, of every sentence that a page reads aloud. A machine speaks (eSpeak NG, which
 * has Sindhi, Urdu and English); it is there until a woman has recorded her own, and the phone says so. What was spoken before is kept
 * in .cache/voice, so that only changed sentences are spoken anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import makeEspeak from 'espeak-ng';
import { createMp3Encoder } from 'wasm-media-encoders';
import { calendarWords } from '../src/platform/languages/calendar-words.ts';
import { languages } from '../src/platform/languages/language.ts';
import type { Compiled } from '../src/platform/languages/say.ts';
import { foldPhrase, greatestNumber, phrasesOf } from '../src/platform/languages/spoken-phrases.ts';
import { writeVoicePack } from '../src/platform/languages/voice-pack.ts';
import { gather, wordFolders } from './words.ts';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache/voice');
const written = join(root, 'src/platform/languages/phone/voice');
/** Kilobits a second, and samples a second: a machine’s voice has nothing above 8 kHz. */
const kilobits = 16;
const rate = 16_000;
/** Words a minute. Slower than the machine’s own 175: for ears that hear it the first time. */
const pace = 140;

/** Ids of the sentences that a page of the phone reads aloud: its help, its question, what stands beside a listen mark. */
export function idsReadAloud(known: Iterable<string>): string[] {
  const all = [...known];
  const found = new Set<string>();
  for (const file of globSync(['src/**/phone/**/*.tsx', 'src/phone/*.tsx'], { cwd: root })) {
    const source = readFileSync(join(root, file), 'utf8');
    const said = [
      ...source.matchAll(/\b(?:help|spoken|text|question)=\{((?:[^{}]|\{[^{}]*\})*)\}/g),
      ...source.matchAll(/\bconst (?:question|spoken|counted|giving|taking|said|told)\b[^=]*=([\s\S]*?);\n/g),
    ];
    for (const [, code = ''] of said) {
      for (const [, id = ''] of code.matchAll(/'([a-z0-9-]+\.[a-z0-9-]+)'/g)) if (all.includes(id)) found.add(id);
      for (const [, form = ''] of code.matchAll(/`([a-z0-9-]+\.[a-z0-9-]*)\$\{/g))
        for (const id of all) if (id.startsWith(form)) found.add(id);
    }
  }
  return [...found].sort();
}

/** Every phrase of a voice, in the order in which a woman would record them. */
export function phrasesOfVoice(language: (typeof languages)[number]): string[] {
  const sentences = gather(wordFolders()).catalogs[language];
  const { months, days, yesterday, today, tomorrow, ago, minute, hour, day } = calendarWords[language];
  const said = idsReadAloud(sentences.keys()).flatMap((id) =>
    phrasesOf(compileMessage(sentences.get(id)?.text ?? '') as Compiled),
  );
  const numbers = Array.from({ length: greatestNumber + 1 }, (_, i) => String(i));
  const words = [...months, ...days, yesterday, today, tomorrow, ago, ...minute, ...hour, ...day].map(foldPhrase);
  return [...new Set([...said, ...words, ...numbers])];
}

/** As much of it as is used here; the compiler's tables for tools have none. */
declare const WebAssembly: {
  readonly compile: (bytes: Uint8Array) => Promise<object>;
  readonly instantiate: (module: object, imports: object) => Promise<object>;
};

// Compiled once: each phrase runs a speaker of its own.
let speaker: Promise<object> | null = null;
async function compileSpeaker(): Promise<object> {
  const folder = createRequire(import.meta.url)
    .resolve('espeak-ng')
    .replace(/[^/\\]*$/, '');
  return WebAssembly.compile(readFileSync(join(folder, 'espeak-ng.wasm')));
}

/** Mono samples, as the machine speaks them at 22,050 a second. */
async function speak(phrase: string, language: string): Promise<Float32Array> {
  speaker ??= compileSpeaker();
  const compiled = await speaker;
  const espeak = await makeEspeak({
    arguments: ['-w', 'said.wav', '-s', String(pace), '-v', language, phrase],
    instantiateWasm: (imports, done) => {
      void WebAssembly.instantiate(compiled, imports).then(done);
      return {};
    },
  });
  const wav = espeak.FS.readFile('said.wav') as Uint8Array;
  const samples = new Int16Array(wav.slice(44).buffer);
  return Float32Array.from(samples, (sample) => sample / 32_768);
}

/** To fewer samples a second, by straight lines between them. */
function resampled(samples: Float32Array, from: number, to: number): Float32Array {
  const step = from / to;
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    const at = i * step;
    const left = Math.floor(at);
    const before = samples[left] ?? 0;
    return before + ((samples[left + 1] ?? before) - before) * (at - left);
  });
}

async function encode(samples: Float32Array): Promise<Uint8Array> {
  const encoder = await createMp3Encoder();
  encoder.configure({ sampleRate: rate, channels: 1, bitrate: kilobits });
  const body = encoder.encode([samples]).slice();
  return Buffer.concat([body, encoder.finalize()]);
}

async function soundOf(phrase: string, language: string): Promise<Uint8Array<ArrayBuffer>> {
  const name = createHash('sha256')
    .update(`${language} ${pace} ${rate} ${kilobits} ${phrase}`)
    .digest('hex')
    .slice(0, 32);
  const kept = join(cache, `${name}.mp3`);
  if (!existsSync(kept)) writeFileSync(kept, await encode(resampled(await speak(phrase, language), 22_050, rate)));
  return new Uint8Array(readFileSync(kept));
}

if (import.meta.main) {
  mkdirSync(cache, { recursive: true });
  mkdirSync(written, { recursive: true });
  for (const language of languages) {
    const sounds = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const phrase of phrasesOfVoice(language)) sounds.set(phrase, await soundOf(phrase, language));
    const pack = writeVoicePack({ language, voice: 'machine', sounds });
    writeFileSync(join(written, `${language}.voice`), pack);
    console.log(`voice ${language}: ${sounds.size} phrases, ${pack.length} bytes`);
  }
}
