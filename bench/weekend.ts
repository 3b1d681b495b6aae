/*
 * Three hundred phones that were without a network over a weekend, all back in the same moment with a hundred entries each: twenty
 * households and eighty people. They belong to fifteen LSOs, twenty phones to each, one to a VO and COs of its own.
 *
 * Each phone's one request is made and compressed beforehand and sent by a process of its own (`weekend-phones.ts`) over real HTTP, so that what
 * a phone does is not counted as the server's; that process reads the answers only when the last has come. The server answers as
 * always: it decides the lines, writes them with fsync on, and sends each phone what the others of its office have written. Drained is
 * when the last phone has its answer.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Importer } from '../src/cli/demo/importer.ts';
import { sampleNames, seededChance } from '../src/cli/demo/sample-names.ts';
import { makeEnrolment, useEnrolment } from '../src/platform/access/server/gate.ts';
import { emptyPlace, protocolVersion } from '../src/platform/sync/protocol.ts';
import { answerSync } from '../src/platform/sync/server/answer-sync.ts';
import { addBook } from '../src/server/installation.ts';
import { openEmptyServer } from '../tests/support/office.ts';
import { grouped, root, tell } from './table.ts';

const offices = 15;
const phonesInOffice = 20;
const households = 20;
const peopleInHousehold = 4;
const entriesOfPhone = households * (1 + peopleInHousehold);

export type WeekendPhone = { readonly token: string; readonly file: string; readonly lines: number };
export type Drained = {
  readonly milliseconds: number;
  readonly accepted: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
};

export async function measureWeekend(): Promise<void> {
  const { running, close } = await openEmptyServer();
  const { server, database } = running;
  const folder = mkdtempSync(join(tmpdir(), 'otaq-weekend-'));
  const named = (en: string) => ({ en, sd: null, ur: null });
  const formed = Date.UTC(2020, 0, 1, 6);
  await addBook(database.owner, { office: 1, above: null, tier: 'district', names: named('District') });
  const phones: WeekendPhone[] = [];
  for (let i = 0; i < offices; i++) {
    const office = 10 + i;
    await addBook(database.owner, { office, above: 1, tier: 'lso', names: named(`LSO ${i + 1}`) });
    const book = await Importer.open(server, office, formed);
    const form = (tier: string, number: number, parent: string | null) =>
      book.say('organizations.form', {
        tier,
        names: named(`${tier} ${number}`),
        number,
        place: null,
        parent,
        of: 'women',
        formedOn: '2020-01-01',
        status: 'active',
      });
    const lso = form('lso', i + 1, null);
    const leaders = Array.from({ length: phonesInOffice }, (_, nth) => {
      const vo = form('vo', nth + 1, lso);
      const co = form('co', 1, vo);
      const names = sampleNames.women[nth % sampleNames.women.length] as (typeof sampleNames.women)[number];
      const person = book.say('people.enter-person', {
        names,
        parent: null,
        sex: 'f',
        bornYear: 1985,
        household: null,
        number: 1,
        owner: co,
      });
      book.say('access.give-role', { person, names, role: 'vo-bearer', organization: vo });
      return { person, names, vo, co };
    });
    await book.flush();
    for (const { person, names, vo, co } of leaders) {
      const phone = { office, person, names, organization: vo, madeBy: null, byStaff: true };
      const code = await makeEnrolment(server, phone, server.now());
      const enrolled = await useEnrolment(server, code, server.now());
      if (!enrolled) throw new Error('a code was not good');
      const { seat, token } = enrolled;
      const file = join(folder, `${seat}.gz`);
      writeFileSync(file, gzipSync(JSON.stringify(await requestOf(office, seat, person, co))));
      phones.push({ token, file, lines: entriesOfPhone });
    }
  }
  await database.owner.query('VACUUM ANALYZE');
  writeFileSync(join(folder, 'phones.json'), JSON.stringify(phones));
  const { milliseconds, accepted, bytesUp, bytesDown } = await send(running.url, folder);
  const sent = phones.length * entriesOfPhone;
  const { rows } = await database.owner.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM entries JOIN seats USING (seat) WHERE nature = $1',
    ['person'],
  );
  if (accepted !== sent || rows[0]?.count !== sent)
    throw new Error(`${accepted} of ${sent} entries were accepted, ${rows[0]?.count} stand in the books`);
  tell(
    `${phones.length} phones of ${offices} LSOs back after a weekend, ${entriesOfPhone} entries each, at once`,
    `${(milliseconds / 1000).toFixed(1)} s, ${grouped(sent / (milliseconds / 1000))} entries a second; ${grouped(bytesUp / phones.length)} bytes up and ${grouped(bytesDown / phones.length)} down a phone`,
    'drained in 20 s',
  );
  await close();
  rmSync(folder, { recursive: true, force: true });

  /** What the phone sends on Monday: where its copy stood on Friday, and the lines written since. */
  async function requestOf(office: number, seat: number, person: string, co: string) {
    const state = { seat, office, person, nature: 'person', lastLine: 0, closed: null } as const;
    const ask = { protocol: protocolVersion, app: 'bench', push: [] };
    const filled = await answerSync(server, state, {
      ...ask,
      epoch: null,
      pull: { copies: [{ office, place: emptyPlace }], prove: true },
    });
    const copies = filled.pull?.copies.map(({ office, place }) => ({ office, place })) ?? [];
    const grants = filled.pull?.grants.version ?? 0;
    const chance = seededChance(seat);
    const pick = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)] as T;
    const friday = server.now() - 3 * 86_400_000;
    const lines: object[] = [];
    const write = (command: string, input: object) => {
      const shape = server.registers.commands.get(command)?.upgrades.length ?? 0;
      const line = lines.length + 1;
      lines.push({ line, command, shape, input, at: friday + line * 60_000, grants });
      return `${seat}-${line}`;
    };
    for (let i = 0; i < households; i++) {
      const head = pick(sampleNames.men);
      const household = write('people.enter-household', {
        head,
        headParent: pick(sampleNames.men),
        size: peopleInHousehold,
        place: null,
        co,
        owner: co,
        since: '2026-01-01',
        bookPage: String(1 + Math.floor(i / 12)),
      });
      for (let p = 0; p < peopleInHousehold; p++)
        write('people.enter-person', {
          names: pick(p % 2 === 0 ? sampleNames.women : sampleNames.men),
          parent: head,
          sex: p % 2 === 0 ? 'f' : 'm',
          born: { year: 1950 + Math.floor(chance() * 70) },
          household,
          number: p === 0 ? i + 2 : null,
          owner: co,
        });
    }
    return { ...ask, epoch: filled.epoch, push: [{ seat, lines, sealed: [] }], pull: { copies, prove: false } };
  }
}

function send(url: string, folder: string): Promise<Drained> {
  const child = spawn(process.execPath, [join(root, 'bench/weekend-phones.ts'), url, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code) =>
      code === 0 ? done(JSON.parse(said) as Drained) : fail(new Error(`the phones stopped with ${code}`)),
    );
  });
}
