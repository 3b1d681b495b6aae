import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('a database on another machine is spoken with only over TLS, and only when it has proved its name', () => {
  const at =
    (url: string, more: NodeJS.ProcessEnv = {}) =>
    () =>
      readConfig({ DATABASE_URL: url, ...more }).databaseUrl;
  for (const home of [
    'postgres://otaq:x@localhost/otaq',
    'postgres://otaq:x@127.0.0.1:5432/otaq',
    'postgres://otaq:x@[::1]/otaq',
    'postgres:///otaq?host=/var/run/postgresql',
    'postgres://otaq:x@db.example.org/otaq?sslmode=verify-full',
    'postgresql://otaq:x@10.0.0.5/otaq?sslmode=verify-full&sslrootcert=/etc/otaq/ca.pem',
  ])
    expect(at(home)(), home).toBe(home);
  for (const open of [
    'postgres://otaq:x@db.example.org/otaq',
    'postgres://otaq:x@10.0.0.5/otaq?sslmode=disable',
    'postgres://otaq:x@10.0.0.5/otaq?sslmode=require',
    'postgres://otaq:x@10.0.0.5/otaq?sslmode=no-verify',
    'postgres://otaq:x@10.0.0.5/otaq?sslmode=verify-full&sslmode=disable',
    'postgres://otaq:x@localhost/otaq?host=10.0.0.5',
    'postgres://otaq:x@localhost.example.org/otaq',
    'postgres://otaq:x@127.0.0.1.example.org/otaq',
  ]) {
    expect(at(open), open).toThrow(/sslmode=verify-full.*OTAQ_PLAIN_DATABASE=yes/);
    expect(at(open, { OTAQ_PLAIN_DATABASE: 'no' }), open).toThrow(/verify-full/);
    expect(at(open, { OTAQ_PLAIN_DATABASE: 'yes' })()).toBe(open);
  }
});

test('the address on which to listen and the proxies that are believed are addresses, or are refused with an example', () => {
  expect(readConfig({})).not.toHaveProperty('host');
  expect(readConfig({ OTAQ_HOST: '127.0.0.1', OTAQ_PROXIES: '10.0.0.5, fd00::7' })).toMatchObject({
    host: '127.0.0.1',
    proxies: ['10.0.0.5', 'fd00::7'],
  });
  expect(() => readConfig({ OTAQ_HOST: 'otaq.example.org' })).toThrow(/OTAQ_HOST is "otaq.example.org".*127\.0\.0\.1/);
  expect(() => readConfig({ OTAQ_PROXIES: '10.0.0.5,everybody' })).toThrow(
    /OTAQ_PROXIES names "everybody".*10\.0\.0\.5/,
  );
});

test('the address that phones open is kept without its last slash, and a name alone is none', () => {
  expect(readConfig({ OTAQ_ADDRESS: 'https://otaq.example.org/' }).address).toBe('https://otaq.example.org');
  expect(readConfig({}).address).toBeUndefined();
  for (const wrong of ['otaq.example.org', 'https://otaq.example.org/desk', ''])
    expect(() => readConfig({ OTAQ_ADDRESS: wrong })).toThrow('OTAQ_ADDRESS is');
});
