import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { keyFile } from '../platform/access/server/house-key.ts';
import { addBook, installationOf } from '../server/installation.ts';

let database: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'otaq-doctor-'));
const file = join(folder, 'otaq.key');
beforeAll(async () => {
  database = await testDatabase();
  await installationOf(database.owner, keyFile(file));
  await addBook(database.owner, { office: 10, above: null, tier: 'lso', names: { sd: null, ur: null, en: 'Ibtida' } });
});
afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const lacking = () => {
  const { stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'otaq.ts'), 'doctor'], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: database.url, OTAQ_DATA: folder },
  });
  expect(stdout).toMatch(/The clock says \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
  return stdout.split('\n').filter((line) => /^Lacking: .*(key|time)/.test(line));
};

test('the doctor says when others may read the key, when it is not there, and when the clock has gone back', async () => {
  expect(lacking()).toEqual([]);
  chmodSync(file, 0o644);
  expect(lacking()).toEqual([expect.stringContaining(`chmod 600 ${file}`)]);
  renameSync(file, `${file}.elsewhere`);
  expect(lacking()).toEqual([expect.stringContaining(`is not there: ${file}`)]);
  renameSync(`${file}.elsewhere`, file);
  chmodSync(file, 0o600);
  await database.owner.query(
    `INSERT INTO entries (office, sequence, seat, line, state, at, received_at, salt, body_hash, hash, fingerprint)
     VALUES (10, 1, 1, 1, 'accepted', 0, $1, '', '', '', '')`,
    [Date.now() + 86_400_000],
  );
  expect(lacking()).toEqual([expect.stringContaining('the right time')]);
}, 60_000);
