import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { isClosed, placeKind } from '../../places/place.ts';
import { type Organization, organizationKind, sexes, stands } from '../organization.ts';
import { sayOrganization } from '../say-organization.ts';
import { ownOrganizations } from './own-organizations.ts';

const steps = ['tier', 'parent', 'name', 'of', 'place', 'day'] as const;

/** A CO or a VO is formed: one question a page, and the next free number is proposed. */
export function FormOrganization(): VNode {
  const words = useWords();
  const { copy, back, go, me, today } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [tier, setTier] = useState<'co' | 'vo' | null>(null);
  const [parent, setParent] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [number, setNumber] = useState<string | null>(null);
  const [of, setOf] = useState<Organization['of'] | null>(null);
  const [place, setPlace] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(today);
  const own = ownOrganizations(copy).filter(({ body }) => stands(body.status));
  const vos = own.filter(({ body }) => body.tier === 'vo');
  const above = tier === 'vo' ? me.root : parent;
  const siblings = own.filter(({ body }) => body.parent === above && body.tier === tier);
  const proposed = String(Math.max(0, ...siblings.map(({ body }) => body.number ?? 0)) + 1);
  const step = steps[at] ?? 'tier';
  const places = [...copy.all(placeKind)]
    .filter(({ body }) => !isClosed(body) && (body.level === 'village' || body.level === 'settlement'))
    .sort((a, b) => nameIn(a.body.names, 'en').localeCompare(nameIn(b.body.names, 'en')));
  const ready = {
    tier: tier !== null,
    parent: parent !== null,
    name: name.trim() !== '',
    of: of !== null,
    place: true,
    day: day !== null,
  }[step];

  async function save(): Promise<void> {
    const typed = toLatinDigits(number ?? proposed).replace(/\D/g, '');
    const made = await put(
      'organizations.form',
      {
        tier,
        names: namesFrom(name),
        number: typed === '' ? null : Number(typed),
        place,
        parent: above,
        of,
        formedOn: day,
        status: 'active',
      },
      words.say('organizations.formed-now', { name }),
    );
    if (made !== null) go(`/organizations/${made}`, 'instead');
  }
  const next = () => {
    if (step === 'day') return void save();
    // A VO belongs to the LSO: there is nothing to choose.
    setAt(at + (step === 'tier' && tier === 'vo' ? 2 : 1));
    if (step === 'parent' && place === null) setPlace(copy.get(organizationKind, parent ?? '')?.body.place ?? null);
  };
  const stepBack = () => (at === 0 ? back() : setAt(at - (step === 'name' && tier === 'vo' ? 2 : 1)));
  const question = words.say(`organizations.ask-${step}`);
  return (
    <AskPage
      title={words.say('organizations.form')}
      help={words.say('organizations.form-help')}
      at={at}
      of={steps.length}
      onBack={stepBack}
      onNext={next}
      question={question}
      ready={ready}
      busy={busy}
      said={said}
      save={words.say('organizations.save')}
    >
      {step === 'tier' && (
        <PickGrid
          label={question}
          picked={tier}
          onPick={setTier}
          choices={[
            {
              value: 'co',
              icon: 'people',
              label: words.say('organizations.tier-co'),
              note: words.say('organizations.tier-co-means'),
            },
            {
              value: 'vo',
              icon: 'office',
              label: words.say('organizations.tier-vo'),
              note: words.say('organizations.tier-vo-means'),
            },
          ]}
        />
      )}
      {step === 'parent' && (
        <ul class="rows">
          {vos.map(({ id, body }) => (
            <li key={id}>
              <TouchRow icon="office" pressed={parent === id} onClick={() => setParent(id)}>
                {sayOrganization(words, body)}
              </TouchRow>
            </li>
          ))}
          <li>
            <TouchRow icon="help" pressed={parent === me.root} onClick={() => setParent(me.root)}>
              {words.say('organizations.no-vo-yet')}
            </TouchRow>
          </li>
        </ul>
      )}
      {step === 'name' && (
        <>
          <Field label={words.say('organizations.name')} value={name} onInput={setName} autoFocus />
          <Field label={words.say('organizations.number')} numeric value={number ?? proposed} onInput={setNumber} />
        </>
      )}
      {step === 'of' && (
        <PickGrid
          label={question}
          picked={of}
          onPick={setOf}
          choices={sexes.map((value) => ({ value, icon: 'people', label: words.say(`organizations.of-${value}`) }))}
        />
      )}
      {step === 'place' && (
        <ul class="rows">
          {places.map(({ id, body }) => (
            <li key={id}>
              <TouchRow icon="plan" pressed={place === id} onClick={() => setPlace(id)}>
                {nameIn(body.names, words.language)}
              </TouchRow>
            </li>
          ))}
          <li>
            <TouchRow icon="help" pressed={place === null} onClick={() => setPlace(null)}>
              {words.say('design.not-known')}
            </TouchRow>
          </li>
        </ul>
      )}
      {step === 'day' && <DayField label={question} today={today} day={day} onDay={setDay} />}
      {name !== '' && step !== 'name' && (
        <p class="sofar">
          <b>{name}</b>
        </p>
      )}
    </AskPage>
  );
}

/** Only what was changed goes into the line, with the version that was seen. */
export function CorrectOrganization({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, busy, put } = useWriting();
  const kept = copy.get<Organization>(organizationKind, params.id ?? '');
  const [saw] = useState(kept?.version ?? 0);
  const written = kept ? nameIn(kept.body.names, words.language) : '';
  const [name, setName] = useState(written);
  const [number, setNumber] = useState(kept?.body.number?.toString() ?? '');
  const [of, setOf] = useState<Organization['of']>(kept?.body.of ?? 'women');
  const [day, setDay] = useState<string | null>(kept?.body.formedOn ?? null);
  const [place, setPlace] = useState<string | null>(kept?.body.place ?? null);
  const levels = kept?.body.tier === 'lso' ? ['union-council'] : ['village', 'settlement'];
  const places = [...copy.all(placeKind)].filter(
    ({ body }) => !isClosed(body) && levels.includes(body.level) && copy.tree().has(body.owner),
  );
  async function save(): Promise<void> {
    if (!kept) return;
    const typed = toLatinDigits(number).replace(/\D/g, '');
    const now = typed === '' ? null : Number(typed);
    const typedNames = namesFrom(name);
    const fields = {
      ...(name !== written && {
        names: {
          sd: typedNames.sd ?? kept.body.names.sd,
          ur: kept.body.names.ur,
          en: typedNames.en ?? kept.body.names.en,
        },
      }),
      ...(now !== kept.body.number && { number: now }),
      ...(of !== kept.body.of && { of }),
      ...(place !== kept.body.place && { place }),
      ...(day !== null && day !== kept.body.formedOn && { formedOn: day }),
    };
    const done = words.say('organizations.corrected', { name });
    if ((await put('organizations.correct', { organization: kept.id, saw, fields }, done)) !== null) back();
  }
  return (
    <AskPage
      title={words.say('organizations.correct')}
      subtitle={kept && sayOrganization(words, kept.body)}
      help={words.say('organizations.form-help')}
      onBack={back}
      onNext={() => void save()}
      question={words.say('design.ask-correct')}
      ready={name.trim() !== '' && day !== null}
      busy={busy}
      said={said}
      save={words.say('organizations.save')}
    >
      <Field label={words.say('organizations.name')} value={name} onInput={setName} />
      <Field label={words.say('organizations.number')} numeric value={number} onInput={setNumber} />
      <h2>{words.say('organizations.ask-of')}</h2>
      <PickGrid
        look="answer"
        label={words.say('organizations.ask-of')}
        picked={of}
        onPick={setOf}
        choices={sexes.map((value) => ({ value, label: words.say(`organizations.of-${value}`) }))}
      />
      {places.length > 0 && (
        <>
          <h2>{words.say('organizations.ask-place')}</h2>
          <ul class="rows">
            {places.map(({ id, body }) => (
              <li key={id}>
                <TouchRow
                  icon="plan"
                  pressed={place === id}
                  onClick={() => setPlace(place === id ? null : id)}
                  note={words.say(`places.level-${body.level}`)}
                >
                  {nameIn(body.names, words.language)}
                </TouchRow>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>{words.say('organizations.ask-day')}</h2>
      <DayField label={words.say('organizations.ask-day')} today={today} day={day} onDay={setDay} />
    </AskPage>
  );
}

const statusIcons = { active: 'meeting', dormant: 'late', dissolved: 'absent' } as const;

/** Resting, meeting again, dissolved; and from which day. */
export function ChangeStatus({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, busy, put } = useWriting();
  const kept = copy.get<Organization>(organizationKind, params.id ?? '');
  const [status, setStatus] = useState<'active' | 'dormant' | 'dissolved' | null>(null);
  const [day, setDay] = useState<string | null>(today);
  const name = kept ? sayOrganization(words, kept.body) : '';
  const choices = (['active', 'dormant', 'dissolved'] as const).filter((choice) => choice !== kept?.body.status);
  async function save(): Promise<void> {
    const input = { organization: params.id, status, on: day };
    const done = words.say('organizations.status-written', { name });
    if ((await put('organizations.change-status', input, done)) !== null) back();
  }
  const question = words.say('organizations.ask-status');
  return (
    <AskPage
      title={words.say('organizations.change-status')}
      subtitle={name}
      help={words.say('organizations.status-help')}
      onBack={back}
      onNext={() => void save()}
      question={question}
      ready={status !== null && day !== null}
      busy={busy}
      said={said}
      save={words.say('organizations.save')}
    >
      <PickGrid
        label={question}
        picked={status}
        onPick={setStatus}
        choices={choices.map((value) => ({
          value,
          icon: statusIcons[value],
          label: words.say(`organizations.status-${value}`),
          note: words.say(`organizations.status-${value}-means`),
        }))}
      />
      {status !== null && (
        <>
          <h2>{words.say('organizations.since-when')}</h2>
          <DayField label={words.say('organizations.since-when')} today={today} day={day} onDay={setDay} />
        </>
      )}
    </AskPage>
  );
}
