import type { VNode } from 'preact';
import { nameIn } from '../../../kernel/names.ts';
import { daysBetween } from '../../../kernel/plain-date.ts';
import { useAnswer, useDesk } from '../../../platform/access/desk/desk.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { Figure, Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Say, useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { FigureSum, OverviewAnswer } from '../desk-pages.ts';
import { Cartogram } from './cartogram.tsx';
import { DistrictTable } from './district-table.tsx';
import { figureFaces } from './figure-faces.ts';
import { Growth } from './growth.tsx';
import { OfficesOf } from './office-list.tsx';

/** The first page: where the programme stands, what waits, and what the registers say. */
export function OverviewPage(): VNode {
  const words = useWords();
  const { person } = useDesk();
  const page = useAnswer<OverviewAnswer>('overview');
  if (page === null || page === 'not-there') return <Waiting />;
  const whole = page.districts.length > 0;
  return (
    <>
      <div class="title">
        <h1>{whole ? words.say('reports.grown') : nameIn(person.names, words.language)}</h1>
        <p>{words.say(person.role === 'funder' ? 'reports.published' : 'reports.opens')}</p>
      </div>
      {whole ? (
        <div class="over three-wide">
          <section aria-labelledby="map">
            <h2 class="h2" id="map">
              {words.say('reports.map', { count: page.districts.length })}
              <span>{words.say('reports.organized-share')}</span>
            </h2>
            <Cartogram districts={page.districts} />
            <Matters page={page} />
          </section>
          <section aria-labelledby="grown">
            <h2 class="h2" id="grown">
              {words.say('reports.dots')}
            </h2>
            <Growth lsos={page.lsos} />
            <DistrictTable page={page} />
          </section>
          <Registers page={page} />
        </div>
      ) : (
        <div class="over">
          <div>
            <Registers page={page} />
            {person.role !== 'funder' && <Matters page={page} />}
          </div>
          {person.role !== 'funder' && (
            <div>
              <h2 class="h2">{words.say('reports.offices')}</h2>
              <OfficesOf />
            </div>
          )}
        </div>
      )}
    </>
  );
}

/** What waits for a person: refusals and flags with their age, silence, hospitals that nobody has looked at for long. */
function Matters({ page }: { readonly page: OverviewAnswer }): VNode {
  const words = useWords();
  const { waiting, quiet, facilities, today } = page;
  const days = waiting.since === null ? 0 : daysBetween(waiting.since, today);
  const age = waiting.since !== null && (
    <em>{words.say('reports.waiting-for', { minutes: Math.max(1, days) * 1440 })}</em>
  );
  return (
    <ul class="matters">
      <li>
        <Icon name="warn" />
        <a href="/desk/offices/waiting">{words.say('reports.entries-refused', { count: waiting.refusals })}</a>
        {waiting.refusals > 0 && age}
      </li>
      <li>
        <Icon name="warn" />
        <a href="/desk/offices/waiting">{words.say('reports.flags-waiting', { count: waiting.flags })}</a>
        {waiting.refusals === 0 && age}
      </li>
      <li>
        <Icon name="late" />
        <a href="/desk/offices/quiet">{words.say('reports.offices-quiet', { count: quiet })}</a>
      </li>
      <li>
        <Icon name="hospital" />
        <span>{words.say('reports.facilities-stale', { count: facilities.stale })}</span>
      </li>
    </ul>
  );
}

function Registers({ page }: { readonly page: OverviewAnswer }): VNode {
  const words = useWords();
  const { person } = useDesk();
  return (
    <section aria-labelledby="figures">
      <h2 class="h2" id="figures">
        {words.say('reports.from-registers')}
        <span>{words.say('reports.this-month', { month: page.today.slice(0, 7) })}</span>
      </h2>
      <ul class="says">
        {page.figures.map((figure) => (
          <RegisterLine key={figure.key} figure={figure} opens={person.role !== 'funder'} />
        ))}
      </ul>
    </section>
  );
}

export function RegisterLine({ figure, opens }: { readonly figure: FigureSum; readonly opens: boolean }): VNode {
  const words = useWords();
  const { key, count, thisMonth, carriedForward, estimated } = figure;
  const what = words.say(figureFaces[key].says);
  const written = (shown: number | 'few') => (shown === 'few' ? words.say('reports.few') : words.number(shown));
  return (
    <li>
      <Icon name={figureFaces[key].icon} />
      <Figure
        value={count === 'few' ? words.say('reports.few') : count}
        what={what}
        {...(opens && { href: `/desk/registers/${key}` })}
      />
      <p>
        {what}
        {carriedForward !== 0 && (
          <small>
            <Say id="reports.carried" params={{ count: written(carriedForward) }} />
          </small>
        )}
        {estimated !== 0 && (
          <small>
            <Say id="reports.estimated" params={{ count: written(estimated) }} />
          </small>
        )}
      </p>
      <span class="month">
        {thisMonth === null || thisMonth === 0 ? (
          ''
        ) : thisMonth === 'few' ? (
          words.say('reports.few')
        ) : (
          <Ltr>{`+${words.number(thisMonth)}`}</Ltr>
        )}
      </span>
    </li>
  );
}
