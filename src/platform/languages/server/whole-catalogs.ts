import { catalog as english } from '../catalog-en.generated.ts';
import { catalog as sindhi } from '../catalog-sd.generated.ts';
import { catalog as urdu } from '../catalog-ur.generated.ts';
import { catalog as deskEnglish } from '../desk-catalog-en.generated.ts';
import { catalog as deskSindhi } from '../desk-catalog-sd.generated.ts';
import { catalog as deskUrdu } from '../desk-catalog-ur.generated.ts';
import type { Language } from '../language.ts';
import { catalog as officeEnglish } from '../office-catalog-en.generated.ts';
import { catalog as officeSindhi } from '../office-catalog-sd.generated.ts';
import { catalog as officeUrdu } from '../office-catalog-ur.generated.ts';
import { makeWords, type Words } from '../say.ts';

const catalogs = {
  en: { ...english, ...officeEnglish, ...deskEnglish },
  sd: { ...sindhi, ...officeSindhi, ...deskSindhi },
  ur: { ...urdu, ...officeUrdu, ...deskUrdu },
} as const;

/** All that Otaq can say in a language, the desk's sentences among it: for the command line and for files. */
export function wordsOf(language: Language): Words {
  return makeWords({ language, digits: 'latin' }, catalogs[language]);
}
