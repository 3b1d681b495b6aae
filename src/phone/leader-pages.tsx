/*
 * A leader and her phones, for the bearers: her phone is lost, or she leaves. Each is a page that asks what is next and reads the answer out of
 * the book, so that it may be put away in the middle and taken up again on another bearer's phone.
 */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { OrganizationName } from '../federation/organizations/phone/organization-name.tsx';
import { type Tenure, tenureKind } from '../federation/posts/tenure.ts';
import { nameIn } from '../kernel/names.ts';
import { type GrantPage, grantKind, type PhonePage, phoneKind } from '../platform/access/grants.ts';
import type { MadeCode } from '../platform/access/phone/asking.ts';
import type { Copy } from '../platform/book/copy.ts';
import type { Kept } from '../platform/book/kind.ts';
import { type Screen, useOffice } from '../platform/book/phone/office.tsx';
import { useWriting } from '../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../platform/design/phone/button.tsx';
import { Icon, type IconName } from '../platform/design/phone/icon.tsx';
import { Steps } from '../platform/design/phone/keypad.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../platform/design/phone/marks.tsx';
import { Empty, Notice } from '../platform/design/phone/notice.tsx';
import { Page, Question } from '../platform/design/phone/page.tsx';
import type { MessageId } from '../platform/languages/message-id.generated.ts';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import { CodeShown } from './code-shown.tsx';

type Params = { readonly params: Readonly<Record<string, string>> };

/** What the book says of a leader: her posts and roles that stand, and the phones that are hers; phones of before too. */
type Leader = {
  readonly names: GrantPage['names'];
  readonly grants: readonly Kept<GrantPage>[];
  readonly tenures: readonly Kept<Tenure>[];
  readonly phones: readonly Kept<PhonePage>[];
};

function leaderIn(copy: Copy, person: string): Leader | null {
  const grants = copy.find(grantKind, 'person', person);
  const tenures = copy.find(tenureKind, 'person', person);
  const phones = [...copy.all<PhonePage>(phoneKind)].filter(({ body }) => body.person === person);
  const names = (grants.at(-1) ?? tenures.at(-1) ?? phones.at(-1))?.body.names;
  if (!names) return null;
  return {
    names,
    grants: grants.filter(({ body }) => body.until === null),
    tenures: tenures.filter(({ body }) => body.until === null),
    phones: phones.filter(({ body }) => body.withdrawnOn === null).sort((a, b) => a.body.seat - b.body.seat),
  };
}

function useLeader(person: string): (Leader & { readonly name: string; readonly mayChange: boolean }) | null {
  const words = useWords();
  const { copy } = useOffice();
  const leader = leaderIn(copy, person);
  if (!leader) return null;
  return {
    ...leader,
    name: nameIn(leader.names, words.language),
    mayChange: copy.actor.grants.some(({ role }) => role === 'lso-bearer'),
  };
}

function NotHere({ title }: { readonly title: MessageId }): VNode {
  const words = useWords();
  const { back } = useOffice();
  return (
    <Page title={words.parts(title, {}).join('')} back={back}>
      <Notice>{words.say('phone.leader-not-here')}</Notice>
    </Page>
  );
}

/** Lines that say, one under the other, what will happen. */
function Told({ lines }: { readonly lines: readonly (readonly [IconName, string])[] }): VNode {
  return (
    <ul class="rows told">
      {lines.map(([icon, line]) => (
        <li key={line}>
          <div class="row">
            <Icon name={icon} />
            <span class="n">{line}</span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function PhoneLine({ phone }: { readonly phone: PhonePage }): VNode {
  const words = useWords();
  return <>{words.say(phone.byStaff ? 'phone.opened-by-staff' : 'phone.opened-on', { on: phone.on })}</>;
}

/** A code for a phone of hers, from the office. */
function useCode(): {
  readonly made: MadeCode | null;
  readonly said: string | null;
  readonly busy: boolean;
  readonly ask: (leader: GrantPage) => Promise<void>;
} {
  const words = useWords();
  const { askCode } = useOffice();
  const [made, setMade] = useState<MadeCode | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  return {
    made,
    said,
    busy,
    async ask({ person, names, organization }) {
      setBusy(true);
      setSaid(null);
      try {
        const code = await askCode({ person, names, organization });
        if (code === null) setSaid(words.say('access.not-allowed'));
        else setMade(code);
      } catch {
        setSaid(words.say('access.enrol-offline'));
      }
      setBusy(false);
    },
  };
}

/** One leader: where she writes, on which phones, and the three things a bearer does about them. */
function LeaderPage({ params }: Params): VNode {
  const words = useWords();
  const { back, go } = useOffice();
  const person = params.person ?? '';
  const leader = useLeader(person);
  const code = useCode();
  if (!leader) return <NotHere title="phone.leader" />;
  const { name, grants, phones, mayChange } = leader;
  const counted = words.say('phone.writes-on', { name, count: phones.length });
  const [grant] = grants;
  return (
    <Page
      title={name}
      subtitle={grant && <OrganizationName id={grant.body.organization} />}
      back={back}
      help={words.say('phone.leader-help')}
    >
      <div class="head">
        <h2>{counted}</h2>
        <ListenMark text={counted} />
      </div>
      {phones.length > 0 && (
        <ul class="rows">
          {phones.map(({ id, body }) => (
            <li key={id}>
              <div class="row">
                <Icon name="saved" />
                <span class="n">
                  <PhoneLine phone={body} />
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {code.said && <Notice>{code.said}</Notice>}
      {code.made && <CodeShown name={name} made={code.made} />}
      {mayChange && (
        <>
          {grant && !code.made && (
            <TouchRow boxed icon="key" note={words.say('phone.code-note')} onClick={() => void code.ask(grant.body)}>
              {words.say('phone.make-code')}
            </TouchRow>
          )}
          {phones.length > 0 && (
            <TouchRow
              boxed
              icon="saved"
              note={words.say('phone.lost-note')}
              onClick={() => go(`/phones/of/${person}/lost`)}
            >
              {words.say('phone.lost')}
            </TouchRow>
          )}
          <TouchRow
            boxed
            icon="absent"
            note={words.say('phone.leaves-note')}
            onClick={() => go(`/phones/of/${person}/leaves`)}
          >
            {words.say('phone.leaves')}
          </TouchRow>
        </>
      )}
    </Page>
  );
}

/** Her phone is lost or stolen: which, what will become of it, closed; and then a new one. */
function LostPhone({ params }: Params): VNode {
  const words = useWords();
  const { copy, back } = useOffice();
  const { said, busy, put } = useWriting();
  const [picked, setPicked] = useState<string | null>(null);
  const [closed, setClosed] = useState<string | null>(null);
  const code = useCode();
  const leader = useLeader(params.person ?? '');
  if (!leader?.mayChange) return <NotHere title="phone.lost" />;
  const { name, phones, grants } = leader;
  // An undo opens it again: then it is asked for anew.
  const gone = closed !== null && !phones.some(({ id }) => id === closed) ? closed : null;
  const phone = phones.length === 1 ? phones[0] : phones.find(({ id }) => id === picked);
  const step = gone !== null ? 2 : phone ? 1 : 0;
  const [grant] = grants;
  async function close(id: string): Promise<void> {
    if ((await put('access.withdraw-phone', { phone: id }, words.say('phone.closed', { name }))) !== null)
      setClosed(id);
  }
  const question = [
    words.say('phone.ask-which-lost', { name }),
    phone ? words.say('phone.ask-close', { name, on: phone.body.on }) : '',
    words.say('phone.closed', { name }),
  ][step] as string;
  const told: readonly (readonly [IconName, string])[] = [
    ['key', words.say('phone.lost-pin')],
    ['erase', words.say('phone.lost-goes')],
    ['sent', words.say('phone.lost-unsent', { name })],
    ['people', words.say('phone.lost-shared')],
  ];
  return (
    <Page
      title={words.say('phone.lost')}
      subtitle={name}
      back={step === 1 && phones.length > 1 ? () => setPicked(null) : back}
      help={words.say('phone.lost-help')}
      foot={
        <ActionRow>
          {step === 1 && phone && (
            <Button kind="go" icon="cross" busy={busy} onClick={() => void close(phone.id)}>
              {words.say('phone.close-phone')}
            </Button>
          )}
          {step === 2 &&
            (code.made || !grant ? (
              <Button kind="go" icon="done" onClick={back}>
                {words.say('phone.meeting-over')}
              </Button>
            ) : (
              <Button kind="go" icon="key" busy={code.busy} onClick={() => void code.ask(grant.body)}>
                {words.say('phone.new-phone')}
              </Button>
            ))}
        </ActionRow>
      }
    >
      <Steps at={step + 1} of={3} />
      <Question spoken={step === 1 ? [question, ...told.map(([, line]) => line)].join(' ') : question}>
        {question}
      </Question>
      {said && <Notice>{said}</Notice>}
      {step === 0 && phones.length === 0 && <Empty icon="saved" title={words.say('phone.no-phone', { name })} />}
      {step === 0 && (
        <ul class="rows">
          {phones.map(({ id, body }) => (
            <li key={id}>
              <TouchRow icon="saved" onClick={() => setPicked(id)}>
                <PhoneLine phone={body} />
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      {step === 1 && <Told lines={told} />}
      {step === 2 && (
        <>
          {code.said && <Notice>{code.said}</Notice>}
          {code.made ? (
            <CodeShown name={name} made={code.made} />
          ) : (
            <>
              <p>{words.say('phone.closed-then', { name })}</p>
              {gone !== null && copy.isConfirmed(phoneKind.kind, gone) ? <SentMark /> : <SavedMark />}
            </>
          )}
        </>
      )}
    </Page>
  );
}

/** A leader leaves: who follows her in each post, then the roles without a post, then her phones. What is done is told by the book. */
function LeaderLeaves({ params }: Params): VNode {
  const words = useWords();
  const { back, go } = useOffice();
  const { said, busy, put } = useWriting();
  const leader = useLeader(params.person ?? '');
  if (!leader?.mayChange) return <NotHere title="phone.leaves" />;
  const { name, tenures, grants, phones } = leader;
  const carried = new Set(tenures.map(({ body }) => body.grant));
  const [role] = grants.filter(({ id }) => !carried.has(id));
  const [phone] = phones;
  const step = tenures.length > 0 ? 0 : role ? 1 : phone ? 2 : 3;
  const question = [
    words.say('posts.ask-follows', { name }),
    words.say('phone.ask-end-role', { name }),
    phone ? words.say('phone.ask-close', { name, on: phone.body.on }) : '',
    words.say('phone.left', { name }),
  ][step] as string;
  const told: readonly (readonly [IconName, string])[] = [
    ['sent', words.say('phone.leaves-send-first', { name })],
    ['erase', words.say('phone.lost-goes')],
    ['register', words.say('phone.lost-unsent', { name })],
  ];
  return (
    <Page
      title={words.say('phone.leaves')}
      subtitle={name}
      back={back}
      help={words.say('phone.leaves-help')}
      foot={
        <ActionRow>
          {step === 1 && role && (
            <Button
              kind="go"
              icon="done"
              busy={busy}
              onClick={() => void put('access.take-role', { grant: role.id }, words.say('phone.role-ended', { name }))}
            >
              {words.say('phone.end-role')}
            </Button>
          )}
          {step === 2 && phone && (
            <Button
              kind="go"
              icon="cross"
              busy={busy}
              onClick={() =>
                void put('access.withdraw-phone', { phone: phone.id }, words.say('phone.closed', { name }))
              }
            >
              {words.say('phone.close-phone')}
            </Button>
          )}
          {step === 3 && (
            <Button kind="go" icon="done" onClick={back}>
              {words.say('phone.meeting-over')}
            </Button>
          )}
        </ActionRow>
      }
    >
      <Steps at={Math.min(step, 2) + 1} of={3} />
      <Question spoken={step === 2 ? [question, ...told.map(([, line]) => line)].join(' ') : question}>
        {question}
      </Question>
      {said && <Notice>{said}</Notice>}
      {step === 0 && (
        <ul class="rows">
          {tenures.map(({ id, body }) => (
            <li key={id}>
              <TouchRow
                icon="people"
                note={<OrganizationName id={body.organization} />}
                onClick={() => go(`/organizations/${body.organization}/hand-over/${id}`)}
                end={
                  <Tag icon="late" tone="wait">
                    {words.say('phone.hers-still')}
                  </Tag>
                }
              >
                {words.say(`posts.${body.post}`)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      {step === 1 && role && (
        <>
          <Told lines={[['people', words.say('phone.role-without-post')]]} />
          <p class="sofar">
            <span>{name}</span>
            <b>
              <OrganizationName id={role.body.organization} />
            </b>
          </p>
        </>
      )}
      {step === 2 && <Told lines={told} />}
      {step === 3 && <Told lines={[['done', words.say('phone.left-nothing')]]} />}
    </Page>
  );
}

export const leaderScreens: readonly Screen[] = [
  { path: '/phones/of/:person', component: LeaderPage },
  { path: '/phones/of/:person/lost', component: LostPhone },
  { path: '/phones/of/:person/leaves', component: LeaderLeaves },
];
