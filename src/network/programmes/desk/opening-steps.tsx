import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { sindhDistricts } from '../../../federation/places/sindh-places.ts';
import { nameIn } from '../../../kernel/names.ts';
import { StepForm } from '../../../platform/access/desk/step-form.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { parseDate } from '../../../platform/languages/format.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { firstStaffInput, type OpenedOffices } from '../opening-input.ts';
import { NameFields, namesOf, nothing } from './name-fields.tsx';

/** Sends one step; null where the page has said why not. */
export type SendStep = <T>(path: string, body: unknown) => Promise<T | null>;

export function ProgrammeStep({ step, onDone }: { readonly step: SendStep; readonly onDone: () => void }): VNode {
  const words = useWords();
  const [typed, setTyped] = useState(nothing);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    const names = namesOf(typed);
    if (names === null) return setSaid(words.say('programmes.name-needed'));
    setBusy(true);
    const done = await step('/programme', { names });
    setBusy(false);
    if (done) onDone();
  };
  return (
    <StepForm
      title={words.say('programmes.programme')}
      about={words.say('programmes.programme-what')}
      onSubmit={() => void send()}
    >
      <NameFields
        of="programme"
        value={typed}
        onInput={(next) => {
          setTyped(next);
          setSaid(null);
        }}
        error={said}
      />
      <Button kind="go" type="submit" busy={busy}>
        {words.say('programmes.go-on')}
      </Button>
    </StepForm>
  );
}

export function DistrictStep({
  opened,
  step,
  onDone,
}: {
  readonly opened: OpenedOffices;
  readonly step: SendStep;
  readonly onDone: () => void;
}): VNode {
  const words = useWords();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const open = new Set(opened.districts.map(({ code }) => code));
  const send = async () => {
    if (chosen.length === 0) return setSaid(words.say('programmes.district-needed'));
    setBusy(true);
    for (const code of chosen) if (!(await step('/district', { code }))) return setBusy(false);
    setBusy(false);
    onDone();
  };
  return (
    <StepForm
      title={words.say('programmes.districts')}
      about={words.say('programmes.districts-what')}
      onSubmit={() => void send()}
    >
      <fieldset class="ticks" aria-label={words.say('programmes.districts')}>
        {sindhDistricts.map(({ code, names, talukas }) => (
          <label key={code}>
            <input
              type="checkbox"
              name={code}
              checked={open.has(code) || chosen.includes(code)}
              disabled={open.has(code)}
              onChange={({ currentTarget }) =>
                setChosen((were) => (currentTarget.checked ? [...were, code] : were.filter((other) => other !== code)))
              }
            />
            <span>
              {nameIn(names, words.language)}{' '}
              <small>{words.say('programmes.talukas', { count: talukas.length })}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {said && (
        <p class="error" role="alert">
          {said}
        </p>
      )}
      <Button kind="go" type="submit" busy={busy}>
        {words.say('programmes.go-on')}
      </Button>
    </StepForm>
  );
}

export function LsoStep({
  opened,
  step,
  onDone,
}: {
  readonly opened: OpenedOffices;
  readonly step: SendStep;
  readonly onDone: (office: number) => void;
}): VNode {
  const words = useWords();
  const [district, setDistrict] = useState(opened.districts[0]?.office ?? 0);
  const [taluka, setTaluka] = useState('');
  const [typed, setTyped] = useState(nothing);
  const [council, setCouncil] = useState(nothing);
  const [formedOn, setFormedOn] = useState('');
  const [said, setSaid] = useState<{ readonly where: 'name' | 'council' | 'day'; readonly what: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const code = opened.districts.find(({ office }) => office === district)?.code;
  const talukas = sindhDistricts.find((entry) => entry.code === code)?.talukas ?? [];
  const send = async () => {
    const names = namesOf(typed);
    if (names === null) return setSaid({ where: 'name', what: words.say('programmes.name-needed') });
    const councilNames = namesOf(council);
    if (councilNames === null) return setSaid({ where: 'council', what: words.say('programmes.council-needed') });
    const day = parseDate(formedOn);
    if (day === null) return setSaid({ where: 'day', what: words.say('programmes.formed-wrong') });
    setSaid(null);
    setBusy(true);
    const done = await step<{ readonly office: number }>('/lso', {
      district,
      names,
      council: councilNames,
      taluka: taluka === '' ? null : taluka,
      formedOn: day,
    });
    setBusy(false);
    if (done) onDone(done.office);
  };
  const error = (where: 'name' | 'council' | 'day') => (said?.where === where ? said.what : null);
  return (
    <StepForm
      title={words.say(opened.lsos.length === 0 ? 'programmes.lso' : 'programmes.another-lso')}
      onSubmit={() => void send()}
    >
      <div class="field">
        <label for="district">{words.say('programmes.district')}</label>
        <select
          id="district"
          value={district}
          onChange={({ currentTarget }) => {
            setDistrict(Number(currentTarget.value));
            setTaluka('');
          }}
        >
          {opened.districts.map(({ office, names }) => (
            <option key={office} value={office}>
              {nameIn(names, words.language)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="taluka">{words.say('programmes.taluka')}</label>
        <select id="taluka" value={taluka} onChange={({ currentTarget }) => setTaluka(currentTarget.value)}>
          <option value="">{words.say('programmes.taluka-unknown')}</option>
          {talukas.map((name, i) => (
            <option key={name} value={`${code}${String(i + 1).padStart(2, '0')}`}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="named">
        <legend>{words.say('programmes.lso-name')}</legend>
        <NameFields of="lso" value={typed} onInput={setTyped} error={error('name')} />
      </fieldset>
      <fieldset class="named">
        <legend>{words.say('programmes.council')}</legend>
        <NameFields of="council" value={council} onInput={setCouncil} error={error('council')} />
      </fieldset>
      <Field
        label={words.say('programmes.formed-on')}
        meaning={words.say('programmes.formed-what')}
        name="formed-on"
        value={formedOn}
        onInput={setFormedOn}
        error={error('day')}
        numeric
      />
      <Button kind="go" type="submit" busy={busy}>
        {words.say('programmes.go-on')}
      </Button>
    </StepForm>
  );
}

/** The first account, whose password is shown once; with it the first run ends. */
export function StaffStep({ step }: { readonly step: SendStep }): VNode {
  const words = useWords();
  const [name, setName] = useState('');
  const [shownName, setShownName] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [password, setPassword] = useState<string | null>(null);
  const send = async () => {
    const account = { name: name.trim(), shownName: shownName.trim() };
    if (!firstStaffInput.safeParse(account).success) return setSaid(words.say('programmes.staff-wrong'));
    setSaid(null);
    setBusy(true);
    const done = await step<{ readonly password: string }>('/staff', account);
    setBusy(false);
    if (done) setPassword(done.password);
  };
  if (password !== null)
    return (
      <section class="shown-once">
        <h1>{words.say('programmes.password')}</h1>
        <p>{words.say('programmes.password-what')}</p>
        <p class="fig">
          <Ltr>{password}</Ltr>
        </p>
        <p>
          <a class="btn go" href="/desk">
            {words.say('programmes.sign-in')}
          </a>
        </p>
      </section>
    );
  return (
    <StepForm
      title={words.say('programmes.staff')}
      about={words.say('programmes.staff-what')}
      onSubmit={() => void send()}
    >
      <Field
        label={words.say('programmes.staff-name')}
        meaning={words.say('programmes.staff-name-what')}
        name="name"
        value={name}
        onInput={setName}
        numeric
      />
      <Field
        label={words.say('programmes.staff-shown')}
        name="shown-name"
        value={shownName}
        onInput={setShownName}
        error={said}
      />
      <Button kind="go" type="submit" busy={busy}>
        {words.say('programmes.make-account')}
      </Button>
    </StepForm>
  );
}
