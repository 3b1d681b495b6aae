import type { VNode } from 'preact';
import { coverage } from '../../../federation/organizations/lso-profile.ts';
import { nameIn } from '../../../kernel/names.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { DistrictRow, OverviewAnswer } from '../desk-pages.ts';
import type { Shown } from '../held-back.ts';
import { coverageColumns } from './coverage-columns.tsx';
import { type Column, Count, Ledger } from './ledger.tsx';
import { Sparkline } from './small-charts.tsx';

const isSum = (row: DistrictRow) => row.office < 0;

/** The districts, one line each, with their sum. `whole` has all columns and its files. */
export function DistrictTable({ page, whole }: { readonly page: OverviewAnswer; readonly whole?: boolean }): VNode {
  const words = useWords();
  const shared = coverageColumns(words);
  const sum = (of: (row: DistrictRow) => number) => page.districts.reduce((all, row) => all + of(row), 0);
  const inSum = (of: (row: DistrictRow) => Shown): Shown =>
    page.districts.some((row) => of(row) === 'few') ? 'few' : sum((row) => Number(of(row)));
  const [organized, households] = [inSum((row) => row.organized), inSum((row) => row.households)];
  const foot: DistrictRow = {
    office: -1,
    names: { en: words.say('reports.in-all'), sd: null, ur: null },
    code: null,
    talukas: sum(({ talukas }) => talukas ?? 0),
    lsos: page.lsos,
    organized,
    households,
    percent: typeof organized === 'number' && typeof households === 'number' ? coverage(organized, households) : null,
    months: [],
    quiet: page.quiet,
    waiting: page.waiting.refusals,
    flags: page.waiting.flags,
  };
  const columns: Column<DistrictRow>[] = [
    {
      key: 'name',
      head: words.say('reports.district'),
      tag: '#adm2+name',
      value: (row) => (isSum(row) ? words.say('reports.in-all') : nameIn(row.names, words.language)),
      draw: (row) =>
        isSum(row) ? (
          words.say('reports.in-all')
        ) : (
          <a href={`/desk/districts/${row.office}`}>{nameIn(row.names, words.language)}</a>
        ),
    },
    { key: 'talukas', head: words.say('reports.talukas'), tag: '#meta+talukas', value: ({ talukas }) => talukas },
    { key: 'lsos', head: words.say('reports.lsos'), tag: '#org+num', value: ({ lsos }) => lsos },
    ...(whole ? [shared.organized, shared.households] : []),
    shared.percent,
    {
      key: 'months',
      head: words.say('reports.twelve-months'),
      tag: '#indicator+organized+new',
      value: ({ months }) => (months.length === 0 ? null : (months.at(-1) ?? 0) - (months[0] ?? 0)),
      draw: ({ months }) => <Sparkline counts={months} />,
    },
    ...(whole ? [shared.waiting, shared.flags] : []),
    {
      key: 'quiet',
      head: words.say('reports.not-heard'),
      tag: '#meta+quiet',
      value: ({ quiet }) => quiet,
      draw: ({ quiet }) =>
        quiet === 0 ? <span class="nil">{words.say('reports.none')}</span> : <Count shown={quiet} />,
    },
  ];
  return (
    <Ledger
      caption={words.say('reports.tab-districts')}
      columns={columns}
      rows={page.districts}
      rowKey={({ office }) => office}
      foot={foot}
      sortable={whole === true}
      {...(whole && { file: 'districts' })}
      class="dist"
    />
  );
}
