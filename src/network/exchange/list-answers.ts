import type { Field, Spellings } from './list-columns.ts';

/** The answers a cell may give, each with the ways it is written. */
export type Choices<T extends string> = Readonly<Record<T, Spellings>>;

export const sexes: Choices<'f' | 'm'> = {
  f: {
    en: ['Female', 'F', 'Woman', 'Girl', 'Women'],
    ur: ['عورت', 'خاتون', 'لڑکی', 'مونث', 'زنانہ', 'ع'],
    sd: ['عورت', 'ڇوڪري'],
  },
  m: {
    en: ['Male', 'M', 'Man', 'Boy', 'Men'],
    ur: ['مرد', 'آدمی', 'لڑکا', 'مذکر', 'مردانہ', 'م'],
    sd: ['مرد', 'ڇوڪرو'],
  },
};
export const yesOrNo: Choices<'yes' | 'no'> = {
  yes: { en: ['Yes', 'Y', '1', 'true', 'Agreed'], ur: ['ہاں', 'جی', 'راضی'], sd: ['ها', 'هائو', 'راضي'] },
  no: { en: ['No', 'N', '0', 'false'], ur: ['نہیں', 'نہ'], sd: ['نه'] },
};
/** The levels that come in by a list; what is above them ships. */
export type ListedLevel = 'union-council' | 'village' | 'settlement';
export const levels: Choices<ListedLevel> = {
  'union-council': { en: ['Union council', 'UC'], ur: ['یونین کونسل'], sd: ['يونين ڪائونسل'] },
  village: { en: ['Village', 'Goth', 'Deh'], ur: ['گاؤں', 'گوٹھ'], sd: ['ڳوٺ'] },
  settlement: { en: ['Settlement', 'Para', 'Mohalla'], ur: ['بستی', 'محلہ'], sd: ['وستي', 'پاڙو'] },
};
export const listedTiers: Choices<'vo' | 'co'> = {
  vo: { en: ['VO', 'Village Organization'], ur: ['وی او', 'دیہی تنظیم'], sd: ['وي او', 'ديهي تنظيم'] },
  co: { en: ['CO', 'Community Organization'], ur: ['سی او', 'محلہ تنظیم'], sd: ['سي او', 'پاڙي جي تنظيم'] },
};
export const membersAre: Choices<'women' | 'men' | 'mixed'> = {
  women: { en: ['Women', 'Female', 'W', 'F'], ur: ['خواتین'], sd: ['عورتون'] },
  men: { en: ['Men', 'Male', 'M'], ur: ['مرد'], sd: ['مرد'] },
  mixed: { en: ['Mixed', 'Both'], ur: ['مخلوط'], sd: ['گڏيل'] },
};
export const knownBy: Choices<'card' | 'lab' | 'told'> = {
  card: { en: ['Card', 'Blood card'], ur: ['کارڈ'], sd: ['ڪارڊ'] },
  lab: { en: ['Lab', 'Lab slip', 'Laboratory'], ur: ['لیب'], sd: ['ليب'] },
  told: { en: ['Told', 'Said', 'Self'], ur: ['زبانی', 'بتایا'], sd: ['زباني', 'ٻڌايو'] },
};
export const whosePhone: Choices<'own' | 'husband' | 'father' | 'brother' | 'son' | 'neighbour' | 'other'> = {
  own: { en: ['Own', 'Self'], ur: ['اپنا'], sd: ['پنهنجو'] },
  husband: { en: ['Husband'], ur: ['شوہر'], sd: ['مڙس'] },
  father: { en: ['Father'], ur: ['والد'], sd: ['پيءُ'] },
  brother: { en: ['Brother'], ur: ['بھائی'], sd: ['ڀاءُ'] },
  son: { en: ['Son'], ur: ['بیٹا'], sd: ['پٽ'] },
  neighbour: { en: ['Neighbour', 'Neighbor'], ur: ['پڑوسی'], sd: ['پاڙيسري'] },
  other: { en: ['Other'], ur: ['دوسرا'], sd: ['ٻيو'] },
};

/** What may stand in a column that has answers of its own. */
export const answersOf = {
  sex: sexes,
  consent: yesOrNo,
  level: levels,
  tier: listedTiers,
  of: membersAre,
  known: knownBy,
  whose: whosePhone,
} as const satisfies Partial<Record<Field, Readonly<Record<string, Spellings>>>>;
export type AnsweredField = keyof typeof answersOf;
