/* The desk over a programme of figures: equal to a count of our own, one mask for every reader, nothing of another's offices. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { oneKey } from '../../../../tests/support/keys-in-hand.ts';
import {
  districtOffice,
  type ProgrammeOffice,
  programme,
  writeProgramme,
} from '../../../../tests/support/programme.ts';
import { countOf } from '../../../platform/book/figures.ts';
import { installationOf } from '../../../server/installation.ts';
import { type DeskFigureLine, deskFigure, deskFigures } from '../desk-figures.ts';
import { OfficeReader } from './office-reader.ts';
import {
  type Asker,
  donorsPage,
  emergenciesPage,
  figurePage,
  officePage,
  officesPage,
  overview,
  reportPage,
} from './report-queries.ts';

const today = '2026-11-24';
const now = Date.UTC(2026, 10, 24, 8);
const head: Asker = { role: 'head-office', office: 1, offices: [] };
const district: Asker = { role: 'district', office: districtOffice(3), offices: [] };
let database: TestDatabase;
let offices: ProgrammeOffice[];
let desk: { app: TestDatabase['app']; reader: OfficeReader };

beforeAll(async () => {
  database = await testDatabase();
  await installationOf(database.owner, oneKey);
  offices = programme(today, 45, 14);
  await writeProgramme(database.owner, offices, now);
  desk = { app: database.app, reader: new OfficeReader(database.app) };
}, 60_000);
afterAll(() => database?.close());

const under = (office: number) =>
  offices.filter((own) => office === 1 || own.district === office || own.office === office);
/** A count of our own, cell by cell. A month of a flow; a stock at the end of a month. */
function counted(office: number, line: DeskFigureLine, month: string): number {
  return under(office).reduce(
    (sum, { cells }) => sum + countOf(cells, { ...line.asked, from: month, to: `${month}-31` }),
    0,
  );
}
const toDate = (office: number, line: DeskFigureLine, until = '2026-11-31') =>
  under(office).reduce((sum, { cells }) => sum + countOf(cells, { ...line.asked, to: until }), 0);

test('every figure of the head office and of each district equals a recount, where it is shown', async () => {
  const page = await overview(desk, head, now);
  let compared = 0;
  for (const line of deskFigures) {
    const shown = page.figures.find(({ key }) => key === line.key);
    expect(shown?.count).toBe(toDate(1, line));
    for (const office of [1, districtOffice(3), districtOffice(5)]) {
      const table = await figurePage(desk, head, line, office, now);
      for (const row of [...(table?.rows ?? []), { office, ...table?.sums }])
        row.counts?.forEach((count, m) => {
          if (count === 'few') return;
          expect(count, `${line.key} ${row.office} ${table?.months[m]}`).toBe(
            counted(row.office, line, table?.months[m] ?? ''),
          );
          compared += 1;
        });
    }
  }
  expect(compared).toBeGreaterThan(1000);
});

test('an entry that was just written is in the next answer, and only its office is read again', async () => {
  const before = (await overview(desk, head, now)).figures.find(({ key }) => key === 'people-given-blood')?.count;
  const { office } = offices[4] as ProgrammeOffice;
  await database.owner.query(
    `INSERT INTO figures VALUES ($1, 'registers', 'people-given-blood', '', '2026-11', 7, 2)
     ON CONFLICT (office, figure, dimensions, period, purpose) DO UPDATE SET count = figures.count + 7`,
    [office],
  );
  await database.owner.query('UPDATE books SET sequence = sequence + 1 WHERE office = $1', [office]);
  const after = (await overview(desk, head, now)).figures.find(({ key }) => key === 'people-given-blood')?.count;
  expect(after).toBe(Number(before) + 7);
});

test('a district and the head office are shown the same of the same cell', async () => {
  for (const line of deskFigures) {
    const above = await figurePage(desk, head, line, 1, now);
    const below = await figurePage(desk, district, line, district.office, now);
    const row = above?.rows.find(({ office }) => office === district.office);
    expect(below?.sums).toEqual({ counts: row?.counts, sum: row?.sum });
  }
});

test('what a district is shown by kind and by group cannot be taken apart with what it is shown by month', async () => {
  const emergencies = await emergenciesPage(desk, district, now);
  const table = await figurePage(desk, district, deskFigure('emergencies') as DeskFigureLine, district.office, now);
  expect(emergencies?.sums).toEqual(table?.sums);
  emergencies?.months.forEach((_, m) => {
    const hidden = emergencies.types.filter(({ counts }) => counts[m] === 'few').length;
    if (emergencies.sums.counts[m] !== 'few') expect(hidden).not.toBe(1);
  });
  const donors = await donorsPage(desk, head, now);
  for (const row of [...(donors?.rows ?? []), donors?.sums]) {
    const hidden = row?.counts.filter((count) => count === 'few').length;
    if (row?.sum !== 'few') expect(hidden).not.toBe(1);
  }
  expect((await donorsPage(desk, district, now))?.rows).toEqual([]);
});

test("another district's office reads like one that does not exist", async () => {
  const other = offices.find((office) => office.district !== district.office)?.office as number;
  const line = deskFigure('donors') as DeskFigureLine;
  for (const office of [other, districtOffice(5), 1, 999_999]) {
    expect(await officePage(desk, district, office, null, now)).toBeNull();
    expect(await figurePage(desk, district, line, office, now)).toBeNull();
    expect(await reportPage(desk, district, '2026-10', office, now)).toBeNull();
  }
  const seen = (await officesPage(desk, district, now)).offices.map(({ office }) => office);
  expect(seen).toEqual(under(district.office).map(({ office }) => office));
});

test('a social organizer sees her own offices, and no sum that would give away the others', async () => {
  const own = under(district.office).slice(0, 1);
  const organizer: Asker = { ...district, role: 'social-organizer', offices: own.map(({ office }) => office) };
  expect((await officesPage(desk, organizer, now)).offices.map(({ office }) => office)).toEqual(organizer.offices);
  const table = await figurePage(desk, organizer, deskFigure('donors') as DeskFigureLine, district.office, now);
  expect(table?.rows.map(({ office }) => office)).toEqual(organizer.offices);
  expect(table?.sums).toBeNull();
  expect(await donorsPage(desk, organizer, now)).toBeNull();
  expect(await reportPage(desk, organizer, '2026-10', district.office, now)).toBeNull();
});

test('a funder is told whole months of the whole programme, and nothing of a district', async () => {
  const page = await overview(desk, { ...head, role: 'funder' }, now);
  expect(page.districts).toEqual([]);
  const line = deskFigure('people-given-blood') as DeskFigureLine;
  expect(page.figures[0]).toMatchObject({ count: toDate(1, line, '2026-10-31'), thisMonth: null });
});

test('the profile of an LSO is what stood on the day that is asked for', async () => {
  const { office, cells } = offices[7] as ProgrammeOffice;
  for (const on of ['2026-01-15', '2026-06-30', today]) {
    const page = await officePage(desk, head, office, on, now);
    expect(page?.profile.households.count).toBe(countOf(cells, { figure: 'households', to: on }));
    expect(page?.profile.communityOrganizations.count).toBe(
      countOf(cells, { figure: 'organizations', by: { tier: 'co' }, to: on }),
    );
  }
});

test('a report says before, in the month, to date, and how much came from paper', async () => {
  const report = await reportPage(desk, head, '2026-10', 1, now);
  for (const { key, before, inMonth, toDate: sum, carriedForward } of report?.lines ?? []) {
    const line = deskFigure(key) as DeskFigureLine;
    if (sum !== 'few') expect(sum).toBe(toDate(1, line, '2026-10-31'));
    const held = [before, inMonth, sum].filter((count) => count === 'few').length;
    if (held === 0) expect(Number(before) + Number(inMonth)).toBe(sum);
    else expect(held).toBeGreaterThan(1);
    if (key === 'people-given-blood')
      expect(carriedForward).toBe(
        offices.reduce(
          (all, { cells }) => all + countOf(cells, { ...line.asked, by: { origin: 'carried-forward' } }),
          0,
        ),
      );
  }
  expect(await reportPage(desk, head, '2026-12', 1, now)).toBeNull();
});

test('an office that has written nothing for a fortnight is quiet, and so is a phone', async () => {
  const page = await overview(desk, head, now);
  const quiet = offices.filter((_, i) => i % 100 === 7);
  expect(page.quiet).toBe(quiet.length);
  const list = (await officesPage(desk, head, now)).offices;
  const phones = list.reduce((sum, row) => sum + row.phones, 0);
  const silent = list.reduce((sum, row) => sum + row.quietPhones, 0);
  expect(silent).toBeGreaterThan(0);
  expect(silent).toBeLessThan(phones / 2);
});
