import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, correct, create, read } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';
import { isLeader } from '../blood-donors/commands.ts';

const text = z.nullable(z.string().check(z.maxLength(120)));
const planFields = {
  facility: text,
  vehicle: text,
  companion: text,
  money: text,
  whoDecides: text,
  donors: z.array(idShape).check(z.maxLength(4)),
} as const;

export type BirthPlan = {
  readonly woman: Names;
  readonly parent: Names | null;
  readonly expectedMonth: string | null;
  readonly facility: string | null;
  readonly vehicle: string | null;
  readonly companion: string | null;
  readonly money: string | null;
  readonly whoDecides: string | null;
  readonly donors: readonly string[];
  readonly consentedOn: string;
  /** Her CRP, one leader whom she names, and she herself where she has a page. */
  readonly circle: readonly string[];
  readonly owner: string;
};

/** Seen by the persons it names and by nobody else, a bearer of the office included. */
export const birthPlanKind = kind<BirthPlan>({
  kind: 'birth-plan',
  shape: z.object({
    woman: namesShape,
    parent: z.nullable(namesShape),
    expectedMonth: z.nullable(z.string()),
    ...planFields,
    consentedOn: dayShape,
    circle: z.array(idShape),
    owner: idShape,
  }) as never,
  seenBy: purposes.circle,
  circle: (plan) => plan.circle,
  scope: (plan) => plan.owner,
  transfer: { with: (plan) => plan.owner, there: (plan, { heir }) => ({ ...plan, owner: heir(plan.owner) }) },
});

export const planBirth = command({
  name: 'emergencies.plan-birth',
  nature: 'decision',
  input: z.strictObject({
    woman: namesShape,
    parent: z.nullable(namesShape),
    expectedMonth: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}$/))),
    ...planFields,
    consented: z.boolean(),
    circle: z.array(idShape).check(z.minLength(1), z.maxLength(3)),
    owner: idShape,
  }),
  mayRun: isLeader,
  decide: (_pages, { consented, ...plan }, { on, actor }) => {
    if (!consented) return refuse('emergencies.no-consent');
    if (actor.person !== null && !plan.circle.includes(actor.person)) return refuse('emergencies.not-in-circle');
    return accept([create(birthPlanKind, { ...plan, consentedOn: on } as BirthPlan)]);
  },
});

export const correctBirthPlan = command({
  name: 'emergencies.correct-birth-plan',
  nature: 'decision',
  input: z.strictObject({ plan: idShape, saw: z.int(), fields: z.partial(z.strictObject(planFields)) }),
  reads: ({ plan }) => [read(birthPlanKind, plan)],
  mayRun: isLeader,
  decide: (_pages, { plan, saw, fields }) => accept([correct(birthPlanKind, plan, fields as Partial<BirthPlan>, saw)]),
});
