import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Names } from '../kernel/names.ts';
import { chainStart } from '../platform/book/chain.ts';
import { makeSealingKey, type SealingKey } from '../platform/sync/server/open-lines.ts';

export type Installation = { readonly sealingKey: SealingKey; readonly sample: boolean };

/** The installation of a database; made at the first start. */
export async function installationOf(owner: Pool): Promise<Installation> {
  const read = () => owner.query<Installation>('SELECT sealing_key AS "sealingKey", sample FROM installation');
  const { rows } = await read();
  if (rows[0]) return rows[0];
  await owner.query(
    `INSERT INTO installation (epoch_number, epoch_name, sealing_key) VALUES (1, $1, $2) ON CONFLICT DO NOTHING`,
    [randomBytes(8).toString('hex'), await makeSealingKey()],
  );
  const made = await read();
  return made.rows[0] as Installation;
}

/** Opens an office's book. */
export async function addBook(
  owner: Pool,
  book: { readonly office: number; readonly above: number | null; readonly tier: string; readonly names: Names },
): Promise<void> {
  await owner.query('INSERT INTO books (office, above, tier, names, head) VALUES ($1, $2, $3, $4, $5)', [
    book.office,
    book.above,
    book.tier,
    book.names,
    chainStart,
  ]);
}
