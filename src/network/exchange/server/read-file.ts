/*
 * From the bytes of a file to a table, whatever the file is. Bounded at every step: a file that is too large, that unpacks to too
 * much, or that has too many rows or columns, is refused before it is held in memory whole.
 */
import { inflateRawSync } from 'node:zlib';
import { CsvError, parse } from 'csv-parse/sync';
import { readSheet as readWorkbook } from 'read-excel-file/node';
import { type Cell, limits, type Sheet, textOf, type Wrong } from '../sheet.ts';

export type ReadFile = { readonly ok: true; readonly sheet: Sheet } | { readonly ok: false; readonly wrong: Wrong };

function notReadable(code: string, params: Wrong['params'] = {}, row: number | null = null): ReadFile {
  return { ok: false, wrong: { row, column: null, code, params } };
}

const megabyte = 1_000_000;

/** Reads a CSV or XLSX file by what is in it; its name is not asked. */
export async function readFile(bytes: Buffer): Promise<ReadFile> {
  if (bytes.length > limits.bytes) return notReadable('exchange.too-large', { most: limits.bytes / megabyte });
  if (bytes.length === 0) return notReadable('exchange.no-rows');
  if (bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))) return readXlsx(bytes);
  // The old Excel format, and PDF.
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])) || bytes.subarray(0, 4).toString() === '%PDF')
    return notReadable('exchange.not-a-table');
  return readCsv(bytes);
}

/** Text of any of the encodings that spreadsheets here write: UTF-8, UTF-16 with or without its mark, Windows-1256. */
export function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const start = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  for (const [i, byte] of start.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  // Commas, digits and line ends of UTF-16 leave every other byte empty.
  if ((zeros[1] ?? 0) > start.length / 20) return new TextDecoder('utf-16le').decode(bytes);
  if ((zeros[0] ?? 0) > start.length / 20) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1256').decode(bytes);
  }
}

function readCsv(bytes: Buffer): ReadFile {
  const text = decode(bytes).replace(/^\ufeff/, '');
  const firstLine = /[^\r\n]*\S[^\r\n]*/.exec(text.slice(0, 200_000))?.[0] ?? '';
  const delimiter = [',', ';', '\t', '|']
    .map((sign) => ({ sign, count: firstLine.split(sign).length }))
    .sort((a, b) => b.count - a.count)[0]?.sign as string;
  let rows: string[][];
  try {
    rows = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: limits.columns * limits.cell,
      to: limits.rows + 2,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      return notReadable('exchange.quote-open', {}, Number(error.lines) || null);
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      return notReadable('exchange.row-too-long', {}, Number(error.lines) || null);
    return notReadable('exchange.not-a-table');
  }
  return sheetOf(rows.map((cells) => cells.map((cell) => (cell === '' ? null : cell))));
}

function sheetOf(rows: readonly (readonly Cell[])[]): ReadFile {
  const first = rows.findIndex((cells) => cells.some((cell) => textOf(cell) !== null));
  if (first < 0) return notReadable('exchange.no-rows');
  if (rows.length - first - 1 > limits.rows) return notReadable('exchange.too-many-rows', { most: limits.rows });
  const headings = (rows[first] as readonly Cell[]).map((cell) => textOf(cell) ?? '');
  while (headings.at(-1) === '') headings.pop();
  if (headings.length > limits.columns) return notReadable('exchange.too-many-columns', { most: limits.columns });
  const found = rows.slice(first + 1).map((cells, i) => ({ row: first + i + 2, cells }));
  const long = found.find(
    ({ cells }) => cells.length > limits.columns || cells.some((cell) => String(cell).length > limits.cell),
  );
  if (long) return notReadable('exchange.row-too-long', {}, long.row);
  return { ok: true, sheet: { headings, rows: found } };
}

async function readXlsx(bytes: Buffer): Promise<ReadFile> {
  const looked = lookIntoZip(bytes);
  if (looked !== 'well')
    return notReadable(looked === 'too-large' ? 'exchange.unpacks-too-large' : 'exchange.not-a-table');
  let rows: readonly (readonly unknown[])[];
  try {
    rows = (await readWorkbook(bytes)) as readonly (readonly unknown[])[];
  } catch {
    return notReadable('exchange.not-a-table');
  }
  return sheetOf(rows.map((cells) => cells.map(cellOf)));
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined || value === '') return null;
  // Excel keeps days without a zone; the package reads them as midnight in UTC.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value);
}

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;

/**
 * Unpacks every part once, bounded, before the workbook is read: what a zip says of its own sizes is not believed. A sheet that
 * names a column past the bound is refused too, for a reader would fill every row up to it.
 */
function lookIntoZip(bytes: Buffer): 'well' | 'too-large' | 'torn' {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.length - end < 70_000 && bytes.readUInt32LE(end) !== endSignature) end--;
  if (end < 0 || bytes.readUInt32LE(end) !== endSignature) return 'torn';
  const parts = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let left: number = limits.unpacked;
  if (parts > 1000) return 'too-large';
  try {
    for (let i = 0; i < parts; i++) {
      if (bytes.readUInt32LE(at) !== centralSignature) return 'torn';
      const method = bytes.readUInt16LE(at + 10);
      const packed = bytes.readUInt32LE(at + 20);
      const nameLength = bytes.readUInt16LE(at + 28);
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
      const local = bytes.readUInt32LE(at + 42);
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const content = bytes.subarray(start, start + packed);
      const unpacked = method === 0 ? content : inflateRawSync(content, { maxOutputLength: Math.max(1, left) });
      left -= unpacked.length;
      if (left <= 0) return 'too-large';
      if (/^xl\/worksheets\/.*\.xml$/.test(name) && isTooWide(unpacked)) return 'too-large';
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'torn';
  }
  return 'well';
}

/** Whether a cell stands in a column past CV (100), or in a row past the bound. */
function isTooWide(xml: Buffer): boolean {
  const text = xml.toString('latin1');
  for (const [, column, row] of text.matchAll(/\br="([A-Z]{1,3})(\d{1,7})"/g)) {
    let number = 0;
    for (const letter of column as string) number = number * 26 + letter.charCodeAt(0) - 64;
    if (number > limits.columns || Number(row) > limits.rows + 2) return true;
  }
  return false;
}
