/*
 * What is not counted from records: numbers out of the old books, and estimates told by a named leader. They are counted apart, and every
 * report says which is which.
 */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { type CarriedForward, carriedForwardKind, estimateKind } from '../../../federation/office/carried-forward.ts';
import { originsOf } from '../../../federation/office/origins.ts';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import type { IconName } from '../../../platform/design/phone/icon.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark } from '../../../platform/design/phone/marks.tsx';
import { Empty, Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { leadersOf } from '../../blood-donors/phone/leaders.ts';
import { carriedFigures } from '../carry-forward.ts';

type CarriedFigure = (typeof carriedFigures)[number];
const isOwn = (figure: string): figure is CarriedFigure => carriedFigures.some((own) => own === figure);
const icons: Readonly<Record<CarriedFigure, IconName>> = {
  'people-given-blood': 'blood',
  'families-carried': 'ambulance',
};

/** Each figure by where it comes from, and below it every line that no record stands behind. */
export function BeforeOtaq(): VNode {
  const words = useWords();
  const { copy, back, go, today } = useOffice();
  const cells = copy.cells();
  const carried = [...copy.all(carriedForwardKind)].filter(({ body }) => isOwn(body.figure));
  const estimates = [...copy.all(estimateKind)].filter(({ body }) => isOwn(body.figure));
  const figures = carriedFigures.map((figure) => {
    const { total, counted, carriedForward, estimated } = originsOf(cells, { figure, to: today });
    return {
      figure,
      total,
      what: words.say(`emergencies.figure-${figure}`),
      origins: words.say('emergencies.origins', { counted, carried: carriedForward, estimated }),
    };
  });
  return (
    <Page
      title={words.say('emergencies.before')}
      back={back}
      help={words.say('emergencies.before-help')}
      foot={
        <ActionRow>
          <Button icon="people" onClick={() => go('/emergencies/before/estimate')}>
            {words.say('emergencies.estimate')}
          </Button>
          <Button kind="go" icon="register" onClick={() => go('/emergencies/before/write')}>
            {words.say('emergencies.from-the-book')}
          </Button>
        </ActionRow>
      }
    >
      {figures.map(({ figure, total, what, origins }) => (
        <div class="count" key={figure}>
          <Figure value={total} />
          <p>
            <b>{what}</b>
            <br />
            {origins}
          </p>
          <ListenMark text={`${words.number(total)} ${what}. ${origins}`} />
        </div>
      ))}
      {carried.length + estimates.length === 0 && (
        <Empty icon="register" title={words.say('emergencies.nothing-before')} />
      )}
      <ul class="rows">
        {carried.map(({ id, body: { figure, count, bookPage, toldBy } }) => (
          <li key={id}>
            <TouchRow
              icon="register"
              onClick={() => go(`/emergencies/before/${id}`)}
              note={words.say('emergencies.before-line', { page: bookPage, name: toldBy })}
              end={<Ltr>{words.number(count)}</Ltr>}
            >
              {isOwn(figure) && words.say(`emergencies.figure-${figure}`)}
            </TouchRow>
          </li>
        ))}
        {estimates.map(({ id, body: { figure, count, names, on } }) => (
          <li key={id}>
            <div class="row">
              <Icon name="people" />
              <span class="n">
                {isOwn(figure) && words.say(`emergencies.figure-${figure}`)}
                <small>{words.say('emergencies.estimate-line', { name: nameIn(names, words.language), on })}</small>
              </span>
              <Ltr>{words.number(count)}</Ltr>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function FigurePick({
  label,
  picked,
  onPick,
}: {
  readonly label: string;
  readonly picked: CarriedFigure | null;
  readonly onPick: (figure: CarriedFigure) => void;
}): VNode {
  const words = useWords();
  return (
    <PickGrid
      label={label}
      picked={picked}
      onPick={onPick}
      choices={carriedFigures.map((value) => ({
        value,
        icon: icons[value],
        label: words.say(`emergencies.figure-${value}`),
      }))}
    />
  );
}

const countIn = (typed: string) => Number(toLatinDigits(typed).replace(/\D/g, '') || '0');

const carriedSteps = ['figure', 'count', 'page', 'told'] as const;

/** A number out of an old book: what, how many, on which page, and who told it. */
export function CarryForward(): VNode {
  const words = useWords();
  const { back, me, today } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [figure, setFigure] = useState<CarriedFigure | null>(null);
  const [count, setCount] = useState('');
  const [page, setPage] = useState('');
  const [told, setTold] = useState('');
  const step = carriedSteps[at] ?? 'figure';
  const number = countIn(count);
  const question = words.say(`emergencies.before-${step}`);
  async function save(): Promise<void> {
    const input = {
      figure,
      count: number,
      until: today,
      bookPage: page.trim(),
      toldBy: told.trim(),
      owner: me.root,
    };
    const done = words.say('emergencies.carried-written', { count: number });
    if ((await put('emergencies.carry-forward', input, done)) !== null) back();
  }
  return (
    <AskPage
      title={words.say('emergencies.from-the-book')}
      help={words.say('emergencies.before-help')}
      at={at}
      of={carriedSteps.length}
      onBack={at === 0 ? back : () => setAt(at - 1)}
      onNext={() => (at === carriedSteps.length - 1 ? void save() : setAt(at + 1))}
      question={question}
      ready={{ figure: figure !== null, count: number > 0, page: page.trim() !== '', told: told.trim() !== '' }[step]}
      busy={busy}
      said={said}
      save={words.say('emergencies.write')}
    >
      {step === 'figure' && <FigurePick label={question} picked={figure} onPick={setFigure} />}
      {step === 'count' && <Field label={question} numeric autoFocus value={count} onInput={setCount} />}
      {step === 'page' && (
        <Field
          label={question}
          meaning={words.say('emergencies.before-page-means')}
          autoFocus
          value={page}
          onInput={setPage}
        />
      )}
      {step === 'told' && (
        <Field
          label={question}
          meaning={words.say('emergencies.before-told-means')}
          autoFocus
          value={told}
          onInput={setTold}
        />
      )}
    </AskPage>
  );
}

const estimateSteps = ['figure', 'count', 'leader', 'day'] as const;

/** How many there were where nobody counted. It stands under the name of the leader who says so. */
export function TellEstimate(): VNode {
  const words = useWords();
  const { copy, back, me, today } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [figure, setFigure] = useState<CarriedFigure | null>(null);
  const [count, setCount] = useState('');
  const [leader, setLeader] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(today);
  const leaders = leadersOf(copy);
  const step = estimateSteps[at] ?? 'figure';
  const number = countIn(count);
  const question = words.say(`emergencies.estimate-${step}`);
  async function save(): Promise<void> {
    const names = leaders.find(({ person }) => person === leader)?.names;
    const input = { figure, count: number, on: day, leader, names, owner: me.root };
    if ((await put('office.estimate', input, words.say('emergencies.estimate-written', { count: number }))) !== null)
      back();
  }
  return (
    <AskPage
      title={words.say('emergencies.estimate')}
      help={words.say('emergencies.estimate-help')}
      at={at}
      of={estimateSteps.length}
      onBack={at === 0 ? back : () => setAt(at - 1)}
      onNext={() => (at === estimateSteps.length - 1 ? void save() : setAt(at + 1))}
      question={question}
      ready={{ figure: figure !== null, count: number > 0, leader: leader !== null, day: day !== null }[step]}
      busy={busy}
      said={said}
      save={words.say('emergencies.write')}
    >
      {step === 'figure' && <FigurePick label={question} picked={figure} onPick={setFigure} />}
      {step === 'count' && <Field label={question} numeric autoFocus value={count} onInput={setCount} />}
      {step === 'leader' && (
        <ul class="rows">
          {leaders.map(({ person, names }) => (
            <li key={person}>
              <TouchRow icon="people" pressed={person === leader} onClick={() => setLeader(person)}>
                {nameIn(names, words.language)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      {step === 'day' && <DayField label={question} today={today} day={day} onDay={setDay} />}
    </AskPage>
  );
}

/** One line out of an old book, held against the book: where it was read wrongly, it is taken back. */
export function CarriedPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back } = useOffice();
  const { said, busy, put } = useWriting();
  const id = params.id ?? '';
  const kept = copy.get<CarriedForward>(carriedForwardKind, id);
  if (!kept || !isOwn(kept.body.figure))
    return (
      <Page title={words.say('emergencies.before')} back={back}>
        <Notice>{words.say('emergencies.before-not-here')}</Notice>
      </Page>
    );
  const { figure, count, bookPage, toldBy, until } = kept.body;
  const what = words.say(`emergencies.figure-${figure}`);
  const line = words.say('emergencies.before-line', { page: bookPage, name: toldBy });
  const question = words.say('emergencies.ask-take-back');
  async function takeBack(): Promise<void> {
    if (
      (await put('office.take-back-figure', { carried: id }, words.say('emergencies.taken-back', { count }))) !== null
    )
      back();
  }
  return (
    <Page
      title={words.say('emergencies.before')}
      back={back}
      help={words.say('emergencies.take-back-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="undo" busy={busy} onClick={() => void takeBack()}>
            {words.say('emergencies.take-back')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={`${words.number(count)} ${what}. ${line}. ${question}`}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      <div class="count">
        <Figure value={count} />
        <p>
          <b>{what}</b>
          <br />
          {line}
          <br />
          {words.say('emergencies.before-until', { on: until })}
        </p>
      </div>
      {copy.isConfirmed(carriedForwardKind.kind, id) ? <SentMark /> : <SavedMark />}
    </Page>
  );
}
