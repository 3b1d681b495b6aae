/* Two small LSOs below a district, behind the routes of a real server on a real PostgreSQL, with a clock in the test's hand. */
import type { Hono } from 'hono';
import { expect } from 'vitest';
import type { Role } from '../../src/platform/access/role.ts';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import type { AnyKept } from '../../src/platform/book/decide.ts';
import { fromColumns } from '../../src/platform/sync/columns.ts';
import type { SyncAnswer } from '../../src/platform/sync/protocol.ts';
import { addBook, installationOf } from '../../src/server/installation.ts';
import { type OfficeServer, officeServer } from '../../src/server/office-server.ts';
import { routesOf } from '../../src/server/routes.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { oneKey } from './keys-in-hand.ts';

export const named = (en: string) => ({ sd: null, ur: null, en });

export type Leader = {
  readonly office: number;
  readonly person: string;
  readonly organization: string;
  readonly names: ReturnType<typeof named>;
};

/** One woman's enrolled phone, as far as the server sees it. */
export class SeatInHand {
  readonly office: SmallOffice;
  readonly seat: number;
  readonly token: string;
  readonly person: string;
  #line = 0;

  constructor(office: SmallOffice, enrolled: { seat: number; token: string; person: string }) {
    this.office = office;
    this.seat = enrolled.seat;
    this.token = enrolled.token;
    this.person = enrolled.person;
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }

  async sync(push: readonly unknown[] = []): Promise<SyncAnswer> {
    const epoch = await this.office.server.store.epoch();
    const request = { protocol: 1, app: 'test', epoch, push, pull: { copies: [], prove: true } };
    const answer = await this.office.post('/api/sync', request, this.headers);
    expect(answer.status).toBe(200);
    return (await answer.json()) as SyncAnswer;
  }

  /** Writes one line; answers what became of it and the id of the first record it made. */
  async write(
    command: string,
    input: unknown,
  ): Promise<{ readonly state: string; readonly id: string; readonly code?: string }> {
    this.#line += 1;
    const line = { line: this.#line, command, shape: 0, input, at: this.office.now(), grants: 1 };
    const answer = await this.sync([{ seat: this.seat, lines: [line], sealed: [] }]);
    const said = answer.push[0]?.answers[0] as { state: string; code?: string };
    return { state: said.state, id: `${this.seat}-${this.#line}`, ...(said.code && { code: said.code }) };
  }

  /** Every record that she sees of her office and the offices above. */
  async sees(): Promise<AnyKept[]> {
    return (await this.sync()).pull?.copies.flatMap(({ records }) => fromColumns(records)) ?? [];
  }
}

export class SmallOffice {
  readonly database: TestDatabase;
  readonly server: OfficeServer;
  readonly routes: Hono;
  clock = Date.UTC(2026, 10, 24, 6);
  lso = '';
  vos: string[] = [];
  otherLso = '';

  private constructor(database: TestDatabase, server: (now: () => number) => OfficeServer) {
    this.database = database;
    this.server = server(() => this.clock);
    this.routes = routesOf(this.server, '/nowhere');
  }

  static async open(): Promise<SmallOffice> {
    const database = await testDatabase();
    const { sealingKey } = await installationOf(database.owner, oneKey);
    const log = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };
    const office = new SmallOffice(database, (now) => officeServer(database.app, sealingKey, log, now));
    await addBook(database.owner, { office: 2, above: null, tier: 'district', names: named('District') });
    await addBook(database.owner, { office: 10, above: 2, tier: 'lso', names: named('Ibtida') });
    await addBook(database.owner, { office: 11, above: 2, tier: 'lso', names: named('Sahara') });
    await office.form(2, 'district', null, null);
    office.otherLso = await office.form(11, 'lso', null, null);
    office.lso = await office.form(10, 'lso', null, null);
    office.vos = [await office.form(10, 'vo', 1, office.lso), await office.form(10, 'vo', 2, office.lso)];
    return office;
  }

  readonly now = (): number => this.clock;

  form(office: number, tier: string, number: number | null, parent: string | null): Promise<string> {
    return this.import(office, 'organizations.form', {
      tier,
      names: named(`${tier} ${number ?? ''}`.trim()),
      number,
      place: null,
      parent,
      of: 'women',
      formedOn: '2017-10-30',
      status: 'active',
    });
  }

  import(office: number, command: string, input: unknown): Promise<string> {
    return this.server.writeLine(office, 'import', command, input);
  }

  async leader(name: string, role: Role, organization: string, office = 10): Promise<Leader> {
    const names = named(name);
    const person = await this.import(office, 'people.enter-person', {
      names,
      parent: null,
      sex: 'f',
      bornYear: null,
      household: null,
      number: null,
      owner: organization,
    });
    await this.import(office, 'access.give-role', { person, names, role, organization });
    return { office, person, names, organization };
  }

  async phoneOf(leader: Leader): Promise<SeatInHand> {
    const code = await makeEnrolment(this.server, { ...leader, madeBy: null, byStaff: false }, this.clock);
    const answer = await this.post('/api/enrol', { code });
    expect(answer.status).toBe(200);
    return new SeatInHand(this, (await answer.json()) as { seat: number; token: string; person: string });
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.routes.request(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** What a leader writes of a blood donor. */
export const donorInput = (name: string, number: string, vo: string, relay: Leader | null = null) => ({
  names: named(name),
  parent: null,
  sex: 'f',
  bornYear: 1990,
  kilograms: null,
  group: 'B-',
  groupKnownBy: 'card',
  village: null,
  vo,
  address: null,
  relay: relay ? { person: relay.person, names: relay.names } : null,
  number,
  whose: 'own',
  safeToCall: true,
  consented: true,
  sure: false,
});
