/*
 * From her phone to the two who hear it:
 *
 *   words ─► sealed on this phone, once for each of the two ─► kept here as boxes ─► sent when the network is there, then forgotten
 *
 * Without the network the keys of the two are those that were fetched last. No token goes along, and nothing is kept in the open.
 */

import { importSealingKey, sealWords } from '../../../platform/sync/phone/seal-words.ts';
import {
  type Accused,
  boxInfo,
  boxPlace,
  type ComplaintWords,
  type Hearer,
  type SealedComplaint,
} from '../complaint.ts';

const keysKept = 'notebook keys';
const boxesKept = 'notebook boxes';

type KeptKeys = Readonly<Record<string, readonly Hearer[]>>;

function readKept<T>(name: string, none: T): T {
  try {
    return (JSON.parse(localStorage.getItem(name) ?? 'null') as T | null) ?? none;
  } catch {
    return none;
  }
}

/** Who hears a complaint of somebody in this post: asked, or as last heard. Null where nobody is known. */
export async function hearersOfPost(office: number, about: Accused): Promise<readonly Hearer[] | null> {
  const place = `${office} ${about}`;
  const kept = readKept<KeptKeys>(keysKept, {});
  try {
    const answer = await fetch(`/api/complaints/hearers?office=${office}&about=${about}`, { credentials: 'omit' });
    if (answer.status === 404) return null;
    if (answer.ok) {
      const { hearers } = (await answer.json()) as { readonly hearers: readonly Hearer[] };
      localStorage.setItem(keysKept, JSON.stringify({ ...kept, [place]: hearers }));
      return hearers;
    }
  } catch {
    // No network: the keys that were fetched before still seal.
  }
  return kept[place] ?? null;
}

/** Seals it where it is written, once for each of the two. */
export async function sealComplaint(
  office: number,
  about: Accused,
  hearers: readonly Hearer[],
  words: ComplaintWords,
  way: SealedComplaint['way'],
): Promise<SealedComplaint> {
  const complaint = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const boxes = await Promise.all(
    hearers.map(async ({ to, key }) => ({
      to,
      box: await sealWords(
        await importSealingKey(key as JsonWebKey),
        boxInfo,
        boxPlace(complaint, to),
        JSON.stringify(words),
      ),
    })),
  );
  return { complaint, office, about, way, boxes } as unknown as SealedComplaint;
}

/** Keeps the boxes on this phone until they are sent. Throws when it could not. */
export function keepComplaint(sealed: SealedComplaint): void {
  localStorage.setItem(boxesKept, JSON.stringify([...readKept<SealedComplaint[]>(boxesKept, []), sealed]));
}

/** Whether it has come to the two who hear it. Sent twice, it stands once. */
export async function sendComplaint(sealed: SealedComplaint): Promise<boolean> {
  const answer = await fetch('/api/complaints', {
    method: 'POST',
    credentials: 'omit',
    body: JSON.stringify(sealed),
    headers: { 'content-type': 'application/json' },
  }).catch(() => null);
  return answer?.ok === true;
}

/** Sends what waits. Answers how many still wait. */
export async function sendComplaints(): Promise<number> {
  const waiting: SealedComplaint[] = [];
  for (const sealed of readKept<SealedComplaint[]>(boxesKept, []))
    if (!(await sendComplaint(sealed))) waiting.push(sealed);
  if (waiting.length === 0) localStorage.removeItem(boxesKept);
  else localStorage.setItem(boxesKept, JSON.stringify(waiting));
  return waiting.length;
}

export function complaintsWaiting(): number {
  return readKept<SealedComplaint[]>(boxesKept, []).length;
}
