import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import { findIn, searchKey } from '../../../kernel/words.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { isClosed, type Place, type PlaceLevel, placeKind, standsUnder } from '../place.ts';
import { placesInOrder } from './places-page.tsx';

const living = ['village', 'settlement', 'union-council'] as const;
const land = ['circle', 'tapa', 'deh'] as const;
const steps = ['level', 'parent', 'name', 'deh'] as const;

/** A village or a settlement by hand: what it is, where it lies, its name; what is written already is shown before it is written again. */
export function AddPlace(): VNode {
  const words = useWords();
  const { copy, back, go, me } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [ofLand, setOfLand] = useState(false);
  const [level, setLevel] = useState<PlaceLevel | null>(null);
  const [parent, setParent] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [other, setOther] = useState('');
  const [deh, setDeh] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const places = [...copy.all<Place>(placeKind)].filter(({ body }) => !isClosed(body));
  const own = (owner: string) => copy.tree().has(owner);
  const parents = placesInOrder(places.filter(({ body }) => level !== null && standsUnder(level, body.level)));
  const typed = searchKey(search);
  const listed = parents
    .filter(({ body }) =>
      search.trim() === ''
        ? own(body.owner) || parents.length <= 30
        : findIn(searchKey(body.names.sd, body.names.ur, body.names.en, ...body.aliases), typed) > 0,
    )
    .slice(0, 30);
  const dehs = placesInOrder(places.filter(({ body }) => body.level === 'deh'));
  // Two spellings of one name sound alike: both are shown before a second one is written.
  const named = searchKey(name, other);
  const alike =
    name.trim().length < 3
      ? []
      : places.filter(
          ({ body }) =>
            body.level === level &&
            body.parent === parent &&
            findIn(searchKey(body.names.sd, body.names.ur, body.names.en, ...body.aliases), named) > 0,
        );
  const step = steps[at] ?? 'level';
  const last = step === 'deh' || (step === 'name' && (level !== 'village' || dehs.length === 0));
  const ready = { level: level !== null, parent: true, name: name.trim() !== '', deh: true }[step];
  async function save(): Promise<void> {
    const typedNames = namesFrom(name);
    const otherNames = other.trim() === '' ? null : namesFrom(other);
    const input = {
      names: { sd: typedNames.sd ?? otherNames?.sd ?? null, ur: null, en: typedNames.en ?? otherNames?.en ?? null },
      level,
      parent,
      code: null,
      aliases: [],
      owner: me.root,
      ...(deh !== null && { deh }),
      sure: alike.length > 0,
    };
    const made = await put('places.add', input, words.say('places.added', { name }));
    if (made !== null) go(`/places/${made}`, 'instead');
  }
  const question = words.say(`places.ask-${step}`);
  return (
    <AskPage
      title={words.say('places.add')}
      help={words.say('places.add-help')}
      at={at}
      of={steps.length}
      last={last}
      onBack={at === 0 ? back : () => setAt(at - 1)}
      onNext={() => (last ? void save() : setAt(at + 1))}
      question={question}
      ready={ready}
      busy={busy}
      said={said}
      save={words.say(alike.length > 0 ? 'places.another-place' : 'places.save')}
    >
      {step === 'level' && (
        <>
          <PickGrid
            label={question}
            picked={level}
            onPick={(value) => {
              setLevel(value);
              setParent(null);
            }}
            choices={(ofLand ? land : living).map((value) => ({
              value: value as PlaceLevel,
              icon: ofLand ? ('trees' as const) : ('plan' as const),
              label: words.say(`places.level-${value}`),
              note: words.say(`places.level-${value}-means`),
            }))}
          />
          <TouchRow
            boxed
            icon={ofLand ? 'plan' : 'trees'}
            onClick={() => {
              setOfLand(!ofLand);
              setLevel(null);
            }}
          >
            {words.say(ofLand ? 'places.where-people-live' : 'places.of-the-land')}
          </TouchRow>
        </>
      )}
      {step === 'parent' && (
        <>
          {parents.length > 8 && (
            <Field type="search" label={words.say('places.search')} value={search} onInput={setSearch} />
          )}
          <ul class="rows">
            {listed.map(({ id, body }) => (
              <li key={id}>
                <TouchRow
                  icon="plan"
                  pressed={parent === id}
                  note={words.say(`places.level-${body.level}`)}
                  onClick={() => setParent(id)}
                >
                  {nameIn(body.names, words.language)}
                </TouchRow>
              </li>
            ))}
            <li>
              <TouchRow icon="help" pressed={parent === null} onClick={() => setParent(null)}>
                {words.say('design.not-known')}
              </TouchRow>
            </li>
          </ul>
        </>
      )}
      {step === 'name' && (
        <>
          <Field label={words.say('places.name')} value={name} onInput={setName} autoFocus />
          <Field
            label={words.say('places.other-script')}
            meaning={words.say('places.other-script-means')}
            value={other}
            onInput={setOther}
          />
          {alike.map(({ id, body }) => (
            <Notice key={id} tone="calm">
              {words.say('places.same-name', { name: nameIn(body.names, words.language) })}
            </Notice>
          ))}
        </>
      )}
      {step === 'deh' && (
        <ul class="rows">
          {dehs.map(({ id, body }) => (
            <li key={id}>
              <TouchRow icon="trees" pressed={deh === id} onClick={() => setDeh(id)}>
                {nameIn(body.names, words.language)}
              </TouchRow>
            </li>
          ))}
          <li>
            <TouchRow icon="help" pressed={deh === null} onClick={() => setDeh(null)}>
              {words.say('design.not-known')}
            </TouchRow>
          </li>
        </ul>
      )}
      {name !== '' && step === 'deh' && (
        <p class="sofar">
          <b>{name}</b>
        </p>
      )}
    </AskPage>
  );
}
