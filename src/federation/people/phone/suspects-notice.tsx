import type { VNode } from 'preact';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { ListenMark } from '../../../platform/design/phone/marks.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Suspect } from '../duplicates.ts';
import type { Person } from '../person.ts';
import { sayWhich } from './people-words.tsx';

/** "Is it one of these?" with the reasons, before anything is saved. It forbids nothing. */
export function SuspectsNotice({ found }: { readonly found: readonly Suspect<Person>[] }): VNode | null {
  const words = useWords();
  const { copy, go } = useOffice();
  if (found.length === 0) return null;
  return (
    <section class="suspects" aria-label={words.say('people.one-of-these')}>
      <div class="head">
        <h2>{words.say('people.one-of-these')}</h2>
        <ListenMark text={words.say('people.one-of-these-help')} />
      </div>
      <ul class="rows">
        {found.map(({ page, reasons }) => (
          <li key={page.id}>
            <TouchRow
              icon="people"
              note={
                <>
                  {sayWhich(words, copy, page.body)}
                  <br />
                  {reasons.map((reason) => words.say(reason)).join(words.language === 'en' ? ', ' : '، ')}
                </>
              }
              onClick={() => go(`/people/person/${page.id}`)}
            >
              {nameIn(page.body.names, words.language)}
            </TouchRow>
          </li>
        ))}
      </ul>
      <p class="muted">{words.say('people.one-of-these-help')}</p>
    </section>
  );
}
