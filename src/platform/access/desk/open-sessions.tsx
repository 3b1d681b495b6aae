import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../design/phone/button.tsx';
import { Ltr } from '../../design/phone/isolated.tsx';
import { Notice } from '../../design/phone/notice.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { OpenSession } from '../account.ts';
import { ask } from './ask.ts';
import { useAnswer, useDesk } from './desk.tsx';

/** The machines at which she is signed in: a browser that she left open somewhere is ended from here. */
export function OpenSessions({ onEnded }: { readonly onEnded: (machine: string) => void }): VNode | null {
  const words = useWords();
  const { signedOut } = useDesk();
  const answer = useAnswer<{ readonly sessions: readonly OpenSession[] }>('account/sessions');
  const [ended, setEnded] = useState<readonly number[]>([]);
  const [notReached, setNotReached] = useState(false);
  if (answer === null || answer === 'not-there') return null;
  const nameOf = ({ machine }: OpenSession) => machine || words.say('access.session-unknown');
  const end = async (open: OpenSession) => {
    const said = await ask('account/sessions/end', { session: open.session });
    if (said.state === 'signed-out') return signedOut();
    setNotReached(said.state === 'not-reached');
    if (said.state === 'not-reached') return;
    setEnded([...ended, open.session]);
    onEnded(nameOf(open));
  };
  return (
    <section aria-labelledby="machines">
      <h2 class="h2 second" id="machines">
        {words.say('access.sessions')}
      </h2>
      {notReached && <Notice tone="calm">{words.say('access.desk-not-reached')}</Notice>}
      <ul class="machines">
        {answer.sessions
          .filter(({ session }) => !ended.includes(session))
          .map((open) => (
            <li key={open.session}>
              <span>
                {open.machine ? <Ltr>{open.machine}</Ltr> : nameOf(open)}
                <small>
                  {open.own
                    ? words.say('access.session-this')
                    : words.say('access.session-times', { opened: open.openFor, quiet: open.quietFor })}
                </small>
              </span>
              {!open.own && (
                <Button icon="cross" onClick={() => void end(open)}>
                  {words.say('access.session-end')}
                </Button>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}
