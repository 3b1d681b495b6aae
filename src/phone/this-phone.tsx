import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Screen, useOffice } from '../platform/book/phone/office.tsx';
import { askToKeep, littleRoom, type Room, roomOnThisPhone } from '../platform/book/phone/room.ts';
import { Button, TouchRow } from '../platform/design/phone/button.tsx';
import { ListenMark, Tag } from '../platform/design/phone/marks.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page } from '../platform/design/phone/page.tsx';
import { dropShippedVoices } from '../platform/languages/phone/recorded-voice.ts';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import { VoicePage } from './voice-page.tsx';

const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);

/** How much room there is, what is kept whatever happens, and what may go first. */
function ThisPhone(): VNode {
  const words = useWords();
  const { back, go } = useOffice();
  const [room, setRoom] = useState<Room | null | 'asking'>('asking');
  const [said, setSaid] = useState<string | null>(null);
  const ask = () => void roomOnThisPhone().then(setRoom);
  useEffect(ask, []);
  const told =
    room === 'asking'
      ? ''
      : room === null
        ? words.say('phone.room-unknown')
        : words.say('phone.room', { used: megabytes(room.used), left: megabytes(room.left) });
  return (
    <Page title={words.say('phone.this-phone')} back={back} help={words.say('phone.this-phone-help')}>
      {said && (
        <Notice tone="good" icon="done">
          <p role="status">{said}</p>
        </Notice>
      )}
      <div class="head">
        <h2>{words.say('phone.room-title')}</h2>
        <ListenMark text={told} />
      </div>
      {room !== 'asking' && <p>{told}</p>}
      {room !== 'asking' && room !== null && room.left < littleRoom && (
        <Notice>{words.say('phone.room-little')}</Notice>
      )}
      {room !== 'asking' && room !== null && (
        <div class="row">
          <span class="n">{words.say('phone.room-promise')}</span>
          <Tag icon={room.promised ? 'done' : 'late'} tone={room.promised ? 'yes' : 'wait'}>
            {words.say(room.promised ? 'phone.room-promised' : 'phone.room-not-promised')}
          </Tag>
        </div>
      )}
      {room !== 'asking' && room !== null && !room.promised && (
        <Button
          icon="saved"
          onClick={() => {
            void askToKeep().then((kept) => {
              setSaid(words.say(kept ? 'phone.room-kept' : 'phone.room-not-kept'));
              ask();
            });
          }}
        >
          {words.say('phone.room-ask')}
        </Button>
      )}
      <div class="head">
        <h2>{words.say('phone.room-full')}</h2>
        <ListenMark
          text={`${words.say('phone.room-stays')} ${words.say('phone.room-goes')} ${words.say('phone.room-elsewhere')}`}
        />
      </div>
      <p>{words.say('phone.room-stays')}</p>
      <p>{words.say('phone.room-goes')}</p>
      <p>{words.say('phone.room-elsewhere')}</p>
      <Button
        icon="erase"
        onClick={() => {
          void dropShippedVoices().then((any) => {
            setSaid(words.say(any ? 'phone.voice-dropped' : 'phone.voice-not-here'));
            ask();
          });
        }}
      >
        {words.say('phone.voice-drop')}
      </Button>
      <TouchRow boxed icon="listen" note={words.say('phone.voice-row')} onClick={() => go('/voice')}>
        {words.say('phone.voice')}
      </TouchRow>
    </Page>
  );
}

export const thisPhoneScreens: readonly Screen[] = [{ path: '/this-phone', component: ThisPhone }];
export const voiceScreens: readonly Screen[] = [{ path: '/voice', component: VoicePage }];
