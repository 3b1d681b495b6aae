import { expect, test } from 'vitest';
import { isEasyPassword } from './password-rules.ts';

const own = ['mahnoor.shah', 'Mahnoor Shah'];

test('a password of words of this place, of her own name, or of one piece said again is refused', () => {
  for (const easy of [
    'Otaq-Sukkur-2026',
    'password1234',
    'SRSO@larkana1',
    'mahnoorshah99',
    'Mahnoor.Shah!2026',
    'qwertyqwerty',
    'abcabcabcabc',
    'abcdefghijkl',
    '210987654321',
    'aaaaaaaaaaaa',
    '123456789012',
    'bismillah786',
    'Welcome@Pakistan1',
  ])
    expect(isEasyPassword(easy, own), easy).toBe(true);
});

test('any signs make a password: four words, Sindhi, spaces, pictures, sixty-four signs and more', () => {
  for (const good of [
    'river lamp nine goats',
    'چار لفظ جيڪي مان ئي ڄاڻان',
    'correct horse battery staple',
    '  spaces at both ends  ',
    'k7#pQ!x2m$Zr',
    'kit\u{1f33e}bori\u{1f33e}hala\u{1f33e}',
    'the goats of otaq eat paper on fridays',
    `${'the long way round '.repeat(4)}home`,
  ])
    expect(isEasyPassword(good, own), good).toBe(false);
});
