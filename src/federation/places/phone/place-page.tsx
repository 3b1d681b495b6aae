import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import type { IconName } from '../../../platform/design/phone/icon.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { SavedMark, SentMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { formatPosition, isClosed, type Place, parsePosition, placeKind, placeLine, standsUnder } from '../place.ts';
import { PlaceRow, placesInOrder } from './places-page.tsx';

/** A bearer of the LSO changes its own places; those that the head office keeps are only read here. */
function mayChange(copy: Copy, place: Place): boolean {
  return (
    copy.actor.grants.some(({ role }) => role === 'lso-bearer') && copy.tree().has(place.owner) && !isClosed(place)
  );
}

type OpensIfProps = {
  readonly icon: IconName;
  readonly may: boolean;
  readonly onClick: () => void;
  readonly note: ComponentChildren;
  readonly end: ComponentChildren;
  readonly children: ComponentChildren;
};

/** A line that opens for whoever may change it, and is only read by everybody else. */
function OpensIf({ icon, may, onClick, note, end, children }: OpensIfProps): VNode {
  if (may)
    return (
      <TouchRow icon={icon} onClick={onClick} note={note} end={end}>
        {children}
      </TouchRow>
    );
  return (
    <div class="row">
      <Icon name={icon} />
      <span class="n">
        {children}
        {note && <small>{note}</small>}
      </span>
      {end}
    </div>
  );
}

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
  const mayWrite = mayChange(copy, body);
  return (
    <Page
      title={name(body)}
      subtitle={words.say(`places.level-${body.level}`)}
      back={back}
      help={words.say('places.page-help')}
      foot={
        mayWrite && (
          <ActionRow>
            <Button kind="go" icon="write" onClick={() => go(`/places/${id}/change`)}>
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
        {(body.code || mayWrite) && (
          <li>
            <OpensIf
              icon="register"
              may={mayWrite}
              onClick={() => go(`/places/${id}/code`)}
              note={body.code ? body.code.list : words.say('places.not-written')}
              end={body.code && <Ltr class="fig">{body.code.value}</Ltr>}
            >
              {words.say('places.code')}
            </OpensIf>
          </li>
        )}
        {body.formerCodes?.map(({ value, list }) => (
          <li key={list}>
            <div class="row">
              <span class="n muted">
                {words.say('places.code')}
                <small>{list}</small>
              </span>
              <Ltr class="muted">{value}</Ltr>
            </div>
          </li>
        ))}
        {(body.position || mayWrite) && (
          <li>
            <OpensIf
              icon="plan"
              may={mayWrite}
              onClick={() => go(`/places/${id}/where`)}
              note={body.position ? null : words.say('places.not-written')}
              end={body.position && <Ltr>{formatPosition(body.position)}</Ltr>}
            >
              {words.say('places.on-the-map')}
            </OpensIf>
          </li>
        )}
        {others.length > 0 && (
          <li>
            <div class="row">
              <Icon name="language" />
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
const icons = { alias: 'language', rename: 'write', move: 'relay', close: 'absent' } as const;

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
    <AskPage
      title={words.say('places.change')}
      subtitle={name}
      help={words.say('places.change-help')}
      onBack={back}
      onNext={() => void save()}
      question={question}
      ready={change !== null && ready[change]}
      busy={busy}
      said={said}
      save={words.say('places.save')}
    >
      <PickGrid
        label={question}
        picked={change}
        onPick={setChange}
        choices={changes
          .filter((value) => value !== 'move' || parents.length > 0)
          .map((value) => ({ value, icon: icons[value], label: words.say(`places.change-${value}`) }))}
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
    </AskPage>
  );
}

/** The official code of a place, and the list it is read from. */
export function WriteCode({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back } = useOffice();
  const { said, busy, put } = useWriting();
  const kept = copy.get<Place>(placeKind, params.id ?? '');
  const [value, setValue] = useState(kept?.body.code?.value ?? '');
  // Most places of an office are in one list: it is offered where this place has none.
  const [list, setList] = useState(
    () => kept?.body.code?.list ?? [...copy.all<Place>(placeKind)].find(({ body }) => body.code)?.body.code?.list ?? '',
  );
  if (!kept || !mayChange(copy, kept.body))
    return (
      <Page title={words.say('places.code')} back={back}>
        <Notice>{words.say('places.not-here')}</Notice>
      </Page>
    );
  const name = nameIn(kept.body.names, words.language);
  async function save(place: string): Promise<void> {
    const code = { value: toLatinDigits(value).trim(), list: list.trim() };
    if ((await put('places.set-code', { place, code }, words.say('places.changed', { name }))) !== null) back();
  }
  const question = words.say('places.ask-code', { name });
  return (
    <AskPage
      title={words.say('places.code')}
      subtitle={name}
      help={words.say('places.code-help')}
      onBack={back}
      onNext={() => void save(kept.id)}
      question={question}
      ready={value.trim() !== '' && list.trim() !== ''}
      busy={busy}
      said={said}
      save={words.say('places.save')}
    >
      <Field label={words.say('places.code')} example="PK70901" value={value} onInput={setValue} />
      <Field
        label={words.say('places.code-list')}
        meaning={words.say('places.code-list-means')}
        lines={2}
        value={list}
        onInput={setList}
      />
    </AskPage>
  );
}

const positionExample = '27.589, 68.001';

/** Where a place lies, as a map writes it. The phone is not asked where it is: a village is located, not a woman. */
export function LocatePlace({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back } = useOffice();
  const { said, busy, put } = useWriting();
  const kept = copy.get<Place>(placeKind, params.id ?? '');
  const [typed, setTyped] = useState(kept?.body.position ? formatPosition(kept.body.position) : '');
  if (!kept || !mayChange(copy, kept.body))
    return (
      <Page title={words.say('places.on-the-map')} back={back}>
        <Notice>{words.say('places.not-here')}</Notice>
      </Page>
    );
  const { id, body } = kept;
  const name = nameIn(body.names, words.language);
  const position = parsePosition(typed);
  const isCleared = typed.trim() === '' && body.position !== undefined && body.position !== null;
  async function save(): Promise<void> {
    if ((await put('places.locate', { place: id, position }, words.say('places.changed', { name }))) !== null) back();
  }
  const question = words.say('places.ask-where', { name });
  return (
    <AskPage
      title={words.say('places.on-the-map')}
      subtitle={name}
      help={words.say('places.where-help')}
      onBack={back}
      onNext={() => void save()}
      question={question}
      ready={position !== null || isCleared}
      busy={busy}
      said={said}
      save={words.say('places.save')}
    >
      <Field
        label={words.say('places.north-east')}
        meaning={words.say('places.north-east-means')}
        example={positionExample}
        numeric
        value={typed}
        onInput={setTyped}
        error={
          typed.trim().length > 10 && position === null
            ? words.say('places.no-such-position', { example: positionExample })
            : null
        }
      />
    </AskPage>
  );
}
