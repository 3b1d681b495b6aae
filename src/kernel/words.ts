/*
 * How words are folded for search, never for storage. Two keys a word:
 *
 *   fold      marks, joiners and look-alike letters of Sindhi, Urdu and Arabic made one; Latin in small letters
 *   skeleton  the consonants alone, in Latin: شبانه, شبانہ, Shabana and Shabaana all give `xbn`
 *
 * So a woman typed in Roman letters is found when her name is written in Sindhi or Urdu.
 */

const alike: Readonly<Record<string, string>> = Object.fromEntries(
  ['اآأإٱ', 'يیېىئے', 'ڪکكک', 'ههھہةۂۃە', 'وؤۇ', 'نںڻ', 'تټ', 'رړ'].flatMap((letters) =>
    [...letters].map((letter) => [letter, letters[0] as string]),
  ),
);

/** Small letters, no marks, look-alikes made one, single spaces. */
export function fold(text: string): string {
  let folded = '';
  for (const letter of text.normalize('NFKD').toLowerCase())
    if (!/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u2066-\u2069]/.test(letter))
      folded += alike[letter] ?? letter;
  return folded.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

// One Latin sign for every sound that spelling between the scripts keeps; x is sh, c is ch, 8 is a dental or retroflex t.
const sounds: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['بٻڀ', 'b'],
      ['پ', 'p'],
      ['تٿٽٺطٹټ', 't'],
      ['ثسص', 's'],
      ['جڄ', 'j'],
      ['چڇڃ', 'c'],
      ['حهھہةەۂۃ', 'h'],
      ['خ', 'k'],
      ['دڌڏڊڍڈ', 'd'],
      ['ذزضظ', 'z'],
      ['رڙڑړ', 'r'],
      ['ژ', 'z'],
      ['ش', 'x'],
      ['غگڳڱ', 'g'],
      ['فڦ', 'f'],
      ['قڪکك', 'k'],
      ['ل', 'l'],
      ['م', 'm'],
      ['نںڻ', 'n'],
    ] as const
  ).flatMap(([letters, sound]) => [...letters].map((letter) => [letter, sound])),
);

/** The consonants of a word in Latin, doubled ones once; vowels, h, w and y fall away because spellings disagree on them. */
export function skeleton(word: string): string {
  let bones = '';
  const latin = word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/sh/g, 'x')
    .replace(/ch/g, 'c')
    .replace(/kh|q/g, 'k')
    .replace(/gh/g, 'g')
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/dh/g, 'd')
    .replace(/[bj]h/g, (pair) => pair[0] as string);
  for (const letter of latin) {
    const sound = /[bcdfgjklmnprstvxz]/.test(letter) ? letter.replace('v', '') : (sounds[letter] ?? '');
    if (sound !== '' && sound !== 'h' && !bones.endsWith(sound)) bones += sound;
  }
  return bones;
}

/** What a typed text is compared with: the folded words and their skeletons. */
export type SearchKey = { readonly folded: string; readonly bones: readonly string[] };

export function searchKey(...texts: readonly (string | null)[]): SearchKey {
  const folded = fold(texts.filter((text) => text !== null).join(' '));
  return {
    folded,
    bones: [
      ...new Set(
        folded
          .split(' ')
          .map(skeleton)
          .filter((bones) => bones !== ''),
      ),
    ],
  };
}

/**
 * How well a typed text finds a key: 0 not at all, 3 a word begins with it, 2 it stands within, 1 its skeleton agrees. Every
 * typed word must be found.
 */
export function findIn(key: SearchKey, typed: SearchKey): number {
  if (typed.folded === '') return 0;
  let worst = 3;
  for (const word of typed.folded.split(' ')) {
    const padded = ` ${key.folded}`;
    const bones = skeleton(word);
    const found = padded.includes(` ${word}`)
      ? 3
      : word.length > 2 && padded.includes(word)
        ? 2
        : bones.length > 1 && key.bones.some((own) => own.startsWith(bones))
          ? 1
          : 0;
    worst = Math.min(worst, found);
  }
  return worst;
}

/** Whether two written names sound like one name, word by word, whatever their scripts. */
export function soundsLike(a: string, b: string): boolean {
  return skeletonsOf(a) === skeletonsOf(b);
}

function skeletonsOf(text: string): string {
  return fold(text).split(' ').map(skeleton).sort().join(' ');
}
