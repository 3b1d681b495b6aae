import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A square of black and white that a camera reads. Drawn here; no picture comes from elsewhere. */
export function CodeSquare({ text, label }: { readonly text: string; readonly label: string }): VNode | null {
  const [squares, setSquares] = useState<readonly (readonly boolean[])[] | null>(null);
  useEffect(() => {
    void import('uqr').then(({ encode }) => setSquares(encode(text, { border: 2 }).data));
  }, [text]);
  if (!squares) return null;
  const path = squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg class="qr" viewBox={`0 0 ${squares.length} ${squares.length}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}
