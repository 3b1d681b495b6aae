/*
 * Opens offices, one question a page. What stands decides which question comes next, so a page that was closed in the middle goes on
 * where it was.
 *
 *   word ─► programme ─► districts ─► LSO ─► leaders and their codes ─► first account
 */
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import './opening.css';
import { nameIn } from '../../../kernel/names.ts';
import type { DeskScreen } from '../../../platform/access/desk/desk.tsx';
import { StepForm } from '../../../platform/access/desk/step-form.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { OpenedOffices } from '../opening-input.ts';
import { askOpening, type Step } from './ask-opening.ts';
import { LeadersStep } from './leaders-step.tsx';
import { DistrictStep, LsoStep, ProgrammeStep, StaffStep } from './opening-steps.tsx';

type At =
  | { readonly at: 'next' | 'district' | 'lso' }
  | { readonly at: 'leaders'; readonly office: number }
  | { readonly at: 'staff' };

function OpeningPage(): VNode {
  const words = useWords();
  const [word, setWord] = useState<string | null>(null);
  const [opened, setOpened] = useState<OpenedOffices | 'no-word' | null>(null);
  const [at, setAt] = useState<At>({ at: 'next' });
  const [said, setSaid] = useState<string | null>(null);

  const look = async (with_: string | null) => {
    const answer = await askOpening<OpenedOffices>(with_, '');
    if (answer.state === 'done') {
      setWord(with_);
      setOpened(answer.value);
      setSaid(null);
    } else if (answer.state === 'wrong-word') {
      setOpened('no-word');
      if (with_ !== null) setSaid(words.say('programmes.word-wrong'));
    } else setSaid(words.say('programmes.not-reached'));
  };
  useEffect(() => {
    void look(null);
  }, []);

  /** One step: what the server says is shown beside it, and what was written stays. */
  const step = async <T,>(path: string, body: unknown): Promise<T | null> => {
    const answer: Step<T> = await askOpening<T>(word, path, body);
    if (answer.state === 'done') {
      setSaid(null);
      return answer.value;
    }
    setSaid(words.say(answer.state === 'not-reached' ? 'programmes.not-reached' : 'programmes.not-now'));
    return null;
  };
  const next = async () => {
    await look(word);
    setAt({ at: 'next' });
  };

  if (opened === null) return <p class="note">{said ?? words.say('desk.loading')}</p>;
  if (opened === 'no-word') return <WordStep said={said} onWord={(typed) => void look(typed)} />;
  const lso = opened.lsos.find(({ bearers }) => bearers !== null && !bearers.some(({ role }) => role === 'lso-bearer'));
  const now: At =
    at.at !== 'next' || opened.hasStaff
      ? at
      : opened.programme === null
        ? at
        : opened.districts.length === 0
          ? { at: 'district' }
          : opened.lsos.length === 0
            ? { at: 'lso' }
            : lso
              ? { at: 'leaders', office: lso.office }
              : at;
  const notice = said && <Notice>{said}</Notice>;
  if (opened.programme === null)
    return (
      <>
        {notice}
        <ProgrammeStep step={step} onDone={() => void next()} />
      </>
    );
  if (now.at === 'district')
    return (
      <>
        {notice}
        <DistrictStep opened={opened} step={step} onDone={() => void next()} />
      </>
    );
  if (now.at === 'lso')
    return (
      <>
        {notice}
        <LsoStep
          opened={opened}
          step={step}
          onDone={(office) => void look(word).then(() => setAt({ at: 'leaders', office }))}
        />
      </>
    );
  if (now.at === 'leaders') {
    const of = opened.lsos.find(({ office }) => office === now.office);
    if (of)
      return (
        <>
          {notice}
          <LeadersStep
            lso={of}
            step={step}
            onChanged={() => void look(word).then(() => setAt(now))}
            onDone={() => void next()}
          />
        </>
      );
  }
  if (now.at === 'staff')
    return (
      <>
        {notice}
        <StaffStep step={step} />
      </>
    );
  return (
    <>
      {notice}
      <Opened opened={opened} onGo={setAt} />
    </>
  );
}

function WordStep({ said, onWord }: { readonly said: string | null; readonly onWord: (word: string) => void }): VNode {
  const words = useWords();
  const [typed, setTyped] = useState('');
  return (
    <StepForm title={words.say('programmes.first-run')} onSubmit={() => onWord(typed)}>
      <Field
        label={words.say('programmes.word')}
        meaning={words.say('programmes.word-what')}
        name="word"
        value={typed}
        onInput={setTyped}
        error={said}
        numeric
        autoFocus
      />
      <Button kind="go" type="submit" disabled={typed.trim() === ''}>
        {words.say('programmes.go-on')}
      </Button>
    </StepForm>
  );
}

/** What is open, and what can be opened next. */
function Opened({ opened, onGo }: { readonly opened: OpenedOffices; readonly onGo: (at: At) => void }): VNode {
  const words = useWords();
  return (
    <>
      <div class="title">
        <h1>{words.say('programmes.opening')}</h1>
      </div>
      <table class="ledger opened">
        <caption class="away">{words.say('programmes.opened')}</caption>
        <tbody>
          {opened.districts.map((district) => (
            <tr key={district.office}>
              <th scope="row">{nameIn(district.names, words.language)}</th>
              <td>
                <ul>
                  {opened.lsos
                    .filter(({ above }) => above === district.office)
                    .map(({ office, names, bearers }) => (
                      <li key={office}>
                        <b>{nameIn(names, words.language)}</b>{' '}
                        <span class="soft">
                          {bearers === null
                            ? words.say('programmes.lets-in-itself')
                            : words.say('programmes.waits-for-phone', { count: bearers.length })}
                        </span>
                        {bearers !== null && (
                          <Button onClick={() => onGo({ at: 'leaders', office })}>
                            {words.say('programmes.add-leader')}
                          </Button>
                        )}
                      </li>
                    ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="doings">
        <Button onClick={() => onGo({ at: 'lso' })}>{words.say('programmes.another-lso')}</Button>
        <Button onClick={() => onGo({ at: 'district' })}>{words.say('programmes.another-district')}</Button>
        {!opened.hasStaff && (
          <Button kind="go" onClick={() => onGo({ at: 'staff' })}>
            {words.say('programmes.staff')}
          </Button>
        )}
      </div>
    </>
  );
}

export const openingScreens: readonly DeskScreen[] = [{ path: '/opening', component: OpeningPage }];
