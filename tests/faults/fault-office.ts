/*
 * A small office for faults: a real PostgreSQL that is as durable as an office's, and leaders whose phones run the real program over
 * HTTP. And the judge: what was promised is in the book once, the book verifies, and all copies agree.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Pool } from 'pg';
import { verifyBooks } from '../../src/cli/verify.ts';
import { type CodeDoors, makeEnrolment, useEnrolment } from '../../src/platform/access/server/gate.ts';
import { keyFile } from '../../src/platform/access/server/house-key.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/server/embedded-postgres.ts';
import { openDatabase } from '../../src/platform/database/server/open-database.ts';
import { openPool } from '../../src/platform/database/server/pool.ts';
import { PhoneBook } from '../../src/platform/sync/client.ts';
import type { SyncAnswer, SyncRequest } from '../../src/platform/sync/protocol.ts';
import { addBook, installationOf } from '../../src/server/installation.ts';
import { officeServer } from '../../src/server/office-server.ts';
import { registers } from '../../src/server/wings.ts';
import { PhoneMemory } from '../simulation/phone-memory.ts';

const names = (en: string) => ({ en, sd: null, ur: null });
export const lsoOffice = 10;
const quiet = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };

/** How long a server or a PostgreSQL may take to come back, in milliseconds, on a machine that is busy with other things. */
const patience = 60_000;

export type Leader = { readonly person: string; readonly organization: string; readonly name: string };

export class FaultOffice {
  readonly directory = mkdtempSync(join(tmpdir(), 'otaq-faults-'));
  /** One for all servers of this office. */
  readonly keyFile = join(this.directory, 'otaq.key');
  #postgres: EmbeddedPostgres | null = null;
  leaders: Leader[] = [];
  lso = '';
  vos: string[] = [];
  readonly phones: FaultPhone[] = [];

  /** Opens the office: a district, an LSO with two villages, three leaders. `prepare` is given its folder while it is empty. */
  static async open(prepare: (directory: string) => void = () => undefined): Promise<FaultOffice> {
    const office = new FaultOffice();
    prepare(office.directory);
    await office.startPostgres();
    await office.#setUp();
    return office;
  }

  get databaseUrl(): string {
    return this.#postgres?.ownerUrl ?? '';
  }

  get databasePort(): number {
    return Number(new URL(this.databaseUrl).port);
  }

  /** The folder that PostgreSQL writes in, and its lock. */
  get postgresDirectory(): string {
    return this.#postgres?.directory ?? '';
  }

  get postmaster(): number {
    return Number(readFileSync(join(this.postgresDirectory, 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async startPostgres(unsafeButFast = false): Promise<void> {
    this.#postgres = await startEmbeddedPostgres({ dataDirectory: this.directory, unsafeButFast });
  }

  async stopPostgres(): Promise<void> {
    await this.#postgres?.release();
  }

  /** Waits until a PostgreSQL that went down has been started again. */
  async untilPostgresAnswers(): Promise<void> {
    for (const until = performance.now() + patience; performance.now() < until; ) {
      const answers = await this.beside((owner) => owner.query('SELECT 1')).then(
        () => true,
        () => false,
      );
      if (answers) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('PostgreSQL does not come back');
  }

  /** A look into the database from beside, through no wire. */
  async beside<T>(work: (owner: Pool) => Promise<T>): Promise<T> {
    const pool = openPool(this.databaseUrl, { size: 1 });
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  }

  async #setUp(): Promise<void> {
    const database = await openDatabase({ dataDirectory: this.directory, databaseUrl: this.databaseUrl });
    const { owner, app } = database;
    const { sealingKey } = await installationOf(owner, keyFile(this.keyFile));
    const server = officeServer(app, sealingKey, quiet);
    await addBook(owner, { office: 2, above: null, tier: 'district', names: names('District') });
    await addBook(owner, { office: lsoOffice, above: 2, tier: 'lso', names: names('Ibtida') });
    const last = async (office: number) =>
      (
        await owner.query<{ id: string }>('SELECT id FROM records WHERE office = $1 ORDER BY sequence DESC LIMIT 1', [
          office,
        ])
      ).rows[0]?.id as string;
    const form = async (office: number, tier: string, number: number | null, parent: string | null) => {
      await server.writeLine(office, 'import', 'organizations.form', {
        tier,
        names: names(`${tier} ${number ?? ''}`),
        number,
        place: null,
        parent,
        of: 'women',
        formedOn: '2017-10-30',
        status: 'active',
      });
      return last(office);
    };
    await form(2, 'district', null, null);
    this.lso = await form(lsoOffice, 'lso', null, null);
    this.vos = [await form(lsoOffice, 'vo', 1, this.lso), await form(lsoOffice, 'vo', 2, this.lso)];
    for (const [i, name] of ['Shabana', 'Zeba', 'Sakina'].entries()) {
      const organization = i === 0 ? this.lso : (this.vos[i - 1] as string);
      const person = `1-${9000 + i}`;
      const role = i === 0 ? 'lso-bearer' : 'vo-bearer';
      await server.writeLine(lsoOffice, 'import', 'access.give-role', {
        person,
        names: names(name),
        role,
        organization,
      });
      this.leaders.push({ person, organization, name });
    }
    for (const leader of this.leaders) this.phones.push(await this.#enrol(server, leader));
    await database.close();
  }

  async #enrol(doors: CodeDoors, { person, organization, name }: Leader): Promise<FaultPhone> {
    const at = Date.now();
    const phone = { office: lsoOffice, person, names: names(name), organization, madeBy: null, byStaff: false };
    const enrolled = await useEnrolment(doors, await makeEnrolment(doors, phone, at), at);
    if (!enrolled) throw new Error('a fresh code was not taken');
    return new FaultPhone(enrolled.token, enrolled.seat, person);
  }

  /** A phone more for one of the leaders, as it would be filled today. */
  async newPhone(leader = 0): Promise<FaultPhone> {
    const owner = openPool(this.databaseUrl, { size: 1 });
    const app = openPool(this.databaseUrl, { size: 1, role: 'otaq_app' });
    try {
      const { sealingKey } = await installationOf(owner, keyFile(this.keyFile));
      return await this.#enrol({ app, sealingKey }, this.leaders[leader] as Leader);
    } finally {
      await app.end();
      await owner.end();
    }
  }

  /** What is wrong, in words; empty when all is well. Call when faults have stopped and the phones have synced. */
  async judge(url: string): Promise<string[]> {
    const faults: string[] = [];
    for (const phone of this.phones) {
      await phone.drain(url);
      if (phone.unsent > 0) faults.push(`${phone.person} still holds ${phone.unsent} unsent lines`);
    }
    // A second round: what the last phone sent reaches the first.
    for (const phone of this.phones) await phone.drain(url);
    await this.beside(async (owner) => {
      for (const phone of this.phones) {
        const { rows } = await owner.query<{ line: number; times: number }>(
          'SELECT line, count(*)::int AS times FROM entries WHERE seat = $1 GROUP BY line',
          [phone.seat],
        );
        const times = new Map(rows.map((row) => [row.line, row.times]));
        for (const line of phone.memory.promised.keys())
          if (times.get(line) !== 1)
            faults.push(`line ${phone.seat}-${line} is in the book ${times.get(line) ?? 0} times`);
      }
      faults.push(
        ...(await verifyBooks(owner)).flatMap((book) => book.faults.map((fault) => `${book.office}: ${fault}`)),
      );
    });
    for (const [i, phone] of this.phones.entries()) {
      const fresh = await this.newPhone(i);
      await fresh.drain(url);
      // The new phone's own announcement came after the old one's last word.
      await phone.drain(url);
      await fresh.drain(url);
      const [had, has] = await Promise.all([phone.holds(), fresh.holds()]);
      if (had !== has) faults.push(`the copy of ${phone.person} is not what a new phone of hers is filled with`);
    }
    return faults;
  }

  async close(): Promise<void> {
    await this.#postgres?.release();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** A leader's phone: the real program over a disk in memory, and HTTP. */
export class FaultPhone {
  readonly token: string;
  readonly seat: number;
  readonly person: string;
  readonly memory: PhoneMemory;
  book: PhoneBook | null = null;
  #url = '';
  #written = 0;
  /** The phone's own clock; a fault sets it wrong. */
  now: () => number = Date.now;
  /** How the phone reaches the office; a fault puts itself in between. */
  fetch: typeof fetch = (...given) => fetch(...given);

  constructor(token: string, seat: number, person: string) {
    this.token = token;
    this.seat = seat;
    this.person = person;
    this.memory = new PhoneMemory({ nature: 'person', seat, office: lsoOffice, person, grants: [] });
  }

  async open(): Promise<PhoneBook> {
    this.book = await PhoneBook.open({
      store: this.memory,
      registers,
      now: () => this.now(),
      app: 'faults',
      ask: (request) => this.#ask(request),
    });
    return this.book;
  }

  async #ask(request: SyncRequest): Promise<SyncAnswer> {
    const answer = await this.fetch(`${this.#url}/api/sync`, {
      method: 'POST',
      body: gzipSync(JSON.stringify(request)),
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        authorization: `Bearer ${this.token}`,
      },
      signal: AbortSignal.timeout(patience),
    });
    if (!answer.ok) throw new Error(`the office answered ${answer.status}`);
    const value = (await answer.json()) as SyncAnswer;
    if (!Array.isArray(value.push) || typeof value.at !== 'number') throw new Error('not an answer of an office');
    return value;
  }

  /** One sync. Rejects as a phone's does when the office is not reached. */
  async sync(url: string): Promise<void> {
    this.#url = url;
    await (this.book ?? (await this.open())).sync();
  }

  /** Syncs until the office answers and nothing is unsent, as the driver of a phone does. */
  async drain(url: string): Promise<void> {
    for (const until = performance.now() + patience; ; ) {
      const isLast = performance.now() > until;
      try {
        await this.sync(url);
        if (this.unsent === 0) return;
      } catch (error) {
        if (isLast) throw error;
      }
      if (isLast) return;
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  get unsent(): number {
    return this.book?.copy.lines.filter(({ is }) => is.state === 'unsent').length ?? 0;
  }

  /** Takes over everything that another phone has on its disk. */
  async startAs(other: FaultPhone): Promise<void> {
    this.memory.takeDiskOf(other.memory);
    this.#url = other.#url;
    this.#written = other.#written;
    await this.open();
  }

  /** Writes a page that is hers alone to write: a donor in her own village. */
  async enlist(owner: string, many = 1, name = 'donor'): Promise<void> {
    const book = this.book ?? (await this.open());
    for (let i = 0; i < many; i++) {
      this.#written += 1;
      const written = await book.write('blood-donors.enlist', {
        names: names(`${name} ${this.seat} ${this.#written}`),
        parent: names('father'),
        sex: 'm',
        bornYear: 1990,
        kilograms: null,
        group: 'B-',
        groupKnownBy: 'card',
        village: null,
        vo: owner,
        address: null,
        relay: null,
        number: `0300${String(this.seat).padStart(3, '0')}${String(this.#written).padStart(4, '0')}`,
        whose: 'own',
        safeToCall: true,
        owner,
        consented: true,
        sure: true,
      });
      if (!written.written) throw new Error(`refused here: ${JSON.stringify(written.refusal)}`);
    }
  }

  /** What the phone holds, as text that can be compared; nothing of phones themselves, which differ. */
  async holds(): Promise<string> {
    const state = await this.memory.load();
    return JSON.stringify(
      state.copies
        .map(({ office, records }) => ({
          office,
          records: records.map(({ kind, id, version }) => `${kind} ${id} ${version}`).sort(),
        }))
        .sort((a, b) => a.office - b.office),
    );
  }
}
