import type { VNode } from 'preact';
import { nameIn } from '../../../kernel/names.ts';
import { Ltr } from '../../design/phone/isolated.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { SeenLook } from '../watchers.ts';
import { type DeskScreen, useAnswer } from './desk.tsx';

/** Who has looked into which office: for whoever stands outside the reader's own chain. */
function LooksPage(): VNode {
  const words = useWords();
  const answer = useAnswer<{ readonly looks: readonly SeenLook[] }>('looks');
  if (answer === null || answer === 'not-there') return <p class="note">{words.say('desk.loading')}</p>;
  return (
    <>
      <div class="title">
        <h1>{words.say('access.looks')}</h1>
        <p>{words.say('access.looks-about')}</p>
      </div>
      {answer.looks.length === 0 && <p class="note">{words.say('access.looks-none')}</p>}
      {answer.looks.length > 0 && (
        <table class="ledger">
          <caption class="away">{words.say('access.looks')}</caption>
          <thead>
            <tr>
              <th scope="col">{words.say('access.looks-day')}</th>
              <th scope="col">{words.say('access.looks-who')}</th>
              <th scope="col">{words.say('access.looks-office')}</th>
              <th scope="col">{words.say('access.looks-what')}</th>
              <th scope="col">{words.say('access.looks-times')}</th>
            </tr>
          </thead>
          <tbody>
            {answer.looks.map((look, i) => (
              <tr key={`${look.day} ${look.office} ${i}`}>
                <td>{words.day(look.day)}</td>
                <th scope="row">
                  <bdi>{look.readerShown}</bdi>, {words.say(`access.role-${look.role}`)}
                </th>
                <td>
                  <bdi>{nameIn(look.names, words.language)}</bdi>
                </td>
                <td>{words.say(`access.looked-${look.what}`)}</td>
                <td>
                  <Ltr>{words.number(look.count)}</Ltr>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

export const lookScreens: readonly DeskScreen[] = [{ path: '/looks', component: LooksPage }];
