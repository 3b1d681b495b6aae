import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { findIn, searchKey } from '../../../kernel/words.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { cutOffSheetKind, openingOf } from '../../office/cut-off-sheet.ts';
import { lsoProfile } from '../lso-profile.ts';
import { type Organization, stands } from '../organization.ts';
import { sayOrganization } from '../say-organization.ts';
import { type Below, belowOf } from './below.ts';
import { ownOrganizations } from './own-organizations.ts';

/** A line of the tree: an organization, what stands below it, and its status where it does not simply meet. */
export function OrganizationRow({ kept, below }: { readonly kept: Kept<Organization>; readonly below: Below }): VNode {
  const words = useWords();
  const { go } = useOffice();
  const { id, body } = kept;
  const cos = (below.children.get(id) ?? []).filter((child) => child.body.tier === 'co' && stands(child.body.status));
  const households = below.households.get(id) ?? 0;
  return (
    <TouchRow
      icon={body.tier === 'co' ? 'people' : 'office'}
      onClick={() => go(`/organizations/${id}`)}
      note={
        body.tier === 'vo'
          ? words.say('organizations.row-vo', { cos: cos.length, households })
          : words.say('organizations.row-households', { households })
      }
      end={
        body.status !== 'active' && (
          <Tag icon={body.status === 'forming' ? 'late' : 'absent'} tone={body.status === 'forming' ? 'wait' : 'muted'}>
            {words.say(`organizations.status-${body.status}`)}
          </Tag>
        )
      }
    >
      {sayOrganization(words, body)}
    </TouchRow>
  );
}

/** The tree of this office as a quiet list, and the ways to its profile, its places and its opening. */
export function OrganizationsPage(): VNode {
  const words = useWords();
  const { copy, go, back, me, today } = useOffice();
  const [search, setSearch] = useState('');
  const { organizations, below } = useMemo(() => {
    const own = ownOrganizations(copy);
    return { organizations: own, below: belowOf(copy, own) };
  }, [copy, copy.changes]);
  const keys = useMemo(
    () =>
      organizations.map(({ body: { names, number } }) =>
        searchKey(names.sd, names.ur, names.en, number === null ? null : String(number)),
      ),
    [organizations],
  );
  const typed = searchKey(search);
  const listed =
    search.trim() === ''
      ? (below.children.get(me.root) ?? []).filter(({ body }) => stands(body.status))
      : organizations
          .map((kept, i) => ({ kept, found: findIn(keys[i] ?? typed, typed) }))
          .filter(({ found }) => found > 0)
          .sort((a, b) => b.found - a.found)
          .slice(0, 30)
          .map(({ kept }) => kept);
  const gone = organizations.filter(({ body }) => !stands(body.status));
  const profile = lsoProfile(copy.cells(), today);
  const cos = organizations.filter(({ body }) => body.tier === 'co' && stands(body.status));
  const sheets = new Map([...copy.all(cutOffSheetKind)].map(({ body }) => [body.organization, body]));
  const live = cos.filter(({ id }) => openingOf(sheets.get(id)) === 'live').length;
  const mayForm = copy.actor.grants.some(({ role }) => role === 'lso-bearer');
  const counted = words.say('organizations.counted', {
    vos: profile.villageOrganizations.count,
    households: profile.organizedHouseholds.count,
  });
  return (
    <Page
      title={words.say('organizations.title')}
      back={back}
      help={words.say('organizations.help')}
      foot={
        mayForm && (
          <ActionRow>
            <Button kind="go" icon="people" onClick={() => go('/organizations/form')}>
              {words.say('organizations.form')}
            </Button>
          </ActionRow>
        )
      }
    >
      <div class="count">
        <Figure value={profile.communityOrganizations.count} />
        <p>{counted}</p>
        <ListenMark text={`${words.number(profile.communityOrganizations.count)} ${counted}`} />
      </div>
      {organizations.length > 8 && (
        <Field type="search" label={words.say('organizations.search')} value={search} onInput={setSearch} />
      )}
      {listed.length === 0 ? (
        <Empty icon="people" title={words.say(search === '' ? 'organizations.none' : 'organizations.not-found')}>
          {search === '' && <p>{words.say('organizations.none-help')}</p>}
        </Empty>
      ) : (
        <ul class="rows">
          {listed.map((kept) => (
            <li key={kept.id}>
              <OrganizationRow kept={kept} below={below} />
            </li>
          ))}
        </ul>
      )}
      <TouchRow boxed icon="report" onClick={() => go('/organizations/profile')}>
        {words.say('organizations.profile')}
      </TouchRow>
      <TouchRow boxed icon="plan" onClick={() => go('/places')}>
        {words.say('organizations.places')}
      </TouchRow>
      <TouchRow
        boxed
        icon="register"
        onClick={() => go('/organizations/opening')}
        end={
          <Ltr>
            {words.number(live)}/{words.number(cos.length)}
          </Ltr>
        }
      >
        {words.say('organizations.opening')}
      </TouchRow>
      {search === '' && gone.length > 0 && (
        <section class="part-of-page">
          <div class="head">
            <h2>{words.say('organizations.gone')}</h2>
            <Ltr>{words.number(gone.length)}</Ltr>
          </div>
          <ul class="rows">
            {gone.map((kept) => (
              <li key={kept.id}>
                <OrganizationRow kept={kept} below={below} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
