import * as z from 'zod/mini';
import { type BloodGroup, bloodGroups } from '../../kernel/blood-group.ts';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayShape as day, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';
import { isLeader } from './commands.ts';

const groupDayFields = {
  on: day,
  village: z.nullable(idShape),
  owner: idShape,
  laboratory: namesShape,
  /** The laboratory's licence from the blood transfusion authority: without one nobody may take blood. */
  licence: z.string().check(z.minLength(1), z.maxLength(80)),
  motivators: z.array(namesShape),
  found: z.record(z.enum(bloodGroups), z.int().check(z.minimum(0))),
  stillUnknown: z.int().check(z.minimum(0)),
} as const;

export type GroupDay = {
  readonly on: string;
  readonly village: string | null;
  readonly owner: string;
  readonly laboratory: Names;
  readonly licence: string;
  readonly motivators: readonly Names[];
  readonly found: Readonly<Record<BloodGroup, number>>;
  readonly stillUnknown: number;
};

/** A day on which a licensed laboratory found people's groups. */
export const groupDayKind = kind<GroupDay>({
  kind: 'group-day',
  shape: z.object(groupDayFields) as never,
  seenBy: purposes.registers,
  scope: (groupDay) => groupDay.owner,
  measure: (groupDay) => [
    {
      figure: 'groups-found',
      on: groupDay.on,
      count: Object.values(groupDay.found).reduce((sum, count) => sum + count, 0),
    },
  ],
});

export const holdGroupDay = command({
  name: 'blood-donors.hold-group-day',
  nature: 'witness',
  input: z.strictObject(groupDayFields),
  mayRun: isLeader,
  decide: (_pages, input, { on }) =>
    input.on > on
      ? refuse('blood-donors.day-to-come', { on: input.on })
      : accept([create(groupDayKind, input as GroupDay)]),
});
