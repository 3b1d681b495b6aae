import type { ComponentChildren, VNode } from 'preact';
import { useWords } from '../../languages/phone/words-context.tsx';
import { Button } from './button.tsx';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

type StripProps = {
  readonly count: number /** In words: "yesterday". */;
  readonly since: string;
  readonly onSend?: () => void;
  readonly sending?: boolean;
};

/** What is not yet sent and since when. Nothing is shown when all is sent. */
export function Strip({ count, since, onSend, sending }: StripProps): VNode | null {
  const words = useWords();
  if (count === 0) return null;
  return (
    <div class="strip">
      <Icon name="saved" />
      <p>
        <b>{words.say('design.unsent', { count })}</b>
        <span>{words.say('design.unsent-since', { since })}</span>
      </p>
      {onSend && (
        <button type="button" disabled={sending} aria-busy={sending} onClick={onSend}>
          <Icon name="sent" />
          {words.say('design.send')}
        </button>
      )}
    </div>
  );
}

/** Something to know before going on: a caution, a refusal with its reason. Never madder, which is for emergencies. */
export function Notice({
  icon = 'warn',
  tone = 'care',
  children,
}: {
  readonly icon?: IconName;
  readonly tone?: 'care' | 'calm' | 'good';
  readonly children: ComponentChildren;
}): VNode {
  return (
    <div class={`notice ${tone}`} role="note">
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** A page on which nothing is written yet, and what to do about it. */
export function Empty({
  icon,
  title,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ComponentChildren;
}): VNode {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p>
        <b>{title}</b>
      </p>
      {children}
    </div>
  );
}

/** It is done, and can be undone: instead of "are you sure?". Stands in the page, not over it. */
export function UndoBar({
  children,
  onUndo,
}: {
  readonly children: ComponentChildren;
  readonly onUndo: () => void;
}): VNode {
  const words = useWords();
  return (
    <div class="undo" role="status">
      <span>{children}</span>
      <Button icon="undo" onClick={onUndo}>
        {words.say('design.undo')}
      </Button>
    </div>
  );
}
