import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import { type Departure, departureKind } from '../../../platform/book/departure.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { Empty, Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { organizationKind } from '../../organizations/organization.ts';
import { householdKind } from '../../people/household.ts';
import { personKind } from '../../people/person.ts';
import { sayOwner } from '../../people/phone/people-words.tsx';

const shownAtMost = 60;

/** Who has left an organization for another, last first. What lies within her reach opens. */
export function DeparturesPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const id = params.id ?? '';
  const gone = useMemo(
    () =>
      copy
        .find(departureKind, 'from', id)
        .sort((a, b) => (a.body.on < b.body.on ? 1 : -1))
        .slice(0, shownAtMost),
    [copy, copy.changes, id],
  );
  return (
    <Page
      title={words.say('moves.gone')}
      subtitle={sayOwner(words, copy, id)}
      back={back}
      help={words.say('moves.gone-help')}
    >
      {gone.length === 0 ? (
        <Empty icon="people" title={words.say('moves.nobody-gone')}>
          <p>{words.say('moves.gone-help')}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {gone.map(({ id: page, body }) => {
            const path = pathOf(copy, body.kind, body.about);
            const where = sayWhere(words, copy, body);
            const icon = body.kind === 'person' ? 'people' : body.kind === 'household' ? 'household' : 'office';
            const name = nameIn(body.names, words.language);
            return (
              <li key={page}>
                {path === null ? (
                  <div class="row">
                    <span class="n">
                      {name}
                      <small>{where}</small>
                    </span>
                  </div>
                ) : (
                  <TouchRow icon={icon} note={where} onClick={() => go(path)}>
                    {name}
                  </TouchRow>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </Page>
  );
}

function pathOf(copy: Copy, kind: 'person' | 'household' | 'organization', about: string): string | null {
  if (kind === 'organization') return copy.get(organizationKind, about) ? `/organizations/${about}` : null;
  if (kind === 'household') return copy.get(householdKind, about) ? `/people/household/${about}` : null;
  return copy.get(personKind, about) ? `/people/person/${about}` : null;
}

function sayWhere(words: Words, copy: Copy, { to, office, on }: Departure): string {
  if (office || to === null)
    return words.say('moves.gone-to-office', {
      name: office ? nameIn(office.names, words.language) : words.say('design.not-known'),
      on,
    });
  return words.say('moves.gone-to', { name: sayOwner(words, copy, to), on });
}

/** Instead of a page that is not here: where it went, if it moved. */
export function WhereItWent({ id }: { readonly id: string }): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const last = copy.find(departureKind, 'about', id).sort((a, b) => (a.body.on < b.body.on ? 1 : -1))[0];
  if (!last) return <Notice>{words.say('people.gone')}</Notice>;
  return (
    <Notice tone="calm" icon="linkage">
      <b>{nameIn(last.body.names, words.language)}</b>
      <br />
      {sayWhere(words, copy, last.body)}
    </Notice>
  );
}
