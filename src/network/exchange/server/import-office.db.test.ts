import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { oneKey } from '../../../../tests/support/keys-in-hand.ts';
import { verifyBooks } from '../../../cli/verify.ts';
import { householdKind } from '../../../federation/people/household.ts';
import { useEnrolment } from '../../../platform/access/server/gate.ts';
import { countOf } from '../../../platform/book/figures.ts';
import { refusalKind } from '../../../platform/book/notices.ts';
import { pushOwnLine } from '../../../platform/sync/server/push.ts';
import { installationOf } from '../../../server/installation.ts';
import { type OfficeServer, officeServer } from '../../../server/office-server.ts';
import {
  codeForGrant,
  enterBearer,
  openDistrict,
  openLso,
  openProgramme,
  recordsOf,
} from '../../programmes/server/opening.ts';
import { dirtyHouseholds } from '../dirty-list.arbitrary.ts';
import { importKind } from '../import-record.ts';
import type { ImportList } from '../list-columns.ts';
import { previewList } from '../preview.ts';
import type { Cell } from '../sheet.ts';
import {
  giveLeave,
  importOf,
  knownOffice,
  resumeImports,
  stageImport,
  takeBackImport,
  writeImport,
} from './import-office.ts';

let database: TestDatabase;
let server: OfficeServer;
let district = 0;
let lso = 0;
let opened = 0;
let clock = Date.UTC(2026, 10, 24, 6);
const names = (en: string) => ({ en, sd: null, ur: null });

beforeAll(async () => {
  database = await testDatabase();
  const { sealingKey } = await installationOf(database.owner, oneKey);
  server = officeServer(
    database.app,
    sealingKey,
    { info: () => undefined, error: (fields, text) => console.error(text, fields) },
    () => clock,
  );
  await openProgramme(server, names('Programme'));
  district = await openDistrict(server, 'PK709');
});
afterAll(() => database?.close());
beforeEach(async () => {
  opened += 1;
  const council = names('Dhori');
  lso = await openLso(server, {
    district,
    names: names(`LSO ${opened}`),
    council,
    taluka: null,
    formedOn: '2017-10-30',
  });
});

async function bring(
  list: ImportList,
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  mode: 'all' | 'right-rows' = 'all',
) {
  const sheet = { headings, rows: rows.map((cells, i) => ({ row: i + 2, cells })) };
  const preview = previewList(list, sheet, await knownOffice(server, lso));
  return stageImport(server, { office: lso, mode, broughtBy: 'Sample', preview });
}
const villages = () =>
  bring(
    'places',
    ['Name', 'Level', 'Part of'],
    [
      ['Kandri', 'Village', 'Dhori'],
      ['Sajan', 'Village', 'Dhori'],
    ],
  );
const organizations = (cos: number) =>
  bring(
    'organizations',
    ['Name', 'Tier', 'Number', 'Above it', 'Village', 'Formed on'],
    [
      ['Kandri', 'VO', 1, null, 'Kandri', '2018-01-01'],
      ...Array.from({ length: cos }, (_, i) => [`Para ${i + 1}`, 'CO', i + 1, 'VO 1', null, '2018-02-01']),
    ],
  );
async function setUp(cos = 4): Promise<void> {
  await writeImport(server, lso, (await villages()).seat);
  await writeImport(server, lso, (await organizations(cos)).seat);
}
const households = (count: number, mode: 'all' | 'right-rows' = 'all', dirty = false) => {
  const list = dirtyHouseholds(count, 3, { cos: 4 }, dirty);
  return bring('households', list.headings, list.rows, mode);
};
const counted = async (figure: string) => {
  const { rows } = await database.owner.query(
    'SELECT figure, dimensions AS by, period, count FROM figures WHERE office = $1',
    [lso],
  );
  return countOf(rows, { figure, to: '2026-11-24' });
};
const announced = async () => (await recordsOf(server.app, lso, importKind)).map(({ body }) => body);
async function whole(): Promise<void> {
  const books = await verifyBooks(database.owner);
  expect(books.flatMap(({ faults }) => faults)).toEqual([]);
}

test('an office is filled from lists: places, organizations, households; each is announced to the bearers', async () => {
  await setUp();
  const seen: number[] = [];
  const staged = await households(1200);
  expect(await counted('households')).toBe(0);
  const { state, entered } = await writeImport(server, lso, staged.seat, null, (done) => seen.push(done));
  expect([state, entered]).toEqual(['written', 1200]);
  expect(await counted('households')).toBe(1200);
  expect(seen).toEqual([499, 999, 1200]);
  expect(
    (await announced()).map(({ list, rows, entered, broughtBy, leaveOf }) => ({
      list,
      rows,
      entered,
      broughtBy,
      leaveOf,
    })),
  ).toEqual([
    { list: 'places', rows: 2, entered: 2, broughtBy: 'Sample', leaveOf: null },
    { list: 'organizations', rows: 5, entered: 5, broughtBy: 'Sample', leaveOf: null },
    { list: 'households', rows: 1200, entered: 1200, broughtBy: 'Sample', leaveOf: null },
  ]);
  const left = await database.owner.query('SELECT FROM import_lines WHERE office = $1', [lso]);
  expect(left.rows).toEqual([]);
  await whole();
});

test('all or nothing stages nothing while one row is wrong; the right rows alone leave the wrong ones out', async () => {
  await setUp();
  await expect(households(200, 'all', true)).rejects.toThrow('2 rows are wrong');
  expect(await counted('households')).toBe(0);
  const { seat } = await households(200, 'right-rows', true);
  await writeImport(server, lso, seat);
  expect(await counted('households')).toBe(198);
  expect((await announced()).at(-1)).toMatchObject({ rows: 198, leftOut: 2, entered: 198 });
});

test('a server that is killed at any batch goes on where it stopped: no row twice, none left out', async () => {
  await setUp();
  const { seat } = await households(1600);
  for (let stops = 1; stops <= 3; stops++)
    await expect(
      writeImport(server, lso, seat, null, () => {
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
  expect((await importOf(server, lso, seat))?.done).toBe(1499);
  expect(await resumeImports(server)).toBe(1);
  expect(await importOf(server, lso, seat)).toMatchObject({ state: 'written', done: 1600 });
  expect(await counted('households')).toBe(1600);
  expect(await resumeImports(server)).toBe(0);
  await whole();
});

test('a row that the register refuses takes all of an all-or-nothing import back', async () => {
  await setUp();
  const { seat } = await households(700);
  await database.owner.query(
    `UPDATE import_lines SET input = jsonb_set(input::jsonb, '{size}', '500') WHERE office = $1 AND seat = $2 AND line = 650`,
    [lso, seat],
  );
  const answer = await writeImport(server, lso, seat);
  expect(answer).toMatchObject({ state: 'taken-back', entered: 0, refused: [{ row: 650, code: 'book.bad-form' }] });
  expect(await counted('households')).toBe(0);
  expect(await recordsOf(server.app, lso, householdKind)).toEqual([]);
  expect(await counted('refusals-waiting')).toBe(0);
  await whole();
});

test('of the right rows one that is refused is named, and the others stand', async () => {
  await setUp();
  const { seat } = await households(20, 'right-rows');
  await database.owner.query(
    `UPDATE import_lines SET input = jsonb_set(input::jsonb, '{size}', '500') WHERE office = $1 AND seat = $2 AND line = 7`,
    [lso, seat],
  );
  const answer = await writeImport(server, lso, seat);
  expect(answer).toMatchObject({ state: 'written', entered: 19, refused: [{ row: 7 }] });
  expect(await counted('households')).toBe(19);
  expect(await counted('refusals-waiting')).toBe(0);
  expect(await recordsOf(server.app, lso, refusalKind)).toHaveLength(1);
});

test('an import is taken back as one; what was changed or built on stays, with all that it stands on, and is named', async () => {
  await setUp();
  const { seat } = await households(600);
  await writeImport(server, lso, seat);
  const [first, second] = await recordsOf(server.app, lso, householdKind);
  await server.writeLine(lso, 'import', 'people.enter-person', {
    names: names('Shabana'),
    parent: null,
    sex: 'f',
    household: first?.id,
    number: null,
    owner: first?.body.owner,
  });
  await server.writeLine(lso, 'server', 'people.correct-household', {
    household: second?.id,
    saw: 1,
    fields: { size: 9 },
  });
  const stayed = await takeBackImport(server, lso, seat);
  expect(stayed.map(({ id, why }) => [id, why])).toEqual([
    [first?.id, 'used'],
    [second?.id, 'changed'],
  ]);
  expect(stayed[0]?.names).toEqual(first?.body.head);
  expect(await counted('households')).toBe(2);
  expect((await announced()).at(-1)).toMatchObject({ entered: 2, stayed: 2, takenBackOn: '2026-11-24' });
  // Asked again, the same two stay; nothing else is there to be taken.
  expect(await takeBackImport(server, lso, seat)).toEqual(stayed);
  await whole();
});

test('a taking back that comes late takes nothing that was changed, and nothing of another seat', async () => {
  await setUp();
  const { seat } = await households(2);
  await writeImport(server, lso, seat);
  const [first, second] = await recordsOf(server.app, lso, householdKind);
  await server.writeLine(lso, 'server', 'people.correct-household', {
    household: first?.id,
    saw: 1,
    fields: { size: 9 },
  });
  const { seat: other } = await bring('places', ['Name', 'Level'], [['Elsewhere', 'Village']]);
  await writeImport(server, lso, other);
  const say = (by: number, id: string | undefined) =>
    pushOwnLine(server, lso, by, {
      command: 'exchange.take-back',
      shape: 0,
      input: { records: [{ kind: 'household', id }] },
      at: clock,
      grants: 0,
    });
  expect((await say(seat, first?.id)).state).toBe('accepted');
  expect((await say(other, second?.id)).state).toBe('accepted');
  expect((await recordsOf(server.app, lso, householdKind)).map(({ id }) => id)).toEqual(
    expect.arrayContaining([first?.id, second?.id]),
  );
});

test('organizations and places under households stay when they are taken back, and those nobody needs go', async () => {
  const places = await villages();
  await writeImport(server, lso, places.seat);
  const formed = await organizations(4);
  await writeImport(server, lso, formed.seat);
  const heads = dirtyHouseholds(1, 3, { cos: 4 }, false);
  const { seat } = await bring('households', heads.headings, heads.rows);
  await writeImport(server, lso, seat);
  // The one household belongs to CO 1, which stands below VO 1; COs 2 to 4 are nobody's.
  expect(await takeBackImport(server, lso, formed.seat)).toHaveLength(2);
  // Its village is Kandri, named by the VO that stays.
  expect((await takeBackImport(server, lso, places.seat)).map(({ names }) => names?.en)).toEqual(['Kandri']);
  expect(await counted('organizations')).toBe(3);
  // Once the household itself is taken back, nothing needs the rest.
  expect(await takeBackImport(server, lso, seat)).toEqual([]);
  expect(await takeBackImport(server, lso, formed.seat)).toEqual([]);
  expect(await counted('organizations')).toBe(1);
  await whole();
});

test('once a bearer has her phone, an import waits for the leave that she gives, once', async () => {
  await setUp();
  const grant = await enterBearer(server, { office: lso, names: names('Shabana'), role: 'lso-bearer' });
  const phone = await useEnrolment(server, await codeForGrant(server, lso, grant), clock);
  await server.writeLine(lso, 'server', 'access.announce-phone', {
    seat: phone?.seat,
    person: phone?.person,
    names: phone?.names,
    organization: phone?.organization,
    enrolledBy: null,
    byStaff: true,
  });
  const { seat } = await households(30);
  expect(await writeImport(server, lso, seat)).toMatchObject({ state: 'waiting' });
  expect(await counted('households')).toBe(0);
  await expect(writeImport(server, lso, seat, '0000000000')).rejects.toThrow('not good');
  const old = await giveLeave(server, lso, phone?.person as string);
  clock += 25 * 3_600_000;
  await expect(writeImport(server, lso, seat, old)).rejects.toThrow('not good');
  const elsewhere = await giveLeave(server, lso - 1, phone?.person as string);
  await expect(writeImport(server, lso, seat, elsewhere)).rejects.toThrow('not good');
  const leave = await giveLeave(server, lso, phone?.person as string);
  expect(await writeImport(server, lso, seat, leave)).toMatchObject({ state: 'written', entered: 30 });
  expect((await announced()).at(-1)).toMatchObject({ leaveOf: phone?.person, entered: 30 });
  const again = await bring('places', ['Name', 'Level'], [['Elsewhere', 'Village']]);
  await expect(writeImport(server, lso, again.seat, leave)).rejects.toThrow('not good');
});

test('what stands in the office already is found in any script, so a list brought twice adds nothing', async () => {
  await setUp();
  const { seat } = await households(50);
  await writeImport(server, lso, seat);
  await expect(households(50)).rejects.toThrow('50 rows are wrong');
});
