/*
 * How a sentence is spoken from recordings. A recording is bound to the very words it says: when a sentence is changed, its old recording is
 * no longer found, and nothing is read aloud that does not stand on the page.
 *
 *   "⁦3⁩ صفحا اڃا نه موڪليا. ..."  ─►  number 3 · phrase "صفحا اڃا نه موڪليا" · …
 *
 * Numbers are said from recordings of 0 to 100; a longer one (a telephone, a year) in pairs of digits. A value that nobody recorded (a name)
 * is a gap.
 */
import type { Compiled } from './say.ts';

/** What is said next: a recorded phrase, or a value that is not recorded. */
export type Spoken = { readonly phrase: string } | { readonly gap: string };

/** The greatest number that is recorded as one word. */
export const greatestNumber = 100;

const isolates = /[\u2066-\u2069]/g;
/** Stands for a value while phrases are gathered. */
const value = '\ufffc';

/** A phrase as it is compared: no isolates, one kind of space, no mark at its ends. */
export function foldPhrase(text: string): string {
  return text
    .replace(isolates, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\s.,:;!?·…«»“”"()،؛؟۔—–-]+|[\s.,:;!?·…«»“”"()،؛؟۔—–-]+$/g, '');
}

/** Sentences, and what stands between values, each a phrase of its own. */
function stretches(text: string): string[] {
  return text
    .split(/(?<=[.!?؟۔])\s+|\n/)
    .map(foldPhrase)
    .filter((phrase) => phrase !== '');
}

const hasLetter = /\p{L}/u;

/** Every phrase that a sentence of the catalog may be said with, whatever its values. */
export function phrasesOf(compiled: Compiled): string[] {
  const found = wholesOf(compiled)
    .flatMap((whole) => whole.split(new RegExp(`${value}|\\d+`)))
    .flatMap(stretches)
    .filter((phrase) => hasLetter.test(phrase));
  return [...new Set(found)];
}

// A sentence in all its cases, its values replaced.
function wholesOf(compiled: Compiled): string[] {
  if (typeof compiled === 'string') return [compiled];
  let wholes = [''];
  for (const token of compiled) {
    const next =
      typeof token === 'string'
        ? [token === '#' ? value : token]
        : token[2]
          ? // The compiler leaves an `offset` that nobody set among the cases.
            Object.values(token[2]).flatMap((inner) => (inner === undefined ? [] : wholesOf(inner)))
          : [value];
    wholes = wholes.flatMap((whole) => next.map((part) => whole + part));
  }
  return wholes;
}

/** What is said, in order. `has`: whether a phrase is recorded. */
export function spokenOf(text: string, has: (phrase: string) => boolean): Spoken[] {
  const spoken: Spoken[] = [];
  for (const part of text.split(/([\u2066-\u2068][^\u2069]*\u2069)/)) {
    if (part === '') continue;
    for (const stretch of stretches(part)) {
      if (has(stretch)) spoken.push({ phrase: stretch });
      else for (const piece of stretch.split(/(\d+(?:[  ]\d+)*)/)) spoken.push(...piecesOf(piece, has));
    }
  }
  return spoken;
}

function piecesOf(piece: string, has: (phrase: string) => boolean): Spoken[] {
  const phrase = foldPhrase(piece);
  if (phrase === '') return [];
  if (/^[\d ]+$/.test(phrase)) return numberOf(phrase.replace(/\D/g, '')).map((said) => ({ phrase: said }));
  if (has(phrase)) return [{ phrase }];
  // A date is a number, a month and a number; of anything else no half is said.
  const words = phrase.split(' ');
  return words.every(has) ? words.map((word) => ({ phrase: word })) : [{ gap: phrase }];
}

/** Digits as they are said: a number up to a hundred whole, a longer one in pairs, a zero in front by itself. */
export function numberOf(digits: string): string[] {
  const whole = Number(digits);
  if (String(whole) === digits && whole <= greatestNumber) return [digits];
  if (digits.length % 2 === 1) return [digits.slice(0, 1), ...numberOf(digits.slice(1))];
  return (digits.match(/../g) ?? []).flatMap((pair) => (pair.startsWith('0') ? [...pair] : [pair]));
}
