/*
 * How written names are compared for search, never for storage, across Sindhi, Urdu and Roman letters.
 *
 *   fold     marks, joiners and look-alike letters of Sindhi, Urdu and Arabic made one; Latin in small letters
 *   sound    consonants, and between them what is written of the vowels:
 *
 *              شبانه  شبانہ  Shabana  Shabaana        X · b A n A          one key: Xbn
 *              Zainab  Zenab  زينب                    z AI n · b           one key: znb
 *
 * The key is the consonants alone, for spellings agree on little else. Vowels then tell Halima from Hulma: a long vowel that one
 * script writes must not be contradicted by the other; short vowels, which Sindhi and Urdu do not write, may be anything.
 */

const alike: ReadonlyMap<string, string> = new Map(
  ['اآأإٱ', 'يیېىئے', 'ڪکكک', 'ههھہةۂۃە', 'وؤۇ', 'نںڻ', 'تټ', 'رړ'].flatMap((letters) =>
    [...letters].map((letter) => [letter, letters[0] as string] as const),
  ),
);

const marks = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u2066-\u2069]/g;
const between = /[^\p{L}\p{N}]+/gu;

/** Small letters, no marks, look-alikes made one, single spaces. */
export function fold(text: string): string {
  let folded = '';
  for (const letter of bare(text)) folded += alike.get(letter) ?? letter;
  return folded.replace(between, ' ').trim();
}

function bare(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(marks, '');
}

// One sign for every sound that spelling between the scripts keeps: X is sh, C is ch. Aspirates and retroflex letters sound like their
// plain ones, since Roman spelling seldom tells them apart.
const consonants: ReadonlyMap<string, string> = new Map(
  (
    [
      ['بٻڀ', 'b'],
      ['پ', 'p'],
      ['تٿٽٺطٹټ', 't'],
      ['ثسص', 's'],
      ['جڄ', 'j'],
      ['چڇ', 'C'],
      ['خقڪکك', 'k'],
      ['دڌڏڊڍڈ', 'd'],
      ['ذزضظژ', 'z'],
      ['رڙڑړ', 'r'],
      ['ش', 'X'],
      ['غگڳ', 'g'],
      ['فڦ', 'f'],
      ['ل', 'l'],
      ['م', 'm'],
      ['نںڻڱڃ', 'n'],
    ] as const
  ).flatMap(([letters, sound]) => [...letters].map((letter) => [letter, sound] as const)),
);
const latin: ReadonlyMap<string, string> = new Map([...'bptjkgfdzrslmn'].map((letter) => [letter, letter]));
const latinPairs: ReadonlyMap<string, string> = new Map([
  ['sh', 'X'],
  ['ch', 'C'],
  ['ph', 'f'],
  ['kh', 'k'],
  ['gh', 'g'],
  ['th', 't'],
  ['dh', 'd'],
  ['bh', 'b'],
  ['jh', 'j'],
]);

/** What a run of vowels between two consonants has. `open`: a letter whose vowel is not fixed. `long`: more than one letter. */
const A = 1;
const I = 2;
const U = 4;
const open = 8;
const long = 16;
/** An h between vowels. Roman spelling writes it wherever it is heard. */
const H = 32;
/** A letter at the end that is an i in some names and an a in others: Musa, Mustafa. */
const either = 64;
/** What Roman spelling doubles is a long vowel, and Sindhi and Urdu write it: the vowel's bit, this many places higher. */
const doubled = 8;
const vowels = A | I | U;
const latinVowels: ReadonlyMap<string, number> = new Map([
  ['a', A],
  ['e', A | I],
  ['i', I],
  ['y', I],
  ['o', U],
  ['u', U],
  ['w', U],
  ['v', U],
]);

/** How a word sounds. `runs` has one place more than `key`: before, between and after its consonants. */
type Sound = { readonly key: string; readonly runs: readonly number[]; readonly latin: boolean };

const arabicLetter = /[\u0600-\u06ff]/;
const heard = new Map<string, Sound>();
const mostHeard = 20_000;

// A village has some thousand different words in its names: each is heard once.
function soundOf(word: string): Sound {
  let sound = heard.get(word);
  if (!sound) {
    sound = arabicLetter.test(word) ? hearArabic(word) : hearLatin(word);
    if (heard.size >= mostHeard) heard.clear();
    heard.set(word, sound);
  }
  return sound;
}

class Hearing {
  key = '';
  runs: number[] = [0];
  consonant(sound: string): void {
    this.key += sound;
    this.runs.push(0);
  }
  vowel(bits: number): void {
    const at = this.runs.length - 1;
    const before = this.runs[at] ?? 0;
    this.runs[at] = before | bits | (before & vowels && bits & vowels ? long : 0);
  }
  sound(latin: boolean): Sound {
    return { key: this.key, runs: this.runs, latin };
  }
}

function hearLatin(word: string): Sound {
  const hearing = new Hearing();
  // Abdul Rahman is said, and often written, Abdur Rahman.
  const text = word.replace(/^(abd[uae])l(?=[rsztdn])/, '$1');
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    const before = text[i - 1];
    const pair = latinPairs.get(text.slice(i, i + 2));
    if (pair) {
      hearing.consonant(pair);
      // chh is one sound.
      i += text[i + 1] === 'h' && text[i + 2] === 'h' ? 2 : 1;
    } else if (letter === 'x') {
      hearing.consonant('k');
      hearing.consonant('X');
    } else if (letter === 'q' || letter === 'c') hearing.consonant('k');
    else if (latin.has(letter)) {
      if (letter !== before) hearing.consonant(latin.get(letter) as string);
    } else if (i === 0 && (letter === 'h' || letter === 'y')) hearing.consonant(letter);
    else if (i === 0 && (letter === 'w' || letter === 'v')) hearing.consonant('w');
    else if (letter === 'h') {
      if (i < text.length - 1) hearing.vowel(H);
    } else if (latinVowels.has(letter)) {
      if (i === 0) hearing.consonant('a');
      if (letter !== before) hearing.vowel(latinVowels.get(letter) as number);
      else hearing.vowel((letter === 'e' ? I : (latinVowels.get(letter) as number)) << doubled);
    } else hearing.consonant(letter);
  }
  return hearing.sound(true);
}

function hearArabic(word: string): Sound {
  const hearing = new Hearing();
  // The article inside a name, عبدالغفور, loses its alef; before some letters it is not heard at all: نورالدين.
  const text = word
    .replace(/^(..+?)ال(?=[تثدذرزسشصضطظلن]..|[لله].$)/, '$1')
    .replace(/^(..+?)ال(?=...)/, '$1ل')
    .replace(/لل/g, 'ل');
  for (let i = 0; i < text.length; i++) {
    const letter = text[i] as string;
    const last = i === text.length - 1;
    const sound = consonants.get(letter);
    if (sound) hearing.consonant(sound);
    else if ('اآأإٱ'.includes(letter)) {
      if (i === 0) {
        hearing.consonant('a');
        // An alef at the beginning carries any vowel; what is written after it says which.
        hearing.vowel(open);
      } else hearing.vowel(A);
    } else if ('عء'.includes(letter)) {
      if (i === 0) hearing.consonant('a');
      hearing.vowel(open);
    } else if ('يیېىے'.includes(letter)) {
      if (i === 0) hearing.consonant('y');
      else hearing.vowel(last ? I | either : I);
    } else if ('وۇ'.includes(letter)) {
      if (i === 0) hearing.consonant('w');
      else hearing.vowel(U);
    } else if ('حههھہةۂۃە'.includes(letter)) {
      if (i === 0) hearing.consonant('h');
      else hearing.vowel(last && letter !== 'ح' ? A : H);
    } else hearing.consonant(letter);
  }
  return hearing.sound(false);
}

/** The consonants of a word, doubled ones once, a vowel only where the word begins with it: the same key for one name in three scripts. */
export function skeleton(word: string): string {
  return soundOf(bare(word)).key;
}

/** Whether two words that share their key, or the first the beginning of it, may be one. With `begun`, the first is still being typed. */
function agree(a: Sound, b: Sound, begun: boolean): boolean {
  const last = a.key.length;
  for (let i = 0; i < last; i++) if (!runsAgree(a.runs[i] ?? 0, b.runs[i] ?? 0, a.latin, b.latin)) return false;
  if (begun && last < b.key.length) return true;
  const [x, y] = [a.runs[last] ?? 0, b.runs[last] ?? 0];
  if (!begun) return endsAgree(x, y);
  return endsAgree(x, y) || (x & vowels & ~y) === 0;
}

function runsAgree(a: number, b: number, aLatin: boolean, bLatin: boolean): boolean {
  const [x, y] = [a & vowels, b & vowels];
  if (aLatin !== bLatin) {
    const [roman, script] = aLatin ? [a, b] : [b, a];
    if (roman & H && !(script & H)) return false;
    if (script & open) return true;
    const written = script & vowels;
    return (written & roman) === written && ((roman >> doubled) & vowels & ~written) === 0;
  }
  if ((a | b) & open || x === y) return true;
  // An alef is often left out in script: اسحاق, اسحٰق.
  if (!aLatin) return (x & ~A) === (y & ~A);
  if (x === 0 || y === 0) return !((a | b) & long) && (x | y) !== U;
  // Short vowels are written as they are heard, and heard as anything.
  return (x & y) !== 0 || !((a | b) & (long | (vowels << doubled)));
}

// The end of a name tells a woman from a man: Shahid, Shahida.
function endsAgree(a: number, b: number): boolean {
  const [x, y] = [a & vowels, b & vowels];
  if (x === y) return true;
  if (x === 0 || y === 0) return ((x === 0 ? a : b) & open) !== 0;
  if ((a | b) & open) return (x & y) !== 0 || ((x | y) & U) === 0;
  if ((a | b) & either) return ((x | y) & U) === 0 && !((a | b) & long);
  // A single e is heard as a or as i; ia is two.
  const isE = (run: number) => (run & vowels) === (A | I) && !(run & long);
  return (isE(a) || isE(b)) && (x & y) !== 0;
}

const links: ReadonlySet<string> = new Set(['ul', 'ud', 'un', 'ur', 'us', 'uz', 'e', 'al']);

/** The words of a name as they are compared: what joins two of them falls away, and Abdul Ghafoor is one. */
function wordsOf(text: string): string[] {
  const words = spelt(text);
  const names: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const next = words[i + 1];
    if (i > 0 && next !== undefined && links.has(word)) continue;
    if (next !== undefined && (/^abd([uae][lrsztdn])?$/.test(word) || word === 'عبد')) {
      names.push(word + next);
      i += 1;
    } else names.push(i > 0 && word.length >= 5 ? word.replace(/^ال/, '') : word);
  }
  return names;
}

function spelt(text: string): string[] {
  const words = bare(text).replace(between, ' ').trim();
  return words === '' ? [] : words.split(' ');
}

type HeardName = { readonly words: readonly Sound[]; readonly joined: string };
const heardNames = new Map<string, HeardName>();

function hearName(text: string): HeardName {
  let name = heardNames.get(text);
  if (!name) {
    const words = wordsOf(text).map(soundOf);
    words.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    name = { words, joined: soundOf(spelt(text).join('')).key };
    if (heardNames.size >= mostHeard) heardNames.clear();
    heardNames.set(text, name);
  }
  return name;
}

/** Whether two written names sound like one name, word by word in any order, whatever their scripts. */
export function soundsLike(a: string, b: string): boolean {
  const [one, other] = [hearName(a), hearName(b)];
  if (one.words.length === 0 || other.words.length === 0) return false;
  if (one.words.length !== other.words.length) return one.joined === other.joined;
  // Words that share a key may stand in either order: each needs a twin of its own.
  const left = [...other.words];
  return one.words.every((word) => {
    const at = left.findIndex((twin) => twin.key === word.key && agree(word, twin, false));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** A word that is looked for, or stands in a name: as it is folded, and as it sounds. */
type SearchWord = { readonly folded: string; readonly sound: Sound };

/** What a typed text is compared with, and a typed text itself. */
export type SearchKey = {
  readonly folded: string;
  readonly words: readonly SearchWord[];
  /** Neighbouring words as one: Noor Muhammad is looked for as Noormuhammad, and the other way round. */
  readonly joined: readonly SearchWord[];
};

function searchWord(word: string): SearchWord {
  return { folded: fold(word), sound: soundOf(word) };
}

function joinedOf(text: string): string[] {
  const words = wordsOf(text);
  return words.slice(1).map((word, i) => `${words[i]}${word}`);
}

type Parts = { readonly words: readonly string[]; readonly joined: readonly string[] };

// Many share a name: it is taken apart once.
const partsHeard = new Map<string, Parts>();
function partsOf(text: string): Parts {
  let parts = partsHeard.get(text);
  if (!parts) {
    parts = { words: wordsOf(text), joined: joinedOf(text) };
    if (partsHeard.size >= mostHeard) partsHeard.clear();
    partsHeard.set(text, parts);
  }
  return parts;
}

export function searchKey(...texts: readonly (string | null)[]): SearchKey {
  const written = texts.filter((text) => text !== null);
  return {
    folded: fold(written.join(' ')),
    words: written.flatMap(wordsOf).map(searchWord),
    joined: written.flatMap(joinedOf).map(searchWord),
  };
}

/** How well a typed word is found in one that is written: 4 it is the same, 3 it begins with it, 2 it sounds like it, 1 it begins to; 0 not at all. */
function findWord(written: SearchWord, typed: SearchWord): 0 | 1 | 2 | 3 | 4 {
  if (written.folded === typed.folded) return 4;
  if (written.folded.startsWith(typed.folded)) return 3;
  const { sound } = typed;
  if (sound.key.length === 0 || !written.sound.key.startsWith(sound.key)) return 0;
  if (sound.key === written.sound.key && agree(sound, written.sound, false)) return 2;
  // One consonant alone begins half the names of a village.
  return sound.key.length > 1 && agree(sound, written.sound, true) ? 1 : 0;
}

/**
 * How well a typed text is found in a key: 0 not at all, 4 word for word, 3 its words begin with it, less where they only sound like it. Every typed
 * word must be found.
 */
export function findIn(key: SearchKey, typed: SearchKey): number {
  if (typed.words.length === 0) return 0;
  let worst = 4;
  for (const word of typed.words) {
    let best = 0;
    for (const written of key.words) best = Math.max(best, findWord(written, word));
    for (const written of key.joined)
      best = Math.max(best, findWord(written, word) || joinedAlike(written.sound, word.sound));
    worst = Math.min(worst, best);
  }
  if (worst > 0 || typed.words.length === 1) return worst;
  const joined = soundOf(spelt(typed.folded).join(''));
  return Math.max(0, ...key.words.map(({ sound }) => joinedAlike(sound, joined)));
}

// Of two words that are one in the other spelling, the vowel between them is anybody's: Noor Din, Nooruddin.
function joinedAlike(one: Sound, joined: Sound): 0 | 1 {
  return joined.key.length > 2 && one.key === joined.key ? 1 : 0;
}

/**
 * Names of thousands, found as they are typed. Every different word is compared once, whoever bears it, so that a search among 12,000
 * people looks at some thousand words and not at 12,000 names.
 */
export class NameSearch {
  readonly #words: Bearers = new Map();
  readonly #joined: Bearers = new Map();
  readonly #names = new Map<string, readonly (string | null)[]>();

  get size(): number {
    return this.#names.size;
  }

  /** Writes the names under which somebody is found, in the place of those before. */
  put(id: string, ...texts: readonly (string | null)[]): void {
    this.drop(id);
    for (const { words, joined } of texts.flatMap((text) => (text === null ? [] : [partsOf(text)]))) {
      for (const word of words) bear(this.#words, word, id);
      for (const word of joined) bear(this.#joined, word, id);
    }
    this.#names.set(id, texts);
  }

  drop(id: string): void {
    for (const text of this.#names.get(id) ?? []) {
      if (text === null) continue;
      const { words, joined } = partsOf(text);
      for (const word of words) forget(this.#words, word, id);
      for (const word of joined) forget(this.#joined, word, id);
    }
    this.#names.delete(id);
  }

  /** Who is found by every typed word, the best found first; equals in the order of their ids. */
  find(text: string, limit = Number.POSITIVE_INFINITY): string[] {
    const { words } = partsOf(text);
    let found: Map<string, number> | null = null;
    for (const typed of words.map(searchWord)) {
      const now = new Map<string, number>();
      const rise = (ids: ReadonlySet<string>, rank: number) => {
        if (rank === 0) return;
        for (const id of ids) {
          const before: number | undefined = found === null ? 4 : found.get(id);
          if (before !== undefined) now.set(id, Math.max(now.get(id) ?? 0, Math.min(before, rank)));
        }
      };
      for (const { word, ids } of this.#words.values()) rise(ids, findWord(word, typed));
      for (const { word, ids } of this.#joined.values())
        rise(ids, findWord(word, typed) || joinedAlike(word.sound, typed.sound));
      found = now;
    }
    const all: Map<string, number> = found ?? new Map();
    if (words.length > 1) {
      const joined = soundOf(spelt(text).join(''));
      for (const { word, ids } of this.#words.values())
        if (joinedAlike(word.sound, joined)) for (const id of ids) if (!all.has(id)) all.set(id, 1);
    }
    return [...all]
      .sort(([a, rankA], [b, rankB]) => rankB - rankA || (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([id]) => id);
  }
}

/** A word, and who bears it. */
type Bearers = Map<string, { readonly word: SearchWord; readonly ids: Set<string> }>;

function bear(bearers: Bearers, word: string, id: string): void {
  const entry = bearers.get(word);
  if (entry) entry.ids.add(id);
  else bearers.set(word, { word: searchWord(word), ids: new Set([id]) });
}

function forget(bearers: Bearers, word: string, id: string): void {
  const entry = bearers.get(word);
  entry?.ids.delete(id);
  if (entry?.ids.size === 0) bearers.delete(word);
}
