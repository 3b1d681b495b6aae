import type { VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { unsentWhenLastOpen } from '../../book/phone/kept-here.ts';
import type { DoorCard, PhoneDatabase, Slot } from '../../book/phone/phone-database.ts';
import { Button, CallButton, TouchRow } from '../../design/phone/button.tsx';
import { Mark } from '../../design/phone/cloth-motif.tsx';
import { Field, PickGrid } from '../../design/phone/field.tsx';
import { Keypad, PinDots } from '../../design/phone/keypad.tsx';
import { ListenMark } from '../../design/phone/marks.tsx';
import { Notice } from '../../design/phone/notice.tsx';
import { AjrakBorder, Page } from '../../design/phone/page.tsx';
import { Tile, Tiles } from '../../design/phone/tile.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import { readCodeAddress } from '../office-mark.ts';
import { writeDoorNote } from './door-note.ts';
import { Enrol } from './enrol.tsx';
import { freeTries, type Opened, unlockSlot, waitMilliseconds } from './vault.ts';

type DoorProps = {
  readonly database: PhoneDatabase;
  readonly onOpen: (opened: Opened) => Promise<void>;
  /** Opens the practice office: no PIN, for nothing of anybody is in it. */
  readonly onPractise: () => void;
};

/** Who is writing? Her cloth, her name, her PIN. Numbers for a night when nobody with a PIN is there. */
export function Door({ database, onOpen, onPractise }: DoorProps): VNode {
  const [slots, setSlots] = useState<readonly Slot[] | null>(null);
  const [page, setPage] = useState<'tiles' | 'enrol' | 'card'>(readCodeAddress(location.hash) ? 'enrol' : 'tiles');
  const [card, setCard] = useState<DoorCard | null>(null);
  const refresh = useCallback(() => {
    void database.getAll('slots').then(setSlots);
    void database.get('door', 'card').then((kept) => setCard(kept ?? null));
  }, [database]);
  useEffect(refresh, [refresh]);
  if (slots === null) return <div class="page" />;
  if (page === 'card' && card)
    return <NumbersOnTheDoor card={card} database={database} back={() => setPage('tiles')} />;
  if (page === 'enrol' || slots.length === 0)
    return (
      <Enrol
        database={database}
        onOpen={onOpen}
        onPractise={onPractise}
        {...(slots.length === 0 && { gone: unsentWhenLastOpen() })}
        {...(slots.length > 0 && {
          back: () => {
            refresh();
            setPage('tiles');
          },
        })}
      />
    );
  return (
    <SignIn
      slots={slots}
      database={database}
      onOpen={onOpen}
      onPractise={onPractise}
      onChanged={refresh}
      onEnrol={() => setPage('enrol')}
      {...(card && { onCard: () => setPage('card') })}
    />
  );
}

type SignInProps = DoorProps & {
  readonly slots: readonly Slot[];
  readonly onChanged: () => void;
  readonly onEnrol: () => void;
  readonly onCard?: () => void;
};

function SignIn({ slots, database, onOpen, onPractise, onChanged, onEnrol, onCard }: SignInProps): VNode {
  const words = useWords();
  const [picked, setPicked] = useState(slots.length === 1 ? (slots[0]?.slot ?? null) : null);
  const [pin, setPin] = useState('');
  const [trying, setTrying] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(0);
  const slot = slots.find((candidate) => candidate.slot === picked) ?? null;
  const failures = slot?.failures ?? 0;

  // After five wrong PINs every further try waits a whole minute on this page: a reload begins it again, a clock does not end it.
  useEffect(() => {
    if (failures < freeTries || slot?.wrapped === null) {
      setWaiting(0);
      return;
    }
    const until = performance.now() + waitMilliseconds;
    setWaiting(waitMilliseconds);
    const timer = setInterval(() => {
      const left = Math.max(0, until - performance.now());
      setWaiting(left);
      if (left === 0) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [slot?.slot, failures, slot?.wrapped]);

  const name = slot ? nameIn(slot.names, words.language) : '';
  const locked = slot?.wrapped === null;
  const closed = trying || waiting > 0 || locked || slot === null;
  async function tryPin(typed: string): Promise<void> {
    if (slot === null) return;
    setTrying(true);
    const answer = await unlockSlot(database, slot.slot, typed);
    if (answer.state === 'open') return onOpen(answer.opened);
    setSaid(
      answer.state === 'locked'
        ? words.say('access.locked', { name })
        : words.say('access.wrong-pin', { left: answer.left }),
    );
    setPin('');
    setTrying(false);
    onChanged();
  }
  const type = (digit: string) => {
    if (closed || pin.length >= 6) return;
    setSaid(null);
    const typed = pin + digit;
    setPin(typed);
    if (typed.length === 6) void tryPin(typed);
  };

  const question = words.say('access.who');
  return (
    <div class="page door-page" lang={words.language} dir={words.direction}>
      <AjrakBorder />
      <main class="main">
        <div class="door">
          <Mark />
          <h1>{question}</h1>
          <ListenMark text={question} />
        </div>
        <Tiles of="people">
          {slots.map((candidate) => (
            <Tile
              key={candidate.slot}
              motif={candidate.motif}
              name={nameIn(candidate.names, words.language)}
              picked={candidate.slot === picked}
              onClick={() => {
                setPicked(candidate.slot);
                setPin('');
                setSaid(null);
              }}
            />
          ))}
        </Tiles>
        <p role="status" class="door-says">
          {said ??
            (slot === null
              ? words.say('access.pick-tile')
              : locked
                ? words.say('access.locked', { name })
                : waiting > 0
                  ? words.say('access.wait', { seconds: Math.ceil(waiting / 1000) })
                  : trying
                    ? words.say('access.opening')
                    : words.say('access.write-pin', { name }))}
        </p>
        <PinDots typed={pin.length} />
        <Keypad onDigit={type} onErase={() => setPin(pin.slice(0, -1))} disabled={closed} />
        {slot && failures > 0 && (
          <TouchRow boxed icon="help" note={words.say('access.forgotten-meaning')} onClick={onEnrol}>
            {words.say('access.forgotten')}
          </TouchRow>
        )}
        <div class="door-ways">
          {onCard && (
            <Button icon="emergency" onClick={onCard}>
              {words.say('access.numbers-short')}
            </Button>
          )}
          <Button icon="training" onClick={onPractise}>
            {words.say('access.practise')}
          </Button>
          <Button icon="key" onClick={onEnrol}>
            {words.say('access.new-short')}
          </Button>
        </div>
      </main>
    </div>
  );
}

/** What may be rung without a PIN: no donor, no patient, no history. */
type NumbersProps = { readonly card: DoorCard; readonly database: PhoneDatabase; readonly back: () => void };
const noteTypes = ['delivery', 'accident', 'blood', 'other'] as const;

function NumbersOnTheDoor({ card, database, back }: NumbersProps): VNode {
  const words = useWords();
  const [type, setType] = useState<(typeof noteTypes)[number] | null>(null);
  const [text, setText] = useState('');
  const [kept, setKept] = useState<'no' | 'yes' | 'failed'>('no');
  async function keep(): Promise<void> {
    if (type === null) return;
    try {
      await writeDoorNote(database, { type, text: text.trim(), at: Date.now() });
      setKept('yes');
    } catch {
      setKept('failed');
    }
  }
  const parts = [
    { icon: 'ambulance', title: words.say('access.card-transport'), numbers: card.providers },
    { icon: 'hospital', title: words.say('access.card-hospitals'), numbers: card.facilities },
    { icon: 'people', title: words.say('access.card-leaders'), numbers: card.leaders },
  ] as const;
  return (
    <Page title={words.say('access.numbers')} back={back} help={words.say('access.numbers-help')}>
      {parts.map(({ icon, title, numbers }) => (
        <section key={title}>
          <div class="head">
            <h2>{title}</h2>
          </div>
          <ul class="rows">
            {numbers.map(({ names, number }) => (
              <li key={number}>
                <div class="row">
                  <span class="n">
                    <b>{nameIn(names, words.language)}</b>
                    <small>
                      <bdi dir="ltr" class="ltr">
                        {words.phone(number)}
                      </bdi>
                    </small>
                  </span>
                  <CallButton name={nameIn(names, words.language)} number={number} next={icon === 'ambulance'} />
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div class="head">
        <h2>{words.say('access.note')}</h2>
      </div>
      {kept === 'yes' ? (
        <Notice tone="good" icon="saved">
          {words.say('access.note-kept')}
        </Notice>
      ) : (
        <>
          <PickGrid
            look="answer"
            label={words.say('access.note')}
            picked={type}
            onPick={setType}
            choices={noteTypes.map((value) => ({ value, label: words.say(`access.note-${value}`) }))}
          />
          <Field
            label={words.say('access.note-text')}
            meaning={words.say('access.note-meaning')}
            value={text}
            onInput={setText}
            lines={2}
          />
          {kept === 'failed' && <Notice>{words.say('access.note-failed')}</Notice>}
          <Button icon="saved" disabled={type === null} onClick={() => void keep()}>
            {words.say('access.note-keep')}
          </Button>
        </>
      )}
    </Page>
  );
}
