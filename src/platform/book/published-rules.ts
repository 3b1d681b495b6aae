import * as z from 'zod/mini';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../access/purpose.ts';
import type { Actor } from '../access/role.ts';
import { command, create, type Register } from './command.ts';
import { kind } from './kind.ts';
import type { RuleInForce } from './rule.ts';

const publishedShape = z.object({
  name: z.string(),
  from: z.string(),
  value: z.unknown(),
  source: z.string(),
  /** The organization that publishes it: the root of a reference book. */
  by: z.string(),
});
export type PublishedRule = z.infer<typeof publishedShape>;

/** A programme rule in a reference book: every phone below it keeps it. */
export const ruleKind = kind<PublishedRule>({
  kind: 'rule',
  shape: publishedShape,
  seenBy: purposes.reference,
  stage: 0,
  scope: (rule) => rule.by,
});

/** Head office and imports publish rules; a rule starts after the day it was published. */
export const publishRule = command({
  name: 'book.publish-rule',
  nature: 'decision',
  input: z.strictObject({
    name: z.string().check(z.maxLength(80)),
    from: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
    value: z.unknown(),
    source: z.string().check(z.minLength(1), z.maxLength(400)),
    by: z.string().check(z.maxLength(32)),
  }),
  mayRun: (actor: Actor) => actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'head-office'),
  decide: (_pages, input, occasion) =>
    input.from > occasion.on || occasion.actor.nature === 'import'
      ? accept([create(ruleKind, input)])
      : refuse('book.rule-in-the-past', { from: input.from }),
});

export const rulesRegister: Register = { name: 'rules', kinds: [ruleKind], commands: [publishRule] };

/** Reads published rules out of records. */
export function rulesIn(records: Iterable<{ readonly kind: string; readonly body: unknown }>): RuleInForce[] {
  const rules: RuleInForce[] = [];
  for (const { kind, body } of records) if (kind === ruleKind.kind) rules.push(body as PublishedRule);
  return rules;
}
