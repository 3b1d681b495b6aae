/*
 * From a sentence of the catalog and its values to what a person reads. A sentence arrives compiled (tools/words.ts): text, or a list of text and
 * places, where a place is `[name]`, `[name, type]` or `[name, 'plural' | 'select', cases]`.
 *
 * Two things must stay true. A value never turns over in right-to-left text: it is isolated, as U+2066/U+2068 … U+2069 in plain text and
 * as `<bdi>` on a page. And a number stays on the line of its noun: the space after it does not break.
 */
import type { Params } from '../../kernel/result.ts';
import type { DigitStyle, Reader } from './format.ts';
import {
  formatAgo,
  formatBloodGroup,
  formatDate,
  formatDay,
  formatDuration,
  formatMonth,
  formatNumber,
  formatPercent,
  formatPhone,
  formatRelativeDay,
  formatRupees,
  formatWeekday,
} from './format.ts';
import type { Direction, Language } from './language.ts';
import { directionOf } from './language.ts';
import type { MessageId, MessageParams } from './message-id.generated.ts';

export type Place =
  | readonly [name: string]
  | readonly [name: string, type: string]
  | readonly [name: string, type: 'plural' | 'select', cases: Readonly<Record<string, Compiled>>];
export type Compiled = string | readonly (string | Place)[];
/** Sentences by key. A phone's catalog lacks what only the desk says. */
export type Catalog = Readonly<Partial<Record<MessageId, Compiled>>>;

/** A stretch of a sentence: the translator's text, or a value set into it. */
export type Part =
  | string
  | { readonly name: string; readonly value: unknown; readonly text: string; readonly dir: 'ltr' | 'auto' };

type ValuesOf<Id extends MessageId> = MessageParams[Id];
/** Nothing for a sentence without places, otherwise its values. */
export type SayArguments<Id extends MessageId> = [Record<never, never>] extends [ValuesOf<Id>]
  ? readonly []
  : readonly [params: ValuesOf<Id>];

/** All that a screen or a print needs to write for one reader. */
export type Words = {
  readonly language: Language;
  readonly direction: Direction;
  readonly digits: DigitStyle;
  /** A sentence as plain text, values isolated. */
  readonly say: <Id extends MessageId>(id: Id, ...params: SayArguments<Id>) => string;
  /** The sentence of a refusal or a flag, whose code is its key. */
  readonly sayRefusal: (refusal: { readonly code: string; readonly params: Params }) => string;
  /** A sentence in stretches, for `<Say>`. */
  readonly parts: (id: MessageId, params: Readonly<Record<string, unknown>>) => readonly Part[];
  readonly date: (date: string) => string;
  readonly day: (date: string) => string;
  readonly weekday: (date: string) => string;
  readonly month: (month: string) => string;
  readonly relativeDay: (date: string, today: string) => string;
  readonly duration: (minutes: number) => string;
  readonly ago: (minutes: number) => string;
  readonly number: (value: number) => string;
  readonly rupees: (paisa: number) => string;
  readonly percent: (value: number) => string;
  readonly phone: (number: string) => string;
};

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
// Written from right to left as a whole, although they contain digits: their words are the reader's own.
const inOwnWords = new Set(['date', 'day', 'weekday', 'month', 'duration', 'ago']);

function formatValue(type: string | undefined, value: unknown, reader: Reader): string {
  if (type === undefined) return typeof value === 'number' ? formatNumber(value, reader.digits) : String(value);
  if (type === 'date') return formatDate(String(value), reader);
  if (type === 'day') return formatDay(String(value), reader);
  if (type === 'weekday') return formatWeekday(String(value), reader);
  if (type === 'month') return formatMonth(String(value), reader);
  if (type === 'duration') return formatDuration(Number(value), reader);
  if (type === 'ago') return formatAgo(Number(value), reader);
  if (type === 'number') return formatNumber(Number(value), reader.digits);
  if (type === 'rupees') return formatRupees(Number(value), reader.digits);
  if (type === 'percent') return formatPercent(Number(value), reader.digits);
  if (type === 'phone') return formatPhone(String(value), reader.digits);
  if (type === 'group') return formatBloodGroup(String(value));
  throw new Error(`a sentence asks for ${type}, which nobody can write`);
}

/** All types a place may have; tools/words.ts refuses others. */
export const placeTypes = [
  'plural',
  'select',
  'date',
  'day',
  'weekday',
  'month',
  'duration',
  'ago',
  'number',
  'rupees',
  'percent',
  'phone',
  'group',
] as const;

/** Stretches of a compiled sentence. Throws when a value is missing: types hold that back, so it is a bug. */
export function interpret(
  compiled: Compiled,
  params: Readonly<Record<string, unknown>>,
  reader: Reader,
  counted?: { readonly name: string; readonly value: number },
): readonly Part[] {
  if (typeof compiled === 'string') return [compiled];
  const parts: Part[] = [];
  let afterNumber = false;
  for (const token of compiled) {
    if (typeof token === 'string' && token !== '#') {
      parts.push(afterNumber ? token.replace(/^ /, '\u00a0') : token);
      afterNumber = false;
      continue;
    }
    const [name, type, cases]: readonly [string, string?, Readonly<Record<string, Compiled>>?] =
      token === '#' ? [counted?.name ?? '', 'number'] : (token as Place);
    const value = params[name];
    if (value === undefined) throw new Error(`a sentence lacks its value: ${name}`);
    if (cases) {
      const chosen =
        type === 'plural'
          ? // Sindhi, Urdu and English count alike: one, and all others. Source: Unicode CLDR 48 plurals.
            // An exact count, `=0` in the sentence, is compiled to `0`.
            (cases[String(value)] ?? cases[value === 1 ? 'one' : 'other'] ?? cases.other)
          : (cases[String(value)] ?? cases.other);
      const inner = interpret(
        chosen ?? '',
        params,
        reader,
        type === 'plural' ? { name, value: Number(value) } : counted,
      );
      parts.push(...inner);
      continue;
    }
    const text = formatValue(type, value, reader);
    const dir = inOwnWords.has(type ?? '') || rightToLeft.test(text) ? 'auto' : 'ltr';
    parts.push({ name, value, text, dir });
    afterNumber = typeof value === 'number' && type !== 'rupees';
  }
  return parts;
}

/** Stretches as one plain text, values isolated where they could turn over. */
export function joinParts(parts: readonly Part[], direction: Direction): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (direction === 'ltr' && !rightToLeft.test(part.text)) return part.text;
      return `${part.dir === 'ltr' ? '\u2066' : '\u2068'}${part.text}\u2069`;
    })
    .join('');
}

/** The words of one reader, bound to a loaded catalog. */
export function makeWords(reader: Reader, catalog: Catalog): Words {
  const direction = directionOf(reader.language);
  const parts = (id: MessageId, params: Readonly<Record<string, unknown>>) => {
    const compiled = catalog[id];
    if (compiled === undefined) throw new Error(`no sentence for ${id}`);
    return interpret(compiled, params, reader);
  };
  return {
    language: reader.language,
    direction,
    digits: reader.digits,
    parts,
    say: (id, ...params) => joinParts(parts(id, params[0] ?? {}), direction),
    sayRefusal: ({ code, params }) => joinParts(parts(code as MessageId, params), direction),
    date: (date) => formatDate(date, reader),
    day: (date) => formatDay(date, reader),
    weekday: (date) => formatWeekday(date, reader),
    month: (month) => formatMonth(month, reader),
    relativeDay: (date, today) => formatRelativeDay(date, today, reader),
    duration: (minutes) => formatDuration(minutes, reader),
    ago: (minutes) => formatAgo(minutes, reader),
    number: (value) => formatNumber(value, reader.digits),
    rupees: (paisa) => formatRupees(paisa, reader.digits),
    percent: (value) => formatPercent(value, reader.digits),
    phone: (number) => formatPhone(number, reader.digits),
  };
}
