import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import { daysBetween, type PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { type Kept, kind } from '../../platform/book/kind.ts';
import type { Rule } from '../../platform/book/rule.ts';

export const providerTypes = ['rescue', 'trust', 'neighbour', 'private'] as const;

export const providerFields = {
  names: namesShape,
  type: z.enum(providerTypes),
  number: z.string().check(z.maxLength(40)),
  /** Asks for no money. */
  free: z.boolean(),
  /** The order in which the office calls, from 1. */
  order: z.int().check(z.minimum(1), z.maximum(99)),
  /** The VO whose neighbourhood a vehicle serves; null for the whole union council. */
  vo: z.nullable(idShape),
  owner: idShape,
} as const;

export type Provider = {
  readonly names: Names;
  readonly type: (typeof providerTypes)[number];
  readonly number: string;
  readonly free: boolean;
  readonly order: number;
  readonly vo: string | null;
  readonly owner: string;
  readonly lastWorkedOn: string | null;
  readonly lastFailedOn: string | null;
  /** Calls in a row without an answer or a vehicle. */
  readonly failures: number;
};

/** Somebody who drives a patient at night: 1122, a trust, a neighbour's vehicle. */
export const providerKind = kind<Provider>({
  kind: 'provider',
  shape: z.object({
    ...providerFields,
    lastWorkedOn: z.nullable(dayShape),
    lastFailedOn: z.nullable(dayShape),
    failures: z.int(),
  }) as never,
  seenBy: purposes.registers,
  stage: 0,
  scope: (provider) => provider.owner,
});

const callRuleShape = z.object({ testAfterDays: z.int(), sinkAfterFailures: z.int() });
export type ProviderCallRule = z.infer<typeof callRuleShape>;

/** When a provider is rung for a trial, and when one who fails goes to the end. */
export const providerCallRule: Rule<ProviderCallRule> = {
  name: 'emergencies.provider-calls',
  shape: callRuleShape,
  shipped: { value: { testAfterDays: 60, sinkAfterFailures: 2 }, source: 'Otaq, to be settled by the programme' },
};

export function asksForTestCall(provider: Provider, today: PlainDate, rule: ProviderCallRule): boolean {
  return provider.lastWorkedOn === null || daysBetween(provider.lastWorkedOn, today) > rule.testAfterDays;
}

/** The order in which to call: the office's own, those who fail at the end; a neighbour's vehicle serves its village only. */
export function inCallingOrder(
  providers: Iterable<Kept<Provider>>,
  vo: string | null,
  rule: ProviderCallRule,
): Kept<Provider>[] {
  const rank = ({ body }: Kept<Provider>) => (body.failures >= rule.sinkAfterFailures ? 10_000 : 0) + body.order;
  return [...providers]
    .filter(({ body }) => body.vo === null || vo === null || body.vo === vo)
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}
