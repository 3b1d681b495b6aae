import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../design/phone/button.tsx';
import { CodeSquare } from '../../design/phone/code-square.tsx';
import { Field } from '../../design/phone/field.tsx';
import { Ltr } from '../../design/phone/isolated.tsx';
import { Notice } from '../../design/phone/notice.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { Account } from '../account.ts';
import { ask } from './ask.ts';
import { makePasskey } from './passkey.ts';
import { StepForm, useRefusal } from './step-form.tsx';

type Shown = { readonly secret: string; readonly uri: string };

/** Sets up a passkey, or an app that gives codes. `onProved` hands over the recovery codes; none when there are some already. */
export function SecondFactor({
  account,
  onProved,
  onGone,
}: {
  readonly account: Account;
  readonly onProved: (recovery: readonly string[]) => void;
  readonly onGone: () => void;
}): VNode {
  const words = useWords();
  const [shown, setShown] = useState<Shown | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState<'passkey' | 'app' | null>(null);
  const passkey = async () => {
    setBusy('passkey');
    const made = await makePasskey();
    setBusy(null);
    if (made?.state === 'here') onProved(made.value.recovery);
    else if (made?.state === 'signed-out') onGone();
    else setSaid(words.say(made?.state === 'not-reached' ? 'access.desk-not-reached' : 'access.passkey-not-made'));
  };
  const app = async () => {
    setBusy('app');
    const answer = await ask<Shown>('account/code', {});
    setBusy(null);
    if (answer.state === 'here') setShown(answer.value);
    else if (answer.state === 'signed-out') onGone();
    else setSaid(words.say('access.desk-not-reached'));
  };
  if (shown) return <AppCode shown={shown} onProved={onProved} onGone={onGone} />;
  return (
    <StepForm
      title={words.say('access.second')}
      about={words.say('access.second-why', { name: account.shownName })}
      onSubmit={() => undefined}
    >
      {said && <Notice>{said}</Notice>}
      <Button kind="go" icon="key" busy={busy === 'passkey'} onClick={() => void passkey()}>
        {words.say('access.passkey-make')}
      </Button>
      <p class="note">{words.say('access.passkey-meaning')}</p>
      <Button icon="saved" busy={busy === 'app'} onClick={() => void app()}>
        {words.say('access.app-make')}
      </Button>
      <p class="note">{words.say('access.app-meaning')}</p>
    </StepForm>
  );
}

function AppCode({
  shown,
  onProved,
  onGone,
}: {
  readonly shown: Shown;
  readonly onProved: (recovery: readonly string[]) => void;
  readonly onGone: () => void;
}): VNode {
  const words = useWords();
  const refusal = useRefusal();
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const prove = async () => {
    setBusy(true);
    const answer = await ask<{ readonly recovery: readonly string[] }>('account/code/proof', { code: code.trim() });
    setBusy(false);
    if (answer.state === 'here') onProved(answer.value.recovery);
    else if (answer.state === 'signed-out') onGone();
    else setSaid(refusal(answer, 'access.code-wrong'));
  };
  return (
    <StepForm title={words.say('access.app-scan')} onSubmit={() => void prove()}>
      <CodeSquare text={shown.uri} label={words.say('access.app-scan')} />
      <p>{words.say('access.app-by-hand')}</p>
      <p>
        <Ltr class="wraps">{shown.secret.replace(/(.{4})(?=.)/g, '$1 ')}</Ltr>
      </p>
      <Field
        label={words.say('access.app-first-code')}
        meaning={words.say('access.code-digits')}
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
    </StepForm>
  );
}

/** Shown once, to be written on paper. */
export function RecoveryCodes({
  codes,
  onDone,
}: {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}): VNode {
  const words = useWords();
  return (
    <StepForm title={words.say('access.recovery')} about={words.say('access.recovery-why')} onSubmit={onDone}>
      <ol class="codes">
        {codes.map((code) => (
          <li key={code}>
            <Ltr>{code}</Ltr>
          </li>
        ))}
      </ol>
      <Button icon="report" onClick={() => print()}>
        {words.say('access.recovery-print')}
      </Button>
      <Button kind="go" type="submit" icon="done">
        {words.say('access.recovery-written')}
      </Button>
    </StepForm>
  );
}
