import { fold } from '../../kernel/words.ts';
import type { Language } from '../../platform/languages/language.ts';
import type { Wrong } from './sheet.ts';

/** The lists that can be brought in. Each row becomes one line of the office's book. */
export const importLists = ['places', 'organizations', 'households', 'people', 'donors'] as const;
export type ImportList = (typeof importLists)[number];

export function isImportList(text: string): text is ImportList {
  return (importLists as readonly string[]).includes(text);
}

/** The ways something is written in each language. The first of each is the one that our own files and pages use. */
export type Spellings = Readonly<Record<Language, readonly [string, ...string[]]>>;

export function everySpelling({ en, ur, sd }: Spellings): readonly string[] {
  return [...en, ...ur, ...sd];
}

/** What a column may hold. */
export type Field = keyof typeof headings;

/*
 * How people head their columns. They are compared folded, so that spelling with ی or ي, ک or ڪ, small or capital letters makes no
 * difference.
 */
const headings = {
  name: {
    en: ['Name', 'Full name', 'Person', 'Member', 'Donor', 'Organization', 'Place'],
    ur: ['نام', 'پورا نام'],
    sd: ['نالو', 'پورو نالو'],
  },
  head: {
    en: ['Head of household', 'Head', 'Household head', 'Name of head', 'HH head', 'Name'],
    ur: ['گھر کا سربراہ', 'سربراہ', 'گھرانے کا سربراہ', 'نام'],
    sd: ['گهر جو وڏو', 'گهراڻي جو وڏو', 'سربراهه', 'نالو'],
  },
  parent: {
    en: [
      'Father or husband',
      'Father',
      'Husband',
      'Father/husband',
      "Father's name",
      "Husband's name",
      "Father's/husband's name",
      'Father husband name',
      'F/H name',
      'S/o D/o W/o',
    ],
    ur: ['والد یا شوہر', 'والد', 'والد/شوہر کا نام', 'شوہر', 'ولدیت'],
    sd: ['پيءُ يا مڙس', 'پيءُ', 'پيءُ/مڙس جو نالو', 'پيءُ يا مڙس جو نالو', 'مڙس', 'ولديت'],
  },
  size: {
    en: ['Members', 'Number of people', 'People', 'Family size', 'Household size', 'HH size', 'Size'],
    ur: ['افراد', 'افراد کی تعداد', 'گھر کے افراد'],
    sd: ['گهر جا ڀاتي', 'ماڻهو', 'ماڻهن جو تعداد', 'ڀاتي'],
  },
  village: {
    en: ['Village', 'Village or settlement', 'Settlement', 'Goth', 'Para', 'Place'],
    ur: ['گاؤں', 'بستی', 'گوٹھ'],
    sd: ['ڳوٺ', 'ڳوٺ يا پاڙو', 'پاڙو', 'وستي'],
  },
  vo: {
    en: ['VO', 'Village Organization', 'VO name', 'VO number'],
    ur: ['وی او', 'دیہی تنظیم'],
    sd: ['وي او', 'ديهي تنظيم'],
  },
  co: {
    en: ['CO', 'Community Organization', 'CO name', 'CO number'],
    ur: ['سی او', 'محلہ تنظیم'],
    sd: ['سي او', 'پاڙي جي تنظيم'],
  },
  since: {
    en: ['Since', 'Joined on', 'Date of joining', 'Member since'],
    ur: ['کب سے', 'شمولیت کی تاریخ'],
    sd: ['ڪڏهن کان', 'شموليت جي تاريخ'],
  },
  page: {
    en: ['Book page', 'Page', 'Register page', 'Page no'],
    ur: ['رجسٹر کا صفحہ', 'صفحہ'],
    sd: ['رجسٽر جو صفحو', 'صفحو'],
  },
  sex: { en: ['Sex', 'Gender', 'M/F'], ur: ['جنس'], sd: ['عورت يا مرد', 'مرد يا عورت'] },
  born: {
    en: ['Born', 'Date of birth', 'Birth year', 'Year of birth', 'DOB'],
    ur: ['پیدائش', 'تاریخ پیدائش', 'پیدائش کا سال'],
    sd: ['ڄمڻ', 'ڄمڻ جي تاريخ', 'ڄمڻ جو سال'],
  },
  age: { en: ['Age', 'Age in years'], ur: ['عمر'], sd: ['ڄمار'] },
  number: {
    en: ['Membership number', 'Member no', 'Membership no', 'Number', 'No'],
    ur: ['رکنیت نمبر', 'نمبر'],
    sd: ['رڪنيت نمبر', 'ميمبر نمبر', 'نمبر'],
  },
  group: { en: ['Blood group', 'Group'], ur: ['خون کا گروپ', 'بلڈ گروپ'], sd: ['رت جو گروپ', 'بلڊ گروپ'] },
  known: {
    en: ['How it is known', 'Known by', 'Proof'],
    ur: ['کیسے معلوم ہے', 'ثبوت'],
    sd: ['ڪيئن معلوم آهي', 'ثبوت'],
  },
  phone: {
    en: ['Phone', 'Contact number', 'Mobile', 'Phone number', 'Contact', 'Cell', 'Mobile no'],
    ur: ['فون نمبر', 'فون', 'موبائل', 'رابطہ نمبر'],
    sd: ['فون نمبر', 'فون', 'موبائيل', 'رابطي جو نمبر'],
  },
  whose: { en: ['Whose phone', 'Phone of'], ur: ['فون کس کا ہے'], sd: ['فون ڪنهن جو آهي'] },
  through: {
    en: ['Reached through', 'Through', 'Relay', 'Leader'],
    ur: ['کس کے ذریعے', 'ذریعہ'],
    sd: ['ڪنهن جي ذريعي', 'وسيلو'],
  },
  address: { en: ['Address'], ur: ['پتہ'], sd: ['پتو'] },
  consent: { en: ['Agreed', 'Consent', 'Willing'], ur: ['رضامندی', 'راضی'], sd: ['رضامندي', 'راضي'] },
  level: { en: ['Level', 'Kind of place', 'Type'], ur: ['سطح', 'قسم'], sd: ['سطح', 'قسم'] },
  within: {
    en: ['Within', 'Part of', 'Union council', 'UC', 'Parent'],
    ur: ['کس میں', 'یونین کونسل'],
    sd: ['ڪنهن ۾', 'يونين ڪائونسل'],
  },
  code: { en: ['P-code', 'Code', 'Pcode'], ur: ['کوڈ'], sd: ['ڪوڊ'] },
  aliases: { en: ['Other spellings', 'Aliases', 'Also called'], ur: ['دوسرے نام'], sd: ['ٻيا نالا'] },
  tier: { en: ['Tier', 'CO or VO', 'Type of organization', 'Type'], ur: ['درجہ', 'قسم'], sd: ['درجو', 'قسم'] },
  above: { en: ['Above it', 'Belongs to', 'Parent', 'VO'], ur: ['اوپر', 'وی او'], sd: ['مٿي', 'وي او'] },
  of: {
    en: ['Women or men', 'Members are', 'Women/men', 'Gender'],
    ur: ['خواتین یا مرد'],
    sd: ['عورتون يا مرد'],
  },
  formed: {
    en: ['Formed on', 'Date of formation', 'Formation date', 'Formed'],
    ur: ['قیام کی تاریخ', 'تشکیل کی تاریخ'],
    sd: ['ٺهڻ جي تاريخ'],
  },
} as const satisfies Readonly<Record<string, Spellings>>;

export const fieldsOf: Readonly<Record<ImportList, readonly Field[]>> = {
  places: ['name', 'level', 'within', 'code', 'aliases'],
  organizations: ['name', 'tier', 'number', 'above', 'village', 'of', 'formed'],
  households: ['head', 'parent', 'size', 'village', 'vo', 'co', 'since', 'page'],
  people: ['name', 'parent', 'sex', 'born', 'age', 'vo', 'co', 'number'],
  donors: [
    'name',
    'parent',
    'sex',
    'born',
    'age',
    'group',
    'known',
    'phone',
    'whose',
    'through',
    'village',
    'vo',
    'address',
    'consent',
  ],
};

/** Without these a list says nothing. */
export const neededFields: Readonly<Record<ImportList, readonly Field[]>> = {
  places: ['name', 'level'],
  organizations: ['name', 'tier', 'formed'],
  households: ['head'],
  people: ['name', 'sex'],
  donors: ['name', 'sex', 'vo', 'consent'],
};

/** The heading under which our own files write a field, and by which a missing column is named. */
export function headingOf(field: Field, language: Language): string {
  return headings[field][language][0];
}

/** The headings of the column of a name in each script, as our own files write them. */
export function headingsOfName(language: Language): readonly string[] {
  return scripts.map(([script]) => `${headingOf('name', language)} (${scriptNames[script][language]})`);
}

/** The headings of a list, all that it knows, a name in every script: an empty list to fill in. */
export function headingsOfList(list: ImportList, language: Language): readonly string[] {
  return fieldsOf[list].flatMap((field) =>
    field === 'name' ? headingsOfName(language) : [headingOf(field, language)],
  );
}

/** The columns in which a wrong row says what to correct. They are read over when the file comes back. */
export const whatIsWrongHeadings = ['What to correct', 'کیا درست کرنا ہے', 'ڇا درست ڪجي'] as const;

const scriptNames: Readonly<Record<Language, Readonly<Record<Language, string>>>> = {
  en: { en: 'English', ur: 'انگریزی', sd: 'انگريزي' },
  sd: { en: 'Sindhi', ur: 'سندھی', sd: 'سنڌي' },
  ur: { en: 'Urdu', ur: 'اردو', sd: 'اردو' },
};
const scripts: readonly (readonly [Language, readonly string[]])[] = [
  ['en', [...Object.values(scriptNames.en), 'roman', 'latin', 'en']],
  ['sd', [...Object.values(scriptNames.sd), 'sd']],
  ['ur', [...Object.values(scriptNames.ur), 'ur']],
];

export type Column = { readonly heading: string; readonly field: Field | null; readonly script: Language | null };
export type Columns = {
  readonly columns: readonly Column[];
  readonly wrong: readonly Wrong[];
  readonly notes: readonly Wrong[];
};

/** Knows each column by its heading. A column that is needed and missing is wrong; one that nobody knows is noted. */
export function readHeadings(list: ImportList, written: readonly string[]): Columns {
  const known = new Map(
    fieldsOf[list]
      .flatMap((field) => everySpelling(headings[field]).map((heading) => [fold(heading), field] as const))
      .reverse(),
  );
  const ignored = new Set(whatIsWrongHeadings.map(fold));
  const notes: Wrong[] = [];
  const wrong: Wrong[] = [];
  const taken = new Map<string, string>();
  const columns = written.map((heading): Column => {
    const whole = fold(heading);
    const { bare, script } = withoutScript(whole);
    const field = known.get(whole) ?? known.get(bare) ?? null;
    if (field === null) {
      if (whole !== '' && !ignored.has(whole))
        notes.push({ row: 1, column: heading, code: 'exchange.column-not-read', params: {} });
      return { heading, field, script: null };
    }
    const column = { heading, field, script: known.has(whole) ? null : script };
    const before = taken.get(`${field} ${column.script}`);
    if (before !== undefined) {
      wrong.push({ row: 1, column: heading, code: 'exchange.column-twice', params: { other: before } });
      return { ...column, field: null };
    }
    taken.set(`${field} ${column.script}`, heading);
    return column;
  });
  for (const field of neededFields[list])
    if (!columns.some((column) => column.field === field))
      wrong.push({ row: 1, column: null, code: 'exchange.column-missing', params: { field } });
  return { columns, wrong, notes };
}

function withoutScript(folded: string): { bare: string; script: Language | null } {
  for (const [script, words] of scripts)
    for (const word of words.map(fold)) {
      if (folded.endsWith(` ${word}`)) return { bare: folded.slice(0, -word.length - 1), script };
      if (folded.startsWith(`${word} `)) return { bare: folded.slice(word.length + 1), script };
    }
  return { bare: folded, script: null };
}
