import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Names } from '../../kernel/names.ts';
import type { Kept } from '../../platform/book/kind.ts';
import type { Birth } from './birth.ts';
import { type Likeness, suspects, suspectsShown, whySame } from './duplicates.ts';
import type { Person } from './person.ts';

const spellings: readonly Names[] = [
  { sd: 'شبانه', ur: 'شبانہ', en: 'Shabana' },
  { sd: 'زينب', ur: 'زینب', en: 'Zenab' },
  { sd: 'غلام نبي', ur: 'غلام نبی', en: 'Ghulam Nabi' },
  { sd: 'عبدالغفور', ur: 'عبدالغفور', en: 'Abdul Ghafoor' },
  { sd: 'حليمه', ur: 'حلیمہ', en: 'Haleema' },
];
/** The same name, written in one of its scripts only. */
const inSomeScript = fc
  .record({ of: fc.constantFrom(...spellings), script: fc.constantFrom('sd', 'ur', 'en') })
  .map(({ of, script }): Names => ({ sd: null, ur: null, en: null, [script]: of[script as 'sd'] }));
const birth: fc.Arbitrary<Birth> = fc.oneof(
  fc.record({ year: fc.integer({ min: 1950, max: 2020 }) }),
  fc.record({ age: fc.integer({ min: 1, max: 80 }), toldOn: fc.constantFrom('2024-03-01', '2026-11-24') }),
  fc.record({ on: fc.constantFrom('1990-05-01', '1991-01-30', '2001-12-12') }),
);
const likeness: fc.Arbitrary<Likeness> = fc.record({
  names: inSomeScript,
  parent: fc.option(inSomeScript),
  sex: fc.constantFrom('f', 'm'),
  born: fc.option(birth),
  household: fc.option(fc.constantFrom('4-1', '4-2')),
  owner: fc.constantFrom('2-1', '2-2'),
  village: fc.option(fc.constantFrom('3-1', '3-2')),
});

function page(id: string, like: Likeness, over: Partial<Person> = {}): Kept<Person> {
  const body = {
    ...like,
    parentIs: null,
    number: null,
    cnic: null,
    enteredOn: '2026-11-01',
    left: null,
    withdrawnOn: null,
    mergedInto: null,
    corrections: [],
    ...over,
  } as unknown as Person;
  return { id, kind: 'person', scope: like.owner, version: 1, body };
}

test('who is compared with whom does not matter', () => {
  fc.assert(
    fc.property(likeness, likeness, (a, b) => {
      expect(whySame(a, b)).toEqual(whySame(b, a));
    }),
  );
});

test('a woman written once more with the same father in the same CO is always shown, in whatever script she is written', () => {
  fc.assert(
    fc.property(likeness, fc.constantFrom('sd', 'ur', 'en'), (a, script) => {
      const again = (names: Names | null): Names | null => {
        const known =
          names && spellings.find((of) => [of.sd, of.ur, of.en].some((name) => Object.values(names).includes(name)));
        return known ? { sd: null, ur: null, en: null, [script]: known[script as 'sd'] } : names;
      };
      fc.pre(a.parent !== null);
      const written = { ...a, names: again(a.names) as Names, parent: again(a.parent) };
      expect(whySame(a, written)).toContain('people.same.parent');
    }),
  );
});

test('another name, another sex or another generation is another person, whatever else agrees', () => {
  fc.assert(
    fc.property(likeness, (a) => {
      const shabana = { ...a, names: spellings[0] as Names };
      expect(whySame(shabana, { ...shabana, names: spellings[4] as Names })).toBeNull();
      expect(whySame({ ...a, sex: 'f' }, { ...a, sex: 'm' })).toBeNull();
      expect(whySame({ ...a, born: { year: 1960 } }, { ...a, born: { year: 1985 } })).toBeNull();
    }),
  );
});

test('one name alone is nobody’s: five Shabanas of one village are not shown for each other', () => {
  fc.assert(
    fc.property(likeness, (a) => {
      const alone = { ...a, parent: null, born: null, household: null };
      expect(whySame(alone, { ...alone, owner: a.owner })).toBeNull();
    }),
  );
});

test('a wife who was written under her father is found in her own kitchen, and nowhere else', () => {
  const shabana = {
    names: spellings[0] as Names,
    sex: 'f' as const,
    born: { year: 1990 },
    owner: '2-1',
    village: '3-1',
  };
  const asWife = { ...shabana, parent: spellings[2] as Names, household: '4-1' };
  const asDaughter = { ...shabana, parent: spellings[3] as Names, household: '4-1' };
  expect(whySame(asWife, asDaughter)).toContain('people.same.household');
  expect(whySame(asWife, { ...asDaughter, household: '4-2' })).toBeNull();
});

test('an age that was told may be five years off, a year one', () => {
  const at = (born: Birth) => ({
    names: spellings[0] as Names,
    parent: spellings[2] as Names,
    sex: 'f' as const,
    born,
    household: null,
    owner: '2-1',
    village: null,
  });
  const told = at({ age: 30, toldOn: '2026-11-24' });
  expect(whySame(told, at({ year: 2000 }))).toContain('people.same.birth');
  expect(whySame(told, at({ year: 2003 }))).toBeNull();
  expect(whySame(at({ year: 1990 }), at({ year: 1991 }))).toContain('people.same.birth');
  expect(whySame(at({ year: 1990 }), at({ year: 1992 }))).toBeNull();
});

test('the likeliest come first, at most five, and nobody who was merged or taken out', () => {
  fc.assert(
    fc.property(likeness, fc.array(likeness, { maxLength: 12 }), (asked, others) => {
      const pages = others.map((other, i) => page(`1-${i + 1}`, other));
      const same = page('9-1', asked);
      const hidden = [page('9-2', asked, { mergedInto: '9-1' }), page('9-3', asked, { withdrawnOn: '2026-11-02' })];
      const villageOf = (person: Person) => (person as unknown as Likeness).village;
      const found = suspects(asked, [...pages, ...hidden, same], villageOf);
      expect(found.length).toBeLessThanOrEqual(suspectsShown);
      for (const { page: shown } of found) expect(['9-2', '9-3']).not.toContain(shown.id);
      const weigh = (reasons: readonly string[]) =>
        (reasons.includes('people.same.parent') ? 4 : 0) +
        (reasons.includes('people.same.household') ? 3 : 0) +
        (reasons.includes('people.same.birth') ? 2 : 0) +
        (reasons.includes('people.same.organization') || reasons.includes('people.same.village') ? 1 : 0);
      const weights = found.map(({ reasons }) => weigh(reasons));
      expect(weights).toEqual([...weights].sort((a, b) => b - a));
    }),
  );
});
