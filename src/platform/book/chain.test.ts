import { expect, test } from 'vitest';
import { canonicalJson } from './canonical.ts';
import {
  type ChainFault,
  chainStart,
  chainWalkStart,
  followChain,
  hashBody,
  hashEntry,
  hashText,
  remainsOf,
} from './chain.ts';
import { type Entry, type EntryBody, type EntryHeader, type Remains, replay } from './entry.ts';

const header: EntryHeader = {
  office: 10,
  sequence: 1,
  seat: 7,
  line: 118,
  person: null,
  command: 'moves.move-household',
  state: 'accepted',
  at: 1000,
  receivedAt: 2000,
};
const made = (id: string, name: string) =>
  ({ do: 'create', kind: 'person', id, scope: '1-1', body: { name } }) as const;
const body: EntryBody = {
  input: { persons: ['Halima', 'Shabana'] },
  shape: 0,
  grants: 1,
  refusal: null,
  changes: [made('7-118', 'Halima'), made('7-118.2', 'Shabana')],
};
const salt = '00112233445566778899aabbccddeeff';
function entryWith(bodyHash: string): Entry {
  return { ...header, id: '7-118', body, salt, bodyHash, hash: hashEntry(chainStart, header, bodyHash) };
}
const entry = entryWith(hashBody(salt, body));
const isHalima = ({ id }: { readonly id: string }) => id === '7-118';
const erased = (whole: Entry, remains: Remains): Entry => ({ ...whole, body: null, salt: '', remains });
const halimaErased = erased(entry, remainsOf(entry, isHalima));
const faultIn = (one: Entry) => (followChain(chainWalkStart, one) as Partial<ChainFault>).fault ?? null;

test('one woman is erased from an entry, and the chain still holds what it says of the other', () => {
  expect(faultIn(entry)).toBeNull();
  expect(faultIn(halimaErased)).toBeNull();
  const left = JSON.stringify(halimaErased);
  expect(left).not.toContain('Halima');
  // The salt of the whole would let her words be guessed from their hash.
  expect(left).not.toContain(salt);
  expect(left).toContain('Shabana');
});

test('what is left of an erased entry cannot be rewritten', () => {
  const rewritten = JSON.parse(JSON.stringify(halimaErased).replace('Shabana', 'Somebody')) as Entry;
  expect(faultIn(rewritten)).toBe('body');
  const { line, changes } = halimaErased.remains as Remains;
  expect(faultIn(erased(entry, { line, changes: changes.slice(1) }))).toBe('body');
  expect(faultIn(erased(entry, { line: null, changes }))).toBe('body');
});

test('a second woman of the same entry is erased later, and nothing of either is left', () => {
  const both = erased(
    entry,
    remainsOf(halimaErased, () => true),
  );
  expect(faultIn(both)).toBeNull();
  expect(JSON.stringify(both)).not.toMatch(/Halima|Shabana/);
  expect(
    faultIn(
      erased(
        entry,
        remainsOf(entry, () => true),
      ),
    ),
  ).toBeNull();
});

test('an entry that was hashed in one piece still verifies, and loses its words as a whole', () => {
  const old = entryWith(hashText(salt + canonicalJson(body)));
  expect(faultIn(old)).toBeNull();
  expect(faultIn({ ...old, body: { ...body, grants: 2 } })).toBe('body');
  const remains = remainsOf(old, isHalima);
  expect(JSON.stringify(remains)).not.toMatch(/Halima|Shabana/);
  expect(faultIn(erased(old, remains))).toBeNull();
  expect(remains.changes.map((part) => 'id' in part && part.id)).toEqual(['7-118', '7-118.2']);
});

test('pages are made again from what is left, and the page of whom nothing is told is known to be unknown', () => {
  const records = new Map();
  const unknown = new Set<string>();
  replay(halimaErased, records, unknown);
  expect([...records.values()]).toEqual([
    { id: '7-118.2', kind: 'person', scope: '1-1', version: 1, body: { name: 'Shabana' } },
  ]);
  expect([...unknown]).toEqual(['person 7-118']);
});
