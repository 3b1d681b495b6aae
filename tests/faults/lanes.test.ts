/* However many look and print, a phone's lines find their way into the book. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoOffices } from '../../src/cli/demo/seed-demo.ts';
import { makeEnrolment } from '../../src/platform/access/server/gate.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

/** In milliseconds. What holds the others lets go only after the answer: a late one is late, and one that never comes ends here. */
const patience = 60_000;

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
});
afterAll(() => office?.close());

test('when exports hold every connection that they may have, the desk waits and phones do not', async () => {
  const { aside } = office.running.database;
  const held = await Promise.all(Array.from({ length: aside.options.max ?? 0 }, () => aside.connect()));
  expect(held.length).toBeGreaterThan(0);
  let released = false;
  try {
    const code = await office.codeFor('Shabana');
    const enrolled = await fetch(`${office.url}/api/enrol`, {
      method: 'POST',
      body: JSON.stringify({ code }),
      headers: { 'content-type': 'application/json' },
      signal: AbortSignal.timeout(patience),
    });
    const { token } = (await enrolled.json()) as { token: string };
    const desk = fetch(`${office.url}/api/desk/sign-in`, { method: 'POST', body: JSON.stringify(office.desk) }).then(
      () => (released ? 'after the exports' : 'before'),
    );
    const synced = await fetch(`${office.url}/api/sync`, {
      method: 'POST',
      body: JSON.stringify({ protocol: 1, app: 'faults', epoch: null, push: [], pull: { copies: [], prove: false } }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patience),
    });
    expect(synced.status).toBe(200);
    released = true;
    for (const client of held.splice(0)) client.release();
    expect(await desk).toBe('after the exports');
  } finally {
    for (const client of held) client.release();
  }
});

async function enrol(code: string): Promise<{ readonly seat: number; readonly token: string }> {
  const enrolled = await fetch(`${office.url}/api/enrol`, {
    method: 'POST',
    body: JSON.stringify({ code }),
    headers: { 'content-type': 'application/json' },
  });
  return (await enrolled.json()) as { seat: number; token: string };
}

test('when all phones of one office wait for its book, a phone of another office is answered, and none is turned away', async () => {
  const { server, database } = office.running;
  const shabana = await enrol(await office.codeFor('Shabana'));
  const names = { sd: null, ur: null, en: 'Neighbour' };
  const phone = {
    office: demoOffices.neighbour,
    person: '1-1',
    names,
    organization: '1-1',
    madeBy: null,
    byStaff: true,
  };
  const neighbour = await enrol(await makeEnrolment(server, phone, server.now()));
  const sync = (token: string, push: readonly object[]) =>
    fetch(`${office.url}/api/sync`, {
      method: 'POST',
      body: JSON.stringify({ protocol: 1, app: 'faults', epoch: null, push, pull: { copies: [], prove: false } }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(patience),
    });
  const book = await database.owner.connect();
  let waiting: Promise<Response>[] = [];
  try {
    await book.query('BEGIN');
    await book.query('SELECT FROM books WHERE office = $1 FOR UPDATE', [demoOffices.ibtida]);
    const line = { line: 1, command: null, shape: 0, input: null, at: Date.now(), grants: 0 };
    const bundle = { seat: shabana.seat, lines: [line], sealed: [] };
    // More than there are connections.
    waiting = Array.from({ length: 40 }, () => sync(shabana.token, [bundle]));
    expect((await sync(neighbour.token, [])).status).toBe(200);
  } finally {
    await book.query('COMMIT');
    book.release();
  }
  expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]));
});
