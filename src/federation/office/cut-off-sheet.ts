import * as z from 'zod/mini';
import type { PlainDate } from '../../kernel/plain-date.ts';
import { dayShape, idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { command, create, flag, read, readIndex, update } from '../../platform/book/command.ts';
import { kind } from '../../platform/book/kind.ts';
import { organizationKind, stands } from '../organizations/organization.ts';
import { tellsOfBefore } from './carried-forward.ts';

/*
 * What the old books of a CO hold on the day it leaves them:
 *
 *   old books ─ write ─► sheet ─ read aloud before the members ─► the CO is live
 *
 * The sheet is corrected until it has been read aloud. After that it stands: money is put right by an entry of its own.
 */

/** Paisa: two thousand million rupees are more than any CO has saved. */
const paisa = z.int().check(z.minimum(0), z.maximum(200_000_000_000));
const pageShape = z.string().check(z.trim(), z.maxLength(40));
const moneyShape = z.strictObject({ paisa, bookPage: pageShape });
const countShape = z.strictObject({ count: z.int().check(z.minimum(0), z.maximum(10_000)), bookPage: pageShape });

const sheetFields = {
  organization: idShape,
  /** The day on which the old books were closed. */
  on: dayShape,
  savings: moneyShape,
  /** What members still owe the CO. */
  loans: moneyShape,
  /** In the hands of the keeper, as counted on that day. */
  cash: moneyShape,
  openResolutions: countShape,
  /** Blood donors as told; whoever is to be called is enlisted by name. */
  donors: countShape,
} as const;
const sheetShape = z.strictObject(sheetFields);
type SheetInput = z.infer<typeof sheetShape>;

export type ReadAloud = {
  readonly on: PlainDate;
  /** Who read it, and how many members heard it. */
  readonly reader: string;
  readonly heardBy: number;
};

export type CutOffSheet = SheetInput & {
  readonly writtenBy: string | null;
  readonly readAloud: ReadAloud | null;
  /** The day on which the organization came from another LSO: counted here from then on. */
  readonly cameOn?: PlainDate;
};

export const cutOffSheetKind = kind<CutOffSheet>({
  kind: 'cut-off-sheet',
  shape: z.object({
    ...sheetFields,
    writtenBy: z.nullable(idShape),
    readAloud: z.nullable(z.object({ on: dayShape, reader: z.string(), heardBy: z.int() })),
    cameOn: z.optional(dayShape),
  }) as never,
  seenBy: purposes.registers,
  scope: (sheet) => sheet.organization,
  transfer: { with: (sheet) => sheet.organization, there: (sheet, { on }) => ({ ...sheet, cameOn: on }) },
  indexes: { organization: (sheet) => [sheet.organization] },
  measure: ({ readAloud, cameOn }) =>
    readAloud === null ? [] : [{ figure: 'organizations-live', from: cameOn ?? readAloud.on, until: null, count: 1 }],
});

/** Old loans and cash cannot be more than was ever saved in it, unless a fund was lent through it: somebody looks. */
export function moreOutThanIn({ savings, loans, cash }: Pick<SheetInput, 'savings' | 'loans' | 'cash'>): number {
  return Math.max(0, loans.paisa + cash.paisa - savings.paisa);
}

export const writeCutOff = command({
  name: 'office.write-cut-off',
  nature: 'decision',
  input: sheetShape,
  reads: ({ organization }) => [
    read(organizationKind, organization),
    readIndex(cutOffSheetKind, 'organization', organization),
  ],
  mayRun: tellsOfBefore,
  decide: (pages, input, { on, actor }) => {
    const { body } = pages.get(organizationKind, input.organization);
    if (body.tier !== 'co') return refuse('office.sheet-of-a-co');
    if (!stands(body.status)) return refuse('office.organization-gone');
    if (input.on > on) return refuse('office.day-to-come', { on: input.on });
    const [before] = pages.page(cutOffSheetKind, 'organization', input.organization);
    if (before?.body.readAloud) return refuse('office.read-aloud-already', { on: before.body.readAloud.on });
    const sheet: CutOffSheet = { ...input, writtenBy: actor.person, readAloud: null };
    return accept([before ? update(cutOffSheetKind, before.id, sheet) : create(cutOffSheetKind, sheet)]);
  },
});

/** The balances have been read to the members: the CO is live from that day on. */
export const readAloud = command({
  name: 'office.read-aloud',
  nature: 'witness',
  input: z.strictObject({
    sheet: idShape,
    on: dayShape,
    reader: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
    heardBy: z.int().check(z.minimum(1), z.maximum(200)),
  }),
  reads: ({ sheet }) => [read(cutOffSheetKind, sheet)],
  mayRun: tellsOfBefore,
  decide: (pages, { sheet, ...heard }, { on: today }) => {
    const { body } = pages.get(cutOffSheetKind, sheet);
    if (heard.on > today) return refuse('office.day-to-come', { on: heard.on });
    // Read twice: the first reading made it live.
    if (body.readAloud !== null) return accept([]);
    const live = update(cutOffSheetKind, sheet, { ...body, readAloud: heard });
    const out = moreOutThanIn(body);
    return accept(out > 0 ? [live, flag('office.more-out-than-in', { paisa: out }, sheet, body.organization)] : [live]);
  },
});

/** How far the opening of a CO has come. */
export type Opening = 'not-begun' | 'written' | 'live';

export function openingOf(sheet: Pick<CutOffSheet, 'readAloud'> | undefined): Opening {
  return sheet === undefined ? 'not-begun' : sheet.readAloud === null ? 'written' : 'live';
}
