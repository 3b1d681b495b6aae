import type { SentLine } from '../../book/line.ts';
import { sealedInfo, sealedPlace } from '../sealed-line.ts';

const bytes = new TextEncoder();

/** The server's public key, as it is given when a phone is enrolled. */
export function importSealingKey(key: JsonWebKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', key, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
}

/** Seals a line to the server. The phone itself cannot open it again. */
export async function sealLine(server: CryptoKey, seat: number, line: SentLine): Promise<string> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, pair.privateKey, 256);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: point, info: bytes.encode(sealedInfo) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const box = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: bytes.encode(sealedPlace(seat, line.line)) },
    key,
    bytes.encode(JSON.stringify(line)),
  );
  const sealed = new Uint8Array(point.length + iv.length + box.byteLength);
  sealed.set(point);
  sealed.set(iv, point.length);
  sealed.set(new Uint8Array(box), point.length + iv.length);
  let text = '';
  for (const byte of sealed) text += String.fromCharCode(byte);
  return btoa(text);
}
