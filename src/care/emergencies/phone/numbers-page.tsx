import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { inForce } from '../../../platform/book/rule.ts';
import { ActionRow, Button, CallButton } from '../../../platform/design/phone/button.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { PhoneNumber } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { facilityKind, facilityTypes, inSeekingOrder } from '../facility.ts';
import {
  asksForTestCall,
  inCallingOrder,
  type Provider,
  providerCallRule,
  providerKind,
  providerTypes,
} from '../provider.ts';

/** Every number of the night, with when it last worked; a test call by day, and new numbers. */
export function NumbersPage(): VNode {
  const words = useWords();
  const { copy, back, today, write, offerUndo } = useOffice();
  const [adding, setAdding] = useState<'provider' | 'facility' | null>(null);
  const rule = inForce(providerCallRule, copy.rules(), today);
  const providers = inCallingOrder(copy.all(providerKind), null, rule);
  const facilities = inSeekingOrder(copy.all(facilityKind));
  const stateOf = (provider: Provider) =>
    provider.failures > 0
      ? words.say('emergencies.failed-times', { count: provider.failures })
      : provider.lastWorkedOn === null || asksForTestCall(provider, today, rule)
        ? words.say('emergencies.untested')
        : words.say('emergencies.worked-on', { on: provider.lastWorkedOn });
  if (adding) return <AddNumber what={adding} done={() => setAdding(null)} />;
  return (
    <Page
      title={words.say('emergencies.numbers')}
      back={back}
      help={words.say('emergencies.numbers-help')}
      foot={
        <ActionRow>
          <Button icon="hospital" onClick={() => setAdding('facility')}>
            {words.say('emergencies.add-hospital')}
          </Button>
          <Button kind="go" icon="ambulance" onClick={() => setAdding('provider')}>
            {words.say('emergencies.add-vehicle')}
          </Button>
        </ActionRow>
      }
    >
      <div class="head">
        <h2>{words.say('emergencies.transport')}</h2>
        <ListenMark
          text={[
            words.say('emergencies.numbers-help'),
            ...providers.map(({ body }) => `${nameIn(body.names, words.language)}: ${stateOf(body)}`),
          ].join(' ')}
        />
      </div>
      {providers.length === 0 && <Empty icon="ambulance" title={words.say('emergencies.no-providers')} />}
      <ul class="rows">
        {providers.map(({ id, body }) => (
          <li key={id}>
            <div class="row">
              <span class="n">
                <b>{nameIn(body.names, words.language)}</b>
                <small>
                  <PhoneNumber number={body.number} />
                </small>
                <small class={body.failures > 0 || asksForTestCall(body, today, rule) ? 'wait' : ''}>
                  {stateOf(body)}
                </small>
              </span>
              <CallButton name={nameIn(body.names, words.language)} number={body.number} />
            </div>
            {(body.failures > 0 || asksForTestCall(body, today, rule)) && (
              <PickGrid
                look="answer"
                label={words.say('emergencies.test-call')}
                picked={null}
                onPick={(works: boolean) => {
                  void write('emergencies.test-provider', { provider: id, works }).then((written) =>
                    offerUndo(written, words.say(works ? 'emergencies.works' : 'emergencies.does-not-work')),
                  );
                }}
                choices={[
                  { value: true, icon: 'done', label: words.say('emergencies.works') },
                  { value: false, icon: 'no-answer', label: words.say('emergencies.does-not-work') },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      <div class="head">
        <h2>{words.say('emergencies.hospital')}</h2>
        <ListenMark text={facilities.map(({ body }) => nameIn(body.names, words.language)).join('. ')} />
      </div>
      <ul class="rows">
        {facilities.map(({ id, body }) => (
          <li key={id}>
            <div class="row">
              <span class="n">
                <b>{nameIn(body.names, words.language)}</b>
                {body.number && (
                  <small>
                    <PhoneNumber number={body.number} />
                  </small>
                )}
              </span>
              {body.number && <CallButton name={nameIn(body.names, words.language)} number={body.number} />}
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

type AddProps = { readonly what: 'provider' | 'facility'; readonly done: () => void };

function AddNumber({ what, done }: AddProps): VNode {
  const words = useWords();
  const { copy, me, write, offerUndo } = useOffice();
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [type, setType] = useState<(typeof providerTypes)[number] | (typeof facilityTypes)[number] | null>(null);
  const [free, setFree] = useState(true);
  const [said, setSaid] = useState<string | null>(null);
  const types = what === 'provider' ? providerTypes : facilityTypes;
  async function save(): Promise<void> {
    const order = [...copy.all(providerKind)].reduce((most, { body }) => Math.max(most, body.order), 0) + 1;
    const input =
      what === 'provider'
        ? { names: namesFrom(name), type, number, free, order: Math.min(99, order), vo: null, owner: me.root }
        : { names: namesFrom(name), type, number: number.trim() === '' ? null : number, where: null, owner: me.root };
    try {
      const written = await write(what === 'provider' ? 'emergencies.add-provider' : 'emergencies.add-facility', input);
      if (!written.written) return setSaid(words.sayRefusal(written.refusal));
      offerUndo(written, words.say('emergencies.number-written'));
      done();
    } catch {
      setSaid(words.say('emergencies.not-saved'));
    }
  }
  return (
    <Page
      title={words.say(what === 'provider' ? 'emergencies.add-vehicle' : 'emergencies.add-hospital')}
      back={done}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="done"
            disabled={name.trim() === '' || type === null || (what === 'provider' && number.trim() === '')}
            onClick={() => void save()}
          >
            {words.say('emergencies.write')}
          </Button>
        </ActionRow>
      }
    >
      <Field label={words.say('emergencies.number-name')} value={name} onInput={setName} autoFocus />
      <Field
        label={words.say('emergencies.number-number')}
        example="0300 0000101"
        type="tel"
        numeric
        value={number}
        onInput={(text) => {
          setSaid(null);
          setNumber(text);
        }}
        error={said}
      />
      <PickGrid
        label={words.say('emergencies.number-type')}
        picked={type}
        onPick={setType}
        choices={types.map((value) => ({ value, label: words.say(`emergencies.kind-${value}`) }))}
      />
      {what === 'provider' && (
        <PickGrid
          look="answer"
          label={words.say('emergencies.free')}
          picked={free}
          onPick={setFree}
          choices={[
            { value: true, icon: 'done', label: words.say('emergencies.free') },
            { value: false, icon: 'savings', label: words.say('emergencies.paid') },
          ]}
        />
      )}
    </Page>
  );
}
