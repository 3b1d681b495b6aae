/*
 * Reads every `words/{en,ur,sd}.po` under src, checks that each sentence is in three languages with the same places, and writes two
 * catalogs a language (the phone's, and what only the desk says) and the list of keys under src/platform/languages. A fault is printed with file and key, and the exit code is 1.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';

type Place = [string] | [string, string] | [string, string, Record<string, Token[]>];
type Token = string | Place;
export type Sentence = { readonly text: string; readonly review: boolean; readonly file: string };
export type Sentences = Map<string, Sentence>;

const root = join(import.meta.dirname, '..');
const written = join(root, 'src/platform/languages');
const languages = ['en', 'ur', 'sd'] as const;
const numbers = new Set(['plural', 'number', 'rupees', 'percent', 'duration', 'ago']);
const texts = new Set(['select', 'date', 'day', 'weekday', 'month', 'phone', 'group']);

const unquote = (line: string): string => JSON.parse(line.slice(line.indexOf('"'))) as string;

/** The sentences of one PO file. Throws on a line that it does not understand: a dropped line would be a dropped sentence. */
export function readPo(text: string, file: string): Sentences {
  const sentences: Sentences = new Map();
  for (const block of text.split(/\r?\n[ \t]*\r?\n/)) {
    let id: string | null = null;
    let sentence: string | null = null;
    let review = false;
    for (const line of block.split(/\r?\n/).map((line) => line.trim())) {
      if (line === '') continue;
      if (line.startsWith('#')) review ||= line.startsWith('#,') && line.includes('fuzzy');
      else if (line.startsWith('msgid "')) id = unquote(line);
      else if (line.startsWith('msgstr "')) sentence = unquote(line);
      else if (line.startsWith('"') && sentence !== null) sentence += unquote(line);
      else if (line.startsWith('"') && id !== null) id += unquote(line);
      else throw new Error(`${file}: cannot read the line: ${line}`);
    }
    if (id === null || id === '') continue;
    if (sentence === null) throw new Error(`${file}: ${id} has no msgstr`);
    if (sentences.has(id)) throw new Error(`${file}: ${id} stands twice`);
    sentences.set(id, { text: sentence, review, file });
  }
  return sentences;
}

// The compiler leaves an `offset` that nobody set among the cases, and a case of one word bare.
function casesOf(
  cases: Readonly<Record<string, Token[] | Token | undefined>>,
): readonly (readonly [string, Token[]])[] {
  return Object.entries(cases).flatMap(([name, inner]) =>
    inner === undefined ? [] : [[name, typeof inner === 'string' ? [inner] : (inner as Token[])] as const],
  );
}

/** The places of a sentence with their types, such as `n:plural`. */
function placesOf(tokens: readonly Token[], found = new Map<string, string>()): Map<string, string> {
  for (const token of tokens) {
    if (typeof token === 'string') continue;
    const [name, type, cases] = token;
    if (!(found.has(name) && type === undefined)) found.set(name, type ?? found.get(name) ?? '');
    if (cases && typeof cases === 'object') for (const [, inner] of casesOf(cases)) placesOf(inner, found);
  }
  return found;
}

const described = (places: Map<string, string>): string =>
  [...places]
    .map(([name, type]) => (type ? `{${name}, ${type}}` : `{${name}}`))
    .sort()
    .join(' ') || 'none';

function typeOfValue(type: string): string {
  return numbers.has(type) ? 'number' : texts.has(type) ? 'string' : 'string | number';
}

/** Everything the catalogs are made of, and what is wrong with it. */
export function gather(folders: readonly string[]): {
  readonly catalogs: Record<(typeof languages)[number], Sentences>;
  readonly places: Map<string, Map<string, string>>;
  readonly faults: readonly string[];
} {
  const faults: string[] = [];
  const catalogs = { en: new Map(), ur: new Map(), sd: new Map() } as Record<(typeof languages)[number], Sentences>;
  const places = new Map<string, Map<string, string>>();
  for (const folder of folders) {
    const owner = ownerOf(folder);
    const read = { en: new Map(), ur: new Map(), sd: new Map() } as Record<(typeof languages)[number], Sentences>;
    for (const language of languages) {
      const file = join(folder, `${language}.po`);
      try {
        read[language] = readPo(readFileSync(file, 'utf8'), file);
      } catch (error) {
        faults.push(error instanceof Error ? error.message : `${file}: unreadable`);
      }
    }
    for (const id of new Set(languages.flatMap((language) => [...read[language].keys()]))) {
      const wants = read.en.get(id);
      if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(id)) faults.push(`${folder}: ${id} is no dotted key in small letters`);
      if (owner !== 'kernel' && !id.startsWith(`${owner}.`)) faults.push(`${folder}: ${id} must begin with ${owner}.`);
      if (catalogs.en.has(id)) faults.push(`${folder}: ${id} stands in another folder too`);
      for (const language of languages) {
        const sentence = read[language].get(id);
        if (!sentence || sentence.text.trim() === '') {
          faults.push(`${folder}: ${id} has no sentence in ${language}`);
          continue;
        }
        catalogs[language].set(id, sentence);
        try {
          const tokens = compileMessage(sentence.text) as Token[];
          // What it cannot parse, the compiler hands back as plain text.
          if (tokens.some((token) => typeof token === 'string' && /[{}]/.test(token))) throw new Error(sentence.text);
          const found = placesOf(tokens);
          for (const type of found.values())
            if (type !== '' && !numbers.has(type) && !texts.has(type))
              faults.push(`${sentence.file}: ${id} has an unknown type of place: ${type}`);
          if (language === 'en') places.set(id, found);
          else if (wants && described(found) !== described(places.get(id) ?? new Map()))
            faults.push(
              `${sentence.file}: ${id} has the places ${described(found)}, English has ${described(places.get(id) ?? new Map())}`,
            );
        } catch (error) {
          faults.push(
            `${sentence.file}: ${id} is not ICU MessageFormat: ${error instanceof Error ? error.message : error}`,
          );
        }
      }
    }
  }
  return { catalogs, places, faults };
}

/** Only the desk says these: no phone carries them. */
export function isOfDesk(folder: string): boolean {
  return basename(dirname(folder)) === 'desk';
}

/** Said only behind a PIN: a phone loads these with the office. The wings' words are; the platform's and the phone's own stand at the door. */
export function isOfOffice(folder: string): boolean {
  const wing = relative(join(root, 'src'), folder).split(sep)[0] as string;
  return !isOfDesk(folder) && !['kernel', 'platform', 'phone'].includes(wing);
}

/** The folder whose name begins every key: the register, also for what its desk says. */
function ownerOf(folder: string): string {
  const of = basename(dirname(folder));
  const above = basename(dirname(dirname(folder)));
  return of === 'desk' && above !== 'src' ? above : of;
}

export function wordFolders(): readonly string[] {
  return globSync('src/**/words', { cwd: root })
    .map((folder) => join(root, folder))
    .sort();
}

// `["Hello"]` is "Hello": most sentences have no places, and the catalog is part of what a phone loads.
const lean = (tokens: Token[]): unknown =>
  tokens.length === 0
    ? ''
    : tokens.length === 1 && typeof tokens[0] === 'string' && tokens[0] !== '#'
      ? tokens[0]
      : tokens.map((token) =>
          typeof token === 'string' || typeof token[2] !== 'object'
            ? token
            : [token[0], token[1], Object.fromEntries(casesOf(token[2]).map(([name, inner]) => [name, lean(inner)]))],
        );

function main(): number {
  const { catalogs, places, faults } = gather(wordFolders());
  for (const fault of faults) console.error(fault.replace(root + sep, ''));
  if (faults.length > 0) return 1;
  const ids = [...catalogs.en.keys()].sort();
  const head = '// Written by tools/words.ts from the PO files. Do not edit.\n';
  const put = (name: string, text: string) => {
    const path = join(written, name);
    let before = '';
    try {
      before = readFileSync(path, 'utf8');
    } catch {
      // not yet written
    }
    if (before !== text) writeFileSync(path, text);
  };
  for (const language of languages) {
    const write = (name: string, own: readonly string[]) => {
      const lines = own.map(
        (id) =>
          `  ${JSON.stringify(id)}: ${JSON.stringify(lean(compileMessage(catalogs[language].get(id)?.text ?? '') as Token[]))},`,
      );
      put(
        name,
        `${head}import type { Catalog } from './say.ts';\n\nexport const catalog: Catalog = {\n${lines.join('\n')}\n};\n`,
      );
    };
    const folderOf = (id: string) => dirname(catalogs[language].get(id)?.file ?? '');
    const ofDesk = (id: string) => isOfDesk(folderOf(id));
    const ofOffice = (id: string) => isOfOffice(folderOf(id));
    write(
      `catalog-${language}.generated.ts`,
      ids.filter((id) => !ofDesk(id) && !ofOffice(id)),
    );
    write(`office-catalog-${language}.generated.ts`, ids.filter(ofOffice));
    write(`desk-catalog-${language}.generated.ts`, ids.filter(ofDesk));
  }
  const shapes = ids.map((id) => {
    const fields = [...(places.get(id) ?? [])].map(
      ([name, type]) => `readonly ${JSON.stringify(name)}: ${typeOfValue(type)}`,
    );
    return `  ${JSON.stringify(id)}: ${fields.length ? `{ ${fields.join('; ')} }` : 'Record<never, never>'};`;
  });
  put(
    'message-id.generated.ts',
    `${head}/** The values that each sentence needs. */\nexport type MessageParams = {\n${shapes.join('\n')}\n};\n\nexport type MessageId = keyof MessageParams;\n`,
  );
  const waiting = languages.map(
    (language) => `${language} ${[...catalogs[language].values()].filter((sentence) => sentence.review).length}`,
  );
  console.log(`${ids.length} sentences in three languages; awaiting a speaker's review: ${waiting.join(', ')}`);
  return 0;
}

if (import.meta.main) process.exitCode = main();
