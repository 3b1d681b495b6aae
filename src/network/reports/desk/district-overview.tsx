import type { VNode } from 'preact';
import { nameIn } from '../../../kernel/names.ts';
import { Icon, type IconName } from '../../../platform/design/phone/icon.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import type { MessageId } from '../../../platform/languages/message-id.generated.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { DistrictFigure } from '../district-figures.ts';
import type { DistrictPage, OpenedPage } from '../district-page.ts';
import type { Shown } from '../opened-figure.ts';

const faces: Readonly<
  Record<DistrictFigure, { readonly icon: IconName; readonly says: MessageId & `reports.${string}` }>
> = {
  'people-given-blood': { icon: 'blood', says: 'reports.people-given-blood' },
  'families-carried': { icon: 'ambulance', says: 'reports.families-carried' },
  emergencies: { icon: 'emergency', says: 'reports.emergencies' },
  donors: { icon: 'blood', says: 'reports.donors' },
  'households-organized': { icon: 'household', says: 'reports.households-organized' },
  households: { icon: 'household', says: 'reports.households' },
  'village-organizations': { icon: 'office', says: 'reports.village-organizations' },
  'community-organizations': { icon: 'people', says: 'reports.community-organizations' },
  phones: { icon: 'saved', says: 'reports.phones' },
  waiting: { icon: 'warn', says: 'reports.waiting' },
};

type OverviewProps = {
  readonly page: DistrictPage;
  readonly opened: OpenedPage | null;
  readonly onOpen: (key: DistrictFigure) => void;
};

/** What the offices' registers say, and one figure opened into office and month. */
export function DistrictOverview({ page, opened, onOpen }: OverviewProps): VNode {
  const words = useWords();
  return (
    <div class="over">
      <section aria-labelledby="figures">
        <h2 class="h2" id="figures">
          {words.say('reports.from-registers')}
          <span>{words.say('reports.this-month', { month: page.today.slice(0, 7) })}</span>
        </h2>
        <ul class="says">
          {page.figures.map(({ key, count, thisMonth }) => (
            <li key={key} class={opened?.key === key ? 'open' : ''}>
              <Icon name={faces[key].icon} />
              <Count shown={count} what={words.say(faces[key].says)} onOpen={() => onOpen(key)} />
              <p>{words.say(faces[key].says)}</p>
              <span class="month">{thisMonth === null || thisMonth === 0 ? '' : <Plus shown={thisMonth} />}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-live="polite">
        {opened ? <Opened page={page} opened={opened} /> : <p class="note">{words.say('reports.choose')}</p>}
        <h2 class="h2 second">{words.say('reports.offices')}</h2>
        <table class="ledger">
          <caption class="away">{words.say('reports.offices')}</caption>
          <thead>
            <tr>
              <th scope="col">{words.say('reports.office')}</th>
              <th scope="col">{words.say('reports.heard')}</th>
            </tr>
          </thead>
          <tbody>
            {page.offices.map((office) => (
              <tr key={office.office}>
                <th scope="row">{nameIn(office.names, words.language)}</th>
                <td>
                  {office.heardOn === null
                    ? words.say('reports.never-heard')
                    : words.relativeDay(office.heardOn, page.today)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Count({
  shown,
  what,
  onOpen,
}: {
  readonly shown: Shown;
  readonly what: string;
  readonly onOpen: () => void;
}): VNode {
  const words = useWords();
  return <Figure value={shown === 'few' ? words.say('reports.few') : shown} what={what} onOpen={onOpen} />;
}

function Plus({ shown }: { readonly shown: Shown }): VNode {
  const words = useWords();
  return shown === 'few' ? <span>{words.say('reports.few')}</span> : <Ltr>{`+${words.number(shown)}`}</Ltr>;
}

function Opened({ page, opened }: { readonly page: DistrictPage; readonly opened: OpenedPage }): VNode {
  const words = useWords();
  const { offices, months, counts, officeSums, monthSums, sum } = opened.opened;
  const named = new Map(page.offices.map((office) => [office.office, office]));
  const title = words.say(faces[opened.key].says);
  return (
    <>
      <h2 class="h2">
        {title}
        <span>{words.say('reports.office-and-month')}</span>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keys. */}
      <section class="wide" aria-label={title} tabIndex={0}>
        <table class="ledger months">
          <caption class="away">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.say('reports.office')}</th>
              {months.map((month) => (
                <th scope="col" key={month}>
                  <Month month={month} />
                </th>
              ))}
              <th scope="col">{words.say('reports.sum')}</th>
            </tr>
          </thead>
          <tbody>
            {offices.map((office, o) => {
              const known = named.get(office);
              return (
                <tr key={office}>
                  <th scope="row">{known ? nameIn(known.names, words.language) : String(office)}</th>
                  {months.map((month, m) => (
                    <td key={month}>
                      <Cell shown={counts[o]?.[m] ?? 0} />
                    </td>
                  ))}
                  <td class="sum">
                    <Cell shown={officeSums[o] ?? 0} />
                  </td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{nameIn(page.office.names, words.language)}</th>
              {months.map((month, m) => (
                <td key={month}>
                  <Cell shown={monthSums[m] ?? 0} />
                </td>
              ))}
              <td class="sum">
                <Cell shown={sum} />
              </td>
            </tr>
          </tfoot>
        </table>
      </section>
      <p class="note">{words.say('reports.few-means')}</p>
    </>
  );
}

function Month({ month }: { readonly month: string }): VNode {
  const words = useWords();
  // The year stands only where it changes: twelve columns have room for a month's name and no more.
  const [name] = words.month(month).split(/\s+(?=[^\s]*$)/);
  return (
    <>
      <span>{name}</span>
      {month.endsWith('-01') && <small>{month.slice(0, 4)}</small>}
    </>
  );
}

function Cell({ shown }: { readonly shown: Shown }): VNode {
  const words = useWords();
  if (shown === 'few') return <span class="few">{words.say('reports.few')}</span>;
  if (shown === 0) return <span class="nil">·</span>;
  return <Ltr>{words.number(shown)}</Ltr>;
}
