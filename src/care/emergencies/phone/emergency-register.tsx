import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { originsOf } from '../../../federation/office/origins.ts';
import { OrganizationName } from '../../../federation/organizations/phone/organization-name.tsx';
import { countOf } from '../../../platform/book/figures.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import { Figure } from '../../../platform/design/phone/isolated.tsx';
import { ListenMark, Tag } from '../../../platform/design/phone/marks.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { RuledTable } from '../../../platform/design/phone/ruled-table.tsx';
import { Say, useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Emergency, emergencyKind } from '../emergency.ts';

const linesOnPage = 12;

/** The nights of this office: the page behind "people given blood" and "families carried". */
export function EmergencyRegister(): VNode {
  const words = useWords();
  const { copy, go, back, today } = useOffice();
  const nights = useMemo(
    () =>
      [...copy.all<Emergency>(emergencyKind)]
        .sort((a, b) => a.body.openedAt - b.body.openedAt)
        .map((night, i) => ({ ...night, number: i + 1 })),
    [copy, copy.changes],
  );
  const pages = Math.max(1, Math.ceil(nights.length / linesOnPage));
  const [page, setPage] = useState(pages);
  const at = Math.min(page, pages);
  const figure = (name: string) => countOf(copy.cells(), { figure: name, to: today });
  const { carriedForward, estimated } = originsOf(copy.cells(), { figure: 'people-given-blood', to: today });
  return (
    <Page
      title={words.say('emergencies.register')}
      subtitle={words.say('emergencies.page-of', { page: at, of: pages })}
      back={back}
      help={words.say('emergencies.register-help')}
      foot={
        <ActionRow>
          <Button kind="emergency" icon="emergency" onClick={() => go('/emergencies/open')}>
            {words.say('emergencies.new')}
          </Button>
        </ActionRow>
      }
    >
      <div class="count">
        <Figure value={figure('people-given-blood')} />
        <p>
          <Say id="emergencies.counted" params={{ carried: figure('families-carried') }} />
        </p>
        <ListenMark
          text={`${words.number(figure('people-given-blood'))} ${words.say('emergencies.counted', {
            carried: figure('families-carried'),
          })}`}
        />
      </div>
      {nights.length === 0 ? (
        <Empty icon="emergency" title={words.say('emergencies.none')} />
      ) : (
        <RuledTable
          caption={words.say('emergencies.register')}
          columns={[
            { head: words.say('emergencies.head-when') },
            { head: words.say('emergencies.head-what') },
            { head: words.say('emergencies.head-outcome') },
          ]}
          rows={nights.slice((at - 1) * linesOnPage, at * linesOnPage).map(({ id, body, number }) => ({
            key: id,
            number,
            onOpen: () => go(`/emergencies/${id}`),
            cells: [
              <>
                {words.date(body.openedOn)}
                {body.vo && (
                  <small>
                    <OrganizationName id={body.vo} />
                  </small>
                )}
              </>,
              words.say(`emergencies.type-${body.type}`),
              body.outcome === null ? (
                <Tag key="open" icon="late" tone="wait">
                  {words.say('emergencies.still-open')}
                </Tag>
              ) : body.outcome.bloodGiven ? (
                words.say('emergencies.blood-yes')
              ) : (
                words.say(`emergencies.ending-${body.outcome.ending}`)
              ),
            ],
          }))}
        />
      )}
      {carriedForward > 0 && (
        <p class="muted">{words.say('emergencies.of-which-carried', { count: carriedForward })}</p>
      )}
      {estimated > 0 && <p class="muted">{words.say('emergencies.of-which-estimated', { count: estimated })}</p>}
      {pages > 1 && (
        <div class="leafing">
          <Button icon="back" disabled={at === 1} onClick={() => setPage(at - 1)}>
            {words.say('emergencies.earlier')}
          </Button>
          <Button icon="next" iconAfter disabled={at === pages} onClick={() => setPage(at + 1)}>
            {words.say('emergencies.later')}
          </Button>
        </div>
      )}
      <TouchRow boxed icon="plan" onClick={() => go('/emergencies/plans')}>
        {words.say('emergencies.plans')}
      </TouchRow>
      <TouchRow boxed icon="call" onClick={() => go('/emergencies/numbers')}>
        {words.say('emergencies.numbers')}
      </TouchRow>
      <TouchRow boxed icon="register" onClick={() => go('/emergencies/before')}>
        {words.say('emergencies.before')}
      </TouchRow>
    </Page>
  );
}
