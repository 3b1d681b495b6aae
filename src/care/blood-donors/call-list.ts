import * as z from 'zod/mini';
import { type BloodGroup, bloodGroups } from '../../kernel/blood-group.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { kind } from '../../platform/book/kind.ts';
import { answers, type Call } from './answers.ts';

export const callListShape = z.object({
  emergency: z.nullable(z.string()),
  group: z.nullable(z.enum(bloodGroups)),
  bottles: z.int(),
  sex: z.enum(['f', 'm', 'unknown']),
  age: z.nullable(z.int()),
  village: z.nullable(z.string()),
  vo: z.nullable(z.string()),
  owner: z.string(),
  openedAt: z.number(),
  openedOn: z.string(),
  calls: z.array(z.object({ donor: z.string(), answer: z.enum(answers), by: z.nullable(z.string()), at: z.number() })),
  /** Numbers that were handed to a caller who is no leader. */
  handed: z.array(z.object({ donor: z.string(), to: z.string(), by: z.nullable(z.string()), at: z.number() })),
  closedOn: z.nullable(z.string()),
});
export type CallList = {
  readonly emergency: string | null;
  readonly group: BloodGroup | null;
  readonly bottles: number;
  readonly sex: 'f' | 'm' | 'unknown';
  readonly age: number | null;
  readonly village: string | null;
  readonly vo: string | null;
  readonly owner: string;
  readonly openedAt: number;
  readonly openedOn: string;
  readonly calls: readonly Call[];
  readonly handed: readonly {
    readonly donor: string;
    readonly to: string;
    readonly by: string | null;
    readonly at: number;
  }[];
  readonly closedOn: string | null;
};

/** The donors called for one patient, by all who call. */
export const callListKind = kind<CallList>({
  kind: 'call-list',
  shape: callListShape as never,
  seenBy: purposes.registers,
  stage: 1,
  scope: (list) => list.owner,
  indexes: { emergency: (list) => (list.emergency === null ? [] : [list.emergency]) },
});
