/* However many look and print, a phone's lines find their way into the book. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestOffice, type TestOffice } from '../support/office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
}, 60_000);
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
      signal: AbortSignal.timeout(5000),
    });
    const { token } = (await enrolled.json()) as { token: string };
    const desk = fetch(`${office.url}/api/desk/sign-in`, { method: 'POST', body: JSON.stringify(office.desk) }).then(
      () => (released ? 'after the exports' : 'before'),
    );
    const synced = await fetch(`${office.url}/api/sync`, {
      method: 'POST',
      body: JSON.stringify({ protocol: 1, app: 'faults', epoch: null, push: [], pull: { copies: [], prove: false } }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(5000),
    });
    expect(synced.status).toBe(200);
    released = true;
    for (const client of held.splice(0)) client.release();
    expect(await desk).toBe('after the exports');
  } finally {
    for (const client of held) client.release();
  }
});
