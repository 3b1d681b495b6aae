import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { speak } from '../../languages/phone/spoken-words.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

/** A short word with its picture. `yes`: arrived, present. `wait`: late, not sent. Colour never stands alone. */
export function Tag({
  icon,
  tone = 'muted',
  children,
}: {
  readonly icon?: IconName;
  readonly tone?: 'yes' | 'wait' | 'muted';
  readonly children: ComponentChildren;
}): VNode {
  return (
    <span class={`tag ${tone}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </span>
  );
}

/** A phone: it is kept here and nowhere else yet. */
export function SavedMark(): VNode {
  return (
    <p class="saved">
      <Icon name="saved" />
      <span>{useWords().say('design.saved')}</span>
    </p>
  );
}

/** A paper plane: the office has it. `on` is a day, `2026-11-22`. */
export function SentMark({ on }: { readonly on?: string }): VNode {
  const words = useWords();
  return (
    <p class="saved yes">
      <Icon name="sent" />
      <span>{on ? words.say('design.sent-on', { on }) : words.say('design.sent')}</span>
    </p>
  );
}

/** Reads a sentence aloud, with a voice that is on the device. */
export function ListenMark({ text, ring }: { readonly text: string; readonly ring?: boolean }): VNode {
  const words = useWords();
  const [silent, setSilent] = useState(false);
  return (
    <>
      <button
        type="button"
        class={ring ? 'ring line' : 'sq'}
        aria-label={words.say('design.listen')}
        onClick={() => setSilent(!speak(text, words.language))}
      >
        <Icon name="listen" />
      </button>
      {silent && (
        <span class="quiet" role="status">
          {words.say('design.no-voice')}
        </span>
      )}
    </>
  );
}
