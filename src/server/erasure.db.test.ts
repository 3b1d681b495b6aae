import { afterAll, beforeAll, expect, test } from 'vitest';
import { PhoneMemory } from '../../tests/simulation/phone-memory.ts';
import { donorInput, type Leader, named, type SeatInHand, SmallOffice } from '../../tests/support/small-office.ts';
import { verifyBooks } from '../cli/verify.ts';
import { countOf } from '../platform/book/figures.ts';
import { applyErasures, erasureGrace } from '../platform/book/server/erase-pages.ts';
import { listErasures } from '../platform/book/server/postgres-erasing.ts';
import { subjectCopy } from '../platform/book/server/subject-copy.ts';
import { onDuty } from '../platform/database/server/duty.ts';
import { PhoneBook } from '../platform/sync/client.ts';
import type { SyncAnswer } from '../platform/sync/protocol.ts';

let office: SmallOffice;
let shabana: Leader;
let zeba: Leader;
let bearer: SeatInHand;
let vo: SeatInHand;

beforeAll(async () => {
  office = await SmallOffice.open();
  shabana = await office.leader('Shabana', 'lso-bearer', office.lso);
  zeba = await office.leader('Zeba Parveen', 'vo-bearer', office.vos[0] as string);
  bearer = await office.phoneOf(shabana);
  vo = await office.phoneOf(zeba);
}, 60_000);
afterAll(() => office?.close());

const enlist = async (name: string, number: string, relay: Leader | null = null) => {
  const input = { ...donorInput(name, number, office.vos[0] as string, relay), owner: office.lso };
  const { state, id } = await vo.write('blood-donors.enlist', input);
  expect(state).toBe('accepted');
  return id;
};
const askFor = async (subject: string, kind = 'donor') =>
  bearer.write('book.ask-erasure', { kind, subject, owner: office.lso });
const aDayLater = async () => {
  office.clock += erasureGrace + 1000;
  return office.server.carryOutErasures();
};
/** Whether words stand anywhere in the database, of whatever table. */
async function standsAnywhere(words: string): Promise<string[]> {
  const { owner } = office.database;
  const { rows } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const where: string[] = [];
  for (const { name } of rows) {
    const found = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${name} t WHERE position(lower($1) IN lower(row_to_json(t)::text)) > 0`,
      [words],
    );
    if ((found.rows[0]?.n ?? 0) > 0) where.push(name);
  }
  return where;
}
const verified = async () => (await verifyBooks(office.database.owner)).find((book) => book.office === 10);
const donorsCounted = async () => {
  const answer = await bearer.sync();
  return countOf(answer.pull?.copies[0]?.figures ?? [], { figure: 'donors', to: '2027-12-31' });
};

test('a donor who asks to be erased is gone from every table, and the chain holds', async () => {
  const id = await enlist('Rukhsana Solangi', '03001234567');
  await enlist('Sakina Khoso', '03007654321');
  await vo.write('blood-donors.rest', { donor: id, resting: true, contact: null, until: null });
  const counted = await donorsCounted();
  const before = await verified();
  expect(before?.faults).toEqual([]);
  expect(await standsAnywhere('Rukhsana')).toEqual(expect.arrayContaining(['entries', 'records', 'record_keys']));

  expect((await askFor(id)).state).toBe('accepted');
  expect(await office.server.carryOutErasures()).toBe(0);
  expect(await standsAnywhere('Rukhsana')).not.toEqual([]);
  expect(await aDayLater()).toBe(1);

  for (const words of ['Rukhsana', '3001234567']) expect(await standsAnywhere(words)).toEqual([]);
  expect(await standsAnywhere('Sakina Khoso')).toContain('records');
  const after = await verified();
  expect(after).toMatchObject({ faults: [], erased: 2 });
  expect(await donorsCounted()).toBe(counted - 1);
  // Nothing is left to do, and nothing is done twice.
  expect(await office.server.carryOutErasures()).toBe(0);
});

test('her phone and every other are told what leaves, and which of their own lines to empty', async () => {
  const id = await enlist('Nasreen Bhutto', '03001111111');
  expect((await vo.sees()).some((kept) => kept.id === id)).toBe(true);
  await askFor(id);
  await aDayLater();
  for (const phone of [vo, bearer]) {
    const seen = await phone.sees();
    expect(JSON.stringify(seen)).not.toContain('Nasreen');
    expect(seen.some((kept) => kept.id === id)).toBe(false);
    const done = seen.find(({ kind, body }) => kind === 'erasure' && (body as { subject: string }).subject === id);
    expect(done?.body).toMatchObject({ state: 'done', pages: expect.arrayContaining([id]) });
  }
  // Its writer sends the line once more: it is known, and brings nothing back.
  const [seat, line] = id.split('-').map(Number);
  const { rows } = await office.database.owner.query('SELECT at FROM entries WHERE seat = $1 AND line = $2', [
    seat,
    line,
  ]);
  const again = { line, command: 'blood-donors.enlist', shape: 0, input: {}, at: rows[0]?.at, grants: 1 };
  const answer = await vo.sync([{ seat, lines: [again], sealed: [] }]);
  expect(answer.push[0]?.answers[0]).toMatchObject({ state: 'accepted' });
  expect(answer.push[0]?.cloned).toBeUndefined();
  // A second phone with her numbers wrote at another moment: an erasure does not hide it.
  const other = await office.leader('Sakina', 'vo-bearer', office.vos[1] as string);
  const copied = await office.phoneOf(other);
  const line1 = {
    line: 1,
    command: 'blood-donors.thank',
    shape: 0,
    input: { donor: id, gaveOn: null },
    at: 5,
    grants: 1,
  };
  const first = await copied.sync([{ seat: copied.seat, lines: [line1], sealed: [] }]);
  expect(first.push[0]?.answers[0]).toMatchObject({ state: 'refused' });
  expect(await office.server.carryOutErasures()).toBe(1);
  const twin = await copied.sync([{ seat: copied.seat, lines: [{ ...line1, at: 6 }], sealed: [] }]);
  expect(twin.push[0]?.cloned).toBe(true);
});

test('the phone that wrote her empties its own lines of her: no word is left in them, and their numbers stay', async () => {
  const { seat, token, person } = await office.phoneOf(zeba);
  const memory = new PhoneMemory({ nature: 'person', seat, office: 10, person, grants: [] });
  const phone = await PhoneBook.open({
    store: memory,
    registers: office.server.registers,
    now: () => office.clock,
    app: 'test',
    ask: async (request) =>
      (await (await office.post('/api/sync', request, { authorization: `Bearer ${token}` })).json()) as SyncAnswer,
  });
  await phone.sync();
  const input = (name: string, number: string) => ({
    ...donorInput(name, number, office.vos[0] as string, null),
    owner: office.lso,
  });
  await phone.write('blood-donors.enlist', input('Mumtaz Lashari', '03006666666'));
  await phone.write('blood-donors.enlist', input('Another Neighbour', '03007777777'));
  await phone.write('blood-donors.rest', { donor: `${seat}-1`, resting: true, contact: null, until: null });
  await phone.sync();
  expect(memory.everything()).toContain('Mumtaz');
  expect((await askFor(`${seat}-1`)).state).toBe('accepted');
  await aDayLater();
  await phone.sync();
  const held = JSON.stringify([memory.lines(), await memory.load()]);
  for (const word of ['Mumtaz', 'Lashari', '3006666666']) expect(held).not.toContain(word);
  expect(held).toContain('Another Neighbour');
  expect(memory.lines().map(({ line }) => [line.line, line.command])).toEqual([
    [1, null],
    [2, 'blood-donors.enlist'],
    [3, null],
  ]);
});

test('a leader through whom others are reached is struck out of their pages, which stay', async () => {
  const hanifa = await office.leader('Hanifa Mallah', 'vo-bearer', office.vos[0] as string);
  const phone = await office.phoneOf(hanifa);
  const donor = await enlist('Through Her', '03002222222', hanifa);
  await askFor(hanifa.person, 'person');
  await aDayLater();
  expect(await standsAnywhere('Hanifa')).toEqual([]);
  const kept = (await vo.sees()).find(({ id }) => id === donor);
  expect(kept?.body).toMatchObject({
    names: { en: 'Through Her' },
    relay: { person: hanifa.person, names: { sd: null, ur: null, en: '—' } },
  });
  // With her posts her phone has lost what it reached.
  expect((await phone.sees()).filter(({ kind }) => kind === 'donor')).toEqual([]);
  expect((await verified())?.faults).toEqual([]);
  // What rests on an erased entry can be corrected, and the book still holds.
  await vo.write('blood-donors.rest', { donor, resting: true, contact: null, until: null });
  expect((await verified())?.faults).toEqual([]);
});

test('her page among the donors goes with the page to which it is joined, with its number', async () => {
  const names = named('Bakhtawar Lund');
  const person = await office.import(10, 'people.enter-person', {
    names,
    parent: null,
    sex: 'f',
    household: null,
    number: null,
    owner: office.lso,
  });
  const donor = await enlist('Bakhtawar Lund', '03001230099');
  expect((await bearer.write('blood-donors.tell-person', { donor, person })).state).toBe('accepted');
  const copy = await subjectCopy(office.database.owner, office.server.registers, 10, person);
  expect(copy.hers.map(({ kind }) => kind).sort()).toEqual(['donor', 'donor-contact', 'person']);
  await askFor(person, 'person');
  await aDayLater();
  for (const words of ['Bakhtawar', '3001230099']) expect(await standsAnywhere(words)).toEqual([]);
  expect((await verified())?.faults).toEqual([]);
});

test('a card that is kept apart goes with the page it belongs to', async () => {
  const person = await office.import(10, 'people.enter-person', {
    names: named('Marvi Junejo'),
    parent: null,
    parentIs: null,
    sex: 'f',
    born: null,
    household: null,
    number: null,
    owner: office.lso,
  });
  await office.import(10, 'people.write-cnic', { person, cnic: '41303-1234567-8' });
  expect(await standsAnywhere(person)).toContain('kept_apart');
  await askFor(person, 'person');
  await aDayLater();
  expect(await standsAnywhere('Marvi')).toEqual([]);
  const { rows } = await office.database.owner.query('SELECT FROM kept_apart WHERE record = $1', [person]);
  expect(rows).toEqual([]);
  expect((await verified())?.faults).toEqual([]);
});

test('what a phone that had not heard of it says of her later is taken out as well, and so is her name beside new pages', async () => {
  const hanifa = await office.leader('Zarina Brohi', 'vo-bearer', office.vos[0] as string);
  const id = await enlist('Later Words', '03008888888');
  await askFor(id);
  await askFor(hanifa.person, 'person');
  expect(await aDayLater()).toBe(2);
  const said = await vo.write('blood-donors.correct', { donor: id, saw: 1, fields: { address: 'Later Words lane' } });
  expect(said).toMatchObject({ state: 'refused', code: 'book.no-such-page' });
  await enlist('Reached Through Her', '03009999999', hanifa);
  for (const words of ['Later Words', 'Zarina']) expect(await standsAnywhere(words)).not.toEqual([]);
  // Nothing new is asked: the office finds them by itself, once, and the entries before them are not looked at again.
  expect(await office.server.carryOutErasures()).toBe(2);
  for (const words of ['Later Words', 'Zarina']) expect(await standsAnywhere(words)).toEqual([]);
  expect(await standsAnywhere('Reached Through Her')).toContain('records');
  expect(await office.server.carryOutErasures()).toBe(0);
  expect((await verified())?.faults).toEqual([]);
});

test('a wish can be taken back for a day; only bearers of the LSO tell one, and only of a page they can see', async () => {
  const id = await enlist('Stays Here', '03003333333');
  const { id: wish } = await askFor(id);
  expect((await bearer.write('book.take-erasure-back', { erasure: wish })).state).toBe('accepted');
  await aDayLater();
  expect(await standsAnywhere('Stays Here')).toContain('records');
  const asked = await vo.write('book.ask-erasure', { kind: 'donor', subject: id, owner: office.lso });
  expect(asked).toMatchObject({ state: 'refused', code: 'access.not-allowed' });
  expect(await askFor('99-1')).toMatchObject({ state: 'refused', code: 'book.no-such-page' });
  expect(await askFor(id, 'nothing')).toMatchObject({ state: 'refused', code: 'access.not-allowed' });
});

test('a restore from an older backup brings her back, and the list of erasures takes her out again', async () => {
  const { owner } = office.database;
  const id = await enlist('Comes Back', '03004444444');
  const tables = ['records', 'record_keys', 'entries', 'figures'] as const;
  for (const table of tables)
    await owner.query(`CREATE TABLE backup_${table} AS SELECT * FROM ${table} WHERE office = 10`);
  const { rows: books } = await owner.query('SELECT * FROM books WHERE office = 10');
  const { rows: seats } = await owner.query<{ seat: number; last_line: number }>('SELECT seat, last_line FROM seats');
  await askFor(id);
  await aDayLater();
  const erasures = await listErasures(owner);
  expect(erasures.map(({ subject }) => subject)).toContain(id);

  for (const table of tables) {
    await owner.query(`DELETE FROM ${table} WHERE office = 10`);
    await owner.query(`INSERT INTO ${table} SELECT * FROM backup_${table}`);
    await owner.query(`DROP TABLE backup_${table}`);
  }
  await owner.query('UPDATE books SET sequence = $1, head = $2, structure_at = $3 WHERE office = 10', [
    books[0].sequence,
    books[0].head,
    books[0].structure_at,
  ]);
  for (const { seat, last_line } of seats)
    await owner.query('UPDATE seats SET last_line = $2 WHERE seat = $1', [seat, last_line]);
  await owner.query('DELETE FROM erasures WHERE subject = $1', [id]);
  expect(await standsAnywhere('Comes Back')).toContain('records');
  expect((await verified())?.faults).toEqual([]);

  // A newer list also names offices that were never here.
  const foreign = { office: 99, subject: '1-1', pages: ['1-1'], doneAt: 1 };
  expect(await applyErasures(office.server, [...erasures, foreign])).toBeGreaterThan(0);
  expect(await standsAnywhere('Comes Back')).toEqual([]);
  expect((await verified())?.faults).toEqual([]);
  expect((await listErasures(owner)).every(({ doneAt }) => doneAt > 0)).toBe(true);
});

test('words that nobody erased are still missed, and an entry changed by hand is still named', async () => {
  const id = await enlist('Silently Gone', '03005555555');
  const { owner } = office.database;
  const [seat, line] = id.split('-');
  const where = 'office = 10 AND seat = $1 AND line = $2';
  const { rows } = await owner.query(`SELECT body, salt FROM entries WHERE ${where}`, [seat, line]);
  await owner.query(`UPDATE entries SET body = NULL WHERE ${where}`, [seat, line]);
  expect((await verified())?.faults[0]).toMatch(/nobody erased them/);
  await owner.query(`UPDATE entries SET body = $3 WHERE ${where}`, [seat, line, rows[0].body]);
  expect((await verified())?.faults).toEqual([]);
});

test('no duty but the eraser takes words away, and the eraser can do nothing else to an entry', async () => {
  const count = async (duty: 'writer' | 'reader' | 'eraser', change: string) =>
    onDuty(office.database.app, duty, async (client) => (await client.query(change)).rowCount, { office: 10 });
  const takeAway = "UPDATE entries SET body = NULL, salt = '', remains = '{}' WHERE sequence = 1";
  expect(await count('writer', takeAway)).toBe(0);
  expect(await count('reader', takeAway)).toBe(0);
  await expect(count('eraser', "UPDATE entries SET body = 'other' WHERE sequence = 1")).rejects.toThrow(/row-level/);
  await expect(count('eraser', "UPDATE entries SET hash = 'x' WHERE sequence = 1")).rejects.toThrow(
    /permission denied/,
  );
  await expect(count('eraser', 'DELETE FROM entries')).rejects.toThrow(/permission denied/);
  await expect(count('eraser', 'UPDATE records SET version = 9')).rejects.toThrow(/row-level/);
});
