import type { VNode } from 'preact';

/** At this share of a union council's households an LSO may be formed. Source: pprp.net.pk, com_SM. */
const mayFormAt = 40;

/** How much of the union council is organized, with the mark at which an LSO may be formed. Runs along the line of reading. */
export function CoverageBar({ percent, label }: { readonly percent: number; readonly label: string }): VNode {
  const filled = Math.max(0, Math.min(100, percent));
  return (
    <svg class="coverage" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect class="all" width="100" height="8" />
      <rect class="part" width={filled} height="8" />
      <rect class="mark" x={mayFormAt - 0.4} width="0.8" height="8" />
    </svg>
  );
}
