/* A register as it is bound: read under row-level security, composed, and set as PDF. */
import { donorsBook } from '../src/care/blood-donors/donors-book.ts';
import { demoOffices } from '../src/cli/demo/seed-demo.ts';
import { wordsOf } from '../src/platform/languages/server/whole-catalogs.ts';
import { readForPrint } from '../src/platform/print/server/print-source.ts';
import { printPdf } from '../src/platform/print/server/typst-printer.ts';
import type { TestOffice } from '../tests/support/office.ts';
import { grouped, repeated, tell, timed } from './table.ts';

export async function measurePrint({ running: { server, database } }: TestOffice): Promise<void> {
  const office = demoOffices.ibtida;
  const { rows } = await database.owner.query<{ person: string }>(
    `SELECT body->>'person' AS person FROM records WHERE office = $1 AND kind = 'grant' AND body->>'role' = 'lso-bearer'
     ORDER BY sequence LIMIT 1`,
    [office],
  );
  const reader = { office, person: rows[0]?.person as string };
  const words = await wordsOf('sd');
  let bytes = 0;
  const print = async () => {
    const source = await readForPrint(server.app, {
      reader,
      upward: await server.store.officesUpward(office),
      kinds: donorsBook.kinds,
      rules: server.rules(),
      now: server.now(),
      origin: 'https://otaq.example.org',
    });
    if (!source) throw new Error('there is no such book');
    bytes = printPdf(donorsBook.compose(source, words), words).length;
  };
  const first = await timed(print);
  const { median } = await repeated(3, () => timed(print));
  tell(
    'The donors’ book of LSO Ibtida printed in Sindhi, 107 donors: the first after a start, and the next',
    `${grouped(bytes)} bytes in ${(first / 1000).toFixed(1)} s, ${(median / 1000).toFixed(1)} s`,
    'none set',
  );
}
