import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Names } from '../kernel/names.ts';
import { closeSealingKey, isClosed, type KeyPlace, openSealingKey } from '../platform/access/server/house-key.ts';
import { authenticatorField } from '../platform/access/server/second-factor.ts';
import { keyHash } from '../platform/access/server/secrets.ts';
import { chainStart } from '../platform/book/chain.ts';
import { inTransaction } from '../platform/database/server/transaction.ts';
import { makeSealingKey, type SealingKey } from '../platform/sync/server/open-lines.ts';
import { safeOf } from '../platform/sync/server/safe.ts';

export type Installation = {
  readonly sealingKey: SealingKey;
  readonly sample: boolean;
  /** The key of the house was made just now: whoever looks after the machine is told where it lies. */
  readonly isKeyNew: boolean;
};

type Row = { readonly kept: unknown; readonly sample: boolean };
const readRow = async (client: Pool | PoolClient): Promise<Row | undefined> =>
  (await client.query<Row>('SELECT sealing_key AS kept, sample FROM installation')).rows[0];

/**
 * The installation of a database; made at the first start, and closed with the key of the house where it was kept open by an older Otaq.
 * Throws a KeyMissing with a sentence where it was closed with a key that is not at hand.
 */
export async function installationOf(owner: Pool, keys: KeyPlace): Promise<Installation> {
  const there = await readRow(owner);
  if (there && isClosed(there.kept))
    return { sealingKey: openSealingKey(there.kept, keys), sample: there.sample, isKeyNew: false };
  const begin = async (client: PoolClient) => {
    await client.query('BEGIN');
    // Of two servers that start at once the second reads what the first has written.
    await client.query('LOCK TABLE installation IN SHARE ROW EXCLUSIVE MODE');
  };
  return inTransaction(owner, begin, (client) => closeInstallation(client, keys));
}

async function closeInstallation(client: PoolClient, keys: KeyPlace): Promise<Installation> {
  const there = await readRow(client);
  if (there && isClosed(there.kept))
    return { sealingKey: openSealingKey(there.kept, keys), sample: there.sample, isKeyNew: false };
  const isKeyNew = keys.read() === null;
  const house = keys.make();
  if (there) {
    const sealingKey = there.kept as SealingKey;
    await client.query('UPDATE installation SET sealing_key = $1', [closeSealingKey(sealingKey, house)]);
    await carryOver(client, sealingKey);
    return { sealingKey, sample: there.sample, isKeyNew };
  }
  const sealingKey = await makeSealingKey();
  await client.query('INSERT INTO installation (epoch_number, epoch_name, sealing_key) VALUES (1, $1, $2)', [
    randomBytes(8).toString('hex'),
    closeSealingKey(sealingKey, house),
  ]);
  return { sealingKey, sample: false, isKeyNew };
}

// An older Otaq kept codes as plain hashes, and authenticators in clear.
async function carryOver(client: PoolClient, key: SealingKey): Promise<void> {
  for (const [kept, renew] of [
    ['SELECT code_hash AS hash FROM enrolments', 'UPDATE enrolments SET code_hash = $2 WHERE code_hash = $1'],
    ['SELECT code_hash AS hash FROM import_leaves', 'UPDATE import_leaves SET code_hash = $2 WHERE code_hash = $1'],
  ] as const)
    for (const { hash } of (await client.query<{ hash: string }>(kept)).rows)
      await client.query(renew, [hash, keyHash(key, hash)]);
  const safe = safeOf(key);
  const { rows } = await client.query<{ name: string; secret: string | null; pending: string | null }>(
    'SELECT name, totp_secret AS secret, totp_pending AS pending FROM users',
  );
  const seal = (name: string, secret: string | null) => secret && safe.seal(name, authenticatorField, secret);
  for (const { name, secret, pending } of rows)
    await client.query('UPDATE users SET totp_secret = $2, totp_pending = $3 WHERE name = $1', [
      name,
      seal(name, secret),
      seal(name, pending),
    ]);
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
