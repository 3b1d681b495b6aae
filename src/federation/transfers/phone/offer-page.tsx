import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { findIn, searchKey } from '../../../kernel/words.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Steps } from '../../../platform/design/phone/keypad.tsx';
import { Empty, Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { householdKind } from '../../people/household.ts';
import { personKind } from '../../people/person.ts';
import { type Goer, goers, listedLsoKind } from '../transfer.ts';

/** A list up to this long is read through; a longer one is searched. */
const readThrough = 8;

/** Who or what goes, by its own name; null where the page is not here. */
function nameOf(words: Words, copy: Copy, kind: Goer, id: string): string | null {
  if (kind === 'organization') {
    const organization = copy.get<Organization>(organizationKind, id);
    return organization ? sayOrganization(words, organization.body) : null;
  }
  const names = kind === 'household' ? copy.get(householdKind, id)?.body.head : copy.get(personKind, id)?.body.names;
  return names ? nameIn(names, words.language) : null;
}

/** To which LSO, and whether they were asked. Nothing goes until that LSO has said yes. */
export function OfferPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const { said, busy, put } = useWriting();
  const [at, setAt] = useState(0);
  const [to, setTo] = useState<number | null>(null);
  const [agreed, setAgreed] = useState(false);
  const [search, setSearch] = useState('');
  const id = params.id ?? '';
  const kind = goers.find((goer) => goer === params.kind) ?? 'person';
  const name = nameOf(words, copy, kind, id);
  const lsos = useMemo(
    () =>
      [...copy.all(listedLsoKind)]
        .map(({ body }) => body)
        .filter(({ office }) => office !== copy.actor.office)
        .sort((a, b) => (nameIn(a.names, words.language) < nameIn(b.names, words.language) ? -1 : 1)),
    [copy, copy.changes, words.language],
  );
  const chosen = lsos.find(({ office }) => office === to);
  const lso = chosen ? nameIn(chosen.names, words.language) : '';
  if (name === null)
    return (
      <Page title={words.say('transfers.to-another')} back={back}>
        <Notice>{words.say('people.gone')}</Notice>
      </Page>
    );
  const typed = searchKey(search);
  const found = lsos.filter(
    ({ names, office }) =>
      search.trim() === '' || office === to || findIn(searchKey(names.sd, names.ur, names.en), typed) > 0,
  );
  const goer = name;
  const question = words.say(at === 0 ? 'transfers.ask-lso' : 'transfers.ask-agreed', { name: goer });

  async function offer(): Promise<void> {
    if (!chosen) return;
    const input = { kind, about: id, office: chosen.office, officeNames: chosen.names, agreed };
    if ((await put('transfers.offer', input, words.say('transfers.offered-done', { name: goer, lso }))) !== null)
      go('/transfers', 'instead');
  }
  return (
    <Page
      title={words.say('transfers.to-another')}
      subtitle={name}
      back={at === 0 ? back : () => setAt(0)}
      help={words.say('transfers.offer-help')}
      foot={
        lsos.length > 0 && (
          <ActionRow>
            {at === 0 ? (
              <Button kind="go" icon="next" iconAfter disabled={to === null} onClick={() => setAt(1)}>
                {words.say('design.next')}
              </Button>
            ) : (
              <Button kind="go" icon="done" busy={busy} disabled={!agreed} onClick={() => void offer()}>
                {words.say('transfers.offer-now')}
              </Button>
            )}
          </ActionRow>
        )
      }
    >
      {lsos.length === 0 ? (
        <Empty icon="office" title={words.say('transfers.no-lso')}>
          <p>{words.say('transfers.no-lso-help')}</p>
        </Empty>
      ) : (
        <>
          <Steps at={at + 1} of={2} />
          <Question spoken={question}>{question}</Question>
          {said && <Notice>{said}</Notice>}
        </>
      )}
      {lsos.length > readThrough && at === 0 && (
        <Field type="search" label={words.say('moves.search')} value={search} onInput={setSearch} />
      )}
      {at === 0 ? (
        <ul class="rows">
          {found.map(({ office, names }) => (
            <li key={office}>
              <TouchRow icon="office" pressed={to === office} onClick={() => setTo(office)}>
                {nameIn(names, words.language)}
              </TouchRow>
            </li>
          ))}
        </ul>
      ) : (
        <>
          <TouchRow boxed icon="done" pressed={agreed} onClick={() => setAgreed(true)}>
            {words.say(`transfers.agreed-${kind}`, { lso })}
          </TouchRow>
          <TouchRow boxed icon="late" pressed={!agreed} onClick={() => setAgreed(false)}>
            {words.say('transfers.not-yet')}
          </TouchRow>
          <Notice tone="calm" icon="linkage">
            {words.say('transfers.offer-help')}
          </Notice>
        </>
      )}
    </Page>
  );
}
