import { Fragment, type VNode } from 'preact';
import { sindhDistricts } from '../../../federation/places/sindh-places.ts';
import { nameIn } from '../../../kernel/names.ts';
import type { Language } from '../../../platform/languages/language.ts';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { DistrictRow } from '../desk-pages.ts';

/* Fifteen tiles where the districts lie, and the Indus between them: it always works, and no district is larger than another. */
const tiles: Readonly<Record<string, readonly [column: number, row: number]>> = {
  PK707: [1, 0],
  PK710: [2, 0],
  PK709: [0, 1],
  PK720: [1, 1],
  PK723: [2, 1],
  PK705: [3, 1],
  PK713: [1, 2],
  PK711: [2, 2],
  PK717: [1, 3],
  PK719: [1, 4],
  PK718: [2, 4],
  PK716: [2, 5],
  PK728: [3, 5],
  PK727: [1, 6],
  PK701: [2, 6],
};
/** Names that fit a tile. */
const short: Readonly<Record<string, Partial<Record<Language, string>>>> = {
  PK709: { en: 'Qambar', sd: 'قمبر', ur: 'قمبر' },
  PK710: { en: 'Kashmore', sd: 'ڪشمور', ur: 'کشمور' },
  PK717: { en: 'N. Feroz', sd: 'نوشهرو', ur: 'نوشہرو' },
  PK719: { en: 'S. B. Abad', sd: 'بينظيرآباد', ur: 'بینظیرآباد' },
};
const river =
  'M388 59L198 59Q189 59 189 68L189 174Q189 183 180 183L101 183Q92 183 92 192L92 360Q92 369 101 369L180 369Q189 369 189 378L189 434';
/** From which share on a tile is a step darker. */
const steps = [40, 50, 60, 70] as const;

function stepOf(percent: number): number {
  return 1 + steps.filter((from) => percent >= from).length;
}

export function Cartogram({ districts }: { readonly districts: readonly DistrictRow[] }): VNode {
  const words = useWords();
  const known = new Map(districts.map((district) => [district.code, district]));
  return (
    <>
      <nav dir="ltr" aria-label={words.say('reports.tab-districts')}>
        <svg class="carto" viewBox="-1 -1 392 440">
          <title>{words.say('reports.map-says')}</title>
          {sindhDistricts.map(({ code, names }) => {
            const [column, row] = tiles[code] ?? [0, 0];
            const district = known.get(code);
            const name = short[code]?.[words.language] ?? nameIn(names, words.language);
            const [x, y] = [column * 96, row * 62];
            const percent = district?.percent ?? null;
            const tile = (
              <>
                <rect x={x} y={y} width="90" height="56" rx="2" />
                <text x={x + 10} y={y + 21}>
                  {name}
                </text>
                <text class="share-text" x={x + 10} y={y + 45}>
                  {percent === null ? '–' : words.number(percent)}
                  {percent !== null && <tspan>%</tspan>}
                </text>
              </>
            );
            const shade = percent === null ? 'tile none' : `tile step-${stepOf(percent)}`;
            return district ? (
              <a key={code} class={shade} href={`/desk/districts/${district.office}`}>
                {tile}
              </a>
            ) : (
              <g key={code} class={shade}>
                {tile}
              </g>
            );
          })}
          <path class="bank" d={river} />
          <path class="river" d={river} />
          <text class="river-name" x="80" y="262" text-anchor="end">
            {words.say('reports.indus')}
          </text>
        </svg>
      </nav>
      <p class="legend" dir="ltr">
        <span lang={words.language}>{words.say('reports.under')}</span>
        <i class="step-1" />
        {steps.map((from, i) => (
          <Fragment key={from}>
            <span>{words.number(from)}</span>
            <i class={`step-${i + 2}`} />
          </Fragment>
        ))}
        <span>%</span>
      </p>
    </>
  );
}
