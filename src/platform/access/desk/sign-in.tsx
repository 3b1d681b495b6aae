import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../design/phone/button.tsx';
import { Field } from '../../design/phone/field.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { Account } from '../account.ts';
import { shortestPassword } from '../password-rules.ts';
import { ask } from './ask.ts';
import { answerByPasskey } from './passkey.ts';
import { RecoveryCodes, SecondFactor } from './second-factor.tsx';
import { StepForm, useRefusal } from './step-form.tsx';

type Step =
  | { readonly at: 'password' | 'second' }
  | { readonly at: 'own-password' | 'set-up'; readonly account: Account }
  | { readonly at: 'recovery'; readonly codes: readonly string[] };

/**
 * The door of the desk: a passkey, or a password and a second thing. Who has no second factor yet sets it up before anything is shown.
 * `onSignedIn` is called when the server has let the person in.
 */
export function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }): VNode {
  const [step, setStep] = useState<Step>({ at: 'password' });
  const resume = async () => {
    const answer = await ask<Account>('account');
    if (answer.state !== 'here') return setStep({ at: 'password' });
    const { stage, startPassword } = answer.value;
    if (stage === 'full') onSignedIn();
    else if (stage === 'second') setStep({ at: 'second' });
    else setStep({ at: startPassword ? 'own-password' : 'set-up', account: answer.value });
  };
  // A page that was closed halfway goes on where it stood.
  useEffect(() => {
    void resume();
  }, []);
  switch (step.at) {
    case 'password':
      return <PasswordStep onDone={(stage) => (stage === 'full' ? onSignedIn() : void resume())} />;
    case 'second':
      return <CodeStep onDone={onSignedIn} onGone={() => setStep({ at: 'password' })} />;
    case 'own-password':
      return <OwnPassword onDone={() => setStep({ at: 'set-up', account: step.account })} />;
    case 'set-up':
      return (
        <SecondFactor
          account={step.account}
          onProved={(codes) => (codes.length > 0 ? setStep({ at: 'recovery', codes }) : onSignedIn())}
          onGone={() => setStep({ at: 'password' })}
        />
      );
    case 'recovery':
      return <RecoveryCodes codes={step.codes} onDone={onSignedIn} />;
  }
}

function PasskeyButton({
  onIn,
  onSaid,
}: {
  readonly onIn: () => void;
  readonly onSaid: (said: string) => void;
}): VNode | null {
  const words = useWords();
  const [busy, setBusy] = useState(false);
  if (!('PublicKeyCredential' in globalThis)) return null;
  const useIt = async () => {
    setBusy(true);
    const came = await answerByPasskey();
    setBusy(false);
    if (came === 'in') onIn();
    else onSaid(words.say(came === 'not-reached' ? 'access.desk-not-reached' : 'access.passkey-not'));
  };
  return (
    <Button icon="key" busy={busy} onClick={() => void useIt()}>
      {words.say('access.passkey-use')}
    </Button>
  );
}

function PasswordStep({ onDone }: { readonly onDone: (stage: Account['stage']) => void }): VNode {
  const words = useWords();
  const refusal = useRefusal();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async () => {
    setBusy(true);
    const answer = await ask<{ readonly stage: Account['stage'] }>('sign-in', { name, password });
    setBusy(false);
    if (answer.state === 'here') onDone(answer.value.stage);
    else setSaid(refusal(answer, 'access.desk-not-let-in'));
  };
  return (
    <StepForm title={words.say('access.desk-sign-in')} onSubmit={() => void signIn()}>
      <PasskeyButton onIn={() => onDone('full')} onSaid={setSaid} />
      <Field label={words.say('access.desk-name')} name="name" value={name} onInput={setName} autoFocus />
      <Field
        label={words.say('access.desk-password')}
        name="password"
        type="password"
        value={password}
        onInput={setPassword}
        error={said}
      />
      <Button kind="go" type="submit" busy={busy}>
        {words.say('access.desk-sign-in')}
      </Button>
    </StepForm>
  );
}

function CodeStep({ onDone, onGone }: { readonly onDone: () => void; readonly onGone: () => void }): VNode {
  const words = useWords();
  const refusal = useRefusal();
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const prove = async () => {
    setBusy(true);
    const answer = await ask('sign-in/code', { code });
    setBusy(false);
    if (answer.state === 'here') onDone();
    else if (answer.state === 'signed-out') onGone();
    else setSaid(refusal(answer, 'access.code-wrong'));
  };
  return (
    <StepForm title={words.say('access.code-ask')} onSubmit={() => void prove()}>
      <Field
        label={words.say('access.code-label')}
        meaning={words.say('access.code-or-recovery')}
        name="code"
        value={code}
        onInput={setCode}
        error={said}
        numeric
        autoFocus
      />
      <Button kind="go" type="submit" busy={busy} disabled={code.trim() === ''}>
        {words.say('access.code-prove')}
      </Button>
      <PasskeyButton onIn={onDone} onSaid={setSaid} />
      <Button onClick={() => void ask('sign-out', {}).then(onGone)}>{words.say('access.start-again')}</Button>
    </StepForm>
  );
}

/** The password that the operator handed over is known to two: the first thing is to choose one's own. */
export function OwnPassword({ onDone }: { readonly onDone: () => void }): VNode {
  const words = useWords();
  const refusal = useRefusal();
  const [now, setNow] = useState('');
  const [next, setNext] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = async () => {
    if (next.length < shortestPassword) return setSaid(words.say('access.password-short'));
    setBusy(true);
    const answer = await ask('account/password', { now, next });
    setBusy(false);
    if (answer.state === 'here') onDone();
    else if (answer.state === 'not-taken') setSaid(words.say('access.password-easy'));
    else setSaid(refusal(answer, 'access.desk-not-let-in'));
  };
  return (
    <StepForm
      title={words.say('access.password-own')}
      about={words.say('access.password-own-why')}
      onSubmit={() => void change()}
    >
      <Field
        label={words.say('access.password-now')}
        name="now"
        type="password"
        value={now}
        onInput={setNow}
        autoFocus
      />
      <Field
        label={words.say('access.password-next')}
        meaning={words.say('access.password-meaning')}
        name="next"
        type="password"
        value={next}
        onInput={setNext}
        error={said}
      />
      <Button kind="go" type="submit" busy={busy}>
        {words.say('access.password-keep')}
      </Button>
    </StepForm>
  );
}
