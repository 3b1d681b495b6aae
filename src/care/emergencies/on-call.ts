import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { parsePhoneNumber } from '../../kernel/phone-number.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create, read, remove } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';
import { isLeader } from '../blood-donors/commands.ts';

const onCallFields = {
  names: namesShape,
  number: z.string().check(z.maxLength(40)),
  person: idShape,
  vo: z.nullable(idShape),
  owner: idShape,
} as const;
export type OnCall = {
  readonly names: Names;
  readonly number: string;
  readonly person: string;
  readonly vo: string | null;
  readonly owner: string;
};

/** A leader who agreed to be called at night, also by somebody who has no PIN. */
export const onCallKind = kind<OnCall>({
  kind: 'on-call',
  shape: z.object(onCallFields) as never,
  seenBy: purposes.registers,
  stage: 0,
  scope: (leader) => leader.owner,
  transfer: { with: (leader) => leader.vo, there: (leader, { heir }) => ({ ...leader, owner: heir(leader.owner) }) },
  concerns: { person: (leader) => leader.person, afterMerge: 'stays' },
});

export const agreeOnCall = command({
  name: 'emergencies.agree-on-call',
  nature: 'decision',
  input: z.strictObject(onCallFields),
  mayRun: (actor, _pages, { person }) => actor.nature !== 'person' || actor.person === person,
  decide: (_pages, input) => {
    const number = parsePhoneNumber(input.number);
    if (number === null) return refuse('emergencies.bad-number', { number: input.number });
    return accept([create(onCallKind, { ...(input as OnCall), number })]);
  },
});

export const endOnCall = command({
  name: 'emergencies.end-on-call',
  nature: 'decision',
  input: z.strictObject({ leader: idShape }),
  reads: ({ leader }) => [read(onCallKind, leader)],
  mayRun: isLeader,
  decide: (_pages, { leader }) => accept([remove(onCallKind, leader)]),
});
