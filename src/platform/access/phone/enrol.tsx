import type { VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { forgetUnsent } from '../../book/phone/kept-here.ts';
import type { PhoneDatabase } from '../../book/phone/phone-database.ts';
import { askToKeep } from '../../book/phone/room.ts';
import { ActionRow, Button, TouchRow } from '../../design/phone/button.tsx';
import { Field } from '../../design/phone/field.tsx';
import { Ltr } from '../../design/phone/isolated.tsx';
import { Keypad, PinDots, Steps } from '../../design/phone/keypad.tsx';
import { Notice } from '../../design/phone/notice.tsx';
import { Page, Question } from '../../design/phone/page.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import { type CodeInAddress, readCodeAddress } from '../office-mark.ts';
import { askEnrol, NotReached } from './asking.ts';
import { isRightOffice } from './right-office.ts';
import { addSlot, isEasyPin, leaveEarlierPages, type Opened } from './vault.ts';

type EnrolProps = {
  readonly database: PhoneDatabase;
  readonly onOpen: (opened: Opened) => Promise<void>;
  /** Before she has a code: the practice office. */
  readonly onPractise: () => void;
  readonly back?: () => void;
  /** Pages stood here and the browser has thrown them away: how many were not sent when they were last open. */
  readonly gone?: number | null;
};
const pinLength = 6;

/** What came with the picture another phone showed. */
function takeCodeInAddress(): CodeInAddress {
  const came = readCodeAddress(location.hash);
  if (came) history.replaceState(history.state, '', '/');
  return came ?? { code: '', mark: null };
}

/** Whether the office of the picture answers here. Without a picture nobody knows: whoever wrote the address must. */
type Answering = 'unknown' | 'asking' | 'right' | 'another' | 'not-reached';

/** A new person on this phone: her code from the office, then a PIN, twice. The code is used last, so that a phone that dies wastes none. */
export function Enrol({ database, onOpen, onPractise, back, gone = null }: EnrolProps): VNode {
  const words = useWords();
  const [step, setStep] = useState<1 | 2 | 3>(1);
  const [came] = useState(takeCodeInAddress);
  const [code, setCode] = useState(came.code);
  const [answering, setAnswering] = useState<Answering>(came.mark === null ? 'unknown' : 'asking');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const digits = toLatinDigits(code).replace(/\D/g, '');

  const { mark } = came;
  const askWho = useCallback(async (): Promise<Answering> => {
    if (mark === null) return 'unknown';
    setAnswering('asking');
    const answer = await isRightOffice(mark).then(
      (right) => (right ? 'right' : 'another'),
      () => 'not-reached' as const,
    );
    setAnswering(answer);
    return answer;
  }, [mark]);
  useEffect(() => void askWho(), [askWho]);

  /** A code is given to nobody but the office that the picture names. */
  async function goOn(): Promise<void> {
    setSaid(null);
    const who = answering === 'not-reached' ? await askWho() : answering;
    if (who === 'not-reached') setSaid(words.say('access.enrol-offline'));
    else if (who !== 'another') setStep(2);
  }

  const stepBack = () => {
    setSaid(null);
    setAgain('');
    if (step === 1) back?.();
    else {
      setPin('');
      setStep(step === 3 ? 2 : 1);
    }
  };

  async function enrol(chosen: string): Promise<void> {
    setBusy(true);
    try {
      const answer = await askEnrol(digits);
      if (typeof answer === 'string') {
        setSaid(words.say(`access.${answer}`));
        setStep(1);
        setPin('');
      } else {
        const { names, earlier, ...secret } = answer;
        const opened = await addSlot(database, names, chosen, secret);
        await leaveEarlierPages(database, earlier);
        if (gone !== null) forgetUnsent();
        // Whether the phone promises or not, she goes on: the page about this phone tells her which.
        void askToKeep();
        await onOpen(opened);
        return;
      }
    } catch (error) {
      setSaid(words.say(error instanceof NotReached ? 'access.enrol-offline' : 'design.not-ready'));
    }
    setAgain('');
    setBusy(false);
  }

  function typePin(digit: string): void {
    if (busy) return;
    setSaid(null);
    if (step === 2) {
      const typed = (pin + digit).slice(0, pinLength);
      if (typed.length === pinLength && isEasyPin(typed)) {
        setSaid(words.say('access.easy-pin'));
        setPin('');
        return;
      }
      setPin(typed);
      if (typed.length === pinLength) setStep(3);
      return;
    }
    const typed = (again + digit).slice(0, pinLength);
    setAgain(typed);
    if (typed.length < pinLength) return;
    if (typed === pin) void enrol(pin);
    else {
      setSaid(words.say('access.pins-differ'));
      setAgain('');
      setPin('');
      setStep(2);
    }
  }

  if (answering === 'another') return <AnotherOffice {...(back && { back })} />;
  const question = words.say(step === 1 ? 'access.enter-code' : step === 2 ? 'access.choose-pin' : 'access.pin-again');
  return (
    <Page
      title={words.say('access.new-here')}
      help={words.say('access.enrol-help')}
      {...((back || step > 1) && { back: stepBack })}
      foot={
        step === 1 && (
          <ActionRow>
            <Button
              kind="go"
              icon="next"
              iconAfter
              busy={answering === 'asking'}
              disabled={digits.length !== 10}
              onClick={() => void goOn()}
            >
              {words.say('design.next')}
            </Button>
          </ActionRow>
        )
      }
    >
      <Steps at={step} of={3} />
      <Question spoken={question}>{question}</Question>
      {step === 1 ? (
        <>
          {gone !== null && <Notice icon="saved">{words.say('access.pages-gone', { count: gone })}</Notice>}
          {answering === 'right' && (
            <Notice tone="good" icon="office">
              <p role="status">{words.say('access.right-office')}</p>
            </Notice>
          )}
          <Field
            label={words.say('access.code')}
            meaning={words.say('access.code-meaning')}
            error={said}
            value={code}
            onInput={setCode}
            numeric
            autoFocus
          />
          {!back && (
            <TouchRow boxed icon="training" note={words.say('access.practise-meaning')} onClick={onPractise}>
              {words.say('access.practise-first')}
            </TouchRow>
          )}
        </>
      ) : (
        <>
          {said && <Notice>{said}</Notice>}
          <PinDots typed={step === 2 ? pin.length : again.length} />
          <Keypad
            onDigit={typePin}
            onErase={() => (step === 2 ? setPin(pin.slice(0, -1)) : setAgain(again.slice(0, -1)))}
            disabled={busy}
          />
          <p role="status">{busy ? words.say('access.opening') : words.say('access.pin-meaning')}</p>
        </>
      )}
    </Page>
  );
}

/** Nothing can be written here: no code, no PIN. The address is named, so that whoever made the picture sees which one answers. */
function AnotherOffice({ back }: { readonly back?: () => void }): VNode {
  const words = useWords();
  const question = words.say('access.another-office');
  return (
    <Page title={words.say('access.new-here')} help={words.say('access.enrol-help')} {...(back && { back })}>
      <Question spoken={question}>{question}</Question>
      <Notice>
        <p role="status">{words.say('access.another-office-do')}</p>
        <p>
          <Ltr class="wraps">{location.host}</Ltr>
        </p>
      </Notice>
    </Page>
  );
}
