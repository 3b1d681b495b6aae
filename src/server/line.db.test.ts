/*
 * The line itself, spoken to by hand: requests that say their length in two ways, people who speak slowly, and where it listens.
 */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../tests/support/database.ts';
import { oneKey } from '../../tests/support/keys-in-hand.ts';
import { openLine, type Patience } from '../platform/http/server/open-line.ts';
import { installationOf } from './installation.ts';
import { type OfficeServer, officeServer } from './office-server.ts';
import { routesOf } from './routes.ts';

let database: TestDatabase;
let server: OfficeServer;
const lines: { close: (done?: () => void) => unknown; closeAllConnections?: () => void }[] = [];
beforeAll(async () => {
  database = await testDatabase();
  const { sealingKey } = await installationOf(database.owner, oneKey);
  const log = { info: () => undefined, error: (fields: object, text: string) => console.error(text, fields) };
  server = officeServer(database.app, sealingKey, log);
});
afterAll(async () => {
  for (const line of lines) {
    line.closeAllConnections?.();
    await new Promise<void>((done) => line.close(() => done()));
  }
  await database?.close();
});

async function listen(host?: string, patience?: Patience, proxies: readonly string[] = []): Promise<number> {
  const { fetch } = routesOf(server, '/nowhere', null, proxies);
  const { http, port } = await openLine(fetch, { port: 0, ...(host && { host }) }, patience);
  lines.push(http as (typeof lines)[number]);
  return port;
}

/** Says these words, and hears until the other side hangs up. Rejects where nobody answers. */
function say(port: number, words: string, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect({ port, host }, () => socket.write(words));
    socket.setEncoding('latin1');
    socket.on('data', (part) => (heard += part));
    socket.on('close', () => resolve(heard));
    socket.on('error', (error) => (heard === '' ? reject(error) : undefined));
  });
}
const answersIn = (heard: string) => [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));

/** What hides in the body of another request; it would be answered with 401. */
const hidden = 'GET /api/desk/overview HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const post = (head: string, body: string) => `POST /api/enrol HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n${body}`;

test('a request that says its length twice or in two ways is refused, and what hides behind it is not answered', async () => {
  const port = await listen();
  for (const [why, words] of [
    ['length and pieces', post(`Content-Length: 5\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${hidden}`)],
    ['pieces and length', post(`Transfer-Encoding: chunked\r\nContent-Length: ${hidden.length}`, `0\r\n\r\n${hidden}`)],
    ['two lengths', post('Content-Length: 0\r\nContent-Length: 40', hidden)],
    ['a list of lengths', post('Content-Length: 0, 40', hidden)],
    ['a length with a sign', post('Content-Length: +5', `12345${hidden}`)],
    ['a length in another count', post('Content-Length: 0x5', `12345${hidden}`)],
    ['pieces that are not last', post('Transfer-Encoding: chunked, identity', `0\r\n\r\n${hidden}`)],
    ['something like pieces', post('Transfer-Encoding: xchunked', `0\r\n\r\n${hidden}`)],
    ['a gap before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${hidden}`)],
    ['a line that goes on', post('X: a\r\n Transfer-Encoding: chunked', `0\r\n\r\n${hidden}`)],
    ['a piece with no right length', post('Transfer-Encoding: chunked', `zz\r\n${hidden}`)],
    ['a piece longer than all', post('Transfer-Encoding: chunked', `fffffffffffffffff\r\n${hidden}`)],
    ['a head with a half line end', `GET /health HTTP/1.1\r\nHost: x\r\nX: a\rY: b\r\n\r\n${hidden}`],
    ['a head with a sign that is none', `GET /health HTTP/1.1\r\nHost: x\r\nX\u0000: a\r\n\r\n${hidden}`],
    ['no host', `GET /health HTTP/1.1\r\n\r\n${hidden}`],
  ] as const) {
    const heard = await say(port, words);
    const [first, ...more] = answersIn(heard);
    expect([why, first, more]).toEqual([why, 400, []]);
  }
});

test('what stands in the body of a request is its body, and the next request begins where the length says', async () => {
  const port = await listen();
  const get = (body: string) =>
    `GET /api/desk/account HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  // The hidden one is the body of the first; the last is a request of its own.
  const heard = await say(port, `${get(hidden)}GET /api/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  expect(answersIn(heard)).toEqual([401, 404]);
});

test('whoever speaks slowly is hung up on, and others are answered meanwhile', async () => {
  const port = await listen(undefined, { head: 400, whole: 800, look: 100 });
  const slow = [
    say(port, 'GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: '),
    say(port, post('Content-Length: 1000', '{"code":')),
    say(port, post('Transfer-Encoding: chunked', '5\r\n{"cod\r\n')),
  ];
  const quick = await say(port, 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(answersIn(quick)).toEqual([200]);
  // A body that was cut off is also a form that is not understood: whichever is said first, the line is closed behind it.
  for (const heard of await Promise.all(slow)) {
    expect(answersIn(heard)).toHaveLength(1);
    expect([400, 408]).toContain(answersIn(heard)[0]);
  }
});

test('a server that is told to listen to its own machine is not there for others', async () => {
  const all = await listen();
  const home = await listen('127.0.0.1');
  const asked = 'GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  expect(answersIn(await say(home, asked))).toEqual([200]);
  // Another address, and the same machine: as near to a neighbour as a test comes.
  expect(answersIn(await say(all, asked, '127.0.0.2'))).toEqual([200]);
  await expect(say(home, asked, '127.0.0.2')).rejects.toThrow('ECONNREFUSED');
  await expect(listen('192.0.2.1')).rejects.toThrow('OTAQ_HOST is 192.0.2.1');
});
