import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { personKind } from '../../../federation/people/person.ts';
import { nameIn } from '../../../kernel/names.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { inForce } from '../../../platform/book/rule.ts';
import { ActionRow, Button, CallButton, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Clock, Drops } from '../../../platform/design/phone/emergency-lane.tsx';
import {
  BloodGroupPick,
  Field,
  type GroupLetters,
  type GroupSign,
  PickGrid,
} from '../../../platform/design/phone/field.tsx';
import type { IconName } from '../../../platform/design/phone/icon.tsx';
import { BloodGroup, PhoneNumber } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { RankedLine, RankedList } from '../../../platform/design/phone/ranked-list.tsx';
import { Sheet } from '../../../platform/design/phone/sheet.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { type Answer, standingAnswers, tally } from '../answers.ts';
import { type CallList, callListKind } from '../call-list.ts';
import { donationRules } from '../donation-rules.ts';
import { type Donor, donorContactKind, donorKind } from '../donor.ts';
import { notLeft } from '../donor-of-person.ts';
import { matchDonors } from '../matching.ts';
import { type Neighbour, neighbourKind } from '../neighbours.ts';
import { sayParent } from '../say-parent.ts';
import { leadersOf } from './leaders.ts';

const icons: Readonly<Record<Answer, IconName>> = {
  coming: 'next',
  later: 'late',
  maybe: 'help',
  no: 'cross',
  'no-answer': 'no-answer',
  'wrong-number': 'warn',
  'someone-else': 'people',
  arrived: 'done',
  'not-arrived': 'undo',
};
const first: readonly Answer[] = ['coming', 'later', 'maybe', 'no', 'no-answer'];
const more: readonly Answer[] = ['arrived', 'wrong-number', 'someone-else'];
/** Answers after which this donor is not the next to call. */
const settled: ReadonlySet<Answer> = new Set(['coming', 'arrived', 'no', 'wrong-number', 'maybe']);

/** One list, several callers: who is to be called next and why, what each said, how many have arrived. */
export function CallListPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today, now, write, offerUndo } = useOffice();
  const [open, setOpen] = useState<string | null>(null);
  const [handing, setHanding] = useState<string | null>(null);
  const list = copy.get(callListKind, params.id ?? '');
  const group = list?.body.group ?? null;
  const rules = inForce(donationRules, copy.rules(), today);
  const matched = useMemo(() => {
    if (!list || !group) return null;
    const donors = notLeft(copy.all<Donor>(donorKind), (id) => copy.get(personKind, id));
    return matchDonors({ ...list.body, group }, donors, today, rules);
  }, [copy, copy.changes, list?.id, group, today]);
  if (!list)
    return (
      <Page title={words.say('blood-donors.call')} back={back}>
        <Notice>{words.say('blood-donors.gone')}</Notice>
      </Page>
    );
  if (!group || !matched) return <AskGroup list={list} />;

  const standing = standingAnswers(list.body.calls);
  const counted = tally(list.body.calls, list.body.bottles);
  const callers = new Set(list.body.calls.map(({ by }) => by)).size;
  // Who has arrived and who is coming stand first, whoever cannot come last; between them the order of calling.
  const lines = [...matched.callable].sort((a, b) => stage(standing.get(a.donor.id)) - stage(standing.get(b.donor.id)));
  const next = matched.callable.find(({ donor }) => !settled.has(standing.get(donor.id) ?? 'later'))?.donor.id ?? null;
  const now_ = open ?? (counted.stillToFind > 0 ? next : null);

  async function say(donor: Kept<Donor>, answer: Answer): Promise<void> {
    const written = await write('blood-donors.answer', { list: params.id, donor: donor.id, answer });
    setOpen(null);
    offerUndo(
      written,
      words.say('blood-donors.wrote-answer', {
        name: shownName(words, copy, donor),
        answer: words.say(`blood-donors.answer-${answer}`),
      }),
    );
  }

  return (
    <Page
      title={
        <>
          {words.say('blood-donors.call')} <BloodGroup group={group} />
        </>
      }
      subtitle={callers > 1 ? words.say('blood-donors.callers', { count: callers }) : undefined}
      back={back}
      help={words.say('blood-donors.call-help')}
      strips={
        <>
          <div class="need">
            <Drops needed={list.body.bottles} arrived={counted.arrived} coming={counted.coming} />
            <span>
              {words.say('blood-donors.tally', {
                arrived: counted.arrived,
                coming: counted.coming,
                missing: counted.stillToFind,
              })}
            </span>
            <ListenMark
              text={words.say('blood-donors.tally', {
                arrived: counted.arrived,
                coming: counted.coming,
                missing: counted.stillToFind,
              })}
            />
            {list.body.closedOn === null && <Clock since={list.body.openedAt} now={now} />}
          </div>
          {matched.caution !== 'none' && (
            <Notice>
              {words.say(
                matched.caution === 'rh-negative-first' ? 'blood-donors.caution-rh' : 'blood-donors.caution-ask',
              )}
            </Notice>
          )}
        </>
      }
    >
      {matched.callable.length === 0 && <Notice>{words.say('blood-donors.nobody')}</Notice>}
      <RankedList>
        {lines.map((ranked, i) => {
          const { donor } = ranked;
          const answer = standing.get(donor.id);
          const isNow = donor.id === now_;
          return (
            <RankedLine
              key={donor.id}
              place={i + 1}
              now={isNow}
              name={shownName(words, copy, donor)}
              of={isReachedThrough(copy, donor) ? null : sayParent(words, donor.body)}
              group={donor.body.group}
              why={ranked.reasons.map((reason) => words.say(reason)).join(words.language === 'en' ? ', ' : '، ')}
              end={
                answer !== undefined && !isNow ? (
                  <button type="button" class="bare" onClick={() => setOpen(donor.id)}>
                    <Tag icon={icons[answer]} tone={answer === 'arrived' || answer === 'coming' ? 'yes' : 'muted'}>
                      {words.say(`blood-donors.answer-${answer}`)}
                    </Tag>
                  </button>
                ) : (
                  <DonorCall donor={donor} next={isNow} onCall={() => setOpen(donor.id)} />
                )
              }
            >
              {isNow && (
                <>
                  <PickGrid
                    look="answer"
                    label={words.say('blood-donors.what-said')}
                    picked={answer ?? null}
                    onPick={(picked: Answer) => void say(donor, picked)}
                    choices={[...first, ...more].map((value) => ({
                      value,
                      icon: icons[value],
                      label: words.say(`blood-donors.answer-${value}`),
                    }))}
                  />
                  <TouchRow boxed icon="relay" onClick={() => setHanding(donor.id)}>
                    {words.say('blood-donors.hand')}
                  </TouchRow>
                </>
              )}
            </RankedLine>
          );
        })}
        {matched.resting.map(({ donor }, i) => (
          <RankedLine
            key={donor.id}
            resting
            place={matched.callable.length + i + 1}
            name={shownName(words, copy, donor)}
            of={isReachedThrough(copy, donor) ? null : sayParent(words, donor.body)}
            group={donor.body.group}
            why={words.say('blood-donors.not-now')}
          />
        ))}
      </RankedList>
      {matched.unknownGroup > 0 && (
        <p class="muted">{words.say('blood-donors.unknown-groups', { count: matched.unknownGroup })}</p>
      )}
      {counted.stillToFind > 0 && next === null && <Neighbours group={group} />}
      <Notice tone="calm" icon="hospital">
        {words.say('blood-donors.cross-match')}
      </Notice>
      {copy.isConfirmed(callListKind.kind, list.id) ? <SentMark /> : <SavedMark />}
      <HandNumber donor={handing} list={list.id} onClose={() => setHanding(null)} />
    </Page>
  );
}

function stage(answer: Answer | undefined): number {
  if (answer === 'arrived') return 0;
  if (answer === 'coming') return 1;
  return answer !== undefined && settled.has(answer) ? 3 : 2;
}

/** Whoever cannot ring her need not know who she is: she is reached through her leader. */
function isReachedThrough(copy: Copy, donor: Kept<Donor>): boolean {
  return donor.body.relay !== null && copy.find(donorContactKind, 'donor', donor.id).length === 0;
}

function shownName(words: Words, copy: Copy, donor: Kept<Donor>): string {
  const { relay, names } = donor.body;
  if (relay !== null && isReachedThrough(copy, donor))
    return words.say('design.through', { name: nameIn(relay.names, words.language) });
  return nameIn(names, words.language);
}

type DonorCallProps = { readonly donor: Kept<Donor>; readonly next: boolean; readonly onCall: () => void };

function DonorCall({ donor, next, onCall }: DonorCallProps): VNode | null {
  const words = useWords();
  const { copy } = useOffice();
  const contact = copy.find(donorContactKind, 'donor', donor.id)[0];
  const name = nameIn(donor.body.names, words.language);
  if (contact && !contact.body.safeToCall)
    return (
      <Tag icon="warn" tone="wait">
        {words.say('blood-donors.not-safe')}
      </Tag>
    );
  if (contact) return <CallButton name={name} number={contact.body.number} next={next} onCall={onCall} />;
  const { relay } = donor.body;
  if (!relay) return null;
  const leader = leadersOf(copy).find(({ person }) => person === relay.person)?.number;
  const leaderName = nameIn(relay.names, words.language);
  return leader ? (
    <CallButton name={leaderName} number={leader} relay next={next} onCall={onCall} />
  ) : (
    <CallButton name={leaderName} relay next={next} onCall={onCall} />
  );
}

function AskGroup({ list }: { readonly list: Kept<CallList> }): VNode {
  const words = useWords();
  const { back, write } = useOffice();
  const [letters, setLetters] = useState<GroupLetters | null>(null);
  const [sign, setSign] = useState<GroupSign | null>(null);
  const question = words.say('blood-donors.which-group');
  const { bottles, sex, age, village, vo } = list.body;
  return (
    <Page
      title={words.say('blood-donors.call')}
      back={back}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="next"
            iconAfter
            disabled={!letters || !sign}
            onClick={() =>
              void write('blood-donors.change-request', {
                list: list.id,
                group: `${letters}${sign}`,
                bottles,
                sex,
                age,
                village,
                vo,
              })
            }
          >
            {words.say('design.next')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      <BloodGroupPick letters={letters} sign={sign} onLetters={setLetters} onSign={setSign} />
      <Notice tone="calm">{words.say('blood-donors.group-first')}</Notice>
    </Page>
  );
}

/** When our own donors are exhausted: how many a neighbour has, and whom to ring there. Counts cross the border, donors do not. */
function Neighbours({ group }: { readonly group: keyof Neighbour['groups'] }): VNode | null {
  const words = useWords();
  const { copy } = useOffice();
  const others = [...copy.all(neighbourKind)].filter(
    ({ body }) => body.office !== copy.actor.office && body.groups[group] !== 'none',
  );
  if (others.length === 0) return <Notice>{words.say('blood-donors.no-neighbour')}</Notice>;
  return (
    <section>
      <div class="head">
        <h2>{words.say('blood-donors.neighbours')}</h2>
        <BloodGroup group={group} />
      </div>
      <ul class="rows">
        {others.map(({ id, body }) => (
          <li key={id}>
            {body.leaders.map((leader) => (
              <div class="row" key={leader.number}>
                <span class="n">
                  <b>{nameIn(body.names, words.language)}</b>
                  <small>
                    {words.say(body.groups[group] === 'few' ? 'blood-donors.has-few' : 'blood-donors.has-many')} ·{' '}
                    {nameIn(leader.names, words.language)}
                  </small>
                </span>
                <CallButton name={nameIn(leader.names, words.language)} number={leader.number} />
              </div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

type HandProps = { readonly donor: string | null; readonly list: string; readonly onClose: () => void };

/** Nobody must ring a stranger: a man whom the family names may call. What he says names neither blood nor office to anybody else. */
function HandNumber({ donor: id, list, onClose }: HandProps): VNode {
  const words = useWords();
  const { copy, write } = useOffice();
  const [to, setTo] = useState('');
  const [handed, setHanded] = useState(false);
  const contact = id === null ? undefined : copy.find(donorContactKind, 'donor', id)[0];
  const close = () => {
    setTo('');
    setHanded(false);
    onClose();
  };
  return (
    <Sheet open={id !== null} title={words.say('blood-donors.hand')} onClose={close}>
      {contact === undefined ? (
        <Notice>{words.say('blood-donors.hand-relay')}</Notice>
      ) : handed ? (
        <>
          <p class="fig">
            <PhoneNumber number={contact.body.number} call />
          </p>
          <Notice tone="calm">{words.say('blood-donors.script')}</Notice>
        </>
      ) : (
        <>
          <Field
            label={words.say('blood-donors.hand-to')}
            meaning={words.say('blood-donors.hand-meaning')}
            value={to}
            onInput={setTo}
          />
          <Button
            kind="go"
            disabled={to.trim() === ''}
            onClick={() => {
              void write('blood-donors.hand-number', { list, donor: id, to: to.trim() }).then(() => setHanded(true));
            }}
          >
            {words.say('blood-donors.show-number')}
          </Button>
        </>
      )}
    </Sheet>
  );
}
