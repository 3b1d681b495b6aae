import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { findIn, searchKey } from '../../../kernel/words.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { OrganizationName } from '../../organizations/phone/organization-name.tsx';
import { type Person, personKind } from '../../people/person.ts';

type PersonPickProps = {
  /** The organization from which she is chosen: its own people come first, before anything is typed. */
  readonly within: string;
  readonly picked: string | null;
  readonly onPick: (person: string) => void;
};

/** Many share a name: each line shows father or husband, CO and membership number. */
export function PersonPick({ within, picked, onPick }: PersonPickProps): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const [search, setSearch] = useState('');
  const people = useMemo(() => {
    const tree = copy.tree();
    return [...copy.all<Person>(personKind)]
      .filter(({ body }) => body.left === null && body.mergedInto === null && body.withdrawnOn === null)
      .filter(({ body }) => body.owner === within || tree.get(body.owner) === within || tree.get(within) === null);
  }, [copy, copy.changes, within]);
  const searching = search.trim() !== '';
  // The keys of twelve thousand names take a moment: made when the first letter is typed, and once.
  const keys = useMemo(
    () => (searching ? people.map(({ body: { names } }) => searchKey(names.sd, names.ur, names.en)) : []),
    [people, searching],
  );
  const typed = searchKey(search);
  // Before anything is typed, members: they have a number of their own.
  const found = (
    searching
      ? people.filter((_, i) => findIn(keys[i] ?? typed, typed) > 0)
      : people.filter(({ id, body }) => id === picked || body.number !== null)
  ).slice(0, 30);
  return (
    <>
      <Field type="search" label={words.say('posts.search-person')} value={search} onInput={setSearch} />
      {found.length === 0 ? (
        <Empty icon="people" title={words.say('posts.nobody-found')}>
          <p>{words.say('posts.nobody-found-help')}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {found.map(({ id, body }) => (
            <li key={id}>
              <TouchRow icon="people" pressed={picked === id} onClick={() => onPick(id)}>
                <b>{nameIn(body.names, words.language)}</b>
                <small>
                  {body.parent && `${nameIn(body.parent, words.language)} · `}
                  <OrganizationName id={body.owner} />
                  {body.number !== null && ` · ${words.say('posts.member-number', { number: body.number })}`}
                </small>
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
