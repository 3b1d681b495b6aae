import type { Pool } from 'pg';
import { pino } from 'pino';
import { renderUnicodeCompact } from 'uqr';
import { type Names, nameIn } from '../kernel/names.ts';
import { isPlainDate } from '../kernel/plain-date.ts';
import { type BearerInput, findDistrict, openingRoles } from '../network/programmes/opening-input.ts';
import {
  booksOf,
  codeForGrant,
  enterBearer,
  openDistrict,
  openedOffices,
  openLso,
  openProgramme,
  recordsOf,
} from '../network/programmes/server/opening.ts';
import { grantKind } from '../platform/access/grants.ts';
import { codeAddress } from '../platform/access/office-mark.ts';
import { markOf } from '../platform/access/server/office-proof.ts';
import { type Config, readAddress } from '../server/config.ts';
import { openServer } from '../server/main.ts';
import type { OfficeServer } from '../server/office-server.ts';
import { environmentHelp, given, NotUnderstood, officeNumber, readWords, say, type Verb } from './verb.ts';

const options = {
  name: { type: 'string' },
  sindhi: { type: 'string' },
  urdu: { type: 'string' },
  district: { type: 'string' },
  council: { type: 'string' },
  'council-sindhi': { type: 'string' },
  taluka: { type: 'string' },
  'formed-on': { type: 'string' },
  office: { type: 'string' },
  role: { type: 'string' },
  holder: { type: 'string' },
  address: { type: 'string' },
} as const;
type Options = { readonly [Name in keyof typeof options]?: string | undefined };

/** Opens what is needed to write, runs, and closes again. */
export async function withServer<T>(
  config: Config,
  work: (server: OfficeServer, owner: Pool) => Promise<T>,
): Promise<T> {
  const { server, database } = await openServer(config, pino({ level: process.env.LOG_LEVEL ?? 'warn' }));
  try {
    return await work(server, database.owner);
  } finally {
    await database.close();
  }
}

export const office: Verb = {
  help: `otaq office: opens offices and lets their first leaders in.

  otaq office list
  otaq office add programme --name "Sindh Rural Support" [--sindhi …] [--urdu …]
  otaq office add district  --district Kambar
  otaq office add lso       --district Kambar --name Ibtida [--sindhi ابتدا] --council Dhori [--council-sindhi ڌوري]
                            [--taluka PK70907] --formed-on 2017-10-30
  otaq office bearer        --office 3 --name Shabana [--sindhi شبانه] [--role lso-bearer]
  otaq office code          --office 3 --holder Shabana [--address https://ibtida.example.org]

With --address, or OTAQ_ADDRESS, the code is also shown as a picture: a phone's camera opens the office there, with the code filled in,
and gives the code to no other office than this one.
A code lets one phone in, once, within seven days. Every bearer of the office sees that it was made from above.
Run again, each command continues where it was and adds nothing twice.
${environmentHelp}`,
  async run(words, config) {
    const { values, positionals } = readWords('office', words, options);
    const [action, what, ...more] = positionals;
    if (more.length > 0) throw new NotUnderstood(`otaq office does not know "${more[0]}".`);
    if (action === 'add') return add(what, values, config);
    if (what !== undefined) throw new NotUnderstood(`otaq office ${action} does not know "${what}".`);
    if (action === 'list') return list(config);
    if (action === 'bearer') return bearer(values, config);
    if (action === 'code') return code(values, config);
    throw new NotUnderstood('otaq office can list, add, bearer and code. otaq office --help shows each.');
  },
};

function namesOf(verb: string, values: Options): Names {
  const en = values.name?.trim() || null;
  const sd = values.sindhi?.trim() || null;
  const ur = values.urdu?.trim() || null;
  if (en === null && sd === null && ur === null)
    throw new NotUnderstood(`otaq ${verb} needs --name, --sindhi or --urdu.`);
  return { en, sd, ur };
}

async function add(what: string | undefined, values: Options, config: Config): Promise<number> {
  if (what === 'programme') {
    const names = namesOf('office add programme', values);
    const number = await withServer(config, (server) => openProgramme(server, names));
    say(`The programme's head office is office ${number}.`);
    return 0;
  }
  if (what === 'district') {
    const text = given('office add district', '--district NAME', values.district);
    const entry = districtOf(text);
    const number = await withServer(config, (server) => openDistrict(server, entry.code));
    say(`District ${nameIn(entry.names, 'en')} is office ${number}, with ${entry.talukas.length} talukas.`);
    return 0;
  }
  if (what === 'lso') {
    const names = namesOf('office add lso', values);
    const entry = districtOf(given('office add lso', '--district NAME', values.district));
    const council: Names = {
      en:
        given('office add lso', '--council NAME', values.council ?? values['council-sindhi']) &&
        (values.council ?? null),
      sd: values['council-sindhi'] ?? null,
      ur: null,
    };
    const formedOn = given('office add lso', '--formed-on YYYY-MM-DD', values['formed-on']);
    if (!isPlainDate(formedOn)) throw new NotUnderstood(`--formed-on is "${formedOn}". Write the day as 2017-10-30.`);
    const number = await withServer(config, async (server) => {
      const { districts } = await openedOffices(server.app);
      const district = districts.find((known) => known.code === entry.code);
      if (!district)
        throw new Error(
          `District ${nameIn(entry.names, 'en')} is not open yet: otaq office add district --district ${entry.code}.`,
        );
      return openLso(server, { district: district.office, names, council, taluka: values.taluka ?? null, formedOn });
    });
    say(
      `LSO ${nameIn(names, 'en')} is office ${number}. Its first bearer: otaq office bearer --office ${number} --name …`,
    );
    return 0;
  }
  throw new NotUnderstood('otaq office add needs programme, district or lso.');
}

function districtOf(text: string) {
  const entry = findDistrict(text);
  if (!entry)
    throw new NotUnderstood(
      `"${text}" is none of the 15 districts that ship. Write its name or its code, such as PK709.`,
    );
  return entry;
}

async function list(config: Config): Promise<number> {
  const books = await withServer(config, ({ app }) => booksOf(app));
  for (const { office, tier, names, above } of books)
    say(
      `${String(office).padStart(5)}  ${tier.padEnd(10)} ${nameIn(names, 'en')}${above === null ? '' : `, below office ${above}`}`,
    );
  if (books.length === 0) say('No office is open yet: otaq office add programme --name "…".');
  return 0;
}

async function bearer(values: Options, config: Config): Promise<number> {
  const number = officeNumber('office bearer', values.office);
  const names = namesOf('office bearer', values);
  const role = values.role ?? 'lso-bearer';
  if (!(openingRoles as readonly string[]).includes(role))
    throw new NotUnderstood(`--role is "${role}". It may be ${openingRoles.join(', ')}.`);
  const made = await withServer(config, async (server) => {
    const grant = await enterBearer(server, { office: number, names, role: role as BearerInput['role'] });
    return codeForGrant(server, number, grant);
  });
  sayCode(nameIn(names, 'en'), made);
  return 0;
}

async function code(values: Options, config: Config): Promise<number> {
  const number = officeNumber('office code', values.office);
  const holder = given('office code', '--holder NAME', values.holder);
  const address = values.address === undefined ? (config.address ?? null) : readAddress(values.address);
  if (address === undefined)
    throw new NotUnderstood(`"${values.address}" is no address such as https://ibtida.example.org.`);
  const { made, mark } = await withServer(config, async (server) => {
    const grants = (await recordsOf(server.app, number, grantKind)).filter(
      ({ id, body }) =>
        body.until === null && (id === holder || [body.names.en, body.names.sd, body.names.ur].includes(holder)),
    );
    if (grants.length === 0) throw new Error(`Nobody called ${holder} holds a role in office ${number}.`);
    if (grants.length > 1)
      throw new Error(
        `${grants.length} are called ${holder} in office ${number}. Give one of: ${grants.map(({ id }) => `--holder ${id}`).join(', ')}.`,
      );
    const made = await codeForGrant(server, number, grants[0]?.id as string);
    return { made, mark: markOf(server.sealingKey.publicKey) };
  });
  sayCode(holder, made);
  if (address !== null) say(`\n${renderUnicodeCompact(codeAddress(address, made, mark))}`);
  return 0;
}

function sayCode(name: string, made: string): void {
  say(`Code for the phone of ${name}: ${made.slice(0, 5)} ${made.slice(5)}\nIt works once, within seven days.`);
}
