import { statSync } from 'node:fs';
import { backupFormat, type Manifest, manifestShape, type Seal, sealShape } from '../manifest.ts';
import { type ArchiveOptions, BackupRefused, readArchive, type SectionSum } from './archive.ts';

export type Checked = { readonly manifest: Manifest; readonly seal: Seal; readonly bytes: number };

/**
 * Reads a backup to its last byte: it opens, it is whole, and every section amounts to what the last word says. Touches nothing.
 * Throws a BackupRefused with a sentence where it is not so.
 */
export async function checkBackup(file: ArchiveOptions): Promise<Checked> {
  let manifest: Manifest | null = null;
  let seal: Seal | null = null;
  const sums: SectionSum[] = [];
  for await (const section of readArchive(file)) {
    if (seal !== null)
      throw new BackupRefused('Something stands in this file after its last word. Nothing was changed.');
    if (section.name === 'manifest') {
      manifest = readManifest(await textOf(section.data));
      sums.push(section.sum());
    } else if (section.name === 'seal') seal = sealShape.parse(JSON.parse(await textOf(section.data)));
    else {
      for await (const _piece of section.data);
      sums.push(section.sum());
    }
  }
  if (manifest === null || seal === null)
    throw new BackupRefused('This backup was never finished: its last word is missing. Nothing was changed.');
  if (JSON.stringify(seal.sections) !== JSON.stringify(sums))
    throw new BackupRefused('What stands in this backup is not what its last word says. Nothing was changed.');
  return { manifest, seal, bytes: statSync(file.path).size };
}

export async function textOf(data: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of data) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** A manifest that this Otaq can read. */
export function readManifest(text: string): Manifest {
  const value = JSON.parse(text) as { format?: unknown };
  if (value.format !== backupFormat)
    throw new BackupRefused(
      `This backup has the format ${String(value.format)}; this Otaq reads format ${backupFormat}. Take the Otaq that made it.`,
    );
  return manifestShape.parse(value);
}
