import type { Language } from '../language.ts';
import { loadWords, officeSentences } from '../phone/words-context.tsx';
import type { Words } from '../say.ts';

// What only the desk says lies apart: no phone carries it.
const more = {
  sd: () => import('../desk-catalog-sd.generated.ts'),
  ur: () => import('../desk-catalog-ur.generated.ts'),
  en: () => import('../desk-catalog-en.generated.ts'),
} as const;

/** The words of a desk: the phone's, and its own. */
export function loadDeskWords(language: Language): Promise<Words> {
  return loadWords(language, 'latin', [officeSentences, more]);
}
