import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { isPlainDate } from '../../../kernel/plain-date.ts';
import { useAnswer, useDesk } from '../../../platform/access/desk/desk.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Say, useWords } from '../../../platform/languages/phone/words-context.tsx';
import { organizedLine } from '../desk-figures.ts';
import type { OfficeAnswer } from '../desk-pages.ts';
import { figureFaces } from './figure-faces.ts';
import { Count } from './ledger.tsx';
import { Missing } from './missing.tsx';
import { ShareBar, Sparkline } from './small-charts.tsx';

/** One LSO as RSPN prints it, on the day that is asked for, beside what its registers have counted. */
export function OfficePage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const [on, setOn] = useState<string | null>(null);
  const [last, setLast] = useState<OfficeAnswer | null>(null);
  const answer = useAnswer<OfficeAnswer>(`offices/${params.office}${on === null ? '' : `?on=${on}`}`);
  if (answer === 'not-there') return <Missing />;
  // While another day is on its way the page keeps the one before it.
  const page = answer ?? last;
  if (answer !== null && answer !== last) setLast(answer);
  return page === null ? <Waiting /> : <Office page={page} onDay={setOn} />;
}

function Office({ page, onDay }: { readonly page: OfficeAnswer; readonly onDay: (day: string) => void }): VNode {
  const words = useWords();
  const { person } = useDesk();
  const { office, district, today } = page;
  const others = [office.names.sd, office.names.ur, office.names.en].filter(
    (name) => name !== null && name !== nameIn(office.names, words.language),
  );
  return (
    <>
      <div class="band" aria-hidden="true" />
      <div class="title">
        <h1>{nameIn(office.names, words.language)}</h1>
        <p>
          {district &&
            // A district's own page is its first one.
            (person.tier === 'district' ? (
              <a href="/desk">{nameIn(district.names, words.language)}</a>
            ) : (
              <a href={`/desk/districts/${district.office}`}>{nameIn(district.names, words.language)}</a>
            ))}
          {others[0] && <bdi>{others[0]}</bdi>}
        </p>
        <div class="acts">
          <Button icon="report" onClick={() => print()}>
            {words.say('reports.print')}
          </Button>
        </div>
      </div>
      <div class="prof">
        <Profile page={page} onDay={onDay} />
        <section aria-labelledby="says">
          <h2 class="h2" id="says">
            {words.say('reports.its-registers')}
            <span>{words.say('reports.in-twelve')}</span>
          </h2>
          <ul class="six">
            {page.figures.map(({ key, counts, sum, stock }) => (
              <li key={key}>
                <b class="fig">
                  <Count shown={sum} />
                </b>
                <Icon name={figureFaces[key].icon} />
                <p>
                  {words.say(figureFaces[key].says)}
                  {stock && <small>{words.say('reports.standing')}</small>}
                </p>
                <Sparkline counts={counts} />
              </li>
            ))}
          </ul>
          <p class="note">{words.say('reports.few-means')}</p>
        </section>
        <section aria-labelledby="phones">
          <h2 class="h2" id="phones">
            {words.say('reports.its-phones')}
          </h2>
          <p class="plain">{words.say('reports.phones-say', { count: page.phones.enrolled })}</p>
          <p class="plain soft">{words.say('reports.phones-silent', { count: page.phones.quiet })}</p>
          <p class="plain soft">
            {page.heardOn === null
              ? words.say('reports.never-heard')
              : words.say('reports.last-heard', { when: words.relativeDay(page.heardOn, today) })}
          </p>
        </section>
      </div>
    </>
  );
}

function Profile({ page, onDay }: { readonly page: OfficeAnswer; readonly onDay: (day: string) => void }): VNode {
  const words = useWords();
  const { profile, formedOn, today } = page;
  const told = (origin: 'counted' | 'told') => origin === 'told' && <small>{words.say('reports.told')}</small>;
  const ofWomen = (women: number) => women > 0 && <small>{words.say('reports.of-women', { count: women })}</small>;
  const women = (count: number) => count > 0 && <small>{words.say('reports.women', { count })}</small>;
  const line = (what: string, value: ComponentChildren, under: ComponentChildren = null) => (
    <div>
      <dt>
        {what}
        {under}
      </dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <section aria-labelledby="profile">
      <h2 class="h2" id="profile">
        {words.say('reports.profile')}
        <span>{words.say('reports.as-of', { on: page.on })}</span>
      </h2>
      <label class="day-field">
        {words.say('reports.another-day')}
        <input
          type="date"
          value={page.on}
          max={today}
          onChange={({ currentTarget }) => {
            if (isPlainDate(currentTarget.value)) onDay(currentTarget.value);
          }}
        />
      </label>
      <dl class="card">
        {line(words.say('reports.formed-on'), formedOn === null ? <Count shown={null} /> : words.date(formedOn))}
        {line(
          words.say('reports.all-households'),
          <Count shown={profile.households.count} />,
          told(profile.households.origin),
        )}
        {line(
          words.say('reports.organized'),
          <Count shown={profile.organizedHouseholds.count} />,
          told(profile.organizedHouseholds.origin),
        )}
        {line(
          words.say('reports.coverage'),
          profile.coveragePercent === null ? (
            <Count shown={null} />
          ) : (
            <Ltr>{words.percent(profile.coveragePercent)}</Ltr>
          ),
        )}
        {line(
          words.say('reports.community-organizations'),
          <Count shown={profile.communityOrganizations.count} />,
          ofWomen(profile.communityOrganizations.women),
        )}
        {line(
          words.say('reports.village-organizations'),
          <Count shown={profile.villageOrganizations.count} />,
          ofWomen(profile.villageOrganizations.women),
        )}
        {line(
          words.say('reports.general-body'),
          <Ltr>{words.number(profile.generalBody.count)}</Ltr>,
          women(profile.generalBody.women),
        )}
        {line(
          words.say('reports.executive'),
          <Ltr>{words.number(profile.executiveCommittee.count)}</Ltr>,
          women(profile.executiveCommittee.women),
        )}
      </dl>
      {profile.coveragePercent !== null && (
        <div class="reached">
          <ShareBar percent={profile.coveragePercent} mark={organizedLine} large />
          <p>
            <Say id="reports.coverage-says" params={{ share: organizedLine }} />
          </p>
        </div>
      )}
    </section>
  );
}
