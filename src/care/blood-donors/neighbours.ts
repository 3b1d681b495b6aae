import * as z from 'zod/mini';
import { type BloodGroup, bloodGroups } from '../../kernel/blood-group.ts';
import { type Names, namesShape } from '../../kernel/names.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create, readIndex, update } from '../../platform/book/command.ts';
import { type Cell, parseDimensions } from '../../platform/book/figures.ts';
import { kind } from '../../platform/book/kind.ts';

/** How many a neighbour has: counts and leaders cross the border, donors do not. */
export type Band = 'none' | 'few' | 'many';
const band = z.enum(['none', 'few', 'many']);

const neighbourShape = z.object({
  office: z.int(),
  names: namesShape,
  groups: z.record(z.enum(bloodGroups), band),
  leaders: z.array(z.object({ names: namesShape, number: z.string() })),
  /** The root organization of the book it stands in: the district's. */
  owner: z.string(),
  on: z.string(),
});
export type Neighbour = {
  readonly office: number;
  readonly names: Names;
  readonly groups: Readonly<Record<BloodGroup, Band>>;
  readonly leaders: readonly { readonly names: Names; readonly number: string }[];
  readonly owner: string;
  readonly on: string;
};

/** What the offices of a district know of each other's donors, offline. */
export const neighbourKind = kind<Neighbour>({
  kind: 'neighbour',
  shape: neighbourShape as never,
  seenBy: purposes.reference,
  stage: 0,
  scope: (neighbour) => neighbour.owner,
  indexes: { office: (neighbour) => [String(neighbour.office)] },
});

/** One to four reads "few". */
export function bandOf(count: number): Band {
  return count <= 0 ? 'none' : count < 5 ? 'few' : 'many';
}

/** An office's donors by group, from its figures. */
export function bandsOf(cells: Iterable<Cell>): Record<BloodGroup, Band> {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    if (cell.figure !== 'donors') continue;
    const { group = 'unknown' } = parseDimensions(cell.by);
    counts.set(group, (counts.get(group) ?? 0) + cell.count);
  }
  return Object.fromEntries(bloodGroups.map((group) => [group, bandOf(counts.get(group) ?? 0)])) as Record<
    BloodGroup,
    Band
  >;
}

/** Written into the district's book by the server itself, when a band has changed. */
export const shareCounts = command({
  name: 'blood-donors.share-counts',
  nature: 'witness',
  input: z.strictObject({
    office: z.int(),
    names: namesShape,
    groups: z.record(z.enum(bloodGroups), band),
    leaders: z.array(z.strictObject({ names: namesShape, number: z.string() })),
    owner: idShape,
  }),
  reads: ({ office }) => [readIndex(neighbourKind, 'office', String(office))],
  mayRun: (actor) => actor.nature !== 'person',
  decide: (pages, input, { on }) => {
    const before = pages.page(neighbourKind, 'office', String(input.office))[0];
    const body = { ...input, on } as Neighbour;
    return accept([before ? update(neighbourKind, before.id, body) : create(neighbourKind, body)]);
  },
});
