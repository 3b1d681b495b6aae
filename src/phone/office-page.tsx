import type { FunctionComponent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { mayMove } from '../federation/moves/phone/organization-pick.tsx';
import { organizationKind } from '../federation/organizations/organization.ts';
import { OrganizationName } from '../federation/organizations/phone/organization-name.tsx';
import { arrivalsWaiting } from '../federation/transfers/phone/transfers-page.tsx';
import { nameIn } from '../kernel/names.ts';
import { askImportLeave } from '../platform/access/phone/asking.ts';
import type { Opened } from '../platform/access/phone/vault.ts';
import { formatHead } from '../platform/book/chain.ts';
import { countOf } from '../platform/book/figures.ts';
import { useOffice } from '../platform/book/phone/office.tsx';
import { type Restoration, restorationKind } from '../platform/book/restoration.ts';
import { TouchRow } from '../platform/design/phone/button.tsx';
import { Figure, Ltr } from '../platform/design/phone/isolated.tsx';
import { Tag } from '../platform/design/phone/marks.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import type { Head } from '../platform/sync/client.ts';
import { leadersIn, phonesOf } from './leaders.ts';

/** Where a figure of the profile opens. */
const opens = { household: 'organized', vo: 'vos', co: 'cos' } as const;

/** Who writes for the office, on which phones, and the head of its book. A leader's line opens into her phones. */
export function OfficePage({ opened, head }: { readonly opened: Opened; readonly head: Head | null }): VNode {
  const words = useWords();
  const { copy, back, go, today, me } = useOffice();
  const [Imports, setImports] = useState<FunctionComponent<{ readonly askLeave: () => Promise<string | null> }> | null>(
    null,
  );
  useEffect(() => {
    void import('../network/exchange/phone/office-imports.tsx').then(({ OfficeImports }) =>
      setImports(() => OfficeImports),
    );
  }, []);
  const leaders = leadersIn(copy);
  const restored = [...copy.all<Restoration>(restorationKind)]
    .map(({ body }) => body)
    .sort((a, b) => b.epoch - a.epoch)[0];
  const mayEnrol = copy.actor.grants.some(({ role }) => role === 'lso-bearer');
  const figure = (name: string, by?: Readonly<Record<string, string>>) =>
    countOf(copy.cells(), { figure: name, to: today, ...(by && { by }) });
  const waiting = arrivalsWaiting(copy);

  const profile = [
    [
      'household',
      figure('households', { organized: 'yes' }),
      words.say('phone.households-organized', { of: figure('households') }),
    ],
    ['vo', figure('organizations', { tier: 'vo' }), words.say('phone.village-organizations')],
    ['co', figure('organizations', { tier: 'co' }), words.say('phone.community-organizations')],
  ] as const;
  return (
    <Page
      title={nameIn(me.officeNames, words.language)}
      subtitle={copy.get(organizationKind, me.root) && <OrganizationName id={me.root} />}
      back={back}
      help={words.say('phone.office-help')}
    >
      <ul class="rows">
        {profile.map(([key, value, what]) => (
          <li key={key}>
            <div class="row">
              <span class="n">{what}</span>
              <Figure value={value} what={what} onOpen={() => go(`/organizations/profile/${today}/${opens[key]}`)} />
            </div>
          </li>
        ))}
      </ul>
      <TouchRow boxed icon="people" onClick={() => go('/organizations')}>
        {words.say('phone.organizations')}
      </TouchRow>
      <TouchRow boxed icon="report" onClick={() => go('/organizations/profile')}>
        {words.say('phone.profile')}
      </TouchRow>
      <TouchRow boxed icon="plan" onClick={() => go('/places')}>
        {words.say('phone.places')}
      </TouchRow>
      {mayMove(copy.actor) && (
        <TouchRow
          boxed
          icon="linkage"
          onClick={() => go('/transfers')}
          end={waiting > 0 && <Tag tone="wait">{words.number(waiting)}</Tag>}
        >
          {words.say('transfers.title')}
        </TouchRow>
      )}
      <TouchRow boxed icon="saved" note={words.say('phone.this-phone-row')} onClick={() => go('/this-phone')}>
        {words.say('phone.this-phone')}
      </TouchRow>
      <TouchRow boxed icon="register" onClick={() => go('/print')}>
        {words.say('print.title')}
      </TouchRow>
      <div class="head">
        <h2>{words.say('phone.leaders')}</h2>
        <Ltr>{words.number(leaders.length)}</Ltr>
      </div>
      {mayEnrol && (
        <>
          <TouchRow boxed icon="key" note={words.say('phone.meeting-phones-note')} onClick={() => go('/phones/new')}>
            {words.say('phone.meeting-phones')}
          </TouchRow>
          <TouchRow boxed icon="done" note={words.say('phone.confirm-note')} onClick={() => go('/phones/confirm')}>
            {words.say('phone.confirm')}
          </TouchRow>
        </>
      )}
      <ul class="rows">
        {leaders.map(({ person, names, organization }) => {
          const has = phonesOf(copy, person).length;
          return (
            <li key={person}>
              <TouchRow
                icon="people"
                note={<OrganizationName id={organization} />}
                onClick={() => go(`/phones/of/${person}`)}
                end={
                  has > 0 && (
                    <Tag icon="saved" tone="yes">
                      {words.say('phone.has-phones', { count: has })}
                    </Tag>
                  )
                }
              >
                {nameIn(names, words.language)}
              </TouchRow>
            </li>
          );
        })}
      </ul>
      {Imports && <Imports askLeave={() => askImportLeave(opened.secret.token)} />}
      {restored && (
        <Notice tone="calm" icon="office">
          {words.say('phone.restored', { on: restored.on })}
        </Notice>
      )}
      <TouchRow boxed icon="hide" onClick={() => go('/who-looked')}>
        {words.say('book.who-looked')}
      </TouchRow>
      <TouchRow boxed icon="erase" onClick={() => go('/erasure')}>
        {words.say('book.asked-erasure')}
      </TouchRow>
      <TouchRow boxed icon="advocacy" onClick={() => go('/complaints')}>
        {words.say('book.complain')}
      </TouchRow>
      {head && (
        <p class="muted">
          {words.say('phone.head')} <Ltr class="wraps">{formatHead(head.hash)}</Ltr>
        </p>
      )}
    </Page>
  );
}
