import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, SavedMark, SentMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { RuledTable } from '../../../platform/design/phone/ruled-table.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Organization, organizationKind } from '../../organizations/organization.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { type Household, householdKind } from '../household.ts';
import { findPeople, prepareSearch } from './people-search.ts';
import { sayHeadParent, sayOwner, sayWhich } from './people-words.tsx';

/** Lines on one page of the book, as on paper. */
const linesOnPage = 12;
const foundAtMost = 30;

/** The register of people: the office, a VO or a CO, and who is found by name in any of three scripts. */
export function PeopleRegister({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, go, back, me } = useOffice();
  const [search, setSearch] = useState('');
  useEffect(() => prepareSearch(copy), [copy, copy.changes]);
  const at = params.of ?? me.root;
  const organization = copy.get(organizationKind, at);
  const households = useMemo(() => householdsByOwner(copy.all(householdKind)), [copy, copy.changes]);
  const below = useMemo(
    () =>
      [...copy.all(organizationKind)]
        .filter(({ body, id }) => body.parent === at && copy.tree().has(id) && isThere(body))
        .sort((a, b) => (a.body.number ?? 0) - (b.body.number ?? 0) || (a.id < b.id ? -1 : 1)),
    [copy, copy.changes, at],
  );
  const own = households.get(at) ?? [];
  const counted = countBelow(at, households, copy.tree());
  const searching = search.trim() !== '';
  const saved = own.some(({ id }) => !copy.isConfirmed(householdKind.kind, id));
  return (
    <Page
      title={params.of && organization ? sayOrganization(words, organization.body) : words.say('people.title')}
      subtitle={params.of ? words.say('people.title') : undefined}
      back={back}
      help={words.say('people.help')}
      foot={
        <ActionRow>
          <Button kind="go" icon="household" onClick={() => go(params.of ? `/people/enter/${at}` : '/people/enter')}>
            {words.say('people.enter-page')}
          </Button>
        </ActionRow>
      }
    >
      <div class="count">
        <Figure value={counted} />
        <p>{words.say('people.households-counted', { count: counted })}</p>
        <ListenMark text={`${words.number(counted)} ${words.say('people.households-counted', { count: counted })}`} />
      </div>
      <Field
        type="search"
        label={words.say('people.search')}
        meaning={words.say('people.search-meaning')}
        value={search}
        onInput={setSearch}
      />
      {searching ? (
        <FoundPeople text={search} />
      ) : (
        <>
          {below.length > 0 && (
            <ul class="rows">
              {below.map(({ id, body }) => (
                <li key={id}>
                  <TouchRow
                    icon={body.tier === 'co' ? 'household' : 'people'}
                    onClick={() => go(`/people/of/${id}`)}
                    end={<Ltr>{words.number(countBelow(id, households, copy.tree()))}</Ltr>}
                  >
                    {sayOrganization(words, body)}
                  </TouchRow>
                </li>
              ))}
            </ul>
          )}
          {own.length > 0 && <HouseholdBook title={words.say('people.title')} households={own} key={at} />}
          {own.length === 0 && below.length === 0 && (
            <Empty icon="household" title={words.say('people.none')}>
              <p>{words.say('people.none-help')}</p>
            </Empty>
          )}
          {own.length > 0 && (saved ? <SavedMark /> : <SentMark />)}
        </>
      )}
    </Page>
  );
}

function isThere({ status }: Organization): boolean {
  return status !== 'dissolved' && status !== 'merged';
}

function householdsByOwner(all: Iterable<Kept<Household>>): Map<string, Kept<Household>[]> {
  const byOwner = new Map<string, Kept<Household>[]>();
  for (const household of all) {
    const list = byOwner.get(household.body.owner);
    if (list) list.push(household);
    else byOwner.set(household.body.owner, [household]);
  }
  return byOwner;
}

/** Households of an organization and of all below it; whoever moved away is not counted. */
function countBelow(
  at: string,
  households: ReadonlyMap<string, readonly Kept<Household>[]>,
  tree: ReadonlyMap<string, string | null>,
): number {
  const children = new Map<string, string[]>();
  for (const [id, parent] of tree) if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id]);
  let count = 0;
  const open = [at];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { body } of households.get(id) ?? []) if (!body.left) count += 1;
    open.push(...(children.get(id) ?? []));
  }
  return count;
}

/** In the order of the paper book: page by page, and on a page as they were written. */
export function inBookOrder(households: readonly Kept<Household>[]): readonly Kept<Household>[] {
  const page = ({ bookPage }: Household) => Number(/\d+/.exec(bookPage ?? '')?.[0] ?? Number.MAX_SAFE_INTEGER);
  const parts = (id: string) => id.split(/[-.]/).map(Number);
  return [...households].sort((a, b) => {
    const [x, y] = [parts(a.id), parts(b.id)];
    return page(a.body) - page(b.body) || (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 0) - (y[1] ?? 0);
  });
}

type BookProps = { readonly title: string; readonly households: readonly Kept<Household>[] };

/** Ruled lines as in the paper register, a page at a time. */
function HouseholdBook({ title, households }: BookProps): VNode {
  const words = useWords();
  const { go } = useOffice();
  const ordered = useMemo(() => inBookOrder(households), [households]);
  const pages = Math.max(1, Math.ceil(ordered.length / linesOnPage));
  const [page, setPage] = useState(1);
  const at = Math.min(page, pages);
  return (
    <>
      <RuledTable
        caption={title}
        columns={[
          { head: words.say('people.head-name') },
          { head: words.say('people.head-size'), width: 'narrow' },
          { head: words.say('people.head-page'), width: 'narrow' },
        ]}
        rows={ordered.slice((at - 1) * linesOnPage, at * linesOnPage).map(({ id, body }, i) => ({
          key: id,
          number: (at - 1) * linesOnPage + i + 1,
          onOpen: () => go(`/people/household/${id}`),
          cells: [
            <>
              {nameIn(body.head, words.language)}
              <small>{body.left ? words.say(`people.${body.left.how}`) : sayHeadParent(words, body)}</small>
            </>,
            body.size === null ? <span class="muted">–</span> : <Ltr>{words.number(body.size)}</Ltr>,
            body.bookPage === null ? <span class="muted">–</span> : <Ltr>{body.bookPage}</Ltr>,
          ],
        }))}
      />
      {pages > 1 && (
        <>
          <p class="muted">{words.say('people.page-of', { page: at, of: pages })}</p>
          <div class="leafing">
            <Button icon="back" disabled={at === 1} onClick={() => setPage(at - 1)}>
              {words.say('people.earlier')}
            </Button>
            <Button icon="next" iconAfter disabled={at === pages} onClick={() => setPage(at + 1)}>
              {words.say('people.later')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

/** Who and which households are found: always with father or husband, CO and number. */
function FoundPeople({ text }: { readonly text: string }): VNode {
  const words = useWords();
  const { copy, go } = useOffice();
  const found = useMemo(() => {
    performance.mark('search');
    const list = findPeople(copy, text, foundAtMost);
    performance.measure('people-search', 'search');
    return list;
  }, [copy, copy.changes, text]);
  if (found.length === 0)
    return (
      <Empty icon="help" title={words.say('people.not-found')}>
        <p>{words.say('people.not-found-help')}</p>
      </Empty>
    );
  return (
    <ul class="rows found">
      {found.map((one) => (
        <li key={one.page.id}>
          {one.is === 'household' ? (
            <TouchRow
              icon="household"
              note={[sayHeadParent(words, one.page.body), sayOwner(words, copy, one.page.body.owner)]
                .filter((part) => part !== null)
                .join(' · ')}
              onClick={() => go(`/people/household/${one.page.id}`)}
            >
              {words.say('people.household-of', { name: nameIn(one.page.body.head, words.language) })}
            </TouchRow>
          ) : (
            <TouchRow
              icon="people"
              note={sayWhich(words, copy, one.page.body)}
              onClick={() => go(`/people/person/${one.page.id}`)}
              end={one.page.body.left && <Tag icon="absent">{words.say(`people.${one.page.body.left.how}`)}</Tag>}
            >
              {nameIn(one.page.body.names, words.language)}
            </TouchRow>
          )}
        </li>
      ))}
    </ul>
  );
}
