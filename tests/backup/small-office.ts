/* An LSO with two VOs and three leaders behind the real routes, and phones that speak with it as the phone program does. */
import type { Hono } from 'hono';
import type { Pool } from 'pg';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import type { KeyPlace } from '../../src/platform/access/server/house-key.ts';
import { PhoneBook } from '../../src/platform/sync/client.ts';
import type { SyncAnswer, SyncRequest } from '../../src/platform/sync/protocol.ts';
import { addBook, installationOf } from '../../src/server/installation.ts';
import { type OfficeServer, officeServer } from '../../src/server/office-server.ts';
import { routesOf } from '../../src/server/routes.ts';
import { registers } from '../../src/server/wings.ts';
import { PhoneMemory } from '../simulation/phone-memory.ts';
import { oneKey } from '../support/keys-in-hand.ts';

export const districtOffice = 2;
export const lsoOffice = 10;

/** The wall clock of a test: phones and servers read the same one. */
export type Clock = { at: number };

export type Machine = { readonly server: OfficeServer; readonly routes: Hono };
export const names = (en: string) => ({ sd: null, ur: null, en });
export type Leader = {
  readonly person: string;
  readonly organization: string;
  readonly names: ReturnType<typeof names>;
};
export type SmallOffice = {
  readonly lso: string;
  readonly vos: readonly string[];
  readonly leaders: readonly Leader[];
};

/** Otaq on a database that stands: as `otaq serve` starts it. */
export async function startMachine(
  database: { owner: Pool; app: Pool },
  clock: Clock,
  keys: KeyPlace = oneKey,
): Promise<Machine> {
  const { sealingKey } = await installationOf(database.owner, keys);
  const log = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };
  const server = officeServer(database.app, sealingKey, log, () => clock.at);
  await server.tellRestorations();
  return { server, routes: routesOf(server, 'nowhere') };
}

export async function openSmallOffice({ server }: Machine, owner: Pool): Promise<SmallOffice> {
  await addBook(owner, { office: districtOffice, above: null, tier: 'district', names: names('District') });
  await addBook(owner, { office: lsoOffice, above: districtOffice, tier: 'lso', names: names('Ibtida') });
  const form = (office: number, tier: string, number: number | null, parent: string | null) =>
    server.writeLine(office, 'import', 'organizations.form', {
      tier,
      names: names(`${tier} ${number ?? ''}`),
      number,
      place: null,
      parent,
      of: 'women',
      formedOn: '2017-10-30',
      status: 'active',
    });
  await form(districtOffice, 'district', null, null);
  const lso = await form(lsoOffice, 'lso', null, null);
  const vos = [await form(lsoOffice, 'vo', 1, lso), await form(lsoOffice, 'vo', 2, lso)];
  const leaders: Leader[] = [];
  for (const [name, role, organization] of [
    ['Shabana', 'lso-bearer', lso],
    ['Zeba', 'vo-bearer', vos[0] as string],
    ['Sakina', 'vo-bearer', vos[1] as string],
  ] as const) {
    const person = await server.writeLine(lsoOffice, 'import', 'people.enter-person', {
      names: names(name),
      parent: null,
      sex: 'f',
      bornYear: null,
      household: null,
      number: null,
      owner: organization,
    });
    await server.writeLine(lsoOffice, 'import', 'access.give-role', { person, names: names(name), role, organization });
    leaders.push({ person, organization, names: names(name) });
  }
  return { lso, vos, leaders };
}

export type TestPhone = {
  readonly seat: number;
  readonly memory: PhoneMemory;
  readonly book: PhoneBook;
  /** The answers of this machine are lost on their way, while true. */
  answersLost: boolean;
};

const post = (routes: Hono, path: string, body: unknown, token?: string) =>
  routes.request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
  });

/** Enrols a leader's phone. `machine` is asked at every request: a phone does not know that it is another one. */
export async function enrolPhone(machine: () => Machine, leader: Leader, clock: Clock): Promise<TestPhone> {
  const phone = { ...leader, office: lsoOffice, madeBy: null, byStaff: false };
  const code = await makeEnrolment(machine().server, phone, clock.at);
  const enrolled = (await (await post(machine().routes, '/api/enrol', { code })).json()) as {
    readonly seat: number;
    readonly token: string;
    readonly certificate: string;
  };
  const { seat, token, certificate } = enrolled;
  const actor = { nature: 'person', seat, office: lsoOffice, person: leader.person, grants: [] } as const;
  const memory = new PhoneMemory(actor);
  const ask = async (request: SyncRequest): Promise<SyncAnswer> => {
    const { routes } = machine();
    let answer = await post(routes, '/api/sync', request, token);
    if (answer.status === 401 && (await post(routes, '/api/come-back', { certificate, token })).ok)
      answer = await post(routes, '/api/sync', request, token);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    if (made.answersLost) throw new Error('the answer was lost');
    return (await answer.json()) as SyncAnswer;
  };
  const book = await PhoneBook.open({ store: memory, registers, now: () => clock.at, app: 'test', ask });
  const made: TestPhone = { seat, memory, book, answersLost: false };
  await book.sync();
  return made;
}

/** Writes and answers the id of what was made. */
export async function write(phone: TestPhone, command: string, input: unknown): Promise<string> {
  const written = await phone.book.write(command, input);
  if (!written.written) throw new Error(`${command}: ${written.refusal.code}`);
  return `${phone.seat}-${written.line.line}`;
}

export function donor(name: string, { lso, vos }: SmallOffice, group = 'B-') {
  return {
    names: names(name),
    parent: names('father'),
    sex: 'm',
    bornYear: 1990,
    kilograms: null,
    group,
    groupKnownBy: 'card',
    village: null,
    vo: vos[0],
    address: null,
    relay: null,
    number: '03000000101',
    whose: 'own',
    safeToCall: true,
    owner: lso,
    consented: true,
    sure: true,
  };
}
