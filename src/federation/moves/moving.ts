/*
 * A household or a person whose page another organization of the office owns from now on:
 *
 *   household ──► new owner, its CO, its village          what follows each person (numbers, consents) ──► who keeps it there
 *   its people ─► new owner, the next membership number   what stood before ──► a correction on the page
 *
 * Ids stay. What was decided, paid and minuted in the old organization stays in its pages.
 */
import { type Change, type Move, type Occasion, takeAlong, update } from '../../platform/book/command.ts';
import type { Kept } from '../../platform/book/kind.ts';
import { type Correction, correctionsKept } from '../people/correction.ts';
import { type Household, householdKind } from '../people/household.ts';
import { nextMemberNumber, type Person, personKind } from '../people/person.ts';

type Writer = Pick<Occasion, 'actor' | 'on'>;

/** Where they go. A household in a VO or LSO is not organized, and its people are no members. */
export type Home = { readonly to: string; readonly isCo: boolean; readonly place?: string | null };

export function moveHousehold(page: Kept<Household>, { to, isCo, place }: Home, writer: Writer): Change {
  const { body } = page;
  const now = { ...body, owner: to, co: isCo ? to : null, ...(place !== undefined && { place }) };
  const before = { owner: body.owner, ...(now.place !== body.place && { place: body.place }) };
  return update(householdKind, page.id, { ...now, corrections: withBefore(body.corrections ?? [], before, writer) });
}

/** Moves people who are one organization's, each with what follows her. A number is never given twice: each gets the next one. */
export function movePeople(
  people: readonly Kept<Person>[],
  members: readonly Kept<Person>[],
  move: Move,
  isCo: boolean,
  writer: Writer,
  change: (person: Person) => Partial<Person> = () => ({}),
): readonly Change[] {
  let next = nextMemberNumber(members);
  return [...people].sort(byNumber).flatMap((page) => {
    const { body } = page;
    const number = body.number === null || !isCo ? null : next++;
    const before = { owner: body.owner, ...(number !== body.number && { number: body.number }) };
    const corrections = withBefore(body.corrections, before, writer);
    const moved: Person = { ...body, ...change(body), owner: move.to, number, corrections };
    return [update(personKind, page.id, moved), takeAlong(page.id, move)];
  });
}

function byNumber(a: Kept<Person>, b: Kept<Person>): number {
  return (a.body.number ?? Number.MAX_SAFE_INTEGER) - (b.body.number ?? Number.MAX_SAFE_INTEGER);
}

function withBefore(corrections: readonly Correction[], before: object, { actor, on }: Writer): readonly Correction[] {
  const stood = Object.entries(before).map(([field, value]) => ({ field, before: value, by: actor.person, on }));
  return [...corrections, ...stood].slice(-correctionsKept);
}
