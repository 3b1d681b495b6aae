/*
 * npm run bench: measures what the product promises, prints a table, writes it into the README, and never fails. The machine and its
 * load are part of every figure.
 *
 *   npm run bench                     everything
 *   npm run bench -- server phone     these subjects only; the README stays as it is
 */
import { realSize } from '../src/cli/demo/seed-demo.ts';
import { openTestOffice, type TestOffice } from '../tests/support/office.ts';
import { measureBackup } from './backup.ts';
import { measureDesk } from './desk.ts';
import { measureImport } from './import.ts';
import { measureMemory } from './memory.ts';
import { measurePhone } from './phone.ts';
import { measurePrint } from './print.ts';
import { measureProgram } from './program.ts';
import { measureServer } from './server.ts';
import { measureSync } from './sync.ts';
import { writeTable } from './table.ts';
import { measureWeekend } from './weekend.ts';

/** LSO Ibtida at its real size, written once for all that are measured on it. */
let ibtida: TestOffice | null = null;
const onIbtida = (measure: (office: TestOffice) => Promise<void>) => async () => {
  ibtida ??= await openTestOffice(realSize);
  await measure(ibtida);
};

const subjects: Readonly<Record<string, () => Promise<void> | void>> = {
  program: measureProgram,
  server: onIbtida(measureServer),
  sync: onIbtida(measureSync),
  print: onIbtida(measurePrint),
  backup: onIbtida(measureBackup),
  weekend: measureWeekend,
  phone: measurePhone,
  desk: measureDesk,
  import: measureImport,
  memory: measureMemory,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(subjects, name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')} to measure. There are: ${Object.keys(subjects).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const [name, measure] of Object.entries(subjects))
    if (asked.length === 0 || asked.includes(name)) await measure();
  await (ibtida as TestOffice | null)?.close();
  writeTable(asked.length === 0 ? 'readme' : 'screen');
}
