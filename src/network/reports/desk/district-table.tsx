import type { VNode } from 'preact';
import { coverage } from '../../../federation/organizations/lso-profile.ts';
import { nameIn } from '../../../kernel/names.ts';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { organizedLine } from '../desk-figures.ts';
import type { DistrictRow, OverviewAnswer } from '../desk-pages.ts';
import type { Shown } from '../held-back.ts';
import { type Column, Count, Ledger } from './ledger.tsx';
import { ShareBar, Sparkline } from './small-charts.tsx';

const isSum = (row: DistrictRow) => row.office < 0;

/** The districts, one line each, with their sum. `whole` has all columns and its files. */
export function DistrictTable({ page, whole }: { readonly page: OverviewAnswer; readonly whole?: boolean }): VNode {
  const words = useWords();
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
    ...(whole
      ? [
          {
            key: 'organized',
            head: words.say('reports.organized'),
            tag: '#population+hh+organized',
            value: ({ organized }: DistrictRow) => organized,
          },
          {
            key: 'households',
            head: words.say('reports.households'),
            tag: '#population+hh',
            value: ({ households }: DistrictRow) => households,
          },
        ]
      : []),
    {
      key: 'percent',
      head: words.say('reports.organized-share'),
      under: words.say('reports.line-at-40', { share: organizedLine }),
      tag: '#indicator+organized+pct',
      value: ({ percent }) => percent,
      draw: ({ percent }) =>
        percent === null ? (
          <Count shown={null} />
        ) : (
          <span class="share-cell">
            <ShareBar percent={percent} mark={organizedLine} />
            <Ltr>{words.percent(percent)}</Ltr>
          </span>
        ),
    },
    {
      key: 'months',
      head: words.say('reports.twelve-months'),
      tag: '#indicator+organized+new',
      value: ({ months }) => (months.length === 0 ? null : (months.at(-1) ?? 0) - (months[0] ?? 0)),
      draw: ({ months }) => <Sparkline counts={months} />,
    },
    ...(whole
      ? [
          {
            key: 'waiting',
            head: words.say('reports.refused'),
            tag: '#meta+refused',
            value: ({ waiting }: DistrictRow) => waiting,
          },
          {
            key: 'flags',
            head: words.say('reports.flags'),
            tag: '#meta+flags',
            value: ({ flags }: DistrictRow) => flags,
          },
        ]
      : []),
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
