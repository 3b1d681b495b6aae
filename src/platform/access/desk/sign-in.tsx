import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../design/phone/button.tsx';
import { Field } from '../../design/phone/field.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import { ask } from './ask.ts';

/** The door of the desk. `onSignedIn` is called when the server has let the person in. */
export function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }): VNode {
  const words = useWords();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const signIn = async () => {
    setBusy(true);
    const answer = await ask('sign-in', { name, password });
    setBusy(false);
    if (answer.state === 'here') onSignedIn();
    else if (answer.state === 'refused')
      setSaid(
        answer.minutes === null
          ? words.say('access.desk-not-let-in')
          : words.say('access.desk-wait', { minutes: answer.minutes }),
      );
    else setSaid(words.say('access.desk-not-reached'));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void signIn();
      }}
    >
      <h1>{words.say('access.desk-sign-in')}</h1>
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
    </form>
  );
}
