/* Whether the office that answers here is the one that a picture was made by: see `office-mark.ts`. */
import { toBase64 } from '../../sync/phone/seal-words.ts';
import { type MarkedKey, markedText, markLength, proofInfo } from '../office-mark.ts';
import { askOfficeKey } from './asking.ts';

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

export async function markOf(key: MarkedKey): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(markedText(key))));
  return [...hash]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, markLength);
}

/** Rejects with NotReached when nothing answers as an office does. */
export async function isRightOffice(mark: string): Promise<boolean> {
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const { sealingKey, proof } = await askOfficeKey(toBase64(point));
  if ((await markOf(sealingKey)) !== mark) return false;
  try {
    const office = await crypto.subtle.importKey('jwk', sealingKey, curve, false, []);
    const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: office }, pair.privateKey, 256);
    const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveBits']);
    const info = new TextEncoder().encode(proofInfo);
    const right = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: point, info }, material, 256);
    return toBase64(new Uint8Array(right)) === proof;
  } catch {
    // No key of this curve at all.
    return false;
  }
}
