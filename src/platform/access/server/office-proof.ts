import { webcrypto } from 'node:crypto';
import * as z from 'zod/mini';
import { hashText } from '../../book/chain.ts';
import type { SealingKey } from '../../sync/server/open-lines.ts';
import { type MarkedKey, markedText, markLength, proofInfo } from '../office-mark.ts';

const { subtle } = webcrypto;
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

/** A point of P-256 that the asking phone has just made: 65 bytes as base64. */
export const officeKeyShape = z.strictObject({ point: z.string().check(z.regex(/^[A-Za-z0-9+/]{87}=$/)) });

export function markOf(key: MarkedKey): string {
  return hashText(markedText(key)).slice(0, markLength);
}

/** What only the holder of the private key makes of a point, as base64; null for what is no point of the curve. */
export async function proveOffice({ privateKey }: SealingKey, point: string): Promise<string | null> {
  const raw = Buffer.from(point, 'base64');
  try {
    const asked = await subtle.importKey('raw', raw, curve, false, []);
    const own = await subtle.importKey('jwk', privateKey, curve, false, ['deriveBits']);
    const bits = await subtle.deriveBits({ name: 'ECDH', public: asked }, own, 256);
    const material = await subtle.importKey('raw', bits, 'HKDF', false, ['deriveBits']);
    const info = Buffer.from(proofInfo);
    const proof = await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: raw, info }, material, 256);
    return Buffer.from(proof).toString('base64');
  } catch {
    return null;
  }
}
