import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { parseCnic } from '../../../kernel/cnic.ts';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import { parsePhoneNumber } from '../../../kernel/phone-number.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { organizationKind, organizationLine } from '../../organizations/organization.ts';
import type { Birth } from '../birth.ts';
import type { ConsentWay } from '../consent.ts';
import { type PhoneOwner, phoneOwners } from '../contact.ts';
import { type Likeness, suspects } from '../duplicates.ts';
import { householdKind, type ParentIs, type Sex } from '../household.ts';
import { nextMemberNumber, personKind } from '../person.ts';
import { BirthQuestion, type BirthTyped, readBirth } from './birth-question.tsx';
import { namesakes, villageOf } from './people-search.ts';
import { SuspectsNotice } from './suspects-notice.tsx';

const steps = ['name', 'parent', 'born', 'member', 'phone', 'consent'] as const;
const ways: readonly ConsentWay[] = ['told', 'read-aloud', 'thumb-mark'];

/** A person of a household, when a register needs her: one question a page, and "not known" is an answer. */
export function EnterPerson({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today, write, offerUndo } = useOffice();
  const household = copy.get(householdKind, params.id ?? '');
  const [at, setAt] = useState(0);
  const [name, setName] = useState('');
  const [sex, setSex] = useState<Sex | null>(null);
  const [parent, setParent] = useState('');
  const [parentIs, setParentIs] = useState<ParentIs | null>(null);
  const [birth, setBirth] = useState<BirthTyped>({ as: 'age', typed: '' });
  const [member, setMember] = useState<boolean | null>(null);
  const [cnic, setCnic] = useState('');
  const [number, setNumber] = useState('');
  const [whose, setWhose] = useState<PhoneOwner>('own');
  const [safe, setSafe] = useState(true);
  const [register, setRegister] = useState(false);
  const [called, setCalled] = useState(false);
  const [how, setHow] = useState<ConsentWay>('told');
  const [said, setSaid] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const step = steps[at] ?? 'name';
  const owner = household?.body.owner ?? '';
  const next = useMemo(() => nextMemberNumber(copy.find(personKind, 'member', owner)), [copy, copy.changes, owner]);
  const born = readBirth(birth, today);

  const found = useMemo(() => {
    if (!household || name.trim() === '' || step === 'name') return [];
    const likeness: Likeness = {
      names: namesFrom(name),
      parent: parent.trim() === '' ? null : namesFrom(parent),
      sex,
      born: born === 'wrong' ? null : born,
      household: household.id,
      owner,
      village: villageOf(copy, { household: household.id, owner }),
    };
    return suspects(likeness, namesakes(copy, [name]), (person) => villageOf(copy, person));
  }, [copy, copy.changes, name, parent, sex, birth.typed, birth.as, step, household?.id]);

  if (!household)
    return (
      <Page title={words.say('people.title')} back={back}>
        <Notice>{words.say('people.gone')}</Notice>
      </Page>
    );
  const vo = organizationLine(owner, (id) => copy.get(organizationKind, id)).find(({ body }) => body.tier === 'vo');
  const isMember = member === true && household.body.co !== null;

  const wrong = (): string | null => {
    if (step === 'born' && born === 'wrong') return words.say('people.bad-birth');
    if (step === 'member' && cnic.trim() !== '' && parseCnic(cnic) === null) return words.say('people.bad-cnic');
    if (step === 'phone' && number.trim() !== '' && parsePhoneNumber(number) === null)
      return words.say('people.bad-number', { number });
    return null;
  };
  const ready = {
    name: name.trim() !== '' && sex !== null,
    parent: parent.trim() === '' || sex === 'm' || parentIs !== null,
    born: true,
    member: true,
    phone: true,
    consent: register,
  }[step];
  const goOn = () => {
    const sentence = wrong();
    setSaid(sentence);
    if (sentence !== null) return;
    if (at === steps.length - 1) void save();
    else setAt(at + 1);
  };

  async function save(): Promise<void> {
    setSaving(true);
    const agreed = [
      ...(register ? [{ purpose: 'register', how }] : []),
      ...(called && number.trim() !== '' ? [{ purpose: 'called', how }] : []),
    ];
    try {
      const written = await write('people.enter-person', {
        names: namesFrom(name),
        parent: parent.trim() === '' ? null : namesFrom(parent),
        parentIs: parent.trim() === '' ? null : sex === 'm' ? 'father' : parentIs,
        sex,
        born: born as Birth | null,
        household: params.id,
        number: isMember ? next : null,
        owner,
        cnic: cnic.trim() === '' ? null : toLatinDigits(cnic).trim(),
        phones: number.trim() === '' ? [] : [{ number, whose, safeToCall: safe }],
        phonesOwner: vo?.id ?? null,
        agreed,
      });
      if (written.written) {
        back();
        offerUndo(written, words.say('people.person-written', { name }));
        return;
      }
      setSaid(words.sayRefusal(written.refusal));
    } catch {
      setSaid(words.say('people.not-saved'));
    }
    setSaving(false);
  }

  const question = words.say(
    (
      {
        name: 'people.ask-name',
        parent: 'people.ask-parent',
        born: 'people.ask-born',
        member: 'people.ask-member',
        phone: 'people.ask-phone',
        consent: 'people.ask-consent',
      } as const
    )[step],
  );
  return (
    <AskPage
      title={words.say('people.enter-person')}
      subtitle={words.say('people.household-of', { name: nameIn(household.body.head, words.language) })}
      help={words.say('people.person-help')}
      at={at}
      of={steps.length}
      onBack={at === 0 ? back : () => setAt(at - 1)}
      onNext={goOn}
      question={question}
      ready={ready}
      busy={saving}
      save={words.say('people.save')}
    >
      {step === 'name' && (
        <>
          <Field key="name" label={words.say('people.name')} value={name} onInput={setName} autoFocus />
          <SexPick sex={sex} onPick={setSex} />
        </>
      )}
      {step === 'parent' && (
        <>
          <Field
            key="parent"
            label={words.say('people.parent')}
            meaning={words.say('people.parent-meaning')}
            value={parent}
            onInput={setParent}
            autoFocus
          />
          {sex !== 'm' && <ParentPick picked={parentIs} onPick={setParentIs} />}
        </>
      )}
      {step === 'born' && <BirthQuestion birth={birth} onBirth={setBirth} error={said} />}
      {step === 'member' && (
        <>
          {household.body.co !== null && (
            <PickGrid
              label={question}
              picked={member}
              onPick={setMember}
              choices={[
                { value: true, icon: 'register', label: words.say('people.becomes-member', { number: next }) },
                { value: false, icon: 'people', label: words.say('people.no-member') },
              ]}
            />
          )}
          <Field
            key="cnic"
            label={words.say('people.cnic')}
            meaning={words.say('people.cnic-meaning')}
            example="43201-1234567-8"
            numeric
            value={cnic}
            onInput={setCnic}
            error={said}
          />
        </>
      )}
      {step === 'phone' && (
        <>
          <Field
            key="phone"
            label={words.say('people.number')}
            example="0300 0000101"
            type="tel"
            numeric
            value={number}
            onInput={setNumber}
            error={said}
          />
          {number.trim() !== '' && <PhoneQuestions whose={whose} onWhose={setWhose} safe={safe} onSafe={setSafe} />}
          <p class="muted">{words.say('people.phone-stays')}</p>
        </>
      )}
      {step === 'consent' && (
        <>
          <p>{words.say('people.consent-text')}</p>
          <TouchRow boxed icon={register ? 'done' : 'help'} pressed={register} onClick={() => setRegister(!register)}>
            {words.say('people.agrees-register')}
          </TouchRow>
          {number.trim() !== '' && (
            <TouchRow boxed icon={called ? 'done' : 'help'} pressed={called} onClick={() => setCalled(!called)}>
              {words.say('people.agrees-called')}
            </TouchRow>
          )}
          <PickGrid
            look="answer"
            label={words.say('people.ask-how')}
            picked={how}
            onPick={setHow}
            choices={ways.map((value) => ({ value, label: words.say(`people.way-${value}`) }))}
          />
          {said && <Notice>{said}</Notice>}
        </>
      )}
      {(step === 'parent' || step === 'born' || step === 'consent') && <SuspectsNotice found={found} />}
      {step !== 'name' && (
        <p class="sofar">
          <b>{name}</b>
          <span>{parent}</span>
        </p>
      )}
    </AskPage>
  );
}

type SexProps = { readonly sex: Sex | null; readonly onPick: (sex: Sex) => void };

export function SexPick({ sex, onPick }: SexProps): VNode {
  const words = useWords();
  return (
    <PickGrid
      look="answer"
      label={words.say('people.sex')}
      picked={sex}
      onPick={onPick}
      choices={[
        { value: 'f', label: words.say('people.woman') },
        { value: 'm', label: words.say('people.man') },
      ]}
    />
  );
}

type ParentProps = { readonly picked: ParentIs | null; readonly onPick: (is: ParentIs) => void };

export function ParentPick({ picked, onPick }: ParentProps): VNode {
  const words = useWords();
  return (
    <PickGrid
      look="answer"
      label={words.say('people.which-parent')}
      picked={picked}
      onPick={onPick}
      choices={[
        { value: 'father', icon: 'people', label: words.say('people.father') },
        { value: 'husband', icon: 'household', label: words.say('people.husband') },
      ]}
    />
  );
}

type PhoneProps = {
  readonly whose: PhoneOwner;
  readonly onWhose: (whose: PhoneOwner) => void;
  readonly safe: boolean;
  readonly onSafe: (safe: boolean) => void;
};

/** A phone is shared: whose it is, and whether she may safely be called on it. */
export function PhoneQuestions({ whose, onWhose, safe, onSafe }: PhoneProps): VNode {
  const words = useWords();
  return (
    <>
      <PickGrid
        look="answer"
        label={words.say('people.whose')}
        picked={whose}
        onPick={onWhose}
        choices={phoneOwners.map((value) => ({ value, label: words.say(`people.whose-${value}`) }))}
      />
      <TouchRow boxed icon={safe ? 'done' : 'warn'} pressed={safe} onClick={() => onSafe(!safe)}>
        {words.say(safe ? 'people.safe' : 'people.not-safe')}
      </TouchRow>
    </>
  );
}
