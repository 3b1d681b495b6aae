/*
 * Who may open what on a shared phone.
 *
 *   PIN ─ Argon2id(salt) ─► HMAC with the phone's own key (it cannot be read out) ─► wraps her data key
 *
 * Without the phone's key a copied profile must be guessed at on a copy of the whole profile; SECURITY says what that is worth.
 * A try is written down before it is made, so that neither a reload nor a clock gives it back.
 */

import { forgetUnsent } from '../../book/phone/kept-here.ts';
import { type Box, ofSlot, type PhoneDatabase, type Slot, seal, unseal } from '../../book/phone/phone-database.ts';
import { makeDoorKeys } from './door-note.ts';

/** Source: RFC 9106 asks for as much as the device bears; a phone with 2 GB bears 24 MiB. */
const argon = { iterations: 3, memorySize: 24_576, parallelism: 1, hashLength: 32 } as const;
/** After this many wrong PINs each further try waits; after twice as many her pages are locked for good. */
export const freeTries = 5;
export const mostTries = 10;
export const waitMilliseconds = 60_000;

/** What a phone holds for one person besides her pages. */
export type Secret = {
  readonly token: string;
  readonly seat: number;
  readonly office: number;
  readonly person: string;
  readonly officeNames: Slot['names'];
  readonly sealingKey: JsonWebKey;
  /** With it a server that was restored from before this phone came lets it back in. */
  readonly certificate?: string;
  /** Opens the notes that were written at the door. */
  readonly doorKey: JsonWebKey;
};

export type Opened = { readonly slot: Slot; readonly data: CryptoKey; readonly secret: Secret };
export type Unlocked =
  | { readonly state: 'open'; readonly opened: Opened }
  | { readonly state: 'wrong'; readonly left: number }
  | { readonly state: 'locked' };

const phoneKeyName = 'phone';

async function phoneKey(database: PhoneDatabase): Promise<CryptoKey> {
  const known = await database.get('device', phoneKeyName);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  await database.put('device', made, phoneKeyName);
  return made;
}

async function wrappingKey(database: PhoneDatabase, pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const { argon2id } = await import('hash-wasm');
  const stretched = await argon2id({ ...argon, password: pin, salt, outputType: 'binary' });
  const bits = await crypto.subtle.sign('HMAC', await phoneKey(database), new Uint8Array(stretched));
  return crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Whether six digits would be guessed first: one digit six times, or a run up or down. */
export function isEasyPin(pin: string): boolean {
  const digits = [...pin].map(Number);
  return [0, 1, -1].some((step) => digits.every((digit, i) => i === 0 || digit === (digits[i - 1] ?? 0) + step));
}

/** Makes room for a person on this phone. */
export async function addSlot(
  database: PhoneDatabase,
  names: Slot['names'],
  pin: string,
  given: Omit<Secret, 'doorKey'>,
): Promise<Opened> {
  const door = await makeDoorKeys();
  const secret: Secret = { ...given, doorKey: door.privateKey };
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const data = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const wrapping = await wrappingKey(database, pin, salt);
  const wrapped = await wrapKey(wrapping, raw);
  raw.fill(0);
  const others = await database.getAll('slots');
  const taken = others.map(({ motif }) => motif);
  const motif = Array.from({ length: 8 }, (_, i) => i).find((i) => !taken.includes(i)) ?? others.length % 8;
  // Tiles stand in the order in which women came to this phone.
  const place = others.reduce((most, { slot }) => Math.max(most, Number.parseInt(slot, 10)), 0) + 1;
  const slot: Slot = {
    slot: `${String(place).padStart(4, '0')}-${crypto.randomUUID()}`,
    names,
    motif,
    salt,
    wrapped,
    failures: 0,
    seat: given.seat,
    secret: await seal(data, secret),
    doorKey: door.publicKey,
  };
  await database.put('slots', slot);
  return { slot, data, secret };
}

async function wrapKey(wrapping: CryptoKey, raw: Uint8Array<ArrayBuffer>): Promise<Box> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, wrapping, raw) };
}

/** Tries a PIN. Ten wrong ones in a row lock her pages for good; what is unsent is still carried to the office. */
export async function unlockSlot(database: PhoneDatabase, id: string, pin: string): Promise<Unlocked> {
  const slot = await database.get('slots', id);
  if (!slot || slot.wrapped === null) return { state: 'locked' };
  const tried: Slot = { ...slot, failures: slot.failures + 1 };
  await putDurably(database, tried);
  const wrapping = await wrappingKey(database, pin, slot.salt);
  let raw: ArrayBuffer;
  try {
    const { iv, box } = slot.wrapped;
    raw = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, wrapping, box);
  } catch {
    if (tried.failures < mostTries) return { state: 'wrong', left: mostTries - tried.failures };
    await putDurably(database, { ...tried, wrapped: null });
    await database.delete('pages', ofSlot(id));
    return { state: 'locked' };
  }
  const data = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  new Uint8Array(raw).fill(0);
  const secret = await unseal<Secret>(data, slot.secret);
  const open: Slot = { ...slot, failures: 0 };
  await putDurably(database, open);
  return { state: 'open', opened: { slot: open, data, secret } };
}

async function putDurably(database: PhoneDatabase, slot: Slot): Promise<void> {
  const transaction = database.transaction('slots', 'readwrite', { durability: 'strict' });
  void transaction.store.put(slot);
  await transaction.done;
}

/**
 * Takes a person's pages off this phone. Lines that the office does not have yet stay, sealed to the office; with `all`, also those
 * that it once had: an office that does not know the phone may have lost them.
 */
export async function removeSlot(database: PhoneDatabase, id: string, all = false): Promise<void> {
  const transaction = database.transaction(['slots', 'pages', 'lines', 'notes'], 'readwrite', { durability: 'strict' });
  void transaction.objectStore('pages').delete(ofSlot(id));
  void transaction.objectStore('slots').delete(id);
  const notes = transaction.objectStore('notes');
  for (const note of await notes.getAll()) if (note.slot === id) void notes.delete([note.note, id]);
  const lines = transaction.objectStore('lines');
  for (const line of await lines.getAll(ofSlot(id)))
    if ((line.sent && !all) || line.escrow === null) void lines.delete([id, line.line]);
  await transaction.done;
  forgetUnsent(id);
}

/** She has come back under a new PIN: her older pages leave this phone. What is unsent stays, sealed, and her new pages carry it. */
export async function leaveEarlierPages(database: PhoneDatabase, earlier: readonly number[]): Promise<void> {
  for (const { slot, seat } of await database.getAll('slots'))
    if (seat !== undefined && earlier.includes(seat)) await removeSlot(database, slot);
}
