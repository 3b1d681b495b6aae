import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { districtNamed } from '../../../federation/places/sindh-places.ts';
import { nameIn } from '../../../kernel/names.ts';
import { addDays } from '../../../kernel/plain-date.ts';
import { findIn, fold, searchKey } from '../../../kernel/words.ts';
import { useAnswer } from '../../../platform/access/desk/desk.tsx';
import { Waiting } from '../../../platform/design/desk/waiting.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { OfficeRow, OfficesAnswer } from '../desk-pages.ts';
import { coverageColumns } from './coverage-columns.tsx';
import { type Column, Ledger } from './ledger.tsx';

/** So many lines are drawn at once; a search finds the others. */
const mostDrawn = 1000;

function useColumns(answer: OfficesAnswer, withDistrict: boolean): Column<OfficeRow>[] {
  const words = useWords();
  const shared = coverageColumns(words);
  const districts = new Map(answer.districts.map(({ office, names }) => [office, nameIn(names, words.language)]));
  return [
    {
      key: 'office',
      head: words.say('reports.office'),
      tag: '#org+name',
      value: (row) => nameIn(row.names, words.language),
      draw: (row) => <a href={`/desk/offices/${row.office}`}>{nameIn(row.names, words.language)}</a>,
    },
    ...(withDistrict
      ? [
          {
            key: 'district',
            head: words.say('reports.district'),
            tag: '#adm2+name',
            text: true as const,
            value: (row: OfficeRow) => districts.get(row.district ?? -1) ?? null,
          },
        ]
      : []),
    shared.percent,
    shared.organized,
    shared.households,
    shared.waiting,
    shared.flags,
    { key: 'phones', head: words.say('reports.its-phones'), tag: '#meta+phones', value: ({ phones }) => phones },
    {
      key: 'quiet',
      head: words.say('reports.phones-quiet'),
      tag: '#meta+phones+quiet',
      value: ({ quietPhones }) => quietPhones,
    },
    {
      key: 'heard',
      head: words.say('reports.heard'),
      tag: '#date+heard',
      text: true,
      value: ({ heardOn }) => heardOn,
      draw: ({ heardOn }) =>
        heardOn === null ? (
          <span class="nil">{words.say('reports.never-heard')}</span>
        ) : (
          words.relativeDay(heardOn, answer.today)
        ),
    },
  ];
}

/** The offices below a district, or all that the reader sees. */
export function OfficesOf({ district }: { readonly district?: number }): VNode {
  const words = useWords();
  const answer = useAnswer<OfficesAnswer>('offices');
  if (answer === null || answer === 'not-there') return <Waiting />;
  return <Table answer={answer} {...(district !== undefined && { district })} caption={words.say('reports.offices')} />;
}

function Table({
  answer,
  district,
  caption,
}: {
  readonly answer: OfficesAnswer;
  readonly district?: number;
  readonly caption: string;
}): VNode {
  const words = useWords();
  const columns = useColumns(answer, false);
  const rows = district === undefined ? answer.offices : answer.offices.filter((row) => row.district === district);
  if (rows.length === 0) return <p class="note">{words.say('reports.no-offices')}</p>;
  return (
    <Ledger caption={caption} columns={columns} rows={rows} rowKey={({ office }) => office} sortable file="offices" />
  );
}

const filters = {
  all: () => true,
  waiting: ({ waiting, flags }: OfficeRow) => waiting + flags > 0,
  quiet: ({ heardOn }: OfficeRow, today: string) => heardOn === null || heardOn <= addDays(today, -14),
} as const;
type Filter = keyof typeof filters;

/** All offices that the reader sees: searched in any spelling, sorted by any column. */
function OfficeList({ filter }: { readonly filter: Filter }): VNode {
  const words = useWords();
  const answer = useAnswer<OfficesAnswer>('offices');
  if (answer === null || answer === 'not-there') return <Waiting />;
  return (
    <>
      <div class="title">
        <h1>{words.say('reports.offices')}</h1>
        <nav class="choices" aria-label={words.say('reports.offices')}>
          <a href="/desk/offices" aria-current={filter === 'all' ? 'page' : undefined}>
            {words.say('reports.all-offices')}
          </a>
          <a href="/desk/offices/waiting" aria-current={filter === 'waiting' ? 'page' : undefined}>
            {words.say('reports.only-waiting')}
          </a>
          <a href="/desk/offices/quiet" aria-current={filter === 'quiet' ? 'page' : undefined}>
            {words.say('reports.only-quiet')}
          </a>
        </nav>
      </div>
      <Found answer={answer} filter={filter} />
    </>
  );
}

function Found({ answer, filter }: { readonly answer: OfficesAnswer; readonly filter: Filter }): VNode {
  const words = useWords();
  const [typed, setTyped] = useState('');
  const columns = useColumns(answer, answer.districts.length > 1);
  const searchable = useMemo(() => {
    // A district is found by every spelling that ships with it.
    const spellings = new Map(
      answer.districts.map(({ office, names }) => [
        office,
        [names.en, names.sd, names.ur, ...(districtNamed(names)?.aliases ?? [])],
      ]),
    );
    return answer.offices.map((row) => ({
      row,
      key: searchKey(row.names.en, row.names.sd, row.names.ur, ...(spellings.get(row.district ?? -1) ?? [])),
    }));
  }, [answer]);
  const found = useMemo(() => {
    const wanted = fold(typed) === '' ? null : searchKey(typed);
    return searchable
      .filter(({ row, key }) => filters[filter](row, answer.today) && (wanted === null || findIn(key, wanted) > 0))
      .map(({ row }) => row);
  }, [searchable, filter, typed, answer.today]);
  if (answer.offices.length === 0) return <Empty icon="office" title={words.say('reports.no-offices')} />;
  return (
    <>
      <search class="find">
        <label for="find">{words.say('reports.search')}</label>
        <input
          id="find"
          type="search"
          dir="auto"
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <output for="find">{words.say('reports.found', { count: found.length })}</output>
      </search>
      {found.length === 0 ? (
        <p class="note none-found">
          {words.say(fold(typed) === '' ? 'reports.none-in-list' : 'reports.nothing-found')}
        </p>
      ) : (
        <Ledger
          caption={words.say('reports.offices')}
          columns={columns}
          rows={found.slice(0, mostDrawn)}
          rowKey={({ office }) => office}
          sortable
          file="offices"
          class="long"
        />
      )}
    </>
  );
}

export function AllOffices(): VNode {
  return <OfficeList filter="all" />;
}
export function WaitingOffices(): VNode {
  return <OfficeList filter="waiting" />;
}
export function QuietOffices(): VNode {
  return <OfficeList filter="quiet" />;
}
