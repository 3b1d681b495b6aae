import { readFileSync, writeFileSync } from 'node:fs';
import { nameIn } from '../kernel/names.ts';
import { importLists, isImportList } from '../network/exchange/list-columns.ts';
import { previewList } from '../network/exchange/preview.ts';
import {
  type Import,
  importsOf,
  knownOffice,
  stageImport,
  takeBackImport,
  type Written,
  writeImport,
} from '../network/exchange/server/import-office.ts';
import { readFile } from '../network/exchange/server/read-file.ts';
import { writeCsv } from '../network/exchange/server/write-csv.ts';
import type { Wrong } from '../network/exchange/sheet.ts';
import { sayWrong, wrongRowsOf } from '../network/exchange/wrong-rows.ts';
import { parseLanguage } from '../platform/languages/language.ts';
import type { Words } from '../platform/languages/say.ts';
import { wordsOf } from '../platform/languages/server/whole-catalogs.ts';
import type { Config } from '../server/config.ts';
import { withServer } from './office.ts';
import { environmentHelp, given, NotUnderstood, officeNumber, readWords, say, type Verb } from './verb.ts';

const options = {
  office: { type: 'string' },
  what: { type: 'string' },
  'right-rows-only': { type: 'boolean' },
  yes: { type: 'boolean' },
  leave: { type: 'string' },
  wrong: { type: 'string' },
  language: { type: 'string' },
  undo: { type: 'string' },
  continue: { type: 'string' },
  list: { type: 'boolean' },
} as const;

export const importVerb: Verb = {
  help: `otaq import: brings a list into an LSO's book, from a CSV or XLSX file.

  otaq import households.xlsx --office 3 --what households              looks through it, and writes nothing
  otaq import households.xlsx --office 3 --what households --yes        writes all rows, or none if one is wrong
  otaq import households.xlsx --office 3 --what households --right-rows-only --yes
  otaq import --continue 12 --office 3 --leave 1234567890               goes on when a bearer has given her leave
  otaq import --undo 12 --office 3                                      takes an import back as one
  otaq import --list --office 3                                         the office's imports and their numbers

  --what        ${importLists.join(', ')}
  --wrong FILE  where the wrong rows go, each with what to correct; beside the file unless given
  --leave CODE  a bearer's leave, made on her phone. Needed once the office has a bearer's phone
  --language    en, sd or ur: how it speaks of what is wrong

Exit code 1 when a row is wrong or nothing was written.
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('import', words, options);
    const office = officeNumber('import', values.office);
    const speech = wordsIn(values.language);
    if (values.list) return list(office, config);
    if (values.undo !== undefined) return undo(office, importNumber(values.undo), config);
    if (values.continue !== undefined)
      return goOn(office, importNumber(values.continue), values.leave ?? null, speech, config);
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0)
      throw new NotUnderstood('otaq import needs one file. otaq import --help shows an example.');
    const what = given('import', '--what', values.what);
    if (!isImportList(what)) throw new NotUnderstood(`--what is "${what}". It may be ${importLists.join(', ')}.`);
    let bytes: Buffer;
    try {
      bytes = readFileSync(path);
    } catch {
      throw new NotUnderstood(`The file ${path} cannot be read. Check its name and its folder.`);
    }
    const read = await readFile(bytes);
    if (!read.ok) {
      say(sayWrong(speech, read.wrong));
      return 1;
    }
    return withServer(config, async (server) => {
      const preview = previewList(what, read.sheet, await knownOffice(server, office));
      sayAll(speech, preview.notes, 5);
      sayAll(speech, preview.wrong);
      say(`${preview.rows} rows: ${preview.right.length} right, ${preview.wrongRows} wrong.`);
      if (preview.wrongRows > 0 && preview.wrong.some(({ row }) => row !== null && row > 1)) {
        const wrongFile = values.wrong ?? `${path.replace(/\.[^./\\]*$/, '')}.wrong.csv`;
        writeFileSync(wrongFile, writeCsv(wrongRowsOf(speech, read.sheet, preview.wrong)), { mode: 0o600 });
        say(`The wrong rows, with what to correct: ${wrongFile}`);
      }
      const mode = values['right-rows-only'] ? 'right-rows' : 'all';
      if (!values.yes) {
        say('Nothing was written. With --yes it is.');
        return preview.wrong.length === 0 ? 0 : 1;
      }
      const staged = await stageImport(server, { office, mode, broughtBy: null, preview });
      const answer = await writeImport(server, office, staged.seat, values.leave ?? null, sayProgress);
      return sayWritten(speech, staged, answer, preview.wrongRows);
    });
  },
};

/** Wrong cells that are said on the screen; the file of wrong rows has them all. */
const mostSaid = 20;

function sayAll(words: Words, wrong: readonly Wrong[], most = mostSaid): void {
  for (const fault of wrong.slice(0, most)) say(`  ${plain(sayWrong(words, fault))}`);
  if (wrong.length > most) say(`  … and ${wrong.length - most} more.`);
}

// A terminal shows the marks that isolate a value as boxes.
function plain(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '').replaceAll('\u00a0', ' ');
}

function sayProgress(done: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${of}${done === of ? '\n' : ''}`);
}

function wordsIn(text: string | undefined): Words {
  const language = text === undefined ? 'en' : parseLanguage(text);
  if (language === null) throw new NotUnderstood(`--language is "${text}". It may be en, sd or ur.`);
  return wordsOf(language);
}

function importNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new NotUnderstood(`"${text}" is no import's number. otaq import --list --office N shows them.`);
  return Number(text);
}

function sayWritten(words: Words, { seat, office }: Import, answer: Written, leftOut: number): number {
  if (answer.state === 'waiting') {
    say(`Import ${seat} waits for a bearer's leave. On her phone she opens the office's page and touches "Leave for an import"; then:
otaq import --continue ${seat} --office ${office} --leave CODE`);
    return 1;
  }
  sayAll(words, answer.refused);
  if (answer.state === 'taken-back') {
    say('The book refused a row, and all or none was asked for. Nothing stays.');
    return 1;
  }
  say(
    `Written: ${answer.entered} rows, as import ${seat}. To take it back as one: otaq import --undo ${seat} --office ${office}`,
  );
  return answer.refused.length + leftOut > 0 ? 1 : 0;
}

function goOn(office: number, seat: number, leave: string | null, words: Words, config: Config): Promise<number> {
  return withServer(config, async (server) => {
    const found = (await importsOf(server, office)).find((one) => one.seat === seat);
    if (!found)
      throw new Error(`Office ${office} has no import ${seat}. otaq import --list --office ${office} shows them.`);
    return sayWritten(words, found, await writeImport(server, office, seat, leave, sayProgress), 0);
  });
}

function undo(office: number, seat: number, config: Config): Promise<number> {
  return withServer(config, async (server) => {
    const stayed = await takeBackImport(server, office, seat);
    for (const { kind, id, names, why } of stayed.slice(0, mostSaid))
      say(
        `  stays, ${why === 'changed' ? 'somebody has changed it' : 'others have built on it'}: ${kind} ${id} ${names ? nameIn(names, 'en') : ''}`,
      );
    say(
      stayed.length === 0
        ? `Import ${seat} is taken back whole.`
        : `Import ${seat} is taken back; ${stayed.length} records stay${stayed.length > mostSaid ? `, of which ${mostSaid} are named` : ''}.`,
    );
    return 0;
  });
}

function list(office: number, config: Config): Promise<number> {
  return withServer(config, async (server) => {
    const imports = await importsOf(server, office);
    for (const { seat, list: what, state, rows, done, broughtBy } of imports)
      say(
        `${String(seat).padStart(6)}  ${what.padEnd(13)} ${state.padEnd(11)} ${done} of ${rows}${broughtBy === null ? '' : `, brought by ${broughtBy}`}`,
      );
    if (imports.length === 0) say(`Office ${office} has no import yet.`);
    return 0;
  });
}
