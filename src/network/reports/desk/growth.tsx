import type { VNode } from 'preact';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';

/**
 * How far the programme has come, one dot a union council. Source: the profile of SRSO, which planned for 3 in Sukkur with NRSP, came
 * to 23 in five districts, and stood at 695 in fifteen. Dark dots are union councils whose LSO keeps its book here.
 */
export const grown = { planned: 3, inFive: 23, inFifteen: 695 } as const;
const high = 13;

function dots(count: number, from: number, dark: (i: number) => string): VNode[] {
  return Array.from({ length: count }, (_, i) => (
    <circle
      key={`${from} ${i}`}
      class={dark(i)}
      cx={from + 6 + Math.floor(i / high) * 8.2}
      cy={124 - (i % high) * 8.1 - 12}
      r="2.75"
    />
  ));
}

export function Growth({ lsos }: { readonly lsos: number }): VNode {
  const words = useWords();
  return (
    <>
      <svg class="grow" viewBox="0 0 576 120" role="img" aria-label={words.say('reports.dots-say', { count: lsos })}>
        {dots(grown.planned, 0, () => 'planned')}
        {dots(grown.inFive, 64, () => 'dark')}
        {dots(Math.max(grown.inFifteen, lsos), 132, (i) => (i < lsos ? 'dark' : 'pale'))}
      </svg>
      <div class="three">
        <p>
          <b>
            <Ltr>{words.number(grown.planned)}</Ltr>
          </b>
          {words.say('reports.planned')}
        </p>
        <p>
          <b>
            <Ltr>{words.number(grown.inFive)}</Ltr>
          </b>
          {words.say('reports.in-five')}
        </p>
        <p>
          <b>
            <Ltr>{words.number(grown.inFifteen)}</Ltr>
          </b>
          {words.say('reports.in-fifteen', { count: lsos })}
        </p>
      </div>
    </>
  );
}
