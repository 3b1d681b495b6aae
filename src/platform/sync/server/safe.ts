/*
 * How values are kept apart. Both keys come from the installation's private key, so that there is nothing more to keep, to back up or
 * to lose:
 *
 *   hash    HMAC-SHA-256, so that nobody who holds the table alone can try all card numbers
 *   seal    iv · AES-256-GCM · tag, bound to the record and the field
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { SealingKey } from './open-lines.ts';
import type { Safe } from './push.ts';

const ivBytes = 12;
const tagBytes = 16;

function keyOf({ privateKey }: SealingKey, use: string): Buffer {
  if (!privateKey.d) throw new Error('the installation has no private key');
  return Buffer.from(hkdfSync('sha256', Buffer.from(privateKey.d, 'base64url'), '', `otaq kept apart ${use} 1`, 32));
}

export function safeOf(key: SealingKey): Safe {
  const hashing = keyOf(key, 'hash');
  const sealing = keyOf(key, 'seal');
  return {
    hash: (field, value) => createHmac('sha256', hashing).update(`${field} ${value}`).digest('hex'),
    seal(id, field, value) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(`${id} ${field}`));
      const box = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return box.toString('base64');
    },
  };
}

/** For whoever may one day read a number back, with the installation's key in hand. Throws on a box that was moved or torn. */
export function openSealed(key: SealingKey, id: string, field: string, sealed: string): string {
  const box = Buffer.from(sealed, 'base64');
  const opening = createDecipheriv('aes-256-gcm', keyOf(key, 'seal'), box.subarray(0, ivBytes))
    .setAAD(Buffer.from(`${id} ${field}`))
    .setAuthTag(box.subarray(-tagBytes));
  return Buffer.concat([opening.update(box.subarray(ivBytes, -tagBytes)), opening.final()]).toString('utf8');
}
