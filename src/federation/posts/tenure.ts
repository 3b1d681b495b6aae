import * as z from 'zod/mini';
import { type Names, namesShape } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { purposes } from '../../platform/access/purpose.ts';
import type { Role } from '../../platform/access/role.ts';
import { kind } from '../../platform/book/kind.ts';
import { type Tier, tiers } from '../organizations/organization.ts';

export const posts = [
  'president',
  'manager',
  'treasurer',
  'executive-member',
  'representative',
  'committee-member',
  'crp',
] as const;
export type Post = (typeof posts)[number];

/** Which posts an organization of a tier has. A representative stands with the organization that sends her. */
export const postsOf: Readonly<Record<Tier, readonly Post[]>> = {
  co: ['president', 'manager', 'treasurer', 'representative'],
  vo: ['president', 'manager', 'treasurer', 'representative', 'crp'],
  lso: ['president', 'manager', 'treasurer', 'executive-member', 'committee-member', 'crp'],
  network: ['president', 'manager', 'treasurer', 'executive-member'],
  district: [],
  programme: [],
};

/** Posts that one person holds at a time. */
export const single: readonly Post[] = ['president', 'manager', 'treasurer'];

/** What the holder of a post may do on a phone; null when the post alone gives nothing. */
export function roleOf(post: Post, tier: Tier): Role | null {
  if (post === 'crp') return 'crp';
  if (!single.includes(post)) return null;
  return tier === 'co' ? 'co-bearer' : tier === 'vo' ? 'vo-bearer' : tier === 'lso' ? 'lso-bearer' : null;
}

/** What was still open in her organization when a bearer left, as the office's phones knew it. */
export const openItemsShape = z.strictObject({
  emergencies: z.int().check(z.minimum(0), z.maximum(9999)),
  refusals: z.int().check(z.minimum(0), z.maximum(9999)),
  flags: z.int().check(z.minimum(0), z.maximum(9999)),
  phones: z.int().check(z.minimum(0), z.maximum(99)),
});
export type OpenItems = z.infer<typeof openItemsShape>;

export type Tenure = {
  readonly organization: string;
  readonly tier: Tier;
  readonly post: Post;
  readonly person: string;
  /** As she is shown to every bearer, also to those whose phones do not hold her own page. */
  readonly names: Names;
  readonly sex: 'f' | 'm';
  readonly from: PlainDate;
  readonly until: PlainDate | null;
  /** The day on which her organization came from another LSO: counted here from then on. */
  readonly cameOn?: PlainDate;
  /** The role that came with the post. */
  readonly grant: string | null;
  /** Who follows her in the post, and what she left open. */
  readonly handedTo: string | null;
  readonly left: OpenItems | null;
  /** The root of the office: a post's change is seen by all its bearers. */
  readonly owner: string;
};

export const tenureKind = kind<Tenure>({
  kind: 'tenure',
  shape: z.object({
    organization: idShape,
    tier: z.enum(tiers),
    post: z.enum(posts),
    person: idShape,
    names: namesShape,
    sex: z.enum(['f', 'm']),
    from: dayShape,
    until: z.nullable(dayShape),
    cameOn: z.optional(dayShape),
    grant: z.nullable(idShape),
    handedTo: z.nullable(idShape),
    left: z.nullable(openItemsShape),
    owner: idShape,
  }) as never,
  seenBy: purposes.office,
  scope: (tenure) => tenure.owner,
  concerns: { person: (tenure) => tenure.person, afterMerge: 'stays' },
  indexes: {
    organization: (tenure) => [tenure.organization],
    person: (tenure) => [tenure.person],
  },
  // The role that came with the post was the other office's to give, and is given anew.
  transfer: {
    with: (tenure) => tenure.organization,
    there: (tenure, { heir, on }) => ({ ...tenure, owner: heir(tenure.owner), grant: null, cameOn: on }),
  },
  measure: ({ tier, post, sex, from, until, cameOn }) => {
    const begins = cameOn !== undefined && cameOn > from ? cameOn : from;
    return until !== null && until <= begins
      ? []
      : [{ figure: 'posts', by: { tier, post, sex }, from: begins, until, count: 1 }];
  },
});

export function holdsOn({ from, until }: Pick<Tenure, 'from' | 'until'>, on: PlainDate): boolean {
  return from <= on && (until === null || on < until);
}

/** Up to when a bearer was chosen, by the term of the by-laws; null where no term is decided. */
export function termEnds(from: PlainDate, termMonths: number | null): PlainDate | null {
  if (termMonths === null) return null;
  const month = Number(from.slice(5, 7)) - 1 + termMonths;
  const year = Number(from.slice(0, 4)) + Math.floor(month / 12);
  const end = `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
  // A term that began on the 31st ends with a shorter month.
  const days = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month % 12] as number;
  return `${end}-${String(Math.min(Number(from.slice(8)), days)).padStart(2, '0')}`;
}

function leap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
