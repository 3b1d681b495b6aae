import type { Sheet } from '../sheet.ts';

export type FileKind = 'xlsx' | 'csv';

/** Makes the file of a table and hands it to the browser. False when the server could not be reached for it. */
export async function saveSheet(sheet: Sheet, kind: FileKind): Promise<boolean> {
  const blob = await made(sheet, kind);
  if (!blob) return false;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${sheet.name}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return true;
}

// The server makes both, so that whatever leaves is written into the log of looks first.
async function made(sheet: Sheet, kind: FileKind): Promise<Blob | null> {
  try {
    const answer = await fetch(`/api/desk/export?as=${kind}`, {
      method: 'POST',
      body: JSON.stringify(sheet),
      headers: { 'content-type': 'application/json' },
    });
    return answer.ok ? await answer.blob() : null;
  } catch {
    return null;
  }
}
