import { type Names, nameIn } from '../../../kernel/names.ts';
import type { PlainDate } from '../../../kernel/plain-date.ts';
import { type GrantPage, grantKind } from '../../../platform/access/grants.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Words } from '../../../platform/languages/say.ts';
import { organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { ageOn, type Birth } from '../birth.ts';
import type { Household, ParentIs, Sex } from '../household.ts';
import { type Person, personKind } from '../person.ts';

/** "daughter of Ghulam", "wife of Ghulam": nobody is told apart by a name alone. */
export function sayParent(
  words: Words,
  {
    parent,
    parentIs,
    sex,
  }: { readonly parent: Names | null; readonly parentIs?: ParentIs | null; readonly sex?: Sex | null },
): string | null {
  if (parent === null) return null;
  return words.say('people.of', {
    name: nameIn(parent, words.language),
    as:
      parentIs === 'husband'
        ? 'husband'
        : sex === 'm'
          ? 'son'
          : sex !== 'f'
            ? 'someone'
            : parentIs === 'father'
              ? 'daughter'
              : 'woman',
  });
}

export function sayHeadParent(words: Words, { headParent, headParentIs, headSex }: Household): string | null {
  return sayParent(words, { parent: headParent, parentIs: headParentIs, sex: headSex ?? null });
}

/** The CO or VO, with the name it goes by. */
export function sayOwner(words: Words, copy: Copy, owner: string): string {
  const organization = copy.get(organizationKind, owner);
  return organization ? sayOrganization(words, organization.body) : words.say('design.not-known');
}

/** Father or husband, CO, and number: what tells one Shabana from another. */
export function sayWhich(words: Words, copy: Copy, person: Person): string {
  const parts = [
    sayParent(words, person),
    sayOwner(words, copy, person.owner),
    person.number === null ? null : words.say('people.member', { number: person.number }),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

export function sayBirth(words: Words, born: Birth | null, today: PlainDate): string {
  if (born === null) return words.say('design.not-known');
  const age = ageOn(born, today) ?? 0;
  if ('on' in born) return words.say('people.born-on', { on: born.on, age });
  if ('year' in born) return words.say('people.born-in', { year: String(born.year), age });
  return words.say('people.age-told', { age: born.age, on: born.toldOn });
}

/** Who wrote, by her name where this phone knows it. */
export function sayWriter(words: Words, copy: Copy, person: string | null): string {
  if (person === null) return words.say('people.by-import');
  for (const { body } of copy.all<GrantPage>(grantKind))
    if (body.person === person) return nameIn(body.names, words.language);
  const page = copy.get(personKind, person);
  return page ? nameIn(page.body.names, words.language) : words.say('people.by-leader');
}

const fieldWords = {
  names: 'people.field-names',
  parent: 'people.field-parent',
  parentIs: 'people.field-parent-is',
  sex: 'people.field-sex',
  born: 'people.field-born',
  household: 'people.field-household',
  head: 'people.field-head',
  headParent: 'people.field-head-parent',
  headParentIs: 'people.field-head-parent-is',
  headSex: 'people.field-head-sex',
  size: 'people.field-size',
  place: 'people.field-place',
  bookPage: 'people.field-book-page',
  owner: 'people.field-owner',
  number: 'people.field-number',
  enteredOn: 'people.field-entered-on',
  since: 'people.field-since',
} as const;

/** The name of a field that was corrected. */
export function sayField(words: Words, field: string): string {
  return field in fieldWords ? words.say(fieldWords[field as keyof typeof fieldWords]) : field;
}

/** What stood in a field before it was corrected. */
export function sayValue(words: Words, copy: Copy, field: string, value: unknown, today: PlainDate): string {
  if (value === null || value === undefined) return words.say('design.not-known');
  if (field === 'born') return sayBirth(words, value as Birth, today);
  if (field === 'sex' || field === 'headSex') return words.say(value === 'f' ? 'people.woman' : 'people.man');
  if (field === 'parentIs' || field === 'headParentIs')
    return words.say(value === 'husband' ? 'people.husband' : 'people.father');
  if (field === 'household') {
    const household = copy.byKind('household');
    for (const { id, body } of household) if (id === value) return nameIn((body as Household).head, words.language);
  }
  if (field === 'owner') return sayOwner(words, copy, String(value));
  if (field === 'place')
    for (const { id, body } of copy.byKind('place'))
      if (id === value) return nameIn((body as { readonly names: Names }).names, words.language);
  if (field === 'enteredOn' || field === 'since') return words.date(value as PlainDate);
  if (typeof value === 'object') return nameIn(value as Names, words.language);
  return typeof value === 'number' ? words.number(value) : String(value);
}
