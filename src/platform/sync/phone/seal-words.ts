/*
 * Words that only one reader can open, made in a browser:
 *
 *   65 bytes ephemeral P-256 point · 12 bytes iv · AES-256-GCM( words )      key = HKDF-SHA-256( ECDH( ephemeral, reader ), info )
 *
 * `place` is bound in: a box that is moved elsewhere does not open.
 */
import { sealedIvBytes, sealedPointBytes } from '../sealed-line.ts';

const bytes = new TextEncoder();
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** A reader's public key. */
export function importSealingKey(key: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', key, curve, false, []);
}

/** Seals words to a reader. Whoever sealed them cannot open them again. */
export async function sealWords(reader: CryptoKey, info: string, place: string, words: string): Promise<string> {
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: reader }, pair.privateKey, 256);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = await boxKey(bits, point, info, 'encrypt');
  const iv = crypto.getRandomValues(new Uint8Array(sealedIvBytes));
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: bytes.encode(place) },
    key,
    bytes.encode(words),
  );
  const sealed = new Uint8Array(point.length + iv.length + box.byteLength);
  sealed.set(point);
  sealed.set(iv, point.length);
  sealed.set(new Uint8Array(box), point.length + iv.length);
  return toBase64(sealed);
}

/** Opens a box with the reader's private key. Rejects where it is another's, was moved, or is torn. */
export async function openWords(own: CryptoKey, info: string, place: string, box: string): Promise<string> {
  const sealed = fromBase64(box);
  const point = sealed.slice(0, sealedPointBytes);
  const from = await crypto.subtle.importKey('raw', point, curve, false, []);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: from }, own, 256);
  const key = await boxKey(bits, point, info, 'decrypt');
  const iv = sealed.slice(sealedPointBytes, sealedPointBytes + sealedIvBytes);
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv, additionalData: bytes.encode(place) },
    key,
    sealed.slice(sealedPointBytes + sealedIvBytes),
  );
  return new TextDecoder().decode(opened);
}

async function boxKey(
  bits: ArrayBuffer,
  salt: Uint8Array<ArrayBuffer>,
  info: string,
  use: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: bytes.encode(info) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    [use],
  );
}

export function toBase64(from: Uint8Array): string {
  let text = '';
  for (const byte of from) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
