import { webcrypto } from 'node:crypto';
import type { LineNumber } from '../../../kernel/ids.ts';
import { lineShape, type SentLine } from '../../book/line.ts';
import type { Bundle } from '../protocol.ts';
import { sealedInfo, sealedIvBytes, sealedPlace, sealedPointBytes } from '../sealed-line.ts';

const { subtle } = webcrypto;

export type SealingKey = { readonly publicKey: webcrypto.JsonWebKey; readonly privateKey: webcrypto.JsonWebKey };

export async function makeSealingKey(): Promise<SealingKey> {
  const pair = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  return {
    publicKey: await subtle.exportKey('jwk', pair.publicKey),
    privateKey: await subtle.exportKey('jwk', pair.privateKey),
  };
}

/** What came out of a bundle's boxes, and the numbers of those that do not open, are not that seat's, or hold no line. */
export type OpenedLines = { readonly lines: readonly SentLine[]; readonly shut: readonly LineNumber[] };

/** Opens the sealed lines of a bundle, each by itself: one that is damaged takes no other with it. */
export async function openLines(key: SealingKey, bundle: Bundle): Promise<OpenedLines> {
  const own = await subtle.importKey('jwk', key.privateKey, { name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ]);
  const lines: SentLine[] = [];
  const shut: LineNumber[] = [];
  for (const { line, box } of bundle.sealed) {
    try {
      const sealed = Buffer.from(box, 'base64');
      const point = sealed.subarray(0, sealedPointBytes);
      const from = await subtle.importKey('raw', point, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
      const bits = await subtle.deriveBits({ name: 'ECDH', public: from }, own, 256);
      const material = await subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
      const opening = await subtle.deriveKey(
        { name: 'HKDF', hash: 'SHA-256', salt: point, info: Buffer.from(sealedInfo) },
        material,
        { name: 'AES-GCM', length: 256 },
        false,
        ['decrypt'],
      );
      const opened = await subtle.decrypt(
        {
          name: 'AES-GCM',
          iv: sealed.subarray(sealedPointBytes, sealedPointBytes + sealedIvBytes),
          additionalData: Buffer.from(sealedPlace(bundle.seat, line)),
        },
        opening,
        sealed.subarray(sealedPointBytes + sealedIvBytes),
      );
      const parsed = lineShape.safeParse(JSON.parse(Buffer.from(opened).toString()));
      if (parsed.success && parsed.data.line === line) lines.push(parsed.data);
      else shut.push(line);
    } catch {
      shut.push(line);
    }
  }
  return { lines, shut };
}
