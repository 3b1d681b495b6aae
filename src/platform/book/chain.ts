/*
 * Each office's book is a chain:
 *
 *   hash(n)     = sha256( hash(n−1) · header(n) · bodyHash(n) )
 *   bodyHash(n) = sha256( part(0) · part(1) · part(2) · … )       part(0) is the line that was sent, each other one of its changes
 *   part(i)     = sha256( salt(i) · words(i) )                    salt(i) = sha256( salt · i )
 *
 * The body enters by salted hashes only. Erasing the words of a part and its salt leaves every hash as it was: the chain still verifies,
 * holds the parts that stay, and nobody can guess the others back. The head is printed on minutes and kept on phones.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical.ts';
import type { Entry, EntryBody, EntryChange, EntryHeader, Remains } from './entry.ts';

/** What stands before the first entry of every book. */
export const chainStart = '0'.repeat(64);

export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

export function hashBody(salt: string, { changes, ...line }: EntryBody): string {
  return hashText([line, ...changes].map((part, i) => hashPart(saltOf(salt, i), part)).join(''));
}

function hashPart(salt: string, part: unknown): string {
  return hashText(salt + canonicalJson(part));
}

function saltOf(salt: string, part: number): string {
  return hashText(`${salt} ${part}`);
}

/** As bodies were hashed at first: in one piece, of which no part can stand without the rest. */
function hashInOnePiece(salt: string, body: EntryBody): string {
  return hashText(salt + canonicalJson(body));
}

/** What is left of an entry when the line that was sent loses its words, and every change that is `taken`. */
export function remainsOf(
  { body, salt, bodyHash, remains }: Pick<Entry, 'body' | 'salt' | 'bodyHash' | 'remains'>,
  taken: (change: EntryChange) => boolean,
): Remains {
  if (body === null) {
    const { line = null, changes = [] } = remains ?? {};
    return {
      line,
      changes: changes.map((part) => {
        if (!('change' in part) || !taken(part.change)) return part;
        const { kind, id } = part.change;
        return { kind, id, hash: hashPart(part.salt, part.change) };
      }),
    };
  }
  const { changes, ...line } = body;
  if (hashBody(salt, body) !== bodyHash)
    return { line: null, changes: changes.map(({ kind, id }) => ({ kind, id, hash: null })) };
  return {
    line: hashPart(saltOf(salt, 0), line),
    changes: changes.map((change, i) => {
      const { kind, id } = change;
      const own = saltOf(salt, i + 1);
      return taken(change) ? { kind, id, hash: hashPart(own, change) } : { salt: own, change };
    }),
  };
}

/** Whether an entry's words, or what an erasure has left of them, are those that were hashed. */
function isAsHashed({ body, salt, bodyHash, remains }: Entry): boolean {
  if (body !== null) return hashBody(salt, body) === bodyHash || hashInOnePiece(salt, body) === bodyHash;
  const { line = null, changes = [] } = remains ?? {};
  // Without a hash of its own nothing that is left could be held against the chain: then nothing is.
  if (line === null) return changes.every((part) => !('change' in part));
  return (
    hashText(
      line + changes.map((part) => ('change' in part ? hashPart(part.salt, part.change) : part.hash)).join(''),
    ) === bodyHash
  );
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
  if (!isAsHashed(entry)) return { sequence, fault: 'body' };
  if (hashEntry(walk.hash, entry, entry.bodyHash) !== entry.hash) return { sequence, fault: 'hash' };
  return { sequence, hash: entry.hash, erased: walk.erased + (entry.body === null ? 1 : 0) };
}
