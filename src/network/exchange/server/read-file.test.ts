import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import writeWorkbook from 'write-excel-file/node';
import { limits } from '../sheet.ts';
import { decode, readFile } from './read-file.ts';
import { writeCsv } from './write-csv.ts';

const sheetOf = async (bytes: Buffer | string) => {
  const read = await readFile(Buffer.from(bytes));
  if (!read.ok) throw new Error(read.wrong.code);
  return read.sheet;
};
const codeOf = async (bytes: Buffer) => {
  const read = await readFile(bytes);
  return read.ok ? 'read' : read.wrong.code;
};

test('a list is read in every encoding that a spreadsheet here writes', async () => {
  const text = 'نالو,Members\r\nغلام,7\r\n';
  const utf16 = Buffer.from(text, 'utf16le');
  const bigEndian = Buffer.from(utf16).swap16();
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    utf16,
    Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
    bigEndian,
    Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian]),
  ]) {
    const { headings, rows } = await sheetOf(bytes);
    expect([headings, rows]).toEqual([['نالو', 'Members'], [{ row: 2, cells: ['غلام', '7'] }]]);
  }
  // Windows-1256, as Excel on an old machine saves "CSV": نام and غلام.
  expect(decode(Buffer.from([0xe4, 0xc7, 0xe3, 0x2c, 0xdb, 0xe1, 0xc7, 0xe3]))).toBe('نام,غلام');
});

test('rows keep the numbers that the spreadsheet shows, over blank lines and cells of several lines', async () => {
  const { rows } = await sheetOf('\n"Name";Members\n\n"Bux\nAli";5\n;\nZeba;6\n');
  expect(rows.filter(({ cells }) => cells[0])).toEqual([
    { row: 4, cells: ['Bux\nAli', '5'] },
    { row: 6, cells: ['Zeba', '6'] },
  ]);
});

test('a workbook is read with its days, and a formula as what stands in its cell', async () => {
  const book = await writeWorkbook([
    [{ value: 'Head' }, { value: 'Members' }, { value: 'Since' }],
    [
      { value: 'غلام' },
      { type: Number, value: 7 },
      { type: Date, value: new Date(Date.UTC(2017, 9, 30)), format: 'dd/mm/yyyy' },
    ],
    [{ value: '=1+1' }, { type: 'Formula', value: '3+4' }, null],
  ] as never).toBuffer();
  const { headings, rows } = await sheetOf(book);
  expect(headings).toEqual(['Head', 'Members', 'Since']);
  expect(rows[0]?.cells).toEqual(['غلام', 7, '2017-10-30']);
  expect(rows[1]?.cells[0]).toBe('=1+1');
  expect(rows[1]?.cells[1] ?? null).not.toBe('3+4');
});

test('a hostile file is refused with a sentence, and none of it is kept', async () => {
  expect(await codeOf(Buffer.alloc(limits.bytes + 1, 'a'))).toBe('exchange.too-large');
  expect(await codeOf(Buffer.from(''))).toBe('exchange.no-rows');
  expect(await codeOf(Buffer.from('\n \n,,,\n'))).toBe('exchange.no-rows');
  expect(await codeOf(Buffer.from('%PDF-1.7 …'))).toBe('exchange.not-a-table');
  expect(await codeOf(Buffer.from('Name,Members\n"Bux,5\nZeba,6\n'))).toBe('exchange.quote-open');
  expect(await codeOf(Buffer.from('PK\x03\x04 and no zip at all'))).toBe('exchange.not-a-table');
  expect(await codeOf(Buffer.from(`${'a,'.repeat(1_000_000)}\n1,2\n`))).toBe('exchange.row-too-long');
  expect(await codeOf(Buffer.from(`${'a,'.repeat(limits.columns)}a\n1,2\n`))).toBe('exchange.too-many-columns');
  expect(await codeOf(Buffer.from(`Name\n${'x\n'.repeat(limits.rows + 1)}`))).toBe('exchange.too-many-rows');
  expect(await codeOf(zip('xl/worksheets/sheet1.xml', Buffer.alloc(limits.unpacked + 1)))).toBe(
    'exchange.unpacks-too-large',
  );
  expect(await codeOf(zip('xl/worksheets/sheet1.xml', Buffer.from('<row r="1"><c r="XFD1"><v>1</v></c></row>')))).toBe(
    'exchange.unpacks-too-large',
  );
});

/** A zip of one part, which says of itself that it is small. */
function zip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(10, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(10, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name), end]);
}

test('what is written as CSV holds no formula, keeps negative amounts, and is read back the same', async () => {
  const rows = [
    ['Name', 'Amount'],
    ['=HYPERLINK("x")', -150],
    ['@SUM(A1)', '-3.5'],
    ['+cmd|calc', '+923001234567'],
    ['a "quoted", one', null],
  ];
  const text = writeCsv(rows);
  expect(text).toContain('"\'=HYPERLINK(""x"")",-150\r\n\'@SUM(A1),-3.5\r\n\'+cmd|calc,+923001234567\r\n');
  expect((await sheetOf(text)).rows.map(({ cells }) => cells[1])).toEqual(['-150', '-3.5', '+923001234567', null]);
});
