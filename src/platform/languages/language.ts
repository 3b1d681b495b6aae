/** Sindhi, Urdu, English. */
export type Language = 'sd' | 'ur' | 'en';
export type Direction = 'rtl' | 'ltr';

export const languages: readonly Language[] = ['sd', 'ur', 'en'];

/** How a language calls itself, for the switch: a reader finds her own without reading another. */
export const languageNames: Readonly<Record<Language, string>> = { sd: 'سنڌي', ur: 'اردو', en: 'English' };

export function directionOf(language: Language): Direction {
  return language === 'en' ? 'ltr' : 'rtl';
}

/** BCP 47 tag for `lang`, print and voices. */
export function languageTag(language: Language): string {
  return language === 'en' ? 'en-PK' : language === 'ur' ? 'ur-PK' : 'sd-Arab-PK';
}

export function parseLanguage(text: string | null | undefined): Language | null {
  const primary = (text ?? '').toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? null;
}
