/* The head office's desk over 695 LSOs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskFigures } from '../src/network/reports/desk-figures.ts';
import { OfficeReader } from '../src/network/reports/server/office-reader.ts';
import {
  donorsPage,
  emergenciesPage,
  figurePage,
  officePage,
  officesPage,
  overview,
  reportPage,
} from '../src/network/reports/server/report-queries.ts';
import { openDatabase } from '../src/platform/database/server/open-database.ts';
import { installationOf } from '../src/server/installation.ts';
import { oneKey } from '../tests/support/keys-in-hand.ts';
import { programme, programmeOffice, writeProgramme } from '../tests/support/programme.ts';
import { grouped, percentile, tell, timed } from './table.ts';

/** Three years of months, on the server under row-level security. */
export async function measureDesk(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'otaq-bench-'));
  const database = await openDatabase({ dataDirectory: directory, databaseUrl: null });
  await installationOf(database.owner, oneKey);
  const now = Date.UTC(2026, 10, 24, 8);
  const offices = programme('2026-11-24');
  await writeProgramme(database.owner, offices, now);
  const desk = { app: database.app, reader: new OfficeReader(database.app) };
  const head = { role: 'head-office', office: programmeOffice, offices: [] } as const;
  const cells = offices.reduce((sum, own) => sum + own.cells.length, 0);
  tell(
    `The server reads the figures of ${offices.length} LSOs, ${grouped(cells)} cells, once after a start`,
    `${grouped(await timed(() => desk.reader.read()))} ms`,
    'not set',
  );
  const pages = [
    () => overview(desk, head, now),
    () => officesPage(desk, head, now),
    () => officePage(desk, head, 4003, null, now),
    () => donorsPage(desk, head, now),
    () => emergenciesPage(desk, head, now),
    () => reportPage(desk, head, '2026-10', programmeOffice, now),
  ];
  const cold: number[] = [];
  const warm: number[] = [];
  // An office has just written before each page of the first round: its figures and every table are made again.
  for (const page of pages)
    for (let i = 0; i < 5; i++) {
      await database.owner.query('UPDATE books SET sequence = sequence + 1 WHERE office = 4003');
      cold.push(await timed(page));
      warm.push(await timed(page));
    }
  tell(
    'The slowest page of the head office’s desk, just after an office has written, and again',
    `${grouped(Math.max(...cold))} ms, ${grouped(Math.max(...warm))} ms`,
    'under 300 ms',
  );
  const figures: number[] = [];
  for (const line of deskFigures) {
    await database.owner.query('UPDATE books SET sequence = sequence + 1 WHERE office = 4003');
    figures.push(await timed(() => figurePage(desk, head, line, programmeOffice, now)));
  }
  tell(
    'One figure of the head office by district and month, just after an office has written: median and slowest',
    `${grouped(percentile(figures, 0.5))} ms, ${grouped(Math.max(...figures))} ms`,
    'under 50 ms',
  );
  await database.close();
  rmSync(directory, { recursive: true, force: true });
}
