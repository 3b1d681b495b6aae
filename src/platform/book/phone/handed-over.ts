/*
 * A handover on a phone: what is given away stays, and what is taken in lies beside the women's own lines, sealed as it came, until
 * some session of this phone has carried it to the office.
 */
import type { Bundle } from '../../sync/protocol.ts';
import type { PhoneDatabase, StoredLine } from './phone-database.ts';

/** Stands where a woman's slot stands; no slot begins so. */
const handedForm = 'handed ';
const slotOf = (seat: number) => `${handedForm}${seat}`;
const nothing = { iv: new Uint8Array(0), box: new ArrayBuffer(0) };

/** A line that another phone gave: nobody here can read it, and it goes once the office has it. */
export function isHanded({ slot }: { readonly slot: string }): boolean {
  return slot.startsWith(handedForm);
}

/** Everything of everybody on this phone that no backup of the office is known to hold, in order. */
export async function linesToHandOver(database: PhoneDatabase): Promise<readonly Bundle[]> {
  return sealedBundles(await database.getAll('lines'), Number.POSITIVE_INFINITY);
}

/** Sealed lines by seat, in order, at most so many of each; beside them the numbers of those that are torn on their own phone. */
export function sealedBundles(lines: readonly StoredLine[], limit: number): Bundle[] {
  const seats = new Map<number, StoredLine[]>();
  for (const line of lines) seats.set(line.seat, [...(seats.get(line.seat) ?? []), line]);
  return [...seats].flatMap(([seat, all]) => {
    const some = all.sort((a, b) => a.line - b.line).slice(0, limit);
    const sealed = some.flatMap(({ line, escrow }) => (escrow === null ? [] : [{ line, box: escrow }]));
    const torn = some.flatMap((line) => (line.torn && line.escrow !== null ? [line.line] : []));
    return sealed.length === 0 ? [] : [{ seat, lines: [], sealed, ...(torn.length > 0 && { torn }) }];
  });
}

/** Keeps another phone's lines, in one write. Answers how many were not here yet. */
export async function takeInLines(database: PhoneDatabase, bundles: readonly Bundle[]): Promise<number> {
  const here = new Set((await database.getAll('lines')).map(({ seat, line }) => `${seat}-${line}`));
  const fresh = bundles.flatMap(({ seat, sealed, torn }) =>
    sealed
      .filter(({ line }) => !here.has(`${seat}-${line}`))
      .map(({ line, box }): StoredLine => {
        const kept = { slot: slotOf(seat), seat, line, own: nothing, escrow: box, sent: false } as const;
        return torn?.includes(line) ? { ...kept, torn: true } : kept;
      }),
  );
  const transaction = database.transaction('lines', 'readwrite', { durability: 'strict' });
  for (const line of fresh) void transaction.store.put(line);
  await transaction.done;
  return fresh.length;
}

/** How many lines of other phones wait here to be carried. */
export async function countHanded(database: PhoneDatabase): Promise<number> {
  return (await database.getAll('lines')).filter(isHanded).length;
}
