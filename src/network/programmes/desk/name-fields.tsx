import type { VNode } from 'preact';
import type { Names } from '../../../kernel/names.ts';
import { Field } from '../../../platform/design/phone/field.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';

/** A name as it is typed, in each script. */
export type Typed = { readonly en: string; readonly sd: string; readonly ur: string };
export const nothing: Typed = { en: '', sd: '', ur: '' };

export function namesOf({ en, sd, ur }: Typed): Names | null {
  const names = { en: en.trim() || null, sd: sd.trim() || null, ur: ur.trim() || null };
  return (names.en ?? names.sd ?? names.ur) ? names : null;
}

/** One name in three scripts; whichever is not used stays empty. */
export function NameFields({
  value,
  onInput,
  error,
  of,
}: {
  readonly value: Typed;
  readonly onInput: (value: Typed) => void;
  readonly error: string | null;
  /** Tells the fields of two names on one page apart. */
  readonly of: string;
}): VNode {
  const words = useWords();
  const labels = { sd: 'programmes.in-sindhi', ur: 'programmes.in-urdu', en: 'programmes.in-english' } as const;
  return (
    <>
      {(['sd', 'ur', 'en'] as const).map((script, i) => (
        <Field
          key={script}
          label={words.say(labels[script])}
          name={`${of}-${script}`}
          value={value[script]}
          onInput={(text) => onInput({ ...value, [script]: text })}
          error={i === 2 ? error : null}
        />
      ))}
    </>
  );
}
