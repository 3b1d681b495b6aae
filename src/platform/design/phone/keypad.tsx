import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import { Icon } from './icon.tsx';

type KeypadProps = {
  /** One digit, or `00` when `hundreds` is set; always Latin. */
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly hundreds?: boolean;
  readonly disabled?: boolean;
};

/** Left-to-right in every language. Listens to a keyboard too, in any script. */
export function Keypad({ onDigit, onErase, hundreds, disabled }: KeypadProps): VNode {
  const words = useWords();
  useEffect(() => {
    if (disabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || document.querySelector('dialog[open]')) return;
      const key = toLatinDigits(event.key);
      if (/^\d$/.test(key)) onDigit(key);
      else if (key === 'Backspace') onErase();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onDigit, onErase, disabled]);
  const key = (digit: string) => (
    <button type="button" key={digit} disabled={disabled} onClick={() => onDigit(digit)}>
      {digit}
    </button>
  );
  return (
    <div class="keys" dir="ltr">
      {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key)}
      {hundreds ? key('00') : <span />}
      {key('0')}
      <button type="button" class="e" disabled={disabled} aria-label={words.say('design.erase')} onClick={onErase}>
        <Icon name="erase" />
      </button>
    </div>
  );
}

/** How many digits of a PIN stand: never which. */
export function PinDots({ typed, of = 6 }: { readonly typed: number; readonly of?: number }): VNode {
  const words = useWords();
  return (
    <div class="pin" dir="ltr" role="img" aria-label={words.say('design.pin-digits', { typed, of })}>
      {Array.from({ length: of }, (_, at) => (
        <i key={at} class={at < typed ? 'on' : undefined} />
      ))}
    </div>
  );
}

/** Diamonds: which question this is of how many. `at` begins with 1. */
export function Steps({ at, of }: { readonly at: number; readonly of: number }): VNode {
  const words = useWords();
  return (
    <div class="steps" role="img" aria-label={words.say('design.step', { at, of })}>
      {Array.from({ length: of }, (_, step) => (
        <i key={step} class={step + 1 === at ? 'at' : step + 1 < at ? 'on' : undefined} />
      ))}
    </div>
  );
}
