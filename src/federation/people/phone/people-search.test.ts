import { expect, test } from 'vitest';
import { registersOf } from '../../../platform/book/command.ts';
import { type Arrival, Copy } from '../../../platform/book/copy.ts';
import { organizationsRegister } from '../../organizations/register.ts';
import { personKind } from '../person.ts';
import { peopleRegister } from '../register.ts';
import { findPeople, prepareSearch } from './people-search.ts';

const registers = registersOf([organizationsRegister, peopleRegister]);
const actor = { nature: 'person', seat: 7, office: 10, person: '1-1', grants: [] } as const;

function page(nth: number, en: string, version = 1) {
  const names = { en, sd: null, ur: null };
  const body = { names, parent: null, sex: 'f', born: null, household: null, number: null, owner: '1-2' };
  return { id: `2-${nth}`, kind: personKind.kind, scope: '1-2', version, body };
}
function arrival(records: readonly unknown[], leaves: readonly string[], sequence: number): Arrival {
  return { office: 10, leaves, records: records as Arrival['records'], cells: [], sequence };
}
const idsOf = (copy: Copy, text: string) =>
  findPeople(copy, text, 50)
    .map(({ page }) => page.id)
    .sort();

test('names that were being taken in while the office corrected them are found as they now stand', async () => {
  const copy = new Copy(registers, actor);
  const everybody = Array.from({ length: 20_000 }, (_, i) => page(i, i % 1000 === 0 ? `Zeba ${i}` : `Shabana ${i}`));
  copy.load([arrival(everybody, [], 1)], []);
  const stop = prepareSearch(copy);
  // Long enough for some of the names, and too short for all.
  await new Promise((done) => setTimeout(done, 12));
  copy.receive(new Map(), [arrival([page(0, 'Halima', 2), page(1, 'Zeba', 2)], ['2-1000'], 2)]);
  await new Promise((done) => setTimeout(done, 12));
  stop();
  const zebas = Array.from({ length: 18 }, (_, i) => `2-${(i + 2) * 1000}`);
  expect(idsOf(copy, 'Zeba')).toEqual(['2-1', ...zebas].sort());
  expect(idsOf(copy, 'Halima')).toEqual(['2-0']);
});

test('whoever types before all names are taken in finds everybody all the same', () => {
  const copy = new Copy(registers, actor);
  copy.load([arrival([page(1, 'Zeba'), page(2, 'Zeba'), page(3, 'Halima')], [], 1)], []);
  const stop = prepareSearch(copy);
  expect(idsOf(copy, 'Zeba')).toEqual(['2-1', '2-2']);
  stop();
});
