import type { Pool, PoolClient } from 'pg';

/** Runs work in one transaction, which `begin` opens. A throw rolls back; a connection on which that fails is not used again. */
export async function inTransaction<T>(
  pool: Pool,
  begin: (client: PoolClient) => Promise<unknown>,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await begin(client);
    const value = await work(client);
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
