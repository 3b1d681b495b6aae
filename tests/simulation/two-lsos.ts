/* The judge's part on two LSOs between which people and organizations go: everybody stands in exactly one book, with all that is hers. */
import {
  type Arrival,
  arrivalKey,
  arrivalKind,
  isOpen,
  type Transfer,
  transferKind,
} from '../../src/federation/transfers/transfer.ts';
import { changesIn, type Entry } from '../../src/platform/book/entry.ts';
import { lsos } from './offices.ts';
import { serverRegisters } from './program-ages.ts';
import type { World } from './world.ts';

/** J1 and J2 over both books: what one office let go the other brought in, once, and no page stands in two books. */
export function everybodyStandsOnce(world: World): string[] {
  const faults: string[] = [];
  const where = new Map<string, number>();
  const balance = new Map<string, number>();
  // Whom an erased change carried is no longer told.
  const untold = new Set<string>();
  for (const office of lsos) {
    for (const { kind, id } of world.records(office)) {
      if (!goesAlong(kind)) continue;
      if (where.has(id)) faults.push(`J2 ${kind} ${id} stands in book ${where.get(id)} and in book ${office}`);
      where.set(id, office);
    }
    for (const entry of world.memory.entries(office)) {
      for (const part of entry.remains?.changes ?? []) if (!('change' in part)) untold.add(part.id);
      for (const [id, count] of carriedBy(entry)) balance.set(id, (balance.get(id) ?? 0) + count);
    }
    const ids = new Set(world.records(office).map(({ id }) => id));
    for (const { id, field } of world.memory.apart(office))
      if (!ids.has(id))
        faults.push(`J1 the ${field} kept apart of ${id} stands in book ${office}, and her page does not`);
  }
  faults.push(...nothingIsStuck(world));
  for (const [id, count] of balance)
    if (count !== 0 && !untold.has(id))
      faults.push(`J1 ${id} was ${count < 0 ? 'let go and not brought in' : 'brought in and not let go'}`);
  return faults;
}

/** Which pages an entry took out of its book (-1) or put into it (1) on their way between two offices. */
function carriedBy(entry: Entry): (readonly [id: string, count: number])[] {
  if (entry.state === 'refused') return [];
  const did = { 'transfers.let-go': 'remove', 'transfers.bring-in': 'create' }[entry.command ?? ''];
  return changesIn(entry).flatMap((change) =>
    change.do === did && goesAlong(change.kind) ? [[change.id, did === 'remove' ? -1 : 1]] : [],
  );
}

function goesAlong(kind: string): boolean {
  const transfer = serverRegisters.kinds.get(kind)?.transfer;
  return transfer !== undefined && 'there' in transfer;
}

/** J9: an offer that is still open waits for the other office's word, and for nothing else. */
function nothingIsStuck(world: World): string[] {
  return lsos.flatMap((office) =>
    world.records(office).flatMap(({ kind, id, body }) => {
      const transfer = body as Transfer;
      if (kind !== transferKind.kind || !isOpen(transfer)) return [];
      const key = arrivalKey({ office, transfer: id });
      const arrival = world
        .records(transfer.office)
        .find((other) => other.kind === arrivalKind.kind && arrivalKey(other.body as Arrival) === key);
      const waits = transfer.state === 'offered' && (arrival?.body as Arrival | undefined)?.state === 'offered';
      return waits ? [] : [`J9 offer ${id} of book ${office} is ${transfer.state} and nobody carries it on`];
    }),
  );
}
