import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { organizationKind, organizationLine } from '../../../federation/organizations/organization.ts';
import { suspects } from '../../../federation/people/duplicates.ts';
import { pagesOf } from '../../../federation/people/merging.ts';
import { type Person, personKind } from '../../../federation/people/person.ts';
import { findPeople, namesakes, villageOf } from '../../../federation/people/phone/people-search.ts';
import { sayBirth, sayWhich } from '../../../federation/people/phone/people-words.tsx';
import { nameIn } from '../../../kernel/names.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { BloodGroup } from '../../../platform/design/phone/isolated.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page, Question } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Donor, donorKind } from '../donor.ts';
import { donorsLike, likenessOf } from '../donor-of-person.ts';
import { sayParent } from '../say-parent.ts';
import { sayVo } from './donor-words.tsx';

type Props = { readonly params: Readonly<Record<string, string>> };

/** From somebody's page to her page among the donors: the one that is hers, those that may be, or a new one. */
export function DonorOfPerson({ params }: Props): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const { said, put } = useWriting();
  const id = params.person ?? '';
  const person = copy.get(personKind, id);
  const pages = pagesOf(
    id,
    (one) => copy.get(personKind, one),
    (one) => copy.find(personKind, 'mergedInto', one),
  );
  const hers = pages.flatMap((page) => copy.find(donorKind, 'person', page.id));
  const alike = useMemo(() => {
    if (!person) return [];
    const line = organizationLine(person.body.owner, (one) => copy.get(organizationKind, one)).map((one) => one.id);
    return donorsLike({ ...person.body, village: villageOf(copy, person.body) }, line, copy.all<Donor>(donorKind));
  }, [copy, copy.changes, id]);
  if (!person || person.body.withdrawnOn)
    return (
      <Page title={words.say('blood-donors.of-person')} back={back}>
        <Notice>{words.say('blood-donors.no-person')}</Notice>
      </Page>
    );
  const name = nameIn(person.body.names, words.language);
  const question = words.say('blood-donors.which-donor', { name });
  return (
    <Page
      title={words.say('blood-donors.of-person')}
      subtitle={`${name} · ${sayWhich(words, copy, person.body)}`}
      back={back}
      help={words.say('blood-donors.of-person-help')}
      foot={
        hers.every(({ body }) => body.status === 'withdrawn') &&
        !person.body.left && (
          <ActionRow>
            <Button kind="go" icon="blood" onClick={() => go(`/blood-donors/enlist/${person.id}`)}>
              {words.say('blood-donors.enlist-her')}
            </Button>
          </ActionRow>
        )
      }
    >
      {said && <Notice>{said}</Notice>}
      {hers.length > 0 ? (
        <ul class="rows">
          {hers.map((donor) => (
            <li key={donor.id}>
              <DonorRow donor={donor} onClick={() => go(`/blood-donors/donor/${donor.id}`)} />
            </li>
          ))}
        </ul>
      ) : alike.length === 0 ? (
        <Notice tone="calm" icon="blood">
          {words.say('blood-donors.no-donor-alike', { name })}
        </Notice>
      ) : (
        <>
          <Question spoken={question}>{question}</Question>
          <ul class="rows">
            {alike.map((donor) => (
              <li key={donor.id}>
                <DonorRow
                  donor={donor}
                  onClick={() =>
                    void put(
                      'blood-donors.tell-person',
                      { donor: donor.id, person: person.id },
                      words.say('blood-donors.joined', { name }),
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}

function DonorRow({ donor, onClick }: { readonly donor: Kept<Donor>; readonly onClick: () => void }): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const { body } = donor;
  const note = [sayParent(words, body), sayVo(words, copy, body.vo)].filter((part) => part !== null).join(' · ');
  return (
    <TouchRow
      icon="blood"
      note={note}
      end={body.group ? <BloodGroup group={body.group} /> : undefined}
      onClick={onClick}
    >
      {nameIn(body.names, words.language)}
    </TouchRow>
  );
}

/** From a donor's page to that donor's page among the people: those who may be, or whoever is looked for. */
export function PersonOfDonor({ params }: Props): VNode {
  const words = useWords();
  const { copy, back, today } = useOffice();
  const { said, put } = useWriting();
  const [search, setSearch] = useState('');
  const donor = copy.get(donorKind, params.id ?? '');
  const found = useMemo((): readonly Kept<Person>[] => {
    if (!donor) return [];
    if (search.trim() !== '')
      return findPeople(copy, search, 20).flatMap((one) => (one.is === 'person' ? [one.page] : []));
    const { names } = donor.body;
    const named = namesakes(copy, [names.sd, names.ur, names.en]);
    // As it is asked from the other side: the VO that the donor stands in, and her CO below it, are one.
    const within = (person: Person) =>
      organizationLine(person.owner, (one) => copy.get(organizationKind, one)).some(({ id }) => id === donor.body.vo);
    return named.flatMap((page) => {
      const owner = within(page.body) ? page.body.owner : donor.body.vo;
      return suspects({ ...likenessOf(donor.body), owner }, [page], (one) => villageOf(copy, one)).map(
        (one) => one.page,
      );
    });
  }, [copy, copy.changes, donor, search]);
  if (!donor)
    return (
      <Page title={words.say('blood-donors.person-of')} back={back}>
        <Notice>{words.say('blood-donors.gone')}</Notice>
      </Page>
    );
  const name = nameIn(donor.body.names, words.language);
  const question = words.say('blood-donors.which-person', { name });
  async function join(person: string): Promise<void> {
    const done = words.say('blood-donors.joined', { name });
    if ((await put('blood-donors.tell-person', { donor: params.id, person }, done)) !== null) back();
  }
  return (
    <Page
      title={words.say('blood-donors.person-of')}
      subtitle={[name, sayParent(words, donor.body)].filter((part) => part !== null).join(' · ')}
      back={back}
      help={words.say('blood-donors.of-person-help')}
    >
      <Question spoken={question}>{question}</Question>
      {said && <Notice>{said}</Notice>}
      <Field type="search" label={words.say('people.search')} value={search} onInput={setSearch} />
      {found.length === 0 ? (
        <p class="muted">{words.say(search.trim() === '' ? 'blood-donors.nobody-alike' : 'people.not-found')}</p>
      ) : (
        <ul class="rows">
          {found.map((page) => (
            <li key={page.id}>
              <TouchRow
                icon="people"
                note={`${sayWhich(words, copy, page.body)} · ${sayBirth(words, page.body.born, today)}`}
                onClick={() => void join(page.id)}
              >
                {nameIn(page.body.names, words.language)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
