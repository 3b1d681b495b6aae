import type { ComponentChildren, InputHTMLAttributes, VNode } from 'preact';
import { useId } from 'preact/hooks';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

type FieldProps = {
  readonly label: string;
  /** What is meant, in plain words. */
  readonly meaning?: string;
  readonly example?: string;
  /** What was wrong, where, and what would be right. The text typed stays. */
  readonly error?: string | null;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly name?: string;
  readonly type?: 'text' | 'tel' | 'date' | 'search' | 'password';
  /** Brings the keypad for digits and writes from left to right. */
  readonly numeric?: boolean;
  readonly autoFocus?: boolean;
  readonly lines?: number;
};

/** A question that is answered in writing: label above, meaning and example beneath, the error as a sentence. */
export function Field({
  label,
  meaning,
  example,
  error,
  value,
  onInput,
  name,
  type = 'text',
  numeric,
  autoFocus,
  lines,
}: FieldProps): VNode {
  const words = useWords();
  const id = useId();
  const shared = {
    id,
    value,
    ...(name ? { name } : {}),
    ...(autoFocus ? { autoFocus } : {}),
    dir: numeric || type === 'tel' ? ('ltr' as const) : ('auto' as const),
    'aria-describedby': `${id}-about`,
    'aria-invalid': Boolean(error),
    autocomplete: 'off' as const,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => onInput(event.currentTarget.value),
  };
  // Preact types every kind of input by itself; the kinds a field may have share all that is set here.
  const input = {
    type,
    ...(numeric ? { inputMode: 'numeric' } : {}),
    ...shared,
  } as InputHTMLAttributes<HTMLInputElement>;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {lines ? <textarea rows={lines} {...shared} /> : <input {...input} />}
      <div id={`${id}-about`}>
        {meaning && <p>{meaning}</p>}
        {example && <p>{words.say('design.example', { example })}</p>}
        {error && (
          <p class="error" role="alert">
            <Icon name="warn" />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  );
}

export type Choice<Value> = {
  readonly value: Value;
  readonly label: ComponentChildren;
  /** Heard instead of the label, where the label is a sign. */
  readonly spoken?: string;
  readonly icon?: IconName;
  readonly note?: ComponentChildren;
};

type PickGridProps<Value> = {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly picked: Value | null;
  readonly onPick: (value: Value) => void;
  /** `figure` shows the label as large as a figure, `answer` small with its picture above, `row` one under the other. */
  readonly look?: 'figure' | 'answer' | 'row';
};

/** At most five choices, each a picture and a word. */
export function PickGrid<Value extends string | number | boolean>({
  label,
  choices,
  picked,
  onPick,
  look = 'row',
}: PickGridProps<Value>): VNode {
  return (
    <fieldset class={`picks ${look}`} aria-label={label} dir={look === 'figure' ? 'ltr' : undefined}>
      {choices.map((choice) => (
        <button
          type="button"
          key={String(choice.value)}
          class="pick"
          aria-pressed={choice.value === picked}
          aria-label={choice.spoken}
          onClick={() => onPick(choice.value)}
        >
          {choice.icon && <Icon name={choice.icon} />}
          <span class="n">
            {choice.label}
            {choice.note && <small>{choice.note}</small>}
          </span>
        </button>
      ))}
    </fieldset>
  );
}

export type GroupLetters = 'O' | 'A' | 'B' | 'AB';
export type GroupSign = '+' | '-';

type BloodGroupPickProps = {
  readonly letters: GroupLetters | null;
  readonly sign: GroupSign | null;
  readonly onLetters: (letters: GroupLetters) => void;
  readonly onSign: (sign: GroupSign) => void;
};

/** Letters and sign are chosen by themselves, so that neither is a slip. */
export function BloodGroupPick({ letters, sign, onLetters, onSign }: BloodGroupPickProps): VNode {
  const words = useWords();
  return (
    <>
      <PickGrid
        look="figure"
        label={words.say('design.group-letters')}
        picked={letters}
        onPick={onLetters}
        choices={(['O', 'A', 'B', 'AB'] as const).map((value) => ({ value, label: value }))}
      />
      <PickGrid
        look="figure"
        label={words.say('design.group-sign')}
        picked={sign}
        onPick={onSign}
        choices={[
          { value: '+', label: '+', spoken: words.say('design.positive') },
          { value: '-', label: '−', spoken: words.say('design.negative') },
        ]}
      />
    </>
  );
}
