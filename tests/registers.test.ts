import { expect, test } from 'vitest';
import { registers as ofPhones } from '../src/phone/registers.ts';
import { registers as ofServer } from '../src/server/wings.ts';

test('phones and server keep the same registers', () => {
  expect([...ofPhones.kinds.keys()]).toEqual([...ofServer.kinds.keys()]);
  expect([...ofPhones.commands.keys()]).toEqual([...ofServer.commands.keys()]);
  expect(ofPhones.tree).toEqual(ofServer.tree);
});
