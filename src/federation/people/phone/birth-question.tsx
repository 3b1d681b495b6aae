import type { VNode } from 'preact';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { isPlainDate, type PlainDate } from '../../../kernel/plain-date.ts';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Birth, bornBy } from '../birth.ts';

/** What is known of a birth, as it is being typed: a day, a year, or an age. */
export type BirthTyped = { readonly as: 'age' | 'year' | 'day'; readonly typed: string };

/** What was typed, or null when nothing was, or `wrong`. */
export function readBirth({ as, typed }: BirthTyped, today: PlainDate): Birth | null | 'wrong' {
  const text = toLatinDigits(typed).trim();
  if (text === '') return null;
  if (as === 'day') return isPlainDate(text) && bornBy({ on: text }, today).ok ? { on: text } : 'wrong';
  if (!/^\d{1,4}$/.test(text)) return 'wrong';
  const number = Number(text);
  if (as === 'age') return number <= 120 ? { age: number, toldOn: today } : 'wrong';
  return number >= 1900 && bornBy({ year: number }, today).ok ? { year: number } : 'wrong';
}

/** A birth as it may be corrected: what stands, ready to be typed over. */
export function typedBirth(birth: Birth | null): BirthTyped {
  if (birth === null) return { as: 'age', typed: '' };
  if ('on' in birth) return { as: 'day', typed: birth.on };
  if ('year' in birth) return { as: 'year', typed: String(birth.year) };
  return { as: 'age', typed: String(birth.age) };
}

type BirthProps = {
  readonly birth: BirthTyped;
  readonly onBirth: (birth: BirthTyped) => void;
  readonly error?: string | null;
};

/** Many know no day: an age, or a year, is as good an answer. */
export function BirthQuestion({ birth, onBirth, error }: BirthProps): VNode {
  const words = useWords();
  return (
    <>
      <PickGrid
        look="answer"
        label={words.say('people.born-how')}
        picked={birth.as}
        onPick={(as: BirthTyped['as']) => onBirth({ as, typed: '' })}
        choices={[
          { value: 'age', icon: 'people', label: words.say('people.by-age') },
          { value: 'year', icon: 'event', label: words.say('people.by-year') },
          { value: 'day', icon: 'register', label: words.say('people.by-day') },
        ]}
      />
      <Field
        key={birth.as}
        label={words.say(`people.by-${birth.as}`)}
        {...(birth.as === 'day'
          ? { type: 'date' as const }
          : { numeric: true, example: birth.as === 'age' ? '35' : '1991' })}
        value={birth.typed}
        onInput={(typed) => onBirth({ ...birth, typed })}
        error={error ?? null}
      />
      <p class="muted">{words.say('people.born-meaning')}</p>
    </>
  );
}
