/*
 * The practice office on a phone: the same program over another store. Its store is sealed as every other, but anybody who holds the
 * phone may open it, for nobody's word is in it; it has no token, so it asks no server for anything.
 */

import { asksNobody } from '../platform/access/phone/asking.ts';
import { makeDoorKeys } from '../platform/access/phone/door-note.ts';
import type { Opened, Secret } from '../platform/access/phone/vault.ts';
import {
  openPhoneDatabase,
  type PhoneDatabase,
  type Slot,
  seal,
  unseal,
} from '../platform/book/phone/phone-database.ts';
import { openSealedStore } from '../platform/book/phone/sealed-store.ts';
import { importSealingKey } from '../platform/sync/phone/seal-words.ts';
import { practiceNames } from './practice-band.tsx';
import { practiceBook, practiceOffice, practiceSeat } from './practice-book.ts';
import { registers } from './registers.ts';

export type Practice = { readonly database: PhoneDatabase; readonly opened: Opened };

/** Raised when the sample book changes or is counted otherwise: a practice that an older program began is begun again. */
const edition = [...registers.kinds.values()].reduce((sum, { measured }) => sum + measured - 1, 1);
const slotForm = `practice ${edition} `;
const keyName = 'practice';

/** Opens the practice office as it was left, or begins it. `again` throws away what was practised. */
export async function openPractice(again: boolean): Promise<Practice> {
  const database = await openPhoneDatabase('exercise-book');
  const data = await database.get('device', keyName);
  const slot = (await database.getAll('slots'))[0];
  if (again || !data || !slot?.slot.startsWith(slotForm)) return begin(database);
  return { database, opened: { slot, data, secret: await unseal<Secret>(data, slot.secret) } };
}

async function begin(database: PhoneDatabase): Promise<Practice> {
  await empty(database);
  const data = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Lines are sealed to a server's key; here nobody keeps the other half.
  const [door, nobody] = await Promise.all([makeDoorKeys(), makeDoorKeys()]);
  const now = Date.now();
  const book = practiceBook(registers, now);
  const secret: Secret = {
    token: asksNobody,
    seat: practiceSeat,
    office: practiceOffice,
    person: book.person,
    officeNames: practiceNames,
    sealingKey: nobody.publicKey,
    doorKey: door.privateKey,
  };
  const slot: Slot = {
    slot: `${slotForm}${crypto.randomUUID()}`,
    names: book.names,
    motif: 0,
    salt: new Uint8Array(0),
    wrapped: null,
    failures: 0,
    secret: await seal(data, secret),
    doorKey: door.publicKey,
  };
  const store = await openSealedStore(database, {
    slot: slot.slot,
    data,
    server: await importSealingKey(secret.sealingKey),
    actor: { nature: 'person', seat: practiceSeat, office: practiceOffice, person: book.person },
  });
  await store.apply({
    epoch: { number: 1, name: keyName },
    heardAt: now,
    safe: 0,
    answers: [],
    arrivals: [
      {
        office: practiceOffice,
        leaves: [],
        records: book.records,
        cells: book.cells,
        allCells: true,
        sequence: book.sequence,
        place: { sequence: book.sequence, grants: 1, fill: null },
      },
    ],
    grants: { version: 1, held: book.grants },
    head: null,
    emptied: [],
    restart: true,
    offerAfter: null,
  });
  // Last: a practice that was torn while it began is begun again.
  const transaction = database.transaction(['device', 'slots'], 'readwrite', { durability: 'strict' });
  void transaction.objectStore('device').put(data, keyName);
  void transaction.objectStore('slots').put(slot);
  await transaction.done;
  return { database, opened: { slot, data, secret } };
}

async function empty(database: PhoneDatabase): Promise<void> {
  const stores = ['device', 'slots', 'lines', 'pages', 'door', 'notes'] as const;
  const transaction = database.transaction(stores, 'readwrite');
  for (const store of stores) void transaction.objectStore(store).clear();
  await transaction.done;
}
