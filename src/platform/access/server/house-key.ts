/*
 * The key of the house: 256 bits in a file outside the database, so that the database alone opens nothing.
 *
 *   otaq.key ──closes──► sealing key, in `installation` ──HKDF──► what is kept apart · certificates of seats · codes · authenticators
 *
 * What must stay true:
 *   - whoever holds the database and not the file opens no sealed line, no card number and no authenticator, and can try no code;
 *   - a key is made only where nothing was closed with one: a file that is missing is said, never replaced;
 *   - a backup carries the sealing key opened, inside its own encryption; the key of the house leaves its machine in no file of ours.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, type webcrypto } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { SealingKey } from '../../sync/server/open-lines.ts';

/** Where the key of the house is kept. */
export type KeyPlace = {
  /** As a person would look for it. */
  readonly where: string;
  /** Null where there is none. Throws with a sentence where what stands there is no key. */
  readonly read: () => Buffer | null;
  /** The key that stands there; made, and on the disk, where there was none. */
  readonly make: () => Buffer;
};

/** The sealing key as the database holds it. */
export type ClosedKey = { readonly publicKey: webcrypto.JsonWebKey; readonly closed: string };

/** A key that is not there, or is another house's: a sentence for whoever looks after the machine. */
export class KeyMissing extends Error {}

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const form = /^otaq key 1 ([\w-]{43})\s*$/;

/** The file of mode 600 at `path`. */
export function keyFile(path: string): KeyPlace {
  const read = () => {
    const text = readIfThere(path);
    if (text === null) return null;
    const [, key] = form.exec(text) ?? [];
    if (key === undefined) throw new KeyMissing(`What stands in ${path} is no key of Otaq. Put the right file there.`);
    return Buffer.from(key, 'base64url');
  };
  return {
    where: path,
    read,
    make() {
      const there = read();
      if (there) return there;
      writeOnce(path, `otaq key 1 ${randomBytes(keyBytes).toString('base64url')}\n`);
      // Another server on this machine may have been first.
      return read() as Buffer;
    },
  };
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new KeyMissing(`The key of this installation could not be read from ${path}: ${(error as Error).message}`);
  }
}

// Whole and on the disk before it bears its name, and never in the place of one that stands there.
function writeOnce(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.part`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(beside, 0o600);
  try {
    linkSync(beside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Whether others on this machine may read the file; false where a system knows no such thing. */
export function isReadByOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

export function isClosed(kept: unknown): kept is ClosedKey {
  return typeof kept === 'object' && kept !== null && 'closed' in kept;
}

/** `iv · AES-256-GCM · tag` over the private half, bound to the public one. */
export function closeSealingKey({ publicKey, privateKey }: SealingKey, house: Buffer): ClosedKey {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', closingKey(house), iv).setAAD(boundTo(publicKey));
  const box = Buffer.concat([iv, cipher.update(JSON.stringify(privateKey)), cipher.final(), cipher.getAuthTag()]);
  return { publicKey, closed: box.toString('base64') };
}

/** Throws a KeyMissing with what to do where the file is not there or is another installation's. */
export function openSealingKey({ publicKey, closed }: ClosedKey, place: KeyPlace): SealingKey {
  const house = place.read();
  if (!house)
    throw new KeyMissing(
      `This installation is closed with a key that is not there: ${place.where}. Copy otaq.key from the machine on which Otaq ran before, or name it in OTAQ_KEY_FILE: two servers on one database need the same file. Where it is lost, "otaq restore BACKUP --key-only" makes a new one.`,
    );
  const box = Buffer.from(closed, 'base64');
  try {
    const opening = createDecipheriv('aes-256-gcm', closingKey(house), box.subarray(0, ivBytes))
      .setAAD(boundTo(publicKey))
      .setAuthTag(box.subarray(-tagBytes));
    const opened = Buffer.concat([opening.update(box.subarray(ivBytes, -tagBytes)), opening.final()]);
    return { publicKey, privateKey: JSON.parse(opened.toString('utf8')) as webcrypto.JsonWebKey };
  } catch (error) {
    throw new KeyMissing(
      `The key in ${place.where} is not the one with which this installation was closed. Put the right otaq.key there: two servers on one database need the same file. Where it is lost, take the file away, and "otaq restore BACKUP --key-only" makes a new one.`,
      { cause: error },
    );
  }
}

function closingKey(house: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', house, Buffer.alloc(0), 'otaq house key closes the sealing key 1', 32));
}

function boundTo({ x = '', y = '' }: webcrypto.JsonWebKey): Buffer {
  return Buffer.from(`${x} ${y}`);
}
