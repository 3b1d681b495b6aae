import type { VNode } from 'preact';
import { nameIn } from '../../../kernel/names.ts';
import { useAnswer, useDesk } from '../../../platform/access/desk/desk.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { formatBloodGroup } from '../../../platform/languages/format.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { deskFigure } from '../desk-figures.ts';
import type { DonorsAnswer, EmergenciesAnswer, FigureAnswer, NamedOffice, OverviewAnswer } from '../desk-pages.ts';
import type { Shown } from '../held-back.ts';
import { figureFaces } from './figure-faces.ts';
import { type Column, Ledger } from './ledger.tsx';
import { Missing } from './missing.tsx';
import { RegisterLine } from './overview-page.tsx';

/** One month's name; the year under it where it changes. */
function monthHead(words: Words, month: string): { readonly head: string; readonly under?: string } {
  const head = words.month(month).replace(/\s*\S+$/, '');
  return month.endsWith('-01') ? { head, under: month.slice(0, 4) } : { head };
}

/** All registers that count for the desk; each opens. */
export function RegisterList(): VNode {
  const words = useWords();
  const { person } = useDesk();
  const page = useAnswer<OverviewAnswer>('overview');
  if (page === null || page === 'not-there') return <Waiting />;
  return (
    <>
      <div class="title">
        <h1>{words.say('reports.from-registers')}</h1>
        <p>{words.say('reports.opens')}</p>
      </div>
      <ul class="says two">
        {page.figures.map((figure) => (
          <RegisterLine key={figure.key} figure={figure} opens />
        ))}
      </ul>
      {person.role !== 'social-organizer' && (
        <ul class="matters onward">
          <li>
            <Icon name="blood" />
            <a href="/desk/registers/donors-by-group">{words.say('reports.donors-by-group')}</a>
          </li>
          <li>
            <Icon name="emergency" />
            <a href="/desk/registers/outcomes">{words.say('reports.emergencies-page')}</a>
          </li>
        </ul>
      )}
    </>
  );
}

type Line = {
  readonly office: NamedOffice;
  readonly opens: boolean;
  readonly isSum?: boolean;
  readonly counts: readonly Shown[];
  readonly sum: Shown;
};

/** One figure: the offices below one down, twelve months across. */
export function RegisterPage({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const line = deskFigure(params.key ?? '');
  const answer = useAnswer<FigureAnswer>(`figures/${params.key}${params.office ? `/${params.office}` : ''}`);
  if (answer === 'not-there' || line === null) return <Missing />;
  if (answer === null) return <Waiting />;
  const { key, of, months, rows, sums, stock } = answer;
  const title = words.say(figureFaces[key].says);
  const columns: Column<Line>[] = [
    {
      key: 'office',
      head: words.say(of.tier === 'district' ? 'reports.office' : 'reports.district'),
      tag: of.tier === 'district' ? '#org+name' : '#adm2+name',
      value: ({ office }) => nameIn(office.names, words.language),
      draw: ({ office, opens, isSum }) =>
        isSum ? (
          nameIn(office.names, words.language)
        ) : (
          <a href={opens ? `/desk/registers/${key}/${office.office}` : `/desk/offices/${office.office}`}>
            {nameIn(office.names, words.language)}
          </a>
        ),
    },
    ...months.map((month, m) => ({
      key: month,
      ...monthHead(words, month),
      tag: `#indicator+${key.replaceAll('-', '_')}+m${month.replace('-', '_')}`,
      value: ({ counts }: Line) => counts[m] ?? 0,
    })),
    ...(stock
      ? []
      : [{ key: 'sum', head: words.say('reports.sum'), tag: '#indicator+sum', value: ({ sum }: Line) => sum }]),
  ];
  const office = { office: of.office, names: of.names };
  return (
    <>
      <div class="title">
        <h1>{title}</h1>
        <p>
          {nameIn(of.names, words.language)} · {words.say('reports.office-and-month')}
        </p>
      </div>
      <Ledger
        caption={title}
        columns={columns}
        rows={rows.map((row) => ({ ...row, office: { office: row.office, names: row.names } }))}
        rowKey={(row) => row.office.office}
        {...(sums && { foot: { office, opens: false, isSum: true, ...sums } })}
        sortable
        file={key}
        class="months"
      />
      <p class="note">{words.say('reports.few-means')}</p>
    </>
  );
}

/** Donors by blood group: counts only, by district at most. */
export function DonorsByGroup(): VNode {
  const words = useWords();
  const answer = useAnswer<DonorsAnswer>('donors');
  if (answer === 'not-there') return <Missing />;
  if (answer === null) return <Waiting />;
  type Row = { readonly name: string; readonly counts: readonly Shown[]; readonly sum: Shown };
  const { of, groups, rows, sums } = answer;
  const title = words.say('reports.donors-by-group');
  const unknown = words.say('reports.group-unknown');
  const across: Row[] = rows.map((row) => ({
    name: nameIn(row.names, words.language),
    counts: row.counts,
    sum: row.sum,
  }));
  const whole: Row = { name: nameIn(of.names, words.language), ...sums };
  const columns: Column<Row>[] = [
    { key: 'name', head: words.say('reports.district'), tag: '#adm2+name', value: ({ name }) => name },
    ...groups.map((group, g) => ({
      key: group,
      head: group === 'unknown' ? unknown : formatBloodGroup(group),
      ltr: group !== 'unknown',
      tag: `#indicator+donors+${group === 'unknown' ? 'unknown' : group.replace('+', 'p').replace('-', 'n').toLowerCase()}`,
      value: ({ counts }: Row) => counts[g] ?? 0,
    })),
    { key: 'sum', head: words.say('reports.sum'), tag: '#indicator+donors', value: ({ sum }) => sum },
  ];
  return (
    <>
      <div class="title">
        <h1>{title}</h1>
        <p>{words.say('reports.by-district')}</p>
      </div>
      <Ledger
        caption={title}
        columns={columns}
        rows={across.length === 0 ? [whole] : across}
        rowKey={({ name }) => name}
        {...(across.length > 0 && { foot: whole })}
        file="donors-by-group"
        class="months"
      />
      <p class="note">{words.say('reports.few-means')}</p>
    </>
  );
}

const types = {
  delivery: 'emergencies.type-delivery',
  accident: 'emergencies.type-accident',
  blood: 'emergencies.type-blood',
  other: 'emergencies.type-other',
} as const;

/** Emergencies by kind and month, and what came of them. */
export function EmergenciesPage(): VNode {
  const words = useWords();
  const answer = useAnswer<EmergenciesAnswer>('emergencies');
  if (answer === 'not-there') return <Missing />;
  if (answer === null) return <Waiting />;
  type Row = { readonly key: string; readonly name: string; readonly counts: readonly Shown[]; readonly sum: Shown };
  const columns = (head: string): Column<Row>[] => [
    { key: 'name', head, tag: '#indicator+name', value: ({ name }) => name },
    ...answer.months.map((month, m) => ({
      key: month,
      ...monthHead(words, month),
      tag: `#indicator+m${month.replace('-', '_')}`,
      value: ({ counts }: Row) => counts[m] ?? 0,
    })),
    { key: 'sum', head: words.say('reports.sum'), tag: '#indicator+sum', value: ({ sum }) => sum },
  ];
  const nameOfType = (type: string) => words.say(types[type as keyof typeof types] ?? types.other);
  return (
    <>
      <div class="title">
        <h1>{words.say('reports.emergencies-page')}</h1>
        <p>
          {nameIn(answer.of.names, words.language)} · {words.say('reports.by-month')}
        </p>
      </div>
      <Ledger
        caption={words.say('reports.emergencies')}
        columns={columns(words.say('reports.kind'))}
        rows={answer.types.map(({ type, ...row }) => ({ key: type, name: nameOfType(type), ...row }))}
        rowKey={({ key }) => key}
        foot={{ key: 'sum', name: words.say('reports.in-all'), ...answer.sums }}
        file="emergencies"
        class="months"
      />
      <h2 class="h2 second">{words.say('reports.outcomes')}</h2>
      <Ledger
        caption={words.say('reports.outcomes')}
        columns={columns(words.say('reports.outcomes'))}
        rows={answer.outcomes.map((row) => ({ ...row, name: words.say(figureFaces[row.key].says) }))}
        rowKey={({ key }) => key}
        class="months"
      />
      <p class="note">{words.say('reports.few-means')}</p>
    </>
  );
}
