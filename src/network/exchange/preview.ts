/*
 * Looks through a whole list before anything is written:
 *
 *   sheet ─► headings ─► each row: cells ─► what it becomes ─► alike another? ─► right, with its line │ wrong, with what to correct
 *
 * Nothing is guessed: a row with one wrong cell is wrong, and a row that stands on a wrong row is wrong too.
 */
import { Finder, type KnownOffice, type Ref } from './known-office.ts';
import { type ImportList, readHeadings } from './list-columns.ts';
import { readListRow } from './list-rows.ts';
import { RowReader } from './row-reader.ts';
import { type Sheet, textOf, type Wrong } from './sheet.ts';

/** A row that can be written. `input` is made when the ids of the rows before it are known. */
export type RightRow = {
  readonly row: number;
  readonly command: string;
  readonly input: (idOf: (ref: Ref) => string) => unknown;
};

export type Preview = {
  readonly list: ImportList;
  readonly right: readonly RightRow[];
  /** Everything that is wrong, in the order of rows. */
  readonly wrong: readonly Wrong[];
  /** What was read in one of two ways, or not read at all. */
  readonly notes: readonly Wrong[];
  readonly rows: number;
  readonly wrongRows: number;
};

const isMissing: Readonly<Record<string, boolean>> = {
  'exchange.no-such-place': true,
  'exchange.no-such-organization': true,
};

/** Where a list comes before the one on which it stands, that is said once, and not beside every row. */
function withWhatComesFirst(list: ImportList, office: KnownOffice, wrong: readonly Wrong[]): readonly Wrong[] {
  const first = (code: string): Wrong => ({ row: null, column: null, code, params: {} });
  const villages = office.places.some(({ level }) => level === 'village' || level === 'settlement');
  const organizations = office.organizations.some(({ tier }) => tier === 'vo' || tier === 'co');
  const missing = (code: string) => wrong.some((fault) => fault.code === code);
  const comes = [
    ...(list !== 'places' && !villages && missing('exchange.no-such-place') ? [first('exchange.places-first')] : []),
    ...(list !== 'organizations' && !organizations && missing('exchange.no-such-organization')
      ? [first('exchange.organizations-first')]
      : []),
  ];
  return comes.length === 0 ? wrong : [...comes, ...wrong.filter(({ code }) => isMissing[code] !== true)];
}

export function previewList(list: ImportList, sheet: Sheet, office: KnownOffice): Preview {
  const { columns, wrong: wrongHeadings, notes: unread } = readHeadings(list, sheet.headings);
  const rows = sheet.rows.filter(({ cells }) => cells.some((cell) => textOf(cell) !== null));
  if (wrongHeadings.length > 0)
    return { list, right: [], wrong: wrongHeadings, notes: unread, rows: rows.length, wrongRows: rows.length };
  if (rows.length === 0) {
    const empty: Wrong = { row: null, column: null, code: 'exchange.no-rows', params: {} };
    return { list, right: [], wrong: [empty], notes: unread, rows: 0, wrongRows: 0 };
  }
  const finder = new Finder(office);
  const inFile = new Map<string, number>();
  const right: RightRow[] = [];
  const wrong: Wrong[] = [];
  const notes: Wrong[] = [...unread];
  let wrongRows = 0;
  for (const row of rows) {
    const reader = new RowReader(columns, row);
    if (row.cells.length > columns.length && row.cells.slice(columns.length).some((cell) => textOf(cell) !== null))
      reader.wrong.push({
        row: row.row,
        column: null,
        code: 'exchange.more-cells',
        params: { cells: row.cells.length, columns: columns.length },
      });
    const read = readListRow(list, reader, finder, office);
    if (read) {
      const { field, alike } = read;
      const before = alike.map((key) => inFile.get(key)).find((other) => other !== undefined);
      if (before !== undefined) reader.refuse(field, 'exchange.twice-in-file', { other: before });
      else if (alike.some((key) => office.alike.has(key))) reader.refuse(field, 'exchange.in-the-office', {});
      for (const key of alike) if (!inFile.has(key)) inFile.set(key, row.row);
    }
    if (read && reader.wrong.length === 0) {
      read.add?.(finder);
      right.push({ row: row.row, command: read.command, input: read.input });
    } else wrongRows += 1;
    wrong.push(...reader.wrong);
    notes.push(...reader.notes);
  }
  return { list, right, wrong: withWhatComesFirst(list, office, wrong), notes, rows: rows.length, wrongRows };
}
