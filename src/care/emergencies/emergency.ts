import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import type { Fact } from '../../platform/book/figures.ts';
import { kind } from '../../platform/book/kind.ts';
import { providerTypes } from './provider.ts';

export const emergencyTypes = ['delivery', 'accident', 'blood', 'other'] as const;
export type EmergencyType = (typeof emergencyTypes)[number];
export const providerAnswers = ['coming', 'busy', 'no-vehicle', 'no-answer', 'wrong-number'] as const;
export type ProviderAnswer = (typeof providerAnswers)[number];
/** `untold`: nobody asked, or nobody wished to say. */
export const endings = ['safe', 'still-there', 'ended-sadly', 'untold'] as const;
export type Ending = (typeof endings)[number];
export const supports = ['operation', 'vehicle', 'medicine', 'food', 'other'] as const;

const by = z.nullable(z.string());

export const outcomeShape = z.strictObject({
  ending: z.enum(endings),
  bloodGiven: z.boolean(),
  carriedBy: z.nullable(idShape),
  facility: z.nullable(idShape),
  on: dayShape,
});

export type Emergency = {
  readonly type: EmergencyType;
  readonly patient: Names | null;
  readonly vo: string | null;
  readonly village: string | null;
  readonly owner: string;
  readonly openedAt: number;
  readonly openedOn: string;
  readonly openedBy: string | null;
  /** Page of the paper register it was copied from. */
  readonly bookPage: string | null;
  readonly callList: string | null;
  readonly calls: readonly {
    readonly provider: string;
    readonly answer: ProviderAnswer;
    readonly minutes: number | null;
    readonly by: string | null;
    readonly at: number;
  }[];
  readonly visits: readonly {
    readonly facility: string;
    readonly staff: 'yes' | 'no';
    readonly by: string | null;
    readonly at: number;
  }[];
  readonly support: readonly {
    readonly what: (typeof supports)[number];
    readonly from: string;
    /** Whole rupees; null where nobody said. */
    readonly rupees: number | null;
  }[];
  readonly outcome:
    | (z.infer<typeof outcomeShape> & {
        readonly carrier: (typeof providerTypes)[number] | null;
        readonly toldBy: string | null;
      })
    | null;
};

/** One night: who needs help, who was asked, what came of it. */
export const emergencyKind = kind<Emergency>({
  kind: 'emergency',
  shape: z.object({
    type: z.enum(emergencyTypes),
    patient: z.nullable(namesShape),
    vo: by,
    village: by,
    owner: z.string(),
    openedAt: z.number(),
    openedOn: z.string(),
    openedBy: by,
    bookPage: by,
    callList: by,
    calls: z.array(
      z.object({
        provider: z.string(),
        answer: z.enum(providerAnswers),
        minutes: z.nullable(z.int()),
        by,
        at: z.number(),
      }),
    ),
    visits: z.array(z.object({ facility: z.string(), staff: z.enum(['yes', 'no']), by, at: z.number() })),
    support: z.array(z.object({ what: z.enum(supports), from: z.string(), rupees: z.nullable(z.int()) })),
    outcome: z.nullable(z.object({ ...outcomeShape.shape, carrier: z.nullable(z.enum(providerTypes)), toldBy: by })),
  }) as never,
  seenBy: purposes.registers,
  stage: 1,
  scope: (emergency) => emergency.owner,
  measure: factsOf,
});

function factsOf({ type, openedOn, outcome }: Emergency): Fact[] {
  const facts: Fact[] = [{ figure: 'emergencies', by: { type }, on: openedOn, count: 1 }];
  if (outcome?.bloodGiven) facts.push({ figure: 'people-given-blood', on: outcome.on, count: 1 });
  if (outcome?.carrier)
    facts.push({ figure: 'families-carried', by: { provider: outcome.carrier }, on: outcome.on, count: 1 });
  return facts;
}

/** The provider who said that he is coming, last: whoever failed after him is no longer coming. */
export function whoIsComing(emergency: Emergency): Emergency['calls'][number] | null {
  const last = new Map(emergency.calls.map((call) => [call.provider, call]));
  return [...last.values()].filter(({ answer }) => answer === 'coming').at(-1) ?? null;
}

export function whereToGo(emergency: Emergency): string | null {
  const last = new Map(emergency.visits.map((visit) => [visit.facility, visit]));
  return [...last.values()].filter(({ staff }) => staff === 'yes').at(-1)?.facility ?? null;
}
