import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { standingPage } from '../../../federation/people/merging.ts';
import { personKind } from '../../../federation/people/person.ts';
import { sayWhich } from '../../../federation/people/phone/people-words.tsx';
import type { BloodGroup as Group } from '../../../kernel/blood-group.ts';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { inForce } from '../../../platform/book/rule.ts';
import { ActionRow, Button, CallButton, TouchRow } from '../../../platform/design/phone/button.tsx';
import { BloodGroupPick, type GroupLetters, type GroupSign } from '../../../platform/design/phone/field.tsx';
import { BloodGroup } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { formatBloodGroup } from '../../../platform/languages/format.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { mayGiveAgainOn } from '../commands.ts';
import { donationRules } from '../donation-rules.ts';
import { donorContactKind, donorKind } from '../donor.ts';
import { mayBeCalled } from '../eligibility.ts';
import { sayParent } from '../say-parent.ts';
import { Contact } from './donor-register.tsx';
import { sayVo } from './donor-words.tsx';

/** One donor: what is known, and the few things that change. Correcting is offered, deleting is not. */
export function DonorPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, today, write, offerUndo } = useOffice();
  const [learning, setLearning] = useState(false);
  const [letters, setLetters] = useState<GroupLetters | null>(null);
  const [sign, setSign] = useState<GroupSign | null>(null);
  const donor = copy.get(donorKind, params.id ?? '');
  if (!donor)
    return (
      <Page title={words.say('blood-donors.title')} back={back}>
        <Notice>{words.say('blood-donors.gone')}</Notice>
      </Page>
    );
  const { body, id } = donor;
  const contact = copy.find(donorContactKind, 'donor', id)[0];
  const person = body.person ? standingPage(body.person, (one) => copy.get(personKind, one)) : undefined;
  const left = person?.body.left;
  const rules = inForce(donationRules, copy.rules(), today);
  const may = mayBeCalled(body, today, rules);
  const name = nameIn(body.names, words.language);
  const spoken = [
    name,
    sayParent(words, body),
    sayVo(words, copy, body.vo),
    body.group && formatBloodGroup(body.group),
    words.say(`blood-donors.by-${body.groupKnownBy}`),
    words.say(may.ok && !left ? 'blood-donors.may-be-called' : 'blood-donors.not-now'),
  ]
    .filter(Boolean)
    .join('. ');
  const did = async (command: string, input: object, said: string) =>
    offerUndo(await write(command, { donor: id, ...input }), said);
  async function learn(): Promise<void> {
    if (!letters || !sign) return;
    const group = `${letters}${sign}` as Group;
    await did(
      'blood-donors.learn-group',
      { group, knownBy: 'card' },
      words.say('blood-donors.group-learned', { name }),
    );
    setLearning(false);
  }
  return (
    <Page
      title={name}
      subtitle={sayParent(words, body) ?? undefined}
      back={learning ? () => setLearning(false) : back}
      help={words.say('blood-donors.donor-help')}
      foot={
        learning && (
          <ActionRow>
            <Button kind="go" icon="done" disabled={!letters || !sign} onClick={() => void learn()}>
              {words.say('blood-donors.save')}
            </Button>
          </ActionRow>
        )
      }
    >
      {learning ? (
        <BloodGroupPick letters={letters} sign={sign} onLetters={setLetters} onSign={setSign} />
      ) : (
        <>
          {left && body.status === 'active' && (
            <Notice icon="absent">{words.say('blood-donors.has-left', { name, how: left.how })}</Notice>
          )}
          <div class="count">
            <p class="fig">
              {body.group ? <BloodGroup group={body.group} /> : <small>{words.say('design.not-known')}</small>}
            </p>
            <p>
              {sayVo(words, copy, body.vo)}
              <br />
              {words.say(`blood-donors.by-${body.groupKnownBy}`)}
            </p>
            <ListenMark text={spoken} />
          </div>
          <ul class="rows">
            <li>
              <div class="row">
                <span class="n">
                  <Contact donor={donor} />
                  {contact && <small>{words.say(`blood-donors.whose-${contact.body.whose}`)}</small>}
                  {body.address && <small>{body.address}</small>}
                </span>
                {contact &&
                  !left &&
                  (contact.body.safeToCall ? (
                    <CallButton name={name} number={contact.body.number} />
                  ) : (
                    <Tag icon="warn" tone="wait">
                      {words.say('blood-donors.not-safe')}
                    </Tag>
                  ))}
              </div>
            </li>
            <li>
              <div class="row">
                <span class="n">
                  {words.say('blood-donors.gave-times', { count: body.gave })}
                  {body.lastGaveOn !== null && (
                    <small>
                      {words.say('blood-donors.may-give-again', {
                        on: mayGiveAgainOn(body.lastGaveOn, body.sex, rules.daysBetween),
                      })}
                    </small>
                  )}
                </span>
                {may.ok && !left ? (
                  <Tag icon="done" tone="yes">
                    {words.say('blood-donors.may-be-called')}
                  </Tag>
                ) : (
                  <Tag icon="late" tone="wait">
                    {words.say('blood-donors.not-now')}
                  </Tag>
                )}
              </div>
            </li>
          </ul>
          {person ? (
            <>
              <TouchRow
                boxed
                icon="people"
                note={sayWhich(words, copy, person.body)}
                onClick={() => go(`/people/person/${person.id}`)}
              >
                {words.say('blood-donors.person-of')}
              </TouchRow>
              <TouchRow
                boxed
                icon="cross"
                onClick={() =>
                  void did('blood-donors.tell-person', { person: null }, words.say('blood-donors.parted', { name }))
                }
              >
                {words.say('blood-donors.not-this-person')}
              </TouchRow>
            </>
          ) : (
            <TouchRow boxed icon="people" onClick={() => go(`/blood-donors/donor/${id}/person`)}>
              {words.say('blood-donors.find-person')}
            </TouchRow>
          )}
          {body.status === 'active' ? (
            <>
              <TouchRow boxed icon="write" onClick={() => go(`/blood-donors/donor/${id}/correct`)}>
                {words.say('blood-donors.correct')}
              </TouchRow>
              <TouchRow boxed icon="blood" onClick={() => setLearning(true)}>
                {words.say(body.group === null ? 'blood-donors.learn' : 'blood-donors.correct-group')}
              </TouchRow>
              <TouchRow
                boxed
                icon="late"
                onClick={() =>
                  void did(
                    'blood-donors.rest',
                    { resting: !body.resting, contact: contact?.id ?? null, until: null },
                    words.say(body.resting ? 'blood-donors.wakes' : 'blood-donors.rests', { name }),
                  )
                }
              >
                {words.say(body.resting ? 'blood-donors.wake' : 'blood-donors.rest')}
              </TouchRow>
              <TouchRow
                boxed
                icon="cross"
                note={words.say('blood-donors.withdraw-meaning')}
                onClick={() =>
                  void did(
                    'blood-donors.withdraw',
                    { contact: contact?.id ?? null },
                    words.say('blood-donors.withdrew', { name }),
                  )
                }
              >
                {words.say('blood-donors.withdraw')}
              </TouchRow>
            </>
          ) : (
            <Notice tone="calm">{words.say('blood-donors.withdrawn')}</Notice>
          )}
          {copy.actor.grants.some(({ role }) => role === 'lso-bearer') && (
            <TouchRow boxed icon="erase" onClick={() => go(`/erasure/donor/${id}`)}>
              {words.say('book.erasure-link')}
            </TouchRow>
          )}
          {copy.isConfirmed(donorKind.kind, id) ? <SentMark /> : <SavedMark />}
        </>
      )}
    </Page>
  );
}
