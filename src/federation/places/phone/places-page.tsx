import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { findIn, searchKey } from '../../../kernel/words.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { isClosed, type Place, placeKind, placeLevels } from '../place.ts';

/** Names in the reader's script stand in the order of her language only by code point; a list of places is short. */
export function placesInOrder(places: readonly Kept<Place>[]): readonly Kept<Place>[] {
  return [...places].sort(
    (a, b) =>
      placeLevels.indexOf(a.body.level) - placeLevels.indexOf(b.body.level) ||
      (nameIn(a.body.names, 'en') < nameIn(b.body.names, 'en') ? -1 : 1),
  );
}

/** A line of the list: the name, its level, and other spellings. */
export function PlaceRow({ place }: { readonly place: Kept<Place> }): VNode {
  const words = useWords();
  const { go } = useOffice();
  const { body } = place;
  return (
    <TouchRow
      icon="plan"
      onClick={() => go(`/places/${place.id}`)}
      note={[words.say(`places.level-${body.level}`), ...body.aliases].join(' · ')}
      end={body.code && <Ltr class="muted">{body.code.value}</Ltr>}
    >
      {nameIn(body.names, words.language)}
    </TouchRow>
  );
}

/** The places of this office; a search finds every spelling, also among those that the head office keeps. */
export function PlacesPage(): VNode {
  const words = useWords();
  const { copy, go, back, me } = useOffice();
  const [search, setSearch] = useState('');
  const places = useMemo(
    () =>
      placesInOrder([...copy.all<Place>(placeKind)]).map((place) => {
        const { names, aliases } = place.body;
        return { place, key: searchKey(names.sd, names.ur, names.en, ...aliases) };
      }),
    [copy, copy.changes],
  );
  const tree = copy.tree();
  const own = places.filter(({ place }) => tree.has(place.body.owner) && !isClosed(place.body));
  const typed = searchKey(search);
  const listed =
    search.trim() === ''
      ? own.slice(0, 200)
      : places
          .map(({ place, key }) => ({ place, key, found: findIn(key, typed) }))
          .filter(({ found }) => found > 0)
          .sort((a, b) => b.found - a.found)
          .slice(0, 30);
  const villages = own.filter(({ place }) => place.body.level === 'village').length;
  const counted = words.say('places.counted');
  const mayAdd = copy.actor.grants.some(({ role, scope }) => role === 'lso-bearer' && scope === me.root);
  return (
    <Page
      title={words.say('places.title')}
      back={back}
      help={words.say('places.help')}
      foot={
        mayAdd && (
          <ActionRow>
            <Button kind="go" icon="plan" onClick={() => go('/places/add')}>
              {words.say('places.add')}
            </Button>
          </ActionRow>
        )
      }
    >
      <div class="count">
        <Figure value={villages} />
        <p>{counted}</p>
        <ListenMark text={`${words.number(villages)} ${counted}`} />
      </div>
      <Field type="search" label={words.say('places.search')} value={search} onInput={setSearch} />
      {listed.length === 0 ? (
        <Empty icon="plan" title={words.say(search === '' ? 'places.none' : 'places.not-found')}>
          {search === '' && <p>{words.say('places.none-help')}</p>}
        </Empty>
      ) : (
        <ul class="rows">
          {listed.map(({ place }) => (
            <li key={place.id}>
              <PlaceRow place={place} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
