/*
 * Between a phone and its office: cuts at every part of a request and of its answer, requests that arrive twice, answers that never
 * come, a thin line that breaks, a portal, and bodies that nobody honest sends.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultOffice, type FaultPhone } from './fault-office.ts';
import { OfficeProcess } from './office-process.ts';
import { ThinLine } from './thin-line.ts';

let office: FaultOffice;
let server: OfficeProcess;
let line: ThinLine;
let shabana: FaultPhone;
let zeba: FaultPhone;
beforeAll(async () => {
  office = await FaultOffice.open();
  server = new OfficeProcess({ DATABASE_URL: office.databaseUrl, OTAQ_KEY_FILE: office.keyFile });
  await server.start();
  line = await ThinLine.lay(server.url);
  for (const phone of office.phones) await phone.drain(server.url);
  [shabana, zeba] = office.phones as [FaultPhone, FaultPhone];
});
afterAll(async () => {
  await line?.close();
  await server?.stop();
  await office?.close();
});

const cuts = Array.from({ length: 12 }, (_, i) => i / 12);

test('the line breaks at every part of a request', async () => {
  // The connection stands before its bytes are counted: one request, and not a second try of it.
  await shabana.drain(line.url);
  line.up = 0;
  await shabana.enlist(office.lso, 4);
  await shabana.sync(line.url);
  const bytes = line.up;
  expect(bytes).toBeGreaterThan(500);
  for (const part of cuts) {
    await shabana.enlist(office.lso, 4);
    line.weather = { upTo: Math.floor(bytes * part) };
    await expect(shabana.sync(line.url)).rejects.toThrow();
    line.weather = {};
  }
  expect(await office.judge(line.url)).toEqual([]);
});

test('the line breaks at every part of an answer: the office has the lines, and takes them no second time', async () => {
  await shabana.drain(line.url);
  line.down = 0;
  await shabana.enlist(office.lso, 4);
  await shabana.sync(line.url);
  const bytes = line.down;
  for (const part of cuts) {
    await shabana.enlist(office.lso, 4);
    line.weather = { downTo: Math.floor(bytes * part) };
    await shabana.sync(line.url).catch(() => undefined);
    line.weather = {};
  }
  expect(await office.judge(line.url)).toEqual([]);
});

test('a request that arrives twice, at once and much later, is written once', async () => {
  const sent: Parameters<typeof fetch>[] = [];
  zeba.fetch = async (...given) => {
    sent.push(given);
    // Without the patience of the first: it comes a day late.
    const again = () => fetch(given[0], { ...given[1], signal: null });
    const [answer] = await Promise.all([fetch(...given), again()]);
    return answer;
  };
  await zeba.enlist(office.vos[0] as string, 5);
  await zeba.sync(server.url);
  zeba.fetch = fetch;
  await zeba.enlist(office.vos[0] as string, 5);
  await zeba.sync(server.url);
  for (const [address, request] of sent) expect((await fetch(address, { ...request, signal: null })).status).toBe(200);
  expect(sent.length).toBeGreaterThan(0);
  expect(await office.judge(server.url)).toEqual([]);
});

test('the office hears and the phone does not: five answers are lost, none of the lines is', async () => {
  await zeba.enlist(office.vos[0] as string, 3);
  line.weather = { deaf: true };
  zeba.fetch = (address, request) => fetch(address, { ...request, signal: AbortSignal.timeout(300) });
  for (let i = 0; i < 5; i++) await expect(zeba.sync(line.url)).rejects.toThrow();
  expect(zeba.unsent).toBe(3);
  line.weather = {};
  zeba.fetch = fetch;
  expect(await office.judge(line.url)).toEqual([]);
});

test('64 kbit/s, late, and every eighth piece breaks the line: forty lines come through', async () => {
  let drawn = 0;
  // Every eighth, whatever the day: a fault that is found is found again.
  const chance = () => {
    drawn += 1;
    return drawn % 8 === 0 ? 0 : 1;
  };
  line.weather = { bytesPerSecond: 8000, late: 20, loss: 0.12, chance };
  for (let evening = 0; evening < 4; evening++) {
    await zeba.enlist(office.vos[0] as string, 10);
    await zeba.drain(line.url);
  }
  line.weather = {};
  expect(drawn).toBeGreaterThan(10);
  expect(await office.judge(line.url)).toEqual([]);
});

test('a line that never holds for a whole request, nor for a whole copy: less is said at a time, and all of it arrives', async () => {
  await zeba.enlist(office.vos[0] as string, 400);
  line.weather = { upTo: 3000 };
  await zeba.drain(line.url);
  expect(zeba.unsent).toBe(0);

  line.weather = {};
  line.down = 0;
  await (await office.newPhone(1)).drain(line.url);
  const whole = line.down;
  line.weather = { downTo: Math.floor(whole * 0.6) };
  const fresh = await office.newPhone(1);
  await fresh.drain(line.url);
  line.weather = {};
  expect(await fresh.holds()).toContain('donor');
  expect(await office.judge(line.url)).toEqual([]);
});

test('a portal, half an answer, an answer of another kind: nothing changes and nothing is taken for sent', async () => {
  const strange = [
    new Response('<html>Welcome to the hotel</html>', { status: 200, headers: { 'content-type': 'text/html' } }),
    new Response('{"epoch":{"number":1,"na', { status: 200, headers: { 'content-type': 'application/json' } }),
    new Response('[]', { status: 200, headers: { 'content-type': 'application/json' } }),
    new Response('', { status: 511 }),
  ];
  await shabana.enlist(office.lso, 2);
  for (const answer of strange) {
    shabana.fetch = async () => answer;
    await expect(shabana.sync(server.url)).rejects.toThrow();
    expect(shabana.unsent).toBe(2);
  }
  shabana.fetch = fetch;
  expect(await office.judge(server.url)).toEqual([]);
});

test('bodies that nobody honest sends are answered with a number, and the office goes on', async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/sync`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${zeba.token}`, ...headers },
      duplex: 'half',
    } as RequestInit);
  const bomb = gzipSync(Buffer.alloc(200_000_000, ' '));
  const endless = () => {
    let sent = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000_000;
        if (sent > 60_000_000) controller.close();
        else controller.enqueue(new Uint8Array(1_000_000).fill(32));
      },
    });
  };
  const bodies: readonly (readonly [string, BodyInit, Record<string, string>?])[] = [
    ['nothing', ''],
    ['no JSON', '{{{{'],
    ['null', 'null'],
    ['half an answer', '{"protocol":1,'],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['a field that nobody knows', '{"protocol":1,"app":"x","epoch":null,"push":[],"pull":null,"also":1}'],
    [
      'a seat of another',
      '{"protocol":1,"app":"x","epoch":null,"push":[{"seat":-1,"lines":[],"sealed":[]}],"pull":null}',
    ],
    ['a prototype', '{"__proto__":{"x":1},"protocol":1}'],
    ['a NUL', '{"protocol":1,"app":"\\u0000","epoch":null,"push":[],"pull":null}'],
    ['a bomb', bomb, { 'content-encoding': 'gzip' }],
    ['a torn gzip', gzipSync('{}').subarray(0, 12), { 'content-encoding': 'gzip' }],
    ['sixty megabytes without a length', endless() as never],
  ];
  for (const [what, body, headers] of bodies) {
    const answer = await post(body, headers).catch(() => null);
    // A line that is closed in the middle of too much is an answer too.
    if (answer) expect([200, 400, 413], what).toContain(answer.status);
    expect((await fetch(`${server.url}/health`)).status, what).toBe(200);
  }
  for (const path of [
    '/api/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/api/sync?x=%00',
    `/${'a'.repeat(9000)}`,
  ]) {
    const answer = await fetch(`${server.url}${path}`);
    expect(await answer.text(), path).not.toContain('root:');
    expect(answer.status, path).toBeLessThan(500);
  }
  expect(await office.judge(server.url)).toEqual([]);
});
