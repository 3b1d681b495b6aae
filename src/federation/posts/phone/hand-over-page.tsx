import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { phoneKind } from '../../../platform/access/grants.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import { flagKind, refusalKind } from '../../../platform/book/notices.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { AskPage } from '../../../platform/design/phone/ask-page.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { DayField } from '../../../platform/design/phone/day-field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { type Person, personKind } from '../../people/person.ts';
import { type OpenItems, tenureKind } from '../tenure.ts';
import { PersonPick } from './person-pick.tsx';

const steps = ['open', 'follows', 'day'] as const;

/**
 * What is open where she was bearer, as this phone knows it. Emergencies are read by their kind's name, since another wing keeps
 * them; those of the whole office count for its bearers, those of a village for a village's.
 */
function openItems(copy: Copy, organization: string, person: string): OpenItems & { readonly unsent: number } {
  const tree = copy.tree();
  const isRoot = tree.get(organization) === null;
  const here = (owner: string | null) =>
    isRoot || owner === organization || (owner !== null && tree.get(owner) === organization);
  let emergencies = 0;
  for (const { body } of copy.byKind('emergency')) {
    const { outcome, vo } = body as { readonly outcome: unknown; readonly vo: string | null };
    if (outcome === null && here(vo)) emergencies += 1;
  }
  const waiting = (pages: Iterable<{ readonly body: { readonly settled: unknown; readonly owner: string } }>) =>
    [...pages].filter(({ body }) => body.settled === null && here(body.owner)).length;
  return {
    emergencies,
    refusals: waiting(copy.all(refusalKind)),
    flags: waiting(copy.all(flagKind)),
    phones: [...copy.all(phoneKind)].filter(({ body }) => body.person === person && body.withdrawnOn === null).length,
    // Only of her own phone is it known here what it has not sent.
    unsent:
      copy.actor.person === person
        ? copy.lines.filter(({ is, line }) => is.state === 'unsent' && line.command !== null).length
        : 0,
  };
}

/** A bearer leaves. First what she leaves open, then who follows her, then from when. */
export function HandOverPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, today } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [successor, setSuccessor] = useState<string | null>(null);
  const [nobody, setNobody] = useState(false);
  const [day, setDay] = useState<string | null>(today);
  const tenure = copy.get(tenureKind, params.tenure ?? '');
  const organization = copy.get<Organization>(organizationKind, params.id ?? '');
  if (!tenure || !organization || tenure.body.until !== null)
    return (
      <Page title={words.say('posts.hand-over')} back={back}>
        <Notice>{words.say('posts.not-here')}</Notice>
      </Page>
    );
  const { body } = tenure;
  const name = nameIn(body.names, words.language);
  const { unsent, ...left } = openItems(copy, body.organization, body.person);
  const follower = successor === null ? undefined : copy.get<Person>(personKind, successor);
  const step = steps[at] ?? 'open';
  const ready = { open: true, follows: nobody || successor !== null, day: day !== null }[step];
  const lines = [
    ['emergency', left.emergencies, words.say('posts.open-emergencies'), '/emergencies'],
    ['cross', left.refusals, words.say('posts.open-refusals'), '/not-sent'],
    ['warn', left.flags, words.say('posts.open-flags'), '/not-sent'],
    ['saved', left.phones, words.say('posts.open-phones'), '/office'],
    ['sent', unsent, words.say('posts.open-unsent'), '/not-sent'],
  ] as const;
  async function save(): Promise<void> {
    const input = { tenure: tenure?.id, on: day, successor: nobody ? null : successor, left };
    const done = follower
      ? words.say('posts.handed-over', { name: nameIn(follower.body.names, words.language) })
      : words.say('posts.left-post', { name });
    if ((await put('posts.hand-over', input, done)) !== null) back();
  }
  const question = {
    open: words.say('posts.ask-open', { name }),
    follows: words.say('posts.ask-follows', { name }),
    day: words.say('posts.ask-day'),
  }[step];
  return (
    <AskPage
      title={words.say('posts.hand-over')}
      subtitle={`${words.say(`posts.${body.post}`)} · ${sayOrganization(words, organization.body)}`}
      help={words.say('posts.hand-over-help')}
      at={at}
      of={steps.length}
      onBack={at === 0 ? back : () => setAt(at - 1)}
      onNext={() => (at === steps.length - 1 ? void save() : setAt(at + 1))}
      question={question}
      ready={ready}
      busy={busy}
      said={said}
      save={words.say('posts.hand-over')}
    >
      {step === 'open' && (
        <>
          <ul class="rows">
            {lines
              .filter(([icon, count]) => count > 0 || icon === 'emergency')
              .map(([icon, count, what, path]) => (
                <li key={icon}>
                  <TouchRow icon={icon} onClick={() => go(path)} end={<Ltr class="fig">{words.number(count)}</Ltr>}>
                    {what}
                  </TouchRow>
                </li>
              ))}
          </ul>
          <p class="muted">{words.say('posts.nothing-stranded', { name })}</p>
        </>
      )}
      {step === 'follows' && (
        <>
          <TouchRow
            boxed
            icon="help"
            pressed={nobody}
            onClick={() => {
              setNobody(!nobody);
              setSuccessor(null);
            }}
          >
            {words.say('posts.nobody-follows')}
          </TouchRow>
          <PersonPick
            within={body.organization}
            picked={successor}
            onPick={(person) => {
              setNobody(false);
              setSuccessor(person);
            }}
          />
        </>
      )}
      {step === 'day' && (
        <>
          <DayField label={question} today={today} day={day} onDay={setDay} />
          <p class="sofar">
            <span>{name}</span>
            <b>{follower ? nameIn(follower.body.names, words.language) : words.say('posts.nobody-follows')}</b>
          </p>
        </>
      )}
    </AskPage>
  );
}
