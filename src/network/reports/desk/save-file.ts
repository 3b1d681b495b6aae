import { type Sheet, toCsv } from '../sheet.ts';

export type FileKind = 'xlsx' | 'csv';

/** Makes the file of a table and hands it to the browser. False when the server could not be reached for it. */
export async function saveSheet(sheet: Sheet, kind: FileKind): Promise<boolean> {
  const blob = kind === 'csv' ? new Blob([toCsv(sheet)], { type: 'text/csv' }) : await workbook(sheet);
  if (!blob) return false;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${sheet.name}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}

async function workbook(sheet: Sheet): Promise<Blob | null> {
  try {
    const answer = await fetch('/api/desk/export', {
      method: 'POST',
      body: JSON.stringify(sheet),
      headers: { 'content-type': 'application/json' },
    });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}
