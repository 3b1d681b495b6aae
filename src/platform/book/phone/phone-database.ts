import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** Bytes that only one person's key opens. */
export type Box = { readonly iv: Uint8Array<ArrayBuffer>; readonly box: ArrayBuffer };

/** A person on this phone, as her tile shows her. What is personal beyond it stands in `secret`. */
export type Slot = {
  readonly slot: string;
  readonly names: { readonly sd: string | null; readonly ur: string | null; readonly en: string | null };
  readonly motif: number;
  readonly salt: Uint8Array<ArrayBuffer>;
  /** Her data key, wrapped by PIN and device; null once ten wrong PINs have locked it for good. */
  readonly wrapped: Box | null;
  /** Wrong PINs in a row, written before each try. */
  readonly failures: number;
  /** Says nothing to whoever reads it; by it her older pages are found when she comes back with a new PIN. */
  readonly seat?: number;
  /** Token, seat, office, person: opened with her data key. */
  readonly secret: Box;
  /** To which notes at the door are sealed for her; only her unlocked pages open them. */
  readonly doorKey: JsonWebKey;
};

/** What somebody wrote at the door, sealed to one woman. */
export type DoorNote = { readonly note: string; readonly slot: string; readonly box: string };

/** A line of an outbox: to its writer under her key, and to the server under the server's. */
export type StoredLine = {
  readonly slot: string;
  readonly line: number;
  readonly seat: number;
  readonly own: Box;
  /** Null on lines of an older program, once the server had them. */
  readonly escrow: string | null;
  /** The server has it. It is kept until the book's backups have it too. */
  readonly sent?: boolean;
  /** Her own copy no longer opens on the phone that wrote it: only what is sealed to the server is left. */
  readonly torn?: true;
};

/** A sealed page of what was pulled; opened in order, the pages make up a copy. */
export type StoredPage = { readonly slot: string; readonly page: number; readonly box: Box };

/** Numbers that are rung without a PIN: no donor, no patient, no history. */
export type DoorCard = {
  readonly providers: readonly { readonly names: Slot['names']; readonly number: string }[];
  readonly facilities: readonly { readonly names: Slot['names']; readonly number: string }[];
  readonly leaders: readonly { readonly names: Slot['names']; readonly number: string }[];
};

interface PhoneSchema extends DBSchema {
  device: { key: string; value: CryptoKey };
  slots: { key: string; value: Slot };
  lines: { key: [string, number]; value: StoredLine };
  pages: { key: [string, number]; value: StoredPage };
  door: { key: string; value: DoorCard };
  notes: { key: [string, string]; value: DoorNote };
}
export type PhoneDatabase = IDBPDatabase<PhoneSchema>;

/** The database of this phone; the practice office has another one. Their names say nothing. */
export function openPhoneDatabase(name: 'notebook' | 'exercise-book' = 'notebook'): Promise<PhoneDatabase> {
  return openDB<PhoneSchema>(name, 1, {
    upgrade(database) {
      database.createObjectStore('device');
      database.createObjectStore('slots', { keyPath: 'slot' });
      database.createObjectStore('lines', { keyPath: ['slot', 'line'] });
      database.createObjectStore('pages', { keyPath: ['slot', 'page'] });
      database.createObjectStore('door');
      database.createObjectStore('notes', { keyPath: ['note', 'slot'] });
    },
  });
}

/** Every key of one slot. */
export function ofSlot(slot: string): IDBKeyRange {
  return IDBKeyRange.bound([slot, 0], [slot, Number.MAX_SAFE_INTEGER]);
}

export async function seal(key: CryptoKey, value: unknown): Promise<Box> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return { iv, box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) };
}

/** Throws on a box that is torn, or sealed by another key. */
export async function unseal<T>(key: CryptoKey, { iv, box }: Box): Promise<T> {
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, box);
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}
