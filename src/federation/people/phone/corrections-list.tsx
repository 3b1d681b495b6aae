import type { VNode } from 'preact';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Correction } from '../correction.ts';
import { sayField, sayValue, sayWriter } from './people-words.tsx';

/** What was corrected, what stood before, by whom and when: the newest first. */
export function CorrectionsList({ corrections }: { readonly corrections: readonly Correction[] }): VNode | null {
  const words = useWords();
  const { copy, today } = useOffice();
  if (corrections.length === 0) return null;
  return (
    <section>
      <div class="head">
        <h2>{words.say('people.corrections')}</h2>
      </div>
      <ul class="rows corrections">
        {[...corrections].reverse().map(({ field, before, by, on }, i) => (
          <li key={`${field}-${corrections.length - i}`}>
            <div class="row">
              <span class="n">
                {words.say('people.stood-before', {
                  field: sayField(words, field),
                  before: sayValue(words, copy, field, before, today),
                })}
                <small>{words.say('people.corrected-by', { name: sayWriter(words, copy, by), on })}</small>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
