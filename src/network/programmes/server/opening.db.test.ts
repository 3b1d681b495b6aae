import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { oneKey } from '../../../../tests/support/keys-in-hand.ts';
import { placeKind } from '../../../federation/places/place.ts';
import { useEnrolment } from '../../../platform/access/server/gate.ts';
import { onDuty } from '../../../platform/database/server/duty.ts';
import { installationOf } from '../../../server/installation.ts';
import { type OfficeServer, officeServer } from '../../../server/office-server.ts';
import { findDistrict } from '../opening-input.ts';
import {
  CannotOpen,
  codeForGrant,
  enterBearer,
  hasBearersPhone,
  openDistrict,
  openedOffices,
  openLso,
  openProgramme,
  recordsOf,
} from './opening.ts';

let database: TestDatabase;
let server: OfficeServer;
const clock = Date.UTC(2026, 10, 24, 6);
const names = (en: string, sd: string | null = null) => ({ en, sd, ur: null });

beforeAll(async () => {
  database = await testDatabase();
  const { sealingKey } = await installationOf(database.owner, oneKey);
  server = officeServer(
    database.app,
    sealingKey,
    { info: () => undefined, error: (fields, text) => console.error(text, fields) },
    () => clock,
  );
});
afterAll(() => database?.close());

/** Stops at the nth line that is written, as a machine that loses power does. */
function stoppingAt(nth: number): OfficeServer {
  let written = 0;
  return {
    ...server,
    writeLine: async (...line) => {
      written += 1;
      if (written > nth) throw new Error('the power is gone');
      return server.writeLine(...line);
    },
  };
}

async function openAll(doors: OfficeServer): Promise<{ lso: number; grant: string }> {
  await openProgramme(doors, names('Sindh Rural Support'));
  const district = await openDistrict(doors, 'PK709');
  const lso = await openLso(doors, {
    district,
    names: names('Ibtida', 'ابتدا'),
    council: names('Dhori'),
    taluka: 'PK70907',
    formedOn: '2017-10-30',
  });
  return { lso, grant: await enterBearer(doors, { office: lso, names: names('Shabana'), role: 'lso-bearer' }) };
}

test('an opening that stops at any line continues where it was, and nothing stands twice', async () => {
  let stops = 0;
  for (let nth = 0; ; nth++) {
    const answer = await openAll(stoppingAt(nth === 0 ? 0 : 1)).catch((error: Error) => error.message);
    if (typeof answer !== 'string') break;
    expect(answer).toBe('the power is gone');
    stops += 1;
  }
  expect(stops).toBeGreaterThan(10);
  const { lso, grant } = await openAll(server);
  const opened = await openedOffices(server.app);
  expect(opened.districts.map(({ code }) => code)).toEqual(['PK709']);
  expect(opened.lsos).toEqual([
    expect.objectContaining({
      office: lso,
      bearers: [{ grant, names: names('Shabana'), role: 'lso-bearer' }],
    }),
  ]);
  const places = await recordsOf(server.app, opened.programme?.office as number, placeKind);
  expect(places.map(({ body }) => body.names.en)).toEqual([
    'Sindh',
    'Qambar-Shahdadkot',
    'Meero Khan',
    'Nasir Abad',
    'Qambar Ali Khan',
    'Qubo Saeed Khan',
    'Shahdad Kot',
    'Sijawal Junejo',
    'Warah',
  ]);
  const council = (await recordsOf(server.app, lso, placeKind))[0];
  expect(places.find(({ id }) => id === council?.body.parent)?.body.names.en).toBe('Warah');
});

test('once a bearer has her phone, the page above names nobody of her office', async () => {
  const { lso, grant } = await openAll(server);
  expect(await hasBearersPhone(server.app, lso)).toBe(false);
  const code = await codeForGrant(server, lso, grant);
  const phone = await useEnrolment(server, code, clock);
  await server.writeLine(lso, 'server', 'access.announce-phone', {
    seat: phone?.seat,
    person: phone?.person,
    names: phone?.names,
    organization: phone?.organization,
    enrolledBy: null,
    byStaff: phone?.byStaff,
  });
  expect(phone?.byStaff).toBe(true);
  expect(await hasBearersPhone(server.app, lso)).toBe(true);
  const opened = await openedOffices(server.app);
  expect(opened.lsos[0]?.bearers).toBeNull();
  expect(JSON.stringify(opened)).not.toContain('Shabana');
});

test('a step out of order is refused with what would be right', async () => {
  const lso = { names: names('X'), council: names('Y'), taluka: null, formedOn: '2017-10-30' };
  await expect(openLso(server, { ...lso, district: 99 })).rejects.toThrow(CannotOpen);
  await expect(openLso(server, { ...lso, district: 2, formedOn: '2027-01-01' })).rejects.toThrow('has not come yet');
  await expect(openDistrict(server, 'PK999')).rejects.toThrow(CannotOpen);
  await expect(enterBearer(server, { office: 1, names: names('X'), role: 'crp' })).rejects.toThrow(CannotOpen);
  await expect(codeForGrant(server, 3, '99-9')).rejects.toThrow(CannotOpen);
});

test('a district is found by every spelling', () => {
  for (const spelling of ['Kambar', 'QAMBAR', 'قمبر-شهدادڪوٽ', 'PK709', 'Qamber-Shahdadkot'])
    expect(findDistrict(spelling)?.code).toBe('PK709');
  expect(findDistrict('Karachi')).toBeNull();
});

test('whoever opens an office sees which books there are, and no record', async () => {
  const seen = await onDuty(server.app, 'opener', async (client) => {
    const books = await client.query('SELECT FROM books');
    const records = await client.query('SELECT FROM records');
    const users = await client.query('SELECT FROM users');
    return { books: books.rows.length, records: records.rows.length, users: users.rows.length };
  });
  expect(seen).toEqual({ books: 3, records: 0, users: 0 });
  await expect(
    onDuty(server.app, 'figures', (client) =>
      client.query("INSERT INTO books (office, tier, names, head) VALUES (99, 'lso', '{}', '')"),
    ),
  ).rejects.toThrow(/row-level security/);
});
