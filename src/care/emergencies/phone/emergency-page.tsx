import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { OrganizationName } from '../../../federation/organizations/phone/organization-name.tsx';
import { nameIn } from '../../../kernel/names.ts';
import { dayInPakistan } from '../../../kernel/plain-date.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { inForce } from '../../../platform/book/rule.ts';
import { ActionRow, Button, CallButton, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Clock, Drops, Lane } from '../../../platform/design/phone/emergency-lane.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { BloodGroup } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { standingAnswers, tally } from '../../blood-donors/answers.ts';
import { callListKind } from '../../blood-donors/call-list.ts';
import { mayGiveAgainOn } from '../../blood-donors/commands.ts';
import { donationRules } from '../../blood-donors/donation-rules.ts';
import { donorKind } from '../../blood-donors/donor.ts';
import { type Emergency, emergencyKind, type ProviderAnswer, supports, whereToGo, whoIsComing } from '../emergency.ts';
import { facilityKind, inSeekingOrder } from '../facility.ts';
import { asksForTestCall, inCallingOrder, providerCallRule, providerKind } from '../provider.ts';

/** The night on one page: transport, hospital and blood side by side, under a clock that runs. */
export function EmergencyPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, now } = useOffice();
  const emergency = copy.get(emergencyKind, params.id ?? '');
  if (!emergency)
    return (
      <Page title={words.say('emergencies.title')} back={back}>
        <Notice>{words.say('emergencies.gone')}</Notice>
      </Page>
    );
  const { body, id } = emergency;
  const over = body.outcome !== null;
  return (
    <Page
      tone={over ? 'plain' : 'emergency'}
      title={words.say('emergencies.title')}
      back={back}
      help={words.say('emergencies.help')}
      banner={
        <>
          {!over && <Clock since={body.openedAt} now={now} />}
          <p>
            {words.say(`emergencies.type-${body.type}`)}
            {body.vo && (
              <>
                {' · '}
                <OrganizationName id={body.vo} />
              </>
            )}
            {over && <> · {words.day(body.openedOn)}</>}
          </p>
          {body.patient && <p>{nameIn(body.patient, words.language)}</p>}
          <ListenMark text={words.say('emergencies.help')} />
        </>
      }
      foot={
        <ActionRow>
          <Button icon="done" onClick={() => go(`/emergencies/${id}/outcome`)}>
            {words.say(over ? 'emergencies.change-outcome' : 'emergencies.finish')}
          </Button>
        </ActionRow>
      }
    >
      {body.outcome && <OutcomeShown emergency={emergency} />}
      <Transport emergency={emergency} over={over} />
      <Hospital emergency={emergency} over={over} />
      <Blood emergency={emergency} over={over} />
      <Support emergency={emergency} over={over} />
      {copy.isConfirmed(emergencyKind.kind, id) ? <SentMark /> : <SavedMark />}
    </Page>
  );
}

type PartProps = { readonly emergency: Kept<Emergency>; readonly over: boolean };

function Transport({ emergency: { id, body }, over }: PartProps): VNode {
  const words = useWords();
  const { copy, today, write, offerUndo } = useOffice();
  const [called, setCalled] = useState<string | null>(null);
  const rule = inForce(providerCallRule, copy.rules(), today);
  const order = inCallingOrder(copy.all(providerKind), body.vo, rule);
  const coming = whoIsComing(body);
  const tried = new Map(body.calls.map((call) => [call.provider, call.answer]));
  const next = order.find(({ id: provider }) => !tried.has(provider)) ?? order[0];
  const at = order.find(({ id: provider }) => provider === called) ?? next;
  const comingProvider = coming ? copy.get(providerKind, coming.provider) : undefined;
  async function say(provider: string, answer: ProviderAnswer, minutes: number | null): Promise<void> {
    const written = await write('emergencies.answer-provider', { emergency: id, provider, answer, minutes });
    setCalled(null);
    const names = copy.get(providerKind, provider)?.body.names;
    offerUndo(
      written,
      words.say('emergencies.wrote-answer', {
        name: names ? nameIn(names, words.language) : '',
        answer: words.say(`emergencies.answer-${answer}`),
      }),
    );
  }
  const title = words.say('emergencies.transport');
  if (over || (coming && called === null))
    return (
      <Lane
        icon="ambulance"
        title={title}
        call={
          !over &&
          comingProvider && (
            <CallButton
              name={nameIn(comingProvider.body.names, words.language)}
              number={comingProvider.body.number}
              onCall={() => setCalled(comingProvider.id)}
            />
          )
        }
      >
        {comingProvider ? (
          <>
            <p>{nameIn(comingProvider.body.names, words.language)}</p>
            {!over && (
              <Tag icon="done" tone="yes">
                {coming?.minutes == null
                  ? words.say('emergencies.on-its-way')
                  : words.say('emergencies.on-its-way-in', { minutes: coming.minutes })}
              </Tag>
            )}
          </>
        ) : (
          <p class="muted">{words.say('emergencies.nobody-rung')}</p>
        )}
        {!over && coming && (
          <Button icon="undo" onClick={() => setCalled(next?.id ?? coming.provider)}>
            {words.say('emergencies.ring-another')}
          </Button>
        )}
      </Lane>
    );
  if (!at)
    return (
      <Lane icon="ambulance" title={title}>
        <p>{words.say('emergencies.no-providers')}</p>
      </Lane>
    );
  const { names, number, lastWorkedOn, failures } = at.body;
  return (
    <Lane
      icon="ambulance"
      title={title}
      call={<CallButton name={nameIn(names, words.language)} number={number} next onCall={() => setCalled(at.id)} />}
    >
      <p>
        {nameIn(names, words.language)}
        {at.body.free && <> · {words.say('emergencies.free')}</>}
      </p>
      {failures > 0 ? (
        <small class="wait">{words.say('emergencies.failed-times', { count: failures })}</small>
      ) : lastWorkedOn === null || asksForTestCall(at.body, today, rule) ? (
        <small class="wait">{words.say('emergencies.untested')}</small>
      ) : (
        <small>{words.say('emergencies.worked-on', { on: lastWorkedOn })}</small>
      )}
      {called !== null && (
        <>
          <p>{words.say('emergencies.coming-in')}</p>
          <PickGrid
            look="answer"
            label={words.say('emergencies.coming-in')}
            picked={null}
            onPick={(minutes: number) => void say(at.id, 'coming', minutes)}
            choices={[15, 30, 60].map((value) => ({ value, icon: 'done', label: words.duration(value) }))}
          />
          <PickGrid
            look="answer"
            label={words.say('emergencies.what-said')}
            picked={null}
            onPick={(answer: ProviderAnswer) => void say(at.id, answer, null)}
            choices={[
              { value: 'no-answer', icon: 'no-answer', label: words.say('emergencies.answer-no-answer') },
              { value: 'no-vehicle', icon: 'cross', label: words.say('emergencies.answer-no-vehicle') },
              { value: 'busy', icon: 'late', label: words.say('emergencies.answer-busy') },
            ]}
          />
        </>
      )}
    </Lane>
  );
}

function Hospital({ emergency: { id, body }, over }: PartProps): VNode {
  const words = useWords();
  const { copy, now, write, offerUndo } = useOffice();
  const [called, setCalled] = useState(false);
  const facilities = inSeekingOrder(copy.all(facilityKind));
  const chosen = whereToGo(body);
  const empty = new Set(body.visits.filter(({ staff }) => staff === 'no').map(({ facility }) => facility));
  const at =
    facilities.find(({ id: facility }) => facility === chosen) ??
    facilities.find(({ id: facility }) => !empty.has(facility));
  const others = facilities.filter(({ id: facility, body }) => facility !== at?.id && body.seen?.staff === 'no');
  async function see(facility: string, staff: 'yes' | 'no'): Promise<void> {
    const written = await write('emergencies.see-facility', { emergency: id, facility, staff });
    setCalled(false);
    offerUndo(written, words.say(staff === 'yes' ? 'emergencies.staff-there' : 'emergencies.no-staff'));
  }
  const ago = (instant: number) => words.ago(Math.max(0, Math.floor((now() - instant) / 60_000)));
  return (
    <Lane
      icon="hospital"
      title={words.say('emergencies.hospital')}
      call={
        !over &&
        at?.body.number && (
          <CallButton
            name={nameIn(at.body.names, words.language)}
            number={at.body.number}
            next
            onCall={() => setCalled(true)}
          />
        )
      }
    >
      {at ? (
        <p>
          {nameIn(at.body.names, words.language)}
          {at.body.where && <> · {nameIn(at.body.where, words.language)}</>}
        </p>
      ) : (
        <p>{words.say('emergencies.no-facility')}</p>
      )}
      {chosen !== null && chosen === at?.id ? (
        <Tag icon="done" tone="yes">
          {words.say('emergencies.staff-there')}
        </Tag>
      ) : (
        at?.body.seen && (
          <small>
            {words.say(at.body.seen.staff === 'yes' ? 'emergencies.seen-staff' : 'emergencies.seen-none', {
              ago: ago(at.body.seen.at),
            })}
          </small>
        )
      )}
      {others.map((other) => (
        <small class="wait" key={other.id}>
          {words.say(other.body.seen?.night ? 'emergencies.none-at-night' : 'emergencies.none-by-day', {
            name: nameIn(other.body.names, words.language),
          })}
        </small>
      ))}
      {!over && at && chosen !== at.id && (called || at.body.number === null) && (
        <PickGrid
          look="answer"
          label={words.say('emergencies.is-staff-there')}
          picked={null}
          onPick={(staff: 'yes' | 'no') => void see(at.id, staff)}
          choices={[
            { value: 'yes', icon: 'done', label: words.say('emergencies.staff-there') },
            { value: 'no', icon: 'absent', label: words.say('emergencies.no-staff') },
          ]}
        />
      )}
    </Lane>
  );
}

function Blood({ emergency: { id, body }, over }: PartProps): VNode {
  const words = useWords();
  const { copy, go, write } = useOffice();
  const list = body.callList === null ? undefined : copy.get(callListKind, body.callList);
  if (!list)
    return (
      <Lane icon="blood" title={words.say('emergencies.blood')}>
        <p class="muted">{words.say('emergencies.no-blood-asked')}</p>
        {!over && (
          <Button
            icon="blood"
            onClick={() =>
              void write('emergencies.ask-for-blood', {
                emergency: id,
                blood: {
                  group: null,
                  bottles: 2,
                  sex: body.type === 'delivery' ? 'f' : 'unknown',
                  age: null,
                  village: body.village,
                  vo: body.vo,
                },
              })
            }
          >
            {words.say('emergencies.ask-blood')}
          </Button>
        )}
      </Lane>
    );
  const { arrived, coming, stillToFind } = tally(list.body.calls, list.body.bottles);
  const call = () => go(`/blood-donors/call/${list.id}`);
  return (
    <Lane
      icon="blood"
      title={
        <>
          {words.say('emergencies.blood')} {list.body.group && <BloodGroup group={list.body.group} />}
        </>
      }
      call={!over && <CallButton name={words.say('emergencies.donors')} next relay onCall={call} />}
    >
      <p>
        {words.say('emergencies.bottle-count', { count: list.body.bottles })}{' '}
        <Drops needed={list.body.bottles} arrived={arrived} coming={coming} />
      </p>
      <small>{words.say('design.drops', { arrived, coming, missing: stillToFind })}</small>
      {over && (
        <Button icon="blood" onClick={call}>
          {words.say('emergencies.open-list')}
        </Button>
      )}
    </Lane>
  );
}

/** What was negotiated for the family: a free operation, a vehicle. */
function Support({ emergency: { id, body }, over }: PartProps): VNode {
  const words = useWords();
  const { write, offerUndo } = useOffice();
  const [adding, setAdding] = useState(false);
  const [what, setWhat] = useState<(typeof supports)[number] | null>(null);
  const [from, setFrom] = useState('');
  const [rupees, setRupees] = useState('');
  return (
    <section>
      {body.support.map(({ what: kind, from: giver, rupees: value }, i) => (
        <p key={`${i} ${giver}`}>
          <b>{words.say(`emergencies.support-${kind}`)}</b> · {giver}
          {value !== null && (
            <>
              {' · '}
              <bdi dir="ltr" class="ltr">
                {words.rupees(value * 100)}
              </bdi>
            </>
          )}
        </p>
      ))}
      {adding ? (
        <>
          <PickGrid
            look="answer"
            label={words.say('emergencies.support')}
            picked={what}
            onPick={setWhat}
            choices={supports.map((value) => ({ value, label: words.say(`emergencies.support-${value}`) }))}
          />
          <Field label={words.say('emergencies.support-from')} value={from} onInput={setFrom} />
          <Field
            label={words.say('emergencies.support-value')}
            meaning={words.say('emergencies.support-value-meaning')}
            numeric
            value={rupees}
            onInput={setRupees}
          />
          <Button
            icon="done"
            disabled={what === null || from.trim() === ''}
            onClick={() => {
              const value = rupees.replace(/\D/g, '');
              void write('emergencies.add-support', {
                emergency: id,
                what,
                from: from.trim(),
                rupees: value === '' ? null : Number(value),
              }).then((written) => {
                offerUndo(written, words.say('emergencies.support-written'));
                setAdding(false);
              });
            }}
          >
            {words.say('emergencies.write')}
          </Button>
        </>
      ) : (
        over && (
          <TouchRow boxed icon="linkage" onClick={() => setAdding(true)}>
            {words.say('emergencies.add-support')}
          </TouchRow>
        )
      )}
    </section>
  );
}

/** How it ended, and the donors who are to be thanked. */
function OutcomeShown({ emergency: { body } }: { readonly emergency: Kept<Emergency> }): VNode | null {
  const words = useWords();
  const { copy, today, write, offerUndo } = useOffice();
  const { outcome } = body;
  if (outcome === null) return null;
  const list = body.callList === null ? undefined : copy.get(callListKind, body.callList);
  const rules = inForce(donationRules, copy.rules(), today);
  const gave = outcome.bloodGiven ? [...standingAnswers(list?.body.calls ?? [])] : [];
  const donors = gave
    .filter(([, answer]) => answer === 'arrived')
    .flatMap(([donor]) => copy.get(donorKind, donor) ?? []);
  const carrier = outcome.carriedBy === null ? undefined : copy.get(providerKind, outcome.carriedBy);
  return (
    <>
      <Notice tone={outcome.ending === 'safe' ? 'good' : 'calm'} icon={outcome.ending === 'safe' ? 'done' : 'register'}>
        <p>{words.say(`emergencies.ending-${outcome.ending}`)}</p>
        {outcome.bloodGiven && <p>{words.say('emergencies.blood-was-given')}</p>}
        {carrier && <p>{words.say('emergencies.carried-by', { name: nameIn(carrier.body.names, words.language) })}</p>}
      </Notice>
      {donors.length > 0 && (
        <ul class="rows">
          {donors.map((donor) => {
            const name = nameIn(donor.body.names, words.language);
            const thanked = donor.body.lastGaveOn !== null && donor.body.lastGaveOn >= outcome.on;
            return (
              <li key={donor.id}>
                <div class="row">
                  <span class="n">
                    <b>{name}</b>
                    <small>
                      {words.say('blood-donors.may-give-again', {
                        on: mayGiveAgainOn(outcome.on, donor.body.sex, rules.daysBetween),
                      })}
                    </small>
                  </span>
                  {thanked ? (
                    <Tag icon="done" tone="yes">
                      {words.say('emergencies.thanked')}
                    </Tag>
                  ) : (
                    <Button
                      icon="done"
                      onClick={() => {
                        const gaveOn = outcome.on > today ? dayInPakistan(body.openedAt) : outcome.on;
                        void write('blood-donors.thank', { donor: donor.id, gaveOn }).then((written) =>
                          offerUndo(written, words.say('emergencies.thanked')),
                        );
                      }}
                    >
                      {words.say('emergencies.thank')}
                    </Button>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
