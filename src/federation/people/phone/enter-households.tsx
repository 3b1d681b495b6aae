import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Keypad, Steps } from '../../../platform/design/phone/keypad.tsx';
import { SavedMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { whySame } from '../duplicates.ts';
import { type Household, householdKind, type ParentIs } from '../household.ts';
import { ParentPick } from './enter-person.tsx';
import { inBookOrder } from './people-register.tsx';
import { peopleSearch } from './people-search.ts';
import { sayHeadParent, sayOwner } from './people-words.tsx';

const steps = ['head', 'parent', 'size'] as const;

/** Whose page of the paper book it is: asked once, and kept while the whole page is copied. */
export function ChooseOwner(): VNode {
  const words = useWords();
  const { copy, back, go, me } = useOffice();
  const [above, setAbove] = useState(me.root);
  const tree = copy.tree();
  const below = [...copy.all(organizationKind)]
    .filter(
      ({ id, body }) =>
        body.parent === above && tree.has(id) && body.status !== 'dissolved' && body.status !== 'merged',
    )
    .sort((a, b) => (a.body.number ?? 0) - (b.body.number ?? 0) || (a.id < b.id ? -1 : 1));
  const question = words.say(above === me.root ? 'people.ask-village' : 'people.ask-co');
  return (
    <Page
      title={words.say('people.enter-page')}
      back={above === me.root ? back : () => setAbove(me.root)}
      help={words.say('people.enter-help')}
    >
      <Question spoken={question}>{question}</Question>
      <ul class="rows">
        {below.map(({ id, body }) => (
          <li key={id}>
            <TouchRow
              icon={body.tier === 'co' ? 'household' : 'people'}
              onClick={() => (body.tier === 'co' ? go(`/people/enter/${id}`, 'instead') : setAbove(id))}
            >
              {sayOrganization(words, body)}
            </TouchRow>
          </li>
        ))}
      </ul>
      {above !== me.root && (
        <TouchRow boxed icon="help" onClick={() => go(`/people/enter/${above}`, 'instead')}>
          {words.say('people.in-no-co')}
        </TouchRow>
      )}
    </Page>
  );
}

/** A whole paper page, line after line: CO, village and page stay, the lines are counted, a mistake is taken back. */
export function EnterHouseholds({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, today, write, offerUndo } = useOffice();
  const owner = params.of ?? '';
  const organization = copy.get(organizationKind, owner);
  const all = useMemo(
    () => inBookOrder([...copy.all(householdKind)].filter(({ body }) => body.owner === owner)),
    [copy, copy.changes, owner],
  );
  const [bookPage, setBookPage] = useState<string | null>(null);
  const [pageTyped, setPageTyped] = useState(() => all.at(-1)?.body.bookPage ?? '');
  const [at, setAt] = useState(0);
  const [head, setHead] = useState('');
  const [parent, setParent] = useState('');
  const [parentIs, setParentIs] = useState<ParentIs | null>(null);
  const [size, setSize] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const step = steps[at] ?? 'head';

  const onPage = useMemo(
    () => (bookPage === null ? [] : all.filter(({ body }) => body.bookPage === bookPage)),
    [all, bookPage],
  );
  const alike = useMemo(
    () =>
      step === 'size'
        ? alikeHouseholds(copy.all(householdKind), head, parent, owner, peopleSearch(copy).find(head))
        : [],
    [copy, copy.changes, step, head, parent, owner],
  );

  if (!organization)
    return (
      <Page title={words.say('people.enter-page')} back={back}>
        <Notice>{words.say('people.gone')}</Notice>
      </Page>
    );
  const title = sayOrganization(words, organization.body);
  if (bookPage === null) {
    const question = words.say('people.ask-book-page');
    return (
      <Page
        title={words.say('people.enter-page')}
        subtitle={title}
        back={back}
        help={words.say('people.enter-help')}
        foot={
          <ActionRow>
            <Button
              kind="go"
              icon="next"
              iconAfter
              disabled={pageTyped.trim() === ''}
              onClick={() => setBookPage(toLatinDigits(pageTyped).trim())}
            >
              {words.say('design.next')}
            </Button>
          </ActionRow>
        }
      >
        <Question spoken={question}>{question}</Question>
        <Field
          label={words.say('people.book-page')}
          example="12"
          numeric
          value={pageTyped}
          onInput={setPageTyped}
          autoFocus
        />
        <p class="muted">{words.say('people.book-page-meaning')}</p>
      </Page>
    );
  }

  async function save(): Promise<void> {
    setSaving(true);
    setSaid(null);
    try {
      const written = await write('people.enter-household', {
        head: namesFrom(head),
        headParent: parent.trim() === '' ? null : namesFrom(parent),
        headParentIs: parent.trim() === '' ? null : parentIs,
        headSex: parentIs === 'husband' ? 'f' : null,
        size: size === '' ? null : Number(size),
        place: organization?.body.place ?? null,
        co: organization?.body.tier === 'co' ? owner : null,
        owner,
        since: today,
        bookPage,
      });
      if (!written.written) setSaid(words.sayRefusal(written.refusal));
      else {
        offerUndo(written, words.say('people.line-written', { name: head, count: onPage.length + 1 }));
        setHead('');
        setParent('');
        setParentIs(null);
        setSize('');
        setAt(0);
        scrollTo(0, 0);
      }
    } catch {
      setSaid(words.say('people.not-saved'));
    }
    setSaving(false);
  }

  const question = words.say(
    ({ head: 'people.ask-head', parent: 'people.ask-parent', size: 'people.ask-size' } as const)[step],
  );
  const mayGoOn =
    step === 'head' ? head.trim() !== '' : step === 'parent' ? parent.trim() === '' || parentIs !== null : true;
  return (
    <Page
      title={words.say('people.page-line', { page: bookPage, line: onPage.length + 1 })}
      subtitle={title}
      back={at === 0 ? () => setBookPage(null) : () => setAt(at - 1)}
      help={words.say('people.enter-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon={step === 'size' ? 'done' : 'next'}
            iconAfter={step !== 'size'}
            disabled={!mayGoOn}
            busy={saving}
            onClick={() => (step === 'size' ? void save() : setAt(at + 1))}
          >
            {words.say(step === 'size' ? 'people.write-line' : 'design.next')}
          </Button>
        </ActionRow>
      }
    >
      <Steps at={at + 1} of={steps.length} />
      <Question spoken={question}>{question}</Question>
      {step === 'head' && (
        <Field key="head" label={words.say('people.head')} value={head} onInput={setHead} autoFocus />
      )}
      {step === 'parent' && (
        <>
          <Field
            key="parent"
            label={words.say('people.parent')}
            meaning={words.say('people.parent-meaning')}
            value={parent}
            onInput={setParent}
            autoFocus
          />
          <ParentPick picked={parentIs} onPick={setParentIs} />
        </>
      )}
      {step === 'size' && (
        <>
          <p class="typed">
            <Figure value={size === '' ? '–' : Number(size)} />
          </p>
          <Keypad
            onDigit={(digit) => setSize((before) => (before + digit).replace(/^0+/, '').slice(0, 2))}
            onErase={() => setSize((before) => before.slice(0, -1))}
          />
          {alike.length > 0 && (
            <Notice>
              {words.say('people.household-alike')}
              <ul>
                {alike.map((page) => (
                  <li key={page.id}>
                    {nameIn(page.body.head, words.language)} · {sayHeadParent(words, page.body)} ·{' '}
                    {sayOwner(words, copy, page.body.owner)}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
        </>
      )}
      {said && <Notice>{said}</Notice>}
      {step === 'head' && onPage.length > 0 && (
        <section>
          <div class="head">
            <h2>{words.say('people.on-this-page')}</h2>
            <Ltr>{words.number(onPage.length)}</Ltr>
          </div>
          <ul class="rows">
            {[...onPage].reverse().map((household, i) => (
              <li key={household.id}>
                <TouchRow
                  note={sayHeadParent(words, household.body)}
                  onClick={() => go(`/people/household/${household.id}/correct`)}
                  end={<Ltr>{words.number(onPage.length - i)}</Ltr>}
                >
                  {nameIn(household.body.head, words.language)}
                </TouchRow>
              </li>
            ))}
          </ul>
          {onPage.some(({ id }) => !copy.isConfirmed(householdKind.kind, id)) && <SavedMark />}
        </section>
      )}
      {step !== 'head' && (
        <p class="sofar">
          <b>{head}</b>
          {step === 'size' && <span>{parent}</span>}
        </p>
      )}
    </Page>
  );
}

/** Households that may be this one already: the head's name and father's or husband's agree, in whatever script. */
function alikeHouseholds(
  households: Iterable<Kept<Household>>,
  head: string,
  parent: string,
  owner: string,
  found: readonly string[],
): readonly Kept<Household>[] {
  if (head.trim() === '' || parent.trim() === '') return [];
  const named = new Set(found);
  const asked = {
    names: namesFrom(head),
    parent: namesFrom(parent),
    sex: null,
    born: null,
    household: null,
    owner,
    village: null,
  };
  const alike: Kept<Household>[] = [];
  for (const page of households) {
    if (!named.has(page.id) || page.body.left) continue;
    const { head: names, headParent, place } = page.body;
    if (whySame(asked, { ...asked, names, parent: headParent, owner: page.body.owner, village: place }))
      alike.push(page);
    if (alike.length === 3) break;
  }
  return alike;
}
