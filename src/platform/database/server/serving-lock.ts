/*
 * A server holds a mark on its database as long as it runs, shared with other servers; a restore needs it alone. So a restore never
 * takes the tables from under a server, and no server starts in the middle of one.
 */
import type { Pool, PoolClient } from 'pg';

/** Any number but those of migrations and backups. */
const servingLock = 7_241_185;

export type Serving = {
  /** Takes the mark again where its connection was lost: the database was started anew. */
  readonly keep: () => Promise<void>;
  readonly release: () => void;
};

/** Marks the database as served. Throws with a sentence while a restore is under way. */
export async function markServing(owner: Pool): Promise<Serving> {
  let held: PoolClient | null = null;
  const keep = async () => {
    if (held !== null) return;
    const client = await owner.connect();
    const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS got', [
      servingLock,
    ]);
    if (!rows[0]?.got) {
      client.release();
      throw new Error('A restore is under way on this database. Start Otaq again when it is done.');
    }
    held = client;
    client.on('error', (lost) => {
      // It may say so more than once, and also when it was let go on purpose.
      if (held !== client) return;
      held = null;
      client.release(lost);
    });
  };
  await keep();
  return {
    keep,
    release() {
      const client = held;
      held = null;
      client?.release(true);
    },
  };
}

/** Whether nobody serves from this database; holds it so until the transaction of this connection ends. */
export async function isServedByNobody(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS got', [servingLock]);
  return rows[0]?.got === true;
}
