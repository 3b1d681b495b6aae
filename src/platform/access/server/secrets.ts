import { createHash, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto';
import type { SealingKey } from '../../sync/server/open-lines.ts';

/** 256 bits, for a phone or a session to hold. Only its hash is kept here. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Ten digits, to be read over a shoulder once: guessed at one in ten thousand million, and only while it lives. */
export function makeCode(): string {
  return Array.from({ length: 10 }, () => randomInt(10)).join('');
}

/** How a code of ten digits is kept: whoever has read the database, and not the installation's key, cannot try all of them. */
export function hashCode(key: SealingKey, code: string): string {
  return keyHash(key, hashSecret(code));
}

/** The same from the plain hash, as which codes were kept before there was a key. */
export function keyHash({ privateKey }: SealingKey, hash: string): string {
  if (!privateKey.d) throw new Error('the installation has no private key');
  const secret = Buffer.from(privateKey.d, 'base64url');
  const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'otaq codes 1', 32));
  return createHmac('sha256', key).update(hash).digest('base64url');
}

/** Sixteen signs that nobody confuses, in fours: 80 bits, to be copied once from one screen to another. */
export function makeWord(): string {
  const signs = 'abcdefghijkmnpqrstuvwxyz23456789';
  const word = Array.from({ length: 16 }, () => signs[randomInt(signs.length)]).join('');
  return word.replace(/(.{4})(?=.)/g, '$1-');
}

/** How the log names an account: the same one each time, and nobody's name. */
export function accountMark(name: string): string {
  return hashSecret(`account ${name}`).slice(0, 8);
}
