/*
 * What is still there when the browser has thrown a phone's store away to make room: of each woman's pages, how many were not sent when
 * they were last open. It lies outside of what browsers throw away, and says nothing else: no name, no page, no number of a line.
 */
const key = 'pages-here';

function read(): Record<string, number> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Record<string, number>) : {};
  } catch {
    return {};
  }
}

function write(kept: Record<string, number>): void {
  try {
    if (Object.keys(kept).length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing here cannot tell her later: nothing else depends on it.
  }
}

export function noteUnsent(slot: string, unsent: number): void {
  const kept = read();
  if (kept[slot] !== unsent) write({ ...kept, [slot]: unsent });
}

/** Her pages have left this phone as they should; without a slot, everybody's. */
export function forgetUnsent(slot?: string): void {
  const { [slot ?? '']: _gone, ...others } = read();
  write(slot === undefined ? {} : others);
}

/** How many pages were not sent when this phone's pages were last open; null where none ever stood here, or all have left as they should. */
export function unsentWhenLastOpen(): number | null {
  const counts = Object.values(read());
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}
