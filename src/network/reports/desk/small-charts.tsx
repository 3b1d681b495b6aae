/* Drawn by hand, a few hundred bytes each: docs/decisions/charts-of-our-own.md. */
import type { VNode } from 'preact';
import type { Shown } from '../held-back.ts';

/** Twelve months as a line with its end marked. Held-back months are gaps. It says nothing: the numbers stand beside it. */
export function Sparkline({ counts }: { readonly counts: readonly Shown[] }): VNode | null {
  const known = counts.filter((count): count is number => count !== 'few');
  // A line of few months would show its gaps and nothing else.
  if (known.length * 4 < counts.length * 3 || known.length < 2) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (most === 0) return null;
  const x = (i: number) => 3 + (i * 86) / Math.max(1, counts.length - 1);
  const y = (count: number) => (most === least ? 9 : 15 - ((count - least) * 12) / (most - least));
  const parts: string[] = [];
  counts.forEach((count, i) => {
    if (count === 'few') return;
    parts.push(`${i === 0 || counts[i - 1] === 'few' ? 'M' : 'L'}${x(i).toFixed(1)} ${y(count).toFixed(1)}`);
  });
  const last = counts.at(-1);
  return (
    <svg class="spark" viewBox="0 0 92 18" aria-hidden="true">
      <path d={parts.join('')} />
      {typeof last === 'number' && <circle cx={x(counts.length - 1)} cy={y(last)} r="2.4" />}
    </svg>
  );
}

/** A share as a bar with a mark across it, both in percent. */
export function ShareBar({
  percent,
  mark,
  large,
}: {
  readonly percent: number;
  readonly mark: number;
  readonly large?: boolean;
}): VNode {
  const [width, height] = large ? [330, 24] : [70, 15];
  const at = (share: number) => (Math.max(0, Math.min(100, share)) * width) / 100;
  return (
    <svg class={large ? 'share large' : 'share'} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <rect class="ground" y="3" width={width} height={height - 6} />
      <rect class="filled" y="3" width={at(percent)} height={height - 6} />
      <path class="mark" d={`M${at(mark)} 0V${height}`} />
    </svg>
  );
}
