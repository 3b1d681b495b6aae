import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useOffice } from '../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../platform/design/phone/button.tsx';
import { Ltr } from '../platform/design/phone/isolated.tsx';
import { ListenMark } from '../platform/design/phone/marks.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page } from '../platform/design/phone/page.tsx';
import {
  keepOwn,
  ownAsFile,
  ownVoice,
  playSounds,
  shippedVoice,
  stopRecorded,
  takeInVoice,
} from '../platform/languages/phone/recorded-voice.ts';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import { mostPackBytes } from '../platform/languages/voice-pack.ts';
import { handOut } from './handover-page.tsx';

/** Bits a second: a voice alone on a small speaker needs no more. */
const bitsPerSecond = 16_000;

type Said = { readonly text: string; readonly tone: 'care' | 'good' };

/** A woman of the office gives it her voice, a sentence a page: she reads it, hears it, keeps it. Hers then speaks before any other. */
export function VoicePage(): VNode {
  const words = useWords();
  const { back } = useOffice();
  const { language } = words;
  const [phrases, setPhrases] = useState<readonly string[] | null | 'asking'>('asking');
  const [recorded, setRecorded] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const [recorder, setRecorder] = useState<MediaRecorder | null>(null);
  const [take, setTake] = useState<Blob | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const picker = useRef<HTMLInputElement>(null);

  useEffect(() => {
    let gone = false;
    void Promise.all([shippedVoice(language), ownVoice(language)]).then(([pack, own]) => {
      if (gone) return;
      const all = pack ? [...pack.sounds.keys()] : null;
      setPhrases(all);
      setRecorded(new Set(own.keys()));
      setAt(Math.max(0, all?.findIndex((phrase) => !own.has(phrase)) ?? 0));
    });
    return () => {
      gone = true;
      stopRecorded();
    };
  }, [language]);
  // Nothing listens on when she has left the page.
  useEffect(() => () => recorder?.stop(), [recorder]);

  const all = Array.isArray(phrases) ? (phrases as readonly string[]) : [];
  const phrase = all[at] ?? '';
  const next = () => {
    setTake(null);
    setAt((at + 1) % Math.max(1, all.length));
  };

  async function record(): Promise<void> {
    setSaid(null);
    setTake(null);
    stopRecorded();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
      const made = new MediaRecorder(stream, { audioBitsPerSecond: bitsPerSecond });
      const pieces: Blob[] = [];
      made.ondataavailable = ({ data }) => pieces.push(data);
      made.onstop = () => {
        for (const track of stream.getTracks()) track.stop();
        setRecorder(null);
        setTake(new Blob(pieces, { type: made.mimeType }));
      };
      made.start();
      setRecorder(made);
    } catch {
      setSaid({ text: words.say('phone.voice-no-microphone'), tone: 'care' });
    }
  }

  async function keep(sound: Blob): Promise<void> {
    try {
      await keepOwn(language, phrase, sound);
      setRecorded(new Set([...recorded, phrase]));
      setSaid(null);
      next();
    } catch {
      setSaid({ text: words.say('phone.could-not-save'), tone: 'care' });
    }
  }

  async function give(): Promise<void> {
    const bytes = await ownAsFile(language);
    if (bytes === null) setSaid({ text: words.say('phone.voice-none'), tone: 'care' });
    else if (await handOut(new File([bytes], `voice-${language}.voice`, { type: 'application/octet-stream' })))
      setSaid({ text: words.say('phone.voice-given'), tone: 'good' });
  }

  async function takeIn(file: File | undefined): Promise<void> {
    if (!file) return;
    try {
      const count = file.size > mostPackBytes ? null : await takeInVoice(new Uint8Array(await file.arrayBuffer()));
      setSaid(
        count === null
          ? { text: words.say('phone.voice-no-file'), tone: 'care' }
          : { text: words.say('phone.voice-taken', { count }), tone: 'good' },
      );
      setRecorded(new Set((await ownVoice(language)).keys()));
    } catch {
      setSaid({ text: words.say('phone.could-not-save'), tone: 'care' });
    }
    if (picker.current) picker.current.value = '';
  }

  const hear = async (sound: Blob) => void (await playSounds([new Uint8Array(await sound.arrayBuffer())]));
  return (
    <Page
      title={words.say('phone.voice')}
      subtitle={words.say('phone.voice-recorded', { done: recorded.size, all: all.length })}
      back={back}
      help={words.say('phone.voice-help')}
      foot={
        all.length > 0 && (
          <ActionRow>
            {recorder ? (
              <Button kind="go" icon="done" onClick={() => recorder.stop()}>
                {words.say('phone.voice-stop')}
              </Button>
            ) : take ? (
              <>
                <Button icon="undo" onClick={() => void record()}>
                  {words.say('phone.voice-again')}
                </Button>
                <Button kind="go" icon="saved" onClick={() => void keep(take)}>
                  {words.say('phone.voice-keep')}
                </Button>
              </>
            ) : (
              <Button kind="go" icon="awareness" onClick={() => void record()}>
                {words.say('phone.voice-record')}
              </Button>
            )}
          </ActionRow>
        )
      }
    >
      {said && (
        <Notice tone={said.tone} icon={said.tone === 'good' ? 'done' : 'warn'}>
          <p role="status">{said.text}</p>
        </Notice>
      )}
      {phrases === null && <Notice icon="saved">{words.say('phone.voice-needs-network')}</Notice>}
      {all.length > 0 && (
        <>
          <p class="muted">
            {words.say('phone.voice-read')} <Ltr>{`${words.number(at + 1)} / ${words.number(all.length)}`}</Ltr>
          </p>
          <div class="ask">
            <h2>{phrase}</h2>
            <ListenMark text={phrase} ring />
          </div>
          {recorder && (
            <Notice tone="calm" icon="listen">
              <p role="status">{words.say('phone.voice-listening')}</p>
            </Notice>
          )}
          {take && (
            <TouchRow boxed icon="listen" onClick={() => void hear(take)}>
              {words.say('phone.voice-hear')}
            </TouchRow>
          )}
          {!recorder && (
            <TouchRow boxed icon="next" onClick={next}>
              {words.say('phone.voice-next')}
            </TouchRow>
          )}
        </>
      )}
      <TouchRow boxed icon="relay" onClick={() => void give()}>
        {words.say('phone.voice-give')}
      </TouchRow>
      <input ref={picker} type="file" hidden onChange={(event) => void takeIn(event.currentTarget.files?.[0])} />
      <TouchRow boxed icon="saved" onClick={() => picker.current?.click()}>
        {words.say('phone.voice-take')}
      </TouchRow>
    </Page>
  );
}
