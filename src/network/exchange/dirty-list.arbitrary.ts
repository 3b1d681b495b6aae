/*
 * A list as clerks of many offices type it: headings in any language, names in three scripts, days and digits in every form, blank
 * rows, and, where asked, a share of wrong cells. The same seed gives the same list.
 */
import { seededChance } from '../../cli/demo/sample-names.ts';
import type { Cell } from './sheet.ts';

export type DirtyList = {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows of the spreadsheet in which a cell is wrong. */
  readonly wrongRows: readonly number[];
};

const given = [
  ['Shabana', 'شبانه', 'شبانہ'],
  ['Zeba', 'زيبا', 'زیبا'],
  ['Halima', 'حليما', 'حلیمہ'],
  ['Nasreen', 'نسرين', 'نسرین'],
  ['Ghulam', 'غلام', 'غلام'],
  ['Bux Ali', 'بخش علي', 'بخش علی'],
  ['Muhammad Khan', 'محمد خان', 'محمد خان'],
  ['Sodhal', 'سوڍل', 'سوڈھل'],
] as const;
const castes = [
  ['Chandio', 'چانڊيو', 'چانڈیو'],
  ['Magsi', 'مگسي', 'مگسی'],
  ['Brohi', 'بروهي', 'بروہی'],
  ['Jatoi', 'جتوئي', 'جتوئی'],
] as const;

/** Households of the villages and COs that `office` names, as many as asked; every hundredth is wrong when `dirty`. */
export function dirtyHouseholds(
  count: number,
  seed: number,
  office: { readonly cos: number },
  dirty = true,
): DirtyList {
  const chance = seededChance(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  const rows: Cell[][] = [];
  const wrongRows: number[] = [];
  let row = 1;
  for (let i = 0; i < count; i++) {
    row += 1;
    if (dirty && i % 250 === 249) {
      // A clerk leaves a line between two pages of the old register.
      rows.push([null, '  ', null, null, null, null, null]);
      row += 1;
    }
    const script = Math.floor(chance() * 3);
    // A number in the name keeps every household one of its own, as a father's name does in a register.
    const head = `${pick(given)[script]} ${pick(castes)[script]} ${letters(i)}`;
    const parent = `${pick(given)[script]} ${pick(castes)[script]}`;
    const size = 1 + Math.floor(chance() * 12);
    const day = 1 + Math.floor(chance() * 28);
    const month = 1 + Math.floor(chance() * 12);
    const year = 2010 + Math.floor(chance() * 14);
    const since = pick<Cell>([
      `${day}-${month}-${year}`,
      `${String(day).padStart(2, '0')}/${String(month).padStart(2, '0')}/${String(year).slice(2)}`,
      `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      `${inScript(day, 0x6f0)} ${['جنوري', 'مارچ', 'جون'][month % 3]} ${inScript(year, 0x6f0)}`,
      `${day} ${['Jan', 'March', 'June'][month % 3]} ${year}`,
      40_179 + Math.floor(chance() * 4000),
    ]);
    const co = 1 + (i % office.cos);
    const cells: Cell[] = [
      `${chance() < 0.1 ? '  ' : ''}${head}${chance() < 0.1 ? '\u200f ' : ''}`,
      parent,
      pick<Cell>([size, String(size), inScript(size, 0x660), `${size}.0`]),
      pick<Cell>([`CO ${co}`, co, `co-${co}`, `سي او ${inScript(co, 0x6f0)}`]),
      since,
      String(Math.floor(i / 20) + 1),
      // A column that no list has.
      `${i}`,
    ];
    if (dirty && i % 100 === 99) {
      wrongRows.push(row);
      const fault = Math.floor(i / 100) % 5;
      if (fault === 0) cells[0] = null;
      else if (fault === 1) cells[2] = 'many';
      else if (fault === 2) cells[3] = 'CO 9999';
      else if (fault === 3) cells[4] = '31-02-2017';
      else cells[0] = '=HYPERLINK("http://example.org")';
    }
    rows.push(cells);
  }
  return {
    headings: ['گهر جو وڏو', 'Father/Husband', 'Number of people', 'CO', 'Member since', 'صفحو', 'Serial'],
    rows,
    wrongRows,
  };
}

function letters(i: number): string {
  let word = '';
  for (let rest = i + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    word = String.fromCharCode(97 + ((rest - 1) % 26)) + word;
  return word;
}

function inScript(number: number, zero: number): string {
  return String(number).replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}
