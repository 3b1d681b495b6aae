import type { Pool } from 'pg';
import type { OfficeId } from '../../../kernel/ids.ts';
import { onDuty } from '../../database/server/duty.ts';

/** The hash of one entry of an office's chain; null where the book is not so long. */
export function hashOf(app: Pool, office: OfficeId, sequence: number): Promise<string | null> {
  return onDuty(
    app,
    'writer',
    async (client) => {
      const { rows } = await client.query<{ hash: string }>(
        'SELECT hash FROM entries WHERE office = $1 AND sequence = $2',
        [office, sequence],
      );
      return rows[0]?.hash ?? null;
    },
    { office },
  );
}
