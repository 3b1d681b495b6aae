import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { StepForm } from '../../../platform/access/desk/step-form.tsx';
import { codeAddress } from '../../../platform/access/office-mark.ts';
import { Button } from '../../../platform/design/phone/button.tsx';
import { CodeSquare } from '../../../platform/design/phone/code-square.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type OpenedLso, type OpeningRole, openingRoles } from '../opening-input.ts';
import { NameFields, namesOf, nothing } from './name-fields.tsx';
import type { SendStep } from './opening-steps.tsx';

/** A code, and the mark of the office that takes it. */
type MadeCode = { readonly code: string; readonly mark: string };

/** The first leaders of an LSO, one after the other, and the codes for their phones. */
export function LeadersStep({
  lso,
  step,
  onChanged,
  onDone,
}: {
  readonly lso: OpenedLso;
  readonly step: SendStep;
  readonly onChanged: () => void;
  readonly onDone: () => void;
}): VNode {
  const words = useWords();
  const [typed, setTyped] = useState(nothing);
  const [role, setRole] = useState<OpeningRole>('lso-bearer');
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [codes, setCodes] = useState<Readonly<Record<string, MadeCode>>>({});
  const bearers = lso.bearers ?? [];
  const add = async () => {
    const names = namesOf(typed);
    if (names === null) return setSaid(words.say('programmes.name-needed'));
    setSaid(null);
    setBusy(true);
    const done = await step('/bearer', { office: lso.office, names, role });
    setBusy(false);
    if (!done) return;
    setTyped(nothing);
    onChanged();
  };
  const makeCode = async (grant: string) => {
    const made = await step<MadeCode>('/code', { office: lso.office, grant });
    if (made) setCodes((were) => ({ ...were, [grant]: made }));
  };
  const goOn = () =>
    bearers.some((bearer) => bearer.role === 'lso-bearer') ? onDone() : setSaid(words.say('programmes.bearer-needed'));
  return (
    <div class="leaders">
      <StepForm
        title={words.say('programmes.bearers', { lso: nameIn(lso.names, words.language) })}
        about={words.say('programmes.bearers-what')}
        onSubmit={() => void add()}
      >
        <fieldset class="named">
          <legend>{words.say('programmes.bearer-name')}</legend>
          <NameFields of="bearer" value={typed} onInput={setTyped} error={said} />
        </fieldset>
        <div class="field">
          <label for="role">{words.say('programmes.role')}</label>
          <select id="role" value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as OpeningRole)}>
            {openingRoles.map((one) => (
              <option key={one} value={one}>
                {words.say(`programmes.role.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <Button type="submit" busy={busy}>
          {words.say('programmes.add-bearer')}
        </Button>
      </StepForm>
      <section>
        <h2 class="h2">{words.say('programmes.codes')}</h2>
        <p class="note">{words.say('programmes.codes-what')}</p>
        <ul class="let-in">
          {bearers.map(({ grant, names, role: held }) => (
            <li key={grant}>
              <span>
                <b>{nameIn(names, words.language)}</b> <small>{words.say(`programmes.role.${held}`)}</small>
              </span>
              {codes[grant] === undefined ? (
                <Button icon="key" onClick={() => void makeCode(grant)}>
                  {words.say('programmes.make-code')}
                </Button>
              ) : (
                <>
                  <span class="fig code">
                    <Ltr>
                      {codes[grant].code.slice(0, 5)} {codes[grant].code.slice(5)}
                    </Ltr>
                  </span>
                  <CodeSquare
                    text={codeAddress(location.origin, codes[grant].code, codes[grant].mark)}
                    label={words.say('programmes.code-square')}
                  />
                </>
              )}
            </li>
          ))}
        </ul>
        <div class="doings">
          <Button onClick={() => print()}>{words.say('programmes.print')}</Button>
          <Button kind="go" onClick={goOn}>
            {words.say('programmes.go-on')}
          </Button>
        </div>
      </section>
    </div>
  );
}
