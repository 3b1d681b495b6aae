import { writeFileSync } from 'node:fs';
import { importLists, isImportList } from '../network/exchange/list-columns.ts';
import { fileOf, listOf } from '../network/exchange/server/export-office.ts';
import { parseLanguage } from '../platform/languages/language.ts';
import { withServer } from './office.ts';
import { environmentHelp, given, NotUnderstood, officeNumber, readWords, say, type Verb } from './verb.ts';

const options = {
  office: { type: 'string' },
  what: { type: 'string' },
  format: { type: 'string' },
  language: { type: 'string' },
  out: { type: 'string' },
} as const;

export const exportVerb: Verb = {
  help: `otaq export: writes a list of an office as a file that can be brought in again.

  otaq export --office 3 --what households --format xlsx [--language sd] [--out FILE]

  --what      ${importLists.join(', ')}
  --format    csv or xlsx; a workbook in Sindhi or Urdu opens from right to left
  --language  en, sd or ur: in whose letters names of people and places stand

A number that was given to a village organization alone does not stand in it.
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('export', words, options);
    if (positionals.length > 0) throw new NotUnderstood(`otaq export does not know "${positionals[0]}".`);
    const office = officeNumber('export', values.office);
    const what = given('export', '--what', values.what);
    if (!isImportList(what)) throw new NotUnderstood(`--what is "${what}". It may be ${importLists.join(', ')}.`);
    const format = values.format ?? 'xlsx';
    if (format !== 'csv' && format !== 'xlsx')
      throw new NotUnderstood(`--format is "${format}". It may be csv or xlsx.`);
    const language = values.language === undefined ? 'en' : parseLanguage(values.language);
    if (language === null) throw new NotUnderstood(`--language is "${values.language}". It may be en, sd or ur.`);
    const out = values.out ?? `${what}.${format}`;
    return withServer(config, async (server) => {
      const rows = await listOf(server, office, what, language);
      // Names and numbers of people: for the eyes of whoever ran this.
      writeFileSync(out, await fileOf(rows, format, language), { mode: 0o600 });
      say(`${rows.length - 1} rows in ${out}`);
      return 0;
    });
  },
};
