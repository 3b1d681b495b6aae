/* What the pages of the desk are told. Every function takes whom it answers: nobody is told of an office that is not under hers. */
import type { Pool } from 'pg';
import { coverage, lsoProfile } from '../../../federation/organizations/lso-profile.ts';
import { districtNamed } from '../../../federation/places/sindh-places.ts';
import { bloodGroups } from '../../../kernel/blood-group.ts';
import type { OfficeId } from '../../../kernel/ids.ts';
import type { Names } from '../../../kernel/names.ts';
import { addDays, dayInPakistan, type Instant, type PlainDate } from '../../../kernel/plain-date.ts';
import type { DeskUser } from '../../../platform/access/server/desk-sessions.ts';
import type { Cell } from '../../../platform/book/figures.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { type ComplaintCount, complaintLines } from '../complaint-lines.ts';
import { type DeskFigureLine, deskFigure, deskFigures } from '../desk-figures.ts';
import type {
  DistrictRow,
  DonorsAnswer,
  EmergenciesAnswer,
  FigureAnswer,
  FigureSum,
  NamedOffice,
  OfficeAnswer,
  OfficeRow,
  OfficesAnswer,
  OverviewAnswer,
  ReportAnswer,
} from '../desk-pages.ts';
import { holdBack, type Shown, shownAlone } from '../held-back.ts';
import { formatMonthNumber, type monthly, monthNumber, monthsTo, upTo, valuesOf } from '../month-series.ts';
import {
  countsIn,
  type FigureTable,
  figureTable,
  householdsByMonth,
  lsosUnder,
  monthlySum,
  type OfficeBook,
  type Offices,
  shownSum,
  standsUnder,
  sumUpTo,
} from '../office-tree.ts';
import { isQuiet, type OfficeReader, phonesHeard, waitingSince } from './office-reader.ts';

/** Who asks, and what she may see: everything under one office, or a social organizer's own offices. */
export type Asker = Pick<DeskUser, 'role' | 'office' | 'offices'>;

export type Desk = { readonly app: Pool; readonly reader: OfficeReader };

/** Who sits at the desk, and whether the books hold samples. */
export async function deskPerson(app: Pool, { office, role, shownName }: DeskUser, now: Instant) {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ names: Names; tier: string; sample: boolean }>(
      'SELECT b.names, b.tier, coalesce(i.sample, false) AS sample FROM books b LEFT JOIN installation i ON true WHERE b.office = $1',
      [office],
    );
    const { names, tier, sample } = rows[0] as (typeof rows)[0];
    return { shownName, role, office, names, tier, today: dayInPakistan(now), sample };
  });
}

/** The LSOs that somebody sees. */
function lsosOf(offices: Offices, asker: Asker): OfficeBook[] {
  const under = lsosUnder(offices, asker.office);
  return asker.role === 'social-organizer' ? under.filter(({ office }) => asker.offices.includes(office)) : under;
}

/** The book of an office that somebody may open; null for one that is not hers, which is told like one that is not there. */
function bookFor(offices: Offices, asker: Asker, office: OfficeId): OfficeBook | null {
  const book = offices.books.get(office);
  if (!book || !standsUnder(offices, office, asker.office)) return null;
  if (asker.role === 'social-organizer' && book.tier === 'lso' && !asker.offices.includes(office)) return null;
  return book;
}

const named = ({ office, names }: OfficeBook): NamedOffice => ({ office, names });
const tiered = ({ office, names, tier }: OfficeBook) => ({ office, names, tier });

/** A funder is told nothing of a month that still runs: what is published are whole months of the whole programme. */
export function isFunder({ role }: Asker): boolean {
  return role === 'funder';
}

function figureSums(
  offices: Offices,
  asker: Asker,
  lsos: readonly OfficeBook[],
  upToMonth: number,
  running: boolean,
): FigureSum[] {
  return deskFigures.map((line) => {
    const { key, asked } = line;
    const origin = (value: string) =>
      shownSum(line, sumUpTo(offices, lsos, { ...asked, by: { ...byOf(line), origin: value } }, upToMonth));
    const table = tableOf(offices, line, monthsTo(formatMonthNumber(upToMonth), 12));
    // What the table of offices and months shows of this sum is shown here too, and no more.
    const inTable = asker.role === 'social-organizer' ? undefined : table.rows.get(asker.office)?.counts.at(-1);
    return {
      key,
      count: (table.stock ? inTable : undefined) ?? shownSum(line, sumUpTo(offices, lsos, asked, upToMonth)),
      carriedForward: origin('carried-forward'),
      estimated: origin('estimated'),
      thisMonth: table.stock || !running ? null : (inTable ?? null),
    };
  });
}

function byOf({ asked }: DeskFigureLine): Readonly<Record<string, string>> {
  return 'by' in asked ? asked.by : {};
}

export async function overview({ app, reader }: Desk, asker: Asker, now: Instant): Promise<OverviewAnswer> {
  const offices = await reader.read();
  const today = dayInPakistan(now);
  const lsos = lsosOf(offices, asker);
  const own = offices.books.get(asker.office) as OfficeBook;
  const months = monthsTo(today, 12);
  const month = monthNumber(today);
  const common = { office: tiered(own), today, months, lsos: lsos.length };
  if (isFunder(asker))
    return {
      ...common,
      figures: figureSums(offices, asker, lsos, month - 1, false),
      districts: [],
      waiting: { refusals: 0, flags: 0, since: null },
      quiet: 0,
      facilities: { stale: 0, seen: 0 },
    };
  const since = [
    ...(
      await waitingSince(
        app,
        lsos.map(({ office }) => office),
      )
    ).values(),
  ].sort();
  const staleFrom = formatMonthNumber(month - 1);
  const facilities = { stale: 0, seen: 0 };
  for (const { office } of lsos) {
    const counts = countsIn(offices, office);
    for (const seen of valuesOf(counts, 'facilities', 'seen')) {
      const count = upTo(counts, { figure: 'facilities', by: { seen } }, month);
      facilities.seen += count;
      if (seen < staleFrom) facilities.stale += count;
    }
  }
  return {
    ...common,
    figures: figureSums(offices, asker, lsos, month, true),
    districts: districtRows(offices, asker, lsos, months, today),
    waiting: {
      refusals: sumUpTo(offices, lsos, { figure: 'refusals-waiting' }, month),
      flags: sumUpTo(offices, lsos, { figure: 'flags-waiting' }, month),
      since: since[0] ?? null,
    },
    quiet: lsos.filter((book) => isQuiet(book, today)).length,
    facilities,
  };
}

function districtRows(
  offices: Offices,
  asker: Asker,
  lsos: readonly OfficeBook[],
  months: readonly string[],
  today: PlainDate,
): DistrictRow[] {
  const districts = [...offices.books.values()].filter(
    ({ office, tier }) => tier === 'district' && office !== asker.office && standsUnder(offices, office, asker.office),
  );
  return districts.map((district) => {
    const own = lsos.filter(({ office }) => standsUnder(offices, office, district.office));
    const { organized, all } = householdsByMonth(offices, own, months);
    const known = districtNamed(district.names);
    const month = monthNumber(today);
    return {
      ...named(district),
      code: known?.code ?? null,
      talukas: known?.talukas.length ?? null,
      lsos: own.length,
      organized: shownAlone(organized.at(-1) ?? 0),
      households: shownAlone(all.at(-1) ?? 0),
      percent: coverage(organized.at(-1) ?? 0, all.at(-1) ?? 0),
      months: organized.some((count) => count > 0 && count < 5) ? [] : organized,
      quiet: own.filter((book) => isQuiet(book, today)).length,
      waiting: sumUpTo(offices, own, { figure: 'refusals-waiting' }, month),
      flags: sumUpTo(offices, own, { figure: 'flags-waiting' }, month),
    };
  });
}

export async function officesPage({ app, reader }: Desk, asker: Asker, now: Instant): Promise<OfficesAnswer> {
  const [offices, heard] = [await reader.read(), await phonesHeard(app, dayInPakistan(now))];
  const today = dayInPakistan(now);
  const month = monthNumber(today);
  const lsos = lsosOf(offices, asker);
  const rows = lsos.map((book): OfficeRow => {
    const counts = countsIn(offices, book.office);
    const { organized, all } = householdsByMonth(offices, [book], [today.slice(0, 7)]);
    const phones = upTo(counts, { figure: 'phones' }, month);
    return {
      ...named(book),
      district: districtOf(offices, book)?.office ?? null,
      heardOn: book.heardAt === null ? null : dayInPakistan(book.heardAt),
      organized: shownAlone(organized[0] ?? 0),
      households: shownAlone(all[0] ?? 0),
      percent: coverage(organized[0] ?? 0, all[0] ?? 0),
      waiting: upTo(counts, { figure: 'refusals-waiting' }, month),
      flags: upTo(counts, { figure: 'flags-waiting' }, month),
      phones,
      quietPhones: Math.max(0, phones - (heard.get(book.office) ?? 0)),
    };
  });
  const districts = new Set(rows.flatMap(({ district }) => (district === null ? [] : [district])));
  return {
    today,
    offices: rows,
    districts: [...districts].map((office) => named(offices.books.get(office) as OfficeBook)),
  };
}

function districtOf({ books }: Offices, book: OfficeBook): OfficeBook | null {
  for (let at: OfficeBook | undefined = book; at; at = books.get(at.above ?? -1)) if (at.tier === 'district') return at;
  return null;
}

// One table serves every reader until a book moves on.
const tables = new WeakMap<Offices, Map<string, FigureTable>>();
function tableOf(offices: Offices, line: DeskFigureLine, months: readonly string[]): FigureTable {
  const made = tables.get(offices) ?? new Map<string, FigureTable>();
  tables.set(offices, made);
  const key = `${line.key} ${months[0]} ${months.length}`;
  const table = made.get(key) ?? figureTable(offices, line, months);
  made.set(key, table);
  return table;
}

const noSum = { counts: [], sum: 0 } as const;

/** A figure of the offices that stand directly below one, by month. Null for an office that the asker does not see. */
export async function figurePage(
  { reader }: Desk,
  asker: Asker,
  line: DeskFigureLine,
  office: OfficeId,
  now: Instant,
): Promise<FigureAnswer | null> {
  const offices = await reader.read();
  const of = bookFor(offices, asker, office);
  if (!of) return null;
  const table = tableOf(offices, line, monthsTo(dayInPakistan(now), 12));
  const below = [...offices.books.values()].filter(
    (book) => book.above === of.office && table.rows.has(book.office) && bookFor(offices, asker, book.office),
  );
  return {
    key: line.key,
    of: tiered(of),
    months: table.months,
    stock: table.stock,
    rows: (of.tier === 'lso' ? [of] : below).map((book) => ({
      ...named(book),
      opens: book.tier !== 'lso',
      ...(table.rows.get(book.office) ?? noSum),
    })),
    // The sum of all offices beside a part of them would give the others away.
    sums: asker.role === 'social-organizer' ? null : (table.rows.get(of.office) ?? noSum),
  };
}

/** The cells of one office, whole: what its profile is computed from as of any day. */
function cellsOfOffice(app: Pool, office: OfficeId): Promise<Cell[]> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<Cell>(
      `SELECT figure, dimensions AS by, period, sum(count)::bigint AS count FROM figures
       WHERE office = $1 AND figure IN ('households', 'households-told', 'organizations', 'posts')
       GROUP BY figure, dimensions, period`,
      [office],
    );
    return rows;
  });
}

/** One LSO: its profile on a day, and its figures by month as they stand in the table of all. */
export async function officePage(
  { app, reader }: Desk,
  asker: Asker,
  office: OfficeId,
  on: PlainDate | null,
  now: Instant,
): Promise<OfficeAnswer | null> {
  const offices = await reader.read();
  const book = bookFor(offices, asker, office);
  if (book?.tier !== 'lso') return null;
  const today = dayInPakistan(now);
  const day = on === null || on > today ? today : on;
  const [cells, heard] = [await cellsOfOffice(app, office), await phonesHeard(app, today)];
  const profile = lsoProfile(cells, day);
  const months = monthsTo(today, 12);
  const phones = upTo(countsIn(offices, office), { figure: 'phones' }, monthNumber(today));
  const district = districtOf(offices, book);
  const formed = cells
    .filter(({ figure, by }) => figure === 'organizations' && /(^|;)tier=lso(;|$)/.test(by))
    .map(({ period }) => period)
    .sort()[0];
  return {
    office: named(book),
    district: district ? named(district) : null,
    heardOn: book.heardAt === null ? null : dayInPakistan(book.heardAt),
    on: day,
    today,
    formedOn: formed ?? null,
    profile: {
      ...profile,
      households: { ...profile.households, count: shownAlone(profile.households.count) },
      organizedHouseholds: { ...profile.organizedHouseholds, count: shownAlone(profile.organizedHouseholds.count) },
    },
    months,
    figures: deskFigures.map((line) => {
      const table = tableOf(offices, line, months);
      return { key: line.key, stock: table.stock, ...(table.rows.get(office) ?? noSum) };
    }),
    phones: { enrolled: phones, quiet: Math.max(0, phones - (heard.get(office) ?? 0)) },
  };
}

/** The district or the whole house that somebody oversees; null for a social organizer, who sees a part of one. */
function overseen(offices: Offices, asker: Asker): OfficeBook | null {
  const own = offices.books.get(asker.office);
  if (!own || asker.role === 'social-organizer') return null;
  return own.tier === 'district' || own.above === null ? own : null;
}

const donorsLine = deskFigure('donors') as DeskFigureLine;
const emergenciesLine = deskFigure('emergencies') as DeskFigureLine;
const groups = [...bloodGroups, 'unknown'] as const;

/** Donors by group, of the districts or as one sum: never of one LSO. */
export async function donorsPage({ reader }: Desk, asker: Asker, now: Instant): Promise<DonorsAnswer | null> {
  const offices = await reader.read();
  const month = monthNumber(dayInPakistan(now));
  const own = overseen(offices, asker);
  if (!own) return null;
  const counted = (lsos: readonly OfficeBook[]) => {
    const counts = groups.map((group) => sumUpTo(offices, lsos, { figure: 'donors', by: { group } }, month));
    return [...counts, counts.reduce((sum, count) => sum + count, 0)];
  };
  // Held back over all districts of the house, whoever reads: two districts must not find each other's from their own.
  const districts = [...offices.books.values()].filter(({ tier }) => tier === 'district');
  const rows = [
    { parent: null, counts: counted([...offices.books.values()].filter(({ tier }) => tier === 'lso')) },
    ...districts.map(({ office }) => ({ parent: 0, counts: counted(lsosUnder(offices, office)) })),
  ];
  const table = tableOf(offices, donorsLine, monthsTo(dayInPakistan(now), 12));
  const root = [...offices.books.values()].find(({ above }) => above === null);
  const rowOf = (row: number) => table.rows.get((row === 0 ? root : districts[row - 1])?.office ?? -1);
  const shown = holdBack({
    rows,
    summed: true,
    given: (row, column) => (column === groups.length ? rowOf(row)?.counts.at(-1) : undefined),
  });
  const line = (counts: readonly Shown[] = []) => ({ counts: counts.slice(0, -1), sum: counts.at(-1) ?? 0 });
  const at = districts.findIndex(({ office }) => office === asker.office);
  return {
    of: tiered(own),
    groups,
    rows: at >= 0 ? [] : districts.map((district, i) => ({ ...named(district), ...line(shown[i + 1]) })),
    sums: line(shown[at + 1]),
  };
}

/** Emergencies of everything the asker sees: by kind and month, and what came of them. */
export async function emergenciesPage({ reader }: Desk, asker: Asker, now: Instant): Promise<EmergenciesAnswer | null> {
  const offices = await reader.read();
  const own = overseen(offices, asker);
  if (!own) return null;
  const lsos = lsosOf(offices, asker);
  const months = monthsTo(dayInPakistan(now), 12);
  const [from, to] = [monthNumber(months[0] ?? ''), monthNumber(months.at(-1) ?? '')];
  const counted = (asked: Parameters<typeof monthly>[1]) => {
    const counts = monthlySum(offices, lsos, asked, from, to);
    return [...counts, counts.reduce((sum, count) => sum + count, 0)];
  };
  const types = [
    ...new Set(lsos.flatMap(({ office }) => valuesOf(countsIn(offices, office), 'emergencies', 'type'))),
  ].sort();
  const rowIn = (line: DeskFigureLine) => {
    const row = tableOf(offices, line, months).rows.get(asker.office);
    return row && [...row.counts, row.sum];
  };
  const known = rowIn(emergenciesLine);
  const shown = holdBack({
    summed: true,
    given: (row, column) => (row === 0 ? known?.[column] : undefined),
    rows: [
      { parent: null, counts: counted({ figure: 'emergencies' }) },
      ...types.map((type) => ({ parent: 0, counts: counted({ figure: 'emergencies', by: { type } }) })),
    ],
  });
  const line = (counts: readonly Shown[] = []) => ({ counts: counts.slice(0, -1), sum: counts.at(-1) ?? 0 });
  const outcomes = (['people-given-blood', 'families-carried'] as const).map((key) => ({
    key,
    ...line(rowIn(deskFigure(key) as DeskFigureLine)),
  }));
  return {
    of: tiered(own),
    months,
    types: types.map((type, i) => ({ type, ...line(shown[i + 1]) })),
    sums: line(shown[0]),
    outcomes,
  };
}

/** How many complaints there are in some offices, by post and state. */
export type ComplaintsOf = (offices: readonly OfficeId[]) => Promise<readonly ComplaintCount[]>;

/** The monthly progress report of an office and all below it. Null for one that the asker does not see, and for a month to come. */
export async function reportPage(
  { reader }: Desk,
  asker: Asker,
  month: string,
  office: OfficeId,
  now: Instant,
  complaints: ComplaintsOf = async () => [],
): Promise<ReportAnswer | null> {
  const offices = await reader.read();
  const of = bookFor(offices, asker, office);
  const today = dayInPakistan(now);
  if (!of || of.tier === 'lso' || isFunder(asker) || asker.role === 'social-organizer' || month > today.slice(0, 7))
    return null;
  const at = monthNumber(month);
  const lsos = lsosOf(offices, asker).filter((book) => standsUnder(offices, book.office, of.office));
  const lastDay = addDays(`${formatMonthNumber(at + 1)}-01`, -1);
  return {
    of: tiered(of),
    month,
    offices: lsos.length,
    heard: lsos.filter(({ heardAt }) => heardAt !== null && dayInPakistan(heardAt) >= `${month}-01`).length,
    closesOn: lastDay,
    running: month === today.slice(0, 7),
    complaints:
      of.tier === 'programme' && (asker.role === 'head-office' || asker.role === 'auditor')
        ? complaintLines(await complaints(lsos.map(({ office }) => office)), asker.role)
        : null,
    lines: deskFigures.map((line) => {
      const before = sumUpTo(offices, lsos, line.asked, at - 1);
      const toDate = sumUpTo(offices, lsos, line.asked, at);
      const table = tableOf(offices, line, monthsTo(month, 12));
      const inMonth = table.stock ? shownSum(line, toDate - before) : (table.rows.get(of.office)?.counts.at(-1) ?? 0);
      const [shownBefore = 0, shownIn = 0, shownTo = 0] = heldLine(line, before, inMonth, toDate);
      const origin = (value: string) =>
        shownSum(line, sumUpTo(offices, lsos, { ...line.asked, by: { ...byOf(line), origin: value } }, at));
      return {
        key: line.key,
        stock: table.stock,
        before: shownBefore,
        inMonth: shownIn,
        toDate: shownTo,
        carriedForward: origin('carried-forward'),
        estimated: origin('estimated'),
      };
    }),
  };
}

/** Before, in the month, to date: of three numbers that add up none is shown alone beside one that is held back. */
function heldLine(line: DeskFigureLine, before: number, inMonth: Shown, toDate: number): readonly Shown[] {
  if (line.of === 'things') return [before, toDate - before, toDate];
  if (inMonth !== 'few' && inMonth <= 0) return [shownAlone(before), inMonth, shownAlone(toDate)];
  const given = (_: number, column: number) => (column === 1 ? inMonth : undefined);
  const counts = [before, toDate - before, toDate];
  return holdBack({ summed: true, given, rows: [{ parent: null, counts }] })[0] ?? [];
}
