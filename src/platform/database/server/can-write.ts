import type { Pool } from 'pg';
import { takeDuty } from './duty.ts';

/** No office has this number. */
const nobody = 0;

/** Whether a row can be written now: a database that only reads (a full disk, a standby) takes no lines. The row is taken back. */
export async function canWrite(app: Pool): Promise<boolean> {
  const client = await app.connect().catch(() => null);
  if (client === null) return false;
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    await takeDuty(client, 'writer', nobody, null);
    await client.query(
      "INSERT INTO departures (office, sequence, id, purpose, scope) VALUES ($1, 0, 'health', 'office', 'nobody')",
      [nobody],
    );
    return true;
  } catch {
    return false;
  } finally {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    client.release(broken);
  }
}
