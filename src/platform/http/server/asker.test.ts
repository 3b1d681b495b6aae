import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { addressOf, believing, isSecure } from './asker.ts';

/** Who asks, as a server sees it that believes these proxies, when `next` is at the other end of the line. */
async function asked(next: string, headers: Record<string, string>, proxies: readonly string[] = []) {
  const app = new Hono().use(believing(proxies)).get('/', (c) => c.json([addressOf(c), isSecure(c)]));
  const line = { incoming: { socket: { remoteAddress: next } } };
  return (await app.request('http://otaq.example.org/', { headers }, line)).json();
}
const told = (addresses: string) => ({ 'x-forwarded-for': addresses, 'x-forwarded-proto': 'https' });

test('a proxy on this machine is believed; whoever asks from elsewhere is not believed what she says of herself', async () => {
  expect(await asked('127.0.0.1', told('203.0.113.9'))).toEqual(['203.0.113.9', true]);
  expect(await asked('::ffff:127.0.0.1', told('192.0.2.77, 203.0.113.9'))).toEqual(['203.0.113.9', true]);
  expect(await asked('203.0.113.9', told('192.0.2.77'))).toEqual(['203.0.113.9', false]);
  expect(await asked('10.0.0.5', told('192.0.2.77'))).toEqual(['10.0.0.5', false]);
});

test('a proxy elsewhere is believed when the operator has named it, and never steps into the place of who asks', async () => {
  const proxies = ['10.0.0.5', 'fd00::7'];
  expect(await asked('10.0.0.5', told('203.0.113.9'), proxies)).toEqual(['203.0.113.9', true]);
  expect(await asked('::ffff:10.0.0.5', told('203.0.113.9'), proxies)).toEqual(['203.0.113.9', true]);
  // Two of them in a row; and an address that she has put before.
  expect(await asked('127.0.0.1', told('192.0.2.77, 203.0.113.9, fd00::7, 10.0.0.5'), proxies)).toEqual([
    '203.0.113.9',
    true,
  ]);
  expect(await asked('10.0.0.6', told('203.0.113.9'), proxies)).toEqual(['10.0.0.6', false]);
  expect(await asked('10.0.0.5', {}, proxies)).toEqual(['10.0.0.5', false]);
});
