import { expect, test } from 'vitest';
import { catalog } from '../../platform/languages/desk-catalog-en.generated.ts';
import { catalog as sindhi } from '../../platform/languages/desk-catalog-sd.generated.ts';
import { catalog as urdu } from '../../platform/languages/desk-catalog-ur.generated.ts';
import { languages } from '../../platform/languages/language.ts';
import { makeWords } from '../../platform/languages/say.ts';
import { dirtyHouseholds } from './dirty-list.arbitrary.ts';
import { type KnownOffice, knownOrganization, knownPlace, likeness } from './known-office.ts';
import { type AnsweredField, answersOf, type Choices } from './list-answers.ts';
import { fieldsOf, headingsOfList, type ImportList, importLists, readHeadings } from './list-columns.ts';
import { previewList } from './preview.ts';
import { RowReader } from './row-reader.ts';
import type { Cell, Sheet } from './sheet.ts';
import { sayWrong, wrongRowsOf } from './wrong-rows.ts';

const names = (en: string | null, sd: string | null = null) => ({ en, sd, ur: null });
const office: KnownOffice = {
  today: '2026-11-24',
  root: '1-1',
  places: [
    knownPlace('1-2', { level: 'village', parent: null, names: names('Kandri', 'ڪنڊري'), aliases: ['Kundri'] }),
    knownPlace('1-3', { level: 'union-council', parent: null, names: names('Dhori'), aliases: [] }),
  ],
  organizations: [
    knownOrganization('1-1', { tier: 'lso', number: null, parent: null, place: null, names: names('Ibtida') }),
    knownOrganization('1-4', { tier: 'vo', number: 4, parent: '1-1', place: '1-2', names: names('Kandri') }),
    knownOrganization('1-5', { tier: 'vo', number: 2, parent: '1-1', place: null, names: names('Dhori') }),
    knownOrganization('1-6', { tier: 'co', number: 1, parent: '1-4', place: null, names: names('Shabana Para') }),
    knownOrganization('1-7', { tier: 'co', number: 1, parent: '1-5', place: null, names: names('Zeba Para') }),
  ],
  leaders: [{ person: '1-8', names: names('Shabana', 'شبانه') }],
  alike: new Set(likeness('household', names('Bux Ali'), names('Sodhal'), '1-6')),
};
const idOf = (ref: string | { readonly row: number }) => (typeof ref === 'string' ? ref : `row ${ref.row}`);
const sheet = (headings: readonly string[], ...rows: (readonly Cell[])[]): Sheet => ({
  headings,
  rows: rows.map((cells, i) => ({ row: i + 2, cells })),
});
const look = (list: ImportList, headings: readonly string[], ...rows: (readonly Cell[])[]) => {
  const preview = previewList(list, sheet(headings, ...rows), office);
  return {
    ...preview,
    inputs: preview.right.map(({ input }) => input(idOf)),
    codes: preview.wrong.map(({ row, column, code }) => `${row} ${column} ${code.slice('exchange.'.length)}`),
  };
};

test('a household is read under headings of three languages, in any script and digits', () => {
  const { inputs, codes } = look(
    'households',
    ['گھر کا سربراہ', "Father's/Husband's name", 'ماڻهن جو تعداد', 'VO', 'سي او', 'Since', 'Serial'],
    ['  Ghulam  Chandio\u200f', 'سوڍل', '۷', 'وي او ۴', 'CO-1', '۳۰ آڪٽوبر ۲۰۱۷', 1],
  );
  expect(codes).toEqual([]);
  expect(inputs).toEqual([
    {
      head: names('Ghulam Chandio'),
      headParent: names(null, 'سوڍل'),
      size: 7,
      place: '1-2',
      co: '1-6',
      owner: '1-6',
      since: '2017-10-30',
      bookPage: null,
    },
  ]);
});

test('one name in three columns is one name in three scripts', () => {
  const { inputs } = look('households', ['Name (Sindhi)', 'Name English', 'نام اردو'], ['غلام', 'Ghulam', 'غلام']);
  expect(inputs[0]).toMatchObject({ head: { sd: 'غلام', en: 'Ghulam', ur: 'غلام' }, owner: '1-1', co: null });
});

test('every wrong cell is named by row and column, and a right row is not lost for a wrong one', () => {
  const { codes, inputs, notes } = look(
    'households',
    ['Head', 'Father', 'Members', 'Village', 'CO', 'Since'],
    [null, 'Sodhal', 5, null, null, null],
    ['Bux Ali', 'Sodhal', 'many', 'Atlantis', 'Shabana Para', '31-02-2017'],
    ['Zeba', 'Sodhal', 3, 'Kundri', 'Zeba Para', '03/04/2020'],
    ['=1+1', null, null, null, null, '2031-01-01'],
    ['  zeba ', 'SODHAL', 3, null, 'Zeba Para', null],
    ['Bux Ali', 'Sodhal', 3, null, 'Shabana Para', null],
    ['Nasreen', null, 3, null, 'CO 1', null],
  );
  expect(codes).toEqual([
    '2 Head needed',
    '3 Members not-a-number',
    '3 Village no-such-place',
    '3 Since not-a-day',
    '3 Head in-the-office',
    '5 Head is-a-formula',
    '5 Since day-to-come',
    '6 Head twice-in-file',
    '7 Head twice-in-file',
    '8 CO several',
  ]);
  expect(inputs).toHaveLength(1);
  expect(notes.map(({ code }) => code)).toEqual(['exchange.day-both-ways']);
});

test('a list without a column that it needs says which, and reads nothing', () => {
  const { codes, inputs } = look('donors', ['Name', 'Gender', 'Colour'], ['Ghulam', 'M', 'red']);
  expect(codes).toEqual(['1 null column-missing', '1 null column-missing']);
  expect(inputs).toEqual([]);
});

test('a donor comes in with consent, group and number; a woman only through a leader', () => {
  const headings = ['Name', 'Father', 'Sex', 'Age', 'Blood group', 'Mobile', 'VO', 'Agreed', 'Reached through'];
  const { inputs, codes } = look(
    'donors',
    headings,
    ['Ghulam', 'Bux', 'مرد', 30, 'b neg', 3001234567, 4, 'ها', null],
    ['Zeba', 'Bux', 'F', null, null, '0300 0000101', 'Kandri', 'Yes', null],
    ['Halima', 'Bux', 'F', null, 'O+', '0300 0000102', 'Kandri', 'Yes', 'شبانه'],
    ['Nasreen', null, 'F', null, 'X', '12345', 'Kandri', 'No', null],
  );
  expect(codes).toEqual([
    '3 Reached through woman-needs-leader',
    '5 Blood group not-a-group',
    '5 Mobile not-a-phone',
    '5 Agreed not-agreed',
  ]);
  expect(inputs).toEqual([
    expect.objectContaining({
      sex: 'm',
      bornYear: 1996,
      group: 'B-',
      groupKnownBy: 'told',
      number: '+923001234567',
      vo: '1-4',
      village: '1-2',
    }),
    expect.objectContaining({ sex: 'f', relay: { person: '1-8', names: names('Shabana', 'شبانه') } }),
  ]);
});

test('rows may stand on rows above them: a village in a union council, a CO in a VO', () => {
  const places = look(
    'places',
    ['Name', 'Level', 'Part of', 'Other spellings'],
    ['Sajan Goth', 'Goth', 'Dhori', 'Saajan; ساجن'],
    ['Para of Sajan', 'Para', 'ساجن', null],
    ['Lost', 'Para', 'Nowhere', null],
  );
  expect(places.codes).toEqual(['4 Part of no-such-place']);
  expect(places.inputs[1]).toMatchObject({ parent: 'row 2', level: 'settlement' });
  const organizations = look(
    'organizations',
    ['Name', 'Tier', 'Number', 'Above it', 'Village', 'Formed on'],
    ['Sajan', 'VO', 9, null, 'Kandri', '1-1-2018'],
    ['Hope', 'CO', 'CO 1', 'VO 9', null, '2-2-2018'],
  );
  expect(organizations.codes).toEqual([]);
  expect(organizations.inputs).toEqual([
    expect.objectContaining({ parent: '1-1', place: '1-2', number: 9, formedOn: '2018-01-01' }),
    expect.objectContaining({ parent: 'row 2', number: 1 }),
  ]);
});

test('what is wrong is said in three languages, and the wrong rows come back to be corrected', () => {
  const readers = [
    makeWords({ language: 'en', digits: 'latin' }, catalog),
    makeWords({ language: 'sd', digits: 'latin' }, sindhi),
    makeWords({ language: 'ur', digits: 'latin' }, urdu),
  ];
  const typed = sheet(['Head', 'Members'], ['Bux', 'many'], ['Zeba', 4]);
  const { wrong } = previewList('households', typed, office);
  const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '').replaceAll('\u00a0', ' ');
  expect(readers.map((words) => plain(sayWrong(words, wrong[0] as (typeof wrong)[number])))).toEqual([
    'Row 2, Members: “many” is no number from 1 to 99.',
    'قطار 2، Members: “many” 1 کان 99 تائين جو انگ ناهي.',
    'قطار 2، Members: ”many“ 1 سے 99 تک کا عدد نہیں ہے۔',
  ]);
  const back = wrongRowsOf(readers[0] as (typeof readers)[number], typed, wrong);
  expect(back).toHaveLength(2);
  expect(back[1]?.slice(1)).toEqual(['Bux', 'many']);
  // The corrected file is read again as it is, with the column that said what to correct.
  const again = previewList(
    'households',
    { headings: back[0] as string[], rows: [{ row: 2, cells: [back[1]?.[0] ?? null, 'Bux', 5] }] },
    office,
  );
  expect([again.wrong, again.notes, again.right.length]).toEqual([[], [], 1]);
});

test('of a long dirty list exactly the wrong rows are wrong', () => {
  const cos = Array.from({ length: 40 }, (_, i) =>
    knownOrganization(`2-${i + 1}`, {
      tier: 'co',
      number: i + 1,
      parent: '1-4',
      place: null,
      names: names(`Para ${i + 1}`),
    }),
  );
  const list = dirtyHouseholds(3000, 7, { cos: 40 });
  const { wrong, right, rows, wrongRows } = previewList(
    'households',
    { headings: list.headings, rows: list.rows.map((cells, i) => ({ row: i + 2, cells })) },
    { ...office, organizations: cos },
  );
  expect([...new Set(wrong.map(({ row }) => row))]).toEqual(list.wrongRows);
  expect([rows, wrongRows, right.length]).toEqual([3000, 30, 2970]);
});

test.each(languages)('an empty list in %s is known by its own headings, with a name in every script', (language) => {
  for (const list of importLists) {
    const { columns, wrong, notes } = readHeadings(list, headingsOfList(list, language));
    expect([list, wrong, notes]).toEqual([list, [], []]);
    expect([...new Set(columns.map(({ field }) => field))]).toEqual(fieldsOf[list]);
    const scripts = columns.flatMap(({ field, script }) => (field === 'name' ? [script] : []));
    expect(scripts).toEqual(list === 'households' ? [] : ['en', 'sd', 'ur']);
  }
});

test.each(languages)('every answer that our own files write in %s is read back as the same answer', (language) => {
  for (const [field, choices] of Object.entries(answersOf) as [AnsweredField, Choices<string>][])
    for (const [answer, spellings] of Object.entries(choices)) {
      const reader = new RowReader([{ heading: 'x', field, script: null }], {
        row: 2,
        cells: [spellings[language][0]],
      });
      expect([field, reader.choice(field, choices, true)]).toEqual([field, answer]);
    }
});

test('an answer that nobody knows is answered with examples in the reader’s own language', () => {
  const { wrong } = look('people', ['Name', 'Sex'], ['Zeba', 'perhaps']);
  expect(
    wrong.map((fault) => sayWrong(makeWords({ language: 'sd', digits: 'latin' }, sindhi), fault)).join(),
  ).toContain('عورت، مرد');
  expect(
    wrong.map((fault) => sayWrong(makeWords({ language: 'en', digits: 'latin' }, catalog), fault)).join(),
  ).toContain('Female, Male');
  const { wrong: missing } = look('people', ['Name'], ['Zeba']);
  expect(
    missing.map((fault) => sayWrong(makeWords({ language: 'ur', digits: 'latin' }, urdu), fault)).join(),
  ).toContain('جنس');
});

test('a list that comes before the one on which it stands is told so once, and not in every row', () => {
  const empty = { ...office, places: office.places.slice(1), organizations: office.organizations.slice(0, 1) };
  const before = (list: ImportList, headings: readonly string[], ...rows: (readonly Cell[])[]) =>
    previewList(list, sheet(headings, ...rows), empty).wrong.map(({ row, code }) => `${row} ${code}`);
  expect(before('households', ['Head', 'Village', 'CO'], ['Zeba', 'Kandri', 1], ['Bux', 'Kandri', 2])).toEqual([
    'null exchange.places-first',
    'null exchange.organizations-first',
  ]);
  // What else is wrong is still said where it is.
  expect(before('households', ['Head', 'CO'], [null, 1], ['Bux', 2])).toEqual([
    'null exchange.organizations-first',
    '2 exchange.needed',
  ]);
  // Organizations stand on places, and on the rows above them.
  const formed = '2018-06-20';
  expect(
    before(
      'organizations',
      ['Name', 'Tier', 'VO', 'Village', 'Formed on'],
      ['Kandri', 'VO', null, 'Kandri', formed],
      ['Para', 'CO', 'Kandri', null, formed],
    ),
  ).toEqual(['null exchange.places-first']);
});
