import * as z from 'zod/mini';
import {
  type CarriedForward,
  carriedForwardFields,
  carriedForwardKind,
} from '../../federation/office/carried-forward.ts';
import { accept } from '../../kernel/result.ts';
import { command, create } from '../../platform/book/command.ts';
import { isLeader } from '../blood-donors/commands.ts';

/** What of this register stood in the old books. */
export const carriedFigures = ['people-given-blood', 'families-carried'] as const;

export const carryForward = command({
  name: 'emergencies.carry-forward',
  nature: 'decision',
  input: z.strictObject({ ...carriedForwardFields, figure: z.enum(carriedFigures) }),
  mayRun: isLeader,
  decide: (_pages, input) => accept([create(carriedForwardKind, input as CarriedForward)]),
});
