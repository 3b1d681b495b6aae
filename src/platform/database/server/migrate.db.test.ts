import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { emptyDatabase } from '../../../../tests/support/database.ts';
import { makeTables, migrate, migrationFiles } from './migrate.ts';
import { openPool } from './pool.ts';

/** Makes the tables as they were before a migration. */
async function asItWas(owner: Pool, before: string): Promise<void> {
  const client = await owner.connect();
  try {
    await makeTables(
      client,
      migrationFiles().filter(({ name }) => name < before),
    );
  } finally {
    client.release();
  }
}

test('an entry that was erased while bodies were hashed in one piece still names the pages that it changed', async () => {
  const { url, close } = await emptyDatabase();
  const owner = openPool(url, { size: 1 });
  try {
    await asItWas(owner, '0021');
    await owner.query(`INSERT INTO books (office, tier, names, head) VALUES (10, 'lso', '{}', '');
      INSERT INTO seats (office, nature) VALUES (10, 'server')`);
    const touched = ['[{"kind":"person","id":"1-5"},{"kind":"household","id":"1-4"}]', '[]', null];
    for (const [i, pages] of touched.entries())
      await owner.query(
        `INSERT INTO entries (office, sequence, seat, line, state, at, received_at, salt, body_hash, hash, fingerprint, touched)
         VALUES (10, $1::int, 1, $1::int, 'accepted', 0, 0, '', '', '', '', $2)`,
        [i + 1, pages],
      );
    expect(await migrate(owner)).toContain('0021-remains.sql');
    const { rows } = await owner.query('SELECT remains FROM entries ORDER BY sequence');
    expect(rows.map(({ remains }) => remains)).toEqual([
      {
        line: null,
        changes: [
          { kind: 'person', id: '1-5', hash: null },
          { kind: 'household', id: '1-4', hash: null },
        ],
      },
      { line: null, changes: [] },
      null,
    ]);
  } finally {
    await owner.end();
    await close();
  }
});
