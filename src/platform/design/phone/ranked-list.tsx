import type { ComponentChildren, VNode } from 'preact';
import { useWords } from '../../languages/phone/words-context.tsx';
import { BloodGroup, Ltr } from './isolated.tsx';

export function RankedList({ children }: { readonly children: ComponentChildren }): VNode {
  return <ol class="rank">{children}</ol>;
}

type RankedLineProps = {
  /** Counts from 1. */
  readonly place: number;
  readonly name: ComponentChildren;
  /** Father's or husband's name, on every line: many share a name. */
  readonly of?: ComponentChildren;
  readonly group?: string | null;
  /** Why she stands here, in plain words. */
  readonly why: ComponentChildren;
  /** A tag or a call button. */
  readonly end?: ComponentChildren;
  /** The line that is being called: its answers stand under it. */
  readonly now?: boolean;
  /** Not to be called today. */
  readonly resting?: boolean;
  readonly children?: ComponentChildren;
};

export function RankedLine({ place, name, of, group, why, end, now, resting, children }: RankedLineProps): VNode {
  const words = useWords();
  return (
    <li class={`${now ? 'now' : ''}${resting ? ' resting' : ''}`}>
      <span class="no" aria-hidden="true">
        <Ltr>{words.number(place)}</Ltr>
      </span>
      <div>
        <h2>
          <b>{name}</b>
          {group && <BloodGroup group={group} />}
        </h2>
        {of && <p class="of">{of}</p>}
        <p>{why}</p>
      </div>
      {end}
      {children && <div class="answers">{children}</div>}
    </li>
  );
}
