import type { Pool } from 'pg';
import { dayInPakistan, type Instant } from '../../../kernel/plain-date.ts';
import type { SeatState } from '../../book/server/book-store.ts';
import { onDuty } from '../../database/server/duty.ts';

/** Remembers on which day each phone last spoke: one write a phone and day. A phone that was taken back is forgotten. */
export class PhonesHeard {
  readonly #app: Pool;
  readonly #noted = new Map<number, string>();

  constructor(app: Pool) {
    this.#app = app;
  }

  async note({ seat, office, closed }: Pick<SeatState, 'seat' | 'office' | 'closed'>, now: Instant): Promise<void> {
    const on = closed === null ? dayInPakistan(now) : 'closed';
    if (this.#noted.get(seat) === on) return;
    await onDuty(
      this.#app,
      'writer',
      (client) =>
        Promise.all([
          // A day that a power cut takes is noted again at the next word of the phone: no disk is waited for.
          client.query('SET LOCAL synchronous_commit = off'),
          closed === null
            ? client.query(
                `INSERT INTO phones_heard (office, seat, heard_on) VALUES ($1, $2, $3)
                 ON CONFLICT (office, seat) DO UPDATE SET heard_on = EXCLUDED.heard_on`,
                [office, seat, on],
              )
            : client.query('DELETE FROM phones_heard WHERE office = $1 AND seat = $2', [office, seat]),
        ]),
      { office },
    );
    this.#noted.set(seat, on);
  }
}
