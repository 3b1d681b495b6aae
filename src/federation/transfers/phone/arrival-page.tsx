import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Steps } from '../../../platform/design/phone/keypad.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { HouseholdPick } from '../../moves/phone/household-pick.tsx';
import { OrganizationPick } from '../../moves/phone/organization-pick.tsx';
import { ownOrganizations } from '../../organizations/phone/own-organizations.ts';
import { sayParent } from '../../people/phone/people-words.tsx';
import { takesIn } from '../commands.ts';
import { type Arrival, arrivalKind } from '../transfer.ts';
import { answersArrivals, sayArrival } from './transfers-page.tsx';

/** Another LSO asks: do they belong here, and where? */
export function ArrivalPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [to, setTo] = useState<string | null>(null);
  const [household, setHousehold] = useState<string | null | undefined>(undefined);
  const id = params.id ?? '';
  const arrival = copy.get(arrivalKind, id);
  const homes = useMemo(
    () => (arrival ? ownOrganizations(copy).filter(({ body }) => takesIn(body, arrival.body)) : []),
    [copy, copy.changes, arrival],
  );
  if (!arrival)
    return (
      <Page title={words.say('transfers.title')} back={back}>
        <Notice>{words.say('people.gone')}</Notice>
      </Page>
    );
  const { body } = arrival;
  const name = nameIn(body.names, words.language);
  const lso = nameIn(body.officeNames, words.language);
  const isPerson = body.kind === 'person';
  const mayAnswer = body.state === 'offered' && answersArrivals(copy.actor);
  const question = words.say(
    at === 1 ? 'moves.ask-household-of' : body.kind === 'organization' ? 'transfers.ask-under' : 'transfers.ask-where',
    { name },
  );
  const answer = (where: string | null, done: string) =>
    put('transfers.answer', { arrival: id, to: where, household: household ?? null }, done);
  async function sayYes(): Promise<void> {
    if ((await answer(to, words.say('transfers.said-yes-done', { name }))) !== null) back();
  }
  async function sayNo(): Promise<void> {
    if ((await answer(null, words.say('transfers.said-no-done', { name, lso }))) !== null) back();
  }
  return (
    <Page
      title={name}
      subtitle={words.say('transfers.comes-from', { lso, on: body.offeredOn })}
      back={at === 0 ? back : () => setAt(0)}
      help={words.say('transfers.help')}
      foot={
        mayAnswer && (
          <ActionRow>
            {isPerson && at === 0 ? (
              <Button kind="go" icon="next" iconAfter disabled={to === null} onClick={() => setAt(1)}>
                {words.say('design.next')}
              </Button>
            ) : (
              <Button
                kind="go"
                icon="done"
                busy={busy}
                disabled={to === null || (isPerson && household === undefined)}
                onClick={() => void sayYes()}
              >
                {words.say('transfers.say-yes')}
              </Button>
            )}
            {at === 0 && (
              <Button icon="cross" busy={busy} onClick={() => void sayNo()}>
                {words.say('transfers.say-no')}
              </Button>
            )}
          </ActionRow>
        )
      }
    >
      {mayAnswer && isPerson && <Steps at={at + 1} of={2} />}
      {mayAnswer && <Question spoken={question}>{question}</Question>}
      {said && <Notice>{said}</Notice>}
      {!mayAnswer && (
        <Notice tone={body.state === 'arrived' ? 'good' : 'calm'} icon="linkage">
          {sayArrival(words, body)}
        </Notice>
      )}
      {at === 0 && !isPerson && (
        <p class="sofar">
          {body.households > 0 && <b>{words.say('transfers.households-come', { count: body.households })} · </b>}
          <b>{words.say('transfers.people-come', { count: body.people })}</b>
        </p>
      )}
      {sayParent(words, body) && <p class="sofar">{sayParent(words, body)}</p>}
      {body.state === 'arrived' && <OpenPage body={body} go={go} />}
      {mayAnswer && at === 0 && (
        <OrganizationPick
          choices={homes}
          picked={to}
          onPick={(picked) => {
            setTo(picked);
            setHousehold(undefined);
          }}
        />
      )}
      {mayAnswer && at === 1 && <HouseholdPick owner={to} picked={household} onPick={setHousehold} />}
    </Page>
  );
}

/** Where they stand now, and what the office still has to do for an organization that came. */
function OpenPage({ body, go }: { readonly body: Arrival; readonly go: (path: string) => void }): VNode {
  const words = useWords();
  const isWhole = body.kind === 'organization';
  const path = isWhole ? `/organizations/${body.about}` : `/people/${body.kind}/${body.about}`;
  return (
    <>
      <TouchRow boxed icon="next" onClick={() => go(path)}>
        {words.say('transfers.open-page')}
      </TouchRow>
      {isWhole && (
        <Notice tone="care" icon="key">
          {words.say('transfers.roles-anew')}
        </Notice>
      )}
    </>
  );
}
