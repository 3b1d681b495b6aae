import writeExcelFile from 'write-excel-file/node';
import { harmless, type Sheet, type SheetCell } from '../sheet.ts';

/** The sheet as a workbook. In Sindhi and Urdu its columns begin on the right. */
export async function writeSheet({ head, tags, rows, rightToLeft }: Sheet): Promise<Buffer> {
  const bold = (text: string) => ({ value: harmless(text), type: String, fontWeight: 'bold' as const });
  const plain = (value: SheetCell) =>
    value === null
      ? null
      : typeof value === 'number'
        ? { value, type: Number }
        : { value: harmless(value), type: String };
  const widths = head.map((text, column) =>
    Math.min(40, Math.max(text.length, ...rows.slice(0, 200).map((row) => String(row[column] ?? '').length)) + 3),
  );
  const lines = [head.map(bold), ...(tags ? [tags.map(plain)] : []), ...rows.map((row) => row.map(plain))];
  return writeExcelFile(lines, {
    sheet: 'Otaq',
    rightToLeft,
    columns: widths.map((width) => ({ width })),
    stickyRowsCount: tags ? 2 : 1,
  }).toBuffer();
}
