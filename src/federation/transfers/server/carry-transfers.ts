/*
 * Carries offers between the books of one installation. Every step looks at how both books stand and does what is next, so that a
 * server which died in between, a restore, or a second server that does the same, does no harm: nothing is remembered outside the books.
 */
import type { OfficeId, OrganizationId, RecordId, SeatNumber } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import { canonicalJson } from '../../../platform/book/canonical.ts';
import type { AnyKept } from '../../../platform/book/decide.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import type { OpenBook } from '../../../platform/book/server/book-store.ts';
import { type OwnLine, type PushContext, pushAcross, pushOwnLine } from '../../../platform/sync/server/push.ts';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { type Person, personKind } from '../../people/person.ts';
import { placeKind } from '../../places/place.ts';
import { arriving, type Going, goingOf } from '../arriving.ts';
import { takesIn } from '../commands.ts';
import { type Arrival, arrivalKey, arrivalKind, type Reason, type Transfer, transferKind } from '../transfer.ts';

export type CarryingDoors = PushContext & {
  /** The LSOs whose books are kept here. */
  readonly lsos: () => Promise<readonly { readonly office: OfficeId; readonly names: Names }[]>;
  /** Those of them in which an offer waits. */
  readonly waiting: () => Promise<readonly OfficeId[]>;
  /** The server's own seat in a book. */
  readonly ownSeat: (office: OfficeId) => Promise<SeatNumber>;
};

/** Offers of one book looked at in one round. */
const atOnce = 50;

/** Takes every offer its next step. Answers how many steps were taken. */
export async function carryTransfers(doors: CarryingDoors): Promise<number> {
  const lsos = new Map((await doors.lsos()).map((lso) => [lso.office, lso.names]));
  let steps = 0;
  for (const office of await doors.waiting()) {
    const names = lsos.get(office);
    if (!names) continue;
    const open = await doors.store.open(office, (book) => book.page(transferKind.kind, 'open', 'open', atOnce));
    for (const { kept } of open) if (await carry(doors, office, names, lsos, kept as Kept<Transfer>)) steps += 1;
  }
  return steps;
}

async function carry(
  doors: CarryingDoors,
  office: OfficeId,
  names: Names,
  lsos: ReadonlyMap<OfficeId, Names>,
  { id, body }: Kept<Transfer>,
): Promise<boolean> {
  const say = async (where: OfficeId, command: string, input: unknown) => {
    await pushOwnLine(doors, where, await doors.ownSeat(where), lineOf(doors, command, input));
    return true;
  };
  const close = (why: Reason | null) => say(office, 'transfers.close', { transfer: id, why });
  if (!lsos.has(body.office)) return close(body.state === 'taking-back' ? null : 'no-such-office');
  const arrival = await doors.store.open(body.office, async (book) => {
    const [found] = await book.page(arrivalKind.kind, 'transfer', arrivalKey({ office, transfer: id }), 1);
    return found?.kept as Kept<Arrival> | undefined;
  });
  const state = arrival?.body.state;
  if (body.state === 'taking-back') {
    if (arrival && (state === 'offered' || state === 'accepted'))
      await say(body.office, 'transfers.withdraw', { arrival: arrival.id });
    return close(null);
  }
  if (state === 'declined') return close('said-no');
  if (arrival && state === 'accepted') {
    const so = await carryOver(doors, office, body.office, id, arrival.id);
    if (so === 'carried') return true;
    if (so === 'asked-again')
      return say(body.office, 'transfers.announce', announcement(office, names, id, body, arrival.body));
    if (arrival.body.state === 'accepted') await say(body.office, 'transfers.withdraw', { arrival: arrival.id });
    return close(so);
  }
  const going = await doors.store.open(office, async (book) => goingIn(doors, await everything(doors, book), body));
  if (!going) {
    if (arrival) await say(body.office, 'transfers.withdraw', { arrival: arrival.id });
    return close('not-here');
  }
  const count = (kind: string) => going.pages.filter((page) => page.kind === kind).length;
  const main = going.pages.find((page) => page.id === body.about) as AnyKept;
  const told = {
    tier: body.kind === 'organization' ? (main.body as Organization).tier : null,
    people: count('person'),
    households: count('household'),
  };
  const now = announcement(office, names, id, body, told);
  if (arrival) {
    const {
      state: _state,
      to: _to,
      household: _household,
      answeredBy: _by,
      closedOn: _on,
      owner: _owner,
      ...before
    } = arrival.body;
    if (state !== 'offered' || canonicalJson(before) === canonicalJson(now)) return false;
  }
  return say(body.office, 'transfers.announce', now);
}

function announcement(
  office: OfficeId,
  officeNames: Names,
  transfer: RecordId,
  { about, kind, names, offeredOn }: Transfer,
  { tier, people, households }: Pick<Arrival, 'tier' | 'people' | 'households'>,
) {
  return { transfer, office, officeNames, about, kind, tier, names, people, households, offeredOn };
}

function lineOf({ registers, now }: CarryingDoors, command: string, input: unknown): OwnLine['line'] {
  return { command, shape: registers.commands.get(command)?.upgrades.length ?? 0, input, at: now(), grants: 0 };
}

/** Every record of a book that can go to another office or speaks of who may. */
function everything({ registers }: CarryingDoors, book: OpenBook): Promise<readonly AnyKept[]> {
  const kinds = [...registers.kinds.values()].flatMap(({ kind, transfer }) => (transfer ? [kind] : []));
  return book.structure([...kinds, 'grant']);
}

function goingIn({ registers }: CarryingDoors, records: readonly AnyKept[], transfer: Transfer): Going | null {
  return goingOf(registers.kinds, records, transfer);
}

/** Takes the pages out of the one book and puts them into the other, or says why they stay. */
async function carryOver(
  doors: CarryingDoors,
  office: OfficeId,
  other: OfficeId,
  transfer: RecordId,
  arrival: RecordId,
): Promise<'carried' | 'asked-again' | Reason> {
  let stays: 'asked-again' | Reason = 'not-here';
  const [ownSeat, otherSeat] = [await doors.ownSeat(office), await doors.ownSeat(other)];
  const carried = await pushAcross(doors, office, other, async (giving, receiving) => {
    const [offered, accepted] = [
      await bodyIn<Transfer>(giving, transferKind.kind, transfer),
      await bodyIn<Arrival>(receiving, arrivalKind.kind, arrival),
    ];
    if (offered?.state !== 'offered' || accepted?.state !== 'accepted' || accepted.to === null) return null;
    const records = await everything(doors, giving);
    const going = goingIn(doors, records, offered);
    if (!going) return null;
    if (going.holds > 0) {
      stays = 'holds-post';
      return null;
    }
    stays = 'asked-again';
    const home = await bodyIn<Organization>(receiving, organizationKind.kind, accepted.to);
    if (!home || !takesIn(home, accepted)) return null;
    const household =
      accepted.household === null
        ? undefined
        : await bodyIn<{ owner: string }>(receiving, 'household', accepted.household);
    if (accepted.household !== null && household?.owner !== accepted.to) return null;
    const pages = arriving(doors.registers.kinds, going, {
      arrival: { ...accepted, to: accepted.to },
      on: dayInPakistan(doors.now()),
      out: treeOf(records),
      into: treeOf(await receiving.structure([organizationKind.kind])),
      home,
      members: (await receiving.structure([personKind.kind])).filter(
        ({ scope }) => scope === accepted.to,
      ) as Kept<Person>[],
      ownPlaces: new Set((await giving.structure([placeKind.kind])).map(({ id }) => id)),
    });
    if ((await receiving.records(pages)).length > 0) {
      stays = 'here-already';
      return null;
    }
    const named = (list: readonly AnyKept[]) => list.map(({ kind, id }) => ({ kind, id }));
    const { behind, ends: grants } = going;
    const letGo = { transfer, from: going.from, pages: named(going.pages), behind: named(behind), grants };
    return [
      { office, seat: ownSeat, line: lineOf(doors, 'transfers.let-go', letGo) },
      { office: other, seat: otherSeat, line: lineOf(doors, 'transfers.bring-in', { arrival, pages }) },
    ];
  });
  return carried ? 'carried' : stays;
}

async function bodyIn<T>(book: OpenBook, kind: string, id: RecordId): Promise<T | undefined> {
  return (await book.records([{ kind, id }]))[0]?.kept.body as T | undefined;
}

function treeOf(records: readonly AnyKept[]): ReadonlyMap<OrganizationId, OrganizationId | null> {
  return new Map(
    records.flatMap(({ kind, id, body }) =>
      kind === organizationKind.kind ? [[id, (body as Organization).parent] as const] : [],
    ),
  );
}
