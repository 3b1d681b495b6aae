import { createHash, randomBytes, randomInt } from 'node:crypto';

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
