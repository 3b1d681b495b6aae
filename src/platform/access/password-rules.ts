/** NIST SP 800-63B: length is what counts; nothing is asked of its signs. In code points. */
export const shortestPassword = 12;

/** What stands on the wall here, and is tried first: the program, the programme, its districts, and what passwords are made of anywhere. */
const wordsOfThisPlace = [
  'otaq',
  'srso',
  'rspn',
  'sindh',
  'pakistan',
  'sukkur',
  'larkana',
  'shikarpur',
  'jacobabad',
  'kashmore',
  'kambar',
  'khairpur',
  'ghotki',
  'naushahro',
  'kandhkot',
  'hamdard',
  'password',
  'passwort',
  'welcome',
  'admin',
  'qwerty',
  'asdf',
  'zxcv',
  'letmein',
  'iloveyou',
  'bismillah',
  'mashallah',
  'allah',
];
/** So many signs must be left when the words of this place, the account's name and running digits are taken away. */
const leftAtLeast = 6;
const differentAtLeast = 5;

/**
 * Whether a password would be tried among the first: words of this place or the account's own with little beside them, one piece said again
 * and again, signs in a row, or too few different signs. `own`: the account's names.
 */
export function isEasyPassword(password: string, own: readonly string[]): boolean {
  const signs = [...password.normalize('NFC').toLowerCase()];
  if (new Set(signs).size < differentAtLeast || isRepeated(signs) || isRow(signs)) return true;
  const ownWords = own.flatMap((name) => name.toLowerCase().split(/[\s.-]+/)).filter((word) => word.length > 2);
  let left = signs.join('');
  for (const word of [...ownWords, ...wordsOfThisPlace].sort((a, b) => b.length - a.length))
    left = left.replaceAll(word, '');
  // Years, counting up, and what is put between and behind.
  left = left.replace(/(19|20)\d\d|0?123\d*|[^\p{L}\p{N}]/gu, '');
  return new Set(left).size < leftAtLeast && left.length < leftAtLeast;
}

/** One piece of at most a third, said again and again: `abcabcabcabc`. */
function isRepeated(signs: readonly string[]): boolean {
  for (let piece = 1; piece <= signs.length / 3; piece++)
    if (signs.every((sign, at) => sign === signs[at % piece])) return true;
  return false;
}

/** Most of it goes up or down by one: `abcdefghijkl`, `210987654321`. */
function isRow(signs: readonly string[]): boolean {
  const steps = signs
    .slice(1)
    .map((sign, at) => (sign.codePointAt(0) ?? 0) - ((signs[at] as string).codePointAt(0) ?? 0));
  return steps.filter((step) => Math.abs(step) === 1).length > steps.length * 0.6;
}
