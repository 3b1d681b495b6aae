/*
 * A whole programme in figures and books: 695 LSOs in the 15 districts of SRSO, three years of months, no person. The same every
 * time, so that what the desk answers can be compared with a count of our own.
 */
import type { Pool } from 'pg';
import { seededChance } from '../../src/cli/demo/sample-names.ts';
import { sindhDistricts } from '../../src/federation/places/sindh-places.ts';
import { bloodGroups } from '../../src/kernel/blood-group.ts';
import { addDays, dayInPakistan, daysBetween, type PlainDate } from '../../src/kernel/plain-date.ts';
import { type Cell, cellsOf, type Fact, sumCells } from '../../src/platform/book/figures.ts';
import { addBook } from '../../src/server/installation.ts';

export const programmeOffice = 1;
/** District n of the list has the book 100 + n, its LSOs 1000 × (n + 1) and on. */
export const districtOffice = (nth: number) => 100 + nth;

export type ProgrammeOffice = { readonly office: number; readonly district: number; readonly cells: readonly Cell[] };

/** Union councils by district as drawn in the looks: they add up to 695. */
const shares = [46, 40, 40, 40, 37, 76, 47, 41, 51, 55, 51, 50, 46, 42, 33] as const;

/** `lsos` in all, shared out among the districts; `months` back from `today`. */
export function programme(today: PlainDate, lsos = 695, months = 36): ProgrammeOffice[] {
  const offices: ProgrammeOffice[] = [];
  const all = shares.reduce<number>((sum, share) => sum + share, 0);
  shares.forEach((share, nth) => {
    const own = Math.max(1, Math.round((share / all) * lsos));
    for (let i = 0; i < own; i++) {
      const office = 1000 * (nth + 1) + i;
      offices.push({
        office,
        district: districtOffice(nth),
        cells: sumCells(cellsOf(factsOf(office, nth, today, months))),
      });
    }
  });
  return offices;
}

function factsOf(office: number, district: number, today: PlainDate, months: number): Fact[] {
  const chance = seededChance(office);
  const upTo = (most: number) => Math.floor(chance() * most);
  const first = addDays(today, -months * 30);
  const days = daysBetween(first, today);
  const day = () => addDays(first, upTo(days));
  const stock = (
    figure: string,
    by: Fact['by'],
    from: PlainDate,
    count: number,
    until: PlainDate | null = null,
  ): Fact => ({
    figure,
    ...(by && { by }),
    from,
    until,
    count,
  });
  const facts: Fact[] = [stock('organizations', { tier: 'lso', of: 'women', status: 'active' }, first, 1)];
  // Shares between 33 and 78 per cent, and every district a little different.
  const organized = 0.3 + ((district * 7) % 15) / 40 + chance() * 0.12;
  for (let i = 0; i < 240; i++) {
    const yes = i / 240 < organized;
    facts.push(stock('households', { organized: yes ? 'yes' : 'no' }, day(), 4 + upTo(16)));
  }
  for (let i = 0; i < 80 + upTo(40); i++)
    facts.push(stock('organizations', { tier: 'co', of: 'women', status: 'active' }, day(), 1));
  for (let i = 0; i < 10 + upTo(8); i++)
    facts.push(stock('organizations', { tier: 'vo', of: 'women', status: 'active' }, day(), 1));
  for (let i = 0; i < 60 + upTo(60); i++)
    facts.push(stock('donors', { group: bloodGroups[upTo(8)] as string, sex: chance() < 0.2 ? 'f' : 'm' }, day(), 1));
  for (let i = 0; i < 6 + upTo(20); i++) facts.push(stock('phones', undefined, day(), 1));
  for (let month = 0; month < months; month++) {
    const on = addDays(first, month * 30 + upTo(30));
    for (const type of ['blood', 'delivery', 'accident', 'other'])
      if (chance() < 0.7) facts.push({ figure: 'emergencies', by: { type }, on, count: 1 + upTo(4) });
    if (chance() < 0.9) facts.push({ figure: 'people-given-blood', on, count: 1 + upTo(5) });
    if (chance() < 0.4)
      facts.push({ figure: 'families-carried', by: { provider: `${office}-11` }, on, count: 1 + upTo(2) });
  }
  if (chance() < 0.3)
    facts.push({ figure: 'people-given-blood', by: { origin: 'carried-forward' }, on: first, count: 20 + upTo(60) });
  for (let i = 0; i < upTo(3); i++) {
    const from = day();
    facts.push(stock('refusals-waiting', undefined, from, 1, addDays(from, 1 + upTo(5))));
  }
  if (chance() < 0.02) facts.push(stock('refusals-waiting', undefined, addDays(today, -1 - upTo(8)), 1));
  if (chance() < 0.04) facts.push(stock('flags-waiting', undefined, addDays(today, -upTo(20)), 1));
  for (let i = 0; i < 3; i++) {
    const seen = addDays(today, -upTo(chance() < 0.02 ? 120 : 24));
    facts.push(stock('facilities', { seen: seen.slice(0, 7) }, seen, 1));
  }
  return facts;
}

/** Writes the books and figures of a programme into an empty database, and marks it as a sample. */
export async function writeProgramme(owner: Pool, offices: readonly ProgrammeOffice[], now: number): Promise<void> {
  const names = (en: string, sd: string) => ({ en, sd, ur: null });
  await addBook(owner, {
    office: programmeOffice,
    above: null,
    tier: 'programme',
    names: names('SRSO', 'ايس آر ايس او'),
  });
  for (const [nth, district] of sindhDistricts.entries())
    await addBook(owner, {
      office: districtOffice(nth),
      above: programmeOffice,
      tier: 'district',
      names: district.names,
    });
  // Every hundredth office has been silent for three weeks.
  const heard = offices.map((_, i) => now - (i % 100 === 7 ? 21 : (i * 7) % 12) * 86_400_000);
  await owner.query(
    `INSERT INTO books (office, above, tier, names, sequence, head, heard_at)
     SELECT office, above, 'lso', json_build_object('en', 'LSO ' || office, 'sd', 'ايل ايس او ' || office, 'ur', null), 1, '', heard
     FROM unnest($1::int[], $2::int[], $3::bigint[]) AS t (office, above, heard)`,
    [offices.map(({ office }) => office), offices.map(({ district }) => district), heard],
  );
  for (let from = 0; from < offices.length; from += 50) {
    const rows = offices
      .slice(from, from + 50)
      .flatMap(({ office, cells }) => cells.map((cell) => ({ office, ...cell })));
    await owner.query(
      `INSERT INTO figures (office, purpose, figure, dimensions, period, count, sequence)
       SELECT office, 'registers', figure, dimensions, period, count, 1
       FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::bigint[]) AS t (office, figure, dimensions, period, count)`,
      [
        rows.map(({ office }) => office),
        rows.map(({ figure }) => figure),
        rows.map(({ by }) => by),
        rows.map(({ period }) => period),
        rows.map(({ count }) => count),
      ],
    );
  }
  // Four phones in five have spoken within the fortnight.
  await owner.query(
    `INSERT INTO phones_heard (office, seat, heard_on)
     SELECT office, row_number() OVER (), $1::date - (seat % 5 * 4)::int
     FROM (SELECT office, generate_series(1, sum(count)::int) AS seat FROM figures WHERE figure = 'phones' GROUP BY office) AS t`,
    [dayInPakistan(now)],
  );
  await owner.query('UPDATE installation SET sample = true');
  await owner.query('ANALYZE');
}
