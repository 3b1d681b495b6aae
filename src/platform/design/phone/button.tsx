import type { ComponentChildren, VNode } from 'preact';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

type ButtonProps = {
  readonly children: ComponentChildren;
  readonly onClick?: () => void;
  /** `go` is the one thing this page is for; it stands at the foot. */
  readonly kind?: 'go' | 'plain' | 'emergency';
  readonly icon?: IconName;
  /** Shows the picture after the word, as on "next". */
  readonly iconAfter?: boolean;
  readonly type?: 'button' | 'submit';
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
};

export function Button({
  children,
  onClick,
  kind = 'plain',
  icon,
  iconAfter,
  type = 'button',
  busy,
  disabled,
  pressed,
}: ButtonProps): VNode {
  const picture = icon && <Icon name={icon} />;
  return (
    <button
      type={type}
      class={`btn ${kind}`}
      onClick={onClick}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-pressed={pressed}
    >
      {!iconAfter && picture}
      <span>{children}</span>
      {iconAfter && picture}
    </button>
  );
}

/** A mark of 48 px in the header and beside a question: a picture whose word is heard. */
export function MarkButton({
  icon,
  label,
  onClick,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick?: () => void;
}): VNode {
  return (
    <button type="button" class="sq" aria-label={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

type CallButtonProps = {
  /** Whom it rings, for those who hear the page. */
  readonly name: string;
  /** Dials this number. Without it, `onCall` decides (a relay first names the one to ring). */
  readonly number?: string;
  readonly onCall?: () => void;
  /** Full when it is the next call to make. */
  readonly next?: boolean;
  readonly relay?: boolean;
};

/** A round button that rings somebody: round is kept for calls and person tiles. */
export function CallButton({ name, number, onCall, next, relay }: CallButtonProps): VNode {
  const label = useWords().say('design.call', { name });
  const picture = <Icon name={relay ? 'relay' : 'call'} />;
  const shape = next ? 'ring' : 'ring line';
  return number ? (
    <a class={shape} href={`tel:${number.replace(/[^\d+]/g, '')}`} aria-label={label} onClick={onCall}>
      {picture}
    </a>
  ) : (
    <button type="button" class={shape} aria-label={label} onClick={onCall}>
      {picture}
    </button>
  );
}

/** The foot of a page: its one action, and at most one small one beside it. */
export function ActionRow({ children }: { readonly children: ComponentChildren }): VNode {
  return <div class="foot">{children}</div>;
}

type TouchRowProps = {
  readonly icon?: IconName;
  readonly children: ComponentChildren;
  /** Second line: why, when, where. */
  readonly note?: ComponentChildren;
  /** At the end of the line: a tag, a figure. */
  readonly end?: ComponentChildren;
  readonly href?: string;
  readonly onClick?: () => void;
  /** A bordered row of its own, such as "not known"; otherwise a line of a ruled list. */
  readonly boxed?: boolean;
  readonly pressed?: boolean;
};

/** A whole line that can be touched. In a list, wrap it in `<li>`. */
export function TouchRow({ icon, children, note, end, href, onClick, boxed, pressed }: TouchRowProps): VNode {
  const inside = (
    <>
      {icon && <Icon name={icon} />}
      <span class="n">
        {children}
        {note && <small>{note}</small>}
      </span>
      {end}
    </>
  );
  const style = `row${boxed ? ' boxed' : ''}`;
  if (href)
    return (
      <a class={style} href={href}>
        {inside}
      </a>
    );
  return (
    <button type="button" class={style} onClick={onClick} aria-pressed={pressed}>
      {inside}
    </button>
  );
}
