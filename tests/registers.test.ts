import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documents as printedByPhones } from '../src/phone/documents.ts';
import { registers as ofPhones } from '../src/phone/registers.ts';
import type { AnyCommand } from '../src/platform/book/command.ts';
import type { Sight } from '../src/platform/book/proposal.arbitrary.ts';
import { documents as printedByServer } from '../src/server/documents.ts';
import { registers as ofServer } from '../src/server/wings.ts';
import { joined, proposals } from './simulation/joining.ts';

test('phones and server keep the same registers', () => {
  expect([...ofPhones.kinds.keys()]).toEqual([...ofServer.kinds.keys()]);
  expect([...ofPhones.commands.keys()]).toEqual([...ofServer.commands.keys()]);
  expect(ofPhones.tree).toEqual(ofServer.tree);
});

test('phones and server print the same documents, and no two of them have one number on their codes', () => {
  expect(printedByPhones).toEqual(printedByServer);
  expect(new Set(printedByServer.map(({ leaf }) => leaf)).size).toBe(printedByServer.length);
});

/** Commands of which the simulation writes no well-formed line, each with the reason. */
const notSimulated: Readonly<Record<string, string>> = {};

const sight: Sight = { on: '2026-11-24', person: '1-6', ids: () => ['1-1', '1-2'], record: () => undefined };

test('every command of every register takes part in the simulation, or says why not', () => {
  const wellFormed = (name: string, command: AnyCommand) =>
    fc
      .sample(proposals[name]?.(sight) as fc.Arbitrary<unknown>, { seed: 1, numRuns: 40 })
      .filter((input) => command.input.safeParse(input).success);
  const silent = [...ofServer.commands].flatMap(([name, command]) =>
    name in notSimulated || wellFormed(name, command).length > 0 ? [] : [name],
  );
  expect(silent).toEqual([]);
  expect(Object.keys({ ...proposals, ...notSimulated }).filter((name) => !ofServer.commands.has(name))).toEqual([]);
  expect(Object.values(notSimulated).filter((reason) => reason.length < 20)).toEqual([]);
});

/** The server's own, of which a form says enough. Everything that a person writes stands in an `.arbitrary.ts` beside it. */
const guessedFromTheirForm = [
  'book.erase',
  'book.remember-head',
  'book.tell-recounted',
  'book.tell-restored',
  'looks.tell',
];

test('each register says of its commands what a screen would let through, so that no history is made of guesses', () => {
  const declared: object = Object.assign({}, ...joined.map((register) => register.proposals ?? {}));
  const guessed = [...ofServer.commands.keys()].filter((name) => !(name in declared)).sort();
  expect(guessed, 'say in an .arbitrary.ts beside each what a screen would let through').toEqual(guessedFromTheirForm);
});
