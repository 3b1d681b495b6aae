import * as z from 'zod/mini';
import { personKind } from '../../federation/people/person.ts';
import { bloodGroups } from '../../kernel/blood-group.ts';
import { nameIn, namesShape } from '../../kernel/names.ts';
import { parsePhoneNumber } from '../../kernel/phone-number.ts';
import { addDays } from '../../kernel/plain-date.ts';
import { dayShape as day, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { type Actor, leaders } from '../../platform/access/role.ts';
import { command, correct, create, flag, read, readIfAny, readIndex, update } from '../../platform/book/command.ts';
import type { Kept } from '../../platform/book/kind.ts';
import { answers, standingAnswers } from './answers.ts';
import { type CallList, callListKind } from './call-list.ts';
import { donationRules } from './donation-rules.ts';
import { type Donor, donorContactKind, donorContactShape, donorKind, groupKnowledge, sameDonorKey } from './donor.ts';
import { mayBeCalled } from './eligibility.ts';

/** Leaders keep the register; an import brings an old one in. */
export function isLeader(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => leaders.includes(role));
}

const numberText = z.string().check(z.maxLength(40));

const enlistInput = z.strictObject({
  names: namesShape,
  parent: z.nullable(namesShape),
  /** Her page in the people's register, where she was enlisted from it. */
  person: z._default(z.nullable(idShape), null),
  sex: z.enum(['f', 'm']),
  bornYear: z.nullable(z.int().check(z.minimum(1900), z.maximum(2100))),
  kilograms: z.nullable(z.int().check(z.minimum(20), z.maximum(250))),
  group: z.nullable(z.enum(bloodGroups)),
  groupKnownBy: z.enum(groupKnowledge),
  village: z.nullable(idShape),
  vo: idShape,
  address: z.nullable(z.string().check(z.maxLength(200))),
  /** Null: called on his or her own number. */
  relay: z.nullable(z.strictObject({ person: idShape, names: namesShape })),
  number: z.nullable(numberText),
  whose: donorContactShape.shape.whose,
  safeToCall: z.boolean(),
  owner: idShape,
  /** The donor heard what the register is for, and agreed. */
  consented: z.boolean(),
  /** Somebody like this is enlisted already; she is another person. */
  sure: z.boolean(),
});

export const enlist = command({
  name: 'blood-donors.enlist',
  nature: 'decision',
  input: enlistInput,
  reads: (input) => [
    readIndex(donorKind, 'same', sameDonorKey(input)),
    ...(input.person === null
      ? []
      : [readIfAny(personKind, input.person), readIndex(donorKind, 'person', input.person)]),
  ],
  mayRun: isLeader,
  decide: (pages, input, { on, id }) => {
    if (input.person !== null && isAnothers(pages.page(donorKind, 'person', input.person), null))
      return refuse('blood-donors.has-page');
    if (!input.consented) return refuse('blood-donors.no-consent');
    if (input.bornYear !== null && input.bornYear > Number(on.slice(0, 4))) return refuse('blood-donors.born-later');
    const alike = input.sure ? [] : pages.page(donorKind, 'same', sameDonorKey(input));
    if (alike[0]) return refuse('blood-donors.enlisted-already', { name: nameIn(alike[0].body.names, 'sd') });
    const number = input.number === null ? null : parsePhoneNumber(input.number);
    if (input.number !== null && number === null) return refuse('blood-donors.bad-number', { number: input.number });
    const known = input.group === null ? 'unknown' : input.groupKnownBy;
    const donor: Donor = {
      names: input.names,
      parent: input.parent,
      ...(input.person !== null && { person: input.person }),
      sex: input.sex,
      bornYear: input.bornYear,
      kilograms: input.kilograms,
      group: input.group,
      groupKnownBy: input.group !== null && known === 'unknown' ? 'told' : known,
      village: input.village,
      vo: input.vo,
      address: input.address,
      relay: input.relay,
      owner: input.owner,
      enlistedOn: on,
      consentedOn: on,
      status: 'active',
      resting: false,
      lastGaveOn: null,
      gave: 0,
      asked: 0,
      lastAnswer: null,
    };
    if (number === null) return accept([create(donorKind, donor)]);
    const contact = {
      donor: id(1),
      number,
      whose: input.whose,
      safeToCall: input.safeToCall,
      restingUntil: null,
      // A relayed number belongs to the donor's VO, and never leaves its phones.
      owner: input.relay === null ? input.owner : input.vo,
    };
    return accept([create(donorKind, donor), create(donorContactKind, contact)]);
  },
});

export const correctDonor = command({
  name: 'blood-donors.correct',
  nature: 'decision',
  input: z.strictObject({
    donor: idShape,
    saw: z.int(),
    fields: z.strictObject({
      names: z.optional(namesShape),
      parent: z.optional(z.nullable(namesShape)),
      bornYear: z.optional(z.nullable(z.int())),
      kilograms: z.optional(z.nullable(z.int())),
      village: z.optional(z.nullable(idShape)),
      address: z.optional(z.nullable(z.string().check(z.maxLength(200)))),
    }),
  }),
  reads: ({ donor }) => [read(donorKind, donor)],
  mayRun: isLeader,
  decide: (_pages, { donor, saw, fields }) => accept([correct(donorKind, donor, fields as Partial<Donor>, saw)]),
});

/** Whether another donor stands under her page. One who has left the register may be enlisted again. */
function isAnothers(joined: readonly Kept<Donor>[], donor: string | null): boolean {
  return joined.some(({ id, body }) => id !== donor && body.status === 'active');
}

/** Which page of the people's register is this donor's too, or that none is. What is held on her is then found, told and erased together. */
export const tellPerson = command({
  name: 'blood-donors.tell-person',
  nature: 'decision',
  input: z.strictObject({ donor: idShape, person: z.nullable(idShape) }),
  reads: ({ donor, person }) => [
    read(donorKind, donor),
    ...(person === null ? [] : [read(personKind, person), readIndex(donorKind, 'person', person)]),
  ],
  mayRun: isLeader,
  decide: (pages, { donor, person }) => {
    // Who the other is stays unsaid: a refusal outlives the page of whoever asks to be erased.
    if (person !== null && isAnothers(pages.page(donorKind, 'person', person), donor))
      return refuse('blood-donors.has-page');
    return accept([update(donorKind, donor, { ...pages.get(donorKind, donor).body, person })]);
  },
});

/** Somebody's group has become known: from a card, from a laboratory, or as told. */
export const learnGroup = command({
  name: 'blood-donors.learn-group',
  nature: 'witness',
  input: z.strictObject({ donor: idShape, group: z.enum(bloodGroups), knownBy: z.enum(['card', 'lab', 'told']) }),
  reads: ({ donor }) => [read(donorKind, donor)],
  mayRun: isLeader,
  decide: (pages, { donor, group, knownBy }) => {
    const kept = pages.get(donorKind, donor);
    const changed = update(donorKind, donor, { ...kept.body, group, groupKnownBy: knownBy });
    const before = kept.body.group;
    // Two laboratories do not agree: both are kept, and a person asks the donor for the card.
    if (before !== null && before !== group)
      return accept([changed, flag('blood-donors.group-differs', { before, now: group }, donor, kept.body.vo)]);
    return accept([changed]);
  },
});

export const withdraw = command({
  name: 'blood-donors.withdraw',
  nature: 'witness',
  input: z.strictObject({ donor: idShape, contact: z.nullable(idShape) }),
  reads: ({ donor, contact }) => [
    read(donorKind, donor),
    ...(contact === null ? [] : [readIfAny(donorContactKind, contact)]),
  ],
  mayRun: isLeader,
  decide: (pages, { donor, contact }) => {
    const kept = pages.get(donorKind, donor);
    const number = contact === null ? undefined : pages.maybe(donorContactKind, contact);
    return accept([
      update(donorKind, donor, { ...kept.body, status: 'withdrawn', address: null, relay: null }),
      ...(number ? [{ do: 'remove', kind: donorContactKind, id: number.id } as const] : []),
    ]);
  },
});

/** Not now. Why is nobody's business; until when stands with the number, on her VO's phones only. */
export const rest = command({
  name: 'blood-donors.rest',
  nature: 'witness',
  input: z.strictObject({ donor: idShape, resting: z.boolean(), contact: z.nullable(idShape), until: z.nullable(day) }),
  reads: ({ donor, contact }) => [
    read(donorKind, donor),
    ...(contact === null ? [] : [readIfAny(donorContactKind, contact)]),
  ],
  mayRun: isLeader,
  decide: (pages, { donor, resting, contact, until }) => {
    const kept = pages.get(donorKind, donor);
    const number = contact === null ? undefined : pages.maybe(donorContactKind, contact);
    return accept([
      update(donorKind, donor, { ...kept.body, resting }),
      ...(number
        ? [update(donorContactKind, number.id, { ...number.body, restingUntil: resting ? until : null })]
        : []),
    ]);
  },
});

const requestFields = {
  group: z.nullable(z.enum(bloodGroups)),
  bottles: z.int().check(z.minimum(1), z.maximum(20)),
  sex: z.enum(['f', 'm', 'unknown']),
  age: z.nullable(z.int().check(z.minimum(0), z.maximum(120))),
  village: z.nullable(idShape),
  vo: z.nullable(idShape),
} as const;
export const requestShape = z.strictObject(requestFields);

/** A call list as it is opened, for this register and for emergencies. */
export function newCallList(
  request: z.infer<typeof requestShape>,
  owner: string,
  emergency: string | null,
  at: number,
  on: string,
): CallList {
  return { ...request, emergency, owner, openedAt: at, openedOn: on, calls: [], handed: [], closedOn: null };
}

/** The patient's group became known, or more is needed. */
export const changeRequest = command({
  name: 'blood-donors.change-request',
  nature: 'witness',
  input: z.strictObject({ list: idShape, ...requestFields }),
  reads: ({ list }) => [read(callListKind, list)],
  mayRun: isLeader,
  decide: (pages, { list, ...request }) =>
    accept([update(callListKind, list, { ...pages.get(callListKind, list).body, ...request })]),
});

/** What a donor answered. Several women write into one list; each answer is added, none overwritten. */
export const answer = command({
  name: 'blood-donors.answer',
  nature: 'witness',
  input: z.strictObject({ list: idShape, donor: idShape, answer: z.enum(answers) }),
  reads: ({ list, donor }) => [read(callListKind, list), read(donorKind, donor)],
  mayRun: isLeader,
  decide: (pages, input, { actor, at, on }) => {
    const list = pages.get(callListKind, input.list);
    const donor = pages.get(donorKind, input.donor);
    const stood = standingAnswers(list.body.calls);
    const call = { donor: input.donor, answer: input.answer, by: actor.person, at };
    const calls = [...list.body.calls, call];
    const stands = standingAnswers(calls).get(input.donor);
    const first = !stood.has(input.donor);
    const came =
      stands === 'arrived'
        ? 'came'
        : stands === 'not-arrived' || stands === 'no'
          ? 'did-not-come'
          : donor.body.lastAnswer;
    const changes = [
      update(callListKind, input.list, { ...list.body, calls }),
      update(donorKind, input.donor, {
        ...donor.body,
        asked: donor.body.asked + (first ? 1 : 0),
        lastAnswer: came,
      }),
    ];
    // Whoever came has come. That the rule said otherwise is written beside it, for the leaders to look at.
    const may = mayBeCalled(donor.body, on, pages.rule(donationRules));
    if (input.answer === 'arrived' && stood.get(input.donor) !== 'arrived' && !may.ok)
      changes.push(
        flag('blood-donors.came-too-early', { name: nameIn(donor.body.names, 'sd') }, input.donor, donor.body.vo),
      );
    return accept(changes);
  },
});

/** A number was handed to a man whom the patient's family named, so that no woman must ring a stranger. Logged. */
export const handNumber = command({
  name: 'blood-donors.hand-number',
  nature: 'witness',
  input: z.strictObject({ list: idShape, donor: idShape, to: z.string().check(z.minLength(1), z.maxLength(80)) }),
  reads: ({ list }) => [read(callListKind, list)],
  mayRun: isLeader,
  decide: (pages, { list, donor, to }, { actor, at }) => {
    const kept = pages.get(callListKind, list);
    return accept([
      update(callListKind, list, { ...kept.body, handed: [...kept.body.handed, { donor, to, by: actor.person, at }] }),
    ]);
  },
});

/** Afterwards: the donor gave, was thanked, and is told when he or she may give again. */
export const thank = command({
  name: 'blood-donors.thank',
  nature: 'witness',
  input: z.strictObject({ donor: idShape, gaveOn: z.nullable(day) }),
  reads: ({ donor }) => [read(donorKind, donor)],
  mayRun: isLeader,
  decide: (pages, { donor, gaveOn }, { on }) => {
    const { body } = pages.get(donorKind, donor);
    if (gaveOn === null) return accept([]);
    if (gaveOn > on) return refuse('blood-donors.gave-later', { gaveOn });
    // Two leaders may thank for the same evening.
    if (body.lastGaveOn !== null && gaveOn <= body.lastGaveOn) return accept([]);
    return accept([update(donorKind, donor, { ...body, lastGaveOn: gaveOn, gave: body.gave + 1, lastAnswer: 'came' })]);
  },
});

/** The day on which a donor who gave on another may give again. */
export function mayGiveAgainOn(
  gaveOn: string,
  sex: 'f' | 'm',
  daysBetween: { readonly f: number; readonly m: number },
): string {
  return addDays(gaveOn, daysBetween[sex]);
}
