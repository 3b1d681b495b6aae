import { webcrypto } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { makeSealingKey, type SealingKey } from '../../sync/server/open-lines.ts';
import { NotReached } from '../phone/asking.ts';
import { isRightOffice, markOf as markOnPhone } from '../phone/right-office.ts';
import { markOf, officeKeyShape, proveOffice } from './office-proof.ts';

const fetched = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = fetched;
});

/** Whoever answers at the address: shows one key, and proves with another. */
function answersWith(shown: SealingKey, proves: SealingKey = shown): void {
  globalThis.fetch = async (_path, request) => {
    const { point } = officeKeyShape.parse(JSON.parse(String(request?.body)));
    return Response.json({ sealingKey: shown.publicKey, proof: await proveOffice(proves, point) });
  };
}

test('a phone follows a picture to the office that made it and to no other, though another shows the right key', async () => {
  const [office, other] = await Promise.all([makeSealingKey(), makeSealingKey()]);
  const mark = markOf(office.publicKey);
  expect(await markOnPhone(office.publicKey)).toBe(mark);

  answersWith(office);
  expect(await isRightOffice(mark)).toBe(true);
  answersWith(other);
  expect(await isRightOffice(mark)).toBe(false);
  // The public key stands on every phone: whoever copied it still cannot prove it.
  answersWith(office, other);
  expect(await isRightOffice(mark)).toBe(false);
});

test('an answer that was heard once does not serve again', async () => {
  const office = await makeSealingKey();
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const point = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey)).toString('base64');
  const heard = await proveOffice(office, point);
  globalThis.fetch = async () => Response.json({ sealingKey: office.publicKey, proof: heard });
  expect(await isRightOffice(markOf(office.publicKey))).toBe(false);
});

test('what does not answer as an office does is not taken for another office: she tries again', async () => {
  const mark = markOf((await makeSealingKey()).publicKey);
  for (const answer of [
    () => new Response('<html>Welcome to the hotel</html>', { headers: { 'content-type': 'text/html' } }),
    () => Response.json({}, { status: 502 }),
    () => Response.error(),
  ]) {
    globalThis.fetch = async () => answer();
    await expect(isRightOffice(mark)).rejects.toThrow(NotReached);
  }
});

test('what is no point of the curve gets no proof', async () => {
  const office = await makeSealingKey();
  expect(await proveOffice(office, Buffer.alloc(65, 4).toString('base64'))).toBeNull();
  expect(officeKeyShape.safeParse({ point: 'AAAA' }).success).toBe(false);
});
