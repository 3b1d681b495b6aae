import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { suspects } from '../duplicates.ts';
import { type Person, personKind } from '../person.ts';
import { findPeople, namesakes, villageOf } from './people-search.ts';
import { sayBirth, sayWhich } from './people-words.tsx';

/** Two pages, one woman: which other page is hers too? This one stays; the other points to it and can be taken apart again. */
export function MergePage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today, write, offerUndo } = useOffice();
  const [search, setSearch] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const id = params.id ?? '';
  const person = copy.get(personKind, id);
  const others = useMemo((): readonly Kept<Person>[] => {
    if (!person) return [];
    if (search.trim() !== '')
      return findPeople(copy, search, 20).flatMap((found) =>
        found.is === 'person' && found.page.id !== id ? [found.page] : [],
      );
    const { body } = person;
    const likeness = { ...body, village: villageOf(copy, body) };
    const named = namesakes(copy, [body.names.sd, body.names.ur, body.names.en]).filter((page) => page.id !== id);
    return suspects(likeness, named, (one) => villageOf(copy, one)).map(({ page }) => page);
  }, [copy, copy.changes, id, search]);
  if (!person || person.body.mergedInto)
    return (
      <Page title={words.say('people.merge')} back={back}>
        <Notice>{words.say('people.gone')}</Notice>
      </Page>
    );
  const name = nameIn(person.body.names, words.language);
  const question = words.say('people.ask-merge', { name });
  async function join(): Promise<void> {
    if (picked === null) return;
    try {
      const done = await write('people.merge', { stays: id, goes: picked });
      if (!done.written) return setSaid(words.sayRefusal(done.refusal));
      back();
      offerUndo(done, words.say('people.merged', { name }));
    } catch {
      setSaid(words.say('people.not-saved'));
    }
  }
  return (
    <Page
      title={words.say('people.merge')}
      subtitle={sayWhich(words, copy, person.body)}
      back={back}
      help={words.say('people.merge-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="linkage" disabled={picked === null} onClick={() => void join()}>
            {words.say('people.merge-now')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      <Field type="search" label={words.say('people.search')} value={search} onInput={setSearch} />
      {others.length === 0 ? (
        <p class="muted">{words.say(search.trim() === '' ? 'people.nobody-alike' : 'people.not-found')}</p>
      ) : (
        <ul class="rows">
          {others.map((page) => (
            <li key={page.id}>
              <TouchRow
                icon="people"
                pressed={picked === page.id}
                note={`${sayWhich(words, copy, page.body)} · ${sayBirth(words, page.body.born, today)}`}
                onClick={() => setPicked(picked === page.id ? null : page.id)}
              >
                {nameIn(page.body.names, words.language)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      <Notice tone="calm" icon="linkage">
        {words.say('people.merge-meaning')}
      </Notice>
    </Page>
  );
}
