import type { ZodMiniType } from 'zod/mini';
import type { PlainDate } from '../../kernel/plain-date.ts';

/**
 * A programme rule is data with a source and a date, never a constant in code. The one that ships is in force until a
 * record of a reference book replaces it from a day on.
 */
export type Rule<T> = {
  readonly name: string;
  readonly shape: ZodMiniType<T>;
  readonly shipped: { readonly value: T; readonly source: string };
};

/** A rule in force from a day on, as published in a reference book. */
export type RuleInForce = {
  readonly name: string;
  readonly from: PlainDate;
  readonly value: unknown;
  readonly source: string;
};

/** The value in force on a day: the one that started last, or the one that ships. */
export function inForce<T>(rule: Rule<T>, published: readonly RuleInForce[], on: PlainDate): T {
  const latest = publishedOn(rule, published, on);
  return latest === null ? rule.shipped.value : (latest.value as T);
}

/** What a reference book has published of a rule, as it holds on a day; null where the one that ships holds. */
export function publishedOn<T>(rule: Rule<T>, published: readonly RuleInForce[], on: PlainDate): RuleInForce | null {
  let latest: RuleInForce | null = null;
  for (const candidate of published)
    if (candidate.name === rule.name && candidate.from <= on && (latest === null || candidate.from > latest.from))
      latest = candidate;
  return latest;
}
