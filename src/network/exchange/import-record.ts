import * as z from 'zod/mini';
import { bloodDonorsRegister } from '../../care/blood-donors/register.ts';
import { organizationKind } from '../../federation/organizations/organization.ts';
import { peopleRegister } from '../../federation/people/register.ts';
import { placeKind } from '../../federation/places/place.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import type { Actor } from '../../platform/access/role.ts';
import { command, create, type Register, read, readIfAny, remove, update } from '../../platform/book/command.ts';
import { type AnyKind, kind } from '../../platform/book/kind.ts';
import { importLists } from './list-columns.ts';

const count = z.int().check(z.nonnegative());

const importShape = z.object({
  list: z.enum(importLists),
  /** The staff user who brought it, as her name is shown; null for the server's operator. */
  broughtBy: z.nullable(z.string()),
  /** The bearer whose leave it had; null before the office had a bearer's phone. */
  leaveOf: z.nullable(z.string()),
  on: dayShape,
  /** Rows that were to be written, and those that had been left out as wrong. */
  rows: count,
  leftOut: count,
  /** Rows that stand in the book; null while it is being written. */
  entered: z.nullable(count),
  takenBackOn: z.nullable(dayShape),
  /** Records that stay after it was taken back, because somebody has changed or built on them. */
  stayed: count,
  owner: z.string(),
});
export type ImportPage = z.infer<typeof importShape>;

/** A list that was brought in from a file, announced to every bearer of the office. */
export const importKind = kind<ImportPage>({
  kind: 'import',
  shape: importShape,
  seenBy: purposes.office,
  scope: ({ owner }) => owner,
});

function isImport(actor: Actor): boolean {
  return actor.nature === 'import';
}

/** The first line of an import's seat: whoever it concerns hears of it before the first row. */
export const beginImport = command({
  name: 'exchange.begin-import',
  nature: 'witness',
  input: z.strictObject({
    list: z.enum(importLists),
    broughtBy: z.nullable(z.string().check(z.maxLength(80))),
    leaveOf: z.nullable(idShape),
    rows: count,
    leftOut: count,
    owner: idShape,
  }),
  mayRun: isImport,
  decide: (_pages, input, { on }) =>
    accept([create(importKind, { ...input, on, entered: null, takenBackOn: null, stayed: 0 })]),
});

/** The last line: how many rows stand. */
export const finishImport = command({
  name: 'exchange.finish-import',
  nature: 'witness',
  input: z.strictObject({ import: idShape, entered: count }),
  reads: (input) => [read(importKind, input.import)],
  mayRun: isImport,
  decide: (pages, input) => {
    const page = pages.get(importKind, input.import);
    return accept([update(importKind, page.id, { ...page.body, entered: input.entered })]);
  },
});

/** What an import may have made, and so may take back. */
export const importedKinds: ReadonlyMap<string, AnyKind> = new Map(
  [placeKind, organizationKind, ...peopleRegister.kinds, ...bloodDonorsRegister.kinds].map((each: AnyKind) => [
    each.kind,
    each,
  ]),
);

/** Records that one line takes back at most. */
export const mostTakenBack = 400;

/**
 * Takes back records of an import that nobody has changed since. Which of them others have built on is looked up by the server
 * before; a record that was changed stays whatever it says.
 */
export const takeBack = command({
  name: 'exchange.take-back',
  nature: 'decision',
  input: z.strictObject({
    records: z
      .array(z.strictObject({ kind: z.string().check(z.maxLength(40)), id: idShape }))
      .check(z.maxLength(mostTakenBack)),
  }),
  reads: ({ records }) =>
    records.flatMap(({ kind, id }) => {
      const known = importedKinds.get(kind);
      return known ? [readIfAny(known, id)] : [];
    }),
  mayRun: isImport,
  decide: (pages, { records }, { actor }) =>
    accept(
      records.flatMap(({ kind, id }) => {
        const known = importedKinds.get(kind);
        const page = known && pages.maybe(known, id);
        const own = id.startsWith(`${actor.seat}-`);
        return known && page && own && page.version === 1 ? [remove(known, id)] : [];
      }),
    ),
});

export const finishTakingBack = command({
  name: 'exchange.finish-taking-back',
  nature: 'witness',
  input: z.strictObject({ import: idShape, stayed: count }),
  reads: (input) => [read(importKind, input.import)],
  mayRun: isImport,
  decide: (pages, input, { on }) => {
    const page = pages.get(importKind, input.import);
    return accept([
      update(importKind, page.id, { ...page.body, entered: input.stayed, takenBackOn: on, stayed: input.stayed }),
    ]);
  },
});

export const exchangeRegister: Register = {
  name: 'exchange',
  kinds: [importKind],
  commands: [beginImport, finishImport, takeBack, finishTakingBack],
};
