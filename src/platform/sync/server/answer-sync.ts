/** One sync request, answered: lines are pushed seat by seat, then the copies are read. */
import type { SeatNumber } from '../../../kernel/ids.ts';
import type { Grant } from '../../access/role.ts';
import type { SeatState } from '../../book/server/book-store.ts';
import { type Bundle, emptyPlace, type SeatAnswer, type SyncAnswer, type SyncRequest } from '../protocol.ts';
import type { OpenedLines } from './open-lines.ts';
import { pullCopy } from './pull.ts';
import { type PushContext, pushLines, shutOf } from './push.ts';

export type SyncContext = PushContext & {
  /** Opens lines that were sealed to the server's key, and says which boxes do not open or are not that seat's. */
  readonly unseal: (bundle: Bundle) => Promise<OpenedLines>;
  /** What the person holds today, for her phone to decide with. */
  readonly grantsOf: (seat: SeatState) => Promise<readonly Grant[]>;
  readonly isUrgent: (office: number) => Promise<boolean>;
  /** The office in whose book a seat writes: women of two offices may share a phone. Null for no such seat. */
  readonly officeOfSeat: (seat: SeatNumber) => Promise<number | null>;
  /** After a restore: a phone tells how far the lost book had come. */
  readonly rememberHead?: (
    seat: SeatState,
    head: { readonly sequence: number; readonly hash: string },
  ) => Promise<void>;
};

/** `seat` is the session's own; bundles of other seats of the same phone are carried sealed. */
export async function answerSync(context: SyncContext, seat: SeatState, request: SyncRequest): Promise<SyncAnswer> {
  const { store } = context;
  const epoch = await store.epoch();
  if (request.remembers) await context.rememberHead?.(seat, request.remembers);
  const push: SeatAnswer[] = [];
  for (const bundle of request.push) {
    const { lines, shut } = await context.unseal(bundle);
    const open = bundle.seat === seat.seat ? [...bundle.lines, ...lines] : lines;
    const office = bundle.seat === seat.seat ? seat.office : await context.officeOfSeat(bundle.seat);
    if (office !== null) push.push(await pushLines(context, office, bundle.seat, open, shutOf(shut, bundle)));
  }
  // Also a phone that has nothing to send hears that its seat is closed.
  if (seat.closed !== null && !push.some((answer) => answer.seat === seat.seat))
    push.push({
      seat: seat.seat,
      lastLine: seat.lastLine,
      answers: [],
      ...(seat.closed === 'withdrawn' ? { withdrawn: true as const } : { cloned: true as const }),
    });
  if (request.pull === null || seat.closed !== null) {
    const safe = await store.view(seat.office, seat, async (view) => view.state.safe);
    return { epoch, at: context.now(), push, safe, pull: null };
  }

  const sameEpoch =
    request.epoch !== null && request.epoch.number === epoch.number && request.epoch.name === epoch.name;
  const places = new Map(sameEpoch ? request.pull.copies.map(({ office, place }) => [office, place]) : []);
  const copies = [];
  let head = { sequence: 0, hash: '' };
  let version = 0;
  let safe = 0;
  for (const office of await store.officesUpward(seat.office)) {
    const copy = await pullCopy(store, office, seat, places.get(office) ?? emptyPlace, request.pull);
    const { state, grants, ...page } = copy;
    if (office === seat.office) {
      head = { sequence: state.sequence, hash: state.head };
      version = grants;
      safe = state.safe;
    }
    // A book of which nothing is new is not spoken of: most of what a small change would otherwise cost.
    const place = places.get(office);
    const isNew =
      page.leaves.length + page.records.length + page.figures.length > 0 || page.more || page.whole !== null;
    if (isNew || !place || JSON.stringify(place) !== JSON.stringify(page.place)) copies.push(page);
  }
  return {
    epoch,
    at: context.now(),
    push,
    safe,
    pull: {
      copies,
      head,
      grants: { version, held: await context.grantsOf(seat) },
      urgent: await context.isUrgent(seat.office),
    },
  };
}
