import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { Figure } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { stands } from '../../organizations/organization.ts';
import { OrganizationName } from '../../organizations/phone/organization-name.tsx';
import { ownOrganizations } from '../../organizations/phone/own-organizations.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';
import { cutOffSheetKind, type Opening, openingOf } from '../cut-off-sheet.ts';

const order: readonly Opening[] = ['written', 'not-begun', 'live'];

/** How far the opening has come: which COs have a sheet, and which are live. What can be done next stands first. */
export function OpeningPage(): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const cos = useMemo(() => {
    const sheets = new Map([...copy.all(cutOffSheetKind)].map(({ body }) => [body.organization, body]));
    return ownOrganizations(copy)
      .filter(({ body }) => body.tier === 'co' && stands(body.status))
      .map((co) => ({ co, opening: openingOf(sheets.get(co.id)) }))
      .sort((a, b) => order.indexOf(a.opening) - order.indexOf(b.opening));
  }, [copy, copy.changes]);
  const live = cos.filter(({ opening }) => opening === 'live').length;
  const counted = words.say('office.live-of', { of: cos.length });
  return (
    <Page title={words.say('organizations.opening')} back={back} help={words.say('office.opening-help')}>
      <div class="count">
        <Figure value={live} />
        <p>{counted}</p>
        <ListenMark text={`${words.number(live)} ${counted}`} />
      </div>
      {cos.length === 0 && <Empty icon="people" title={words.say('organizations.none')} />}
      <ul class="rows">
        {cos.map(({ co: { id, body }, opening }) => (
          <li key={id}>
            <TouchRow
              icon="people"
              onClick={() => go(`/organizations/${id}/cut-off`)}
              note={body.parent && <OrganizationName id={body.parent} />}
              end={
                <Tag
                  icon={opening === 'live' ? 'done' : opening === 'written' ? 'listen' : 'register'}
                  tone={opening === 'live' ? 'yes' : opening === 'written' ? 'wait' : 'muted'}
                >
                  {words.say(`office.opening-${opening}`)}
                </Tag>
              }
            >
              {sayOrganization(words, body)}
            </TouchRow>
          </li>
        ))}
      </ul>
      <TouchRow boxed icon="register" onClick={() => go('/emergencies/before')}>
        {words.say('office.old-figures')}
      </TouchRow>
    </Page>
  );
}
