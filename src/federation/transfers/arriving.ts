/*
 * What goes with an offer, and how it stands in the other office's book:
 *
 *   a person        her page, pages merged into it, and what belongs to her (numbers, consents)
 *   a household     its page, and each of its people like that
 *   an organization itself, all that stands below it, its people and households, its posts, by-laws and donors
 *
 * Nothing here looks at a store: whoever carries an offer reads both books and hands in what they say.
 */
import type { OrganizationId, RecordId } from '../../kernel/ids.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { type GrantPage, grantKind } from '../../platform/access/grants.ts';
import { heirOf, lineUpward, type OrganizationTree } from '../../platform/access/reach.ts';
import type { AnyKept } from '../../platform/book/decide.ts';
import type { AnyKind, Kept, There } from '../../platform/book/kind.ts';
import { type Organization, organizationKind } from '../organizations/organization.ts';
import { type Correction, correctionsKept } from '../people/correction.ts';
import { type Household, householdKind } from '../people/household.ts';
import { nextMemberNumber, type Person, personKind } from '../people/person.ts';
import type { Arrival, Transfer } from './transfer.ts';

export type Going = {
  /** The organization that they leave; of an organization, the one above it. */
  readonly from: OrganizationId;
  /** Pages that leave the book. */
  readonly pages: readonly AnyKept[];
  /** The office's own pages that belonged to an organization which goes. */
  readonly behind: readonly AnyKept[];
  /** Roles over organizations that go, and held by those who go over others: the first end, the second forbid it. */
  readonly ends: readonly RecordId[];
  readonly holds: number;
};

/** Everything an offer would take along, out of every record of the kinds that can go. Null when whom it is about is not there. */
export function goingOf(
  kinds: ReadonlyMap<string, AnyKind>,
  records: readonly AnyKept[],
  { kind, about }: Pick<Transfer, 'kind' | 'about'>,
): Going | null {
  const main = records.find((record) => record.kind === kind && record.id === about);
  const from = kind === 'organization' ? (main?.body as Organization | undefined)?.parent : main?.scope;
  if (!main || !from) return null;
  const goes = new Map<RecordId, AnyKept>([[about, main]]);
  if (kind !== 'organization') for (const one of alongWith(records, main)) goes.set(one.id, one);
  const behind = new Map<RecordId, AnyKept>();
  for (let before = 0; before < goes.size; ) {
    before = goes.size;
    for (const record of records) {
      const transfer = kinds.get(record.kind)?.transfer;
      if (!transfer || goes.has(record.id)) continue;
      if (![transfer.with(record.body)].flat().some((owner) => owner !== null && goes.has(owner))) continue;
      if ('there' in transfer) goes.set(record.id, record);
      else behind.set(record.id, record);
    }
  }
  const grants = records.flatMap((record) =>
    record.kind === grantKind.kind && (record.body as GrantPage).until === null ? [record as Kept<GrantPage>] : [],
  );
  const ends = grants.filter(({ body }) => goes.has(body.organization));
  const holds = grants.filter(({ body }) => !goes.has(body.organization) && goes.has(body.person)).length;
  return { from, pages: [...goes.values()], behind: [...behind.values()], ends: ends.map(({ id }) => id), holds };
}

/** The people of a household whom the same organization owns, and the pages that were merged into somebody who goes. */
function alongWith(records: readonly AnyKept[], main: AnyKept): readonly AnyKept[] {
  const people = records.filter(
    ({ kind, scope }) => kind === personKind.kind && scope === main.scope,
  ) as Kept<Person>[];
  const along = new Map<RecordId, Kept<Person>>();
  if (main.kind === householdKind.kind)
    for (const one of people) if (one.body.household === main.id) along.set(one.id, one);
  for (let before = -1; before < along.size; ) {
    before = along.size;
    for (const one of people) {
      const into = one.body.mergedInto;
      if (into && (into === main.id || along.has(into))) along.set(one.id, one);
    }
  }
  return [...along.values()];
}

export type Receiving = {
  readonly arrival: Arrival & { readonly to: string };
  readonly on: PlainDate;
  /** Which organizations stand below which, in the giving office and in the receiving one. */
  readonly out: OrganizationTree;
  readonly into: OrganizationTree;
  /** The organization to which they come. */
  readonly home: Organization;
  /** The people of that organization. */
  readonly members: readonly Kept<Person>[];
  /** Places that stand in the giving office's own book. */
  readonly ownPlaces: ReadonlySet<RecordId>;
};

/** The pages as they stand in the receiving office's book. */
export function arriving(
  kinds: ReadonlyMap<string, AnyKind>,
  { from, pages }: Pick<Going, 'from' | 'pages'>,
  { arrival, on, out, into, home, members, ownPlaces }: Receiving,
): readonly { readonly kind: string; readonly id: RecordId; readonly body: unknown }[] {
  const stay = new Set(pages.flatMap(({ kind, id }) => (kind === organizationKind.kind ? [id] : [])));
  const isWhole = arrival.kind === 'organization';
  const lineOut = isWhole ? [arrival.about, ...lineUpward(out, from)] : lineUpward(out, from);
  const lineInto = isWhole ? [arrival.about, ...lineUpward(into, arrival.to)] : lineUpward(into, arrival.to);
  const there: There = {
    on,
    // Who stands outside the line that they come from keeps nothing above where they are now.
    heir: (organization) => {
      if (stay.has(organization)) return organization;
      const heir = heirOf(lineOut, lineInto, organization);
      return into.has(heir) || stay.has(heir) ? heir : (lineInto[0] ?? heir);
    },
    place: (place) => (place !== null && ownPlaces.has(place) ? null : place),
  };
  let next = nextMemberNumber(members);
  return pages.map(({ kind, id, body }) => {
    const transfer = kinds.get(kind)?.transfer;
    if (!transfer || !('there' in transfer)) throw new Error(`${kind} has no way to another office`);
    const moved: unknown = transfer.there(body, there);
    if (isWhole)
      return { kind, id, body: id === arrival.about ? { ...(moved as Organization), parent: arrival.to } : moved };
    if (kind === householdKind.kind) {
      const { place } = moved as Household;
      const co = home.tier === 'co' ? arrival.to : null;
      return {
        kind,
        id,
        body: withPast(
          { ...(moved as Household), co, place: place ?? home.place },
          body as Household,
          ['place', 'since'],
          arrival,
          on,
        ),
      };
    }
    if (kind !== personKind.kind) return { kind, id, body: moved };
    const person = moved as Person;
    const number = person.number === null || home.tier !== 'co' ? null : next++;
    const household = arrival.kind === 'person' ? arrival.household : person.household;
    return {
      kind,
      id,
      body: withPast({ ...person, number, household }, body as Person, ['number', 'enteredOn'], arrival, on),
    };
  });
}

/** The page with what stood in some of its fields before, as a correction of whoever said yes to its coming. */
function withPast<T extends { readonly corrections?: readonly Correction[] }>(
  page: T,
  before: T,
  fields: readonly (keyof T & string)[],
  { answeredBy: by }: Pick<Arrival, 'answeredBy'>,
  on: PlainDate,
): T {
  const past = fields
    .filter((field) => page[field] !== before[field])
    .map((field): Correction => ({ field, before: before[field], by, on }));
  return past.length === 0
    ? page
    : { ...page, corrections: [...(page.corrections ?? []), ...past].slice(-correctionsKept) };
}
