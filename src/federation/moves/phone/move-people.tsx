import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button } from '../../../platform/design/phone/button.tsx';
import { Steps } from '../../../platform/design/phone/keypad.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { householdKind } from '../../people/household.ts';
import { isListed, personKind } from '../../people/person.ts';
import { sayHeadParent, sayWhich } from '../../people/phone/people-words.tsx';
import { HouseholdPick } from './household-pick.tsx';
import { homesWithin, OrganizationPick } from './organization-pick.tsx';

type Props = { readonly params: Readonly<Record<string, string>> };

/** A household lives elsewhere now: where? Its people and their numbers go along. */
export function MoveHousehold({ params }: Props): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const { said, busy, put } = useWriting();
  const [to, setTo] = useState<string | null>(null);
  const id = params.id ?? '';
  const household = copy.get(householdKind, id);
  const homes = useMemo(
    () => homesWithin(copy).filter((home) => home.id !== household?.body.owner),
    [copy, copy.changes, household?.body.owner],
  );
  if (!household) return <NotHere back={back} />;
  const name = nameIn(household.body.head, words.language);
  const people = copy.find(personKind, 'household', id).filter(({ body }) => isListed(body)).length;
  const home = to === null ? undefined : copy.get<Organization>(organizationKind, to);
  const question = words.say('moves.ask-household', { name });

  async function save(): Promise<void> {
    const place = home?.body.place ?? undefined;
    const input = { household: id, to, ...(place !== undefined && { place }) };
    if ((await put('moves.move-household', input, words.say('moves.moved', { name }))) !== null)
      go(`/people/household/${id}`, 'instead');
  }
  return (
    <Page
      title={words.say('moves.household')}
      subtitle={sayHeadParent(words, household.body) ?? undefined}
      back={back}
      help={words.say('moves.household-help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="done" busy={busy} disabled={to === null} onClick={() => void save()}>
            {words.say('moves.move-now')}
          </Button>
        </ActionRow>
      }
    >
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      {people > 0 && (
        <Notice tone="calm" icon="people">
          {words.say('moves.go-along', { count: people })}
        </Notice>
      )}
      <OrganizationPick choices={homes} picked={to} onPick={setTo} />
    </Page>
  );
}

/** One person lives elsewhere now: in which CO, and in which of its households? */
export function MovePerson({ params }: Props): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [to, setTo] = useState<string | null>(null);
  const [household, setHousehold] = useState<string | null | undefined>(undefined);
  const id = params.id ?? '';
  const person = copy.get(personKind, id);
  const homes = useMemo(
    () => homesWithin(copy).filter((home) => home.id !== person?.body.owner),
    [copy, copy.changes, person?.body.owner],
  );
  if (!person) return <NotHere back={back} />;
  const name = nameIn(person.body.names, words.language);
  const home = to === null ? undefined : copy.get<Organization>(organizationKind, to);
  const question = words.say(at === 0 ? 'moves.ask-person' : 'moves.ask-household-of', { name });

  async function save(): Promise<void> {
    const input = { person: id, to, household: household ?? null };
    if ((await put('moves.move-person', input, words.say('moves.moved', { name }))) !== null)
      go(`/people/person/${id}`, 'instead');
  }
  return (
    <Page
      title={words.say('moves.person')}
      subtitle={sayWhich(words, copy, person.body)}
      back={at === 0 ? back : () => setAt(0)}
      help={words.say('moves.person-help')}
      foot={
        <ActionRow>
          {at === 0 ? (
            <Button kind="go" icon="next" iconAfter disabled={to === null} onClick={() => setAt(1)}>
              {words.say('design.next')}
            </Button>
          ) : (
            <Button kind="go" icon="done" busy={busy} disabled={household === undefined} onClick={() => void save()}>
              {words.say('moves.move-now')}
            </Button>
          )}
        </ActionRow>
      }
    >
      <Steps at={at + 1} of={2} />
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      {at === 0 ? (
        <OrganizationPick
          choices={homes}
          picked={to}
          onPick={(picked) => {
            setTo(picked);
            setHousehold(undefined);
          }}
        />
      ) : (
        <>
          <HouseholdPick owner={to} picked={household} onPick={setHousehold} />
          {home && (
            <p class="sofar">
              <b>{sayOrganization(words, home.body)}</b>
            </p>
          )}
        </>
      )}
    </Page>
  );
}

export function NotHere({ back }: { readonly back: () => void }): VNode {
  const words = useWords();
  return (
    <Page title={words.say('moves.title')} back={back}>
      <Notice>{words.say('people.gone')}</Notice>
    </Page>
  );
}
