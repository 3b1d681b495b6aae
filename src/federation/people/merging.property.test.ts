import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecidedBook } from '../../../tests/support/decided-book.ts';
import { purposes } from '../../platform/access/purpose.ts';
import { registersOf } from '../../platform/book/command.ts';
import { type Cell, cellsOf, sumCells } from '../../platform/book/figures.ts';
import { isAbout, type Kept, kind } from '../../platform/book/kind.ts';
import { bookRegister } from '../../platform/book/notices.ts';
import { organizationsRegister } from '../organizations/register.ts';
import { pagesOf, standingPage } from './merging.ts';
import { type Person, personKind } from './person.ts';
import { peopleRegister } from './register.ts';

const registers = registersOf([bookRegister, organizationsRegister, peopleRegister]);
const names = (en: string) => ({ en, sd: null, ur: null });

const step = fc.oneof(
  fc.record({ do: fc.constant('merge' as const), a: fc.nat(7), b: fc.nat(7) }),
  fc.record({ do: fc.constant('unmerge' as const), a: fc.nat(7), b: fc.nat(7) }),
  fc.record({ do: fc.constant('correct' as const), a: fc.nat(7), b: fc.nat(7) }),
  fc.record({ do: fc.constant('phone' as const), a: fc.nat(7), b: fc.nat(7) }),
);
const history = fc.array(step, { maxLength: 40 });

function office() {
  const book = new DecidedBook(registers);
  const root = book.made('organizations.form', {
    tier: 'lso',
    names: names('Ibtida'),
    number: null,
    place: null,
    parent: null,
    of: 'women',
    formedOn: '2020-01-01',
    status: 'active',
  });
  const people = Array.from({ length: 8 }, (_, i) =>
    book.made('people.enter-person', {
      names: names('Shabana'),
      parent: names('Ghulam'),
      sex: i % 2 === 0 ? 'f' : 'm',
      household: null,
      number: i < 4 ? i + 1 : null,
      owner: root,
    }),
  );
  return { book, root, people };
}

type Office = ReturnType<typeof office>;
type Step = { readonly do: 'merge' | 'unmerge' | 'correct' | 'phone'; readonly a: number; readonly b: number };

/** Says the steps of a history; merging is left out where `merges` is false. */
function live({ book, root, people }: Office, steps: readonly Step[], merges = true): void {
  for (const { do: what, a, b } of steps) {
    const [one, other] = [people[a] as string, people[b] as string];
    if (what === 'merge' && merges) book.say('people.merge', { stays: one, goes: other });
    if (what === 'unmerge' && merges) book.say('people.unmerge', { person: one });
    if (what === 'correct')
      book.say('people.correct-person', { person: one, saw: 1000, fields: { born: { year: 1960 + b } } });
    if (what === 'phone')
      book.say('people.add-phone', {
        person: one,
        number: `030000001${b}${a}`,
        whose: 'own',
        safeToCall: true,
        owner: root,
      });
  }
}

/** The figures from the records alone, without those of refusals: a merge that was refused is written too. */
const cells = ({ book }: Office): readonly Cell[] =>
  sumCells(
    [...book.records.values()]
      .filter(({ kind }) => kind !== 'refusal')
      .flatMap((kept) => cellsOf(registers.kinds.get(kept.kind)?.measure(kept.body) ?? [])),
  ).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const find =
  ({ book }: Office) =>
  (id: string) =>
    book.records.get(`person ${id}`) as Kept<Person> | undefined;

test('after every page is taken apart again the book is to the letter what it would have been without a merge, figures too', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const [merged, plain] = [office(), office()];
      live(merged, steps);
      live(plain, steps, false);
      for (const person of merged.people) merged.book.say('people.unmerge', { person });
      const bodies = (one: Office) =>
        [...one.book.records.values()].filter(({ kind }) => kind === 'person').map(({ id, body }) => [id, body]);
      expect(bodies(merged)).toEqual(bodies(plain));
      expect(cells(merged)).toEqual(cells(plain));
      expect(merged.book.all(personKind)).toHaveLength(8);
    }),
  );
});

test('a merge writes the one page that goes, and nothing of any other record', () => {
  fc.assert(
    fc.property(history, fc.nat(7), fc.nat(7), (steps, a, b) => {
      const one = office();
      live(one, steps);
      const before = new Map(one.book.records);
      const decided = one.book.say('people.merge', { stays: one.people[a], goes: one.people[b] });
      const changed = decided.written.filter(({ kind }) => kind !== 'refusal').map(({ kind, id }) => `${kind} ${id}`);
      expect([[], [`person ${one.people[b]}`]]).toContainEqual(changed);
      for (const [key, kept] of before) if (!changed.includes(key)) expect(one.book.records.get(key)).toBe(kept);
    }),
  );
});

test('pointers never run in a circle: every page leads to one that stands, and each woman has her pages once', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const one = office();
      live(one, steps);
      const pointing = (id: string) => one.book.all(personKind).filter(({ body }) => body.mergedInto === id);
      const seen = new Map<string, string>();
      for (const person of one.people) {
        const stands = standingPage(person, find(one));
        expect(stands?.body.mergedInto).toBeNull();
        const pages = pagesOf(person, find(one), pointing).map(({ id }) => id);
        expect(pages[0]).toBe(stands?.id);
        expect(pages).toContain(person);
        seen.set(person, [...pages].sort().join());
      }
      // Whoever is reached from one of her pages is reached from all of them.
      for (const group of seen.values()) for (const id of group.split(',')) expect(seen.get(id)).toBe(group);
    }),
  );
});

test('one woman with two pages is counted once, and as a member once', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const one = office();
      live(one, steps);
      const counted = cells(one)
        .filter(({ figure }) => figure === 'people')
        .reduce((sum, { count }) => sum + count, 0);
      const women = new Set(one.people.map((person) => standingPage(person, find(one))?.id));
      expect(counted).toBe(women.size);
    }),
  );
});

test('money stays with the number it was paid under; a donor’s page follows', () => {
  const about = (afterMerge: 'follows' | 'stays') =>
    kind<{ person: string }>({
      kind: `kept-${afterMerge}`,
      shape: undefined as never,
      seenBy: purposes.registers,
      scope: () => '1-1',
      concerns: { person: ({ person }) => person, afterMerge },
    });
  const record = (person: string) => ({ id: '5-1', body: { person } });
  const merged = new Set(['1-2']);
  expect(isAbout(about('follows'), record('1-2'), '1-1', merged)).toBe(true);
  expect(isAbout(about('stays'), record('1-2'), '1-1', merged)).toBe(false);
  expect(isAbout(about('stays'), record('1-1'), '1-1', merged)).toBe(true);
  expect(isAbout(about('follows'), record('1-3'), '1-1', merged)).toBe(false);
});

test('of two phones that join the same two pages the other way round, the second is told so and nothing is lost', () => {
  const one = office();
  const [a, b] = one.people;
  one.book.say('people.merge', { stays: a, goes: b });
  expect(one.book.say('people.merge', { stays: b, goes: a }).refusal?.code).toBe('people.merged-already');
  expect(one.book.say('people.merge', { stays: a, goes: b }).state).toBe('accepted');
  expect(one.book.say('people.merge', { stays: a, goes: a }).refusal?.code).toBe('people.merge-with-itself');
});
