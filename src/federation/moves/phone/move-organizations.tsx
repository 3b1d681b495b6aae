import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { nameIn, namesFrom } from '../../../kernel/names.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Steps } from '../../../platform/design/phone/keypad.tsx';
import { Empty, Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Organization, organizationKind, stands, standsBelow } from '../../organizations/organization.ts';
import { ownOrganizations } from '../../organizations/phone/own-organizations.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { householdKind } from '../../people/household.ts';
import { inBookOrder } from '../../people/phone/people-register.tsx';
import { sayHeadParent } from '../../people/phone/people-words.tsx';
import { householdsAtOnce } from '../commands.ts';
import { NotHere } from './move-people.tsx';
import { OrganizationPick } from './organization-pick.tsx';

type Props = { readonly params: Readonly<Record<string, string>> };
type One = Kept<Organization>;

type Choosing = {
  readonly id: string;
  readonly title: 'moves.organization' | 'moves.merge';
  readonly ask: 'moves.ask-under' | 'moves.ask-merge';
  readonly help: 'moves.organization-help' | 'moves.merge-help';
  readonly now: 'moves.move-now' | 'moves.merge-now';
  readonly fits: (one: One, other: One) => boolean;
  readonly line: (one: string, other: string) => readonly [command: string, input: unknown];
};

/** Another organization is chosen for this one: the one it goes below, or the one it becomes part of. */
function ChooseOther({ id, title, ask, help, now, fits, line }: Choosing): VNode {
  const words = useWords();
  const { copy, back } = useOffice();
  const { said, busy, put } = useWriting();
  const [picked, setPicked] = useState<string | null>(null);
  const kept = copy.get<Organization>(organizationKind, id);
  const choices = useMemo(
    () => (kept ? ownOrganizations(copy).filter((other) => other.id !== id && fits(kept, other)) : []),
    [copy, copy.changes, kept, id, fits],
  );
  if (!kept) return <NotHere back={back} />;
  const name = sayOrganization(words, kept.body);
  const question = words.say(ask, { name });
  async function save(): Promise<void> {
    if (picked === null) return;
    const [command, input] = line(id, picked);
    if ((await put(command, input, words.say('moves.moved', { name }))) !== null) back();
  }
  return (
    <Page
      title={words.say(title)}
      subtitle={name}
      back={back}
      help={words.say(help)}
      foot={
        <ActionRow>
          <Button kind="go" icon="done" busy={busy} disabled={picked === null} onClick={() => void save()}>
            {words.say(now)}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      <Notice tone="calm" icon="linkage">
        {words.say(help)}
      </Notice>
      <OrganizationPick choices={choices} picked={picked} onPick={setPicked} />
    </Page>
  );
}

const fitsAbove = (one: One, other: One) =>
  stands(other.body.status) && other.id !== one.body.parent && standsBelow(one.body.tier, other.body.tier);
const fitsBeside = (one: One, other: One) =>
  stands(other.body.status) && other.body.tier === one.body.tier && other.body.parent !== null;

/** A CO goes to another VO. */
export function MoveOrganization({ params }: Props): VNode {
  return (
    <ChooseOther
      id={params.id ?? ''}
      title="moves.organization"
      ask="moves.ask-under"
      help="moves.organization-help"
      now="moves.move-now"
      fits={fitsAbove}
      line={(organization, under) => ['moves.move-organization', { organization, under }]}
    />
  );
}

/** This one becomes part of another of its kind. */
export function MergeOrganization({ params }: Props): VNode {
  return (
    <ChooseOther
      id={params.id ?? ''}
      title="moves.merge"
      ask="moves.ask-merge"
      help="moves.merge-help"
      now="moves.merge-now"
      fits={fitsBeside}
      line={(goes, stays) => ['moves.merge-organizations', { goes, stays }]}
    />
  );
}

/** Who goes, and what the new CO is called. */
export function SplitOrganization({ params }: Props): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [name, setName] = useState('');
  const [number, setNumber] = useState<string | null>(null);
  const id = params.id ?? '';
  const kept = copy.get<Organization>(organizationKind, id);
  const households = useMemo(
    () => inBookOrder([...copy.all(householdKind)].filter(({ body }) => body.owner === id && !body.left)),
    [copy, copy.changes, id],
  );
  if (!kept) return <NotHere back={back} />;
  const siblings = ownOrganizations(copy).filter(
    ({ body }) => body.parent === kept.body.parent && body.tier === kept.body.tier && stands(body.status),
  );
  const proposed = String(Math.max(0, ...siblings.map(({ body }) => body.number ?? 0)) + 1);
  const from = sayOrganization(words, kept.body);
  const question = words.say(at === 0 ? 'moves.ask-who-goes' : 'moves.ask-new-name');

  function toggle(one: string): void {
    const next = new Set(chosen);
    if (!next.delete(one) && next.size < householdsAtOnce) next.add(one);
    setChosen(next);
  }
  async function save(): Promise<void> {
    const typed = toLatinDigits(number ?? proposed).replace(/\D/g, '');
    const input = {
      organization: id,
      names: namesFrom(name),
      number: typed === '' ? null : Number(typed),
      place: kept?.body.place ?? null,
      households: [...chosen],
    };
    const made = await put('moves.split-organization', input, words.say('moves.split-done', { name }));
    if (made !== null) go(`/organizations/${made}`, 'instead');
  }
  return (
    <Page
      title={words.say('moves.split')}
      subtitle={from}
      back={at === 0 ? back : () => setAt(0)}
      help={words.say('moves.split-help')}
      foot={
        <ActionRow>
          {at === 0 ? (
            <Button kind="go" icon="next" iconAfter disabled={chosen.size === 0} onClick={() => setAt(1)}>
              {words.say('moves.next-chosen', { count: chosen.size })}
            </Button>
          ) : (
            <Button kind="go" icon="done" busy={busy} disabled={name.trim() === ''} onClick={() => void save()}>
              {words.say('moves.split-now')}
            </Button>
          )}
        </ActionRow>
      }
    >
      <Steps at={at + 1} of={2} />
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      {at === 0 && households.length === 0 && (
        <Empty icon="household" title={words.say('moves.no-households')}>
          <p>{words.say('moves.no-households-help')}</p>
        </Empty>
      )}
      {at === 0 ? (
        <ul class="rows">
          {households.map((one) => (
            <li key={one.id}>
              <TouchRow
                icon={chosen.has(one.id) ? 'done' : 'household'}
                pressed={chosen.has(one.id)}
                note={sayHeadParent(words, one.body)}
                end={one.body.bookPage !== null && <Ltr>{one.body.bookPage}</Ltr>}
                onClick={() => toggle(one.id)}
              >
                {nameIn(one.body.head, words.language)}
              </TouchRow>
            </li>
          ))}
        </ul>
      ) : (
        <>
          <Field label={words.say('organizations.name')} value={name} onInput={setName} autoFocus />
          <Field label={words.say('organizations.number')} numeric value={number ?? proposed} onInput={setNumber} />
          <p class="sofar">
            <b>{words.say('moves.households-go', { count: chosen.size })}</b>
          </p>
        </>
      )}
    </Page>
  );
}
