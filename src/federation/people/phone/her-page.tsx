import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { type GrantPage, grantKind, type PhonePage, phoneKind } from '../../../platform/access/grants.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button } from '../../../platform/design/phone/button.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { Ltr, PhoneNumber } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { agrees, type Consent, consentKind, consentPurposes } from '../consent.ts';
import { type PersonContact, personContactKind } from '../contact.ts';
import { householdKind } from '../household.ts';
import { pagesOf } from '../merging.ts';
import { type Person, personKind } from '../person.ts';
import { sayBirth, sayField, sayOwner, sayParent, sayValue, sayWriter } from './people-words.tsx';

/** One line of what is held: as it is read aloud, and as it is shown where it has numbers in it. */
type HeldLine = {
  readonly key: string;
  readonly what: string;
  readonly said: string;
  readonly shown?: ComponentChildren;
};

/** Her own page: everything that this phone holds on her, read aloud to her, and printed with only the lines she chooses. */
export function HerPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, me, today } = useOffice();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const id = params.id ?? '';
  const lines = useHeldLines(id);
  const person = copy.get(personKind, id);
  if (!person || lines === null)
    return (
      <Page title={words.say('people.hers')} back={back}>
        <Notice>{words.say('people.gone')}</Notice>
      </Page>
    );
  const chosen = lines.filter(({ key }) => !left.has(key));
  const name = nameIn(person.body.names, words.language);
  const question = words.say('people.hers-question');
  const toggle = (key: string) =>
    setLeft((before) => {
      const now = new Set(before);
      if (!now.delete(key)) now.add(key);
      return now;
    });
  return (
    <Page
      title={words.say('people.hers')}
      subtitle={name}
      back={back}
      help={words.say('people.hers-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="report" disabled={chosen.length === 0} onClick={() => print()}>
            {words.say('people.print-lines', { count: chosen.length })}
          </Button>
        </ActionRow>
      }
    >
      <div class="unprinted">
        <Question spoken={chosen.map(({ what, said }) => `${what}: ${said}`).join('. ')}>{question}</Question>
      </div>
      <p class="only-printed">
        {nameIn(me.officeNames, words.language)} · {words.date(today)}
      </p>
      <ul class="rows held">
        {lines.map(({ key, what, said, shown }) => {
          const on = !left.has(key);
          return (
            <li key={key} class={on ? undefined : 'unprinted'}>
              <div class="row">
                <button
                  type="button"
                  class="choose"
                  aria-pressed={on}
                  aria-label={words.say('people.print-line', { what })}
                  onClick={() => toggle(key)}
                >
                  <span class={on ? 'box on' : 'box'}>{on && <Icon name="done" />}</span>
                </button>
                <span class="n">
                  <small>{what}</small>
                  {shown ?? said}
                </span>
                <ListenMark text={`${what}: ${said}`} />
              </div>
            </li>
          );
        })}
      </ul>
    </Page>
  );
}

/** Everything held on one woman, of her own page and of those that were joined to it; null when she is not on this phone. */
function useHeldLines(id: string): readonly HeldLine[] | null {
  const words = useWords();
  const { copy, today } = useOffice();
  const pages = pagesOf(
    id,
    (one) => copy.get(personKind, one),
    (one) => copy.find(personKind, 'mergedInto', one),
  );
  if (pages.length === 0) return null;
  const lines: HeldLine[] = [];
  const add = (key: string, what: string, said: string | null, shown?: ComponentChildren) => {
    if (said !== null) lines.push({ key, what, said, ...(shown !== undefined && { shown }) });
  };
  // Of every page of hers, whatever a merge lets follow: nothing that is held is kept from her.
  const held = pages.flatMap((page) => [...copy.about(page.id, new Set())]);
  const consents = held.filter(({ kind }) => kind === consentKind.kind) as { readonly body: Consent }[];
  for (const page of pages) {
    const { body } = page as { readonly body: Person };
    const own = (what: string) => `${page.id} ${what}`;
    const spelt = [body.names.sd, body.names.ur, body.names.en].filter((name) => name !== null);
    add(own('name'), words.say('people.name'), spelt.join(' · '));
    add(own('parent'), words.say('people.parent'), sayParent(words, body));
    add(own('sex'), words.say('people.sex'), words.say(body.sex === 'f' ? 'people.woman' : 'people.man'));
    add(own('born'), words.say('people.field-born'), sayBirth(words, body.born, today));
    add(own('owner'), words.say('people.organization'), sayOwner(words, copy, body.owner));
    const household = body.household === null ? undefined : copy.get(householdKind, body.household);
    add(
      own('household'),
      words.say('people.field-household'),
      household ? nameIn(household.body.head, words.language) : null,
    );
    if (body.number !== null)
      add(
        own('number'),
        words.say('people.member-number'),
        words.number(body.number),
        <Ltr>{words.number(body.number)}</Ltr>,
      );
    if (body.cnic !== null)
      add(
        own('cnic'),
        words.say('people.cnic'),
        words.say('people.cnic-held', { ends: body.cnic.slice(-5) }),
        <Ltr class="nowrap">{body.cnic}</Ltr>,
      );
    if (body.left)
      add(
        own('left'),
        words.say('people.status'),
        words.say('people.left-on', { how: body.left.how, on: body.left.on }),
      );
    add(own('entered'), words.say('people.entered'), body.enteredOn ? words.date(body.enteredOn) : null);
    body.corrections?.forEach(({ field, before, by, on }, i) => {
      add(
        own(`correction ${i}`),
        words.say('people.corrections'),
        `${words.say('people.stood-before', {
          field: sayField(words, field),
          before: sayValue(words, copy, field, before, today),
        })} ${words.say('people.corrected-by', { name: sayWriter(words, copy, by), on })}`,
      );
    });
  }
  for (const purpose of consentPurposes) {
    const last = consents
      .filter(({ body }) => body.purpose === purpose)
      .flatMap(({ body }) => body.steps)
      .at(-1);
    if (last)
      add(
        `consent ${purpose}`,
        words.say(`people.for-${purpose}`),
        words.say('people.consent-last', { given: agrees(consents as never, purpose) ? 'yes' : 'no', on: last.on }),
      );
  }
  for (const { id: record, kind, body } of held) {
    if (kind === personKind.kind || kind === consentKind.kind) continue;
    if (kind === personContactKind.kind) {
      const { number, whose } = body as PersonContact;
      add(
        record,
        words.say('people.number'),
        `${words.phone(number)}, ${words.say(`people.whose-${whose}`)}`,
        <>
          <PhoneNumber number={number} /> · {words.say(`people.whose-${whose}`)}
        </>,
      );
      continue;
    }
    const told = copy.kind(kind)?.told?.(words, body);
    if (told) add(record, told.what, told.said);
    else if (kind === grantKind.kind) {
      const { from, organization } = body as GrantPage;
      add(record, words.say('people.held-role'), `${sayOwner(words, copy, organization)}, ${words.date(from)}`);
    } else if (kind === phoneKind.kind) add(record, words.say('people.held-phone'), words.date((body as PhonePage).on));
    else
      add(
        record,
        words.say('people.held-elsewhere'),
        words.say('people.held-page', { register: sayKind(words, kind) }),
      );
  }
  return lines;
}

const kinds = ['on-call', 'tenure', 'departure', 'transfer', 'arrival'] as const;

function sayKind(words: ReturnType<typeof useWords>, kind: string): string {
  const known = kinds.find((name) => name === kind);
  return known ? words.say(`people.kind-${known}`) : kind;
}
