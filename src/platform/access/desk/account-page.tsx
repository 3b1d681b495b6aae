import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../design/phone/button.tsx';
import { Ltr } from '../../design/phone/isolated.tsx';
import { Notice } from '../../design/phone/notice.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { Account } from '../account.ts';
import { ask } from './ask.ts';
import { type DeskScreen, useAnswer, useDesk } from './desk.tsx';
import { OpenSessions } from './open-sessions.tsx';
import { RecoveryCodes, SecondFactor } from './second-factor.tsx';
import { OwnPassword } from './sign-in.tsx';

/** One's own account: what one signs in with, new recovery codes, and the end of every session. */
function AccountPage(): VNode {
  const words = useWords();
  const { signedOut } = useDesk();
  const account = useAnswer<Account>('account');
  const [doing, setDoing] = useState<'second' | 'password' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  if (account === null || account === 'not-there') return <p class="note">{words.say('desk.loading')}</p>;
  const done = (what: string) => {
    setDoing(null);
    setSaid(what);
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  if (doing === 'password') return <OwnPassword onDone={() => done(words.say('access.password-kept'))} />;
  if (doing === 'second')
    return (
      <SecondFactor
        account={account}
        onGone={signedOut}
        onProved={(recovery) => {
          done(words.say('access.second-kept'));
          if (recovery.length > 0) setCodes(recovery);
        }}
      />
    );
  const renew = async () => {
    const answer = await ask<{ readonly recovery: readonly string[] }>('account/recovery', {});
    if (answer.state === 'here') setCodes(answer.value.recovery);
    else if (answer.state === 'signed-out') signedOut();
    else setSaid(words.say('access.desk-not-reached'));
  };
  const rows = [
    [words.say('access.passkeys'), account.passkeys],
    [words.say('access.app-codes'), account.hasCode ? 1 : 0],
    [words.say('access.recovery-left'), account.recoveryLeft],
  ] as const;
  return (
    <>
      <div class="title">
        <h1>{words.say('access.account')}</h1>
        <p>
          {account.shownName}, {words.say(`access.role-${account.role}`)}
        </p>
      </div>
      {said && <Notice tone="good">{said}</Notice>}
      {account.sample && account.passkeys === 0 && !account.hasCode && (
        <Notice tone="calm">{words.say('access.sample-exempt')}</Notice>
      )}
      <table class="ledger account">
        <caption class="away">{words.say('access.account')}</caption>
        <tbody>
          {rows.map(([what, count]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>
                <Ltr>{words.number(count)}</Ltr>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <OpenSessions onEnded={(machine) => setSaid(words.say('access.session-ended', { machine }))} />
      <div class="doings">
        <Button icon="key" onClick={() => setDoing('second')}>
          {words.say('access.second-add')}
        </Button>
        <Button icon="register" onClick={() => void renew()}>
          {words.say('access.recovery-renew')}
        </Button>
        <Button icon="hide" onClick={() => setDoing('password')}>
          {words.say('access.password-change')}
        </Button>
        <Button icon="cross" onClick={() => void ask('sign-out/everywhere', {}).then(signedOut)}>
          {words.say('access.everywhere')}
        </Button>
      </div>
    </>
  );
}

export const accountScreens: readonly DeskScreen[] = [{ path: '/account', component: AccountPage }];
