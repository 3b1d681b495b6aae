import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { parseCnic } from '../../../kernel/cnic.ts';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn } from '../../../kernel/names.ts';
import { parsePhoneNumber } from '../../../kernel/phone-number.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, CallButton, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { Figure, Ltr, PhoneNumber } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { Sheet } from '../../../platform/design/phone/sheet.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { WhereItWent } from '../../moves/phone/departures-page.tsx';
import { mayMove } from '../../moves/phone/organization-pick.tsx';
import { organizationKind, organizationLine } from '../../organizations/organization.ts';
import {
  agrees,
  type Consent,
  type ConsentPurpose,
  type ConsentWay,
  consentKind,
  purposesOffered,
} from '../consent.ts';
import { type PhoneOwner, personContactKind } from '../contact.ts';
import { householdKind } from '../household.ts';
import { pagesOf } from '../merging.ts';
import { nextMemberNumber, type Person, personKind } from '../person.ts';
import { CorrectionsList } from './corrections-list.tsx';
import { PhoneQuestions } from './enter-person.tsx';
import { LeavingSheet } from './leaving-sheet.tsx';
import { sayBirth, sayOwner, sayParent, sayWhich } from './people-words.tsx';

const ways: readonly ConsentWay[] = ['told', 'read-aloud', 'thumb-mark'];

/** One person: who she is, how she is reached, what she agreed to, and what was corrected. */
export function PersonPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, today, write, offerUndo } = useOffice();
  const [leaving, setLeaving] = useState(false);
  const [adding, setAdding] = useState<'phone' | 'card' | null>(null);
  const id = params.id ?? '';
  const person = copy.get(personKind, id);
  if (!person)
    return (
      <Page title={words.say('people.title')} back={back}>
        <WhereItWent id={id} />
      </Page>
    );
  if (person.body.mergedInto) return <MergedAway person={person} />;
  const { body } = person;
  const name = nameIn(body.names, words.language);
  const pages = pagesOf(
    id,
    (one) => copy.get(personKind, one),
    (one) => copy.find(personKind, 'mergedInto', one),
  );
  const ids = pages.map((page) => page.id);
  const consents = ids.flatMap((one) => copy.find(consentKind, 'person', one));
  const contacts = ids.flatMap((one) => copy.find(personContactKind, 'person', one));
  const mayCall = agrees(consents, 'called') && body.left?.how !== 'died';
  const household = body.household === null ? undefined : copy.get(householdKind, body.household);
  const next = nextMemberNumber(copy.find(personKind, 'member', body.owner));
  const did = async (command: string, input: object, said: string) => offerUndo(await write(command, input), said);
  const spoken = [name, sayWhich(words, copy, body), sayBirth(words, body.born, today)].join('. ');
  return (
    <Page
      title={name}
      subtitle={sayParent(words, body) ?? undefined}
      back={back}
      help={words.say('people.person-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="listen" onClick={() => go(`/people/person/${id}/hers`)}>
            {words.say('people.hers')}
          </Button>
        </ActionRow>
      }
    >
      {body.withdrawnOn && <Notice tone="calm">{words.say('people.withdrawn', { on: body.withdrawnOn })}</Notice>}
      {body.left && (
        <Notice tone="calm" icon="absent">
          {words.say('people.left-on', { how: body.left.how, on: body.left.on })}
        </Notice>
      )}
      <div class="count">
        <Figure value={body.number ?? '–'} />
        <p>
          {words.say(body.number === null ? 'people.not-member' : 'people.member-of')}
          <br />
          {sayOwner(words, copy, body.owner)}
        </p>
        <ListenMark text={spoken} />
      </div>
      <ul class="rows">
        <li>
          <div class="row">
            <span class="n">
              {words.say(body.sex === 'f' ? 'people.woman' : 'people.man')} · {sayBirth(words, body.born, today)}
              {body.cnic !== null && (
                <small>
                  {words.say('people.cnic')} <Ltr class="nowrap">{body.cnic}</Ltr>
                </small>
              )}
            </span>
          </div>
        </li>
        {household && (
          <li>
            <TouchRow icon="household" onClick={() => go(`/people/household/${household.id}`)}>
              {words.say('people.household-of', { name: nameIn(household.body.head, words.language) })}
            </TouchRow>
          </li>
        )}
        {mayCall &&
          contacts.map((contact) => (
            <li key={contact.id}>
              <div class="row">
                <span class="n">
                  <PhoneNumber number={contact.body.number} />
                  <small>{words.say(`people.whose-${contact.body.whose}`)}</small>
                </span>
                {contact.body.safeToCall ? (
                  <CallButton name={name} number={contact.body.number} />
                ) : (
                  <Tag icon="warn" tone="wait">
                    {words.say('people.not-safe')}
                  </Tag>
                )}
                <Button
                  icon="cross"
                  onClick={() =>
                    void did('people.remove-phone', { contact: contact.id }, words.say('people.phone-gone'))
                  }
                >
                  {words.say('people.remove-phone')}
                </Button>
              </div>
            </li>
          ))}
        {!mayCall && (
          <li>
            <div class="row">
              <span class="n muted">{words.say('people.not-to-be-called')}</span>
            </div>
          </li>
        )}
      </ul>
      {!body.withdrawnOn && (
        <>
          <TouchRow boxed icon="blood" onClick={() => go(`/blood-donors/of/${id}`)}>
            {words.say('people.gives-blood')}
          </TouchRow>
          {mayCall && (
            <TouchRow boxed icon="call" onClick={() => setAdding('phone')}>
              {words.say('people.add-phone')}
            </TouchRow>
          )}
          <TouchRow boxed icon="write" onClick={() => go(`/people/person/${id}/correct`)}>
            {words.say('people.correct')}
          </TouchRow>
          {body.number === null && household?.body.co && !body.left && (
            <TouchRow
              boxed
              icon="done"
              onClick={() =>
                void did(
                  'people.admit',
                  { person: id, number: next },
                  words.say('people.admitted', { name, number: next }),
                )
              }
            >
              {words.say('people.becomes-member', { number: next })}
            </TouchRow>
          )}
          <TouchRow boxed icon="key" onClick={() => setAdding('card')}>
            {words.say(body.cnic === null ? 'people.add-cnic' : 'people.change-cnic')}
          </TouchRow>
          {!body.left && mayMove(copy.actor) && (
            <TouchRow boxed icon="household" onClick={() => go(`/people/person/${id}/move`)}>
              {words.say('moves.person')}
            </TouchRow>
          )}
          {!body.left && mayMove(copy.actor) && (
            <TouchRow boxed icon="linkage" onClick={() => go(`/transfers/offer/person/${id}`)}>
              {words.say('transfers.to-another')}
            </TouchRow>
          )}
          <TouchRow boxed icon="linkage" onClick={() => go(`/people/person/${id}/merge`)}>
            {words.say('people.merge')}
          </TouchRow>
          {body.left ? (
            <TouchRow
              boxed
              icon="undo"
              onClick={() =>
                void did('people.tell-status', { person: id, left: null }, words.say('people.is-back', { name }))
              }
            >
              {words.say('people.here-after-all')}
            </TouchRow>
          ) : (
            <TouchRow boxed icon="absent" onClick={() => setLeaving(true)}>
              {words.say('people.not-here-any-more')}
            </TouchRow>
          )}
        </>
      )}
      <Consents person={person} consents={consents} />
      <TouchRow boxed icon="erase" onClick={() => go(`/erasure/person/${id}`)}>
        {words.say('people.asks-erasure')}
      </TouchRow>
      {pages.length > 1 && (
        <section>
          <div class="head">
            <h2>{words.say('people.joined-pages')}</h2>
          </div>
          <ul class="rows">
            {pages.slice(1).map((page) => (
              <li key={page.id}>
                <div class="row">
                  <span class="n">
                    {nameIn(page.body.names, words.language)}
                    <small>{sayWhich(words, copy, page.body)}</small>
                  </span>
                  <Button
                    icon="undo"
                    onClick={() => void did('people.unmerge', { person: page.id }, words.say('people.unmerged'))}
                  >
                    {words.say('people.unmerge')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <CorrectionsList corrections={body.corrections} />
      {copy.isConfirmed(personKind.kind, id) ? <SentMark /> : <SavedMark />}
      <LeavingSheet
        open={leaving}
        ways={['moved-away', 'died']}
        onClose={() => setLeaving(false)}
        onTell={async (how) => {
          setLeaving(false);
          await did(
            'people.tell-status',
            { person: id, left: { how, on: today } },
            words.say('people.left-written', { name }),
          );
        }}
      />
      <AddPhone open={adding === 'phone'} person={person} onClose={() => setAdding(null)} />
      <WriteCard open={adding === 'card'} person={person} onClose={() => setAdding(null)} />
    </Page>
  );
}

/** The page of somebody who turned out to be written twice: it leads to the one that stays, and can be taken apart again. */
function MergedAway({ person }: { readonly person: Kept<Person> }): VNode {
  const words = useWords();
  const { copy, back, go, write, offerUndo } = useOffice();
  const stays = person.body.mergedInto ? copy.get(personKind, person.body.mergedInto) : undefined;
  return (
    <Page
      title={nameIn(person.body.names, words.language)}
      subtitle={sayParent(words, person.body) ?? undefined}
      back={back}
    >
      <Notice tone="calm" icon="linkage">
        {words.say('people.is-joined')}
      </Notice>
      {stays && (
        <TouchRow
          boxed
          icon="people"
          note={sayWhich(words, copy, stays.body)}
          onClick={() => go(`/people/person/${stays.id}`, 'instead')}
        >
          {nameIn(stays.body.names, words.language)}
        </TouchRow>
      )}
      <TouchRow
        boxed
        icon="undo"
        onClick={async () =>
          offerUndo(await write('people.unmerge', { person: person.id }), words.say('people.unmerged'))
        }
      >
        {words.say('people.unmerge')}
      </TouchRow>
    </Page>
  );
}

type ConsentsProps = { readonly person: Kept<Person>; readonly consents: readonly Kept<Consent>[] };

/** What she agreed to, purpose by purpose; a touch says that she now says otherwise. */
function Consents({ person, consents }: ConsentsProps): VNode {
  const words = useWords();
  const { today, write, offerUndo } = useOffice();
  const [asking, setAsking] = useState<{ readonly purpose: ConsentPurpose; readonly given: boolean } | null>(null);
  const lastOf = (purpose: ConsentPurpose) =>
    consents
      .filter(({ body }) => body.purpose === purpose)
      .flatMap(({ body }) => body.steps)
      .at(-1);
  async function tell(how: ConsentWay): Promise<void> {
    if (!asking) return;
    setAsking(null);
    offerUndo(
      await write('people.tell-consent', { person: person.id, ...asking, how, on: today }),
      words.say(asking.given ? 'people.consent-given' : 'people.consent-gone'),
    );
  }
  return (
    <section>
      <div class="head">
        <h2>{words.say('people.consents')}</h2>
        <ListenMark text={words.say('people.consents-help')} />
      </div>
      <ul class="rows consents">
        {purposesOffered(consents).map((purpose) => {
          const yes = agrees(consents, purpose);
          const last = lastOf(purpose);
          return (
            <li key={purpose}>
              <TouchRow
                onClick={() => setAsking({ purpose, given: !yes })}
                note={
                  last
                    ? words.say('people.consent-last', { given: last.given ? 'yes' : 'no', on: last.on })
                    : words.say('people.never-asked')
                }
                end={
                  <Tag icon={yes ? 'done' : 'cross'} tone={yes ? 'yes' : 'muted'}>
                    {words.say(yes ? 'people.yes' : 'people.no')}
                  </Tag>
                }
              >
                {words.say(`people.for-${purpose}`)}
              </TouchRow>
            </li>
          );
        })}
      </ul>
      <Sheet
        open={asking !== null}
        title={asking ? words.say(`people.for-${asking.purpose}`) : ''}
        onClose={() => setAsking(null)}
      >
        {asking && (
          <>
            <p>{words.say(asking.given ? 'people.says-yes' : `people.says-no-${asking.purpose}`)}</p>
            <PickGrid
              label={words.say('people.ask-how')}
              picked={null}
              onPick={(how: ConsentWay) => void tell(how)}
              choices={ways.map((value) => ({ value, icon: 'people', label: words.say(`people.way-${value}`) }))}
            />
          </>
        )}
      </Sheet>
    </section>
  );
}

type AddProps = { readonly open: boolean; readonly person: Kept<Person>; readonly onClose: () => void };

function AddPhone({ open, person, onClose }: AddProps): VNode {
  const words = useWords();
  const { copy, write, offerUndo } = useOffice();
  const [number, setNumber] = useState('');
  const [whose, setWhose] = useState<PhoneOwner>('own');
  const [safe, setSafe] = useState(true);
  const [said, setSaid] = useState<string | null>(null);
  const vo = organizationLine(person.body.owner, (id) => copy.get(organizationKind, id)).find(
    ({ body }) => body.tier === 'vo',
  );
  async function save(): Promise<void> {
    if (parsePhoneNumber(number) === null) return setSaid(words.say('people.bad-number', { number }));
    const owner = vo?.id ?? person.body.owner;
    const written = await write('people.add-phone', { person: person.id, number, whose, safeToCall: safe, owner });
    if (!written.written) return setSaid(words.sayRefusal(written.refusal));
    setNumber('');
    setSaid(null);
    onClose();
    offerUndo(written, words.say('people.phone-written'));
  }
  return (
    <Sheet open={open} title={words.say('people.add-phone')} onClose={onClose}>
      <Field
        label={words.say('people.number')}
        example="0300 0000101"
        type="tel"
        numeric
        value={number}
        onInput={setNumber}
        error={said}
      />
      <PhoneQuestions whose={whose} onWhose={setWhose} safe={safe} onSafe={setSafe} />
      <p class="muted">{words.say('people.phone-stays')}</p>
      <Button kind="go" icon="done" disabled={number.trim() === ''} onClick={() => void save()}>
        {words.say('people.save')}
      </Button>
    </Sheet>
  );
}

/** The number is typed, sent, and gone from this phone: what stays is its mask. */
function WriteCard({ open, person, onClose }: AddProps): VNode {
  const words = useWords();
  const { write, offerUndo } = useOffice();
  const [cnic, setCnic] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  async function save(value: string | null): Promise<void> {
    if (value !== null && parseCnic(value) === null) return setSaid(words.say('people.bad-cnic'));
    const written = await write('people.write-cnic', { person: person.id, cnic: value });
    if (!written.written) return setSaid(words.sayRefusal(written.refusal));
    setCnic('');
    setSaid(null);
    onClose();
    offerUndo(written, words.say(value === null ? 'people.cnic-gone' : 'people.cnic-written'));
  }
  return (
    <Sheet open={open} title={words.say('people.cnic')} onClose={onClose}>
      <Field
        label={words.say('people.cnic')}
        meaning={words.say('people.cnic-meaning')}
        example="43201-1234567-8"
        numeric
        value={cnic}
        onInput={setCnic}
        error={said}
      />
      <Button kind="go" icon="done" disabled={cnic.trim() === ''} onClick={() => void save(toLatinDigits(cnic).trim())}>
        {words.say('people.save')}
      </Button>
      {person.body.cnic !== null && (
        <Button icon="cross" onClick={() => void save(null)}>
          {words.say('people.remove-cnic')}
        </Button>
      )}
    </Sheet>
  );
}
