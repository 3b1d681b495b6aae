import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { WhereItWent } from '../../moves/phone/departures-page.tsx';
import { mayMove } from '../../moves/phone/organization-pick.tsx';
import { placeKind } from '../../places/place.ts';
import { householdKind } from '../household.ts';
import { isListed, personKind } from '../person.ts';
import { CorrectionsList } from './corrections-list.tsx';
import { LeavingSheet } from './leaving-sheet.tsx';
import { sayBirth, sayHeadParent, sayOwner } from './people-words.tsx';

/** One household: whose it is, how many eat from its kitchen, and who of them a register has needed so far. */
export function HouseholdPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, today, write, offerUndo } = useOffice();
  const [leaving, setLeaving] = useState(false);
  const id = params.id ?? '';
  const household = copy.get(householdKind, id);
  if (!household)
    return (
      <Page title={words.say('people.title')} back={back}>
        <WhereItWent id={id} />
      </Page>
    );
  const { body } = household;
  const people = copy
    .find(personKind, 'household', id)
    .filter((person) => isListed(person.body))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const name = nameIn(body.head, words.language);
  const place = body.place === null ? undefined : copy.get(placeKind, body.place);
  const where = [
    sayOwner(words, copy, body.owner),
    place && nameIn(place.body.names, words.language),
    body.bookPage === null ? null : words.say('people.on-page', { page: body.bookPage }),
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(' · ');
  const spoken = [
    name,
    sayHeadParent(words, body),
    where,
    body.size === null ? null : words.say('people.eat-here', { count: body.size }),
  ];
  return (
    <Page
      title={words.say('people.household-of', { name })}
      subtitle={sayHeadParent(words, body) ?? undefined}
      back={back}
      help={words.say('people.household-help')}
      foot={
        !body.left && (
          <ActionRow>
            <Button kind="go" icon="people" onClick={() => go(`/people/household/${id}/person`)}>
              {words.say('people.enter-person')}
            </Button>
          </ActionRow>
        )
      }
    >
      <div class="count">
        <Figure value={body.size ?? '–'} />
        <p>
          {words.say('people.eat-here', { count: body.size ?? 0 })}
          <br />
          {where}
        </p>
        <ListenMark text={spoken.filter((part) => part !== null).join('. ')} />
      </div>
      {body.left && (
        <Notice tone="calm" icon="absent">
          {words.say('people.left-on', { how: body.left.how, on: body.left.on })}
        </Notice>
      )}
      <div class="head">
        <h2>{words.say('people.people')}</h2>
        <Ltr>{words.number(people.length)}</Ltr>
      </div>
      {people.length === 0 ? (
        <p class="muted">{words.say('people.nobody-yet')}</p>
      ) : (
        <ul class="rows">
          {people.map((person) => (
            <li key={person.id}>
              <TouchRow
                icon="people"
                note={sayBirth(words, person.body.born, today)}
                onClick={() => go(`/people/person/${person.id}`)}
                end={
                  person.body.left ? (
                    <Tag icon="absent">{words.say(`people.${person.body.left.how}`)}</Tag>
                  ) : (
                    person.body.number !== null && (
                      <Tag icon="register">{words.say('people.member', { number: person.body.number })}</Tag>
                    )
                  )
                }
              >
                {nameIn(person.body.names, words.language)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
      <TouchRow boxed icon="write" onClick={() => go(`/people/household/${id}/correct`)}>
        {words.say('people.correct')}
      </TouchRow>
      {!body.left && mayMove(copy.actor) && (
        <TouchRow boxed icon="linkage" onClick={() => go(`/people/household/${id}/move`)}>
          {words.say('moves.household')}
        </TouchRow>
      )}
      {!body.left && mayMove(copy.actor) && (
        <TouchRow boxed icon="linkage" onClick={() => go(`/transfers/offer/household/${id}`)}>
          {words.say('transfers.to-another')}
        </TouchRow>
      )}
      {body.left ? (
        <TouchRow
          boxed
          icon="undo"
          onClick={async () =>
            offerUndo(
              await write('people.tell-household-status', { household: id, left: null }),
              words.say('people.is-back', { name }),
            )
          }
        >
          {words.say('people.here-after-all')}
        </TouchRow>
      ) : (
        <TouchRow boxed icon="absent" onClick={() => setLeaving(true)}>
          {words.say('people.household-left')}
        </TouchRow>
      )}
      <LeavingSheet
        open={leaving}
        ways={['moved-away']}
        onClose={() => setLeaving(false)}
        onTell={async (how) => {
          setLeaving(false);
          offerUndo(
            await write('people.tell-household-status', { household: id, left: { how, on: today } }),
            words.say('people.left-written', { name }),
          );
        }}
      />
      <CorrectionsList corrections={body.corrections ?? []} />
      {copy.isConfirmed(householdKind.kind, id) ? <SentMark /> : <SavedMark />}
    </Page>
  );
}
