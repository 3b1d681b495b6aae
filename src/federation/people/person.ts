import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create, type Register, readIfAny } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';
import { enterHousehold, householdKind, keepsPeople } from './household.ts';

const personFields = {
  names: namesShape,
  parent: z.nullable(namesShape),
  sex: z.enum(['f', 'm']),
  bornYear: z.nullable(z.int().check(z.minimum(1900), z.maximum(2100))),
  household: z.nullable(idShape),
  /** Membership number in the CO, in order of admission; null for a person who is no member. */
  number: z.nullable(z.int().check(z.positive())),
  owner: idShape,
} as const;

export type Person = {
  readonly names: Names;
  readonly parent: Names | null;
  readonly sex: 'f' | 'm';
  readonly bornYear: number | null;
  readonly household: string | null;
  readonly number: number | null;
  readonly owner: string;
};

/** Somebody a register speaks of. Comes last in a first sync: there are many, and no emergency waits for them. */
export const personKind = kind<Person>({
  kind: 'person',
  shape: z.object(personFields) as never,
  seenBy: purposes.registers,
  stage: 2,
  scope: (person) => person.owner,
  indexes: { household: (person) => (person.household === null ? [] : [person.household]) },
});

export const enterPerson = command({
  name: 'people.enter-person',
  nature: 'decision',
  input: z.strictObject(personFields),
  reads: ({ household }) => (household === null ? [] : [readIfAny(householdKind, household)]),
  mayRun: keepsPeople,
  decide: (_pages, input, { on }) =>
    input.bornYear !== null && input.bornYear > Number(on.slice(0, 4))
      ? refuse('people.born-later')
      : accept([create(personKind, input as Person)]),
});

export const peopleRegister: Register = {
  name: 'people',
  kinds: [householdKind, personKind],
  commands: [enterHousehold, enterPerson],
};
