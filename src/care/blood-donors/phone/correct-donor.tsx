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
import { type Donor, donorKind } from '../donor.ts';

/** Corrects what was mistyped. Only the fields that were changed travel, so that two corrections of two fields both stand. */
export function CorrectDonor({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back } = useOffice();
  const { said, busy, put } = useWriting();
  const donor = copy.get(donorKind, params.id ?? '');
  const written = (names: Names | null | undefined) => (names ? nameIn(names, words.language) : '');
  const before = {
    name: written(donor?.body.names),
    parent: written(donor?.body.parent),
    year: donor?.body.bornYear ? String(donor.body.bornYear) : '',
    kilograms: donor?.body.kilograms ? String(donor.body.kilograms) : '',
    address: donor?.body.address ?? '',
  };
  const [now, setNow] = useState(before);
  const [saw] = useState(donor?.version ?? 0);
  if (!donor)
    return (
      <Page title={words.say('blood-donors.title')} back={back}>
        <Notice>{words.say('blood-donors.gone')}</Notice>
      </Page>
    );
  const field = (name: keyof typeof before) => ({
    value: now[name],
    onInput: (text: string) => setNow({ ...now, [name]: text }),
  });
  const numberOf = (text: string) => (text.trim() === '' ? null : Number(toLatinDigits(text)));
  async function save(): Promise<void> {
    const changed = (name: keyof typeof before) => now[name].trim() !== before[name];
    const respelt = (names: Names | null, text: string): Names | null =>
      text.trim() === '' ? null : ({ ...(names ?? {}), ...onlyWritten(namesFrom(text)) } as Names);
    const fields: { -readonly [Name in keyof Donor]?: Donor[Name] } = {};
    if (changed('name')) fields.names = respelt(donor?.body.names ?? null, now.name) ?? namesFrom(now.name);
    if (changed('parent')) fields.parent = respelt(donor?.body.parent ?? null, now.parent);
    if (changed('year')) fields.bornYear = numberOf(now.year);
    if (changed('kilograms')) fields.kilograms = numberOf(now.kilograms);
    if (changed('address')) fields.address = now.address.trim() === '' ? null : now.address.trim();
    if (Object.keys(fields).length === 0) return back();
    const done = words.say('blood-donors.corrected', { name: now.name });
    if ((await put('blood-donors.correct', { donor: params.id, saw, fields }, done)) !== null) back();
  }
  return (
    <AskPage
      title={words.say('blood-donors.correct')}
      help={words.say('blood-donors.correct-help')}
      onBack={back}
      onNext={() => void save()}
      question={words.say('design.ask-correct')}
      ready={now.name.trim() !== ''}
      busy={busy}
      said={said}
      save={words.say('blood-donors.save')}
    >
      <Field label={words.say('blood-donors.name')} {...field('name')} />
      <Field label={words.say('blood-donors.parent')} {...field('parent')} />
      <Field label={words.say('blood-donors.born')} example="1994" numeric {...field('year')} />
      <Field label={words.say('blood-donors.kilograms')} example="58" numeric {...field('kilograms')} />
      <Field label={words.say('blood-donors.address')} lines={2} {...field('address')} />
    </AskPage>
  );
}

/** A name typed in one script leaves what is written in the others. */
function onlyWritten(names: Names): Partial<Names> {
  return Object.fromEntries(Object.entries(names).filter(([, text]) => text !== null));
}
