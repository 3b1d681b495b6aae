import writeWorkbook from 'write-excel-file/node';
import { donorContactKind, donorKind } from '../../../care/blood-donors/donor.ts';
import { organizationKind } from '../../../federation/organizations/organization.ts';
import { householdKind } from '../../../federation/people/household.ts';
import { personKind } from '../../../federation/people/person.ts';
import { placeKind } from '../../../federation/places/place.ts';
import { directionOf, type Language } from '../../../platform/languages/language.ts';
import { booksOf, type OpeningDoors, recordsOf } from '../../programmes/server/opening.ts';
import { exportList } from '../export-list.ts';
import type { ImportList } from '../list-columns.ts';
import type { Cell } from '../sheet.ts';
import { writeCsv } from './write-csv.ts';

/** A list of an office's book as rows. Throws where there is no such office. */
export async function listOf({ app }: OpeningDoors, office: number, list: ImportList, language: Language) {
  const books = await booksOf(app);
  const own = books.find((book) => book.office === office);
  if (!own) throw new Error(`There is no office ${office}.`);
  const placesAbove = [];
  for (let at = own; at.above !== null; ) {
    const above = books.find((book) => book.office === at.above);
    if (!above) break;
    placesAbove.push(...(await recordsOf(app, above.office, placeKind)));
    at = above;
  }
  return exportList(
    list,
    {
      places: await recordsOf(app, office, placeKind),
      placesAbove,
      organizations: await recordsOf(app, office, organizationKind),
      households: await recordsOf(app, office, householdKind),
      people: await recordsOf(app, office, personKind),
      donors: await recordsOf(app, office, donorKind),
      contacts: await recordsOf(app, office, donorContactKind),
    },
    language,
  );
}

/** The rows as a file. A workbook opens from right to left for Sindhi and Urdu, and holds texts and numbers, never a formula. */
export async function fileOf(
  rows: readonly (readonly Cell[])[],
  format: 'csv' | 'xlsx',
  language: Language,
): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(writeCsv(rows));
  const cells = rows.map((row, i) =>
    row.map((value) => {
      if (value === null) return null;
      const style = i === 0 ? { fontWeight: 'bold' as const } : {};
      return typeof value === 'number'
        ? { type: Number, value, ...style }
        : { type: String, value: String(value), ...style };
    }),
  );
  const options = { stickyRowsCount: 1, rightToLeft: directionOf(language) === 'rtl' };
  return writeWorkbook(cells as never, options as never).toBuffer();
}
