import { expect, test } from 'vitest';
import { documents as printedByPhones } from '../src/phone/documents.ts';
import { registers as ofPhones } from '../src/phone/registers.ts';
import { documents as printedByServer } from '../src/server/documents.ts';
import { registers as ofServer } from '../src/server/wings.ts';

test('phones and server keep the same registers', () => {
  expect([...ofPhones.kinds.keys()]).toEqual([...ofServer.kinds.keys()]);
  expect([...ofPhones.commands.keys()]).toEqual([...ofServer.commands.keys()]);
  expect(ofPhones.tree).toEqual(ofServer.tree);
});

test('phones and server print the same documents, and no two of them have one number on their codes', () => {
  expect(printedByPhones).toEqual(printedByServer);
  expect(new Set(printedByServer.map(({ leaf }) => leaf)).size).toBe(printedByServer.length);
});
