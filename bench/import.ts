/* An old register of 20,000 households, as clerks type it, looked through and written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dirtyHouseholds } from '../src/network/exchange/dirty-list.arbitrary.ts';
import type { ImportList } from '../src/network/exchange/list-columns.ts';
import { type Preview, previewList } from '../src/network/exchange/preview.ts';
import { knownOffice, stageImport, writeImport } from '../src/network/exchange/server/import-office.ts';
import { readFile } from '../src/network/exchange/server/read-file.ts';
import { writeCsv } from '../src/network/exchange/server/write-csv.ts';
import type { Cell } from '../src/network/exchange/sheet.ts';
import { openDistrict, openLso, openProgramme } from '../src/network/programmes/server/opening.ts';
import { openServer } from '../src/server/main.ts';
import { grouped, tell, timed } from './table.ts';

const rowsOfList = 20_000;
const communityOrganizations = 100;

export async function measureImport(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'otaq-bench-'));
  const quiet = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };
  const { server, database } = await openServer({ port: 0, dataDirectory: directory, databaseUrl: null }, quiet);
  const named = (en: string) => ({ en, sd: null, ur: null });
  await openProgramme(server, named('Programme'));
  const district = await openDistrict(server, 'PK709');
  const lso = { district, names: named('LSO Dhori'), council: named('Dhori'), taluka: null, formedOn: '2017-10-30' };
  const office = await openLso(server, lso);
  const look = async (list: ImportList, headings: readonly string[], rows: readonly (readonly Cell[])[]) => {
    const read = await readFile(Buffer.from(writeCsv([headings, ...rows])));
    if (!read.ok) throw new Error(`the list cannot be read: ${read.wrong.code}`);
    return previewList(list, read.sheet, await knownOffice(server, office));
  };
  const write = async (preview: Preview) => {
    const { seat } = await stageImport(server, { office, mode: 'all', broughtBy: null, preview });
    const { state, entered } = await writeImport(server, office, seat);
    if (state !== 'written' || entered !== preview.rows) throw new Error(`${entered} of ${preview.rows} are written`);
  };
  await write(await look('places', ['Name', 'Level', 'Part of'], [['Kandri', 'Village', 'Dhori']]));
  await write(
    await look(
      'organizations',
      ['Name', 'Tier', 'Number', 'Above it', 'Village', 'Formed on'],
      [
        ['Kandri', 'VO', 1, null, 'Kandri', '2018-01-01'],
        ...Array.from({ length: communityOrganizations }, (_, i): Cell[] => [
          `Para ${i + 1}`,
          'CO',
          i + 1,
          'VO 1',
          null,
          '2018-02-01',
        ]),
      ],
    ),
  );
  const { headings, rows } = dirtyHouseholds(rowsOfList, 3, { cos: communityOrganizations }, false);
  let preview: Preview | null = null;
  const looked = await timed(async () => {
    preview = await look('households', headings, rows);
  });
  const written = await timed(() => write(preview as unknown as Preview));
  tell(
    `A list of ${grouped(rowsOfList)} households from a CSV file: looked through, and written`,
    `${(looked / 1000).toFixed(1)} s, ${(written / 1000).toFixed(1)} s`,
    'none set',
  );
  await database.close();
  rmSync(directory, { recursive: true, force: true });
}
