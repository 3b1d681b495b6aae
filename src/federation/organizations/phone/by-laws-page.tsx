import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { byLawsKind, byLawsRule, rhythms, type Settings } from '../by-laws.ts';
import { type Organization, organizationKind } from '../organization.ts';
import { sayOrganization } from '../say-organization.ts';
import { byLawsHere } from './organization-page.tsx';

const numbers = [
  'quorumPercent',
  'termMonths',
  'leastMembers',
  'mostMembers',
  'representatives',
  'executiveMembers',
] as const;
const wordOf = {
  quorumPercent: 'organizations.quorum',
  termMonths: 'organizations.term',
  leastMembers: 'organizations.least',
  mostMembers: 'organizations.most',
  representatives: 'organizations.representatives',
  executiveMembers: 'organizations.executive-size',
} as const;

// What a CO does not have it is not asked for: nobody sends it representatives, and it has no executive of its own.
function askedOf({ tier }: Organization): readonly (typeof numbers)[number][] {
  return tier === 'co'
    ? ['quorumPercent', 'termMonths', 'leastMembers', 'mostMembers']
    : ['quorumPercent', 'termMonths', 'representatives', 'executiveMembers'];
}

function sayNumber(words: Words, of: (typeof numbers)[number], value: number | null): VNode {
  if (value === null) return <span class="muted">{words.say('organizations.not-decided')}</span>;
  return <Ltr class="fig">{of === 'quorumPercent' ? words.percent(value) : words.number(value)}</Ltr>;
}

/** What the organization has agreed with itself, as it holds today, and what held before. */
export function ByLawsPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, today } = useOffice();
  const id = params.id ?? '';
  const kept = copy.get<Organization>(organizationKind, id);
  if (!kept)
    return (
      <Page title={words.say('organizations.by-laws')} back={back}>
        <Notice>{words.say('organizations.not-here')}</Notice>
      </Page>
    );
  const { settings, from, source } = byLawsHere(copy, kept.body, today);
  const others = copy
    .find(byLawsKind, 'organization', id)
    .filter(({ body }) => body.from !== from)
    .sort((a, b) => (a.body.from < b.body.from ? 1 : -1));
  const asked = askedOf(kept.body);
  const meets =
    settings.meets === null
      ? words.say('organizations.not-decided')
      : words.say(`organizations.meets-${settings.meets}`);
  const spoken = [
    meets,
    ...asked.map((key) => `${words.say(wordOf[key])}: ${settings[key] ?? words.say('organizations.not-decided')}`),
  ].join('. ');
  const mayChange = copy.actor.grants.some(({ role }) => role === 'lso-bearer') && copy.tree().has(id);
  return (
    <Page
      title={words.say('organizations.by-laws')}
      subtitle={sayOrganization(words, kept.body)}
      back={back}
      help={words.say('organizations.by-laws-help')}
      foot={
        mayChange && (
          <ActionRow>
            <Button kind="go" icon="register" onClick={() => go(`/organizations/${id}/by-laws/set`)}>
              {words.say('organizations.set-by-laws')}
            </Button>
          </ActionRow>
        )
      }
    >
      <div class="head">
        <h2>{from === null ? words.say('organizations.by-laws-shipped') : words.say('posts.since', { on: from })}</h2>
        <ListenMark text={spoken} />
      </div>
      <ul class="rows">
        <li>
          <div class="row">
            <span class="n">{words.say('organizations.meets')}</span>
            <b>{meets}</b>
          </div>
        </li>
        {asked.map((key) => (
          <li key={key}>
            <div class="row">
              <span class="n">{words.say(wordOf[key])}</span>
              {sayNumber(words, key, settings[key])}
            </div>
          </li>
        ))}
      </ul>
      <p class="muted">
        {words.say('organizations.source', {
          source: source === byLawsRule.shipped.source ? words.say('organizations.shipped-source') : source,
        })}
      </p>
      {others.length > 0 && (
        <ul class="rows">
          {others.map(({ id: other, body }) => (
            <li key={other}>
              <div class="row">
                <span class="n">
                  {words.say('posts.since', { on: body.from })}
                  <small>{words.say('organizations.source', { source: body.source })}</small>
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

/** By-laws as the general body decided them, and where that is written. */
export function SetByLaws({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, busy, put } = useWriting();
  const kept = copy.get<Organization>(organizationKind, params.id ?? '');
  const [before] = useState<Settings | null>(() => (kept ? byLawsHere(copy, kept.body, today).settings : null));
  const [meets, setMeets] = useState<Settings['meets']>(before?.meets ?? null);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(numbers.map((key) => [key, before?.[key]?.toString() ?? ''])),
  );
  const [day, setDay] = useState<string | null>(today);
  const [source, setSource] = useState('');
  const asked = kept ? askedOf(kept.body) : [];
  async function save(): Promise<void> {
    const read = (key: (typeof numbers)[number]) => {
      const digits = toLatinDigits(typed[key] ?? '').replace(/\D/g, '');
      return digits === '' ? null : Number(digits);
    };
    const settings = { meets, ...Object.fromEntries(numbers.map((key) => [key, read(key)])) };
    const input = { organization: params.id, from: day, settings, source: source.trim() };
    if ((await put('organizations.set-by-laws', input, words.say('organizations.by-laws-written'))) !== null) back();
  }
  const question = words.say('organizations.ask-meets');
  return (
    <Page
      title={words.say('organizations.set-by-laws')}
      subtitle={kept && sayOrganization(words, kept.body)}
      back={back}
      help={words.say('organizations.by-laws-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="done"
            busy={busy}
            disabled={day === null || source.trim() === ''}
            onClick={() => void save()}
          >
            {words.say('organizations.save')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      <PickGrid
        look="answer"
        label={question}
        picked={meets}
        onPick={setMeets}
        choices={rhythms.map((value) => ({ value, label: words.say(`organizations.meets-${value}`) }))}
      />
      {asked.map((key) => (
        <Field
          key={key}
          label={words.say(wordOf[key])}
          meaning={words.say('organizations.empty-is-undecided')}
          numeric
          value={typed[key] ?? ''}
          onInput={(text) => setTyped({ ...typed, [key]: text })}
        />
      ))}
      <h2>{words.say('organizations.since-when')}</h2>
      <DayField label={words.say('organizations.since-when')} today={today} day={day} onDay={setDay} />
      <Field
        label={words.say('organizations.where-written')}
        example={words.say('organizations.where-written-example')}
        value={source}
        onInput={setSource}
      />
      {said && <Notice>{said}</Notice>}
    </Page>
  );
}
