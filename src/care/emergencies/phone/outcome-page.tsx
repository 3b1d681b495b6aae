import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { PickGrid } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { tally } from '../../blood-donors/answers.ts';
import { callListKind } from '../../blood-donors/call-list.ts';
import { type Ending, emergencyKind, endings, whereToGo, whoIsComing } from '../emergency.ts';
import { inCallingOrder, providerCallRule, providerKind } from '../provider.ts';

const nobody = 'nobody';
const icons = { safe: 'done', 'still-there': 'hospital', 'ended-sadly': 'absent', untold: 'help' } as const;

/** Three questions, asked by someone the family knows. "Not told" is an answer. */
export function OutcomePage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, busy, put } = useWriting();
  const id = params.id ?? '';
  const emergency = copy.get(emergencyKind, id);
  const list = emergency?.body.callList ? copy.get(callListKind, emergency.body.callList) : undefined;
  const arrived = list ? tally(list.body.calls, list.body.bottles).arrived : 0;
  const [step, setStep] = useState(1);
  const [ending, setEnding] = useState<Ending | null>(null);
  const [given, setGiven] = useState<boolean | null>(arrived > 0 ? true : null);
  const [carrier, setCarrier] = useState<string | null>(
    emergency ? (whoIsComing(emergency.body)?.provider ?? null) : null,
  );
  if (!emergency)
    return (
      <Page title={words.say('emergencies.title')} back={back}>
        <Notice>{words.say('emergencies.gone')}</Notice>
      </Page>
    );
  const providers = inCallingOrder(copy.all(providerKind), emergency.body.vo, providerCallRule.shipped.value);

  async function save(): Promise<void> {
    const outcome = {
      emergency: id,
      ending,
      bloodGiven: given === true,
      carriedBy: carrier === nobody ? null : carrier,
      facility: emergency ? whereToGo(emergency.body) : null,
      on: today,
    };
    if ((await put('emergencies.tell-outcome', outcome, words.say('emergencies.outcome-written'))) !== null) back();
  }

  const question = words.say(
    step === 1 ? 'emergencies.how-ended' : step === 2 ? 'emergencies.was-blood-given' : 'emergencies.who-carried',
  );
  const ready = step === 1 ? ending !== null : step === 2 ? given !== null : carrier !== null;
  return (
    <AskPage
      title={words.say('emergencies.outcome')}
      help={words.say('emergencies.outcome-help')}
      at={step - 1}
      of={3}
      onBack={step === 1 ? back : () => setStep(step - 1)}
      onNext={() => (step === 3 ? void save() : setStep(step + 1))}
      question={question}
      ready={ready}
      busy={busy}
      said={said}
      save={words.say('emergencies.write')}
    >
      {step === 1 && (
        <PickGrid
          label={question}
          picked={ending}
          onPick={setEnding}
          choices={endings.map((value) => ({
            value,
            icon: icons[value],
            label: words.say(`emergencies.ending-${value}`),
          }))}
        />
      )}
      {step === 2 && (
        <PickGrid
          label={question}
          picked={given}
          onPick={setGiven}
          choices={[
            {
              value: true,
              icon: 'blood',
              label: words.say('emergencies.blood-yes'),
              note: words.say('emergencies.arrived-donors', { count: arrived }),
            },
            { value: false, icon: 'cross', label: words.say('emergencies.blood-no') },
          ]}
        />
      )}
      {step === 3 && (
        <PickGrid
          label={question}
          picked={carrier}
          onPick={setCarrier}
          choices={[
            ...providers.slice(0, 4).map(({ id: provider, body }) => ({
              value: provider,
              icon: 'ambulance' as const,
              label: nameIn(body.names, words.language),
            })),
            { value: nobody, icon: 'household', label: words.say('emergencies.carried-themselves') },
          ]}
        />
      )}
    </AskPage>
  );
}
