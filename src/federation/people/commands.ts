import * as z from 'zod/mini';
import { isCnicMask, maskCnic, parseCnic, sexOfCnic } from '../../kernel/cnic.ts';
import { namesShape } from '../../kernel/names.ts';
import { parsePhoneNumber } from '../../kernel/phone-number.ts';
import { isPlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { type Actor, leaders } from '../../platform/access/role.ts';
import {
  type Change,
  command,
  create,
  flag,
  keepApart,
  type Pages,
  read,
  readBeyond,
  readHolders,
  readIfAny,
  readIndex,
  remove,
  update,
} from '../../platform/book/command.ts';
import { organizationKind } from '../organizations/organization.ts';
import { birthShape, bornBy } from './birth.ts';
import { type Consent, consentKind, consentPurposes, consentWays } from './consent.ts';
import { type PersonContact, personContactKind, phoneOwners } from './contact.ts';
import { correctPage } from './correction.ts';
import { type Household, householdFields, householdKind, leavings, parentKinds, sexes } from './household.ts';
import { nextMemberNumber, type Person, personFields, personKind } from './person.ts';

/** Leaders keep the register; an import brings an old one in. */
export function keepsPeople(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => leaders.includes(role));
}

/** Bearers answer for the register: who is one woman with another is decided by them. */
function answersForPeople(actor: Actor): boolean {
  return keepsPeople(actor) && (actor.nature !== 'person' || actor.grants.some(({ role }) => role !== 'crp'));
}

/** The field under which a card's number is kept apart. */
export const cnicField = 'cnic';
const cnicText = z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(40)));
// Of a text that is no number nothing stays at all: it is most of one.
const whatStays = {
  cnic: (value: unknown) => {
    const mask = typeof value === 'string' ? maskCnic(value) : '';
    return isCnicMask(mask) ? mask : '•';
  },
};

export const enterHousehold = command({
  name: 'people.enter-household',
  nature: 'decision',
  input: z.strictObject(householdFields),
  reads: ({ owner }) => [readIfAny(organizationKind, owner)],
  mayRun: keepsPeople,
  decide: (pages, input, { on, id }) =>
    !isPlainDate(input.since)
      ? refuse('people.no-such-day', { day: input.since })
      : input.since > on
        ? refuse('people.day-to-come', { on: input.since })
        : accept([
            create(householdKind, { ...input, left: null, corrections: [] } as Household),
            ...writtenIntoMerged(pages, input.owner, id(1)),
          ]),
});

// Her phone had not heard that the CO is another's by now. Its pages can still be read: nothing is turned away, and the other CO is told.
function writtenIntoMerged(pages: Pages, owner: string, about: string): readonly Change[] {
  const organization = pages.maybe(organizationKind, owner)?.body;
  return organization?.status === 'merged' && organization.into
    ? [flag('people.organization-merged', {}, about, organization.into)]
    : [];
}

/** The organization that owns a new page: where the household has moved from it meanwhile, the one it moved to. */
function homeOf(pages: Pages, { household, owner }: { readonly household: string | null; readonly owner: string }) {
  const body = household === null ? undefined : pages.maybe(householdKind, household)?.body;
  const hasMoved = body?.corrections?.some(({ field, before }) => field === 'owner' && before === owner);
  return body && hasMoved ? body.owner : owner;
}

const phoneInput = z.strictObject({
  number: z.string().check(z.maxLength(40)),
  whose: z.enum(phoneOwners),
  safeToCall: z.boolean(),
});
const agreedInput = z.strictObject({ purpose: z.enum(consentPurposes), how: z.enum(consentWays) });

export const enterPerson = command({
  name: 'people.enter-person',
  nature: 'decision',
  input: z.strictObject({
    ...personFields,
    /** The year alone, for those of whom no more is known: the short form of `born: { year }`, as older phones and lists write it. */
    bornYear: z._default(z.nullable(z.int().check(z.minimum(1900), z.maximum(2100))), null),
    /** Thirteen digits as they are typed, or the mask that stays of them. */
    cnic: z._default(cnicText, null),
    phones: z._default(z.array(phoneInput).check(z.maxLength(4)), []),
    /** The organization whose leaders keep the phones; null where it is the person's own. */
    phonesOwner: z._default(z.nullable(idShape), null),
    /** What she agreed to when she was written down, and how she was asked. */
    agreed: z._default(z.array(agreedInput).check(z.maxLength(consentPurposes.length)), []),
  }),
  secret: whatStays,
  reads: ({ household, number, owner, cnic }, pages) => [
    ...(household === null ? [] : [readIfAny(householdKind, household)]),
    readIfAny(organizationKind, owner),
    ...(number === null ? [] : [readIndex(personKind, 'member', homeOf(pages, { household, owner }))]),
    ...holdersOf(cnic),
  ],
  mayRun: keepsPeople,
  decide: (pages, input, occasion) => {
    const { on, id, actor } = occasion;
    const born = bornBy(input.born ?? (input.bornYear === null ? null : { year: input.bornYear }), on);
    if (!born.ok) return born;
    const card = readCard(input.cnic);
    if (!card.ok) return card;
    const person = id(1);
    const owner = homeOf(pages, input);
    const changes: Change[] = [...writtenIntoMerged(pages, owner, person)];
    for (const { number: typed, whose, safeToCall } of input.phones) {
      const number = parsePhoneNumber(typed);
      if (number === null) return refuse('people.bad-number', { number: typed });
      const keeper = input.phonesOwner ?? owner;
      changes.push(create(personContactKind, { person, number, whose, safeToCall, owner: keeper, since: on }));
    }
    for (const { purpose, how } of input.agreed)
      changes.push(
        create(consentKind, {
          person,
          purpose,
          steps: [{ given: true, on, how, by: actor.person }],
          owner,
        }),
      );
    const numbered = memberNumber(pages, input.number, owner, person);
    const { names, parent, parentIs, sex, household } = input;
    const body: Person = {
      names,
      parent,
      parentIs,
      sex,
      born: born.value,
      household,
      number: numbered.number,
      cnic: card.value === null ? null : maskCnic(card.value),
      owner,
      enteredOn: on,
      left: null,
      withdrawnOn: null,
      mergedInto: null,
      corrections: [],
    };
    return accept([
      create(personKind, body),
      ...changes,
      ...numbered.flags,
      ...writeCard(pages, card.value, person, sex, owner),
    ]);
  },
});

// A number that another member holds is not given twice: the next one is, and the leaders of the CO are told. It happens when two
// phones admit at once, and nobody's entry is turned away for it.
function memberNumber(
  pages: Pages,
  asked: number | null,
  owner: string,
  person: string,
): { readonly number: number | null; readonly flags: readonly Change[] } {
  if (asked === null) return { number: null, flags: [] };
  const members = pages.page(personKind, 'member', owner).filter(({ id }) => id !== person);
  if (!members.some(({ body }) => body.number === asked)) return { number: asked, flags: [] };
  const number = nextMemberNumber(members);
  return { number, flags: [flag('people.number-moved', { asked, number }, person, owner)] };
}

/** A number of thirteen digits, or what stays of one in a line that is offered again. */
function readCard(typed: string | null): Result<string | null, 'people.bad-cnic'> {
  if (typed === null || isCnicMask(typed)) return accept(typed);
  const cnic = parseCnic(typed);
  return cnic === null ? refuse('people.bad-cnic') : accept(cnic);
}

function holdersOf(typed: string | null) {
  const cnic = typed === null ? null : parseCnic(typed);
  return cnic === null ? [] : [readHolders(cnicField, cnic)];
}

// Both flags warn and neither refuses: cards are misread, borrowed, and printed wrong.
function writeCard(
  pages: Pages,
  card: string | null,
  person: string,
  sex: Person['sex'],
  owner: string,
): readonly Change[] {
  if (card === null) return [];
  const changes: Change[] = [];
  const told = sexOfCnic(card);
  if (told !== null && told !== sex)
    changes.push(flag('people.cnic-sex', { ends: maskCnic(card).slice(-5) }, person, owner));
  if (isCnicMask(card)) return changes;
  const others = pages.holders(cnicField, card).filter((id) => id !== person);
  if (others.length > 0) changes.push(flag('people.cnic-twice', { ends: maskCnic(card).slice(-5) }, person, owner));
  return [...changes, keepApart(person, cnicField, card)];
}

/** The number of her identity card became known, was read wrongly before, or is not to be kept any longer. */
export const writeCnic = command({
  name: 'people.write-cnic',
  nature: 'witness',
  input: z.strictObject({ person: idShape, cnic: cnicText }),
  secret: whatStays,
  reads: ({ person, cnic }) => [read(personKind, person), ...holdersOf(cnic)],
  mayRun: keepsPeople,
  decide: (pages, input) => {
    const { id, body } = pages.get(personKind, input.person);
    const card = readCard(input.cnic);
    if (!card.ok) return card;
    if (card.value === null)
      return accept([update(personKind, id, { ...body, cnic: null }), keepApart(id, cnicField, null)]);
    return accept([
      update(personKind, id, { ...body, cnic: maskCnic(card.value) }),
      ...writeCard(pages, card.value, id, body.sex, body.owner),
    ]);
  },
});

/** What was mistyped, or has become known since. Only the fields that were changed travel. */
export const correctPerson = command({
  name: 'people.correct-person',
  nature: 'decision',
  input: z.strictObject({
    person: idShape,
    saw: z.int(),
    fields: z.strictObject({
      names: z.optional(namesShape),
      parent: z.optional(z.nullable(namesShape)),
      parentIs: z.optional(z.nullable(z.enum(parentKinds))),
      sex: z.optional(z.enum(sexes)),
      born: z.optional(z.nullable(birthShape)),
      household: z.optional(z.nullable(idShape)),
    }),
  }),
  reads: ({ person }) => [read(personKind, person)],
  mayRun: keepsPeople,
  decide: (pages, { person, saw, fields }, occasion) => {
    const born = bornBy(fields.born ?? null, occasion.on);
    if (!born.ok) return born;
    return accept(correctPage(personKind, pages.get(personKind, person), fields as Partial<Person>, saw, occasion));
  },
});

export const correctHousehold = command({
  name: 'people.correct-household',
  nature: 'decision',
  input: z.strictObject({
    household: idShape,
    saw: z.int(),
    fields: z.strictObject({
      head: z.optional(namesShape),
      headParent: z.optional(z.nullable(namesShape)),
      headParentIs: z.optional(z.nullable(z.enum(parentKinds))),
      headSex: z.optional(z.nullable(z.enum(sexes))),
      size: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(99)))),
      place: z.optional(z.nullable(idShape)),
      bookPage: z.optional(z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(20)))),
    }),
  }),
  reads: ({ household }) => [read(householdKind, household)],
  mayRun: keepsPeople,
  decide: (pages, { household, saw, fields }, occasion) =>
    accept(
      correctPage(householdKind, pages.get(householdKind, household), fields as Partial<Household>, saw, occasion),
    ),
});

/** She becomes a member of her CO. */
export const admit = command({
  name: 'people.admit',
  nature: 'decision',
  input: z.strictObject({ person: idShape, number: z.int().check(z.positive()) }),
  reads: ({ person }, pages) => {
    const page = pages.maybe(personKind, person);
    return [read(personKind, person), ...(page ? [readIndex(personKind, 'member', page.body.owner)] : [])];
  },
  mayRun: keepsPeople,
  decide: (pages, input) => {
    const { id, body } = pages.get(personKind, input.person);
    if (body.number !== null) return accept([]);
    const { number, flags } = memberNumber(pages, input.number, body.owner, id);
    return accept([update(personKind, id, { ...body, number }), ...flags]);
  },
});

/** She moved away or died, or she is here after all. */
export const tellStatus = command({
  name: 'people.tell-status',
  nature: 'witness',
  input: z.strictObject({ person: idShape, left: z.nullable(z.strictObject({ how: z.enum(leavings), on: dayShape })) }),
  reads: ({ person }) => [read(personKind, person)],
  mayRun: keepsPeople,
  decide: (pages, { person, left }, { on }) => {
    const { id, body } = pages.get(personKind, person);
    if (left !== null && !isPlainDate(left.on)) return refuse('people.no-such-day', { day: left.on });
    if (left !== null && left.on > on) return refuse('people.day-to-come', { on: left.on });
    return accept([update(personKind, id, { ...body, left })]);
  },
});

export const householdStatus = command({
  name: 'people.tell-household-status',
  nature: 'witness',
  input: z.strictObject({
    household: idShape,
    left: z.nullable(z.strictObject({ how: z.enum(leavings), on: dayShape })),
  }),
  reads: ({ household }) => [read(householdKind, household)],
  mayRun: keepsPeople,
  decide: (pages, { household, left }, { on }) => {
    const { id, body } = pages.get(householdKind, household);
    if (left !== null && !isPlainDate(left.on)) return refuse('people.no-such-day', { day: left.on });
    if (left !== null && left.on > on) return refuse('people.day-to-come', { on: left.on });
    return accept([update(householdKind, id, { ...body, left })]);
  },
});

export const addPhone = command({
  name: 'people.add-phone',
  nature: 'decision',
  input: z.strictObject({ person: idShape, ...phoneInput.shape, owner: idShape }),
  reads: ({ person }) => [read(personKind, person)],
  mayRun: keepsPeople,
  decide: (_pages, { person, number: typed, whose, safeToCall, owner }, { on }) => {
    const number = parsePhoneNumber(typed);
    if (number === null) return refuse('people.bad-number', { number: typed });
    return accept([create(personContactKind, { person, number, whose, safeToCall, owner, since: on })]);
  },
});

/** A number is no longer hers, or is not safe any more. */
export const changePhone = command({
  name: 'people.change-phone',
  nature: 'witness',
  input: z.strictObject({ contact: idShape, whose: z.enum(phoneOwners), safeToCall: z.boolean() }),
  reads: ({ contact }) => [read(personContactKind, contact)],
  mayRun: keepsPeople,
  decide: (pages, { contact, whose, safeToCall }) => {
    const { id, body } = pages.get<PersonContact>(personContactKind, contact);
    return accept([update(personContactKind, id, { ...body, whose, safeToCall })]);
  },
});

export const removePhone = command({
  name: 'people.remove-phone',
  nature: 'witness',
  input: z.strictObject({ contact: idShape }),
  reads: ({ contact }) => [readIfAny(personContactKind, contact)],
  mayRun: keepsPeople,
  decide: (pages, { contact }) =>
    accept(pages.maybe(personContactKind, contact) ? [remove(personContactKind, contact)] : []),
});

/** She said yes or no to one purpose, on a day, asked in some way. What a no governs is gone with it. */
export const tellConsent = command({
  name: 'people.tell-consent',
  nature: 'witness',
  input: z.strictObject({
    person: idShape,
    purpose: z.enum(consentPurposes),
    given: z.boolean(),
    how: z.enum(consentWays),
    on: dayShape,
  }),
  reads: ({ person, purpose, given }) => [
    read(personKind, person),
    readIndex(consentKind, 'person', person),
    // Whoever writes her no need not see her numbers: they go all the same.
    ...(!given && (purpose === 'called' || purpose === 'register')
      ? [readBeyond(personContactKind, 'person', person)]
      : []),
  ],
  mayRun: keepsPeople,
  decide: (pages, { person, purpose, given, how, on }, occasion) => {
    if (!isPlainDate(on)) return refuse('people.no-such-day', { day: on });
    if (on > occasion.on) return refuse('people.day-to-come', { on });
    const { id, body } = pages.get(personKind, person);
    const step = { given, on, how, by: occasion.actor.person };
    const stand = pages.page(consentKind, 'person', person).filter((consent) => consent.body.purpose === purpose);
    const changes: Change[] = stand.map((consent) =>
      update(consentKind, consent.id, { ...consent.body, steps: [...consent.body.steps, step] } as Consent),
    );
    if (stand.length === 0)
      changes.push(create(consentKind, { person, purpose, steps: [step], owner: body.owner } as Consent));
    if (given) {
      if (purpose === 'register' && body.withdrawnOn !== null)
        changes.push(update(personKind, id, { ...body, withdrawnOn: null }));
      return accept(changes);
    }
    for (const contact of pages.page(personContactKind, 'person', person))
      changes.push(remove(personContactKind, contact.id));
    if (purpose === 'register')
      changes.push(update(personKind, id, { ...body, withdrawnOn: on, cnic: null }), keepApart(id, cnicField, null));
    return accept(changes);
  },
});

/** Two pages are one woman's. One stays; the other points to it. Nothing else is touched. */
export const merge = command({
  name: 'people.merge',
  nature: 'decision',
  input: z.strictObject({ stays: idShape, goes: idShape }),
  reads: ({ stays, goes }) => [read(personKind, stays), read(personKind, goes)],
  mayRun: answersForPeople,
  decide: (pages, { stays, goes }) => {
    const [kept, gone] = [pages.get(personKind, stays), pages.get(personKind, goes)];
    if (kept.id === gone.id) return refuse('people.merge-with-itself');
    if (gone.body.mergedInto === kept.id) return accept([]);
    if (kept.body.mergedInto !== null || gone.body.mergedInto !== null) return refuse('people.merged-already');
    return accept([update(personKind, gone.id, { ...gone.body, mergedInto: kept.id })]);
  },
});

/** They were two women after all. */
export const unmerge = command({
  name: 'people.unmerge',
  nature: 'decision',
  input: z.strictObject({ person: idShape }),
  reads: ({ person }) => [read(personKind, person)],
  mayRun: answersForPeople,
  decide: (pages, { person }) => {
    const { id, body } = pages.get(personKind, person);
    return accept(body.mergedInto === null ? [] : [update(personKind, id, { ...body, mergedInto: null })]);
  },
});
