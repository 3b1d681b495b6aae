import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Screen, useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, CallButton } from '../../../platform/design/phone/button.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import type { IconName } from '../../../platform/design/phone/icon.tsx';
import { SavedMark, SentMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Accused, type Hearer, helpline } from '../complaint.ts';
import { complaintsWaiting, hearersOfPost, keepComplaint, sealComplaint, sendComplaints } from './send-complaint.ts';

const posts: readonly { readonly value: Accused; readonly icon: IconName }[] = [
  { value: 'leader', icon: 'people' },
  { value: 'crp', icon: 'awareness' },
  { value: 'social-organizer', icon: 'relay' },
  { value: 'district', icon: 'office' },
  { value: 'head-office', icon: 'report' },
];

type Step = 'about' | 'who' | 'what' | 'kept';

/** A complaint of a leader, a CRP or staff: three questions, nobody's name but the accused's, sealed before it leaves this page. */
function Complain(): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const office = copy.actor.office;
  const [step, setStep] = useState<Step>('about');
  const [about, setAbout] = useState<Accused | null>(null);
  const [hearers, setHearers] = useState<readonly Hearer[] | 'asking' | null>('asking');
  const [who, setWho] = useState('');
  const [what, setWhat] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(complaintsWaiting);
  useEffect(() => {
    const send = () => void sendComplaints().then(setWaiting);
    send();
    addEventListener('online', send);
    return () => removeEventListener('online', send);
  }, []);
  const choose = (post: Accused) => {
    setAbout(post);
    setHearers('asking');
    void hearersOfPost(office, post).then(setHearers);
    setStep('who');
  };
  const keep = async () => {
    if (!about || hearers === 'asking' || hearers === null) return;
    try {
      const written = { who: who.trim(), what: what.trim(), takenBy: null };
      keepComplaint(await sealComplaint(office, about, hearers, written, 'phone'));
    } catch {
      return setSaid(words.say('complaints.not-kept'));
    }
    setWho('');
    setWhat('');
    setStep('kept');
    setWaiting(await sendComplaints());
  };
  const question = {
    about: 'complaints.ask-about',
    who: 'complaints.ask-who',
    what: 'complaints.ask-what',
    kept: 'complaints.kept',
  } as const;
  const before: Readonly<Record<Step, Step | null>> = { about: null, who: 'about', what: 'who', kept: null };
  return (
    <Page
      title={words.say('complaints.title')}
      back={() => {
        const earlier = before[step];
        if (earlier) setStep(earlier);
        else back();
      }}
      help={words.say('complaints.help')}
      foot={
        step === 'who' ? (
          <ActionRow>
            <Button
              kind="go"
              icon="next"
              iconAfter
              disabled={who.trim() === '' || hearers === null || hearers === 'asking'}
              onClick={() => setStep('what')}
            >
              {words.say('complaints.next')}
            </Button>
          </ActionRow>
        ) : step === 'what' ? (
          <ActionRow>
            <Button kind="go" icon="key" disabled={what.trim() === ''} onClick={() => void keep()}>
              {words.say('complaints.seal')}
            </Button>
          </ActionRow>
        ) : step === 'kept' ? (
          <ActionRow>
            <Button kind="go" icon="done" onClick={() => go('/', 'instead')}>
              {words.say('complaints.done')}
            </Button>
          </ActionRow>
        ) : undefined
      }
    >
      <Question spoken={words.say(question[step])}>{words.say(question[step])}</Question>
      {said && <Notice>{said}</Notice>}
      {step === 'about' && (
        <>
          <PickGrid
            label={words.say('complaints.ask-about')}
            picked={about}
            onPick={choose}
            choices={posts.map(({ value, icon }) => ({ value, icon, label: words.say(`complaints.about-${value}`) }))}
          />
          <div class="row">
            <span class="n">
              {words.say('complaints.violence')}
              <small>{words.say('complaints.violence-free')}</small>
            </span>
            <CallButton name={words.say('complaints.helpline')} number={helpline} />
          </div>
        </>
      )}
      {step === 'who' && (
        <>
          <Field
            label={words.say('complaints.who')}
            meaning={words.say('complaints.who-meaning')}
            name="who"
            value={who}
            onInput={setWho}
          />
          {hearers === null && <Notice>{words.say('complaints.nobody-hears')}</Notice>}
        </>
      )}
      {step === 'what' && (
        <Field
          label={words.say('complaints.what')}
          meaning={words.say('complaints.what-meaning')}
          name="what"
          value={what}
          onInput={setWhat}
          lines={5}
        />
      )}
      {step === 'kept' && (
        <>
          {waiting > 0 ? <SavedMark /> : <SentMark />}
          <p>{words.say(waiting > 0 ? 'complaints.waits' : 'complaints.went')}</p>
        </>
      )}
    </Page>
  );
}

export const complaintScreens: readonly Screen[] = [{ path: '/complaints', component: Complain }];
