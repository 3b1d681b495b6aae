import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { SavedMark, SentMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { isClosed, type Place, placeKind, placeLine, standsUnder } from '../place.ts';
import { PlaceRow, placesInOrder } from './places-page.tsx';

/** One place: what it belongs to, how else it is written, what lies in it. */
export function PlacePage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, go, back, today } = useOffice();
  const id = params.id ?? '';
  const kept = copy.get<Place>(placeKind, id);
  if (!kept)
    return (
      <Page title={words.say('places.title')} back={back}>
        <Notice>{words.say('places.not-here')}</Notice>
      </Page>
    );
  const { body } = kept;
  const name = (place: Place) => nameIn(place.names, words.language);
  const above = placeLine(id, today, (at) => copy.get<Place>(placeKind, at)).slice(1);
  const deh = body.deh ? copy.get<Place>(placeKind, body.deh) : undefined;
  const below = placesInOrder(
    [...copy.all<Place>(placeKind)].filter((place) => place.body.parent === id && !isClosed(place.body)),
  );
  const others = [body.names.sd, body.names.ur, body.names.en, ...body.aliases].filter(
    (spelling): spelling is string => spelling !== null && spelling !== name(body),
  );
  const mayChange = copy.actor.grants.some(({ role }) => role === 'lso-bearer') && copy.tree().has(body.owner);
  return (
    <Page
      title={name(body)}
      subtitle={words.say(`places.level-${body.level}`)}
      back={back}
      help={words.say('places.page-help')}
      foot={
        mayChange &&
        !isClosed(body) && (
          <ActionRow>
            <Button kind="go" icon="training" onClick={() => go(`/places/${id}/change`)}>
              {words.say('places.change')}
            </Button>
          </ActionRow>
        )
      }
    >
      {body.closedOn && (
        <Notice tone="calm" icon="absent">
          {words.say('places.closed-on', { on: body.closedOn })}
        </Notice>
      )}
      <ul class="rows">
        {above.map((place) => (
          <li key={place.id}>
            <TouchRow
              icon="plan"
              note={words.say(`places.level-${place.body.level}`)}
              onClick={() => go(`/places/${place.id}`)}
            >
              {name(place.body)}
            </TouchRow>
          </li>
        ))}
        {deh && (
          <li>
            <TouchRow icon="trees" note={words.say('places.level-deh')} onClick={() => go(`/places/${deh.id}`)}>
              {name(deh.body)}
            </TouchRow>
          </li>
        )}
        {body.former?.map(({ parent, until }) => {
          const before = parent === null ? undefined : copy.get<Place>(placeKind, parent);
          return (
            <li key={until}>
              <div class="row">
                <span class="n">
                  {before ? name(before.body) : words.say('design.not-known')}
                  <small>{words.say('places.until', { on: until })}</small>
                </span>
              </div>
            </li>
          );
        })}
        {body.code && (
          <li>
            <div class="row">
              <span class="n">
                {words.say('places.code')}
                <small>{body.code.list}</small>
              </span>
              <Ltr class="fig">{body.code.value}</Ltr>
            </div>
          </li>
        )}
        {others.length > 0 && (
          <li>
            <div class="row">
              <span class="n">
                {words.say('places.also-written')}
                <small>{others.join(' · ')}</small>
              </span>
            </div>
          </li>
        )}
      </ul>
      {below.length > 0 && (
        <section class="part-of-page">
          <div class="head">
            <h2>{words.say('places.within')}</h2>
            <Ltr>{words.number(below.length)}</Ltr>
          </div>
          <ul class="rows">
            {below.map((place) => (
              <li key={place.id}>
                <PlaceRow place={place} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {copy.isConfirmed(placeKind.kind, id) ? <SentMark /> : <SavedMark />}
    </Page>
  );
}

const changes = ['alias', 'rename', 'move', 'close'] as const;

/** Another spelling, another name, another parent from a day on, or closed. */
export function ChangePlace({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, busy, put } = useWriting();
  const [change, setChange] = useState<(typeof changes)[number] | null>(null);
  const [text, setText] = useState('');
  const [parent, setParent] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(today);
  const kept = copy.get<Place>(placeKind, params.id ?? '');
  if (!kept)
    return (
      <Page title={words.say('places.change')} back={back}>
        <Notice>{words.say('places.not-here')}</Notice>
      </Page>
    );
  const { id, body } = kept;
  const name = nameIn(body.names, words.language);
  const parents = placesInOrder(
    [...copy.all<Place>(placeKind)].filter(
      (place) => standsUnder(body.level, place.body.level) && place.id !== body.parent && !isClosed(place.body),
    ),
  );
  const ready = {
    alias: text.trim() !== '',
    rename: text.trim() !== '',
    move: parent !== null && day !== null,
    close: day !== null,
  };
  async function save(): Promise<void> {
    const typed = namesFrom(text);
    const names = { sd: typed.sd ?? body.names.sd, ur: body.names.ur, en: typed.en ?? body.names.en };
    const lines = {
      alias: ['places.add-alias', { place: id, alias: text }],
      rename: ['places.rename', { place: id, names }],
      move: ['places.move', { place: id, parent, from: day }],
      close: ['places.close', { place: id, on: day }],
    } as const;
    if (change === null) return;
    const [command, input] = lines[change];
    if ((await put(command, input, words.say('places.changed', { name }))) !== null) back();
  }
  const question = words.say('places.ask-change');
  return (
    <Page
      title={words.say('places.change')}
      subtitle={name}
      back={back}
      help={words.say('places.change-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="done"
            busy={busy}
            disabled={change === null || !ready[change]}
            onClick={() => void save()}
          >
            {words.say('places.save')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      <PickGrid
        label={question}
        picked={change}
        onPick={setChange}
        choices={changes
          .filter((value) => value !== 'move' || parents.length > 0)
          .map((value) => ({ value, label: words.say(`places.change-${value}`) }))}
      />
      {(change === 'alias' || change === 'rename') && (
        <Field label={words.say(`places.new-${change}`)} value={text} onInput={setText} />
      )}
      {change === 'move' && (
        <ul class="rows">
          {parents.map((place) => (
            <li key={place.id}>
              <TouchRow
                icon="plan"
                pressed={parent === place.id}
                note={words.say(`places.level-${place.body.level}`)}
                onClick={() => setParent(place.id)}
              >
                {nameIn(place.body.names, words.language)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      {(change === 'move' || change === 'close') && (
        <DayField label={words.say('places.from-which-day')} today={today} day={day} onDay={setDay} />
      )}
    </Page>
  );
}
