import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { ask } from '../../../platform/access/desk/ask.ts';
import { type DeskScreen, useDesk } from '../../../platform/access/desk/desk.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { Tag } from '../../../platform/design/phone/marks.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import {
  type ComplaintDesk,
  type ComplaintState,
  type ComplaintWords,
  type HeardComplaint,
  type Remedy,
  remedies,
} from '../complaint.ts';
import { makeHearerKey, openComplaint, unlockHearerKey } from './hearer-key.ts';
import { PaperComplaint } from './paper-complaint.tsx';

const leastWords = 12;

/** The complaint book of one of the two who hear. Everything is closed until she has said her words. */
function ComplaintBook(): VNode {
  const words = useWords();
  const { signedOut } = useDesk();
  const [desk, setDesk] = useState<ComplaintDesk | null>(null);
  const [own, setOwn] = useState<CryptoKey | null>(null);
  const [opened, setOpened] = useState<ReadonlyMap<string, ComplaintWords | null>>(new Map());
  const [paper, setPaper] = useState<'closed' | 'open' | 'kept'>('closed');
  const refresh = async () => {
    const answer = await ask<ComplaintDesk>('complaints');
    if (answer.state === 'here') setDesk(answer.value);
    else if (answer.state === 'signed-out') signedOut();
  };
  useEffect(() => {
    void refresh();
  }, []);
  useEffect(() => {
    if (!desk || !own) return;
    void Promise.all(
      desk.complaints.map(
        async ({ complaint, box }) => [complaint, await openComplaint(own, complaint, desk.to, box)] as const,
      ),
    ).then((all) => setOpened(new Map(all)));
  }, [desk, own]);
  if (!desk) return <p class="note">{words.say('desk.loading')}</p>;
  return (
    <>
      <div class="title">
        <h1>{words.say('complaints.book')}</h1>
        <p>{words.say('complaints.book-about')}</p>
      </div>
      {!own && <KeyForm lockedKey={desk.lockedKey} onOpen={setOwn} onMade={() => void refresh()} />}
      {desk.lockedKey !== null && paper !== 'open' && (
        <div class="doings">
          <Button icon="report" onClick={() => setPaper('open')}>
            {words.say('complaints.paper')}
          </Button>
          {paper === 'kept' && (
            <p class="note" role="status">
              {words.say('complaints.went')}
            </p>
          )}
        </div>
      )}
      {paper === 'open' && (
        <PaperComplaint
          onKept={() => {
            setPaper('kept');
            void refresh();
          }}
        />
      )}
      {desk.complaints.length === 0 && <p class="note none-found">{words.say('complaints.none')}</p>}
      {desk.complaints.map((complaint) => (
        <Complaint
          key={complaint.complaint}
          complaint={complaint}
          said={own ? opened.get(complaint.complaint) : undefined}
          onChanged={() => void refresh()}
        />
      ))}
    </>
  );
}

function KeyForm({
  lockedKey,
  onOpen,
  onMade,
}: {
  readonly lockedKey: string | null;
  readonly onOpen: (own: CryptoKey) => void;
  readonly onMade: () => void;
}): VNode {
  const words = useWords();
  const [secret, setSecret] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    if (secret.length < leastWords) return setSaid(words.say('complaints.words-short'));
    setBusy(true);
    if (lockedKey === null) {
      const made = await makeHearerKey(secret);
      const answer = await ask('complaints/key', made);
      const key = answer.state === 'here' ? await unlockHearerKey(made.lockedKey, secret) : null;
      if (key) {
        onOpen(key);
        onMade();
      } else setSaid(words.say('access.desk-not-reached'));
    } else {
      const key = await unlockHearerKey(lockedKey, secret);
      if (key) onOpen(key);
      else setSaid(words.say('complaints.words-wrong'));
    }
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <Field
        label={words.say(lockedKey === null ? 'complaints.words-choose' : 'complaints.words-say')}
        meaning={words.say(lockedKey === null ? 'complaints.words-meaning' : 'complaints.words-why')}
        name="words"
        type="password"
        value={secret}
        onInput={setSecret}
        error={said}
      />
      <Button kind="go" type="submit" icon="key" busy={busy}>
        {words.say(lockedKey === null ? 'complaints.words-keep' : 'complaints.words-open')}
      </Button>
    </form>
  );
}

function Complaint({
  complaint,
  said,
  onChanged,
}: {
  readonly complaint: HeardComplaint;
  /** Undefined while closed; null when it was sealed to a key that is gone. */
  readonly said: ComplaintWords | null | undefined;
  readonly onChanged: () => void;
}): VNode {
  const words = useWords();
  const [settling, setSettling] = useState(false);
  const [erasing, setErasing] = useState(false);
  const step = (state: ComplaintState, done: Remedy | null) =>
    void ask('complaints/step', { complaint: complaint.complaint, state, done }).then(() => {
      setSettling(false);
      onChanged();
    });
  const erase = () => void ask('complaints/erase', { complaint: complaint.complaint }).then(onChanged);
  return (
    <article class="complaint">
      <h2 class="h2">
        {words.say(`complaints.about-${complaint.about}`)}
        <span>
          <bdi>{nameIn(complaint.names, words.language)}</bdi> · {words.date(complaint.cameOn)}
        </span>
      </h2>
      <Tag tone={complaint.state === 'new' ? 'wait' : 'yes'} icon={complaint.state === 'new' ? 'late' : 'done'}>
        {words.say(`complaints.state-${complaint.state}`)}
      </Tag>
      {said === undefined && <p class="note">{words.say('complaints.closed')}</p>}
      {said === null && <p class="note">{words.say('complaints.other-key')}</p>}
      {said && (
        <>
          <p>
            <b>
              <bdi>{said.who}</bdi>
            </b>
          </p>
          <p>
            <bdi>{said.what}</bdi>
          </p>
          {said.takenBy && <p class="note">{words.say('complaints.taken-by', { name: said.takenBy })}</p>}
          <div class="doings">
            {complaint.state === 'new' && (
              <Button icon="listen" onClick={() => step('heard', null)}>
                {words.say('complaints.do-heard')}
              </Button>
            )}
            {complaint.state !== 'settled' && (
              <Button icon="done" onClick={() => setSettling(!settling)}>
                {words.say('complaints.do-settle')}
              </Button>
            )}
            {complaint.state !== 'not-upheld' && (
              <Button icon="cross" onClick={() => step('not-upheld', null)}>
                {words.say('complaints.do-not-upheld')}
              </Button>
            )}
            <Button icon="erase" onClick={() => (erasing ? erase() : setErasing(true))}>
              {words.say(erasing ? 'complaints.do-erase-now' : 'complaints.do-erase')}
            </Button>
          </div>
          {settling && (
            <PickGrid
              label={words.say('complaints.what-done')}
              picked={complaint.done}
              onPick={(done) => step('settled', done)}
              choices={remedies.map((value) => ({ value, label: words.say(`complaints.done-${value}`) }))}
            />
          )}
        </>
      )}
    </article>
  );
}

export const complaintDeskScreens: readonly DeskScreen[] = [{ path: '/complaints', component: ComplaintBook }];
