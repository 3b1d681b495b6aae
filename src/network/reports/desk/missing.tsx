import type { VNode } from 'preact';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';

/** What is not there and what is not hers read the same. */
export function Missing(): VNode {
  const words = useWords();
  return (
    <div class="title">
      <h1>{words.say('desk.not-there')}</h1>
      <p>
        <a href="/desk">{words.say('desk.to-overview')}</a>
      </p>
    </div>
  );
}
