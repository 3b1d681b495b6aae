import type { Pool } from 'pg';
import type { Names } from '../../../kernel/names.ts';
import { addDays, dayInPakistan, type PlainDate } from '../../../kernel/plain-date.ts';
import type { DeskUser } from '../../../platform/access/server/desk-sessions.ts';
import { countOf } from '../../../platform/book/figures.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { type DistrictFigure, districtFigures } from '../district-figures.ts';
import type { DistrictPage, NamedOffice, OpenedPage } from '../district-page.ts';
import { type Asked, fewest, type OfficeCell, openFigure, type Shown } from '../opened-figure.ts';

type OfficeRow = NamedOffice & { readonly heardAt: number | null };

/** The offices that stand below one, itself not among them: those that keep registers. */
async function officesBelow(app: Pool, office: number): Promise<readonly OfficeRow[]> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<OfficeRow>(
      `WITH RECURSIVE below AS (
         SELECT office FROM books WHERE office = $1
         UNION ALL SELECT b.office FROM books b JOIN below ON b.above = below.office)
       SELECT b.office, b.names, b.heard_at AS "heardAt" FROM books b JOIN below USING (office) WHERE b.tier = 'lso'
       ORDER BY b.office`,
      [office],
    );
    return rows;
  });
}

async function cellsOf(app: Pool, offices: readonly number[], figures: readonly string[]): Promise<OfficeCell[]> {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<OfficeCell>(
      `SELECT office, figure, dimensions AS by, period, sum(count)::bigint AS count FROM figures
       WHERE figure = ANY($2) AND office = ANY($1) AND count <> 0 GROUP BY office, figure, dimensions, period`,
      [offices, figures],
    );
    return rows;
  });
}

function shown(count: number): Shown {
  return count > 0 && count < fewest ? 'few' : count;
}

/** Who sits at the desk, and whether the books hold samples. */
export async function deskPerson(app: Pool, { office, role, shownName }: DeskUser, now: number) {
  return onDuty(app, 'figures', async (client) => {
    const { rows } = await client.query<{ names: Names; tier: string; sample: boolean }>(
      'SELECT b.names, b.tier, coalesce(i.sample, false) AS sample FROM books b LEFT JOIN installation i ON true WHERE b.office = $1',
      [office],
    );
    const { names, tier, sample } = rows[0] as (typeof rows)[0];
    return { shownName, role, office, names, tier, today: dayInPakistan(now), sample };
  });
}

export async function districtPage(
  app: Pool,
  user: { readonly office: number; readonly shownName: string },
  now: number,
): Promise<DistrictPage> {
  const today = dayInPakistan(now);
  const offices = await officesBelow(app, user.office);
  const figures = [...new Set(districtFigures.map(({ asked }) => asked.figure))];
  const cells = await cellsOf(
    app,
    offices.map(({ office }) => office),
    figures,
  );
  const { own, sample } = await onDuty(app, 'figures', async (client) => {
    const named = await client.query<NamedOffice>('SELECT office, names FROM books WHERE office = $1', [user.office]);
    const marked = await client.query<{ sample: boolean }>('SELECT sample FROM installation');
    return { own: named.rows[0] as NamedOffice, sample: marked.rows[0]?.sample === true };
  });
  const month = today.slice(0, 7);
  return {
    office: own,
    person: user.shownName,
    today,
    sample,
    figures: districtFigures.map(({ key, asked }: { key: DistrictFigure; asked: Asked }) => {
      const flow = cells.some((cell) => cell.figure === asked.figure && cell.period.length === 7);
      return {
        key,
        count: shown(countOf(cells, { ...asked, to: today })),
        thisMonth: flow ? shown(countOf(cells, { ...asked, from: month, to: today })) : null,
      };
    }),
    offices: offices.map(({ office, names, heardAt }) => ({
      office,
      names,
      heardOn: heardAt === null ? null : dayInPakistan(heardAt),
    })),
  };
}

/** Months from the first one counted, at most a year. */
function monthsUpTo(today: PlainDate, most: number): string[] {
  const months: string[] = [];
  for (let day = `${today.slice(0, 7)}-01`; months.length < most; day = `${addDays(day, -1).slice(0, 7)}-01`)
    months.unshift(day.slice(0, 7));
  return months;
}

export async function openedPage(
  app: Pool,
  user: { readonly office: number },
  key: DistrictFigure,
  now: number,
): Promise<OpenedPage> {
  const offices = (await officesBelow(app, user.office)).map(({ office }) => office);
  const { asked } = districtFigures.find((figure) => figure.key === key) as { asked: Asked };
  const cells = await cellsOf(app, offices, [asked.figure]);
  return { key, opened: openFigure(cells, asked, offices, monthsUpTo(dayInPakistan(now), 6)) };
}
