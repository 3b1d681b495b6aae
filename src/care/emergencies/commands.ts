import * as z from 'zod/mini';
import { namesShape } from '../../kernel/names.ts';
import { parsePhoneNumber } from '../../kernel/phone-number.ts';
import { timeInPakistan } from '../../kernel/plain-date.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { command, correct, create, read, readIfAny, update } from '../../platform/book/command.ts';
import { callListKind } from '../blood-donors/call-list.ts';
import { isLeader, newCallList, requestShape } from '../blood-donors/commands.ts';
import { type Emergency, emergencyKind, emergencyTypes, outcomeShape, providerAnswers, supports } from './emergency.ts';
import { type Facility, facilityFields, facilityKind } from './facility.ts';
import { type Provider, providerFields, providerKind } from './provider.ts';

/** Opens everything at once: the night's page and, where blood is needed, the list from which all call. */
export const openEmergency = command({
  name: 'emergencies.open',
  nature: 'witness',
  input: z.strictObject({
    type: z.enum(emergencyTypes),
    patient: z.nullable(namesShape),
    vo: z.nullable(idShape),
    village: z.nullable(idShape),
    owner: idShape,
    /** Null when no blood is asked for. */
    blood: z.nullable(requestShape),
    bookPage: z.nullable(z.string().check(z.maxLength(20))),
  }),
  mayRun: isLeader,
  decide: (_pages, { blood, ...input }, { at, on, actor, id }) => {
    const emergency: Emergency = {
      ...input,
      openedAt: at,
      openedOn: on,
      openedBy: actor.person,
      callList: blood === null ? null : id(2),
      calls: [],
      visits: [],
      support: [],
      outcome: null,
    };
    const opened = create(emergencyKind, emergency);
    if (blood === null) return accept([opened]);
    return accept([opened, create(callListKind, newCallList(blood, input.owner, id(1), at, on))]);
  },
});

/** Blood turns out to be needed later in the night. */
export const askForBlood = command({
  name: 'emergencies.ask-for-blood',
  nature: 'witness',
  input: z.strictObject({ emergency: idShape, blood: requestShape }),
  reads: ({ emergency }) => [read(emergencyKind, emergency)],
  mayRun: isLeader,
  decide: (pages, { emergency, blood }, { at, on, id }) => {
    const { body } = pages.get(emergencyKind, emergency);
    // Two leaders may ask at once: one list stands, and both call from it.
    if (body.callList !== null) return accept([]);
    return accept([
      create(callListKind, newCallList(blood, body.owner, emergency, at, on)),
      update(emergencyKind, emergency, { ...body, callList: id(1) }),
    ]);
  },
});

/** What an ambulance provider answered; how it went is remembered beside his number for the next night. */
export const answerProvider = command({
  name: 'emergencies.answer-provider',
  nature: 'witness',
  input: z.strictObject({
    emergency: idShape,
    provider: idShape,
    answer: z.enum(providerAnswers),
    minutes: z.nullable(z.int().check(z.minimum(0), z.maximum(600))),
  }),
  reads: ({ emergency, provider }) => [read(emergencyKind, emergency), read(providerKind, provider)],
  mayRun: isLeader,
  decide: (pages, { emergency, provider, answer, minutes }, { actor, at, on }) => {
    const { body } = pages.get(emergencyKind, emergency);
    const kept = pages.get(providerKind, provider).body;
    const works = answer === 'coming' || answer === 'busy';
    return accept([
      update(emergencyKind, emergency, {
        ...body,
        calls: [...body.calls, { provider, answer, minutes, by: actor.person, at }],
      }),
      update(providerKind, provider, triedProvider(kept, works, on)),
    ]);
  },
});

function triedProvider(provider: Provider, works: boolean, on: string): Provider {
  return works
    ? { ...provider, lastWorkedOn: on, failures: 0 }
    : { ...provider, lastFailedOn: on, failures: provider.failures + 1 };
}

/** What somebody saw at a facility: is there staff, at this hour. */
export const seeFacility = command({
  name: 'emergencies.see-facility',
  nature: 'witness',
  input: z.strictObject({ emergency: z.nullable(idShape), facility: idShape, staff: z.enum(['yes', 'no']) }),
  reads: ({ emergency, facility }) => [
    read(facilityKind, facility),
    ...(emergency === null ? [] : [read(emergencyKind, emergency)]),
  ],
  mayRun: isLeader,
  decide: (pages, { emergency, facility, staff }, { actor, at }) => {
    const { body } = pages.get(facilityKind, facility);
    const { hour } = timeInPakistan(at);
    const seen = update(facilityKind, facility, {
      ...body,
      seen: { staff, night: hour < 7 || hour >= 20, at },
    });
    if (emergency === null) return accept([seen]);
    const night = pages.get(emergencyKind, emergency).body;
    return accept([
      seen,
      update(emergencyKind, emergency, {
        ...night,
        visits: [...night.visits, { facility, staff, by: actor.person, at }],
      }),
    ]);
  },
});

/** What was negotiated for the family, with its value where somebody said it. */
export const addSupport = command({
  name: 'emergencies.add-support',
  nature: 'witness',
  input: z.strictObject({
    emergency: idShape,
    what: z.enum(supports),
    from: z.string().check(z.minLength(1), z.maxLength(80)),
    rupees: z.nullable(z.int().check(z.minimum(0), z.maximum(10_000_000))),
  }),
  reads: ({ emergency }) => [read(emergencyKind, emergency)],
  mayRun: isLeader,
  decide: (pages, { emergency, ...support }) => {
    const { body } = pages.get(emergencyKind, emergency);
    return accept([update(emergencyKind, emergency, { ...body, support: [...body.support, support] })]);
  },
});

/** Told by someone the family knows, never asked for by a clock. Told again, the later word stands. */
export const tellOutcome = command({
  name: 'emergencies.tell-outcome',
  nature: 'witness',
  input: z.strictObject({ emergency: idShape, ...outcomeShape.shape }),
  reads: ({ emergency, carriedBy }, pages) => {
    const night = pages.maybe(emergencyKind, emergency);
    const list = night?.body.callList ?? null;
    return [
      read(emergencyKind, emergency),
      ...(carriedBy === null ? [] : [read(providerKind, carriedBy)]),
      ...(list === null ? [] : [readIfAny(callListKind, list)]),
    ];
  },
  mayRun: isLeader,
  decide: (pages, { emergency, ...outcome }, { actor, on }) => {
    const { body } = pages.get(emergencyKind, emergency);
    if (outcome.on > on || outcome.on < body.openedOn) return refuse('emergencies.outcome-day', { on: outcome.on });
    const carrier = outcome.carriedBy === null ? null : pages.get(providerKind, outcome.carriedBy).body.type;
    const list = body.callList === null ? undefined : pages.maybe(callListKind, body.callList);
    return accept([
      update(emergencyKind, emergency, { ...body, outcome: { ...outcome, carrier, toldBy: actor.person } }),
      ...(list && list.body.closedOn === null
        ? [update(callListKind, list.id, { ...list.body, closedOn: outcome.on })]
        : []),
    ]);
  },
});

export const correctEmergency = command({
  name: 'emergencies.correct',
  nature: 'decision',
  input: z.strictObject({
    emergency: idShape,
    saw: z.int(),
    fields: z.strictObject({
      type: z.optional(z.enum(emergencyTypes)),
      patient: z.optional(z.nullable(namesShape)),
      vo: z.optional(z.nullable(idShape)),
      village: z.optional(z.nullable(idShape)),
    }),
  }),
  reads: ({ emergency }) => [read(emergencyKind, emergency)],
  mayRun: isLeader,
  decide: (_pages, { emergency, saw, fields }) =>
    accept([correct(emergencyKind, emergency, fields as Partial<Emergency>, saw)]),
});

export const addProvider = command({
  name: 'emergencies.add-provider',
  nature: 'decision',
  input: z.strictObject(providerFields),
  mayRun: isLeader,
  decide: (_pages, input) => {
    const number = parsePhoneNumber(input.number);
    if (number === null) return refuse('emergencies.bad-number', { number: input.number });
    const provider = { ...(input as Provider), number, lastWorkedOn: null, lastFailedOn: null, failures: 0 };
    return accept([create(providerKind, provider)]);
  },
});

export const correctProvider = command({
  name: 'emergencies.correct-provider',
  nature: 'decision',
  input: z.strictObject({
    provider: idShape,
    saw: z.int(),
    fields: z.strictObject({
      names: z.optional(namesShape),
      number: z.optional(z.string().check(z.maxLength(40))),
      free: z.optional(z.boolean()),
      order: z.optional(providerFields.order),
    }),
  }),
  reads: ({ provider }) => [read(providerKind, provider)],
  mayRun: isLeader,
  decide: (_pages, { provider, saw, fields }) => {
    const number = fields.number === undefined ? undefined : parsePhoneNumber(fields.number);
    if (number === null) return refuse('emergencies.bad-number', { number: fields.number ?? '' });
    const changed = { ...fields, ...(number !== undefined && { number }) };
    return accept([correct(providerKind, provider, changed as Partial<Provider>, saw)]);
  },
});

/** A call by day, so that nobody finds out at night that the number is dead. */
export const testProvider = command({
  name: 'emergencies.test-provider',
  nature: 'witness',
  input: z.strictObject({ provider: idShape, works: z.boolean() }),
  reads: ({ provider }) => [read(providerKind, provider)],
  mayRun: isLeader,
  decide: (pages, { provider, works }, { on }) =>
    accept([update(providerKind, provider, triedProvider(pages.get(providerKind, provider).body, works, on))]),
});

export const addFacility = command({
  name: 'emergencies.add-facility',
  nature: 'decision',
  input: z.strictObject(facilityFields),
  mayRun: isLeader,
  decide: (_pages, input) => {
    const number = input.number === null ? null : parsePhoneNumber(input.number);
    if (input.number !== null && number === null) return refuse('emergencies.bad-number', { number: input.number });
    return accept([create(facilityKind, { ...(input as Facility), number, seen: null })]);
  },
});
