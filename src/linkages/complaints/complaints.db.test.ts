import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SeatInHand, SmallOffice } from '../../../tests/support/small-office.ts';
import type { DeskRole } from '../../platform/access/role.ts';
import { openSession } from '../../platform/access/server/desk-sessions.ts';
import { onDuty } from '../../platform/database/server/duty.ts';
import { importSealingKey, sealWords } from '../../platform/sync/phone/seal-words.ts';
import { type Accused, accused, boxInfo, boxPlace, type ComplaintDesk, type Hearer, hearersOf } from './complaint.ts';
import { makeHearerKey, openComplaint, unlockHearerKey } from './desk/hearer-key.ts';
import { complaintCounts } from './server/complaint-routes.ts';

let office: SmallOffice;
let bearer: SeatInHand;
const desks = new Map<DeskRole, Awaited<ReturnType<typeof desk>>>();
const ownWords = 'words that open them';
let number = 0;

async function desk(role: DeskRole, at = 2) {
  const name = `${role}-${at}`;
  const { owner, app } = office.database;
  await owner.query('INSERT INTO users (name, password_hash, shown_name, role, office) VALUES ($1, $2, $1, $3, $4)', [
    name,
    'x',
    role,
    at,
  ]);
  const token = await onDuty(app, 'gate', (client) => openSession(client, name, 'full', office.clock));
  const headers = { cookie: `desk=${token}`, 'content-type': 'application/json' };
  return async (path = '', body?: unknown): Promise<{ status: number; said: unknown }> => {
    const answer = await office.routes.request(`/api/desk/complaints${path}`, {
      headers,
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: answer.status, said: await answer.json() };
  };
}

beforeAll(async () => {
  office = await SmallOffice.open();
  bearer = await office.phoneOf(await office.leader('Shabana', 'lso-bearer', office.lso));
  for (const role of ['district', 'head-office', 'auditor', 'social-organizer'] as const)
    desks.set(role, await desk(role));
}, 60_000);
afterAll(() => office?.close());

const of = (role: DeskRole) => desks.get(role) as Awaited<ReturnType<typeof desk>>;
const hearers = async (about: Accused, at = 10) => {
  const answer = await office.routes.request(`/api/complaints/hearers?office=${at}&about=${about}`);
  return { status: answer.status, text: await answer.text() };
};
async function complain(about: Accused, words: object, change: object = {}): Promise<{ id: string; status: number }> {
  number += 1;
  const id = number.toString(16).padStart(32, '0');
  const { text } = await hearers(about);
  const { hearers: two } = JSON.parse(text) as { hearers: Hearer[] };
  const boxes = await Promise.all(
    two.map(async ({ to, key }) => ({
      to,
      box: await sealWords(await importSealingKey(key as JsonWebKey), boxInfo, boxPlace(id, to), JSON.stringify(words)),
    })),
  );
  const answer = await office.post('/api/complaints', {
    complaint: id,
    office: 10,
    about,
    way: 'phone',
    boxes,
    ...change,
  });
  return { id, status: answer.status };
}
const bookOf = async (role: DeskRole) => (await of(role)()).said as ComplaintDesk;
const words = { who: 'The President', what: 'She keeps the passbooks at home', takenBy: null };

test('before two people have keys nobody can complain over the phone, and is told so', async () => {
  expect(await hearers('leader')).toEqual({ status: 404, text: '{}' });
  for (const role of ['auditor', 'head-office', 'district'] as const) {
    expect((await of(role)('/key', await makeHearerKey(ownWords))).status).toBe(200);
  }
  const { status, text } = await hearers('leader');
  expect(status).toBe(200);
  expect((JSON.parse(text) as { hearers: Hearer[] }).hearers).toHaveLength(2);
  // Where to is said, and not who.
  expect(text).not.toMatch(/auditor|head-office|"d"/);
});

test('nobody hears a complaint of her own role', () => {
  for (const about of accused) {
    const two = hearersOf(about);
    expect(new Set(two).size).toBe(2);
    expect(two as readonly string[]).not.toContain(about);
    if (about === 'leader' || about === 'crp') expect(two).not.toContain('social-organizer');
  }
});

test('the two open it with their words; the third, the server and the office read nothing', async () => {
  const { id, status } = await complain('leader', words);
  expect(status).toBe(200);
  for (const role of ['auditor', 'head-office'] as const) {
    const { to, lockedKey, complaints } = await bookOf(role);
    const own = await unlockHearerKey(lockedKey as string, ownWords);
    const box = complaints.find(({ complaint }) => complaint === id)?.box as string;
    expect(await openComplaint(own as CryptoKey, id, to, box)).toEqual(words);
    expect(await openComplaint(own as CryptoKey, `${id.slice(1)}f`, to, box)).toBeNull();
    expect(await unlockHearerKey(lockedKey as string, 'other words')).toBeNull();
  }
  expect((await bookOf('district')).complaints).toEqual([]);
  expect((await of('social-organizer')()).status).toBe(404);

  const { owner } = office.database;
  const { rows } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  for (const { name } of rows) {
    const { rows: texts } = await owner.query(`SELECT row_to_json(t)::text AS text FROM ${name} t`);
    expect(JSON.stringify(texts), name).not.toContain('passbooks');
  }
  expect(JSON.stringify(await bearer.sees())).not.toContain(id);
  const { rows: kept } = await owner.query('SELECT * FROM complaints WHERE complaint = $1', [id]);
  // A day, no moment; a post, no person; no phone, no address.
  expect(Object.keys(kept[0]).sort()).toEqual([
    'about',
    'came_on',
    'complaint',
    'done',
    'office',
    'state',
    'state_on',
    'way',
  ]);
  expect(kept[0].came_on).toBe('2026-11-24');
});

test('one that came on paper is opened by its two alone, who see that somebody else wrote it down', async () => {
  const paper = { ...words, takenBy: 'Ayesha' };
  const { id, status } = await complain('crp', paper, { way: 'paper' });
  expect(status).toBe(200);
  for (const role of ['auditor', 'head-office'] as const) {
    const { to, lockedKey, complaints } = await bookOf(role);
    const own = (await unlockHearerKey(lockedKey as string, ownWords)) as CryptoKey;
    const heard = complaints.find(({ complaint }) => complaint === id);
    expect(heard?.way).toBe('paper');
    expect(await openComplaint(own, id, to, heard?.box as string)).toEqual(paper);
  }
  expect((await bookOf('district')).complaints.map(({ complaint }) => complaint)).not.toContain(id);
});

test('both hear it or it is not taken: not one alone, not one twice, not the accused’s own role', async () => {
  const { text } = await hearers('leader');
  const [first, second] = (JSON.parse(text) as { hearers: Hearer[] }).hearers as [Hearer, Hearer];
  const { text: others } = await hearers('auditor');
  const district = (JSON.parse(others) as { hearers: Hearer[] }).hearers.find(
    ({ to }) => to !== first.to && to !== second.to,
  ) as Hearer;
  const box = (to: string) => ({ to, box: 'x' });
  for (const boxes of [
    [box(first.to), box(first.to)],
    [box(first.to), box(district.to)],
    [box(first.to), box('nobody')],
  ])
    expect((await complain('leader', words, { boxes })).status).toBe(404);
  expect((await complain('leader', words, { boxes: [box(first.to)] })).status).toBe(400);
  // Sent twice because an answer was lost: it stands once.
  const { id } = await complain('leader', words);
  expect((await complain('leader', words, { complaint: id })).status).toBe(200);
  expect((await bookOf('auditor')).complaints.filter(({ complaint }) => complaint === id)).toHaveLength(1);
});

test('steps are taken and a complaint is erased by the two only; to anybody else it is not there', async () => {
  const { id } = await complain('head-office', words);
  const settled = { complaint: id, state: 'settled', done: 'put-right' };
  for (const [role, status] of [
    ['head-office', 404],
    ['social-organizer', 404],
    ['district', 200],
    ['auditor', 200],
  ] as const)
    expect((await of(role)('/step', settled)).status, role).toBe(status);
  const unknown = { ...settled, complaint: 'f'.repeat(32) };
  expect(await of('head-office')('/step', settled)).toEqual(await of('head-office')('/step', unknown));
  expect((await bookOf('district')).complaints.find(({ complaint }) => complaint === id)).toMatchObject({
    state: 'settled',
    done: 'put-right',
  });
  expect(await complaintCounts(office.database.app, [10])).toContainEqual({
    about: 'head-office',
    state: 'settled',
    count: 1,
  });
  expect((await of('head-office')('/erase', { complaint: id })).status).toBe(404);
  expect((await of('district')('/erase', { complaint: id })).status).toBe(200);
  const { rowCount } = await office.database.owner.query('SELECT FROM complaint_copies WHERE complaint = $1', [id]);
  expect(rowCount).toBe(0);
});

test('the database alone shows a complaint to its two, also when a query forgets to ask', async () => {
  const { id } = await complain('crp', words);
  const seen = async (duty: 'complaints' | 'writer' | 'reader' | 'gate', person: string) =>
    onDuty(
      office.database.app,
      duty,
      async (client) => {
        const copies = await client.query('SELECT FROM complaint_copies WHERE complaint = $1', [id]);
        const rows = await client.query('SELECT FROM complaints WHERE complaint = $1', [id]);
        return [copies.rowCount, rows.rowCount];
      },
      { office: 10, person },
    );
  expect(await seen('complaints', 'auditor-2')).toEqual([1, 1]);
  expect(await seen('complaints', 'district-2')).toEqual([0, 0]);
  for (const duty of ['writer', 'reader', 'gate'] as const) expect(await seen(duty, 'auditor-2')).toEqual([0, 0]);
});
