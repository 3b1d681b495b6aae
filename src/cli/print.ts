/* `otaq print`: a document of an office as a PDF file, as a bearer of that office would get it on her phone. */
import { writeFileSync } from 'node:fs';
import { dayInPakistan } from '../kernel/plain-date.ts';
import { type GrantPage, grantKind } from '../platform/access/grants.ts';
import { onDuty } from '../platform/database/server/duty.ts';
import { languages, parseLanguage } from '../platform/languages/language.ts';
import { readForPrint } from '../platform/print/server/print-source.ts';
import { printPdf } from '../platform/print/server/typst-printer.ts';
import { documents } from '../server/documents.ts';
import type { OfficeServer } from '../server/office-server.ts';
import { wordsOfPrint } from '../server/print-routes.ts';
import { withServer } from './office.ts';
import { environmentHelp, given, NotUnderstood, officeNumber, readWords, say, type Verb } from './verb.ts';

const options = {
  office: { type: 'string' },
  language: { type: 'string' },
  out: { type: 'string' },
  address: { type: 'string' },
} as const;
const names = documents.map(({ name }) => name);

export const print: Verb = {
  help: `otaq print: writes a document of an office as PDF, with what a bearer of the office may see.

  otaq print ${names.join('|')} --office 10 [--language sd] --out file.pdf --address https://otaq.example.org

  --language  ${languages.join(', ')}; sd unless given
  --address   where phones reach this office: the codes on the pages lead there; OTAQ_ADDRESS unless given
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('print', words, options);
    const document = documents.find(({ name }) => name === positionals[0]);
    if (!document || positionals.length > 1) throw new NotUnderstood(`otaq print can print ${names.join(', ')}.`);
    const office = officeNumber('print', values.office);
    const language = parseLanguage(values.language ?? 'sd');
    if (language === null) throw new NotUnderstood(`"${values.language}" is none of ${languages.join(', ')}.`);
    const out = given('print', '--out FILE', values.out);
    const address = given('print', '--address URL', values.address ?? config.address);
    if (!/^https?:/.test(address) || !URL.canParse(address))
      throw new NotUnderstood(`"${address}" is no address such as https://otaq.example.org.`);
    await withServer(config, async (server) => {
      const person = await bearerOf(server, office);
      if (person === null) throw new Error(`Office ${office} has no bearer today, so there is nobody to print for.`);
      await server.readRules();
      const source = await readForPrint(server.app, {
        reader: { office, person },
        upward: await server.store.officesUpward(office),
        kinds: document.kinds,
        rules: server.rules(),
        now: server.now(),
        origin: new URL(address).origin,
      });
      if (!source) throw new Error(`There is no book of office ${office}.`);
      const spoken = await wordsOfPrint(language);
      writeFileSync(out, printPdf(document.compose(source, spoken), spoken));
      server.log.info({ office, document: document.name }, 'printed');
    });
    say(out);
    return 0;
  },
};

/** The bearer who has held her post longest. */
async function bearerOf(server: OfficeServer, office: number): Promise<string | null> {
  const today = dayInPakistan(server.now());
  const grants = await onDuty(
    server.app,
    'writer',
    async (client) => {
      const { rows } = await client.query<{ body: GrantPage }>(
        'SELECT body FROM records WHERE office = $1 AND kind = $2 ORDER BY sequence',
        [office, grantKind.kind],
      );
      return rows.map(({ body }) => body);
    },
    { office },
  );
  const held = grants.find(
    ({ role, from, until }) => role === 'lso-bearer' && from <= today && (until === null || today < until),
  );
  return held?.person ?? null;
}
