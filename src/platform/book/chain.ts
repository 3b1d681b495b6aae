/*
 * Each office's book is a chain:
 *
 *   hash(n) = sha256( hash(n−1) · header(n) · bodyHash(n) )        bodyHash(n) = sha256( salt · body )
 *
 * The body enters by its salted hash only. Erasing a body and its salt leaves every hash as it was: the chain still verifies,
 * and nobody can guess the body back. The head is printed on minutes and kept on phones.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical.ts';
import type { Entry, EntryBody, EntryHeader } from './entry.ts';

/** What stands before the first entry of every book. */
export const chainStart = '0'.repeat(64);

export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

export function hashBody(salt: string, body: EntryBody): string {
  return hashText(salt + canonicalJson(body));
}

export function hashEntry(previous: string, header: EntryHeader, bodyHash: string): string {
  const { office, sequence, seat, line, person, command, state, at, receivedAt } = header;
  return hashText(
    previous + canonicalJson({ office, sequence, seat, line, person, command, state, at, receivedAt }) + bodyHash,
  );
}

/** Twelve groups of five digits would be too long to read over a phone: the head is shown as 20 digits in fives. */
export function formatHead(hash: string): string {
  const digits = (BigInt(`0x${hash.slice(0, 17)}`) % 10n ** 20n).toString().padStart(20, '0');
  return digits.replace(/(.{5})(?=.)/g, '$1 ');
}

export type ChainFault = {
  readonly sequence: number;
  readonly fault: 'sequence' | 'body' | 'hash' | 'head';
};

/** Walks a chain entry by entry; feed it entries in order. */
export type ChainWalk = { readonly sequence: number; readonly hash: string; readonly erased: number };
export const chainWalkStart: ChainWalk = { sequence: 0, hash: chainStart, erased: 0 };

/** The next step of a walk, or the first bad line. */
export function followChain(walk: ChainWalk, entry: Entry): ChainWalk | ChainFault {
  const { sequence } = entry;
  if (sequence !== walk.sequence + 1) return { sequence: walk.sequence + 1, fault: 'sequence' };
  if (entry.body !== null && hashBody(entry.salt, entry.body) !== entry.bodyHash) return { sequence, fault: 'body' };
  if (hashEntry(walk.hash, entry, entry.bodyHash) !== entry.hash) return { sequence, fault: 'hash' };
  return { sequence, hash: entry.hash, erased: walk.erased + (entry.body === null ? 1 : 0) };
}
