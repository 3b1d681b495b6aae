import type { Tier } from '../../federation/organizations/organization.ts';
import type { Birth } from '../../federation/people/birth.ts';
import type { PlaceLevel } from '../../federation/places/place.ts';
import { type BloodGroup, parseBloodGroup } from '../../kernel/blood-group.ts';
import { toLatinDigits } from '../../kernel/digits.ts';
import type { Names } from '../../kernel/names.ts';
import { parsePhoneNumber } from '../../kernel/phone-number.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { fold } from '../../kernel/words.ts';
import { type Finder, type KnownOrganization, type KnownPlace, type Ref, refKey } from './known-office.ts';
import type { AnsweredField, Choices } from './list-answers.ts';
import { type Column, everySpelling, type Field } from './list-columns.ts';
import { limits, type SheetRow, textOf, type Wrong } from './sheet.ts';
import { readDay } from './typed-day.ts';

const urduOnly = /[ٹڈڑںےہۓی]/;
const sindhiOnly = /[ٻڀٺٽٿڃڄڇڌڏڊڍڙڦڪڳڱڻي]/;

/** The script in which a name is written. */
function scriptOf(text: string): 'sd' | 'ur' | 'en' {
  if (!/[\u0600-\u06ff]/.test(text)) return 'en';
  return urduOnly.test(text) && !sindhiOnly.test(text) ? 'ur' : 'sd';
}

/** Reads one row, cell by cell, and keeps everything that is wrong with it. */
export class RowReader {
  readonly wrong: Wrong[] = [];
  readonly notes: Wrong[] = [];
  readonly #columns: readonly Column[];
  readonly #row: SheetRow;

  constructor(columns: readonly Column[], row: SheetRow) {
    this.#columns = columns;
    this.#row = row;
  }

  /** The row as the spreadsheet counts it. */
  get row(): number {
    return this.#row.row;
  }

  /** Says what is wrong with the cell of a field. */
  refuse(field: Field, code: string, params: Wrong['params'] = {}): null {
    const column = this.#headingOf(field);
    // A cell whose column is not there is named by the heading it would have.
    this.wrong.push({ row: this.#row.row, column, code, params: column === null ? { ...params, field } : params });
    return null;
  }

  note(field: Field, code: string, params: Wrong['params']): void {
    this.notes.push({ row: this.#row.row, column: this.#headingOf(field), code, params });
  }

  #headingOf(field: Field): string | null {
    return this.#columns.find((column) => column.field === field)?.heading ?? null;
  }

  #cell(field: Field): { readonly text: string; readonly raw: unknown } | null {
    for (const [i, column] of this.#columns.entries()) {
      if (column.field !== field) continue;
      const raw = this.#row.cells[i];
      const text = textOf(raw);
      if (text !== null) return { text, raw };
    }
    return null;
  }

  text(field: Field, most: number): string | null {
    const cell = this.#cell(field);
    if (cell === null) return null;
    if (cell.text.length > most) return this.refuse(field, 'exchange.too-long', { most });
    return cell.text;
  }

  /** A name in every script that the columns, or the letters of the cells, show. */
  names(field: Field, needed: boolean): Names | null {
    const names: { sd: string | null; ur: string | null; en: string | null } = { sd: null, ur: null, en: null };
    for (const [i, column] of this.#columns.entries()) {
      if (column.field !== field) continue;
      const text = textOf(this.#row.cells[i]);
      if (text === null) continue;
      if (text.length > 80) return this.refuse(field, 'exchange.too-long', { most: 80 });
      if (/^[=@]/.test(text)) return this.refuse(field, 'exchange.is-a-formula', { value: text.slice(0, 40) });
      if (!/\p{L}/u.test(text)) return this.refuse(field, 'exchange.not-a-name', { value: text });
      names[column.script ?? scriptOf(text)] ??= text;
    }
    if (names.sd !== null || names.ur !== null || names.en !== null) return names;
    if (needed) this.refuse(field, 'exchange.needed');
    return null;
  }

  number(field: Field, from: number, to: number): number | null {
    const cell = this.#cell(field);
    if (cell === null) return null;
    const text = toLatinDigits(cell.text).replace(/\.0+$/, '');
    const value = Number(text);
    if (!/^\d{1,9}$/.test(text) || value < from || value > to)
      return this.refuse(field, 'exchange.not-a-number', { value: shown(cell.text), from, to });
    return value;
  }

  day(field: Field, needed: boolean, today: PlainDate): PlainDate | null {
    const cell = this.#cell(field);
    if (cell === null) return needed ? this.refuse(field, 'exchange.needed') : null;
    const read = readDay(cell.text);
    if (read === null) return this.refuse(field, 'exchange.not-a-day', { value: shown(cell.text) });
    if (read.day > today) return this.refuse(field, 'exchange.day-to-come', { on: read.day });
    if (read.ambiguous) this.note(field, 'exchange.day-both-ways', { value: shown(cell.text), on: read.day });
    return read.day;
  }

  choice<T extends string>(field: AnsweredField, choices: Choices<T>, needed: boolean): T | null {
    const cell = this.#cell(field);
    if (cell === null) return needed ? this.refuse(field, 'exchange.needed') : null;
    const wanted = fold(cell.text);
    for (const choice of Object.keys(choices) as T[])
      if (everySpelling(choices[choice]).some((written) => fold(written) === wanted)) return choice;
    return this.refuse(field, 'exchange.not-one-of', { value: shown(cell.text), answers: field });
  }

  /** A birth as far as it is known: its day, its year, or an age told today. */
  born(today: PlainDate): Birth | null {
    const thisYear = Number(today.slice(0, 4));
    const cell = this.#cell('born');
    if (cell === null) {
      const age = this.number('age', 0, 120);
      return age === null ? null : { age, toldOn: today };
    }
    const digits = toLatinDigits(cell.text);
    if (/^\d{4}(\.0+)?$/.test(digits)) {
      const year = Math.floor(Number(digits));
      if (year >= 1900 && year <= thisYear) return { year };
      return this.refuse('born', 'exchange.not-a-year', { value: shown(cell.text), to: thisYear });
    }
    const day = this.day('born', false, today);
    return day === null ? null : { on: day };
  }

  phone(field: Field): string | null {
    const cell = this.#cell(field);
    if (cell === null) return null;
    // A spreadsheet takes the first zero of a number for nothing.
    const text = typeof cell.raw === 'number' && String(cell.raw).length === 10 ? `0${cell.raw}` : cell.text;
    const number =
      parsePhoneNumber(text) ?? (/^3\d{9}$/.test(toLatinDigits(text)) ? parsePhoneNumber(`0${text}`) : null);
    return number ?? this.refuse(field, 'exchange.not-a-phone', { value: shown(cell.text) });
  }

  bloodGroup(field: Field): BloodGroup | null | 'unknown' {
    const cell = this.#cell(field);
    if (cell === null) return 'unknown';
    if (['', 'unknown', 'not known', 'نامعلوم', 'معلوم نہیں', 'معلوم ناهي', 'na'].map(fold).includes(fold(cell.text)))
      return 'unknown';
    return parseBloodGroup(cell.text) ?? this.refuse(field, 'exchange.not-a-group', { value: shown(cell.text) });
  }

  place(field: Field, finder: Finder, levels: readonly PlaceLevel[]): KnownPlace | null {
    const text = this.text(field, limits.cell);
    if (text === null) return null;
    return this.#one(field, text, finder.places(text, levels), 'exchange.no-such-place');
  }

  organization(field: Field, finder: Finder, tier: Tier, parent: Ref | null): KnownOrganization | null {
    const text = this.text(field, limits.cell);
    if (text === null) return null;
    return this.#one(field, text, finder.organizations(text, tier, parent), 'exchange.no-such-organization');
  }

  #one<T extends { readonly at: Ref }>(field: Field, text: string, found: readonly T[], missing: string): T | null {
    const different = [...new Map(found.map((one) => [refKey(one.at), one])).values()];
    if (different.length === 1) return different[0] as T;
    if (different.length === 0) return this.refuse(field, missing, { value: shown(text) });
    return this.refuse(field, 'exchange.several', { value: shown(text), count: different.length });
  }
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
