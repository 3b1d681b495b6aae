/* The phones of `weekend.ts`: sends the prepared requests all at once, and reads the answers after the last has come. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { SyncAnswer } from '../src/platform/sync/protocol.ts';
import type { Drained, WeekendPhone } from './weekend.ts';

const [url, folder] = process.argv.slice(2) as [string, string];
const phones = JSON.parse(readFileSync(join(folder, 'phones.json'), 'utf8')) as WeekendPhone[];
const bodies = phones.map(({ file }) => readFileSync(file));
const agent = new Agent({ keepAlive: true, maxSockets: phones.length });

const from = performance.now();
const answers = await Promise.all(phones.map(({ token }, i) => sync(token, bodies[i] as Buffer)));
const milliseconds = performance.now() - from;

const read = answers.map((bytes) => JSON.parse(brotliDecompressSync(bytes).toString()) as SyncAnswer);
const drained: Drained = {
  milliseconds,
  accepted: read
    .flatMap(({ push }) => push)
    .flatMap(({ answers }) => answers)
    .filter(({ state }) => state === 'accepted').length,
  bytesUp: bodies.reduce((sum, body) => sum + body.length, 0),
  bytesDown: answers.reduce((sum, bytes) => sum + bytes.length, 0),
};
process.stdout.write(JSON.stringify(drained));
agent.destroy();

function sync(token: string, body: Buffer): Promise<Buffer> {
  return new Promise((done, fail) => {
    const asking = request(`${url}/api/sync`, {
      method: 'POST',
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'content-length': body.length,
        'accept-encoding': 'br',
      },
    });
    asking.on('error', fail);
    asking.on('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', fail);
      answer.on('end', () =>
        answer.statusCode === 200
          ? done(Buffer.concat(parts))
          : fail(new Error(`a phone was answered ${answer.statusCode}: ${Buffer.concat(parts)}`)),
      );
    });
    asking.end(body);
  });
}
