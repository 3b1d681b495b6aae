/*
 * Cuts the fonts down to the letters of Sindhi, Urdu and English and writes them, with their style sheet, to src/platform/design/phone/fonts.
 * Noto Naskh Arabic keeps its joining rules (GSUB) and Sindhi shapes (locl); Literata keeps lining tabular figures. Nastaliq is Urdu by choice,
 * so it is written too but never precached. Fonts: OFL-1.1, from @fontsource.
 *
 * Print has the same families whole, as TrueType, in src/platform/print/server/fonts: a name may hold any letter, and Typst reads neither WOFF nor
 * fonts of variable weight.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const root = join(import.meta.dirname, '..');
const written = join(root, 'src/platform/design/phone/fonts');
const require = createRequire(import.meta.url);

const range = (from: number, to: number): string =>
  String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, at) => from + at));

/** The letters of the Sindhi and Urdu alphabets, their marks, digits of both kinds and punctuation. */
export const arabicScript =
  'ابٻڀتٿٽٺثپجڄڃچڇحخدڌڏڊڍذرڙزسشصضطظعغفڦقڪکگڳڱلمنڻوهءي' + // Sindhi
  'ٹڈڑژکگںہھیےۓۂۃ' + // Urdu
  'آأإؤئىةكۀې۽۾ٱ' +
  range(0x064b, 0x0655) +
  '\u0670\u0640\u0621\u0654' +
  range(0x0660, 0x066c) +
  range(0x06f0, 0x06f9) +
  '،؛؟۔٪٫٬﷽' +
  '⹁⁏';

/** Latin, figures and the signs that sentences use. */
export const latinScript = `${range(0x20, 0x7e)}\u00a0·–—‘’“”…−×÷°№→←•`;

/** Marks of direction and joining have no picture, but a font must know them or the browser looks elsewhere. */
const invisible = '\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069';

type Cut = {
  readonly name: string;
  readonly family: string;
  readonly weight: string;
  readonly source: string;
  readonly letters: string;
  readonly axes?: Record<string, { min: number; max: number; default: number }>;
};

const cuts: readonly Cut[] = [
  ...(['400', '700'] as const).map((weight) => ({
    name: `noto-naskh-arabic-${weight}`,
    family: 'Noto Naskh Arabic',
    weight,
    source: `@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-${weight}-normal.woff2`,
    letters: arabicScript + invisible,
  })),
  {
    name: 'literata',
    family: 'Literata',
    weight: '400 700',
    source: '@fontsource-variable/literata/files/literata-latin-wght-normal.woff2',
    letters: latinScript,
    axes: { wght: { min: 400, max: 700, default: 400 } },
  },
  {
    name: 'noto-nastaliq-urdu-400',
    family: 'Noto Nastaliq Urdu',
    weight: '400',
    source: '@fontsource/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-400-normal.woff2',
    letters: arabicScript + invisible,
  },
];

const printed = join(root, 'src/platform/print/server/fonts');
/** Every Latin letter with a mark, and the signs of prose. */
const wholeLatin = range(0x20, 0x24f) + range(0x1e00, 0x1eff) + range(0x2010, 0x205e) + latinScript;
const wholeArabic =
  range(0x600, 0x6ff) + range(0x750, 0x77f) + range(0x8a0, 0x8ff) + range(0xfb50, 0xfdff) + range(0xfe70, 0xfefc);

/** The fonts of print: one file a weight, since Typst takes a font of variable weight at one weight only. */
const printCuts: readonly (Pick<Cut, 'name' | 'source' | 'letters'> & { readonly weight?: number })[] = [
  ...[400, 700].flatMap((weight) =>
    ['latin', 'latin-ext'].map((script) => ({
      name: `literata-${script}-${weight}`,
      source: `@fontsource-variable/literata/files/literata-${script}-wght-normal.woff2`,
      letters: wholeLatin + invisible,
      weight,
    })),
  ),
  ...[400, 700].map((weight) => ({
    name: `noto-naskh-arabic-${weight}`,
    source: `@fontsource/noto-naskh-arabic/files/noto-naskh-arabic-arabic-${weight}-normal.woff2`,
    letters: wholeArabic + arabicScript + invisible,
  })),
  {
    name: 'noto-nastaliq-urdu-400',
    source: '@fontsource/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-400-normal.woff2',
    letters: wholeArabic + arabicScript + invisible,
  },
];

/** `U+627-63A,U+641`: for `unicode-range`, so that neither font draws the other's letters. */
function compact(letters: string): string {
  const codes = [...new Set([...letters].map((letter) => letter.codePointAt(0) ?? 0))].sort((a, b) => a - b);
  const runs: string[] = [];
  for (let at = 0; at < codes.length; ) {
    let end = at;
    while (codes[end + 1] === (codes[end] ?? 0) + 1) end++;
    const hex = (code: number | undefined) => (code ?? 0).toString(16).toUpperCase();
    runs.push(end === at ? `U+${hex(codes[at])}` : `U+${hex(codes[at])}-${hex(codes[end])}`);
    at = end + 1;
  }
  return runs.join(',');
}

/** The characters that a font file (sfnt, not compressed) has a picture for, from its cmap tables of format 4 and 12. */
export function charactersOf(sfnt: Uint8Array): ReadonlySet<number> {
  const view = new DataView(sfnt.buffer, sfnt.byteOffset, sfnt.byteLength);
  const found = new Set<number>();
  const tables = view.getUint16(4);
  for (let table = 0; table < tables; table++) {
    const record = 12 + table * 16;
    if (String.fromCharCode(...sfnt.subarray(record, record + 4)) !== 'cmap') continue;
    const cmap = view.getUint32(record + 8);
    for (let at = 0; at < view.getUint16(cmap + 2); at++) {
      const map = cmap + view.getUint32(cmap + 4 + at * 8 + 4);
      if (view.getUint16(map) === 12) {
        for (let group = 0; group < view.getUint32(map + 12); group++) {
          const from = map + 16 + group * 12;
          for (let code = view.getUint32(from); code <= view.getUint32(from + 4); code++) found.add(code);
        }
      } else if (view.getUint16(map) === 4) {
        const segments = view.getUint16(map + 6) / 2;
        for (let segment = 0; segment < segments; segment++) {
          const end = view.getUint16(map + 14 + segment * 2);
          for (let code = view.getUint16(map + 16 + segments * 2 + segment * 2); code <= end && code < 0xffff; code++)
            found.add(code);
        }
      }
    }
  }
  return found;
}

/** The characters that the phone's two fonts, as cut, can draw together. */
export async function drawnCharacters(): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const cut of cuts.filter(({ family }) => family !== 'Noto Nastaliq Urdu')) {
    const sfnt = await subsetFont(readFileSync(require.resolve(cut.source)), cut.letters, { targetFormat: 'sfnt' });
    for (const code of charactersOf(sfnt)) found.add(code);
  }
  return found;
}

async function main(): Promise<void> {
  mkdirSync(written, { recursive: true });
  let sheet = '/* Written by tools/fonts.ts. Do not edit. */\n';
  for (const cut of cuts) {
    const path = join(written, `${cut.name}.woff2`);
    if (!existsSync(path) || statSync(path).mtimeMs < statSync(import.meta.filename).mtimeMs) {
      const font = await subsetFont(readFileSync(require.resolve(cut.source)), cut.letters, {
        targetFormat: 'woff2',
        ...(cut.axes ? { variationAxes: cut.axes } : {}),
      });
      writeFileSync(path, font);
    }
    console.log(`${cut.name}: ${statSync(path).size} bytes`);
    sheet += `@font-face{font-family:"${cut.family}";font-weight:${cut.weight};font-display:swap;src:url("./${cut.name}.woff2") format("woff2");unicode-range:${compact(cut.letters)}}\n`;
  }
  mkdirSync(printed, { recursive: true });
  for (const { name, source, letters, weight } of printCuts) {
    const path = join(printed, `${name}.ttf`);
    if (existsSync(path) && statSync(path).mtimeMs >= statSync(import.meta.filename).mtimeMs) continue;
    const font = await subsetFont(readFileSync(require.resolve(source)), letters, {
      targetFormat: 'sfnt',
      ...(weight !== undefined && { variationAxes: { wght: weight } }),
    });
    writeFileSync(path, font);
    console.log(`${name}, for print: ${font.length} bytes`);
  }
  const path = join(written, 'fonts.css');
  if (!existsSync(path) || readFileSync(path, 'utf8') !== sheet) writeFileSync(path, sheet);
}

if (import.meta.main) await main();
