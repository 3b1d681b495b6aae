import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { organizedLine } from '../desk-figures.ts';
import type { OfficeRow } from '../desk-pages.ts';
import { type Column, Count } from './ledger.tsx';
import { ShareBar } from './small-charts.tsx';

/** What a line of the districts and a line of the offices both say. */
type Covered = Pick<OfficeRow, 'organized' | 'households' | 'percent' | 'waiting' | 'flags'>;

/** How far households are organized, and what waits: the columns of districts and offices alike. */
export function coverageColumns(words: Words) {
  return {
    percent: {
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
    organized: {
      key: 'organized',
      head: words.say('reports.organized'),
      tag: '#population+hh+organized',
      value: ({ organized }) => organized,
    },
    households: {
      key: 'households',
      head: words.say('reports.households'),
      tag: '#population+hh',
      value: ({ households }) => households,
    },
    waiting: {
      key: 'waiting',
      head: words.say('reports.refused'),
      tag: '#meta+refused',
      value: ({ waiting }) => waiting,
    },
    flags: { key: 'flags', head: words.say('reports.flags'), tag: '#meta+flags', value: ({ flags }) => flags },
  } satisfies Readonly<Record<string, Column<Covered>>>;
}
