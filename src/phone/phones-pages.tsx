import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { OrganizationName } from '../federation/organizations/phone/organization-name.tsx';
import { toLatinDigits } from '../kernel/digits.ts';
import { nameIn } from '../kernel/names.ts';
import type { GrantPage } from '../platform/access/grants.ts';
import type { MadeCode } from '../platform/access/phone/asking.ts';
import { type Screen, useOffice } from '../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../platform/design/phone/button.tsx';
import { Field } from '../platform/design/phone/field.tsx';
import { Steps } from '../platform/design/phone/keypad.tsx';
import { Tag } from '../platform/design/phone/marks.tsx';
import { Empty, Notice } from '../platform/design/phone/notice.tsx';
import { Page, Question } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import { CodeShown } from './code-shown.tsx';
import { leaderScreens } from './leader-pages.tsx';
import { leadersIn, phonesOf } from './leaders.ts';

/** How often the page asks whether she has joined, in milliseconds: she sits there and waits. */
const askEvery = 5_000;

/** In a meeting: who sits here with a phone, then a page a woman with her code, one after the other, and a mark when she has joined. */
function NewPhones(): VNode {
  const words = useWords();
  const { copy, back, askCode, syncNow } = useOffice();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [at, setAt] = useState<number | null>(null);
  const [made, setMade] = useState<{ readonly code: MadeCode; readonly before: readonly number[] } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const leaders = leadersIn(copy);
  const queue = leaders.filter(({ person }) => picked.includes(person));
  const leader = at === null ? undefined : queue[at];
  const name = leader ? nameIn(leader.names, words.language) : '';
  const joined =
    leader !== undefined && made !== null && phonesOf(copy, leader.person).some((seat) => !made.before.includes(seat));

  useEffect(() => {
    if (made === null || joined) return;
    const timer = setInterval(syncNow, askEvery);
    return () => clearInterval(timer);
  }, [made, joined, syncNow]);

  async function show(next: number): Promise<void> {
    const { person, names, organization } = queue[next] ?? {};
    setAt(next);
    setMade(null);
    setSaid(null);
    if (person === undefined || names === undefined || organization === undefined) return;
    try {
      const before = phonesOf(copy, person);
      const code = await askCode({ person, names, organization });
      if (code === null) setSaid(words.say('access.not-allowed'));
      else setMade({ code, before });
    } catch {
      setSaid(words.say('access.enrol-offline'));
    }
  }

  if (at === null) {
    const question = words.say('phone.meeting-who');
    return (
      <Page
        title={words.say('phone.meeting-phones')}
        back={back}
        help={words.say('phone.meeting-help')}
        foot={
          <ActionRow>
            <Button kind="go" icon="next" iconAfter disabled={picked.length === 0} onClick={() => void show(0)}>
              {words.say('phone.meeting-begin', { count: picked.length })}
            </Button>
          </ActionRow>
        }
      >
        <Question spoken={question}>{question}</Question>
        {leaders.length === 0 && <Empty icon="people" title={words.say('phone.meeting-nobody')} />}
        <ul class="rows">
          {leaders.map(({ person, names, organization }) => {
            const has = phonesOf(copy, person).length;
            const chosen = picked.includes(person);
            return (
              <li key={person}>
                <TouchRow
                  icon={chosen ? 'done' : 'people'}
                  pressed={chosen}
                  note={<OrganizationName id={organization} />}
                  onClick={() => setPicked(chosen ? picked.filter((id) => id !== person) : [...picked, person])}
                  end={
                    has > 0 && (
                      <Tag icon="saved" tone="yes">
                        {words.say('phone.has-phones', { count: has })}
                      </Tag>
                    )
                  }
                >
                  {nameIn(names, words.language)}
                </TouchRow>
              </li>
            );
          })}
        </ul>
      </Page>
    );
  }
  const last = at === queue.length - 1;
  return (
    <Page
      title={name}
      subtitle={words.say('phone.meeting-nth', { nth: at + 1, of: queue.length })}
      back={() => setAt(null)}
      help={words.say('phone.meeting-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon={last ? 'done' : 'next'} iconAfter onClick={() => (last ? back() : void show(at + 1))}>
            {words.say(last ? 'phone.meeting-over' : 'phone.meeting-next')}
          </Button>
        </ActionRow>
      }
    >
      {queue.length <= 8 && <Steps at={at + 1} of={queue.length} />}
      {said && (
        <Notice>
          <p>{said}</p>
          <Button icon="undo" onClick={() => void show(at)}>
            {words.say('phone.meeting-again')}
          </Button>
        </Notice>
      )}
      {made && (
        <>
          {joined && (
            <Notice tone="good" icon="done">
              <p role="status">{words.say('phone.meeting-joined', { name })}</p>
            </Notice>
          )}
          <CodeShown made={joined ? { ...made.code, needsSecond: false } : made.code} />
        </>
      )}
    </Page>
  );
}

/** Another bearer's code for a woman who has a phone: she says for whom, writes the ten digits, and stands by it. */
function ConfirmCode(): VNode {
  const words = useWords();
  const { copy, back, confirmCode } = useOffice();
  const [person, setPerson] = useState<GrantPage | null>(null);
  const [code, setCode] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const digits = toLatinDigits(code).replace(/\D/g, '');
  const name = person ? nameIn(person.names, words.language) : '';

  async function confirm({ person }: GrantPage): Promise<void> {
    setSaid(null);
    try {
      const answer = await confirmCode({ person, code: digits });
      if (answer === 'confirmed') setDone(true);
      else setSaid(words.say(answer === 'bad-code' ? 'phone.confirm-wrong' : 'access.too-often'));
    } catch {
      setSaid(words.say('access.enrol-offline'));
    }
  }

  const question = person ? words.say('phone.confirm-code', { name }) : words.say('phone.confirm-who');
  return (
    <Page
      title={words.say('phone.confirm')}
      back={person && !done ? () => setPerson(null) : back}
      help={words.say('phone.confirm-help')}
      foot={
        person && (
          <ActionRow>
            {done ? (
              <Button kind="go" icon="done" onClick={back}>
                {words.say('phone.meeting-over')}
              </Button>
            ) : (
              <Button kind="go" icon="key" disabled={digits.length !== 10} onClick={() => void confirm(person)}>
                {words.say('phone.confirm-do')}
              </Button>
            )}
          </ActionRow>
        )
      }
    >
      {done ? (
        <Notice tone="good" icon="done">
          <p role="status">{words.say('phone.confirmed', { name })}</p>
        </Notice>
      ) : (
        <>
          <Question spoken={question}>{question}</Question>
          {person ? (
            <Field
              label={words.say('access.code')}
              meaning={words.say('access.code-meaning')}
              error={said}
              value={code}
              onInput={setCode}
              numeric
              autoFocus
            />
          ) : (
            <ul class="rows">
              {/* All of them: this phone may not have heard yet of a phone that she has. */}
              {leadersIn(copy).map((grant) => (
                <li key={grant.person}>
                  <TouchRow
                    icon="people"
                    note={<OrganizationName id={grant.organization} />}
                    onClick={() => setPerson(grant)}
                  >
                    {nameIn(grant.names, words.language)}
                  </TouchRow>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Page>
  );
}

export const phonesScreens: readonly Screen[] = [
  { path: '/phones/new', component: NewPhones },
  { path: '/phones/confirm', component: ConfirmCode },
  ...leaderScreens,
];
