import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { readHandover, writeHandover } from '../../sync/handover.ts';
import { makeSealingKey, openLines } from '../../sync/server/open-lines.ts';
import { linesToHandOver } from './handed-over.ts';
import type { PhoneDatabase, StoredLine } from './phone-database.ts';
import { openSealedStore, type StoreKeys } from './sealed-store.ts';

/** The disk of a phone, as far as a store asks it: lines by slot and number, and no pages yet. */
function phoneDisk(): { readonly database: PhoneDatabase; readonly lines: Map<string, StoredLine> } {
  const lines = new Map<string, StoredLine>();
  const keyOf = (line: Pick<StoredLine, 'slot' | 'line'>) => `${line.slot} ${line.line}`;
  const objectStore = (name: string) => ({
    add: async (line: StoredLine) => void lines.set(keyOf(line), line),
    put: async (line: StoredLine) => void (name === 'lines' && lines.set(keyOf(line), line)),
    delete: async (key: string | [string, number]) => void lines.delete(`${key[0]} ${key[1]}`),
  });
  const database = {
    getAll: async (name: string, slot?: string) =>
      name === 'lines' ? [...lines.values()].filter((line) => slot === undefined || line.slot === slot) : [],
    get: async (_name: string, [slot, line]: [string, number]) => lines.get(keyOf({ slot, line })),
    transaction: () => ({ store: objectStore('lines'), objectStore, done: Promise.resolve() }),
  };
  return { database: database as unknown as PhoneDatabase, lines };
}

async function zebasStore() {
  Object.assign(globalThis, { IDBKeyRange: { bound: ([slot]: [string]) => slot } });
  const key = await makeSealingKey();
  const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
  const server = await webcrypto.subtle.importKey('jwk', key.publicKey, algorithm, false, []);
  const data = await webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const actor = { nature: 'person', seat: 7, office: 10, person: '1-6' } as const;
  const keys = { slot: 'zeba', data, server, actor } as unknown as StoreKeys;
  const disk = phoneDisk();
  const store = await openSealedStore(disk.database, keys);
  for (const line of [1, 2, 3])
    await store.append({ seat: 7, line, command: 'a.command', shape: 0, input: { said: line }, at: 1, grants: 0 });
  return { key, keys, ...disk };
}

function tear(line: StoredLine | undefined): void {
  if (!line) throw new Error('no such line');
  new Uint8Array(line.own.box).fill(0, 20, 24);
}

/** An answer that says nothing. */
const update = {
  epoch: { number: 1, name: 'first' },
  heardAt: 2,
  safe: 0,
  answers: [],
  arrivals: [],
  grants: null,
  head: null,
  emptied: [],
  restart: false,
  offerAfter: null,
};

test('a torn line takes no other with it: the rest opens, and it goes to the office as it was sealed', async () => {
  const { key, keys, database, lines } = await zebasStore();
  tear(lines.get('zeba 2'));
  const store = await openSealedStore(database, keys);
  const state = await store.load();
  expect(state.lines.map(({ line }) => line.line)).toEqual([1, 3]);
  expect(state.nextLine).toBe(4);
  expect(store.sealedUnsent()).toBe(1);
  const [bundle] = await store.toSend(500);
  expect(bundle?.lines.map(({ line }) => line)).toEqual([1, 3]);
  expect(bundle?.torn).toEqual([2]);
  expect(await openLines(key, bundle as NonNullable<typeof bundle>)).toMatchObject({
    lines: [{ line: 2, input: { said: 2 } }],
    shut: [],
  });
});

test('a torn line is sent until the office has it, and offered again to an office that was restored', async () => {
  const { keys, database, lines } = await zebasStore();
  tear(lines.get('zeba 2'));
  const store = await openSealedStore(database, keys);
  const answered = new Map([1, 2, 3].map((line) => [line, { state: 'accepted', sequence: line } as const]));
  await store.apply({ ...update, answers: [{ seat: 7, lines: answered }] });
  expect(store.sealedUnsent()).toBe(0);
  expect(await store.toSend(500)).toEqual([]);
  const box = lines.get('zeba 2')?.escrow;
  await store.apply({ ...update, epoch: { number: 2, name: 'second' }, restart: true, offerAfter: 0 });
  const [bundle] = await store.toSend(500);
  expect(bundle?.lines.map(({ line }) => line)).toEqual([1, 3]);
  expect(bundle?.sealed).toEqual([{ line: 2, box }]);
  expect(store.sealedUnsent()).toBe(1);
});

test('a phone that the office cuts off keeps its torn line, sealed, beside what else was not taken', async () => {
  const { keys, database, lines } = await zebasStore();
  tear(lines.get('zeba 2'));
  const box = lines.get('zeba 2')?.escrow;
  const store = await openSealedStore(database, keys);
  // The first line was taken and is backed up; then another phone spoke with the same numbers, and nothing more is answered.
  const taken = new Map([[1, { state: 'accepted', sequence: 1 } as const]]);
  await store.apply({ ...update, safe: 1, answers: [{ seat: 7, lines: taken }] });
  await store.apply({ ...update, safe: 1, answers: [{ seat: 7, lines: new Map() }] });
  const opened = await openSealedStore(database, keys);
  expect((await opened.load()).nextLine).toBe(4);
  expect(opened.sealedUnsent()).toBe(1);
  const [bundle] = await opened.toSend(500);
  expect(bundle?.lines.map(({ line }) => line)).toEqual([3]);
  expect(bundle?.sealed).toEqual([{ line: 2, box }]);
});

test('a line that is torn in both copies is told apart from the others, in her own session, in another woman’s and in a file that is handed over', async () => {
  const { key, keys, database, lines } = await zebasStore();
  const stored = lines.get('zeba 2');
  tear(stored);
  const box = stored?.escrow ?? '';
  lines.set('zeba 2', { ...(stored as StoredLine), escrow: `${box.slice(0, 200)}AAAA${box.slice(204)}` });
  await openSealedStore(database, keys);
  const sakina = { ...keys, slot: 'sakina', actor: { ...keys.actor, seat: 9 } };
  const [own] = await (await openSealedStore(database, keys)).toSend(500);
  const [carried] = await (await openSealedStore(database, sakina)).toSend(500);
  const [handed] = readHandover(writeHandover(await linesToHandOver(database))) ?? [];
  for (const bundle of [own, carried, handed]) {
    expect(bundle).toMatchObject({ seat: 7, torn: [2] });
    const { lines: opened, shut } = await openLines(key, bundle as NonNullable<typeof bundle>);
    expect([...(bundle?.lines ?? []), ...opened].map(({ line }) => line)).toEqual([1, 3]);
    expect(shut).toEqual([2]);
  }
});
