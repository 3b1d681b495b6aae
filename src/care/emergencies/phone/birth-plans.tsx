import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { OrganizationName } from '../../../federation/organizations/phone/organization-name.tsx';
import { personKind } from '../../../federation/people/person.ts';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { BloodGroup } from '../../../platform/design/phone/isolated.tsx';
import { SavedMark, SentMark } from '../../../platform/design/phone/marks.tsx';
import { Empty, Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Donor, donorKind } from '../../blood-donors/donor.ts';
import { hasLeft } from '../../blood-donors/donor-of-person.ts';
import { leadersOf } from '../../blood-donors/phone/leaders.ts';
import { type BirthPlan, birthPlanKind } from '../birth-plan.ts';

const questions = ['facility', 'vehicle', 'companion', 'money', 'whoDecides'] as const;
type Answers = Record<(typeof questions)[number], string>;
const sentence = {
  facility: 'emergencies.plan-facility',
  vehicle: 'emergencies.plan-vehicle',
  companion: 'emergencies.plan-companion',
  money: 'emergencies.plan-money',
  whoDecides: 'emergencies.plan-decides',
} as const;

/** The plans in whose circle this woman is: no other is on her phone at all. */
export function BirthPlans(): VNode {
  const words = useWords();
  const { copy, go, back } = useOffice();
  const plans = [...copy.all<BirthPlan>(birthPlanKind)].sort((a, b) =>
    (a.body.expectedMonth ?? '') < (b.body.expectedMonth ?? '') ? -1 : 1,
  );
  return (
    <Page
      title={words.say('emergencies.plans')}
      back={back}
      help={words.say('emergencies.plans-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="plan" onClick={() => go('/emergencies/plans/new')}>
            {words.say('emergencies.new-plan')}
          </Button>
        </ActionRow>
      }
    >
      {plans.length === 0 && (
        <Empty icon="plan" title={words.say('emergencies.no-plans')}>
          <p>{words.say('emergencies.plans-help')}</p>
        </Empty>
      )}
      <ul class="rows">
        {plans.map(({ id, body }) => (
          <li key={id}>
            <TouchRow
              icon="plan"
              onClick={() => go(`/emergencies/plans/${id}`)}
              note={body.parent && nameIn(body.parent, words.language)}
              end={body.expectedMonth && <span>{words.month(body.expectedMonth)}</span>}
            >
              <b>{nameIn(body.woman, words.language)}</b>
            </TouchRow>
          </li>
        ))}
      </ul>
    </Page>
  );
}

/** What is ready for the night: place, vehicle, companion, money, who decides, two donors. */
export function BirthPlanPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, write, offerUndo } = useOffice();
  const plan = copy.get<BirthPlan>(birthPlanKind, params.id ?? '');
  const [answers, setAnswers] = useState<Answers>(() => answersOf(plan?.body));
  const [donors, setDonors] = useState<readonly string[]>(plan?.body.donors ?? []);
  const [saw] = useState(plan?.version ?? 0);
  const [said, setSaid] = useState<string | null>(null);
  if (!plan)
    return (
      <Page title={words.say('emergencies.plans')} back={back}>
        <Notice>{words.say('emergencies.gone')}</Notice>
      </Page>
    );
  const before = answersOf(plan.body);
  async function save(): Promise<void> {
    const fields: Record<string, unknown> = {};
    for (const question of questions)
      if (answers[question] !== before[question]) fields[question] = answers[question].trim() || null;
    if (donors.join() !== plan?.body.donors.join()) fields.donors = donors;
    try {
      const done = await write('emergencies.correct-birth-plan', { plan: params.id, saw, fields });
      if (!done.written) return setSaid(words.sayRefusal(done.refusal));
      back();
      offerUndo(done, words.say('emergencies.plan-written'));
    } catch {
      setSaid(words.say('emergencies.not-saved'));
    }
  }
  return (
    <Page
      title={nameIn(plan.body.woman, words.language)}
      subtitle={plan.body.expectedMonth && words.month(plan.body.expectedMonth)}
      back={back}
      help={words.say('emergencies.plans-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="done" onClick={() => void save()}>
            {words.say('emergencies.write')}
          </Button>
        </ActionRow>
      }
    >
      {said && <Notice>{said}</Notice>}
      <PlanFields answers={answers} onChange={setAnswers} />
      <PickDonors picked={donors} onPick={setDonors} />
      {copy.isConfirmed(birthPlanKind.kind, plan.id) ? <SentMark /> : <SavedMark />}
    </Page>
  );
}

/** A plan begins with her consent, and with whom she wants to know of it. */
export function NewBirthPlan(): VNode {
  const words = useWords();
  const { copy, back, me, write, offerUndo } = useOffice();
  const [step, setStep] = useState(1);
  const [woman, setWoman] = useState('');
  const [parent, setParent] = useState('');
  const [month, setMonth] = useState<string | null>(null);
  const [consented, setConsented] = useState(false);
  const [named, setNamed] = useState<string | null>(null);
  const [answers, setAnswers] = useState<Answers>(answersOf(undefined));
  const [donors, setDonors] = useState<readonly string[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const { today } = useOffice();
  const leaders = leadersOf(copy).filter(({ person }) => person !== me.person);
  const own = copy.actor.grants[0];
  async function save(): Promise<void> {
    try {
      const done = await write('emergencies.plan-birth', {
        woman: namesFrom(woman),
        parent: parent.trim() === '' ? null : namesFrom(parent),
        expectedMonth: month,
        ...Object.fromEntries(questions.map((question) => [question, answers[question].trim() || null])),
        donors,
        consented,
        circle: [me.person, ...(named === null ? [] : [named])],
        owner: own?.scope ?? me.root,
      });
      if (!done.written) return setSaid(words.sayRefusal(done.refusal));
      back();
      offerUndo(done, words.say('emergencies.plan-written'));
    } catch {
      setSaid(words.say('emergencies.not-saved'));
    }
  }
  const question = words.say(
    step === 1 ? 'emergencies.plan-who' : step === 2 ? 'emergencies.plan-circle' : 'emergencies.plan-ready',
  );
  return (
    <Page
      title={words.say('emergencies.new-plan')}
      back={() => (step === 1 ? back() : setStep(step - 1))}
      help={words.say('emergencies.plans-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon={step === 3 ? 'done' : 'next'}
            iconAfter={step < 3}
            disabled={woman.trim() === '' || (step > 1 && !consented)}
            onClick={() => (step === 3 ? void save() : setStep(step + 1))}
          >
            {words.say(step === 3 ? 'emergencies.write' : 'design.next')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      {step === 1 && (
        <>
          <Field label={words.say('emergencies.number-name')} value={woman} onInput={setWoman} />
          <Field label={words.say('emergencies.plan-parent')} value={parent} onInput={setParent} />
          <fieldset class="picks answer" aria-label={words.say('emergencies.plan-month')}>
            {nextMonths(today).map((value) => (
              <button
                type="button"
                class="pick"
                key={value}
                aria-pressed={month === value}
                onClick={() => setMonth(month === value ? null : value)}
              >
                <span class="n">{words.month(value)}</span>
              </button>
            ))}
          </fieldset>
        </>
      )}
      {step === 2 && (
        <>
          <p>{words.say('emergencies.plan-consent-text')}</p>
          <TouchRow
            boxed
            icon={consented ? 'done' : 'help'}
            pressed={consented}
            onClick={() => setConsented(!consented)}
          >
            {words.say('emergencies.plan-consented')}
          </TouchRow>
          <ul class="rows">
            {leaders.map(({ person, names, organization }) => (
              <li key={person}>
                <TouchRow
                  icon="people"
                  pressed={named === person}
                  onClick={() => setNamed(named === person ? null : person)}
                  note={organization && <OrganizationName id={organization} />}
                >
                  {nameIn(names, words.language)}
                </TouchRow>
              </li>
            ))}
          </ul>
        </>
      )}
      {step === 3 && (
        <>
          <PlanFields answers={answers} onChange={setAnswers} />
          <PickDonors picked={donors} onPick={setDonors} />
        </>
      )}
    </Page>
  );
}

function answersOf(plan: BirthPlan | undefined): Answers {
  return Object.fromEntries(questions.map((question) => [question, plan?.[question] ?? ''])) as Answers;
}

function nextMonths(today: string): string[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return Array.from({ length: 9 }, (_, i) => {
    const at = month - 1 + i;
    return `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

function PlanFields({
  answers,
  onChange,
}: {
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
}) {
  const words = useWords();
  return (
    <>
      {questions.map((question) => (
        <Field
          key={question}
          label={words.say(sentence[question])}
          value={answers[question]}
          onInput={(text) => onChange({ ...answers, [question]: text })}
        />
      ))}
    </>
  );
}

type PickDonorsProps = { readonly picked: readonly string[]; readonly onPick: (donors: readonly string[]) => void };

/** Two donors who were asked beforehand, found by name. */
function PickDonors({ picked, onPick }: PickDonorsProps): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const [search, setSearch] = useState('');
  const typed = search.trim().toLowerCase();
  const donors = [...copy.all<Donor>(donorKind)].filter(
    ({ id, body }) =>
      body.status === 'active' &&
      (picked.includes(id) ||
        (typed !== '' &&
          !hasLeft(body, (one) => copy.get(personKind, one)) &&
          nameIn(body.names, words.language).toLowerCase().includes(typed))),
  );
  return (
    <section>
      <Field type="search" label={words.say('emergencies.plan-donors')} value={search} onInput={setSearch} />
      <ul class="rows">
        {donors.slice(0, 6).map(({ id, body }) => (
          <li key={id}>
            <TouchRow
              icon="blood"
              pressed={picked.includes(id)}
              onClick={() =>
                onPick(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id].slice(0, 4))
              }
              end={body.group && <BloodGroup group={body.group} />}
            >
              {nameIn(body.names, words.language)}
            </TouchRow>
          </li>
        ))}
      </ul>
    </section>
  );
}
