/* Which LSOs keep their books in this installation, and the list of them that stands in the book of each district. */
import type { Pool } from 'pg';
import type { OfficeId } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { ownSeat } from '../../../platform/access/server/gate.ts';
import { canonicalJson } from '../../../platform/book/canonical.ts';
import type { BookStore } from '../../../platform/book/server/book-store.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { listLso } from '../commands.ts';
import { type ListedLso, listedLsoKind, waitingFigure } from '../transfer.ts';
import type { CarryingDoors } from './carry-transfers.ts';

type Lso = { readonly office: OfficeId; readonly above: OfficeId | null; readonly names: Names };

function lsosOf(app: Pool): Promise<readonly Lso[]> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<Lso>(
      "SELECT office, above, names FROM books WHERE tier = 'lso' AND moved_to IS NULL AND NOT kept_elsewhere ORDER BY office",
    );
    return rows;
  });
}

/** What carrying asks of the installation besides its books. */
export function carryingDoors(app: Pool): Pick<CarryingDoors, 'lsos' | 'waiting' | 'ownSeat'> {
  return {
    lsos: () => lsosOf(app),
    waiting: () =>
      onDuty(app, 'figures', async (client) => {
        const { rows } = await client.query<{ office: OfficeId }>(
          'SELECT office FROM figures WHERE figure = $1 GROUP BY office HAVING sum(count) > 0 ORDER BY office',
          [waitingFigure],
        );
        return rows.map(({ office }) => office);
      }),
    ownSeat: async (office) => (await ownSeat(app, office, 'server')).seat,
  };
}

/** Writes into each district's book which LSOs it has, where that has changed. Answers how many lines were written. */
export async function listLsos(
  app: Pool,
  store: BookStore,
  write: (office: OfficeId, command: string, input: unknown) => Promise<void>,
): Promise<number> {
  const lsos = await lsosOf(app);
  const books = await onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ office: OfficeId }>(
      "SELECT office FROM books WHERE tier <> 'lso' AND moved_to IS NULL AND NOT kept_elsewhere ORDER BY office",
    );
    return rows.map(({ office }) => office);
  });
  let written = 0;
  for (const book of books) {
    const found = await store.open(book, (open) => open.structure([listedLsoKind.kind, 'organization']));
    // Until its own organization is written down, a book has nobody to whom the list could belong.
    if (!found.some(({ kind }) => kind === 'organization')) continue;
    const listed = new Map(
      found.flatMap(({ kind, body }) =>
        kind === listedLsoKind.kind ? [[(body as ListedLso).office, (body as ListedLso).names] as const] : [],
      ),
    );
    const now = new Map(lsos.flatMap(({ office, above, names }) => (above === book ? [[office, names] as const] : [])));
    for (const office of new Set([...listed.keys(), ...now.keys()])) {
      const names = now.get(office) ?? null;
      if (canonicalJson(names) === canonicalJson(listed.get(office) ?? null)) continue;
      await write(book, listLso.name, { office, names });
      written += 1;
    }
  }
  return written;
}
