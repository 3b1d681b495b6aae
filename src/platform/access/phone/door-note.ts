/*
 * An emergency that is written down at the door, before anybody has unlocked: sealed to every woman of this phone at once. Whoever
 * unlocks first reads it, and confirms it into the book or puts it away; then it is gone for all.
 */
import type { PhoneDatabase } from '../../book/phone/phone-database.ts';
import { sealLine } from '../../sync/phone/seal-line.ts';
import { importSealingKey } from '../../sync/phone/seal-words.ts';
import { sealedInfo, sealedIvBytes, sealedPlace, sealedPointBytes } from '../../sync/sealed-line.ts';

export type DoorNoteText = {
  readonly type: 'delivery' | 'accident' | 'blood' | 'other';
  readonly text: string;
  readonly at: number;
};
export type OpenedNote = DoorNoteText & { readonly note: string };

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

export async function makeDoorKeys(): Promise<{ readonly publicKey: JsonWebKey; readonly privateKey: JsonWebKey }> {
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  return {
    publicKey: await crypto.subtle.exportKey('jwk', pair.publicKey),
    privateKey: await crypto.subtle.exportKey('jwk', pair.privateKey),
  };
}

/** Keeps a note for every woman of this phone, in one write. */
export async function writeDoorNote(database: PhoneDatabase, text: DoorNoteText): Promise<void> {
  const note = crypto.randomUUID();
  const slots = await database.getAll('slots');
  const sealed = await Promise.all(
    slots.map(async ({ slot, doorKey }) => ({
      note,
      slot,
      // Sealed as a line is, with a place that no line has.
      box: await sealLine(await importSealingKey(doorKey), 0, {
        line: 0,
        command: null,
        shape: 0,
        input: text,
        at: text.at,
        grants: 0,
      }),
    })),
  );
  const transaction = database.transaction('notes', 'readwrite', { durability: 'strict' });
  for (const one of sealed) void transaction.store.put(one);
  await transaction.done;
}

/** The notes that wait for this woman, oldest first. One that does not open is passed over. */
export async function openDoorNotes(database: PhoneDatabase, slot: string, key: JsonWebKey): Promise<OpenedNote[]> {
  const own = (await database.getAll('notes')).filter((note) => note.slot === slot);
  if (own.length === 0) return [];
  const opening = await crypto.subtle.importKey('jwk', key, curve, false, ['deriveBits']);
  const opened = await Promise.all(own.map(({ note, box }) => openOne(opening, note, box).catch(() => null)));
  return opened.filter((note) => note !== null).sort((a, b) => a.at - b.at);
}

async function openOne(own: CryptoKey, note: string, box: string): Promise<OpenedNote> {
  const sealed = Uint8Array.from(atob(box), (character) => character.charCodeAt(0));
  const point = sealed.slice(0, sealedPointBytes);
  const from = await crypto.subtle.importKey('raw', point, curve, false, []);
  const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: from }, own, 256);
  const material = await crypto.subtle.importKey('raw', bits, 'HKDF', false, ['deriveKey']);
  const bytes = new TextEncoder();
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: point, info: bytes.encode(sealedInfo) },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['decrypt'],
  );
  const opened = await crypto.subtle.decrypt(
    {
      name: 'AES-GCM',
      iv: sealed.slice(sealedPointBytes, sealedPointBytes + sealedIvBytes),
      additionalData: bytes.encode(sealedPlace(0, 0)),
    },
    key,
    sealed.slice(sealedPointBytes + sealedIvBytes),
  );
  const { input } = JSON.parse(new TextDecoder().decode(opened)) as { readonly input: DoorNoteText };
  return { ...input, note };
}

/** Confirmed, or put away: gone for every woman of this phone. */
export async function forgetDoorNote(database: PhoneDatabase, note: string): Promise<void> {
  const transaction = database.transaction('notes', 'readwrite', { durability: 'strict' });
  for (const one of await transaction.store.getAll())
    if (one.note === note) void transaction.store.delete([note, one.slot]);
  await transaction.done;
}
