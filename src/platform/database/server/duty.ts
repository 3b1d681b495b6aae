import type { Pool, PoolClient } from 'pg';
import { inTransaction } from './transaction.ts';

/**
 * What a transaction is for. Row-level security shows it the rows of that duty and no others:
 *
 * - `gate`: who is knocking (seats, sessions, codes)
 * - `writer`: one office's book, under its lock
 * - `reader`: what one person reaches in one book
 * - `leaver`: ids of what she no longer reaches
 * - `figures`: sums of all offices, never a record
 * - `eraser`: takes the words of one office's entries away, and changes nothing else
 * - `complaints`: the complaint book; the person is the recipient who asks
 * - `opener`: which books there are, and a new one; never a record
 */
export type Duty = 'gate' | 'writer' | 'reader' | 'leaver' | 'figures' | 'eraser' | 'complaints' | 'opener';

export async function takeDuty(client: PoolClient, duty: Duty, office: number | null, person: string | null) {
  await client.query(
    "SELECT set_config('otaq.duty', $1, true), set_config('otaq.office', $2, true), set_config('otaq.person', $3, true)",
    [duty, office === null ? '' : String(office), person ?? ''],
  );
}

/** Runs work in one transaction with a duty. A throw rolls back. */
export function onDuty<T>(
  pool: Pool,
  duty: Duty,
  work: (client: PoolClient) => Promise<T>,
  options: { readonly office?: number; readonly person?: string | null; readonly snapshot?: boolean } = {},
): Promise<T> {
  const begin = (client: PoolClient) =>
    Promise.all([
      client.query(options.snapshot ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN'),
      takeDuty(client, duty, options.office ?? null, options.person ?? null),
    ]);
  return inTransaction(pool, begin, work);
}
