import type { VNode } from 'preact';
import { useWords } from '../../languages/phone/words-context.tsx';

/** A page whose figures are on their way. */
export function Waiting(): VNode {
  return <p class="note">{useWords().say('desk.loading')}</p>;
}
