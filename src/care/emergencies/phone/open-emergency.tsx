import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { organizationKind } from '../../../federation/organizations/organization.ts';
import { sayOrganization } from '../../../federation/organizations/say-organization.ts';
import { namesFrom } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import {
  BloodGroupPick,
  Field,
  type GroupLetters,
  type GroupSign,
  PickGrid,
} from '../../../platform/design/phone/field.tsx';
import type { IconName } from '../../../platform/design/phone/icon.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type EmergencyType, emergencyTypes } from '../emergency.ts';

const icons: Readonly<Record<EmergencyType, IconName>> = {
  delivery: 'household',
  accident: 'warn',
  blood: 'blood',
  other: 'help',
};

/** What, where, and is blood needed: three touches, then everything opens at once. Names and groups can wait. */
export function OpenEmergency({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, me, write, doorNotes, forgetNote } = useOffice();
  // Somebody wrote it at the door: she confirms what it was, and the rest goes on as always.
  const note = doorNotes.find((candidate) => candidate.note === params.note);
  const [step, setStep] = useState<'what' | 'where' | 'blood'>(note ? 'where' : 'what');
  const [type, setType] = useState<EmergencyType | null>(note?.type ?? null);
  const [vo, setVo] = useState<string | null>(null);
  const [patient, setPatient] = useState('');
  const [letters, setLetters] = useState<GroupLetters | null>(null);
  const [sign, setSign] = useState<GroupSign | null>(null);
  const [bottles, setBottles] = useState(2);
  const [sex, setSex] = useState<'f' | 'm' | 'unknown'>(note?.type === 'delivery' ? 'f' : 'unknown');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const vos = [...copy.all(organizationKind)]
    .filter(({ body, id }) => body.tier === 'vo' && copy.tree().has(id))
    .sort((a, b) => (a.body.number ?? 0) - (b.body.number ?? 0));
  const village = vo === null ? null : (copy.get(organizationKind, vo)?.body.place ?? null);

  async function open(withBlood: boolean): Promise<void> {
    setBusy(true);
    const group = letters && sign ? `${letters}${sign}` : null;
    const blood = withBlood ? { group, bottles, sex, age: null, village, vo } : null;
    try {
      const written = await write('emergencies.open', {
        type,
        patient: patient.trim() === '' ? null : namesFrom(patient),
        vo,
        village,
        owner: me.root,
        blood,
        bookPage: null,
      });
      if (written.written) {
        if (note) forgetNote(note.note);
        go(`/emergencies/${written.line.seat}-${written.line.line}`, 'instead');
        return;
      }
      setSaid(words.sayRefusal(written.refusal));
    } catch {
      setSaid(words.say('emergencies.not-saved'));
    }
    setBusy(false);
  }

  const question = words.say(
    step === 'what' ? 'emergencies.what' : step === 'where' ? 'emergencies.where' : 'emergencies.blood-needed',
  );
  return (
    <Page
      tone="emergency"
      title={words.say('emergencies.title')}
      back={() => (step === 'what' ? back() : setStep(step === 'blood' ? 'where' : 'what'))}
      help={words.say('emergencies.open-help')}
      foot={
        step === 'blood' && (
          <ActionRow>
            <Button busy={busy} onClick={() => void open(false)}>
              {words.say('emergencies.no-blood')}
            </Button>
            <Button kind="emergency" icon="blood" busy={busy} onClick={() => void open(true)}>
              {words.say('emergencies.open-all')}
            </Button>
          </ActionRow>
        )
      }
    >
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      {note && (
        <Notice tone="calm" icon="register">
          <p>
            {words.say('emergencies.from-door', { what: words.say(`emergencies.type-${note.type}`), text: note.text })}
          </p>
          <Button
            icon="cross"
            onClick={() => {
              forgetNote(note.note);
              back();
            }}
          >
            {words.say('emergencies.put-away')}
          </Button>
        </Notice>
      )}
      {step === 'what' && (
        <PickGrid
          label={question}
          picked={type}
          onPick={(picked: EmergencyType) => {
            setType(picked);
            setSex(picked === 'delivery' ? 'f' : 'unknown');
            setStep('where');
          }}
          choices={emergencyTypes.map((value) => ({
            value,
            icon: icons[value],
            label: words.say(`emergencies.type-${value}`),
          }))}
        />
      )}
      {step === 'where' && (
        <ul class="rows">
          {vos.map(({ id, body }) => (
            <li key={id}>
              <TouchRow
                icon="office"
                onClick={() => {
                  setVo(id);
                  setStep('blood');
                }}
              >
                {sayOrganization(words, body)}
              </TouchRow>
            </li>
          ))}
          <li>
            <TouchRow
              icon="help"
              onClick={() => {
                setVo(null);
                setStep('blood');
              }}
            >
              {words.say('emergencies.elsewhere')}
            </TouchRow>
          </li>
        </ul>
      )}
      {step === 'blood' && (
        <>
          <BloodGroupPick letters={letters} sign={sign} onLetters={setLetters} onSign={setSign} />
          <p class="muted">{words.say('emergencies.group-can-wait')}</p>
          <PickGrid
            look="answer"
            label={words.say('emergencies.bottles')}
            picked={bottles}
            onPick={setBottles}
            choices={[1, 2, 3, 4].map((value) => ({
              value,
              label: words.say('emergencies.bottle-count', { count: value }),
            }))}
          />
          {type !== 'delivery' && (
            <PickGrid
              look="answer"
              label={words.say('emergencies.patient-is')}
              picked={sex}
              onPick={setSex}
              choices={[
                { value: 'f', label: words.say('emergencies.woman') },
                { value: 'm', label: words.say('emergencies.man') },
                { value: 'unknown', label: words.say('design.not-known') },
              ]}
            />
          )}
          <Field
            label={words.say('emergencies.patient')}
            meaning={words.say('emergencies.patient-meaning')}
            value={patient}
            onInput={setPatient}
          />
        </>
      )}
    </Page>
  );
}
