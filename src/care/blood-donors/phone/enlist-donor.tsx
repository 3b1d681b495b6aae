import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { organizationKind, organizationLine } from '../../../federation/organizations/organization.ts';
import { sayOrganization } from '../../../federation/organizations/say-organization.ts';
import { personKind } from '../../../federation/people/person.ts';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { type Names, nameIn, namesFrom } from '../../../kernel/names.ts';
import { parsePhoneNumber } from '../../../kernel/phone-number.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import {
  BloodGroupPick,
  Field,
  type GroupLetters,
  type GroupSign,
  PickGrid,
} from '../../../platform/design/phone/field.tsx';
import { BloodGroup } from '../../../platform/design/phone/isolated.tsx';
import { Steps } from '../../../platform/design/phone/keypad.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { DonorContact } from '../donor.ts';
import { bornYearOf } from '../donor-of-person.ts';
import { leadersOf } from './leaders.ts';

const owners = ['own', 'husband', 'father', 'brother', 'neighbour', 'other'] as const;
const steps = ['name', 'group', 'known', 'place', 'contact', 'consent'] as const;
type Step = (typeof steps)[number];

/** One question a page; "not known" is an answer; nothing typed is lost when something is refused. */
export function EnlistDonor({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, me, write, offerUndo } = useOffice();
  // Enlisted from her page among the people: what it says need not be typed again.
  const [her] = useState(() => copy.get(personKind, params.person ?? '')?.body);
  const spelt = (names: Names | null | undefined) => (names ? nameIn(names, words.language) : '');
  const [at, setAt] = useState(0);
  const [name, setName] = useState(spelt(her?.names));
  const [parent, setParent] = useState(spelt(her?.parent));
  const [sex, setSex] = useState<'f' | 'm' | null>(her?.sex ?? null);
  const [year, setYear] = useState(String((her && bornYearOf(her)) ?? ''));
  const [letters, setLetters] = useState<GroupLetters | null>(null);
  const [sign, setSign] = useState<GroupSign | null>(null);
  const [known, setKnown] = useState<'card' | 'lab' | 'told' | null>(null);
  const [vo, setVo] = useState<string | null>(() => {
    const line = organizationLine(her?.owner ?? '', (id) => copy.get(organizationKind, id));
    return line.find(({ body }) => body.tier === 'vo')?.id ?? null;
  });
  const [relayed, setRelayed] = useState<boolean | null>(null);
  const [number, setNumber] = useState('');
  const [whose, setWhose] = useState<DonorContact['whose']>('own');
  const [safe, setSafe] = useState(true);
  const [address, setAddress] = useState('');
  const [consented, setConsented] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [alike, setAlike] = useState(false);
  const [saving, setSaving] = useState(false);
  const group = letters && sign ? (`${letters}${sign}` as const) : null;
  const vos = [...copy.all(organizationKind)]
    .filter(({ body, id }) => body.tier === 'vo' && copy.tree().has(id))
    .sort((a, b) => (a.body.number ?? 0) - (b.body.number ?? 0));
  const leader = leadersOf(copy).find(({ organization }) => organization === vo) ?? me;
  const bornYear = year.trim() === '' ? null : Number(toLatinDigits(year));
  const step: Step = steps[at] ?? 'name';

  const ready: Readonly<Record<Step, boolean>> = {
    name: name.trim() !== '' && sex !== null,
    group: group !== null,
    known: known !== null,
    place: vo !== null,
    contact: relayed !== null && (number.trim() === '' || parsePhoneNumber(number) !== null),
    consent: consented,
  };
  const next = () => {
    setSaid(null);
    if (step === 'name' && bornYear !== null && !(bornYear > 1900 && bornYear < 2100))
      return setSaid(words.say('blood-donors.bad-year'));
    if (step === 'contact' && number.trim() !== '' && parsePhoneNumber(number) === null)
      return setSaid(words.say('blood-donors.bad-number', { number }));
    if (at === steps.length - 1) return void save(false);
    // Whoever does not know the group is not asked how it is known.
    setAt(at + (step === 'group' && group === null ? 2 : 1));
  };
  const stepBack = () => {
    setSaid(null);
    if (at === 0) back();
    else setAt(at - (step === 'place' && group === null ? 2 : 1));
  };

  async function save(sure: boolean): Promise<void> {
    setSaving(true);
    const place = copy.get(organizationKind, vo ?? '')?.body.place ?? null;
    const input = {
      // A name that was not touched keeps the spellings of its other scripts.
      names: her && name === spelt(her.names) ? her.names : namesFrom(name),
      parent: her && parent === spelt(her.parent) ? her.parent : parent.trim() === '' ? null : namesFrom(parent),
      person: her ? (params.person ?? null) : null,
      sex,
      bornYear,
      kilograms: null,
      group,
      groupKnownBy: group === null ? 'unknown' : (known ?? 'told'),
      village: place,
      vo,
      address: address.trim() === '' ? null : address.trim(),
      relay: relayed ? { person: leader.person, names: leader.names } : null,
      number: number.trim() === '' ? null : number,
      whose,
      safeToCall: safe,
      owner: me.root,
      consented,
      sure,
    };
    try {
      const written = await write('blood-donors.enlist', input);
      if (written.written) {
        back();
        offerUndo(written, words.say('blood-donors.enlisted', { name }));
        return;
      }
      setAlike(written.refusal.code === 'blood-donors.enlisted-already');
      setSaid(words.sayRefusal(written.refusal));
    } catch {
      setSaid(words.say('blood-donors.not-saved'));
    }
    setSaving(false);
  }

  const question = words.say(
    (
      {
        name: 'blood-donors.ask-name',
        group: 'blood-donors.ask-group',
        known: 'blood-donors.ask-known',
        place: 'blood-donors.ask-place',
        contact: 'blood-donors.ask-contact',
        consent: 'blood-donors.ask-consent',
      } as const
    )[step],
  );
  const unknownGroup = () => {
    setLetters(null);
    setSign(null);
    setAt(3);
  };
  return (
    <Page
      title={words.say('blood-donors.new')}
      back={stepBack}
      help={words.say('blood-donors.enlist-help')}
      foot={
        <ActionRow>
          {alike && (
            <Button onClick={() => void save(true)} busy={saving}>
              {words.say('blood-donors.another-person')}
            </Button>
          )}
          <Button
            kind="go"
            icon={step === 'consent' ? 'done' : 'next'}
            iconAfter={step !== 'consent'}
            disabled={!ready[step]}
            busy={saving}
            onClick={next}
          >
            {step === 'consent' ? words.say('blood-donors.save') : words.say('design.next')}
          </Button>
        </ActionRow>
      }
    >
      <Steps at={at + 1} of={steps.length} />
      <Question spoken={question}>{question}</Question>
      {step === 'name' && (
        <>
          <Field label={words.say('blood-donors.name')} value={name} onInput={setName} autoFocus />
          <Field
            label={words.say('blood-donors.parent')}
            meaning={words.say('blood-donors.parent-meaning')}
            value={parent}
            onInput={setParent}
          />
          <PickGrid
            label={words.say('blood-donors.sex')}
            look="answer"
            picked={sex}
            onPick={setSex}
            choices={[
              { value: 'f', label: words.say('blood-donors.woman') },
              { value: 'm', label: words.say('blood-donors.man') },
            ]}
          />
          <Field
            label={words.say('blood-donors.born')}
            example="1994"
            value={year}
            onInput={setYear}
            error={said}
            numeric
          />
        </>
      )}
      {step === 'group' && (
        <>
          <BloodGroupPick letters={letters} sign={sign} onLetters={setLetters} onSign={setSign} />
          <TouchRow boxed icon="help" onClick={unknownGroup}>
            {words.say('design.not-known')}
          </TouchRow>
        </>
      )}
      {step === 'known' && (
        <PickGrid
          label={question}
          picked={known}
          onPick={setKnown}
          choices={[
            { value: 'card', icon: 'register', label: words.say('blood-donors.known-card') },
            { value: 'lab', icon: 'report', label: words.say('blood-donors.known-lab') },
            { value: 'told', icon: 'people', label: words.say('blood-donors.known-told') },
          ]}
        />
      )}
      {step === 'place' && (
        <ul class="rows">
          {vos.map(({ id, body }) => (
            <li key={id}>
              <TouchRow icon="office" pressed={vo === id} onClick={() => setVo(id)}>
                {sayOrganization(words, body)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      {step === 'contact' && (
        <>
          <PickGrid
            label={question}
            picked={relayed}
            onPick={setRelayed}
            choices={[
              { value: false, icon: 'call', label: words.say('blood-donors.direct') },
              {
                value: true,
                icon: 'relay',
                label: words.say('design.through', { name: nameIn(leader.names, words.language) }),
                note: words.say('blood-donors.relay-meaning'),
              },
            ]}
          />
          <Field
            label={words.say('blood-donors.number')}
            example="0300 0000101"
            type="tel"
            numeric
            value={number}
            onInput={(text) => {
              setSaid(null);
              setNumber(text);
            }}
            error={
              said ??
              (number.replace(/\D/g, '').length >= 11 && parsePhoneNumber(number) === null
                ? words.say('blood-donors.bad-number', { number })
                : null)
            }
          />
          {number.trim() !== '' && (
            <>
              <PickGrid
                look="answer"
                label={words.say('blood-donors.whose')}
                picked={whose}
                onPick={setWhose}
                choices={owners.map((value) => ({ value, label: words.say(`blood-donors.whose-${value}`) }))}
              />
              <TouchRow boxed icon={safe ? 'done' : 'warn'} pressed={safe} onClick={() => setSafe(!safe)}>
                {words.say(safe ? 'blood-donors.safe' : 'blood-donors.not-safe')}
              </TouchRow>
            </>
          )}
          <Field label={words.say('blood-donors.address')} value={address} onInput={setAddress} lines={2} />
        </>
      )}
      {step === 'consent' && (
        <>
          <p>{words.say('blood-donors.consent-text')}</p>
          <TouchRow
            boxed
            icon={consented ? 'done' : 'help'}
            pressed={consented}
            onClick={() => setConsented(!consented)}
          >
            {words.say('blood-donors.consented')}
          </TouchRow>
          {said && <Notice>{said}</Notice>}
        </>
      )}
      {step !== 'name' && (
        <p class="sofar">
          <b>{name}</b>
          {group && <BloodGroup group={group} />}
        </p>
      )}
    </Page>
  );
}
