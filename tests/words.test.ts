import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { calendarWords } from '../src/platform/languages/calendar-words.ts';
import { languageNames } from '../src/platform/languages/language.ts';
import { drawnCharacters } from '../tools/fonts.ts';
import { gather, isOfDesk, isOfOffice, wordFolders } from '../tools/words.ts';

const root = join(import.meta.dirname, '..');
const { catalogs, places, faults } = gather(wordFolders());

// Words that stand in Latin letters in Sindhi and Urdu too.
const latinAllowed = /\b(PIN|QR|SMS|ID|OK|English|LSO|VO|CO|CRP|CNIC|RhD|Rs|kg|km|A|B|AB|O)\b/g;

/** The text of a sentence without its places. */
function textOnly(sentence: string): string {
  return sentence
    .replace(/\{\s*\w+\s*,\s*(plural|select)\s*,/g, '{')
    .replace(/\b(one|other|zero|two|few|many|=\d+|[a-z][a-z-]*)\s*\{/g, '{')
    .replace(/\{\s*\w+\s*(,\s*\w+\s*)?\}/g, ' ');
}

test('every sentence stands in Sindhi, Urdu and English with the same places', () => {
  expect(faults).toEqual([]);
  expect(catalogs.en.size).toBeGreaterThan(20);
});

test('no phone says a sentence that only the desk carries', () => {
  const ofDesk = [...catalogs.en].filter(([, { file }]) => isOfDesk(dirname(file))).map(([id]) => id);
  expect(ofDesk.length).toBeGreaterThan(10);
  const said = globSync('src/**/phone/**/*.{ts,tsx}', { cwd: root }).flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return ofDesk.filter((id) => source.includes(`'${id}'`)).map((id) => `${file}: ${id}`);
  });
  expect(said).toEqual([]);
});

/** What a page loads at once: its file, all that it imports, and so on. What is loaded later is asked for by `import(…)`. */
function loadedAtOnce(start: string, found = new Set<string>()): Set<string> {
  if (found.has(start)) return found;
  found.add(start);
  const source = readFileSync(join(root, start), 'utf8');
  for (const match of source.matchAll(/^(?:import|export) (?!type\b)(?:[^'";]*? from )?'(\.[^']+\.tsx?)';/gm)) {
    const file = normalize(join(dirname(start), match[1] as string));
    if (!file.endsWith('.generated.ts')) loadedAtOnce(file, found);
  }
  return found;
}

test('before a PIN nothing is said that comes with the office', () => {
  const behind = [...catalogs.en].filter(([, { file }]) => isOfOffice(dirname(file))).map(([id]) => id);
  expect(behind.length).toBeGreaterThan(100);
  const door = [...loadedAtOnce('src/phone/main.tsx')];
  expect(door.length).toBeGreaterThan(20);
  const said = door.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return behind.filter((id) => source.includes(`'${id}'`)).map((id) => `${file}: ${id}`);
  });
  expect(said).toEqual([]);
});

test('no English is left in Sindhi and Urdu', () => {
  for (const language of ['ur', 'sd'] as const)
    for (const [id, { text }] of catalogs[language])
      expect(textOnly(text).replace(latinAllowed, ''), `${language} ${id}`).not.toMatch(/[A-Za-z]/);
});

test('every refusal and every flag has its sentence, and gives it its values', () => {
  const lacking: string[] = [];
  for (const file of globSync('src/**/*.{ts,tsx}', { cwd: root })) {
    if (file.includes('.test.')) continue;
    const source = readFileSync(join(root, file), 'utf8');
    for (const match of source.matchAll(
      /\b(?:refuse|flag)\(\s*'([a-z0-9-]+(?:\.[a-z0-9-]+)+)'(?:\s*,\s*\{([^{}]*)\})?\s*\)/g,
    )) {
      const [, code = '', given = ''] = match;
      if (!catalogs.en.has(code)) lacking.push(`${file}: ${code} has no sentence`);
      const names = given.split(',').map((pair) => pair.split(':')[0]?.trim());
      if (names.some((name) => name?.startsWith('...'))) continue;
      for (const name of places.get(code)?.keys() ?? [])
        if (!names.includes(name)) lacking.push(`${file}: ${code} is refused without its ${name}`);
    }
  }
  expect(lacking).toEqual([]);
});

test('a flag that the platform itself raises has its sentence', () => {
  const raised = globSync('src/platform/book/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/do: 'flag',\s*code: '([a-z.-]+)'/g)].map(([, code]) => code),
  );
  expect(new Set(raised)).toEqual(new Set(['book.corrected-twice', 'book.moved-since']));
  for (const code of raised) expect(catalogs.en.has(code as string), code).toBe(true);
});

test('the fonts on a phone can draw every character of every sentence, date and language name', async () => {
  const drawn = await drawnCharacters();
  const texts = [
    ...Object.values(catalogs).flatMap((catalog) => [...catalog.values()].map(({ text }) => text)),
    JSON.stringify(calendarWords),
    ...Object.values(languageNames),
    // Every letter that a name may have, and the digits of both kinds.
    'ابٻڀتٿٽٺثپجڄڃچڇحخدڌڏڊڍذرڙزسشصضطظعغفڦقڪکگڳڱلمنڻوهءيٹڈڑژںہھیے',
    '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹0123456789+−%',
  ];
  const missing = new Set(
    texts
      .join('')
      .match(/[^\n\r\u200b-\u200f\u2066-\u2069]/gu)
      ?.filter((character) => !drawn.has(character.codePointAt(0) ?? 0)),
  );
  expect([...missing]).toEqual([]);
});

/** Children of elements that print a group, a phone, a CNIC or an id bare, where right-to-left text would turn them over. */
function bareValues(source: string): readonly string[] {
  const found = source.match(/>\s*\{\s*[\w.?]*(?:bloodGroup|group|phone|phoneNumber|cnic|mobile)\s*\}/gi) ?? [];
  const written = source.match(/>[^<>{}\n]*\b(?:AB|A|B|O)[+−-](?![\w-])[^<>{}\n]*</g) ?? [];
  return [...found, ...written];
}

test('no screen prints a blood group or a phone number bare: they go through BloodGroup, PhoneNumber or Ltr', () => {
  const bare = globSync('src/**/*.tsx', { cwd: root }).flatMap((file) =>
    bareValues(readFileSync(join(root, file), 'utf8').replace(/<(Ltr|bdi)\b[^>]*>[^<]*<\/\1>/g, '')).map(
      (found) => `${file}: ${found}`,
    ),
  );
  expect(bare).toEqual([]);
  expect(bareValues('<p>{donor.bloodGroup}</p>')).toHaveLength(1);
  expect(bareValues('<p>needs B− now</p>')).toHaveLength(1);
  expect(bareValues('<BloodGroup group={donor.bloodGroup} />')).toHaveLength(0);
});

const planted = mkdtempSync(join(tmpdir(), 'otaq-words-'));
afterAll(() => rmSync(planted, { recursive: true, force: true }));

function plant(sentences: Readonly<Record<'en' | 'ur' | 'sd', string>>): readonly string[] {
  const folder = join(planted, 'blood-donors', 'words');
  mkdirSync(folder, { recursive: true });
  for (const [language, text] of Object.entries(sentences)) writeFileSync(join(folder, `${language}.po`), text);
  return gather([folder]).faults.map((fault) => fault.replace(planted, ''));
}

const line = (id: string, text: string): string => `msgid "${id}"\nmsgstr "${text}"\n`;

test('a missing Sindhi sentence is a fault that names it', () => {
  const id = 'blood-donors.thanks';
  expect(plant({ en: line(id, 'Thank you'), ur: line(id, 'شکریہ'), sd: '' }).join()).toContain(
    'blood-donors.thanks has no sentence in sd',
  );
});

test('a translation that drops a value is a fault', () => {
  const id = 'blood-donors.thanks';
  expect(
    plant({ en: line(id, 'Thank you, {name}'), ur: line(id, 'شکریہ، {name}'), sd: line(id, 'مهرباني') }).join(),
  ).toContain('has the places none, English has {name}');
});

test('a key that belongs to another folder, and a sentence that is not ICU, are faults', () => {
  expect(
    plant({ en: line('loans.thanks', 'a'), ur: line('loans.thanks', 'ا'), sd: line('loans.thanks', 'ا') }).join(),
  ).toContain('must begin with blood-donors.');
  expect(plant({ en: line('blood-donors.a', '{n, plural'), ur: '', sd: '' }).join()).toContain(
    'is not ICU MessageFormat',
  );
});
