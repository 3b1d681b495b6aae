import type { VNode } from 'preact';
import { nameIn } from '../../../kernel/names.ts';
import { useAnswer, useDesk } from '../../../platform/access/desk/desk.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { ComplaintLine, ReportAnswer } from '../desk-pages.ts';
import { formatMonthNumber, monthNumber } from '../month-series.ts';
import { figureFaces } from './figure-faces.ts';
import { type Column, Ledger } from './ledger.tsx';
import { Missing } from './missing.tsx';

type Line = ReportAnswer['lines'][number];
const parts = ['federation', 'care', 'office'] as const;
const partWords = { federation: 'reports.federation', care: 'reports.care', office: 'reports.office-group' } as const;

/** The report of the month before this one, of the reader's own office. */
export function LastReport(): VNode {
  const { person } = useDesk();
  return <Report month={formatMonthNumber(monthNumber(person.today) - 1)} office={null} />;
}

export function ReportOfMonth({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  return <Report month={params.month ?? ''} office={params.office ?? null} />;
}

function Report({ month, office }: { readonly month: string; readonly office: string | null }): VNode {
  const words = useWords();
  const { person } = useDesk();
  const below = office === null ? '' : `/${office}`;
  const report = useAnswer<ReportAnswer>(`reports/${month}${below}`);
  if (report === 'not-there') return <Missing />;
  if (report === null) return <Waiting />;
  const step = (by: number) => formatMonthNumber(monthNumber(month) + by);
  const columns: Column<Line>[] = [
    {
      key: 'what',
      head: words.say('reports.counted-what'),
      tag: '#indicator+name',
      value: ({ key }) => words.say(figureFaces[key].says),
    },
    {
      key: 'before',
      head: words.say('reports.before', { month }),
      tag: '#indicator+before',
      value: ({ before }) => before,
    },
    {
      key: 'in',
      head: words.say('reports.in-month', { month }),
      tag: '#indicator+month',
      value: ({ inMonth }) => inMonth,
    },
    { key: 'to', head: words.say('reports.to-date'), tag: '#indicator+todate', value: ({ toDate }) => toDate },
    {
      key: 'paper',
      head: words.say('reports.of-paper'),
      tag: '#indicator+carried',
      value: ({ carriedForward, estimated }) =>
        carriedForward === 'few' || estimated === 'few' ? 'few' : carriedForward + estimated,
    },
  ];
  return (
    <>
      <div class="title">
        <h1>
          {words.month(month)} <span>{nameIn(report.of.names, words.language)}</span>
        </h1>
        <p>{words.say('reports.progress')}</p>
        <nav class="choices" aria-label={words.say('reports.progress')}>
          <a href={`/desk/reports/${step(-1)}${below}`}>{words.say('reports.earlier')}</a>
          {!report.running && <a href={`/desk/reports/${step(1)}${below}`}>{words.say('reports.later')}</a>}
        </nav>
      </div>
      <div class="rep">
        <div>
          <Ledger
            caption={words.say('reports.progress')}
            columns={columns}
            rows={parts.flatMap((part) => report.lines.filter(({ key }) => figureFaces[key].part === part))}
            rowKey={({ key }) => key}
            groupOf={({ key }) => words.say(partWords[figureFaces[key].part])}
            file={`report-${month}`}
            class="mpr"
          />
          {report.complaints && <Complaints lines={report.complaints} />}
        </div>
        <aside class="side">
          <h2>{words.say('reports.how-counted')}</h2>
          <p>{words.say('reports.how-counted-says', { count: report.offices })}</p>
          <p>{words.say('reports.not-in', { count: report.offices - report.heard })}</p>
          {report.running && <p>{words.say('reports.still-running', { day: report.closesOn })}</p>}
          <p>{words.say('reports.few-means')}</p>
          <div class="sign">
            <p>
              {words.say(
                person.tier === 'district' || report.of.tier === 'district'
                  ? 'reports.signed-district'
                  : 'reports.signed-head',
              )}
              <span>{words.say('reports.signed-on')}</span>
            </p>
          </div>
        </aside>
      </div>
    </>
  );
}

/** How many complaints have come so far, by the post that is complained of. */
function Complaints({ lines }: { readonly lines: readonly ComplaintLine[] }): VNode {
  const words = useWords();
  const columns: Column<ComplaintLine>[] = [
    {
      key: 'about',
      head: words.say('reports.complained-of'),
      tag: '#meta+complaints+about',
      value: ({ about }) => words.say(`complaints.about-${about}`),
    },
    { key: 'came', head: words.say('reports.complaints-came'), tag: '#meta+complaints', value: ({ came }) => came },
    {
      key: 'waiting',
      head: words.say('reports.complaints-waiting'),
      tag: '#meta+complaints+waiting',
      value: ({ waiting }) => waiting,
    },
    {
      key: 'settled',
      head: words.say('reports.complaints-settled'),
      tag: '#meta+complaints+settled',
      value: ({ settled }) => settled,
    },
    {
      key: 'not-upheld',
      head: words.say('reports.complaints-not-upheld'),
      tag: '#meta+complaints+not_upheld',
      value: ({ notUpheld }) => notUpheld,
    },
  ];
  return (
    <>
      <h2 class="h2 second">{words.say('reports.complaints')}</h2>
      {lines.length > 0 && (
        <Ledger
          caption={words.say('reports.complaints')}
          columns={columns}
          rows={lines}
          rowKey={({ about }) => about}
          class="mpr"
        />
      )}
      <p class="note">{words.say(lines.length > 0 ? 'reports.complaints-note' : 'reports.no-complaints')}</p>
    </>
  );
}
