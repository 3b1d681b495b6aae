import type { VNode } from 'preact';
import { nameIn } from '../../../kernel/names.ts';
import { useAnswer } from '../../../platform/access/desk/desk.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { Figure } from '../../../platform/design/phone/isolated.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { OverviewAnswer, ReportAnswer } from '../desk-pages.ts';
import { DistrictTable } from './district-table.tsx';
import { figureFaces } from './figure-faces.ts';
import { Count } from './ledger.tsx';
import { Missing } from './missing.tsx';
import { OfficesOf } from './office-list.tsx';

/** All districts, with every column and their files. */
export function DistrictList(): VNode {
  const words = useWords();
  const page = useAnswer<OverviewAnswer>('overview');
  if (page === null || page === 'not-there') return <Waiting />;
  return (
    <>
      <div class="title">
        <h1>{words.say('reports.map', { count: page.districts.length })}</h1>
        <p>{words.say('reports.opens')}</p>
      </div>
      <DistrictTable page={page} whole />
    </>
  );
}

/** One district: what its registers say to date, and its offices. */
export function DistrictPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const overview = useAnswer<OverviewAnswer>('overview');
  const month = overview === null || overview === 'not-there' ? null : overview.today.slice(0, 7);
  return month === null ? <Waiting /> : <District office={Number(params.office)} month={month} words={words} />;
}

function District({
  office,
  month,
  words,
}: {
  readonly office: number;
  readonly month: string;
  readonly words: ReturnType<typeof useWords>;
}): VNode {
  const report = useAnswer<ReportAnswer>(`reports/${month}/${office}`);
  if (report === null) return <Waiting />;
  if (report === 'not-there' || report.of.tier !== 'district') return <Missing />;
  return (
    <>
      <div class="title">
        <h1>{nameIn(report.of.names, words.language)}</h1>
        <p>
          <a href={`/desk/reports/${month}/${office}`}>{words.say('reports.open-report')}</a>
        </p>
      </div>
      <div class="over">
        <section aria-labelledby="figures">
          <h2 class="h2" id="figures">
            {words.say('reports.from-registers')}
            <span>{words.say('reports.this-month', { month })}</span>
          </h2>
          <ul class="says">
            {report.lines.map(({ key, toDate, inMonth, stock }) => (
              <li key={key}>
                <Icon name={figureFaces[key].icon} />
                <Figure
                  value={toDate === 'few' ? words.say('reports.few') : toDate}
                  what={words.say(figureFaces[key].says)}
                  href={`/desk/registers/${key}/${office}`}
                />
                <p>{words.say(figureFaces[key].says)}</p>
                <span class="month">{!stock && inMonth !== 0 && <Count shown={inMonth} />}</span>
              </li>
            ))}
          </ul>
        </section>
        <div>
          <h2 class="h2">{words.say('reports.offices')}</h2>
          <OfficesOf district={office} />
        </div>
      </div>
    </>
  );
}
