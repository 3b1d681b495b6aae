/* An office written away and brought back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '../src/platform/backup/server/back-up.ts';
import { startRestored, type TestOffice } from '../tests/support/office.ts';
import { grouped, tell } from './table.ts';

export async function measureBackup({ running: { database, keys } }: TestOffice): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otaq-backup-'));
  const file = { path: join(folder, 'office.age'), passphrase: 'a passphrase for measuring' };
  let began = performance.now();
  const { bytes, seal } = await backUp({ ...file, owner: database.owner, keys, now: Date.now() });
  const rows = seal.sections.reduce((sum, section) => sum + section.rows, 0);
  tell(
    `A backup of LSO Ibtida, ${grouped(rows)} rows, written, read back and counted`,
    `${grouped(bytes)} bytes in ${((performance.now() - began) / 1000).toFixed(1)} s`,
    'none set',
  );
  began = performance.now();
  const there = await startRestored(folder, async () => file);
  tell(
    'The same restored on a new machine until it answers, a new PostgreSQL included',
    `${((performance.now() - began) / 1000).toFixed(1)} s`,
    'none set',
  );
  await there.close();
  rmSync(folder, { recursive: true, force: true });
}
