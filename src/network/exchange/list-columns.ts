import { fold } from '../../kernel/words.ts';
import type { Wrong } from './sheet.ts';

/** The lists that can be brought in. Each row becomes one line of the office's book. */
export const importLists = ['places', 'organizations', 'households', 'people', 'donors'] as const;
export type ImportList = (typeof importLists)[number];

export function isImportList(text: string): text is ImportList {
  return (importLists as readonly string[]).includes(text);
}

/** What a column may hold. */
export type Field = keyof typeof headings;
type Script = 'sd' | 'ur' | 'en';

/*
 * How people head their columns in English, Urdu and Sindhi. The first of each is the one that our own files use. They are compared
 * folded, so that spelling with ی or ي, ک or ڪ, small or capital letters makes no difference.
 */
const headings = {
  name: [
    'Name',
    'Full name',
    'Person',
    'Member',
    'Donor',
    'Organization',
    'Place',
    'نام',
    'پورا نام',
    'نالو',
    'پورو نالو',
  ],
  head: [
    'Head of household',
    'Head',
    'Household head',
    'Name of head',
    'HH head',
    'Name',
    'گھر کا سربراہ',
    'سربراہ',
    'گھرانے کا سربراہ',
    'نام',
    'گهر جو وڏو',
    'گهراڻي جو وڏو',
    'سربراهه',
    'نالو',
  ],
  parent: [
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
    'والد',
    'والد یا شوہر',
    'والد/شوہر کا نام',
    'شوہر',
    'ولدیت',
    'پيءُ',
    'پيءُ يا مڙس',
    'پيءُ/مڙس جو نالو',
    'پيءُ يا مڙس جو نالو',
    'مڙس',
    'ولديت',
  ],
  size: [
    'Members',
    'Number of people',
    'People',
    'Family size',
    'Household size',
    'HH size',
    'Size',
    'افراد',
    'افراد کی تعداد',
    'گھر کے افراد',
    'ماڻهو',
    'ماڻهن جو تعداد',
    'گهر جا ڀاتي',
    'ڀاتي',
  ],
  village: [
    'Village',
    'Village or settlement',
    'Settlement',
    'Goth',
    'Para',
    'Place',
    'گاؤں',
    'بستی',
    'گوٹھ',
    'ڳوٺ',
    'ڳوٺ يا پاڙو',
    'پاڙو',
    'وستي',
  ],
  vo: ['VO', 'Village Organization', 'VO name', 'VO number', 'وی او', 'وي او', 'ديهي تنظيم', 'دیہی تنظیم'],
  co: ['CO', 'Community Organization', 'CO name', 'CO number', 'سی او', 'سي او', 'پاڙي جي تنظيم', 'محلہ تنظیم'],
  since: [
    'Since',
    'Joined on',
    'Date of joining',
    'Member since',
    'کب سے',
    'شمولیت کی تاریخ',
    'ڪڏهن کان',
    'شموليت جي تاريخ',
  ],
  page: ['Book page', 'Page', 'Register page', 'Page no', 'صفحہ', 'رجسٹر کا صفحہ', 'صفحو', 'رجسٽر جو صفحو'],
  sex: ['Sex', 'Gender', 'M/F', 'جنس', 'مرد يا عورت', 'عورت يا مرد'],
  born: [
    'Born',
    'Date of birth',
    'Birth year',
    'Year of birth',
    'DOB',
    'پیدائش',
    'تاریخ پیدائش',
    'پیدائش کا سال',
    'ڄمڻ',
    'ڄمڻ جي تاريخ',
    'ڄمڻ جو سال',
  ],
  age: ['Age', 'Age in years', 'عمر', 'ڄمار'],
  number: [
    'Membership number',
    'Member no',
    'Membership no',
    'Number',
    'No',
    'رکنیت نمبر',
    'نمبر',
    'رڪنيت نمبر',
    'ميمبر نمبر',
  ],
  group: ['Blood group', 'Group', 'خون کا گروپ', 'بلڈ گروپ', 'رت جو گروپ', 'بلڊ گروپ'],
  known: ['How it is known', 'Known by', 'Proof', 'کیسے معلوم ہے', 'ثبوت', 'ڪيئن معلوم آهي'],
  phone: [
    'Phone',
    'Contact number',
    'Mobile',
    'Phone number',
    'Contact',
    'Cell',
    'Mobile no',
    'فون',
    'فون نمبر',
    'موبائل',
    'رابطہ نمبر',
    'موبائيل',
    'رابطي جو نمبر',
  ],
  whose: ['Whose phone', 'Phone of', 'فون کس کا ہے', 'فون ڪنهن جو آهي'],
  through: ['Reached through', 'Through', 'Relay', 'Leader', 'کس کے ذریعے', 'ذریعہ', 'ڪنهن جي ذريعي', 'وسيلو'],
  address: ['Address', 'پتہ', 'پتو'],
  consent: ['Agreed', 'Consent', 'Willing', 'رضامندی', 'راضی', 'رضامندي', 'راضي'],
  level: ['Level', 'Kind of place', 'Type', 'سطح', 'قسم'],
  within: ['Within', 'Part of', 'Union council', 'UC', 'Parent', 'کس میں', 'یونین کونسل', 'ڪنهن ۾', 'يونين ڪائونسل'],
  code: ['P-code', 'Code', 'Pcode', 'کوڈ', 'ڪوڊ'],
  aliases: ['Other spellings', 'Aliases', 'Also called', 'دوسرے نام', 'ٻيا نالا'],
  tier: ['Tier', 'CO or VO', 'Type of organization', 'Type', 'درجہ', 'قسم', 'درجو'],
  above: ['Above it', 'Belongs to', 'Parent', 'VO', 'وی او', 'اوپر', 'وي او', 'مٿي'],
  of: ['Women or men', 'Members are', 'Women/men', 'Gender', 'خواتین یا مرد', 'عورتون يا مرد'],
  formed: [
    'Formed on',
    'Date of formation',
    'Formation date',
    'Formed',
    'قیام کی تاریخ',
    'تشکیل کی تاریخ',
    'ٺهڻ جي تاريخ',
  ],
} as const;

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
export function headingOf(field: Field): string {
  return headings[field][0];
}

/** The columns in which a wrong row says what to correct. They are read over when the file comes back. */
export const whatIsWrongHeadings = ['What to correct', 'کیا درست کرنا ہے', 'ڇا درست ڪجي'] as const;

const scripts: readonly (readonly [Script, readonly string[]])[] = [
  ['sd', ['sindhi', 'سنڌي', 'سندھی', 'sd']],
  ['ur', ['urdu', 'اردو', 'ur']],
  ['en', ['english', 'roman', 'انگريزي', 'انگریزی', 'latin', 'en']],
];

export type Column = { readonly heading: string; readonly field: Field | null; readonly script: Script | null };
export type Columns = {
  readonly columns: readonly Column[];
  readonly wrong: readonly Wrong[];
  readonly notes: readonly Wrong[];
};

/** Knows each column by its heading. A column that is needed and missing is wrong; one that nobody knows is noted. */
export function readHeadings(list: ImportList, written: readonly string[]): Columns {
  const known = new Map(
    fieldsOf[list].flatMap((field) => headings[field].map((heading) => [fold(heading), field] as const)).reverse(),
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
      wrong.push({ row: 1, column: null, code: 'exchange.column-missing', params: { column: headingOf(field) } });
  return { columns, wrong, notes };
}

function withoutScript(folded: string): { bare: string; script: Script | null } {
  for (const [script, words] of scripts)
    for (const word of words.map(fold)) {
      if (folded.endsWith(` ${word}`)) return { bare: folded.slice(0, -word.length - 1), script };
      if (folded.startsWith(`${word} `)) return { bare: folded.slice(word.length + 1), script };
    }
  return { bare: folded, script: null };
}
