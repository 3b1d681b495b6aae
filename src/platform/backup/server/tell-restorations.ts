/* The first thing that is written in a restored book says so, and how far the book had come that nobody has any more. */
import type { Pool } from 'pg';
import type { AnyKept } from '../../book/decide.ts';
import { type Restoration, rememberHead, restorationKind, tellRestored } from '../../book/restoration.ts';
import type { BookStore, SeatState } from '../../book/server/book-store.ts';
import { onDuty } from '../../database/server/duty.ts';

export type TellingDoors = {
  readonly app: Pool;
  readonly store: BookStore;
  /** The kind and the parent of an organization: whose leaders read it. */
  readonly tree: { readonly kind: string; readonly parent: (body: unknown) => string | null };
  readonly write: (office: number, command: string, input: unknown) => Promise<unknown>;
};

type Waiting = {
  readonly office: number;
  readonly restored: {
    readonly epoch: number;
    readonly backupAt: number;
    readonly sequence: number;
    readonly hash: string;
  };
};

/** Tells every book that was restored and has not been told. May be cut off and run again. */
export async function tellRestorations({ app, store, tree, write }: TellingDoors): Promise<void> {
  const waiting = await onDuty(app, 'gate', async (client) => {
    const { rows } = await client.query<Waiting>(
      'SELECT office, restored FROM books WHERE restored IS NOT NULL ORDER BY office',
    );
    return rows;
  });
  for (const { office, restored } of waiting) {
    const { epoch, backupAt, sequence, hash } = restored;
    const found = await store.open(office, (book) => book.structure([tree.kind, restorationKind.kind]));
    const root = found.find(({ kind, body }) => kind === tree.kind && tree.parent(body) === null);
    if (root && !restorationsIn(found).some(({ body }) => body.epoch === epoch))
      await write(office, tellRestored.name, { epoch, backupAt, head: { sequence, hash }, owner: root.id });
    await onDuty(
      app,
      'writer',
      (client) => client.query('UPDATE books SET restored = NULL WHERE office = $1', [office]),
      {
        office,
      },
    );
  }
}

/** A phone that comes back tells the head it remembers; the furthest one is kept. */
export async function keepRememberedHead(
  { store, write }: Pick<TellingDoors, 'store' | 'write'>,
  seat: SeatState,
  head: { readonly sequence: number; readonly hash: string },
): Promise<void> {
  const found = restorationsIn(await store.open(seat.office, (book) => book.structure([restorationKind.kind])));
  const last = found.sort((a, b) => b.body.epoch - a.body.epoch)[0];
  if (!last || head.sequence <= Math.max(last.body.head.sequence, last.body.remembered?.sequence ?? 0)) return;
  await write(seat.office, rememberHead.name, { restoration: last.id, head, by: seat.person });
}

function restorationsIn(records: readonly AnyKept[]) {
  return records.flatMap(({ id, kind, body }) =>
    kind === restorationKind.kind ? [{ id, body: body as Restoration }] : [],
  );
}
