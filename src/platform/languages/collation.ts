/*
 * Names in the order of the alphabet. No engine sorts Sindhi: by code point ٻ stands after ي. Sindhi has 52 letters, two of them
 * written with two signs (جھ, گھ). Source: the alphabet as taught in Sindh, r12a.github.io/scripts/arab/sd; Urdu likewise, r12a.github.io/scripts/arab/ur.
 */
import type { Language } from './language.ts';

const sindhi =
  'ا ب ٻ ڀ ت ٿ ٽ ٺ ث پ ج ڄ جھ ڃ چ ڇ ح خ د ڌ ڏ ڊ ڍ ذ ر ڙ ز س ش ص ض ط ظ ع غ ف ڦ ق ڪ ک گ ڳ گھ ڱ ل م ن ڻ و ه ء ي'.split(
    ' ',
  );
const urdu = 'ا ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ہ ھ ء ی ے'.split(' ');

// Other ways of writing a letter, as keyboards and imports give them.
const sameIn: Readonly<Record<'sd' | 'ur', Readonly<Record<string, string>>>> = {
  sd: {
    آ: 'ا',
    أ: 'ا',
    إ: 'ا',
    ی: 'ي',
    ئ: 'ي',
    ى: 'ي',
    ې: 'ي',
    ہ: 'ه',
    ھ: 'ه',
    ة: 'ه',
    ۀ: 'ه',
    ك: 'ڪ',
    ؤ: 'و',
    ں: 'ن',
    '۽': 'ا',
    '۾': 'م',
  },
  ur: {
    آ: 'ا',
    أ: 'ا',
    إ: 'ا',
    ي: 'ی',
    ئ: 'ی',
    ى: 'ی',
    ه: 'ہ',
    ة: 'ہ',
    ۀ: 'ہ',
    ۂ: 'ہ',
    ك: 'ک',
    ڪ: 'ک',
    ؤ: 'و',
    ں: 'ن',
    ۓ: 'ے',
  },
};

/** A key per name; keys compare as numbers, letter by letter. Marks above and below letters do not count. */
function keyOf(name: string, language: Language): readonly number[] {
  // Arabic-script names in an English list follow the Sindhi order, after the Latin ones.
  const alphabet = language === 'ur' ? urdu : sindhi;
  const same = sameIn[language === 'ur' ? 'ur' : 'sd'];
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u064b-\u065f]|\u0670|\u0640|\u200c|\u200d|[\u2066-\u2069]/g, '');
  const key: number[] = [];
  for (let at = 0; at < plain.length; at++) {
    const two = plain.slice(at, at + 2).replace('ه', 'ھ');
    const pair = two.length === 2 && language !== 'ur' ? alphabet.indexOf(two) : -1;
    if (pair >= 0) {
      key.push(0x1000 + pair);
      at++;
      continue;
    }
    const letter = plain.charAt(at);
    const place = alphabet.indexOf(same[letter] ?? letter);
    key.push(
      place >= 0
        ? 0x1000 + place
        : letter.charCodeAt(0) < 0x1000
          ? letter.charCodeAt(0)
          : 0x2000 + letter.charCodeAt(0),
    );
  }
  return key;
}

/** For `sort`: names in the order of the reader's alphabet. Names spelled alike stay in a stable order by their characters. */
export function compareNames(language: Language): (a: string, b: string) => number {
  const keys = new Map<string, readonly number[]>();
  const remembered = (name: string) => {
    const known = keys.get(name);
    if (known) return known;
    const key = keyOf(name, language);
    keys.set(name, key);
    return key;
  };
  return (a, b) => {
    const left = remembered(a);
    const right = remembered(b);
    for (let at = 0; at < Math.min(left.length, right.length); at++) {
      const difference = (left[at] ?? 0) - (right[at] ?? 0);
      if (difference !== 0) return difference;
    }
    return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
  };
}
