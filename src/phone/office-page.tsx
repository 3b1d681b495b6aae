import type { FunctionComponent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { mayMove } from '../federation/moves/phone/organization-pick.tsx';
import { organizationKind } from '../federation/organizations/organization.ts';
import { OrganizationName } from '../federation/organizations/phone/organization-name.tsx';
import { arrivalsWaiting } from '../federation/transfers/phone/transfers-page.tsx';
import { nameIn } from '../kernel/names.ts';
import { type GrantPage, grantKind, type PhonePage, phoneKind } from '../platform/access/grants.ts';
import { askCode, askImportLeave, type MadeCode } from '../platform/access/phone/asking.ts';
import type { Opened } from '../platform/access/phone/vault.ts';
import { formatHead } from '../platform/book/chain.ts';
import { countOf } from '../platform/book/figures.ts';
import { useOffice } from '../platform/book/phone/office.tsx';
import { type Restoration, restorationKind } from '../platform/book/restoration.ts';
import { Button, TouchRow } from '../platform/design/phone/button.tsx';
import { CodeSquare } from '../platform/design/phone/code-square.tsx';
import { Figure, Ltr } from '../platform/design/phone/isolated.tsx';
import { Tag } from '../platform/design/phone/marks.tsx';
import { Notice } from '../platform/design/phone/notice.tsx';
import { Page } from '../platform/design/phone/page.tsx';
import { useWords } from '../platform/languages/phone/words-context.tsx';
import type { Head } from '../platform/sync/client.ts';

/** Where a figure of the profile opens. */
const opens = { household: 'organized', vo: 'vos', co: 'cos' } as const;

/** Who writes for the office, on which phones, and the head of its book. A bearer makes codes for new phones and takes phones back. */
export function OfficePage({ opened, head }: { readonly opened: Opened; readonly head: Head | null }): VNode {
  const words = useWords();
  const { copy, back, go, today, me, write, addressOfCode } = useOffice();
  const [code, setCode] = useState<({ readonly name: string } & MadeCode) | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [asking, setAsking] = useState<string | null>(null);
  const [Imports, setImports] = useState<FunctionComponent<{ readonly askLeave: () => Promise<string | null> }> | null>(
    null,
  );
  useEffect(() => {
    void import('../network/exchange/phone/office-imports.tsx').then(({ OfficeImports }) =>
      setImports(() => OfficeImports),
    );
  }, []);
  const grants = [...copy.all<GrantPage>(grantKind)].filter(({ body }) => body.until === null);
  const phones = [...copy.all<PhonePage>(phoneKind)].filter(({ body }) => body.withdrawnOn === null);
  const restored = [...copy.all<Restoration>(restorationKind)]
    .map(({ body }) => body)
    .sort((a, b) => b.epoch - a.epoch)[0];
  const mayEnrol = copy.actor.grants.some(({ role }) => role === 'lso-bearer');
  const figure = (name: string, by?: Readonly<Record<string, string>>) =>
    countOf(copy.cells(), { figure: name, to: today, ...(by && { by }) });
  const waiting = arrivalsWaiting(copy);
  const name = (names: GrantPage['names']) => nameIn(names, words.language);

  async function makeCode({ person, names, organization }: GrantPage): Promise<void> {
    setAsking(person);
    setSaid(null);
    try {
      const made = await askCode(opened.secret.token, { person, names, organization });
      if (made === null) setSaid(words.say('access.not-allowed'));
      else setCode({ name: name(names), ...made });
    } catch {
      setSaid(words.say('access.enrol-offline'));
    }
    setAsking(null);
  }

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
        <Ltr>{words.number(grants.length)}</Ltr>
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
      {said && <Notice>{said}</Notice>}
      {code && (
        <Notice tone="good" icon="key">
          <p>{words.say('phone.code-for', { name: code.name })}</p>
          <p class="fig">
            <Ltr>
              {code.code.slice(0, 5)} {code.code.slice(5)}
            </Ltr>
          </p>
          <CodeSquare text={addressOfCode(code.code)} label={words.say('phone.code-picture')} />
          <p>{words.say('phone.code-picture')}</p>
          {code.needsSecond && <p>{words.say('phone.code-needs-second')}</p>}
        </Notice>
      )}
      <ul class="rows">
        {grants.map(({ id, body }) => {
          const own = phones.filter((phone) => phone.body.person === body.person);
          return (
            <li key={id}>
              <div class="row">
                <span class="n">
                  <b>{name(body.names)}</b>
                  <small>
                    <OrganizationName id={body.organization} />
                  </small>
                </span>
                {own.length > 0 && (
                  <Tag icon="saved" tone="yes">
                    {words.say('phone.has-phones', { count: own.length })}
                  </Tag>
                )}
                {mayEnrol && (
                  <Button icon="key" busy={asking === body.person} onClick={() => void makeCode(body)}>
                    {words.say('phone.make-code')}
                  </Button>
                )}
              </div>
              {mayEnrol &&
                own.map((phone) => (
                  <div class="row" key={phone.id}>
                    <span class="n">
                      <small>
                        {words.say(phone.body.byStaff ? 'phone.opened-by-staff' : 'phone.opened-on', {
                          on: phone.body.on,
                        })}
                      </small>
                    </span>
                    <Button icon="cross" onClick={() => void write('access.withdraw-phone', { phone: phone.id })}>
                      {words.say('phone.take-back')}
                    </Button>
                  </div>
                ))}
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
      <TouchRow boxed icon="key" onClick={() => go('/complaints')}>
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
