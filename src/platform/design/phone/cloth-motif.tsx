import type { VNode } from 'preact';

/*
 * Eight motifs of ajrak cloth, 44 by 44, by which a person who does not read knows her tile. They differ in outline, not in detail.
 * `.c` is the cream of the resist, everything else the indigo ground.
 */
const around = (turns: number, from: number, draw: (angle: number) => string): string =>
  Array.from({ length: turns }, (_, turn) => draw(from + (turn * 2 * Math.PI) / turns)).join('');

const round = (value: number): string => String(Math.round(value * 100) / 100);

function point(middle: number, angle: number, radius: number, aside = 0): string {
  const x = middle + Math.cos(angle) * radius - Math.sin(angle) * aside;
  const y = middle + Math.sin(angle) * radius + Math.cos(angle) * aside;
  return `${round(x)} ${round(y)}`;
}

function petals(middle: number, count: number, from: number, inner: number, outer: number, width: number): string {
  const half = (inner + outer) / 2;
  return around(
    count,
    from,
    (angle) =>
      `M${point(middle, angle, inner)}Q${point(middle, angle, half, width)} ${point(middle, angle, outer)}Q${point(middle, angle, half, -width)} ${point(middle, angle, inner)}z`,
  );
}

function disc(x: number, y: number, radius: number): string {
  return `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0z`;
}

function dots(middle: number, count: number, from: number, radius: number, size: number): string {
  return around(count, from, (angle) => {
    const [x = 0, y = 0] = point(middle, angle, radius).split(' ').map(Number);
    return disc(x, y, size);
  });
}

function star(middle: number, points: number, outer: number, inner: number): string {
  const step = Math.PI / points;
  return `M${around(points, 0, (angle) => `${point(middle, angle, outer)} ${point(middle, angle + step, inner)} `)}z`;
}

function diamond(x: number, y: number, half: number): string {
  return `M${x} ${y - half}L${x + half} ${y} ${x} ${y + half} ${x - half} ${y}z`;
}

const grid = (draw: (x: number, y: number) => string): string =>
  [12, 22, 32].flatMap((y) => [12, 22, 32].map((x) => draw(x, y))).join('');

const eighth = Math.PI / 4;
type Layers = readonly (readonly ['c' | 'g' | 'l', string])[];

const star8: Layers = [
  ['c', star(22, 8, 16, 11.3)],
  ['g', disc(22, 22, 8.6)],
  ['c', petals(22, 8, 0, 2.6, 7.6, 2.8)],
];
const motifs: readonly Layers[] = [
  star8,
  [
    ['c', petals(22, 4, eighth, 1.5, 17.5, 8.5)],
    ['g', petals(22, 4, eighth, 6, 14, 4)],
    ['c', dots(22, 4, 0, 13.5, 1.8)],
  ],
  [
    ['c', disc(22, 22, 15)],
    ['g', disc(22, 22, 12.4)],
    ['c', dots(22, 8, 0, 9, 1.6) + disc(22, 22, 4.2)],
    ['g', disc(22, 22, 1.9)],
  ],
  [
    ['c', diamond(22, 22, 16.5)],
    ['g', diamond(22, 22, 11.5)],
    ['c', petals(22, 4, 0, 1.6, 9.6, 3.8) + dots(22, 4, eighth, 19.5, 1.9)],
  ],
  [
    ['c', petals(22, 6, 0, 3.4, 16.5, 9)],
    ['g', disc(22, 22, 4.4)],
    ['c', disc(22, 22, 2.4)],
  ],
  [
    [
      'c',
      [9, 19, 29].map((y) => [8, 17.33, 26.66].map((x) => `M${x} ${y + 7.5}l4.67 -7.5 4.67 7.5z`).join('')).join(''),
    ],
  ],
  [['c', grid((x, y) => diamond(x, y, 4.2))]],
  [
    ['l', 'M12 12h20v20h-20zM22 7.86L36.14 22 22 36.14 7.86 22z'],
    ['c', disc(22, 22, 3.2)],
  ],
];

export const motifCount = motifs.length;

/** The cloth of one person, from a number that is hers. Any whole number will do. */
export function ClothMotif({ motif }: { readonly motif: number }): VNode {
  const layers = motifs[((motif % motifCount) + motifCount) % motifCount] ?? star8;
  return (
    <svg class="cloth" viewBox="0 0 44 44" aria-hidden="true">
      <rect width="44" height="44" rx="2" />
      <rect class="l" x="2.5" y="2.5" width="39" height="39" />
      {layers.map(([layer, path]) => (
        <path key={path} class={layer} d={path} />
      ))}
    </svg>
  );
}

/** The mark of Otaq. Never shown before unlocking where a stranger may look. */
export function Mark(): VNode {
  return (
    <svg class="cloth mark" viewBox="0 0 48 48" aria-hidden="true">
      <rect width="48" height="48" rx="3" />
      <rect class="l" x="3" y="3" width="42" height="42" />
      <path class="c" d={star(24, 8, 17.5, 12.4)} />
      <path class="g" d={disc(24, 24, 9.6)} />
      <path class="c" d={petals(24, 8, 0, 3, 8.4, 3) + disc(24, 24, 2.3) + dots(24, 4, eighth, 22.63, 1.9)} />
    </svg>
  );
}
