import type { ComponentChildren, VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import type { PlainDate } from '../../../kernel/plain-date.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Figure } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { type RuledRow, RuledTable } from '../../../platform/design/phone/ruled-table.tsx';
import type { MessageId } from '../../../platform/languages/message-id.generated.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { type Household, householdKind } from '../../people/household.ts';
import { holdsOn, tenureKind } from '../../posts/tenure.ts';
import { executivePosts } from '../lso-profile.ts';
import { type Organization, organizationKind, stands, statusOn } from '../organization.ts';
import { sayOrganization } from '../say-organization.ts';
import { toldHouseholdsKind } from '../told-households.ts';
import { OrganizationName } from './organization-name.tsx';

const linesOnPage = 12;

type Line = { readonly key: string; readonly cells: readonly ComponentChildren[]; readonly path: string | null };

function households(copy: Copy, words: Words, belongs: (household: Household) => boolean): Line[] {
  return [...copy.all<Household>(householdKind)]
    .filter(({ body }) => belongs(body))
    .sort((a, b) => a.body.since.localeCompare(b.body.since) || a.id.localeCompare(b.id))
    .map(({ id, body }) => ({
      key: id,
      path: null,
      cells: [
        <>
          {nameIn(body.head, words.language)}
          {body.headParent && <small>{nameIn(body.headParent, words.language)}</small>}
        </>,
        body.co === null ? words.say('organizations.in-no-co') : <OrganizationName id={body.co} />,
      ],
    }));
}

function organizations(copy: Copy, words: Words, tier: 'co' | 'vo', on: PlainDate): Line[] {
  return [...copy.all<Organization>(organizationKind)]
    .filter(({ id, body }) => {
      const status = statusOn(body, on);
      return copy.tree().has(id) && body.tier === tier && status !== null && status !== 'forming' && stands(status);
    })
    .sort((a, b) => a.body.formedOn.localeCompare(b.body.formedOn) || a.id.localeCompare(b.id))
    .map(({ id, body }) => ({
      key: id,
      path: `/organizations/${id}`,
      cells: [
        <>
          {sayOrganization(words, body)}
          {body.parent && tier === 'co' && (
            <small>
              <OrganizationName id={body.parent} />
            </small>
          )}
        </>,
        words.date(body.formedOn),
      ],
    }));
}

function holders(copy: Copy, words: Words, posts: readonly string[], tier: string, on: PlainDate): Line[] {
  return [...copy.all(tenureKind)]
    .filter(({ body }) => body.tier === tier && posts.includes(body.post) && holdsOn(body, on))
    .map(({ id, body }) => ({
      key: id,
      path: `/organizations/${body.organization}`,
      cells: [
        <>
          {nameIn(body.names, words.language)}
          <small>{words.say(`posts.${body.post}`)}</small>
        </>,
        <OrganizationName key={id} id={body.organization} />,
      ],
    }));
}

type Behind = {
  readonly title: MessageId;
  readonly heads: readonly [MessageId, MessageId];
  readonly lines: (copy: Copy, words: Words, on: PlainDate) => Line[];
};

const heads = {
  household: ['organizations.head-household', 'organizations.head-co'],
  organization: ['organizations.head-name', 'organizations.head-formed'],
  holder: ['organizations.head-name', 'organizations.head-from'],
} as const;

const behind: Readonly<Record<string, Behind>> = {
  households: {
    title: 'organizations.profile-households',
    heads: heads.household,
    lines: (copy, words, on) => households(copy, words, ({ since }) => since <= on),
  },
  organized: {
    title: 'organizations.profile-organized',
    heads: heads.household,
    lines: (copy, words, on) => households(copy, words, ({ since, co }) => co !== null && since <= on),
  },
  cos: {
    title: 'organizations.profile-cos',
    heads: heads.organization,
    lines: (copy, words, on) => organizations(copy, words, 'co', on),
  },
  vos: {
    title: 'organizations.profile-vos',
    heads: heads.organization,
    lines: (copy, words, on) => organizations(copy, words, 'vo', on),
  },
  'general-body': {
    title: 'organizations.profile-general-body',
    heads: heads.holder,
    lines: (copy, words, on) => holders(copy, words, ['representative'], 'vo', on),
  },
  executive: {
    title: 'organizations.profile-executive',
    heads: heads.holder,
    lines: (copy, words, on) => holders(copy, words, executivePosts, 'lso', on),
  },
};

/** The records behind a figure of the profile, a page of the book at a time. */
export function BehindTheProfile({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, today, me } = useOffice();
  const on = params.on ?? today;
  const asked = behind[params.what ?? ''] ?? (behind.cos as Behind);
  const lines = useMemo(() => asked.lines(copy, words, on), [copy, copy.changes, asked, words, on]);
  const told = copy
    .find(toldHouseholdsKind, 'organization', me.root)
    .find(({ body }) => body.on <= on && (body.until === null || on < body.until) && body.total > 0);
  const number =
    params.what === 'households' ? told?.body.total : params.what === 'organized' ? told?.body.organized : null;
  return (
    <LinesPage
      title={words.say(asked.title)}
      heads={asked.heads}
      lines={lines}
      note={
        told && number && number > lines.length
          ? words.say('organizations.told-by', { count: number, source: told.body.source, on: told.body.on })
          : null
      }
    />
  );
}

/** The households of a CO or of all COs below a VO. */
export function HouseholdsOf({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const id = params.id ?? '';
  const lines = useMemo(() => {
    const within = new Set([id]);
    for (const { id: co, body } of copy.all<Organization>(organizationKind)) if (body.parent === id) within.add(co);
    return households(copy, words, ({ co }) => co !== null && within.has(co));
  }, [copy, copy.changes, id, words]);
  return <LinesPage title={words.say('organizations.households')} heads={heads.household} lines={lines} note={null} />;
}

type LinesPageProps = {
  readonly title: string;
  readonly heads: readonly [MessageId, MessageId];
  readonly lines: readonly Line[];
  readonly note: string | null;
};

function LinesPage({ title, heads: [first, second], lines, note }: LinesPageProps): VNode {
  const words = useWords();
  const { back, go } = useOffice();
  const pages = Math.max(1, Math.ceil(lines.length / linesOnPage));
  const [page, setPage] = useState(1);
  const at = Math.min(page, pages);
  const rows: RuledRow[] = lines.slice((at - 1) * linesOnPage, at * linesOnPage).map(({ key, cells, path }, i) => ({
    key,
    number: (at - 1) * linesOnPage + i + 1,
    cells,
    ...(path !== null && { onOpen: () => go(path) }),
  }));
  const say = (id: MessageId) => words.parts(id, {}).join('');
  return (
    <Page
      title={title}
      subtitle={words.say('organizations.page-of', { page: at, of: pages })}
      back={back}
      help={words.say('organizations.behind-help')}
    >
      <div class="count">
        <Figure value={lines.length} />
        <p>{words.say('organizations.in-the-book')}</p>
        <ListenMark text={`${title}. ${words.number(lines.length)} ${words.say('organizations.in-the-book')}`} />
      </div>
      {note && <p>{note}</p>}
      {lines.length === 0 ? (
        <Empty icon="register" title={words.say('organizations.nothing-behind')} />
      ) : (
        <RuledTable caption={title} columns={[{ head: say(first) }, { head: say(second) }]} rows={rows} />
      )}
      {pages > 1 && (
        <div class="leafing">
          <Button icon="back" disabled={at === 1} onClick={() => setPage(at - 1)}>
            {words.say('organizations.page-before')}
          </Button>
          <Button icon="next" iconAfter disabled={at === pages} onClick={() => setPage(at + 1)}>
            {words.say('organizations.page-after')}
          </Button>
        </div>
      )}
    </Page>
  );
}
