import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { type Names, nameIn, namesFrom } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Household, householdKind, type ParentIs } from '../household.ts';
import { type Person, personKind } from '../person.ts';
import { BirthQuestion, readBirth, typedBirth } from './birth-question.tsx';
import { ParentPick, SexPick } from './enter-person.tsx';

type Params = { readonly params: Readonly<Record<string, string>> };

/** Corrects what was mistyped. Only the fields that were changed travel, so that two corrections of two fields both stand. */
export function CorrectPerson({ params }: Params): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, busy, put } = useWriting();
  const person = copy.get(personKind, params.id ?? '');
  const shown = (names: Names | null | undefined) => (names ? nameIn(names, words.language) : '');
  const [was] = useState(() => ({
    name: shown(person?.body.names),
    parent: shown(person?.body.parent),
    birth: typedBirth(person?.body.born ?? null),
  }));
  const [saw] = useState(person?.version ?? 0);
  const [name, setName] = useState(was.name);
  const [parent, setParent] = useState(was.parent);
  const [parentIs, setParentIs] = useState<ParentIs | null>(person?.body.parentIs ?? null);
  const [sex, setSex] = useState(person?.body.sex ?? null);
  const [birth, setBirth] = useState(was.birth);
  const [wrongBirth, setWrongBirth] = useState<string | null>(null);
  if (!person) return <Gone back={back} />;
  const { body } = person;
  async function save(): Promise<void> {
    const fields: { -readonly [Field in keyof Person]?: Person[Field] } = {};
    if (name.trim() !== was.name) fields.names = respelt(body.names, name);
    if (parent.trim() !== was.parent) fields.parent = parent.trim() === '' ? null : respelt(body.parent, parent);
    if (parentIs !== (body.parentIs ?? null)) fields.parentIs = parentIs;
    if (sex !== null && sex !== body.sex) fields.sex = sex;
    if (birth.typed !== was.birth.typed || birth.as !== was.birth.as) {
      const born = readBirth(birth, today);
      if (born === 'wrong') return setWrongBirth(words.say('people.bad-birth'));
      fields.born = born;
    }
    if (Object.keys(fields).length === 0) return back();
    const done = words.say('people.corrected', { name });
    if ((await put('people.correct-person', { person: params.id, saw, fields }, done)) !== null) back();
  }
  return (
    <AskPage
      title={words.say('people.correct')}
      subtitle={was.name}
      help={words.say('people.correct-help')}
      onBack={back}
      onNext={() => void save()}
      question={words.say('design.ask-correct')}
      ready={name.trim() !== ''}
      busy={busy}
      said={said}
      save={words.say('people.save')}
    >
      <Field label={words.say('people.name')} value={name} onInput={setName} />
      <Field
        label={words.say('people.parent')}
        meaning={words.say('people.parent-meaning')}
        value={parent}
        onInput={setParent}
      />
      {parent.trim() !== '' && <ParentPick picked={parentIs} onPick={setParentIs} />}
      <SexPick sex={sex} onPick={setSex} />
      <BirthQuestion birth={birth} onBirth={setBirth} error={wrongBirth} />
    </AskPage>
  );
}

export function CorrectHousehold({ params }: Params): VNode {
  const words = useWords();
  const { copy, back } = useOffice();
  const { said, setSaid, busy, put } = useWriting();
  const household = copy.get(householdKind, params.id ?? '');
  const shown = (names: Names | null | undefined) => (names ? nameIn(names, words.language) : '');
  const [was] = useState(() => ({
    head: shown(household?.body.head),
    parent: shown(household?.body.headParent),
    size: household?.body.size ? String(household.body.size) : '',
    page: household?.body.bookPage ?? '',
  }));
  const [saw] = useState(household?.version ?? 0);
  const [now, setNow] = useState(was);
  const [parentIs, setParentIs] = useState<ParentIs | null>(household?.body.headParentIs ?? null);
  if (!household) return <Gone back={back} />;
  const { body } = household;
  const field = (name: keyof typeof was) => ({
    value: now[name],
    onInput: (text: string) => setNow({ ...now, [name]: text }),
  });
  async function save(): Promise<void> {
    const fields: { -readonly [Field in keyof Household]?: Household[Field] } = {};
    if (now.head.trim() !== was.head) fields.head = respelt(body.head, now.head);
    if (now.parent.trim() !== was.parent)
      fields.headParent = now.parent.trim() === '' ? null : respelt(body.headParent, now.parent);
    if (parentIs !== (body.headParentIs ?? null)) fields.headParentIs = parentIs;
    if (now.size.trim() !== was.size) {
      const size = Number(toLatinDigits(now.size));
      if (now.size.trim() !== '' && !(Number.isInteger(size) && size > 0 && size < 100))
        return setSaid(words.say('people.bad-size'));
      fields.size = now.size.trim() === '' ? null : size;
    }
    if (now.page.trim() !== was.page) fields.bookPage = now.page.trim() === '' ? null : toLatinDigits(now.page).trim();
    if (Object.keys(fields).length === 0) return back();
    const done = words.say('people.corrected', { name: now.head });
    if ((await put('people.correct-household', { household: params.id, saw, fields }, done)) !== null) back();
  }
  return (
    <AskPage
      title={words.say('people.correct')}
      subtitle={words.say('people.household-of', { name: was.head })}
      help={words.say('people.correct-help')}
      onBack={back}
      onNext={() => void save()}
      question={words.say('design.ask-correct')}
      ready={now.head.trim() !== ''}
      busy={busy}
      said={said}
      save={words.say('people.save')}
    >
      <Field label={words.say('people.head')} {...field('head')} />
      <Field label={words.say('people.parent')} {...field('parent')} />
      {now.parent.trim() !== '' && <ParentPick picked={parentIs} onPick={setParentIs} />}
      <Field label={words.say('people.ask-size')} numeric example="7" {...field('size')} />
      <Field label={words.say('people.book-page')} numeric example="12" {...field('page')} />
    </AskPage>
  );
}

function Gone({ back }: { readonly back: () => void }): VNode {
  const words = useWords();
  return (
    <Page title={words.say('people.title')} back={back}>
      <Notice>{words.say('people.gone')}</Notice>
    </Page>
  );
}

/** A name typed in one script leaves what is written in the others. */
function respelt(names: Names | null, text: string): Names {
  const typed = namesFrom(text);
  const written = Object.fromEntries(Object.entries(typed).filter(([, name]) => name !== null));
  return { ...(names ?? typed), ...written } as Names;
}
