import { nameIn } from '../../kernel/names.ts';
import type { Words } from '../../platform/languages/say.ts';
import type { Donor } from './donor.ts';

/** "son of Ghulam", "daughter of Ghulam": nobody is told apart by a name alone. */
export function sayParent(words: Words, { parent, sex }: Pick<Donor, 'parent' | 'sex'>): string | null {
  if (parent === null) return null;
  return words.say(sex === 'f' ? 'blood-donors.daughter-of' : 'blood-donors.son-of', {
    name: nameIn(parent, words.language),
  });
}
