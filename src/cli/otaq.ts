#!/usr/bin/env node
/*
 * otaq serve | demo | verify | doctor
 *
 * Exit codes: 0 all is well · 1 it could not be done, or something is wrong · 2 the command was not understood
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { openDatabase } from '../platform/database/server/open-database.ts';
import { type Config, readConfig } from '../server/config.ts';
import { startServer } from '../server/main.ts';
import { demoCodes, demoDesk, describeLeader, prepareDemo } from './demo/demo-office.ts';
import { verifyBooks } from './verify.ts';

const environment = `
  PORT          where to listen, 8410 unless given
  OTAQ_DATA     the folder of the data, ./data unless given
  DATABASE_URL  a PostgreSQL 15 or newer; without it, Otaq brings its own`;

const helps = {
  serve: `otaq serve: answers phones and the desk until it is stopped.\n${environment}`,
  demo: `otaq demo: opens the sample office LSO Ibtida, and says where to go and how to sign in.\n${environment}`,
  verify: `otaq verify: reads every book from its first entry, and names the first bad line.\nExit code 1 when there is one.\n${environment}`,
  doctor: `otaq doctor: says what of this machine Otaq needs and lacks.\nExit code 1 when something is lacking.\n${environment}`,
} as const;
type Verb = keyof typeof helps;

const verbs: Readonly<Record<Verb, (config: Config) => Promise<number>>> = { serve, demo, verify, doctor };

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(words: readonly string[]): Promise<number> {
  const [verb, ...rest] = words;
  if (verb === undefined || verb === '--help' || verb === 'help') {
    say(
      `${Object.values(helps)
        .map((help) => help.split('\n')[0])
        .join('\n')}\n\notaq <command> --help says more.`,
    );
    return verb === undefined ? 2 : 0;
  }
  if (!(verb in verbs)) {
    process.stderr.write(`otaq has no command "${verb}". It has: ${Object.keys(verbs).join(', ')}.\n`);
    return 2;
  }
  if (rest.includes('--help')) {
    say(helps[verb as Verb]);
    return 0;
  }
  if (rest.length > 0) {
    process.stderr.write(`otaq ${verb} does not know "${rest[0]}". otaq ${verb} --help says what it knows.\n`);
    return 2;
  }
  try {
    return await verbs[verb as Verb](readConfig(process.env));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}

async function serve(config: Config): Promise<number> {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'info' });
  const running = await startServer(config, log);
  say(`Otaq answers on ${running.url}`);
  await untilStopped();
  await running.close();
  return 0;
}

async function demo(config: Config): Promise<number> {
  const log = pino({ level: process.env.LOG_LEVEL ?? 'warn' });
  const running = await startServer(config, log, (server, { owner }) => prepareDemo(server, owner, say));
  const codes = await demoCodes(running.server, running.database.owner);
  say(`
Otaq is open. Everything in it is a sample.

  A leader's phone    ${running.url}
                      Enter one of these codes, then choose a PIN of six digits:
${codes.map(({ code, leader }) => `                        ${code.slice(0, 5)} ${code.slice(5)}  ${describeLeader(leader)}`).join('\n')}

  The district's desk ${running.url}/desk
                      Name: ${demoDesk.name}   Password: ${demoDesk.password}

Press Ctrl and C to close it.`);
  await untilStopped();
  await running.close();
  return 0;
}

async function verify(config: Config): Promise<number> {
  const database = await openDatabase(config);
  try {
    const books = await verifyBooks(database.owner);
    for (const { office, entries, head, faults } of books) {
      say(`office ${office}: ${entries} entries, head ${head}${faults.length === 0 ? ', whole' : ''}`);
      for (const fault of faults) say(`  BAD: ${fault}`);
    }
    if (books.length === 0) say('There is no book yet.');
    return books.some(({ faults }) => faults.length > 0) ? 1 : 0;
  } finally {
    await database.close();
  }
}

async function doctor(config: Config): Promise<number> {
  const lacks: string[] = [];
  const node = Number(process.versions.node.split('.')[0]);
  say(`Node ${process.versions.node}${node >= 24 ? '' : ': too old'}`);
  if (node < 24) lacks.push('Node 24: npm start brings it');
  const built = existsSync(join(import.meta.dirname, '../../dist/phone/phone.html'));
  say(`The phone app is ${built ? 'built' : 'not built'}`);
  if (!built) lacks.push('the built app: npm run build');
  try {
    const database = await openDatabase(config);
    const { rows } = await database.owner.query<{ version: string; migrations: number }>(
      "SELECT current_setting('server_version') AS version, (SELECT count(*)::int FROM migrations) AS migrations",
    );
    say(`PostgreSQL ${rows[0]?.version}, ${rows[0]?.migrations} migration(s) applied`);
    await database.close();
  } catch (error) {
    say(`The database does not open: ${(error as Error).message}`);
    lacks.push('a database');
  }
  for (const lack of lacks) say(`Lacking: ${lack}`);
  if (lacks.length === 0) say('Nothing is lacking.');
  return lacks.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
