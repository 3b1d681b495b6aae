/*
 * The key of somebody who hears complaints. It is made in her browser; the server keeps the private half only as a box that opens with words
 * she alone knows:
 *
 *   16 bytes salt · 12 bytes iv · AES-256-GCM( private key )      key = Argon2id( her words, salt )
 */
import { argon2id } from 'hash-wasm';
import { fromBase64, openWords, toBase64 } from '../../../platform/sync/phone/seal-words.ts';
import { boxInfo, boxPlace, type ComplaintWords } from '../complaint.ts';

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const saltBytes = 16;
const ivBytes = 12;

/** Source: OWASP Password Storage Cheat Sheet, Argon2id: 46 MiB, 1 round, 1 lane. */
async function keyOf(words: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const hash = await argon2id({
    password: words.normalize('NFC'),
    salt,
    iterations: 1,
    memorySize: 47_104,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  });
  return crypto.subtle.importKey('raw', new Uint8Array(hash), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** A new key pair: the public half, and the private half locked. */
export async function makeHearerKey(
  words: string,
): Promise<{ readonly publicKey: JsonWebKey; readonly lockedKey: string }> {
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const own = new TextEncoder().encode(JSON.stringify(await crypto.subtle.exportKey('jwk', pair.privateKey)));
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const box = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(words, salt), own));
  const locked = new Uint8Array(saltBytes + ivBytes + box.length);
  locked.set(salt);
  locked.set(iv, saltBytes);
  locked.set(box, saltBytes + ivBytes);
  return { publicKey: { kty, crv, x, y } as JsonWebKey, lockedKey: toBase64(locked) };
}

/** Her private key, opened with her words. Null when they are not right. */
export async function unlockHearerKey(lockedKey: string, words: string): Promise<CryptoKey | null> {
  const locked = fromBase64(lockedKey);
  const salt = locked.slice(0, saltBytes);
  const iv = locked.slice(saltBytes, saltBytes + ivBytes);
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv },
      await keyOf(words, salt),
      locked.slice(saltBytes + ivBytes),
    );
    const key = JSON.parse(new TextDecoder().decode(opened)) as JsonWebKey;
    return await crypto.subtle.importKey('jwk', key, curve, false, ['deriveBits']);
  } catch {
    return null;
  }
}

/** What a complaint says. Null for one that was sealed to a key she no longer has. */
export async function openComplaint(
  own: CryptoKey,
  complaint: string,
  to: string,
  box: string,
): Promise<ComplaintWords | null> {
  try {
    return JSON.parse(await openWords(own, boxInfo, boxPlace(complaint, to), box)) as ComplaintWords;
  } catch {
    return null;
  }
}
