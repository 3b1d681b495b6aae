import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SeatInHand, SmallOffice } from '../../tests/support/small-office.ts';
import type { DeskRole } from '../platform/access/role.ts';
import { openSession } from '../platform/access/server/desk-sessions.ts';
import type { SeenLook } from '../platform/access/watchers.ts';
import { onDuty } from '../platform/database/server/duty.ts';

let office: SmallOffice;
let bearer: SeatInHand;
let crp: SeatInHand;
let made = 0;

beforeAll(async () => {
  office = await SmallOffice.open();
  bearer = await office.phoneOf(await office.leader('Shabana', 'lso-bearer', office.lso));
  crp = await office.phoneOf(await office.leader('Sahiba', 'crp', office.vos[0] as string));
}, 60_000);
afterAll(() => office?.close());

async function staff(role: DeskRole, shown: string) {
  made += 1;
  const name = `${role}${made}`;
  const { owner, app } = office.database;
  await owner.query('INSERT INTO users (name, password_hash, shown_name, role, office) VALUES ($1, $2, $3, $4, 2)', [
    name,
    'x',
    shown,
    role,
  ]);
  const token = await onDuty(app, 'gate', (client) => openSession(client, name, 'full', office.clock));
  return async (path: string, body?: object) =>
    office.routes.request(`/api/desk/${path}`, {
      headers: { cookie: `desk=${token}`, 'content-type': 'application/json' },
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
}
const looksSeen = async (phone: SeatInHand) =>
  (await phone.sees()).filter(({ kind }) => kind === 'look').map(({ body }) => body as Record<string, unknown>);

test('whoever opens a figure stands in the office’s own book, on its bearers’ phones, with how often', async () => {
  const mahnoor = await staff('district', 'Mahnoor');
  expect((await mahnoor('figures/donors')).status).toBe(200);
  expect((await mahnoor('figures/households')).status).toBe(200);
  // A page that is left open asks again and again: one look.
  office.clock += 15_000;
  await mahnoor('figures/donors');
  expect(await office.server.tellLooks()).toBe(2);
  expect(await looksSeen(bearer)).toEqual([
    expect.objectContaining({ readerShown: 'Mahnoor', role: 'district', what: 'figure', count: 2, day: '2026-11-24' }),
  ]);
  // A CRP does not answer for the office.
  expect(await looksSeen(crp)).toEqual([]);
  expect(await office.server.tellLooks()).toBe(0);

  office.clock += 20 * 60_000;
  await (await staff('district', 'Mahnoor'))('figures/donors');
  // She works on, so her session lives.
  await mahnoor('overview');
  office.clock += 20 * 60_000;
  await mahnoor('figures/donors');
  await office.server.tellLooks();
  // Two of one name are two; the same one later is one line with a higher count.
  expect((await looksSeen(bearer)).map(({ count }) => count).sort()).toEqual([1, 3]);
});

test('an office’s page and a table that leaves the desk are looks, whichever file it leaves as', async () => {
  const sheet = {
    name: 'otaq-offices-2026-11-24',
    rightToLeft: false,
    head: ['Office'],
    tags: null,
    rows: [['Ibtida']],
  };
  const profile = await (await staff('district', 'Paras'))('offices/10');
  const text = await (await staff('district', 'Sughra'))('export?as=csv', sheet);
  const workbook = await (await staff('district', 'Zeba'))('export?as=xlsx', sheet);
  expect([profile.status, text.status, workbook.status]).toEqual([200, 200, 200]);
  expect(text.headers.get('content-type')).toMatch(/^text\/csv/);
  expect(await text.text()).toMatch(/Office\r\nIbtida\r\n$/);
  await office.server.tellLooks();
  const told = (await looksSeen(bearer)).map(({ readerShown, what }) => `${readerShown} ${what}`);
  expect(told).toEqual(expect.arrayContaining(['Paras profile', 'Sughra export', 'Zeba export']));
});

test('the look is written before anything is shown, also when nothing could be shown', async () => {
  const curious = await staff('head-office', 'Curious');
  const count = async () =>
    (await office.database.owner.query("SELECT FROM looks WHERE reader_shown = 'Curious'")).rowCount;
  expect((await curious('figures/no-such-figure')).status).toBe(404);
  expect(await count()).toBe(2);
  expect((await curious('overview')).status).toBe(200);
  expect(await count()).toBe(2);
});

test('two roles outside the reader’s chain read the log, each without her own looks', async () => {
  const auditor = await staff('auditor', 'Ayesha');
  const head = await staff('head-office', 'Hina');
  const district = await staff('district', 'Dua');
  const organizer = await staff('social-organizer', 'Sana');
  for (const each of [auditor, head, district]) await each('figures/donors');
  const readers = async (ask: typeof auditor) => {
    const { looks } = (await (await ask('looks')).json()) as { looks: SeenLook[] };
    return [...new Set(looks.map(({ readerShown }) => readerShown))]
      .filter((name) => /^(Ayesha|Hina|Dua)$/.test(name))
      .sort();
  };
  expect(await readers(auditor)).toEqual(['Dua', 'Hina']);
  expect(await readers(head)).toEqual(['Ayesha', 'Dua']);
  expect(await readers(district)).toEqual(['Ayesha', 'Hina']);
  expect((await organizer('looks')).status).toBe(404);
});

test('nobody who speaks as Otaq takes a look away or changes one', async () => {
  for (const change of ['DELETE FROM looks', "UPDATE looks SET reader_shown = 'x'"])
    await expect(
      onDuty(office.database.app, 'figures', (client) => client.query(change)),
      change,
    ).rejects.toThrow(/permission denied/);
  const seen = await onDuty(
    office.database.app,
    'writer',
    async (client) => (await client.query('SELECT FROM looks')).rowCount,
    { office: 10 },
  );
  expect(seen).toBe(0);
});
