import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSealingKey } from '../../sync/server/open-lines.ts';
import { closeSealingKey, isReadByOthers, keyFile, openSealingKey } from './house-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'otaq-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the key of the house is a file that only its user reads, made once and never written over', () => {
  const path = join(folder, 'new', 'otaq.key');
  const place = keyFile(path);
  expect(place.read()).toBeNull();
  const key = place.make();
  expect(key).toHaveLength(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(isReadByOthers(path)).toBe(false);
  // Started again, and by a second server in the same moment.
  expect(keyFile(path).make()).toEqual(key);
  expect(keyFile(path).read()).toEqual(key);
  expect(readdirSync(join(folder, 'new'))).toEqual(['otaq.key']);
  chmodSync(path, 0o640);
  expect(isReadByOthers(path)).toBe(true);
});

test('a file that is torn or is something else is said to be no key, and stays as it is', () => {
  const path = join(folder, 'torn.key');
  writeFileSync(path, 'otaq key 1 abc');
  expect(() => keyFile(path).make()).toThrow(/is no key of Otaq/);
  expect(readFileSync(path, 'utf8')).toBe('otaq key 1 abc');
});

test('what the key of one house has closed opens with it, and with no other, and not when a sign of it is changed', async () => {
  const key = await makeSealingKey();
  const mine = keyFile(join(folder, 'mine.key'));
  const closed = closeSealingKey(key, mine.make());
  expect(JSON.stringify(closed)).not.toContain(key.privateKey.d);
  expect(closed.publicKey).toEqual(key.publicKey);
  expect(openSealingKey(closed, mine)).toEqual(key);
  const other = keyFile(join(folder, 'other.key'));
  expect(() => openSealingKey(closed, other)).toThrow(/is not there: .*other\.key.*OTAQ_KEY_FILE/);
  expect(other.read()).toBeNull();
  other.make();
  expect(() => openSealingKey(closed, other)).toThrow(/other\.key is not the one/);
  const elsewhere = { ...closed, publicKey: (await makeSealingKey()).publicKey };
  expect(() => openSealingKey(elsewhere, mine)).toThrow(/is not the one/);
});
