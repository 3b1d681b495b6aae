/* The judge's part on two LSOs between which people and organizations go: everybody stands in exactly one book, with all that is hers. */
import {
  type Arrival,
  arrivalKey,
  arrivalKind,
  isOpen,
  type Transfer,
  transferKind,
} from '../../src/federation/transfers/transfer.ts';
import type { Entry } from '../../src/platform/book/entry.ts';
import { lsos } from './offices.ts';
import { serverRegisters } from './program-ages.ts';
import type { World } from './world.ts';

/** J1 and J2 over both books: what one office let go the other brought in, once, and no page stands in two books. */
export function everybodyStandsOnce(world: World): string[] {
  const faults: string[] = [];
  const where = new Map<string, number>();
  const balance = new Map<string, number>();
  // What an erased entry carried is no longer told.
  const untold = new Set<string>();
  for (const office of lsos) {
    for (const { kind, id } of world.records(office)) {
      const transfer = serverRegisters.kinds.get(kind)?.transfer;
      if (!transfer || !('there' in transfer)) continue;
      if (where.has(id)) faults.push(`J2 ${kind} ${id} stands in book ${where.get(id)} and in book ${office}`);
      where.set(id, office);
    }
    for (const entry of world.memory.entries(office))
      if (entry.body === null) for (const { id } of entry.touched ?? []) untold.add(id);
      else for (const [id, count] of carriedBy(entry)) balance.set(id, (balance.get(id) ?? 0) + count);
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
function carriedBy({ command, state, body }: Entry): (readonly [id: string, count: number])[] {
  if (state === 'refused') return [];
  const { pages = [], behind = [] } = (body?.input ?? {}) as Record<string, readonly { readonly id: string }[]>;
  const carried = new Set(pages.map(({ id }) => id));
  for (const { id } of behind) carried.delete(id);
  const changes = (body?.changes ?? []).filter(({ id }) => carried.has(id));
  if (command === 'transfers.let-go') return changes.flatMap(({ do: did, id }) => (did === 'remove' ? [[id, -1]] : []));
  if (command === 'transfers.bring-in')
    return changes.flatMap(({ do: did, id }) => (did === 'create' ? [[id, 1]] : []));
  return [];
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
