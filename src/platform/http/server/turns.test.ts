import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

/** Works that end when they are told to. */
function works(turns: Turns) {
  const begun: string[] = [];
  const ends = new Map<string, (failed?: Error) => void>();
  const all: Promise<unknown>[] = [];
  const start = (name: string, office: number) =>
    all.push(
      turns
        .take(office, () => {
          begun.push(name);
          return new Promise<void>((done, fail) => ends.set(name, (failed) => (failed ? fail(failed) : done())));
        })
        .catch(() => undefined),
    );
  const end = async (name: string, failed?: Error) => {
    ends.get(name)?.(failed);
    ends.delete(name);
    await new Promise((done) => setImmediate(done));
  };
  return { begun, ends, all, start, end };
}

test('an office that has all its phones back leaves room for the phone of another', async () => {
  const { begun, start, end } = works(new Turns(3, 2));
  for (const name of ['a1', 'a2', 'a3', 'a4']) start(name, 1);
  start('b1', 2);
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  await end('a1');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
});

test('a phone whose request met a bug does not keep its place', async () => {
  const { begun, start, end } = works(new Turns(1, 1));
  start('first', 1);
  start('second', 1);
  await end('first', new Error('a bug'));
  expect(begun).toEqual(['first', 'second']);
});

test('whoever comes back, every phone has its turn, in order within its office, and no more at once than there is room for', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.infiniteStream(fc.nat()),
      async (offices, most, mostOfOne, chance) => {
        const { begun, ends, all, start, end } = works(new Turns(most, mostOfOne));
        const officeOf = (name: string) => Number(name.split('-')[0]);
        for (const [i, office] of offices.entries()) start(`${office}-${i}`, office);
        while (ends.size > 0) {
          const going = [...ends.keys()];
          expect(going.length).toBeLessThanOrEqual(most);
          for (const office of new Set(going.map(officeOf)))
            expect(going.filter((name) => officeOf(name) === office).length).toBeLessThanOrEqual(mostOfOne);
          await end(going[(chance.next().value as number) % going.length] as string);
        }
        await Promise.all(all);
        for (const office of new Set(offices))
          expect(begun.filter((name) => officeOf(name) === office)).toEqual(
            offices.flatMap((of, i) => (of === office ? [`${of}-${i}`] : [])),
          );
        expect(begun).toHaveLength(offices.length);
      },
    ),
  ));
