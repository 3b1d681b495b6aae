/*
 * Carries offers between the books of one installation. Every step looks at how both books stand and does what is next, so that a
 * server which died in between, a restore, or a second server that does the same, does no harm: nothing is remembered outside the books.
 */
import type { OfficeId, OrganizationId, RecordId, SeatNumber } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import { grantKind } from '../../../platform/access/grants.ts';
import type { AnyKept } from '../../../platform/book/decide.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import type { OpenBook } from '../../../platform/book/server/book-store.ts';
import { type OwnLine, type PushContext, pushAcross, pushOwnLine } from '../../../platform/sync/server/push.ts';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { type Household, householdKind } from '../../people/household.ts';
import { type Person, personKind } from '../../people/person.ts';
import { placeKind } from '../../places/place.ts';
import { arriving, type Going, goingOf } from '../arriving.ts';
import { takesIn } from '../commands.ts';
import {
  type Arrival,
  arrivalKey,
  arrivalKind,
  isOpen,
  type Reason,
  type Transfer,
  transferKind,
} from '../transfer.ts';

export type CarryingDoors = PushContext & {
  /** The LSOs whose books are kept here. */
  readonly lsos: () => Promise<readonly { readonly office: OfficeId; readonly names: Names }[]>;
  /** Those of them in which an offer waits. */
  readonly waiting: () => Promise<readonly OfficeId[]>;
  /** The server's own seat in a book. */
  readonly ownSeat: (office: OfficeId) => Promise<SeatNumber>;
};

/**
 * Takes every offer its next step. Answers how many steps were taken. An offer that meets a fault holds back none of the others; the
 * first fault is thrown when all have been looked at.
 */
export async function carryTransfers(doors: CarryingDoors): Promise<number> {
  const lsos = new Map((await doors.lsos()).map((lso) => [lso.office, lso.names]));
  const faults: unknown[] = [];
  let steps = 0;
  for (const office of await doors.waiting()) {
    const names = lsos.get(office);
    if (!names) continue;
    const offers = await doors.store.open(office, (book) => book.structure([transferKind.kind]));
    for (const offer of offers as readonly Kept<Transfer>[])
      try {
        if (isOpen(offer.body) && (await carry(doors, office, names, lsos, offer))) steps += 1;
      } catch (fault) {
        faults.push(fault);
      }
  }
  if (faults.length > 0) throw faults[0];
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
  const announce = (told: Told) => say(body.office, 'transfers.announce', announcement(office, names, id, body, told));
  if (!lsos.has(body.office)) return close(body.state === 'taking-back' ? null : 'no-such-office');
  const arrival = await doors.store.open(body.office, async (book) => {
    const [found] = await book.page(arrivalKind.kind, 'transfer', arrivalKey({ office, transfer: id }), 1);
    return found?.kept as Kept<Arrival> | undefined;
  });
  const withdraw = async () => {
    if (arrival && (arrival.body.state === 'offered' || arrival.body.state === 'accepted'))
      await say(body.office, 'transfers.withdraw', { arrival: arrival.id });
  };
  if (body.state === 'taking-back') {
    await withdraw();
    return close(null);
  }
  if (arrival?.body.state === 'declined') return close('said-no');
  if (arrival?.body.state === 'accepted') {
    const so = await carryOver(doors, office, body.office, id, arrival.id);
    if (so === 'carried') return true;
    if (so === 'changed-since') return false;
    if (so === 'asked-again') return announce(arrival.body);
    await withdraw();
    return close(so);
  }
  const main = await doors.store.open(office, (book) => bodyIn<Organization>(book, body.kind, body.about));
  if (!main) {
    await withdraw();
    return close('not-here');
  }
  if (arrival?.body.state === 'offered') return false;
  // Not told yet; or taken back there by a server that then died, before it could say why here.
  const going = await doors.store.open(office, async (book) => goingIn(doors, await everything(doors, book), body));
  const count = (kind: string) => going?.pages.filter((page) => page.kind === kind).length ?? 0;
  const tier = body.kind === 'organization' ? main.tier : null;
  return announce({ tier, people: count(personKind.kind), households: count(householdKind.kind) });
}

type Told = Pick<Arrival, 'tier' | 'people' | 'households'>;

function announcement(
  office: OfficeId,
  officeNames: Names,
  transfer: RecordId,
  { about, kind, names, parent, parentIs, sex, offeredOn }: Transfer,
  { tier, people, households }: Told,
) {
  const who = { names, parent, parentIs, sex };
  return { transfer, office, officeNames, about, kind, tier, ...who, people, households, offeredOn };
}

function lineOf({ registers, now }: CarryingDoors, command: string, input: unknown): OwnLine['line'] {
  return { command, shape: registers.commands.get(command)?.upgrades.length ?? 0, input, at: now(), grants: 0 };
}

/** Every record of a book that can go to another office or speaks of who may. */
function everything({ registers }: CarryingDoors, book: OpenBook): Promise<readonly AnyKept[]> {
  const kinds = [...registers.kinds.values()].flatMap(({ kind, transfer }) => (transfer ? [kind] : []));
  return book.structure([...kinds, grantKind.kind]);
}

function goingIn({ registers }: CarryingDoors, records: readonly AnyKept[], transfer: Transfer): Going | null {
  return goingOf(registers.kinds, records, transfer);
}

/** `changed-since`: the two no longer say what they said when this was begun, and the next round sees what they say now. */
type Outcome = 'carried' | 'asked-again' | 'changed-since' | Reason;

/** Takes the pages out of the one book and puts them into the other, or says why they stay. */
async function carryOver(
  doors: CarryingDoors,
  office: OfficeId,
  other: OfficeId,
  transfer: RecordId,
  arrival: RecordId,
): Promise<Outcome> {
  let stays: Outcome = 'changed-since';
  const [ownSeat, otherSeat] = [await doors.ownSeat(office), await doors.ownSeat(other)];
  const carried = await pushAcross(doors, office, other, async (giving, receiving) => {
    const [offered, accepted] = [
      await bodyIn<Transfer>(giving, transferKind.kind, transfer),
      await bodyIn<Arrival>(receiving, arrivalKind.kind, arrival),
    ];
    if (offered?.state !== 'offered' || accepted?.state !== 'accepted' || accepted.to === null) return null;
    const records = await everything(doors, giving);
    const going = goingIn(doors, records, offered);
    stays = 'not-here';
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
        : await bodyIn<Household>(receiving, householdKind.kind, accepted.household);
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
