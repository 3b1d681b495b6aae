import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { speak, type Voice } from '../../languages/phone/spoken-words.ts';
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

/** Reads a sentence aloud. A machine's voice is named as one, until a woman has recorded her own. */
export function ListenMark({ text, ring }: { readonly text: string; readonly ring?: boolean }): VNode {
  const words = useWords();
  const [voice, setVoice] = useState<Voice | 'none' | null>(null);
  return (
    <>
      <button
        type="button"
        class={ring ? 'ring line' : 'sq'}
        aria-label={words.say('design.listen')}
        onClick={() => void speak(text, words.language).then((spoke) => setVoice(spoke ?? 'none'))}
      >
        <Icon name="listen" />
      </button>
      {(voice === 'none' || voice === 'machine') && (
        <span class="quiet" role="status">
          {words.say(voice === 'none' ? 'design.no-voice' : 'design.machine-voice')}
        </span>
      )}
    </>
  );
}
