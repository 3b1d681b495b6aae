/*
 * Offices of a district know how many donors of each group their neighbours have: none, few, many. The server writes that into
 * the district's book, as a line of its own, when a band or a leader on call has changed.
 */
import type { Pool } from 'pg';
import type { Names } from '../../../kernel/names.ts';
import { canonicalJson } from '../../../platform/book/canonical.ts';
import type { Cell } from '../../../platform/book/figures.ts';
import type { BookStore } from '../../../platform/book/server/book-store.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { bandsOf, type Neighbour, neighbourKind, shareCounts } from '../neighbours.ts';

/** A leader who agreed to be called, as another register keeps her. */
export type LeaderToCall = { readonly names: Names; readonly number: string };

export type SharingDoors = {
  readonly app: Pool;
  readonly store: BookStore;
  /** The kind under which leaders on call stand, and how one is read. */
  readonly onCall: { readonly kind: string; readonly read: (body: unknown) => LeaderToCall };
  readonly write: (office: number, command: string, input: unknown) => Promise<void>;
};

/** Shares what has changed; answers how many offices' counts were written. */
export async function shareNeighbourCounts({ app, store, onCall, write }: SharingDoors): Promise<number> {
  const offices = await onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ office: number; above: number; names: Names }>(
      `SELECT b.office, b.above, b.names FROM books b JOIN books a ON a.office = b.above
       WHERE b.tier = 'lso' AND b.moved_to IS NULL AND NOT b.kept_elsewhere AND NOT a.kept_elsewhere ORDER BY b.office`,
    );
    return rows;
  });
  let written = 0;
  for (const { office, above, names } of offices) {
    const cells = await onDuty(app, 'figures', async (client) => {
      const { rows } = await client.query<Cell>(
        "SELECT figure, dimensions AS by, period, count FROM figures WHERE office = $1 AND figure = 'donors'",
        [office],
      );
      return rows;
    });
    const leaders = await store.open(office, async (book) =>
      (await book.structure([onCall.kind])).map(({ body }) => onCall.read(body)),
    );
    const { root, shared } = await store.open(above, async (book) => ({
      root: (await book.structure(['organization'])).find(({ body }) => (body as { parent: unknown }).parent === null),
      shared: (await book.page(neighbourKind.kind, 'office', String(office), 1))[0]?.kept.body as Neighbour | undefined,
    }));
    if (!root) continue;
    const now = { office, names, groups: bandsOf(cells), leaders: leaders.slice(0, 4), owner: root.id };
    if (shared) {
      const { on: _on, ...before } = shared;
      if (canonicalJson(before) === canonicalJson(now)) continue;
    }
    await write(above, shareCounts.name, now);
    written += 1;
  }
  return written;
}
